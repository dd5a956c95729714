"""What whoever checks and approves calls: comments, verdicts, approvals, and how far all that is.

Each command imports its job when it is called, so that none pays for another.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reportgen.cli.options import workspace_option
from reportgen.cli.reporting import exit_with, refuse, report
from reportgen.files.shelf import Shelf
from reportgen.problems.model import Refusal
from reportgen.problems.printing import Format
from reportgen.workspace import find

if TYPE_CHECKING:
    from typing import NoReturn

    from reportgen.jobs.review.recording import Recorded, Recorder
    from reportgen.jobs.review.reviewing import Review
    from reportgen.workspace import Workspace

_letter_argument = click.argument("letter", metavar="LETTER", type=click.Path(path_type=Path))


@click.command(short_help="Ask or remark something on a letter.")
@_letter_argument
@click.argument("text", metavar="TEXT")
@click.option("--on", metavar="N", help="The number or the id of the sentence that is meant.")
@workspace_option
def comment(letter: Path, text: str, on: str | None, start: Path) -> None:
    """Put TEXT on record as a comment on LETTER; it is open until somebody resolves it."""
    _say(_recorder(letter, start).comment(text, on))


@click.command(short_help="Answer a comment or settle a dispute.")
@_letter_argument
@click.argument("entry", metavar="ID")
@click.argument("text", metavar="[TEXT]", default="")
@workspace_option
def resolve(letter: Path, entry: str, text: str, start: Path) -> None:
    """End the comment or dispute ID of LETTER, saying how in TEXT.

    `reportgen status` shows the ids; the beginning of one is enough.
    """
    _say(_recorder(letter, start).resolve(entry, text))


@click.command(short_help="Say whether a sentence's evidence bears it out.")
@_letter_argument
@click.argument("sentence", metavar="N")
@click.argument("ruling", metavar="ok|wrong", type=click.Choice(("ok", "wrong")))
@click.option("--note", default="", metavar="TEXT", help="What is to be added.")
@workspace_option
def verdict(letter: Path, sentence: str, ruling: str, note: str, start: Path) -> None:
    """Say of sentence N of LETTER, by its number or its id, that it is ok or wrong.

    The verdict holds for what the sentence says and what it rests on. Nobody checks what they
    wrote.
    """
    from reportgen.review.model import Ruling  # noqa: PLC0415

    _say(_recorder(letter, start).verdict(sentence, Ruling(ruling), note))


@click.command(short_help="Approve a letter as it is.")
@_letter_argument
@click.option("--role", required=True, metavar="ROLE", help="For whom: counsel, policy.")
@click.option("--note", default="", metavar="TEXT", help="What is to be added.")
@workspace_option
def approve(letter: Path, role: str, note: str, start: Path) -> None:
    """Approve LETTER for a role.

    The approval holds for what the letter says today, and lapses when that changes.
    """
    _say(_recorder(letter, start).approve(role, note))


@click.command(short_help="Show what is checked, approved and open.")
@_letter_argument
@click.option(
    "--format",
    "format_",
    type=click.Choice(("table", "json"), case_sensitive=False),
    default="table",
    help="A table to read, or all of it for programs.",
)
@workspace_option
def status(letter: Path, format_: str, start: Path) -> None:
    """Show how far the review of LETTER is, and what stands between it and its final copy."""
    from reportgen.jobs.review import gating  # noqa: PLC0415

    workspace, review = _review(letter, start)
    text, problems = gating.told(workspace, review, format_)
    click.echo(text, nl=False)
    exit_with(report(problems, Shelf(), Format.CONCISE))


def _review(letter: Path, start: Path) -> tuple[Workspace, Review]:
    """Return the review of a letter that can be composed, or end the command."""
    from reportgen.jobs import finding  # noqa: PLC0415
    from reportgen.jobs.review import reviewing  # noqa: PLC0415

    workspace = find(letter if letter.exists() else start)
    if isinstance(workspace, Refusal):
        refuse(workspace)
    review, problems = reviewing.review(workspace, finding.letter_path(workspace, letter))
    if review is None:
        exit_with(report(problems, Shelf()))
    return workspace, review


def _recorder(letter: Path, start: Path) -> Recorder:
    from reportgen.jobs.people import identifying  # noqa: PLC0415
    from reportgen.jobs.review import recording  # noqa: PLC0415

    _, review = _review(letter, start)
    identity = identifying.identity(review.letter.parent)
    if isinstance(identity, Refusal):
        refuse(identity)
    return recording.Recorder(review, identity, lambda: datetime.now().astimezone())


def _say(recorded: Recorded) -> NoReturn:
    """End the command with what was recorded, or with what stood in its way."""
    entry, problems = recorded
    code = report(problems, Shelf())
    if entry is not None:
        signed = "signed" if entry.signature else "unsigned"
        click.echo(f"{entry.kind} by {entry.by}, {signed}", err=True)
        click.echo(entry.id)
    exit_with(code)
