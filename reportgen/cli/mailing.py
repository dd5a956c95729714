"""What whoever writes to many calls: one letter, and a list of those to whom it goes."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from reportgen.cli.options import formats_option, workspace_option
from reportgen.cli.reporting import exit_with, refuse, report
from reportgen.files.shelf import Shelf
from reportgen.files.showing import show
from reportgen.problems.model import Refusal
from reportgen.problems.printing import Format, counted
from reportgen.workspace import find


@click.command(short_help="Write one letter to many recipients.")
@click.argument("letter", metavar="LETTER", type=click.Path(path_type=Path))
@click.option(
    "--list",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="A CSV file with a row for each recipient: name, title, salutation, office, address.",
)
@click.option(
    "--to",
    "query",
    metavar="QUERY",
    help="Offices of the directory, as `reportgen directory QUERY` finds them.",
)
@click.option("--role", metavar="ROLE", help="With --to, only this office of each: chair.")
@click.option("--encoding", default="utf-8", metavar="NAME", help="How the list is encoded.")
@formats_option
@click.option("--final", is_flag=True, help="Make the copies that are sent; refuse open points.")
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=lambda: min(8, os.cpu_count() or 1),
    metavar="N",
    help="How many processes work side by side; as many as there are processors when left out.",
)
@workspace_option
def serial(
    letter: Path,
    file: Path | None,
    formats: tuple[str, ...],
    start: Path,
    *,
    query: str | None,
    role: str | None,
    encoding: str,
    jobs: int,
    final: bool,
) -> None:
    """Write LETTER to each recipient of a list or of the directory, a file for each, with their address and salutation.

    Beside the copies stand a manifest, which names each file with its digest, and one PDF of all
    for the printer. When the command is stopped and called again, it goes on where it was.
    """
    from reportgen.jobs import finding  # noqa: PLC0415
    from reportgen.jobs.series import serial as series  # noqa: PLC0415

    workspace = find(letter if letter.exists() else start)
    if isinstance(workspace, Refusal):
        refuse(workspace)
    path = finding.letter_path(workspace, letter)
    if (file is None) == (query is None):
        raise click.UsageError("say to whom: --list FILE or --to QUERY")
    if file is not None:
        recipients, problems = series.listed(workspace, path, file, encoding)
    else:
        recipients, problems = series.looked_up(workspace, path, query or "", role)
    if problems:
        exit_with(report(problems, Shelf()))
    order = series.Series(workspace, path, recipients, formats, final, jobs)
    with click.progressbar(
        length=len(recipients), label="letters", file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as bar:
        posted = series.write(order, lambda done: bar.update(done - bar.pos))
    code = report(posted.problems, Shelf(), Format.CONCISE if posted.papers else Format.FULL)
    for line in posted.attention:
        click.echo(line)
    made = len(posted.copies) - posted.kept
    there = f", {posted.kept:,} were there" if posted.kept else ""
    of = "" if len(posted.copies) == len(recipients) else f" of {len(recipients):,}"
    click.echo(f"{counted(made, 'letter')}{of} made{there}", err=True)
    for paper in posted.papers:
        click.echo(show(paper))
    exit_with(code)
