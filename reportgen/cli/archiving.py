"""What whoever keeps the archive calls: submit a letter, and ask for the ledger's head.

Each command imports its job when it is called, so that none pays for another.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from reportgen.cli.concluding import conclude, identity_at, outcome_option, workspace_at
from reportgen.cli.grouping import Commands
from reportgen.cli.keying import signing_options, signing_terms
from reportgen.cli.moments import Moment
from reportgen.cli.options import workspace_option
from reportgen.cli.reviewing import letter_argument, now, workspace_of
from reportgen.files.showing import show
from reportgen.problems.printing import counted

if TYPE_CHECKING:
    from datetime import datetime
    from typing import NoReturn

    from reportgen.jobs.archive.sealing import Sealed
    from reportgen.jobs.people.keyring import Wanted

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


_NOT_SUBMITTED: Final = "not submitted: nothing was put into the archive"


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
    "--serial",
    is_flag=True,
    help="It went to many: seal the copies of `reportgen serial --final`, and whose each is.",
)
@click.option(
    "--with-review",
    is_flag=True,
    help="Seal comments and earlier drafts too, which may be privileged.",
)
@signing_options
@outcome_option
@workspace_option
def submit(
    letter: Path,
    start: Path,
    *,
    format_: str,
    via: str,
    at: datetime | None,
    to: tuple[str, ...],
    enclosures: tuple[Path, ...],
    serial: bool,
    with_review: bool,
    wanted: Wanted,
) -> None:
    """Seal the final copy of LETTER as it was sent, with all that proves it.

    The record is a folder of its own under output/archive/records/, and a line in the archive's
    ledger. Where a key is named, here or in the organization's file, its PDF is signed: send the
    one that lies in the record. When it cannot be made, the letter does not count as submitted.
    """
    from reportgen.jobs import finding  # noqa: PLC0415
    from reportgen.jobs.archive import dispatching, sealing  # noqa: PLC0415
    from reportgen.jobs.people import keyring  # noqa: PLC0415

    workspace = workspace_of(letter, start)
    path = finding.letter_path(workspace, letter)
    refused = partial(conclude, format_, said=None, talk=(_NOT_SUBMITTED,))
    sending = dispatching.Sending(
        at or now(),
        via,
        str(identity_at(workspace.root).person),
        to,
        enclosures,
        serial=serial,
        with_review=with_review,
        sign=keyring.signer(signing_terms(workspace, wanted, refused, path)),
    )
    _tell(sealing.submit(workspace, path, sending, now), format_)


_TOLD: Final = 24
"""How many of the files that went out are told one by one."""


def _tell(sealed: Sealed, format_: str) -> NoReturn:
    """End the command with the record, or with what stood in its way."""
    record, bag = sealed.record, sealed.bag
    if record is None or bag is None:
        conclude(format_, sealed.problems, None, talk=(_NOT_SUBMITTED,))
    sent = {each.path.removeprefix("data/sent/"): each.sha256 for each in record.sent}
    said = {
        "record": record.id,
        "letter": record.letter,
        "sent": sent,
        "head": sealed.head,
        "bag": show(bag),
    }
    talk = (
        *(f"  {name}  {digest}" for name, digest in tuple(sent.items())[:_TOLD]),
        *((f"  and {len(sent) - _TOLD:,} more, in the record",) if len(sent) > _TOLD else ()),
        f"sealed: {record.letter}, {counted(len(sent), 'file')}",
        f"head of the ledger: {sealed.head}",
    )
    conclude(format_, sealed.problems, said, (show(bag),), talk)


@click.group(cls=_Commands, short_help="Find, prove and hand over what was submitted.")
def archive() -> None:
    """Find, prove and hand over what was submitted: `reportgen submit` puts it there."""


@click.command(short_help="Print the ledger's head, for a minute book.")
@outcome_option
@workspace_option
def head(start: Path, format_: str) -> None:
    """Print the head of the archive's ledger: a few characters that stand for all of it.

    Write it into a minute book, or send it to somebody who keeps it. Whoever has it can prove later
    that nothing up to then was altered, dropped or slipped in: `reportgen verify --head HEAD`.
    """
    from reportgen.jobs.ledger import booking  # noqa: PLC0415

    found, problems = booking.head(workspace_at(start))
    said = None if found is None else {"head": found, "lines": found.number}
    conclude(format_, problems, said, () if found is None else (found,))
