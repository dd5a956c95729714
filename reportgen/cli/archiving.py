"""What whoever keeps the archive calls: submit a letter, and ask for the ledger's head.

Each command imports its job when it is called, so that none pays for another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from reportgen.cli.grouping import Commands
from reportgen.cli.options import workspace_option
from reportgen.cli.reporting import exit_with, refuse, report
from reportgen.files.shelf import Shelf
from reportgen.problems.model import Refusal
from reportgen.workspace import find

if TYPE_CHECKING:
    from pathlib import Path

_COMMANDS: Final = {
    "head": "reportgen.cli.archiving",
    "list": "reportgen.cli.finding:list_",
    "search": "reportgen.cli.finding",
    "show": "reportgen.cli.finding",
    "facts": "reportgen.cli.finding",
    "reindex": "reportgen.cli.finding",
}
"""Each command of `reportgen archive`, in the order of the help, and the module that has it."""


class _Commands(Commands):
    """The commands of `reportgen archive`."""

    table = _COMMANDS


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
