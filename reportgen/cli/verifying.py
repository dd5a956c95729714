"""What whoever doubts calls: verify records, and the ledger that vouches for them."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reportgen.cli.options import workspace_option
from reportgen.cli.reporting import PROBLEMS_FOUND, exit_with, refuse, report
from reportgen.files.shelf import Shelf
from reportgen.problems.model import Refusal
from reportgen.workspace import Workspace, find

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from click._termui_impl import ProgressBar

_PATIENCE = 1.0
"""After how many seconds somebody wants to see that something happens."""


@click.command(short_help="Prove that sealed letters are as they were sent.")
@click.argument("names", metavar="[RECORD]...", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Verify every record, as without RECORD.")
@click.option("--head", metavar="HEAD", help="A head of the ledger that somebody wrote down.")
@click.option(
    "--archive",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="The archive; that of the workspace when left out.",
)
@click.option("--no-render", is_flag=True, help="Do not build the letters again.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(("text", "json"), case_sensitive=False),
    default="text",
    help="For people (text) or programs (json).",
)
@workspace_option
def verify(
    names: tuple[str, ...],
    head: str | None,
    folder: Path | None,
    format_: str,
    start: Path,
    *,
    everything: bool,
    no_render: bool,
) -> None:
    """Verify RECORD, or every record of the archive: six questions each, and every fault named.

    Are all files there, as they were sealed, and nothing else? Does the ledger vouch for them? Is
    what was sent what the record says? Do the signatures hold? Do the sealed sources give the same
    letter again? Are the papers that came later as they were? And of the whole: is the ledger one
    chain, with the HEAD that was written down? Nothing is written.
    """
    from reportgen.jobs.archive import linking  # noqa: PLC0415
    from reportgen.jobs.people import keyring  # noqa: PLC0415
    from reportgen.jobs.verification import judging, verifying  # noqa: PLC0415

    if names and everything:
        raise click.UsageError("name records, or give --all")
    workspace = find(start)
    if folder is None:
        if isinstance(workspace, Refusal):
            refuse(workspace)
        folder = workspace.archive
    written_down = verifying.head_of(head) if head else None
    if head and written_down is None:
        raise click.BadParameter(f"{head!r} is no head of a ledger", param_hint="--head")
    code = 0
    archive = verifying.archive_at(folder)
    inquiry = judging.Inquiry(
        archive,
        clock=lambda: datetime.now().astimezone(),
        records=tuple(linking.latest(archive, name) for name in names),
        head=written_down,
        rendering=not no_render,
    )
    if isinstance(workspace, Workspace):
        trusted, problems = keyring.trusted_here(workspace)
        code = report(problems, Shelf())
        inquiry = replace(inquiry, trusted=trusted)
    with progress() as told:
        verification = verifying.verify(replace(inquiry, told=told))
    if isinstance(verification, Refusal):
        refuse(verification)
    click.echo(verifying.FORMATS[format_](verification), nl=False)
    exit_with(code if verification.holds else PROBLEMS_FOUND)


@contextmanager
def progress(patience: float = _PATIENCE) -> Iterator[Callable[[int, int], None]]:
    """Show a bar on a terminal, once it takes longer than one likes to wait in the dark.

    Args:
        patience: How many seconds that is.
    """
    since = time.monotonic()
    bars: list[ProgressBar[int]] = []

    def told(done: int, of: int) -> None:
        if not bars:
            if not sys.stderr.isatty() or of < 2 or time.monotonic() - since < patience:
                return
            bar = click.progressbar(length=of, label="verifying", show_pos=True, file=sys.stderr)
            bars.append(bar.__enter__())
        bars[0].update(done - bars[0].pos)

    try:
        yield told
    finally:
        for bar in bars:
            bar.render_finish()
