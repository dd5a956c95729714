"""What whoever compares cases calls: the facts of all of them, put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reportgen.cli.options import workspace_option
from reportgen.cli.reporting import exit_with, refuse, report
from reportgen.problems.model import Refusal
from reportgen.problems.printing import summary
from reportgen.statistics.model import Grouping, Layout

if TYPE_CHECKING:
    from pathlib import Path


@click.command(short_help="Count over cases: facts, totals, shares, ranks.")
@click.argument("cases", metavar="[CASE]...", nargs=-1)
@click.option(
    "--by",
    type=click.Choice(list(Grouping), case_sensitive=False),
    help="Put facts together by case, actor, kind, technique, month or year.",
)
@click.option(
    "--format",
    "layout",
    type=click.Choice(list(Layout), case_sensitive=False),
    default=Layout.TABLE,
    help="A table to read, or exact values for programs (csv, json).",
)
@workspace_option
def stats(cases: tuple[str, ...], by: Grouping | None, layout: Layout, start: Path) -> None:
    """Count over the CASEs that are named by their ids; over all when none is named.

    Numbers are worded as letters may word them. What cannot be added, such as accounts that may be
    the same in two cases, has the reason in place of a total.
    """
    from reportgen.jobs.workspaces import counting  # noqa: PLC0415

    counted = counting.count(cases, start, by, layout)
    if isinstance(counted, Refusal):
        refuse(counted)
    if not counted.text:
        exit_with(report(counted.problems, counted.documents))
    click.echo(counted.text, nl=False)
    if counted.problems:
        click.echo(f"{summary(counted.problems)}; `reportgen check` shows them", err=True)
