"""What whoever owes reports calls: what is due when, what a report still lacks.

Each command imports its job when it is called, so that none pays for another.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reportgen.cli.moments import Moment
from reportgen.cli.options import workspace_option
from reportgen.cli.reporting import exit_with, refuse, report
from reportgen.files.showing import show
from reportgen.problems.model import Refusal, has_errors
from reportgen.problems.printing import Format, counted

if TYPE_CHECKING:
    from reportgen.jobs.regimes.scheduling import Scheduled


@click.command(short_help="Show what is due when, and what is late.")
@click.argument("cases", metavar="[CASE]...", nargs=-1)
@click.option(
    "--at",
    type=Moment(),
    metavar="TIME",
    help="As it stands at that time, 2026-03-20T09:00-07:00; now when left out.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(("table", "json"), case_sensitive=False),
    default="table",
    help="A table to read, or all of it for programs.",
)
@click.option(
    "--ics",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write what is still due as an iCalendar file as well.",
)
@workspace_option
def deadlines(
    cases: tuple[str, ...], at: datetime | None, format_: str, ics: Path | None, start: Path
) -> None:
    """Show which reports the CASEs owe, when each is due and how long is left; of all when none is named.

    Which laws apply, and when their clocks began, is what the cases say under `regimes`; nothing of
    it is decided here. Each due time is given in the time zone of the authority.
    """
    from reportgen.jobs.regimes import scheduling, tabling  # noqa: PLC0415

    now = datetime.now(UTC)
    scheduled = scheduling.schedule(cases, start, at or now, now)
    if isinstance(scheduled, Refusal):
        refuse(scheduled)
    printed = tabling.as_json(scheduled) if format_ == "json" else tabling.table(scheduled)
    click.echo(printed, nl=False)
    code = 1 if has_errors(scheduled.problems) else 0
    if format_ != "json":
        code = report(scheduled.problems, scheduled.documents, Format.CONCISE)
    if ics is not None:
        code = max(code, _write_agenda(scheduled, ics))
    exit_with(code)


def _write_agenda(scheduled: Scheduled, path: Path) -> int:
    from reportgen.jobs.regimes import scheduling  # noqa: PLC0415

    events, problems = scheduling.write_agenda(scheduled, path)
    code = report(problems, {})
    if not problems:
        click.echo(f"{counted(events, 'event')} in {show(path)}", err=True)
    return code


@click.command(short_help="Show what a report still lacks.")
@click.argument("case", metavar="CASE")
@click.option(
    "--regime", required=True, metavar="R", help="The reporting law, as the case names it."
)
@click.option(
    "--stage", metavar="S", help="The report that is meant: initial, final; all when left out."
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(("table", "json"), case_sensitive=False),
    default="table",
    help="A table to read, or all of it for programs.",
)
@workspace_option
def complete(case: str, regime: str, stage: str | None, format_: str, start: Path) -> None:
    """Show what of a report under regime R the CASE answers, with the words that answer it.

    What it does not answer comes with the question to ask, and ends the command with 1.
    """
    from reportgen.jobs.regimes import completing  # noqa: PLC0415

    completed = completing.complete(case, regime, start, datetime.now(UTC), stage)
    if isinstance(completed, Refusal):
        refuse(completed)
    if format_ == "json":
        click.echo(completing.as_json(completed), nl=False)
        code = 1 if has_errors(completed.problems) else 0
    else:
        click.echo(completing.table(completed), nl=False)
        code = report(completed.problems, completed.documents, Format.CONCISE)
    exit_with(max(code, 1 if completed.missing else 0))
