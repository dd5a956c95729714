"""What finding costs in an archive of ten thousand letters.

    python -m tests.benchmarks.archive [LETTERS] [SEALED]

The letters are invented, of about four pages each, with what they said of forty facts. Bags are
written as sealing writes them but not forced to the disk, and the ledger at once: what is measured
is reading. Each search stands beside the bare query of SQLite over the same tables, in turns.
"""

from __future__ import annotations

import os
import random
import resource
import sqlite3
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from reportgen.archive import ledger
from reportgen.archive.bags import bagging
from reportgen.archive.finding import saying, searching
from reportgen.archive.found import Sought
from reportgen.archive.layout import Archive
from reportgen.archive.model import BEGINNING, Entry, Event
from reportgen.jobs.catalog.cataloging import ask, reindex
from tests.archive import sealed
from tests.benchmarks import machine
from tests.benchmarks.timing import here, medians

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportgen.archive.finding.catalog import Catalog
    from reportgen.archive.found import Hit
    from reportgen.problems.model import Refusal
    from tests.benchmarks.timing import Cost

LETTERS: Final = 10_000
SEALED: Final = 1_000
"""Letters whose bags are as large as real ones, for the speed of reading them anew."""
SOURCES: Final = 1_600_000
"""How many bytes of typefaces, templates and drafts a real bag has besides."""
RUNS: Final = 15

_VOWELS, _CONSONANTS = "aeiou", "bcdfghklmnprstv"


def main() -> None:
    """Measure searches over many letters, then the making of a catalog."""
    letters, large = (int(each) for each in (sys.argv[1:3] or (LETTERS, SEALED)))
    for line in machine.description():
        say(line)
    os.fsync = lambda _: None  # type: ignore[assignment]
    with TemporaryDirectory() as folder:
        archive = made(Path(folder), letters)
        start = time.perf_counter()
        reindex(archive)
        say(
            f"catalog of {letters:,} letters made in {time.perf_counter() - start:.1f} s, "
            f"{archive.catalog.stat().st_size / 1e6:.0f} MB, peak {peak():.0f} MB"
        )
        searches(archive)
    with TemporaryDirectory() as folder:
        anew(made(Path(folder), large, SOURCES), large)


def searches(archive: Archive) -> None:
    """Time searches, each beside the bare query."""
    asked = {
        "a word of every letter": Sought("exchanges"),
        "a phrase of every letter": Sought('"proxy services"'),
        "a word of one letter in a hundred": Sought("quillcap"),
        "two words and a recipient": Sought("exchanges accounts", to="office-7"),
        "a fact": Sought(fact="case-17.fact-3"),
        "the latest": Sought(),
    }
    connection = sqlite3.connect(archive.catalog)
    for name, sought in asked.items():
        floor = bare(connection, sought.words or "exchanges")
        ours = here(lambda sought=sought: find(archive, sought))  # type: ignore[misc]
        mine, theirs = medians({"ours": ours, "bare": here(floor)}, RUNS).values()
        say(f"search, {name}: {told(mine)}; SQLite alone {told(theirs)}")
    start = time.perf_counter()
    said, _ = ask(archive, lambda catalog: saying.facts(catalog, "case-17.fact-3"))
    say(f"everything said of a fact: {len(said)} statements, {since(start):.1f} ms")


def find(archive: Archive, sought: Sought) -> tuple[Hit, ...] | Refusal:
    """Search as the command does, the catalog's being current looked at first."""

    def question(catalog: Catalog) -> tuple[Hit, ...] | Refusal:
        return searching.search(catalog, sought)

    return ask(archive, question)[0]


def bare(connection: sqlite3.Connection, words: str) -> Callable[[], object]:
    """Return the ranked query of SQLite and nothing else."""
    match = words if words.startswith('"') else " ".join(f'"{each}"' for each in words.split())
    query = "SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT 20"
    return lambda: connection.execute(query, (match,)).fetchall()


def anew(archive: Archive, number: int) -> None:
    """Time the making of a catalog beside the digests of the same files."""
    size = sum(path.stat().st_size for path in archive.records.rglob("*") if path.is_file())
    command = f"find {archive.records} -type f -print0 | xargs -0 sha256sum > /dev/null"

    def digests() -> None:
        subprocess.run(command, shell=True, check=True)  # noqa: S602 - a folder of our own

    ours, floor = medians(
        {"reindex": here(lambda: reindex(archive)), "digests": here(digests)}, 3
    ).values()
    say(
        f"reindex of {number:,} letters of {size / number / 1e6:.1f} MB: {ours.wall:.1f} s, "
        f"{size / ours.wall / 1e6:.0f} MB/s; sha256sum of the same {size / floor.wall / 1e6:.0f} "
        f"MB/s; peak {peak():.0f} MB"
    )


def made(folder: Path, letters: int, sources: int = 0) -> Archive:
    """Return an archive of invented letters."""
    dice = random.Random(17)  # noqa: S311 - invented letters
    words = [word(dice) for _ in range(4_000)]
    archive = Archive(folder / "archive")
    archive.records.mkdir(parents=True)
    before, lines = BEGINNING, []
    for number in range(1, letters + 1):
        case = f"case-{number % 500}"
        text = letter(dice, words, number)
        facts = [(f"{case}.fact-{n}", f"{n} million", str(n * 10**6), "") for n in range(40)]
        record = sealed.record_of(
            f"{case}/letter-{number}", text, cases=(case,), recipients=(f"office-{number % 40}",)
        )
        payload = sealed.payload(record, text, facts)
        if sources:
            payload["data/sources/templates/fonts.ttf"] = dice.randbytes(sources)
        bagged = bagging.write(archive.bag(record.id), payload)
        entry = Entry(
            number=number, event=Event.SUBMITTED, record=record.id,
            at=sealed.AT + timedelta(hours=number), by=sealed.BY, bag=bagged.digest,
            details={"letter": record.letter}, before=before,
        )  # fmt: skip
        line = ledger.written(entry)
        (chained,) = ledger.chained([line[:-1]], number - 1, before)
        before = chained.digest
        lines.append(line)
    archive.ledger.write_bytes(b"".join(lines))
    return archive


def letter(dice: random.Random, words: list[str], number: int) -> str:
    """Return about four pages of words, some of which every letter has."""
    text = dice.choices(words, k=1_300)
    text[100:104] = ["proxy", "services", "exchanges", "accounts"]
    if number % 100 == 0:
        text[500] = "quillcap"
    return " ".join(text)


def word(dice: random.Random) -> str:
    """Return an invented word."""
    return "".join(
        dice.choice(_CONSONANTS) + dice.choice(_VOWELS) for _ in range(dice.randint(2, 4))
    )


def peak() -> float:
    """Return the most memory that this process held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def told(cost: Cost) -> str:
    """Return what something took, for the user and of the processor."""
    return f"{cost.wall * 1000:.1f} ms ({cost.cpu * 1000:.1f} ms of the processor)"


def since(start: float) -> float:
    """Return the milliseconds since a moment."""
    return (time.perf_counter() - start) * 1000


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
