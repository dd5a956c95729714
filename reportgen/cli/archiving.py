"""What whoever keeps the archive calls: submit a letter, and ask for the ledger's head.

Each command imports its job when it is called, so that none pays for another.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from reportgen.cli.grouping import Commands
from reportgen.cli.keying import signing_options, signing_terms
from reportgen.cli.moments import Moment
from reportgen.cli.options import workspace_option
from reportgen.cli.reporting import exit_with, refuse, report
from reportgen.cli.reviewing import letter_argument, workspace_of
from reportgen.files.shelf import Shelf
from reportgen.files.showing import show
from reportgen.problems.model import Refusal
from reportgen.problems.printing import Format, counted
from reportgen.workspace import find

if TYPE_CHECKING:
    from typing import NoReturn

    from reportgen.jobs.keyring import Wanted
    from reportgen.jobs.sealing import Sealed

_COMMANDS: Final = {
    "head": "reportgen.cli.archiving",
    "list": "reportgen.cli.finding:list_",
    "search": "reportgen.cli.finding",
    "show": "reportgen.cli.finding",
    "facts": "reportgen.cli.finding",
    "reindex": "reportgen.cli.finding",
    "hold": "reportgen.cli.following",
    "release": "reportgen.cli.following",
    "withdraw": "reportgen.cli.following",
    "close": "reportgen.cli.following",
    "due": "reportgen.cli.following",
    "dispose": "reportgen.cli.following",
    "sign": "reportgen.cli.handing",
    "export": "reportgen.cli.handing",
    "import": "reportgen.cli.handing:import_",
    "certificate": "reportgen.cli.handing",
}
"""Each command of `reportgen archive`, in the order of the help, and the module that has it."""


class _Commands(Commands):
    """The commands of `reportgen archive`."""

    table = _COMMANDS


def _line(_context: click.Context, _: click.Parameter, value: str) -> str:
    if not value.strip() or not value.isprintable() or len(value) > 200:
        raise click.BadParameter("say it in a few words, on one line")
    return value.strip()


@click.command(short_help="Seal a letter that was sent, as a record of the archive.")
@letter_argument
@click.option(
    "--via", required=True, callback=_line, metavar="HOW", help="electronic mail, courier."
)
@click.option(
    "--at",
    type=Moment(offset=True),
    metavar="TIME",
    help="When it was sent, 2026-06-10T15:04-04:00; now when left out.",
)
@click.option(
    "--to",
    multiple=True,
    metavar="RECIPIENT",
    help="To whom, as the directory names them; to all whom the letter addresses when left out.",
)
@click.option(
    "--enclosure",
    "enclosures",
    multiple=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="A file that went with it and is not bound into it.",
)
@click.option(
    "--with-review",
    is_flag=True,
    help="Seal comments and earlier drafts too, which may be privileged.",
)
@signing_options
@workspace_option
def submit(
    letter: Path,
    start: Path,
    *,
    via: str,
    at: datetime | None,
    to: tuple[str, ...],
    enclosures: tuple[Path, ...],
    with_review: bool,
    wanted: Wanted,
) -> None:
    """Seal the final copy of LETTER as it was sent, with all that proves it.

    The record is a folder of its own under output/archive/records/, and a line in the archive's
    ledger. Where a key is named, here or in the organization's file, its PDF is signed: send the
    one that lies in the record. When it cannot be made, the letter does not count as submitted.
    """
    from reportgen.jobs import dispatching, finding, identifying, keyring, sealing  # noqa: PLC0415

    workspace = workspace_of(letter, start)
    path = finding.letter_path(workspace, letter)
    identity = identifying.identity(workspace.root)
    if isinstance(identity, Refusal):
        refuse(identity)
    sending = dispatching.Sending(
        at or _now(),
        via,
        str(identity.person),
        to,
        enclosures,
        with_review=with_review,
        sign=keyring.signer(signing_terms(workspace, wanted, path)),
    )
    _tell(sealing.submit(workspace, path, sending, _now))


def _tell(sealed: Sealed) -> NoReturn:
    """End the command with the record, or with what stood in its way."""
    failed = sealed.record is None
    code = report(sealed.problems, Shelf(), Format.FULL if failed else Format.CONCISE)
    if sealed.record is None or sealed.bag is None:
        click.echo("not submitted: nothing was put into the archive", err=True)
        exit_with(code or 1)
    record = sealed.record
    for each in record.sent:
        click.echo(f"  {each.path.removeprefix('data/sent/')}  {each.sha256}", err=True)
    click.echo(f"sealed: {record.letter}, {counted(len(record.sent), 'file')}", err=True)
    click.echo(f"head of the ledger: {sealed.head}", err=True)
    click.echo(show(sealed.bag))
    exit_with(code)


def _now() -> datetime:
    return datetime.now().astimezone()


@click.group(cls=_Commands, short_help="Find, prove and hand over what was submitted.")
def archive() -> None:
    """Find, prove and hand over what was submitted: `reportgen submit` puts it there."""


@click.command(short_help="Print the ledger's head, for a minute book.")
@workspace_option
def head(start: Path) -> None:
    """Print the head of the archive's ledger: a few characters that stand for all of it.

    Write it into a minute book, or send it to somebody who keeps it. Whoever has it can prove later
    that nothing up to then was altered, dropped or slipped in: `reportgen verify --head HEAD`.
    """
    from reportgen.jobs import booking  # noqa: PLC0415

    workspace = find(start)
    if isinstance(workspace, Refusal):
        refuse(workspace)
    found, problems = booking.head(workspace)
    code = report(problems, Shelf())
    if found is not None:
        click.echo(found)
    exit_with(code)
