"""What whoever looks something up in the archive calls: records, letters by their words, facts.

Each command imports its job when it is called, so that none pays for another.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, TypeVar

import click

from reportgen.archive.found import Sought
from reportgen.cli.concluding import conclude, outcome_option, workspace_at
from reportgen.cli.moments import Day
from reportgen.cli.options import workspace_option
from reportgen.cli.reporting import PROBLEMS_FOUND, exit_with, refuse, wants_color
from reportgen.files.shelf import Shelf
from reportgen.problems.model import Refusal, has_errors
from reportgen.problems.printing import Format, counted, render
from reportgen.problems.printing import summary as summary_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from pathlib import Path
    from typing import NoReturn

    from click._termui_impl import ProgressBar

    from reportgen.archive.layout import Archive
    from reportgen.problems.model import Problem

    F = TypeVar("F", bound=Callable[..., object])


_MANY: Final = 100
"""How many records make one want to see how far it is."""


def archive_of(start: Path) -> Archive:
    """Return the archive of the workspace that a folder lies in, or end the command."""
    from reportgen.archive.layout import Archive  # noqa: PLC0415

    return Archive(workspace_at(start).archive)


def answer_option(command: F) -> F:
    """Add `--format table|json`, which arrives as `format_`."""
    return click.option(
        "--format",
        "format_",
        type=click.Choice(("table", "json"), case_sensitive=False),
        default="table",
        help="Text to read, or all of it for programs.",
    )(command)


def _filters(command: F) -> F:
    for option in reversed(
        (
            click.option("--to", default="", metavar="TEXT", help="Whose recipient is called so."),
            click.option("--since", type=Day(), metavar="DATE", help="Sent then or later."),
            click.option("--until", type=Day(last=True), metavar="DATE", help="Sent by then."),
            click.option("--case", default="", metavar="CASE", help="That draw on this case."),
            click.option(
                "--fact",
                default="",
                metavar="ADDRESS",
                help="That state this fact, or what was computed from it.",
            ),
            click.option(
                "--limit",
                type=click.IntRange(1, 100_000),
                default=20,
                show_default=True,
                metavar="N",
                help="How many at most.",
            ),
        )
    ):
        command = option(command)
    return command


@click.command(name="list", short_help="List what was submitted, the latest first.")
@_filters
@answer_option
@workspace_option
def list_(
    *,
    to: str,
    since: date | None,
    until: date | None,
    case: str,
    fact: str,
    limit: int,
    format_: str,
    start: Path,
) -> None:
    """List the records of the archive, the latest first; a correction before what it corrects."""
    _search(start, format_, Sought("", to, since, until, case, fact, limit))


@click.command(short_help="Find letters by their words.")
@click.argument("query", metavar="QUERY")
@_filters
@answer_option
@workspace_option
def search(
    query: str,
    *,
    to: str,
    since: date | None,
    until: date | None,
    case: str,
    fact: str,
    limit: int,
    format_: str,
    start: Path,
) -> None:
    """Find the letters that say QUERY, best first; a correction before what it corrects.

    All words have to be there. "Words in quotation marks" are found as they stand; `distil*` is a
    beginning; a word with a hyphen before it is not to be there: 'exchanges -accounts'. Case and
    accents do not matter.
    """
    if not query.strip():
        refuse(Refusal("query-refused", "there is nothing to look for", "say a word"))
    _search(start, format_, Sought(query, to, since, until, case, fact, limit))


@click.command(short_help="Show all that is known of a record.")
@click.argument("record", metavar="RECORD")
@answer_option
@workspace_option
def show(record: str, format_: str, start: Path) -> None:
    """Show what was sent as RECORD, what happened to it, and what of it was corrected.

    The name of a letter, `<case>/<letter>`, stands for its latest record.
    """
    from reportgen.jobs.catalog import retrieving  # noqa: PLC0415

    text, _, problems = retrieving.tell(archive_of(start), record, format_, color=wants_color())
    answer(text, "", problems)


@click.command(short_help="Show everything ever said of a fact.")
@click.argument("fact", metavar="FACT")
@answer_option
@workspace_option
def facts(fact: str, format_: str, start: Path) -> None:
    """Show everything that letters said of FACT, `<case>.<fact>`, and of what they made of it.

    Each with its record, its words, its value, and what corrected it; and who got a figure that
    was corrected since, and has not been told.
    """
    from reportgen.jobs.catalog import retrieving  # noqa: PLC0415

    text, count, problems = retrieving.facts(archive_of(start), fact, format_, color=wants_color())
    answer(text, "" if count else f"no letter has said anything of {fact}", problems)


@click.command(short_help="Make the catalog again.")
@outcome_option
@workspace_option
def reindex(start: Path, format_: str) -> None:
    """Make the catalog again from the bags and the ledger, whatever it was.

    That is never needed for it to be right; it is when somebody altered it, and when a bag that was
    found altered was restored.
    """
    from reportgen.jobs.catalog import cataloging  # noqa: PLC0415

    archive = archive_of(start)
    with progress(archive) as told:
        count, bad, problems = cataloging.reindex(archive, told)
    printed = (f"{name}: not as the ledger says; see `reportgen verify {name}`" for name in bad)
    talk = (counted(count, "record"),)
    conclude(format_, problems, {"records": count, "altered": bad}, printed, talk, failed=bool(bad))


@contextmanager
def progress(archive: Archive) -> Iterator[Callable[[str], None]]:
    """Show how far one is with the records of an archive, when there are many."""
    from reportgen.jobs.catalog import retrieving  # noqa: PLC0415

    number = retrieving.number(archive)
    if number < _MANY:
        yield lambda _: None
        return
    bar: ProgressBar[int]
    with click.progressbar(length=number, file=sys.stderr) as bar:
        yield lambda _: bar.update(1)


def _search(start: Path, format_: str, what: Sought) -> NoReturn:
    from reportgen.jobs.catalog import retrieving  # noqa: PLC0415

    text, count, problems = retrieving.search(archive_of(start), what, format_, color=wants_color())
    answer(text, counted(count, "record"), problems)


def answer(text: str, summary: str, problems: tuple[Problem, ...]) -> NoReturn:
    """Print an answer; a refusal of the question itself is wrong use."""
    for each in problems:
        if each.code == "query-refused":
            refuse(Refusal(each.code, each.message, each.help))
    click.echo(text, nl=False, color=True)
    # Beside the answer, which a program may read.
    click.echo(render(problems, Shelf(), Format.CONCISE), nl=False, err=True)
    said = summary_of(problems) if problems else summary
    if said:
        click.echo(said, err=True)
    exit_with(PROBLEMS_FOUND if has_errors(problems) else 0)
