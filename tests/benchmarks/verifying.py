"""What verifying costs: a thousand sealed letters, beside `sha256sum` and `sha512sum` of the same files.

    python -m tests.benchmarks.verifying [LETTERS]

The bags are those of the release's own record, sealed again under other names, as large as real
ones; they are not forced to the disk, and are in the system's memory when they are read. All
contenders take turns. Verifying reads each file once and computes both digests; the peers compute
one each, and neither looks for files that no manifest lists.
"""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from reportgen.archive import layout, ledger, records
from reportgen.archive.bags import bagging
from reportgen.archive.layout import Archive
from reportgen.archive.model import BEGINNING, Entry, Event
from tests.archive.sealed import AT, BY
from tests.benchmarks import machine
from tests.benchmarks.timing import medians, process
from tests.records import museum

if TYPE_CHECKING:
    from tests.benchmarks.timing import Cost

LETTERS: Final = 1_000
FEW: Final = 100
"""Beside how many the memory is measured again."""
RUNS: Final = 5

_COMMAND: Final = Path(sys.executable).with_name("reportgen")

_PEAK: Final = """\
import sys
from pathlib import Path
from reportgen.cli.main import run
assert run(sys.argv[1:]) == 0
status = Path("/proc/self/status").read_text()
print(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1])
"""
"""A program that verifies and prints the most memory that it held, in KiB: since it began, where
what the system tells of a child has its parent's in it."""


def main() -> None:
    """Measure, and print what was measured."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else LETTERS
    for line in machine.description():
        say(line)
    os.fsync = lambda _: None  # type: ignore[assignment]
    with TemporaryDirectory() as folder:
        house = Path(folder)
        archive, few = made(house / "many", count), made(house / "few", min(FEW, count))
        files = [path.stat().st_size for path in archive.records.rglob("*") if path.is_file()]
        size = sum(files)
        say(f"{count:,} records, {len(files):,} files, {size / 1e6:,.0f} MB")
        contenders = {
            "reportgen verify --no-render": process(verify(archive), house),
            "sha256sum": process(summed("sha256sum", archive), house),
            "sha512sum": process(summed("sha512sum", archive), house),
            "sha256sum, on two cores": process(summed("sha256sum", archive, 2), house),
        }
        told(medians(contenders, RUNS), size, count)
        for each, number in ((few, min(FEW, count)), (archive, count)):
            say(f"most memory, {number:,} records: {peak(each, house) / 1024:.0f} MiB")


def verify(archive: Archive) -> tuple[str | Path, ...]:
    """The command that verifies an archive without building its letters again."""
    return (_COMMAND, "verify", "--no-render", "--archive", archive.root)


def summed(program: str, archive: Archive, processes: int = 1) -> tuple[str, ...]:
    """The command that digests every file of an archive."""
    script = f"find '{archive.records}' -type f -print0 | xargs -0 -n 4000 -P {processes} {program}"
    return ("sh", "-c", script)


def peak(archive: Archive, folder: Path) -> int:
    """Return the most memory that verifying an archive takes, in KiB."""
    command = (sys.executable, "-c", _PEAK, *map(str, verify(archive)[1:]))
    done = subprocess.run(  # noqa: S603 - our own command
        command, cwd=folder, capture_output=True, text=True, check=True
    )
    return int(done.stdout.splitlines()[-1])


def told(costs: dict[str, Cost], size: int, count: int) -> None:
    """Print what each cost, and how it stands to the peers."""
    mine, *_ = costs.values()
    for name, cost in costs.items():
        say(f"{name:<30} {cost.wall:6.2f} s wall {cost.cpu:6.2f} s cpu "
            f"{size / cost.wall / 1e6:6,.0f} MB/s {cost.wall / mine.wall:5.2f} times as long")  # fmt: skip
    both = costs["sha256sum"].wall + costs["sha512sum"].wall
    say(f"speed against sha256sum: {costs['sha256sum'].wall / mine.wall:.0%}; against both digests "
        f"one after the other: {both / mine.wall:.0%}")  # fmt: skip
    say(f"{mine.wall / count * 1000:.2f} ms a record")


def made(folder: Path, count: int) -> Archive:
    """An archive with many records of the size of a real one."""
    pattern = museum.unpacked(museum.releases()[-1], folder / "pattern")
    (name,) = records.record_ids(pattern)
    bag = pattern.bag(name)
    payload = {
        path.relative_to(bag).as_posix(): path.read_bytes()
        for path in (bag / layout.DATA).rglob("*")
        if path.is_file()
    }
    archive = Archive(folder / "archive")
    archive.records.mkdir(parents=True)
    lines: list[bytes] = []
    before = BEGINNING
    for number in range(1, count + 1):
        other = f"{name}-{number}"
        record = payload[layout.RECORD].replace(name.encode(), other.encode())
        bagged = bagging.write(archive.bag(other), {**payload, layout.RECORD: record})
        entry = Entry(
            number=number,
            event=Event.SUBMITTED,
            record=other,
            at=AT + timedelta(minutes=number),
            by=BY,
            bag=bagged.digest,
            before=before,
        )
        lines.append(ledger.written(entry))
        before = ledger.read(lines[-1]).lines[0].digest
    archive.ledger.write_bytes(b"".join(lines))
    return archive


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
