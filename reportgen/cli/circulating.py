"""What whoever sends a letter around calls: what goes out to review, and what changed since.

Each command imports its job when it is called, so that none pays for another.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from reportgen.cli.options import workspace_option
from reportgen.cli.reporting import exit_with, refuse, report
from reportgen.cli.reviewing import letter_argument, now, workspace_of
from reportgen.files.shelf import Shelf
from reportgen.files.showing import show
from reportgen.jobs.finding import letter_path
from reportgen.problems.model import Refusal
from reportgen.problems.printing import Format, counted
from reportgen.quantities.notation import in_figures

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportgen.review.model import FactChange, Saying

_LONGEST = 60
"""How long a value may be to be printed; a comparison has those of all that it compares."""
_REDLINES = ("pdf", "docx", "html")


class _DraftName(click.ParamType[str]):
    """What a draft is called: its number, or its version as its pages bear it."""

    name = "draft"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from reportgen.jobs.review import keeping  # noqa: PLC0415 - Pydantic

        if not keeping.is_name(value):
            self.fail(f"{value!r} is neither a number nor a version (v1A2B3C)", param, ctx)
        return value


class _Formats(click.ParamType[tuple[str, ...]]):
    """Several formats, separated by commas."""

    name = "formats"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        formats = tuple(dict.fromkeys(each.strip().lower() for each in value.split(",")))
        for each in formats:
            if each not in _REDLINES:
                self.fail(f"{each!r} is none of {', '.join(_REDLINES)}", param, ctx)
        return formats


@click.command(short_help="Send a letter to review.")
@letter_argument
@click.option(
    "--since",
    type=_DraftName(),
    metavar="N",
    help="The draft that counsel saw last, by its number or its version (v1A2B3C); the last that was "
    "sent when left out.",
)
@click.option(
    "--no-redline",
    "bare",
    is_flag=True,
    help="Make the packet without what changed since an earlier draft.",
)
@workspace_option
def review(letter: Path, since: str | None, bare: bool, start: Path) -> None:  # noqa: FBT001
    """Keep the draft of LETTER as it is today, and make the packet that counsel gets.

    The packet is one folder and one ZIP: the draft with its lines and sentences numbered, a Word
    file to edit, what changed since the draft that was sent before, the index, what a reader might
    object to, and a note that asks for legal advice.
    """
    from reportgen.jobs.people import identifying  # noqa: PLC0415
    from reportgen.jobs.review import circulating  # noqa: PLC0415

    workspace = workspace_of(letter, start)
    path = letter_path(workspace, letter)
    who = identifying.identity(workspace.root)
    if isinstance(who, Refusal):
        refuse(who)
    against = circulating.NO_REDLINE if bare else since
    packet = circulating.send(workspace, path, who, now, against)
    code = report(packet.problems, Shelf(), Format.CONCISE if packet.archive else Format.FULL)
    if packet.archive is not None and packet.folder is not None:
        compared = f", compared with {packet.since}" if packet.since else ""
        click.echo(
            f"draft {packet.number}{compared}, {counted(len(packet.files), 'file')}", err=True
        )
        click.echo(show(packet.folder))
        click.echo(show(packet.archive))
    exit_with(code)


@click.command(short_help="Show what changed between two drafts.")
@letter_argument
@click.option(
    "--from",
    "earlier",
    type=_DraftName(),
    metavar="N",
    help="The earlier draft, by its number or its version (v1A2B3C); the last that was sent to "
    "review when left out.",
)
@click.option(
    "--to",
    "later",
    type=_DraftName(),
    metavar="N",
    help="The later draft; the letter as it is today when left out.",
)
@click.option(
    "--format",
    "formats",
    type=_Formats(),
    default="pdf,docx,html",
    show_default=True,
    metavar="FORMATS",
    help="Which files to write, separated by commas.",
)
@workspace_option
def redline(
    letter: Path, earlier: str | None, later: str | None, formats: tuple[str, ...], start: Path
) -> None:
    """Show word by word what changed in LETTER from one draft to another, and which facts.

    Drafts have the numbers that `reportgen review` gave them; `reportgen status` shows these. The
    DOCX has tracked changes: with all of them accepted it is the later draft, with all rejected
    the earlier.
    """
    from reportgen.jobs.review import redlining  # noqa: PLC0415

    workspace = workspace_of(letter, start)
    path = letter_path(workspace, letter)
    made = redlining.write(workspace, path, (earlier, later), formats)
    code = report(made.problems, Shelf(), Format.CONCISE if made.paths else Format.FULL)
    if made.redline is not None:
        for line in _in_words(made.redline.facts):
            click.echo(line)
        tally = made.redline.tally
        click.echo(
            f"{made.names[1]} against {made.names[0]}: {counted(tally.inserted, 'word')} put in, "
            f"{tally.deleted:,} taken out, {tally.moved:,} moved",
            err=True,
        )
    for written in made.paths:
        click.echo(show(written))
    exit_with(code)


def _in_words(facts: Iterable[FactChange]) -> Iterator[str]:
    """Yield a line for each fact that changed: from what to what, and in which sentences."""
    for change in facts:
        numbers = ", ".join(str(each.number) for each in change.touched or change.left)
        what = "sentences" if "," in numbers else "sentence"
        where = f" ({what} {numbers})" if numbers else ""
        before, after = set(change.before), set(change.after)
        gone = [each for each in change.before if each not in after]
        come = [each for each in change.after if each not in before]
        if gone and {each.words for each in gone} == {each.words for each in come}:
            yield f"{change.address}: still {_said(come, gone)}{where}"
        elif gone and come:
            yield f"{change.address}: {_said(gone)} is now {_said(come)}{where}"
        elif come:
            yield f"{change.address}: {_said(come)} is new{where}"
        else:
            yield f"{change.address}: {_said(gone)} is gone{where}"


def _said(sayings: Iterable[Saying], were: Iterable[Saying] = ()) -> str:
    """Return what is said, each with its value, and with the one that it had in the same words."""
    values = {each.words: each.value for each in were}
    return ", ".join(f"“{each.words}”{_value(each, values.get(each.words))}" for each in sayings)


def _value(saying: Saying, before: str | None) -> str:
    if len(saying.value) > _LONGEST:
        return ", on other values" if before is not None else ""
    if saying.value in {"", saying.words}:
        return ""
    now = in_figures(saying.value)
    return f" ({now})" if before is None else f" ({in_figures(before)} before, {now} now)"


@click.command(short_help="Take in what came back from review.")
@click.argument("file", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--letter",
    type=click.Path(path_type=Path),
    metavar="LETTER",
    help="The letter; found by what stands in the file when left out.",
)
@workspace_option
def returned(file: Path, letter: Path | None, start: Path) -> None:
    """Take in FILE, a Word file or an annotated PDF that came back: its edits and its comments.

    Edits of prose become a patch to the letter's Markdown, for `git apply`. An edit to a bound
    figure is put on record as a dispute, to be settled in the case file or by a new source, and a
    comment as an open question. Edits that were made with tracking off are found. Nothing in the
    letter or its cases is changed; the same file taken in twice asks nothing twice.
    """
    from reportgen.jobs.people import identifying  # noqa: PLC0415
    from reportgen.jobs.review import returning  # noqa: PLC0415

    workspace = workspace_of(letter or start, start)
    who = identifying.identity(workspace.root)
    if isinstance(who, Refusal):
        refuse(who)
    path = letter_path(workspace, letter) if letter else None
    taken = returning.take(workspace, file, who, now, path)
    code = report(taken.problems, Shelf())
    if taken.returned is not None:
        edits, remarks = taken.returned.edits, taken.returned.remarks
        untracked = sum(not edit.tracked for edit in edits)
        off = f" ({untracked:,} with tracking off)" if untracked else ""
        name = taken.returned.draft.name
        click.echo(
            f"{taken.called} of {name}: {counted(len(edits), 'edit')}{off}, "
            f"{counted(len(remarks), 'comment')}; "
            f"put on record: {taken.recorded:,}",
            err=True,
        )
    for each in taken.paths:
        click.echo(show(each))
    exit_with(code)
