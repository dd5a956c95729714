"""What is handed over of a ledger, and how it proves that records stood in it.

A line of a ledger holds the digest of the line before. So the extract has a line for each line of
the ledger, up to its head: those of the records that are handed over as they stand, and of every
other its digest alone, since it may name people and matters that are nobody else's business. Each
own line then shows its place, what it says, and the line before; all of them end in the head that
somebody may have written down. Whoever moves house hands over all lines as they stand.

The digests of lines that lie between strangers' lines cannot be checked by themselves: they are
what the origin commits itself to, and its own ledger has to agree with them when it is asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Annotated, Final, Literal

from pydantic import ConfigDict, Field, StringConstraints, ValidationError

from reportgen.archive import ledger as ledgers
from reportgen.archive.ledger import Head
from reportgen.archive.model import BEGINNING, Entry, Event, Part, RecordId

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from reportgen.archive.ledger import Ledger

CONTENTS: Final = "handover.json"
EXTRACT: Final = "ledger.txt"
README: Final = "README.txt"
RECORDS: Final = "records/"
PAPERS: Final = "papers/"

SEALING: Final = frozenset({Event.SUBMITTED, Event.IMPORTED})
"""With these a bag comes into an archive."""

_DIGEST: Final = re.compile(rb"[0-9a-f]{64}")

NOTE: Final = """\
Records of letters that were sent, handed over by reportgen.

records/<record>/   each record's bag (BagIt 1.0, RFC 8493), as it was sealed
papers/             what came later: receipts, questions
ledger.txt          the ledger that they stand in, a line for each of its lines: those of these
                    records as they stand, of every other its SHA-256
handover.json       what is handed over, and the ledger's head

To check a record with standard tools:

    cd records/<record> && sha256sum --check --quiet manifest-sha256.txt tagmanifest-sha256.txt
    sha256sum tagmanifest-sha256.txt      is the "bag" that its line of ledger.txt gives

A line of the ledger holds, as "before", the SHA-256 of the line before it, without its end. The
head is the number of the last line and the first 128 bits of its SHA-256, in base 32.

To take them into another archive: reportgen archive import FILE.zip
"""


class Contents(Part):
    """What is handed over: `handover.json`.

    Attributes:
        head: The head of the ledger that the records come from.
        records: The names of the records, sorted.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal["reportgen-handover"] = "reportgen-handover"
    version: Literal[1] = 1
    head: Annotated[str, StringConstraints(max_length=60)]
    records: Annotated[tuple[RecordId, ...], Field(min_length=1, max_length=100_000)]


@dataclass(frozen=True, slots=True)
class Extract:
    """What was handed over of a ledger.

    Attributes:
        entries: The lines that were handed over as they stand.
        length: How many lines the ledger had.
        head: Its head; None when it has no line.
        linked: How many of its lines are proved to follow from the line before.
        faults: What does not hold, in sentences.
    """

    entries: tuple[Entry, ...]
    length: int
    head: Head | None
    linked: int
    faults: tuple[str, ...]

    def of(self, record: str) -> tuple[Entry, ...]:
        """Return the lines of a record, in their order."""
        return tuple(entry for entry in self.entries if entry.record == record)


def written(contents: Contents) -> bytes:
    """Return `handover.json`."""
    return (contents.model_dump_json(indent=1) + "\n").encode()


def extract(ledger: Ledger, records: Collection[str], *, whole: bool) -> bytes:
    """Return what is handed over of a ledger that holds.

    Args:
        ledger: The ledger.
        records: The records that are handed over.
        whole: Whether the lines of others are handed over as they stand, too.
    """
    lines = []
    for each in ledger.lines:
        if each.entry is not None and (whole or each.entry.record in records):
            lines.append(ledgers.written(each.entry))
        else:
            lines.append(f"{each.digest}\n".encode())
    return b"".join(lines)


def read(content: bytes) -> Extract:
    """Read an extract, whatever stands in it."""
    body, end, rest = content.rpartition(b"\n")
    lines = body.split(b"\n") if end else []
    faults = ["it ends in the middle of a line"] if rest or not end else []
    entries: list[Entry] = []
    before: str = BEGINNING
    linked = 0
    for number, line in enumerate(lines, 1):
        if _DIGEST.fullmatch(line):
            before = line.decode()
            continue
        entry = _entry(line)
        faults += _faults(entry, line, number, before)
        if entry is not None:
            entries.append(entry)
            linked += entry.before == before
        before = sha256(line).hexdigest()
    head = Head.of(len(lines), before) if lines else None
    return Extract(tuple(entries), len(lines), head, linked, tuple(faults))


def _entry(line: bytes) -> Entry | None:
    if len(line) > ledgers.LIMIT:
        return None
    try:
        return Entry.model_validate_json(line)
    except ValidationError:
        return None


def _faults(entry: Entry | None, line: bytes, number: int, before: str) -> Iterator[str]:
    if entry is None:
        yield f"line {number} is neither a line of a ledger nor a digest"
        return
    if entry.number != number:
        yield f"line {number} says that it is line {entry.number}"
    if entry.before != before:
        yield f"line {number} does not follow from the line before it"
    if ledgers.written(entry) != line + b"\n":
        yield f"line {number} was not written by reportgen as it stands"
