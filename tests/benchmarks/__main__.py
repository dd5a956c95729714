"""What the main jobs cost, each beside a floor or a peer of the same run: `make bench`."""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import yaml

from reportgen.cases import loading
from reportgen.jobs.building import drafting
from reportgen.jobs.building.ordering import Order
from reportgen.jobs.drafts.composing import composition
from reportgen.jobs.drafts.freshness import NAME as RECORD
from reportgen.workspace import Workspace
from tests.benchmarks import machine, peer
from tests.benchmarks.stages import STAGES
from tests.benchmarks.timing import Cost, environment, here, medians, process

if TYPE_CHECKING:
    from reportgen.letters.draft import Draft

ROOT = Path(__file__).parents[2]
COMMAND = Path(sys.executable).with_name("reportgen")
FLOOR = (sys.executable, "-c", "import click, pydantic, yaml")
CASE = "alibaba-2026"
SHORT_CASE = "deepseek-2026"
LETTER = Path("cases") / CASE / "letters" / "senate-banking.yaml"
RUNS = 7
COPIES = 1_000
LETTERS = 50
COMMANDS = 5
"""How many single commands are timed; fifty are said to take ten times as long."""

TYPST = """\
import sys, typst
pdf = typst.compile(sys.argv[1], font_paths=[sys.argv[2]], ignore_system_fonts=True,
                    pdf_standards=["ua-1"])
open(sys.argv[3], "wb").write(pdf)
"""


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
        against_typst(house)
        loading_of_cases(house, SHORT_CASE)
        loading_of_cases(house, CASE)
        many_letters(house)
    say(f"\n{machine.load()}")


def commands(house: Path) -> None:
    """Measure the commands that should be felt as instant."""
    build = (COMMAND, "build", LETTER)
    took = medians(
        {
            "floor": process(FLOOR, house),
            "check": process((COMMAND, "check"), house),
            "fresh": process(build, house),
        },
        2 * RUNS,
    )
    floor = took["floor"]
    heading("Commands, each a process of its own")
    row("a bare interpreter that imports click, pydantic and yaml", floor)
    row("reportgen check, of all specimens", took["check"], ratio(took["check"], floor))
    row("reportgen build, nothing changed", took["fresh"], ratio(took["fresh"], floor))


def cold_build(house: Path) -> None:
    """Measure the stages of a build that finds nothing done."""
    output = house / "cold"
    runs = []
    for _ in range(RUNS):
        shutil.rmtree(output, ignore_errors=True)
        command = (sys.executable, "-m", "tests.benchmarks.stages", house, house / LETTER, output)
        done = subprocess.run(  # noqa: S603 - of the benchmarks
            command, cwd=ROOT, capture_output=True, check=True, env=environment(house)
        )
        runs.append(json.loads(done.stdout))
    took = {name: statistics.median(run[name] for run in runs) for name in STAGES}
    whole = sum(took.values())
    heading(f"One cold build, stage by stage ({runs[0]['pages']} pages; processor time)")
    for name in STAGES:
        say(f"  {name:<56} {1_000 * took[name]:>18.0f}  {took[name] / whole:.0%}")


def against_typst(house: Path) -> None:
    """Measure builds of one letter against Typst's of the same letter."""
    build = (COMMAND, "build", LETTER)
    folder = house / "output" / CASE / LETTER.stem
    draft = _draft(house)
    typst = peer.package()
    written = peer.write(draft, house / "typst")
    fonts = str(ROOT / "templates" / "fonts")
    pages: list[int] = []

    def charts_kept() -> Cost:
        (folder / RECORD).unlink()
        return process(build, house)()

    def warm() -> None:
        (folder / RECORD).unlink()
        (built,) = drafting.build(Order(Workspace(house), house / "output"), (house / LETTER,))
        pages.append(built.pages or 0)

    contenders = {
        "cold": process((*build, "--force"), house),
        "kept": charts_kept,
        "warm": here(warm),
    }
    if typst is not None:
        source = written.read_text(encoding="utf-8")
        changing = count(100)

        def typst_warm() -> None:
            # Typst remembers what it has set: a figure is another each time.
            written.write_text(source.replace("28.8", f"{next(changing) / 10}"), encoding="utf-8")
            typst.compile(
                str(written), font_paths=[fonts], ignore_system_fonts=True, pdf_standards=["ua-1"]
            )

        target = str(house / "typst" / "letter.pdf")
        contenders["typst cold"] = process(
            (sys.executable, "-c", TYPST, str(written), fonts, target), house
        )
        contenders["typst warm"] = here(typst_warm)
    took = medians(contenders, RUNS)
    heading(f"One letter built, against Typst's of the same words ({pages[0]} pages of ours)")
    for name, words in (
        ("cold", "reportgen build --force, its chart drawn anew"),
        ("kept", "reportgen build, its chart kept"),
        ("typst cold", "Typst, a process of its own"),
        ("warm", "built again in a process that has built before"),
        ("typst warm", "Typst, a figure changed, in one process"),
    ):
        if name not in took:
            row_missing(words)
            continue
        against = took.get("typst warm" if name == "warm" else "typst cold")
        remark = ratio(took[name], against) if against and "typst" not in name else ""
        if name == "warm":
            remark = f"{1_000 * took[name].cpu / pages[0]:.0f} ms a page  {remark}"
        row(words, took[name], remark)


def loading_of_cases(house: Path, case: str) -> None:
    """Measure many case files in one process, against the parser alone."""
    text = (house / "cases" / case / "case.yaml").read_text(encoding="utf-8")
    shelf = house / "many" / case
    folders = [shelf / f"copy-{number}" for number in range(COPIES)]
    for folder in folders:
        folder.mkdir(parents=True)
        copy = text.replace(f"id: {case}\n", f"id: {folder.name}\n")
        (folder / "case.yaml").write_text(copy, encoding="utf-8")

    def load() -> None:
        _, problems = loading.load_all(folders)
        if problems:
            raise RuntimeError(problems[0].message)

    def parse() -> None:
        for folder in folders:
            content = (folder / "case.yaml").read_text(encoding="utf-8")
            yaml.load(content, Loader=yaml.CSafeLoader)

    took = medians({"parse": here(parse), "load": here(load)}, 3)
    size = len(text.encode())
    heading(f"{COPIES:,} case files of {len(text.splitlines())} lines, {size / 1_000:.1f} kB each")
    row("PyYAML's C loader alone", took["parse"], a_second(took["parse"]))
    row(
        "loaded and checked",
        took["load"],
        f"{a_second(took['load'])}, {ratio(took['load'], took['parse'])}",
    )


def many_letters(house: Path) -> None:
    """Measure fifty letters in one command against as many commands, and the memory they take."""
    letters = house / LETTER.parent
    for number in range(LETTERS):
        for suffix in (".yaml", ".md"):
            source = (house / LETTER).with_suffix(suffix)
            if source.exists():
                shutil.copy(source, letters / f"copy-{number}{suffix}")
    copies = [letters / f"copy-{number}.yaml" for number in range(LETTERS)]
    one = process((COMMAND, "build", "--output", "at-once", *copies), house)()
    each = [
        process((COMMAND, "build", "--output", "singly", copies[number]), house)()
        for number in range(COMMANDS)
    ]
    times = LETTERS / COMMANDS
    singly = Cost(
        times * sum(cost.wall for cost in each),
        times * sum(cost.cpu for cost in each),
        max(cost.peak for cost in each),
    )
    heading(f"{LETTERS} letters")
    row("one command", one, f"{one.peak / 2**20:.0f} MiB at most")
    row(
        f"{LETTERS} commands (from {COMMANDS})",
        singly,
        f"{singly.peak / 2**20:.0f} MiB each, {ratio(singly, one)}",
    )


def _draft(house: Path) -> Draft:
    composed, problems = composition(Workspace(house), house / LETTER)
    if composed is None:
        raise RuntimeError(problems[0].message)
    return composed.draft


def a_second(cost: Cost) -> str:
    """Return how many copies a second of the processor are done."""
    return f"{COPIES / cost.cpu:,.0f} a second"


def ratio(cost: Cost, other: Cost) -> str:
    """Return how much processor time a cost is of another."""
    return f"{cost.cpu / other.cpu:.2f} x"


def heading(text: str) -> None:
    """Begin a table: wall and processor time in milliseconds."""
    say(f"\n{text}")
    say(f"  {'':<56} {'wall ms':>9} {'cpu ms':>8}")


def row(name: str, cost: Cost, remark: str = "") -> None:
    """Print a line of a table."""
    line = f"  {name:<56} {1_000 * cost.wall:>9,.0f} {1_000 * cost.cpu:>8,.0f}  {remark}"
    say(line.rstrip())


def row_missing(name: str) -> None:
    """Print the line of what is not installed."""
    say(f"  {name:<56} {'-':>9} {'-':>8}  not installed")


def say(line: str) -> None:
    """Print a line at once, since the next one may take a while."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
