"""What a letter to all members of both houses costs: 535 copies, and Typst setting the same words.

python -m tests.benchmarks.mailing [COPIES]
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from reportgen.jobs.drafts.composing import composition
from reportgen.workspace import Workspace
from tests.benchmarks import machine, peer
from tests.benchmarks.timing import environment

ROOT: Final = Path(__file__).parents[2]
COMMAND: Final = Path(sys.executable).with_name("reportgen")
LETTER: Final = "alibaba-2026/senate-banking"
MEMBERS: Final = 535
SINGLE: Final = 40
"""How many copies are made by one process: a rate, as the whole would take too long."""

TYPST: Final = """\
import sys, pathlib, typst
source = pathlib.Path(sys.argv[1])
text = source.read_text(encoding="utf-8")
for number in range(1, int(sys.argv[3]) + 1):
    copy = source.with_name("copy.typ")
    copy.write_text(text.replace("Chairman Scott", f"Member {number}"), encoding="utf-8")
    pdf = typst.compile(str(copy), font_paths=[sys.argv[2]], ignore_system_fonts=True,
                        pdf_standards=["ua-1"])
    source.with_name(f"{number:04d}.pdf").write_bytes(pdf)
"""


def main() -> None:
    """Measure the series with two workers and with one, and Typst with one."""
    copies = int(sys.argv[1]) if len(sys.argv) > 1 else MEMBERS
    for line in machine.description():
        say(line)
    with TemporaryDirectory() as folder:
        house = Path(folder).resolve()
        for name in ("cases", "templates"):
            shutil.copytree(ROOT / name, house / name)
        series(house, copies, 2)
        series(house, min(copies, SINGLE), 1)
        typst(house, copies)
    say(machine.load())


def series(house: Path, copies: int, jobs: int) -> None:
    """Measure copies made by some workers, and the most memory that one of them held."""
    shutil.rmtree(house / "output", ignore_errors=True)
    rows = (
        f'[Member {number}],Member,Member {number},"Committee on Banking",the Committee,'
        f"{number} Example Building|Washington,United States Senate\n"
        for number in range(1, copies + 1)
    )
    head = "name,title,salutation,office,short,address,body\n"
    (house / "list.csv").write_text(head + "".join(rows), encoding="utf-8")
    command = (COMMAND, "serial", LETTER, "--list", "list.csv", "--jobs", str(jobs))
    start = time.perf_counter()
    peaks: dict[int, int] = {}
    with subprocess.Popen(  # noqa: S603 - a command of this file
        command, cwd=house, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env=environment(house),
    ) as process:  # fmt: skip
        while process.poll() is None:
            for child in children(process.pid):
                # One that is ending holds nothing any more.
                peaks[child] = max(most(child), peaks.get(child, 0))
            time.sleep(0.2)
    took = time.perf_counter() - start
    if process.returncode:
        raise RuntimeError(f"{command} ended with {process.returncode}")
    worker = max(peaks.values(), default=0) / 2**20
    say(
        f"  {copies:>4} copies, {jobs} process{'es' if jobs > 1 else ''}: {took:>8.1f} s, "
        f"{copies / took:.2f} a second, {worker:.0f} MiB a worker at most"
    )


def typst(house: Path, copies: int) -> None:
    """Measure Typst setting the same words as often, in one process."""
    if peer.package() is None:
        say("  Typst is not installed")
        return
    path = house / "cases" / "alibaba-2026" / "letters" / "senate-banking.yaml"
    composed, problems = composition(Workspace(house), path)
    if composed is None:
        raise RuntimeError(problems[0].message)
    source = peer.write(composed.draft, house / "typst")
    fonts = ROOT / "templates" / "fonts"
    start = time.perf_counter()
    command = (sys.executable, "-c", TYPST, source, fonts, str(copies))
    subprocess.run(command, check=True)  # noqa: S603 - of this file
    took = time.perf_counter() - start
    say(f"  {copies:>4} copies, Typst, one process: {took:>8.1f} s, {copies / took:.2f} a second")


def children(parent: int) -> list[int]:
    """Return the processes that a process started; none where the system does not tell."""
    # Each thread has its own: a pool may start its processes from any of them.
    threads = Path(f"/proc/{parent}/task").glob("*/children")
    try:
        return [int(child) for thread in threads for child in thread.read_text().split()]
    except OSError:
        return []


def most(process: int) -> int:
    """Return the most memory that a process ever held, in bytes."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(each.split()[1]) * 1024 for each in lines if each.startswith("VmHWM")), 0)


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
