"""What is put on record after a letter was sent: receipts, questions, holds, withdrawals.

Each command imports its job when it is called, so that none pays for another.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reportgen.cli.concluding import conclude, identity_at, outcome_option, workspace_at
from reportgen.cli.finding import answer, answer_option, archive_of
from reportgen.cli.moments import Day, Moment
from reportgen.cli.options import workspace_option
from reportgen.cli.reporting import wants_color
from reportgen.cli.reviewing import now
from reportgen.files.showing import show
from reportgen.problems.printing import counted

if TYPE_CHECKING:
    from datetime import date, datetime
    from typing import NoReturn

    from reportgen.jobs.archive.following import Follower
    from reportgen.jobs.ledger.booking import Entered

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
@outcome_option
@workspace_option
def receipt(
    record: str, file: Path, *, kind: str, at: datetime, note: str, format_: str, start: Path
) -> None:
    """Add FILE to RECORD: a courier's slip, a stamped copy, the answer that confirms receipt.

    The file is kept among the papers of the archive, and a line of the ledger has its digest. The
    sealed bag stays as it is.
    """
    from reportgen.archive.model import Event  # noqa: PLC0415

    _entered(follower(start).received(record, file, Event(kind), at, note), format_)


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
@outcome_option
@workspace_option
def question(
    record: str,
    text: str,
    *,
    asker: str,
    due: date | None,
    file: Path | None,
    format_: str,
    start: Path,
) -> None:
    """Open TEXT as a question for the record that came back after RECORD was sent.

    It has an id. A letter that answers it names the id, `answers: q-3f9a0c1b` in its file, and
    closes it when it is submitted.
    """
    entry, problems = follower(start).asked(record, text, asker, due, file)
    if entry is None:
        conclude(format_, problems, None)
    name = entry.details["question"]
    said = {"question": name, "record": entry.record, "line": entry.number}
    conclude(format_, problems, said, (name,))


@click.command(short_help="Show which questions are open or late.")
@click.option("--at", type=Day(), metavar="DATE", help="As it stands then; today when left out.")
@click.option("--all", "all_", is_flag=True, help="Those that are answered too.")
@answer_option
@workspace_option
def questions(*, at: date | None, all_: bool, format_: str, start: Path) -> None:
    """Show the questions for the record that are open or late, the most urgent first."""
    from reportgen.jobs.catalog import retrieving  # noqa: PLC0415

    text, count, problems = retrieving.questions(
        archive_of(start), now().date(), format_, then=at, all_=all_, color=wants_color()
    )
    answer(text, "" if count else "no question is open", problems)


@click.command(short_help="Start a letter that corrects an earlier one.")
@record_argument
@click.option("--name", metavar="NAME", help="What the letter is called.")
@outcome_option
@workspace_option
def correct(record: str, *, name: str | None, format_: str, start: Path) -> None:
    """Start a letter that corrects RECORD, from what the record says and the cases say today.

    It has a table of what was said and what is so for every fact that changed, and is addressed to
    all who got one of the figures. When it is submitted, both records point at each other.
    """
    from reportgen.jobs.archive import correcting  # noqa: PLC0415

    if name is not None and not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        raise click.BadParameter(
            "it has lower-case letters, digits and hyphens", param_hint="--name"
        )
    started = correcting.correct(workspace_at(start), record, now().date(), name)
    if started.letter is None:
        conclude(format_, started.problems, None)
    corrected = {each.record.id: len(each.said) for each in started.corrigenda}
    talk = (f"corrects {counted(n, 'statement')} of {id_}" for id_, n in corrected.items())
    path = show(started.letter)
    conclude(format_, started.problems, {"letter": path, "corrects": corrected}, (path,), talk)


@click.command(short_help="Stop the disposal of a record.")
@record_argument
@click.option("--matter", required=True, metavar="TEXT", help="For the sake of what.")
@outcome_option
@workspace_option
def hold(record: str, *, matter: str, format_: str, start: Path) -> None:
    """Hold RECORD for a matter: it is not disposed of until it is released."""
    _entered(follower(start).held(record, matter), format_)


@click.command(short_help="End a hold.")
@record_argument
@click.option("--matter", default="", metavar="TEXT", help="Which; needed when there are several.")
@outcome_option
@workspace_option
def release(record: str, *, matter: str, format_: str, start: Path) -> None:
    """Release RECORD, which was held for a matter."""
    _entered(follower(start).released(record, matter), format_)


@click.command(short_help="Put on record that a letter was withdrawn.")
@record_argument
@click.option("--reason", required=True, metavar="TEXT", help="Why.")
@outcome_option
@workspace_option
def withdraw(record: str, *, reason: str, format_: str, start: Path) -> None:
    """Put on record that the letter of RECORD was withdrawn. The record stays."""
    _entered(follower(start).withdrawn(record, reason), format_)


@click.command(short_help="Put on record that a matter was closed.")
@record_argument
@click.option("--on", type=Day(), required=True, metavar="DATE", help="The day on which it was.")
@click.option("--note", default="", metavar="TEXT", help="What is to be added.")
@outcome_option
@workspace_option
def close(record: str, *, on: date, note: str, format_: str, start: Path) -> None:
    """Put on record that the matter of RECORD was closed: some periods of retention begin then."""
    _entered(follower(start).closed(record, on, note), format_)


@click.command(short_help="List what may be disposed of.")
@click.option("--at", type=Day(), metavar="DATE", help="As it stands then; today when left out.")
@click.option("--all", "all_", is_flag=True, help="How long every record is kept.")
@answer_option
@workspace_option
def due(*, at: date | None, all_: bool, format_: str, start: Path) -> None:
    """List the records whose time is over, by which class of retention, and what stands against it.

    The classes are in the organization's file, under `archive: retention:`.
    """
    from reportgen.jobs.archive import retaining  # noqa: PLC0415

    text, count, problems = retaining.told(
        workspace_at(start), at or now().date(), format_, all_=all_, color=wants_color()
    )
    answer(text, "" if count else "the time of no record is over", problems)


@click.command(short_help="Dispose of a record whose time is over; it takes two people.")
@record_argument
@click.option("--reason", default="", metavar="TEXT", help="What is to be added.")
@outcome_option
@workspace_option
def dispose(record: str, *, reason: str, format_: str, start: Path) -> None:
    """Propose that RECORD be disposed of; or confirm it, where somebody else proposed it.

    What is held, has an open question or waits for a correction is not disposed of, nor what is not
    due. The bag is removed; the lines of the ledger stay, and a certificate among the papers.
    """
    from reportgen.jobs.archive.disposing import Disposer  # noqa: PLC0415

    disposer = Disposer(workspace_at(start), identity_at(start), now)
    _entered(disposer.dispose(record, reason), format_)


def follower(start: Path) -> Follower:
    """Return who puts something on record, or end the command when nobody has said who they are."""
    from reportgen.jobs.archive.following import Follower  # noqa: PLC0415

    return Follower(archive_of(start), str(identity_at(start).person), now)


def _entered(entered: Entered, format_: str) -> NoReturn:
    """End the command with the line of the ledger, or with what stood in its way."""
    entry, problems = entered
    if entry is None:
        conclude(format_, problems, None)
    said = {
        "record": entry.record,
        "event": entry.event,
        "line": entry.number,
        "by": entry.by,
        "details": entry.details,
    }
    talk = f"{entry.event} by {entry.by}, line {entry.number} of the ledger"
    conclude(format_, problems, said, (entry.record,), (talk,))
