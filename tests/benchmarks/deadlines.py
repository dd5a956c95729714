"""What it costs to compute the deadlines of ten thousand cases, and apart from it to load them.

python -m tests.benchmarks.deadlines
"""

from __future__ import annotations

import gc
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from reportgen.cases.loading import load
from reportgen.cases.model import Case, Clock
from reportgen.jobs.regimes.laws import Laws
from reportgen.jobs.regimes.scheduling import reports, schedule
from reportgen.jobs.regimes.submissions import named_in_case
from reportgen.workspace import Workspace, shipped_templates
from tests.benchmarks import machine
from tests.benchmarks.timing import here, medians

COUNT = 10_000
NOW = datetime(2026, 11, 24, tzinfo=UTC)
QUIET = 9
"""Of ten cases, how many name no reporting law, as most of an archive do."""


def main() -> None:
    """Measure, in one process, with the collector as the command line has it."""
    gc.set_threshold(50_000)
    for line in machine.description():
        say(line)
    case, _ = load(shipped_templates() / "starter/cases/example-2026")
    if case is None:
        raise SystemExit("the example case does not load")
    every = [variant(case, number, len(case.regimes)) for number in range(COUNT)]
    one = [variant(case, number, 1) for number in range(COUNT)]
    four = [variant(case, number, 4) for number in range(COUNT)]
    with TemporaryDirectory() as folder:
        house = Workspace(Path(folder).resolve())
        regimes, _ = Laws(house).named([case])
        written(house, shipped_templates() / "starter/cases/example-2026/case.yaml")
        owed = sum(1 for _ in reports(every, regimes, NOW, named_in_case))
        took = medians(
            {
                "one": here(lambda: list(reports(one, regimes, NOW, named_in_case))),
                "four": here(lambda: list(reports(four, regimes, NOW, named_in_case))),
                "every": here(lambda: list(reports(every, regimes, NOW, named_in_case))),
            },
            5,
        )
        row(f"{COUNT:,} cases that name one law", took["one"].cpu)
        row(f"{COUNT:,} cases that name four laws", took["four"].cpu)
        row(f"{COUNT:,} cases of {len(case.regimes)} laws, {owed:,} reports", took["every"].cpu)
        whole = here(lambda: schedule((), house.root, NOW, NOW))()
        row(
            f"{COUNT:,} case files, one in {QUIET + 1} names {len(case.regimes)} laws, loaded too",
            whole.cpu,
        )


def variant(case: Case, number: int, laws: int) -> Case:
    """Return a case like `case`, of another id and with other moments."""
    later = timedelta(minutes=number)
    chosen = dict(list(case.regimes.items())[:laws])
    moved = {
        name: each.model_copy(
            update={
                "clocks": {
                    event: Clock.model_construct(
                        at=clock.at + later, by=clock.by, because=clock.because
                    )
                    for event, clock in each.clocks.items()
                }
            }
        )
        for name, each in chosen.items()
    }
    return case.model_copy(update={"id": f"case-{number}", "regimes": moved})


def written(house: Workspace, example: Path) -> None:
    """Write as many case files, of which one in ten names reporting laws."""
    speaking = example.read_text(encoding="utf-8")
    quiet = speaking.partition("# What was decided of each reporting law")[0]
    sources = speaking[speaking.index("\nsources:") :]
    house.templates.mkdir()
    for number in range(COUNT):
        folder = house.cases / f"case-{number}"
        folder.mkdir(parents=True)
        text = speaking if number % (QUIET + 1) == 0 else quiet + sources
        text = text.replace("id: example-2026", f"id: {folder.name}", 1)
        (folder / "case.yaml").write_text(text, encoding="utf-8")


def row(name: str, seconds: float) -> None:
    """Print a line."""
    say(f"  {name:<72} {1_000 * seconds:>8,.0f} ms")


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
