"""What work costs: wall time, processor time and memory, as medians of runs taken in turns."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Cost:
    """What one piece of work took.

    Attributes:
        wall: Seconds on the clock; what a user waits, and what other work on the machine lengthens.
        cpu: Seconds of the processor, in the program and for it in the system.
        peak: The most memory that it held at a time, in bytes; 0 where it is not known.
    """

    wall: float
    cpu: float
    peak: int = 0


def here(work: Callable[[], object]) -> Callable[[], Cost]:
    """Return a call that does work in this process."""

    def run() -> Cost:
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        return Cost(time.perf_counter() - wall, time.process_time() - cpu)

    return run


def process(command: Sequence[str | Path], cwd: Path) -> Callable[[], Cost]:
    """Return a call that runs a command to its end, and fails when the command does."""

    def run() -> Cost:
        with TemporaryFile() as said:
            start = time.perf_counter()
            child = subprocess.Popen(  # noqa: S603 - commands of the benchmarks
                command, cwd=cwd, stdout=said, stderr=subprocess.STDOUT, env=environment(cwd)
            )
            _, status, used = os.wait4(child.pid, 0)
            wall = time.perf_counter() - start
            child.returncode = os.waitstatus_to_exitcode(status)
            if child.returncode:
                said.seek(0)
                words = said.read().decode(errors="replace")
                raise RuntimeError(f"{command} ended with {child.returncode}:\n{words}")
        return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024)

    return run


def medians(contenders: Mapping[str, Callable[[], Cost]], runs: int) -> dict[str, Cost]:
    """Return the median cost of each contender.

    They take turns, so that a machine that slows down slows all of them; a first round, which warms
    the file system's cache and compiles modules, is not counted.
    """
    for work in contenders.values():
        work()
    rounds = [{name: work() for name, work in contenders.items()} for _ in range(runs)]
    return {name: median([each[name] for each in rounds]) for name in contenders}


def median(costs: Sequence[Cost]) -> Cost:
    """Return the median of each of the three."""
    return Cost(
        statistics.median(each.wall for each in costs),
        statistics.median(each.cpu for each in costs),
        round(statistics.median(each.peak for each in costs)),
    )


def environment(folder: Path) -> dict[str, str]:
    """Return an environment in which Python keeps compiled modules, as an installed program has.

    They are kept in a folder of the benchmark's own, so that nothing is written beside the sources.
    """
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return environment | {"PYTHONPYCACHEPREFIX": str(folder / "compiled")}
