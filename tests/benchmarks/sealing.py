"""What submitting a letter costs beyond building it.

    python -m tests.benchmarks.sealing

The letter of the starter, built as PDF and text and fresh; each run seals it into an empty archive,
everything forced to the disk. Beside it stands what building the same letter again costs.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import click

from reportgen.jobs.archive import sealing
from reportgen.jobs.archive.dispatching import Sending
from reportgen.jobs.building import drafting
from reportgen.jobs.building.ordering import Order
from tests.archive.sealed import BY
from tests.benchmarks import machine
from tests.benchmarks.timing import here, medians
from tests.jobs import house

if TYPE_CHECKING:
    from reportgen.workspace import Workspace

RUNS: Final = 9


def main() -> None:
    """Measure submitting and building in turns."""
    for line in machine.description():
        click.echo(line)
    with TemporaryDirectory() as folder:
        workspace = house.house(Path(folder) / "house")
        house.build(workspace, "pdf", "txt", final=True)
        contenders = {
            "build it, PDF and text": here(lambda: _build(workspace)),
            "submit what is built": here(lambda: _submit(workspace)),
        }
        for name, cost in medians(contenders, RUNS).items():
            click.echo(f"{name:24}{cost.wall * 1000:8.0f} ms wall{cost.cpu * 1000:8.0f} ms cpu")


def _build(workspace: Workspace) -> None:
    # Away with what the last round sealed: a letter is built for what the archive says today.
    shutil.rmtree(workspace.archive, ignore_errors=True)
    order = Order(workspace, workspace.output, ("pdf", "txt"), final=True)
    (built,) = drafting.build(replace(order, force=True), [house.letter_of(workspace)])
    assert built.artifacts


def _submit(workspace: Workspace) -> None:
    now = datetime.now().astimezone()
    sending = Sending(now, "electronic mail", BY)
    sealed = sealing.submit(workspace, house.letter_of(workspace), sending, lambda: now)
    assert sealed.record is not None, sealed.problems


if __name__ == "__main__":
    main()
