"""What is put on record after a letter was sent: receipts, questions, holds, withdrawals.

Each command imports its job when it is called, so that none pays for another.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reportgen.cli.finding import answer, answer_option, archive_of
from reportgen.cli.moments import Day, Moment
from reportgen.cli.options import workspace_option
from reportgen.cli.reporting import exit_with, refuse, report, wants_color
from reportgen.cli.reviewing import now
from reportgen.files.shelf import Shelf
from reportgen.files.showing import show
from reportgen.problems.model import Refusal
from reportgen.problems.printing import counted
from reportgen.workspace import find

if TYPE_CHECKING:
    from datetime import date, datetime
    from typing import NoReturn

    from reportgen.jobs.booking import Entered
    from reportgen.jobs.following import Follower
    from reportgen.workspace import Workspace

record_argument = click.argument("record", metavar="RECORD")
"""A record by its name, or a letter whose latest record is meant."""


@click.command(short_help="Keep the proof that a letter arrived.")
@record_argument
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--kind",
    type=click.Choice(("delivered", "acknowledged")),
    default="delivered",
    show_default=True,
    help="Whether it was delivered, or its receipt was acknowledged.",
)
@click.option("--at", type=Moment(), required=True, metavar="TIME", help="When that happened.")
@click.option("--note", default="", metavar="TEXT", help="What is to be added.")
@workspace_option
def receipt(record: str, file: Path, *, kind: str, at: datetime, note: str, start: Path) -> None:
    """Add FILE to RECORD: a courier's slip, a stamped copy, the answer that confirms receipt.

    The file is kept among the papers of the archive, and a line of the ledger has its digest. The
    sealed bag stays as it is.
    """
    from reportgen.archive.model import Event  # noqa: PLC0415

    _entered(follower(start).received(record, file, Event(kind), at, note))


@click.command(short_help="Open a question that came back.")
@record_argument
@click.argument("text", metavar="TEXT")
@click.option("--from", "asker", required=True, metavar="WHO", help="Who asks.")
@click.option("--due", type=Day(), metavar="DATE", help="The day by which to answer.")
@click.option(
    "--file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The paper that it came on.",
)
@workspace_option
def question(
    record: str, text: str, *, asker: str, due: date | None, file: Path | None, start: Path
) -> None:
    """Open TEXT as a question for the record that came back after RECORD was sent.

    It has an id. A letter that answers it names the id, `answers: q-3f9a0c1b` in its file, and
    closes it when it is submitted.
    """
    entry, problems = follower(start).asked(record, text, asker, due, file)
    code = report(problems, Shelf())
    if entry is not None:
        click.echo(entry.details["question"])
    exit_with(code)


@click.command(short_help="Show which questions are open or late.")
@click.option("--at", type=Day(), metavar="DATE", help="As it stands then; today when left out.")
@click.option("--all", "all_", is_flag=True, help="Those that are answered too.")
@answer_option
@workspace_option
def questions(*, at: date | None, all_: bool, format_: str, start: Path) -> None:
    """Show the questions for the record that are open or late, the most urgent first."""
    from reportgen.jobs import retrieving  # noqa: PLC0415

    text, count, problems = retrieving.questions(
        archive_of(start), now().date(), format_, then=at, all_=all_, color=wants_color()
    )
    answer(text, "" if count else "no question is open", problems)


@click.command(short_help="Start a letter that corrects an earlier one.")
@record_argument
@click.option("--name", metavar="NAME", help="What the letter is called.")
@workspace_option
def correct(record: str, *, name: str | None, start: Path) -> None:
    """Start a letter that corrects RECORD, from what the record says and the cases say today.

    It has a table of what was said and what is so for every fact that changed, and is addressed to
    all who got one of the figures. When it is submitted, both records point at each other.
    """
    from reportgen.jobs import correcting  # noqa: PLC0415

    if name is not None and not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        raise click.BadParameter(
            "it has lower-case letters, digits and hyphens", param_hint="--name"
        )
    started = correcting.correct(_workspace(start), record, now().date(), name)
    code = report(started.problems, Shelf())
    for each in started.corrigenda if started.letter is not None else ():
        number = counted(len(each.said), "statement")
        click.echo(f"corrects {number} of {each.record.id}", err=True)
    if started.letter is not None:
        click.echo(show(started.letter))
    exit_with(code)


@click.command(short_help="Stop the disposal of a record.")
@record_argument
@click.option("--matter", required=True, metavar="TEXT", help="For the sake of what.")
@workspace_option
def hold(record: str, *, matter: str, start: Path) -> None:
    """Hold RECORD for a matter: it is not disposed of until it is released."""
    _entered(follower(start).held(record, matter))


@click.command(short_help="End a hold.")
@record_argument
@click.option("--matter", default="", metavar="TEXT", help="Which; needed when there are several.")
@workspace_option
def release(record: str, *, matter: str, start: Path) -> None:
    """Release RECORD, which was held for a matter."""
    _entered(follower(start).released(record, matter))


@click.command(short_help="Put on record that a letter was withdrawn.")
@record_argument
@click.option("--reason", required=True, metavar="TEXT", help="Why.")
@workspace_option
def withdraw(record: str, *, reason: str, start: Path) -> None:
    """Put on record that the letter of RECORD was withdrawn. The record stays."""
    _entered(follower(start).withdrawn(record, reason))


@click.command(short_help="Put on record that a matter was closed.")
@record_argument
@click.option("--on", type=Day(), required=True, metavar="DATE", help="The day on which it was.")
@click.option("--note", default="", metavar="TEXT", help="What is to be added.")
@workspace_option
def close(record: str, *, on: date, note: str, start: Path) -> None:
    """Put on record that the matter of RECORD was closed: some periods of retention begin then."""
    _entered(follower(start).closed(record, on, note))


@click.command(short_help="List what may be disposed of.")
@click.option("--at", type=Day(), metavar="DATE", help="As it stands then; today when left out.")
@click.option("--all", "all_", is_flag=True, help="How long every record is kept.")
@answer_option
@workspace_option
def due(*, at: date | None, all_: bool, format_: str, start: Path) -> None:
    """List the records whose time is over, by which class of retention, and what stands against it.

    The classes are in the organization's file, under `archive: retention:`.
    """
    from reportgen.jobs import retaining  # noqa: PLC0415

    text, count, problems = retaining.told(
        _workspace(start), at or now().date(), format_, all_=all_, color=wants_color()
    )
    answer(text, "" if count else "the time of no record is over", problems)


@click.command(short_help="Dispose of a record whose time is over; it takes two people.")
@record_argument
@click.option("--reason", default="", metavar="TEXT", help="What is to be added.")
@workspace_option
def dispose(record: str, *, reason: str, start: Path) -> None:
    """Propose that RECORD be disposed of; or confirm it, where somebody else proposed it.

    What is held, has an open question or waits for a correction is not disposed of, nor what is not
    due. The bag is removed; the lines of the ledger stay, and a certificate among the papers.
    """
    from reportgen.jobs import identifying  # noqa: PLC0415
    from reportgen.jobs.disposing import Disposer  # noqa: PLC0415

    who = identifying.identity(start)
    if isinstance(who, Refusal):
        refuse(who)
    _entered(Disposer(_workspace(start), who, now).dispose(record, reason))


def _workspace(start: Path) -> Workspace:
    workspace = find(start)
    if isinstance(workspace, Refusal):
        refuse(workspace)
    return workspace


def follower(start: Path) -> Follower:
    """Return who puts something on record, or end the command when nobody has said who they are."""
    from reportgen.jobs import identifying  # noqa: PLC0415
    from reportgen.jobs.following import Follower  # noqa: PLC0415

    who = identifying.identity(start)
    if isinstance(who, Refusal):
        refuse(who)
    return Follower(archive_of(start), str(who.person), now)


def _entered(entered: Entered) -> NoReturn:
    """End the command with the line of the ledger, or with what stood in its way."""
    entry, problems = entered
    code = report(problems, Shelf())
    if entry is not None:
        click.echo(f"{entry.event} by {entry.by}, line {entry.number} of the ledger", err=True)
        click.echo(entry.record)
    exit_with(code)
