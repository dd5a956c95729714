"""What whoever reviews calls: the index of a letter, and what counsel would object to.

Each command imports its job when it is called, so that none pays for another.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reportgen.cli.options import format_option, workspace_option
from reportgen.cli.reporting import exit_with, refuse, report
from reportgen.files.shelf import Shelf
from reportgen.files.showing import show
from reportgen.problems.model import Refusal
from reportgen.problems.printing import Format, counted
from reportgen.workspace import find

if TYPE_CHECKING:
    from typing import NoReturn

    from reportgen.workspace import Workspace

letter_argument = click.argument("letter", metavar="LETTER", type=click.Path(path_type=Path))
"""A letter, by its file or by `<case>/<letter>`."""


def workspace_of(letter: Path, start: Path) -> Workspace:
    """Return the workspace of a letter, or end the command as wrong use."""
    workspace = find(letter if letter.exists() else start)
    if isinstance(workspace, Refusal):
        refuse(workspace)
    return workspace


def now() -> datetime:
    """Return the time, with its offset from UTC."""
    return datetime.now().astimezone()


@click.command(short_help="Show where every number comes from.")
@letter_argument
@click.option(
    "--format",
    "format_",
    type=click.Choice(("html", "xlsx", "csv", "pdf"), case_sensitive=False),
    default="html",
    help="A page to read (html, pdf), or a table to write verdicts in (xlsx, csv).",
)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Where to write it; beside the letter's drafts when left out.",
)
@click.option(
    "--import",
    "table",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Put on record the verdicts and notes of a table (XLSX or CSV) that came back.",
)
@workspace_option
def index(letter: Path, format_: str, output: Path | None, table: Path | None, start: Path) -> None:
    """Show for each sentence of LETTER its facts, their sources, and who has checked it.

    A checker writes verdicts and notes into the table and gives it back: --import takes these, and
    nothing else, sentence by sentence, whatever order the rows are in.
    """
    from reportgen.jobs import finding  # noqa: PLC0415
    from reportgen.jobs.review import indexing  # noqa: PLC0415

    workspace = workspace_of(letter, start)
    path = finding.letter_path(workspace, letter)
    if table is not None:
        _import(workspace, path, table)
    made = indexing.write(workspace, path, format_, output)
    code = report(made.problems, Shelf(), Format.FULL if made.path is None else Format.CONCISE)
    if made.path is not None:
        click.echo(f"{counted(made.rows, 'sentence')}", err=True)
        click.echo(show(made.path))
    exit_with(code)


@click.command(short_help="Look for what counsel would object to.")
@click.argument("letters", metavar="[LETTER]...", nargs=-1, type=click.Path(path_type=Path))
@format_option
@workspace_option
def lint(letters: tuple[Path, ...], format_: Format, start: Path) -> None:
    """Look in letters for what counsel would object to, and say where it stands.

    LETTER is a letter's file, or its name, <case>/<letter>; all letters of the workspace when
    left out. A finding that counsel lets stand is waived in its sentence, with the reason:
    {{ waive("conclusory-word", "the word of the source") }}.
    """
    from reportgen.jobs import finding  # noqa: PLC0415
    from reportgen.jobs.review import linting  # noqa: PLC0415

    workspace = workspace_of(letters[0] if letters else start, start)
    paths = [finding.letter_path(workspace, each) for each in letters]
    linted = [linting.lint(workspace, path) for path in paths or finding.letters_in(workspace)]
    problems = tuple(problem for each in linted for problem in each.problems)
    looked_at = counted(sum(each.sentences for each in linted), "sentence")
    exit_with(report(problems, Shelf(), format_, f"{looked_at}, nothing to object to"))


def _import(workspace: Workspace, letter: Path, table: Path) -> NoReturn:
    """Put on record what a table brings back, and end the command."""
    from reportgen.jobs.people import identifying  # noqa: PLC0415
    from reportgen.jobs.review import indexing, recording, reviewing  # noqa: PLC0415

    review, problems = reviewing.review(workspace, letter)
    if review is None:
        exit_with(report(problems, Shelf()))
    marked, problems = indexing.returned(review, table)
    written = 0
    if marked:
        identity = identifying.identity(review.letter.parent)
        if isinstance(identity, Refusal):
            refuse(identity)
        recorder = recording.Recorder(review, identity, now)
        written, found = indexing.record(recorder, marked)
        problems += found
    code = report(problems, Shelf())
    click.echo(f"put on record: {written}", err=True)
    exit_with(code)
