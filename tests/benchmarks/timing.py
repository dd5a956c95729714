"""Durations that can be compared: medians of several runs, taken in turns."""

from __future__ import annotations

import statistics
import subprocess
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path


def seconds(work: Callable[[], object]) -> float:
    """Return how long a call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def medians(contenders: Mapping[str, Callable[[], object]], runs: int) -> dict[str, float]:
    """Return the median duration of each contender, in seconds.

    They take turns, so that a machine that slows down slows all of them; a first round that warms
    the file system's cache is not counted.
    """
    for work in contenders.values():
        work()
    rounds = [{name: seconds(work) for name, work in contenders.items()} for _ in range(runs)]
    return {name: statistics.median(each[name] for each in rounds) for name in contenders}


def process(command: Sequence[str | Path], cwd: Path) -> Callable[[], object]:
    """Return a call that runs a command to its end, and fails when the command does."""

    def run() -> None:
        done = subprocess.run(  # noqa: S603 - commands of the benchmarks
            command, cwd=cwd, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"{command} ended with {done.returncode}:\n{done.stderr}")

    return run
