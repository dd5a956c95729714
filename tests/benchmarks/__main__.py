"""What the main jobs cost, each beside a floor or a peer of the same run: `make bench`."""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from reportgen.cases import loading
from reportgen.jobs.drafting import Builder
from reportgen.workspace import Workspace
from tests.benchmarks import machine
from tests.benchmarks.stages import STAGES
from tests.benchmarks.timing import medians, process

ROOT = Path(__file__).parents[2]
COMMAND = Path(sys.executable).with_name("reportgen")
FLOOR = (sys.executable, "-c", "import click, pydantic, yaml")
CASE = "alibaba-2026"
LETTER = Path("cases") / CASE / "letters" / "senate-banking.yaml"
RUNS = 9
COPIES = 1_000


def main() -> None:
    """Measure everything, in a copy of the workspace."""
    for line in machine.description():
        say(line)
    with TemporaryDirectory() as folder:
        house = Path(folder).resolve()
        for name in ("cases", "templates"):
            shutil.copytree(ROOT / name, house / name)
        commands(house)
        cold_build(house)
        warm_build(house)
        loading_of_cases(house)


def commands(house: Path) -> None:
    """Measure the commands that should be felt as instant."""
    build = (COMMAND, "build", LETTER)
    process(build, house)()
    took = medians(
        {
            "floor": process(FLOOR, house),
            "check": process((COMMAND, "check"), house),
            "fresh": process(build, house),
            "anew": process((*build, "--force"), house),
        },
        RUNS,
    )
    floor = took["floor"]
    heading("Commands, each a process of its own")
    row("a bare interpreter that imports click, pydantic and yaml", floor)
    row("reportgen check, of all specimens", took["check"], f"{took['check'] / floor:.2f} x")
    row("reportgen build, nothing changed", took["fresh"], f"{took['fresh'] / floor:.2f} x")
    row("reportgen build --force, one letter", took["anew"], f"{took['anew'] / floor:.1f} x")


def cold_build(house: Path) -> None:
    """Measure the stages of a build that finds nothing done."""
    output = house / "cold"
    runs = []
    for _ in range(RUNS):
        shutil.rmtree(output, ignore_errors=True)
        command = (sys.executable, "-m", "tests.benchmarks.stages", house, house / LETTER, output)
        done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)  # noqa: S603
        runs.append(json.loads(done.stdout))
    took = {name: statistics.median(run[name] for run in runs) for name in STAGES}
    heading(f"One cold build, stage by stage ({runs[0]['pages']} pages)")
    for name in STAGES:
        row(name, took[name], f"{took[name] / sum(took.values()):.0%}")


def warm_build(house: Path) -> None:
    """Measure a build in a process that has built before; its charts are kept."""
    builder = Builder(Workspace(house), house / "warm")
    folder = house / "warm" / CASE / LETTER.stem

    def rebuild() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        (built,) = builder.build((house / LETTER,))
        pages.append(built.pages or 0)

    pages: list[int] = []
    took = medians({"rebuild": rebuild}, RUNS)["rebuild"]
    heading("A rebuild in a process that has built before")
    row("one letter", took, f"{1_000 * took / pages[0]:.0f} ms a page")


def loading_of_cases(house: Path) -> None:
    """Measure many case files in one process, against the parser alone."""
    text = (house / "cases" / CASE / "case.yaml").read_text(encoding="utf-8")
    folders = [house / "many" / f"copy-{number}" for number in range(COPIES)]
    for folder in folders:
        folder.mkdir(parents=True)
        copy = text.replace(f"id: {CASE}\n", f"id: {folder.name}\n")
        (folder / "case.yaml").write_text(copy, encoding="utf-8")

    def load() -> None:
        _, problems = loading.load_all(folders)
        if problems:
            raise RuntimeError(problems[0].message)

    def parse() -> None:
        for folder in folders:
            content = (folder / "case.yaml").read_text(encoding="utf-8")
            yaml.load(content, Loader=yaml.CSafeLoader)

    took = medians({"parse": parse, "load": load}, 3)
    heading(f"{COPIES:,} case files of {len(text.splitlines())} lines, in one process")
    row("PyYAML's C loader alone", took["parse"], f"{COPIES / took['parse']:,.0f} a second")
    row(
        "loaded and checked",
        took["load"],
        f"{COPIES / took['load']:,.0f} a second, {took['load'] / took['parse']:.2f} x",
    )


def heading(text: str) -> None:
    """Begin a table."""
    say(f"\n{text}")


def row(name: str, seconds: float, remark: str = "") -> None:
    """Print a line of a table."""
    say(f"  {name:<56} {1_000 * seconds:>8.1f} ms  {remark}".rstrip())


def say(line: str) -> None:
    """Print a line at once, since the next one may take a while."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
