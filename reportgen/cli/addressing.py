"""What whoever writes to somebody calls: the directory of recipients."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from reportgen.cli.options import workspace_option
from reportgen.cli.reporting import exit_with, refuse, report
from reportgen.problems.model import Refusal
from reportgen.problems.printing import Format

if TYPE_CHECKING:
    from pathlib import Path


@click.command(short_help="Look up recipients: committees, agencies, who holds an office.")
@click.argument("query", metavar="[QUERY]...", nargs=-1)
@click.option(
    "--at",
    type=click.DateTime(formats=["%Y-%m-%d"]),
    metavar="DATE",
    help="Who held the offices on that day; today when left out.",
)
@click.option("--role", metavar="ROLE", help="Only this office of each: chair, ranking-member.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(("table", "json"), case_sensitive=False),
    default="table",
    help="A list to read, or all of it for programs.",
)
@workspace_option
def directory(
    query: tuple[str, ...], at: datetime | None, role: str | None, format_: str, start: Path
) -> None:
    """List the offices of the directory, or show those of one recipient in full.

    QUERY is an id, us-senate-banking or us-senate-banking.chair, or words: of a name, of what a
    committee deals with, of a chamber, of a person.
    """
    from reportgen.jobs.people import looking_up  # noqa: PLC0415

    day = at.date() if at else date.today()  # noqa: DTZ011 - the day where the user is
    found = looking_up.look_up(" ".join(query), start, day, role)
    if isinstance(found, Refusal):
        refuse(found)
    told = looking_up.as_json(found) if format_ == "json" else looking_up.table(found)
    click.echo(told, nl=False)
    code = report(found.problems, found.documents, Format.CONCISE)
    exit_with(code if found.offices else 1)
