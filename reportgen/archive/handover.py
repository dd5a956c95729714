"""What is handed over of a ledger, and how it proves that records stood in it.

A line of a ledger holds the digest of the line before, so a line is proved to belong to a ledger by
all the lines after it, up to a head that somebody has from elsewhere. The extract therefore has a
line for each line of the ledger: from the records' first line on as they stand, before that the
digest alone. Lines of other records, which name people and matters, can be left out too: then of
each there is its digest, which commits the origin to it, but proves nothing unless the origin shows
its ledger.
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
ledger.txt          the ledger that they stand in, a line for each of its lines: as it stands, or
                    its SHA-256 alone
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
        digests: The digest of each line of the ledger.
        proved: Whether every line from the first that stands there up to the head does, so that a
            head that is known from elsewhere vouches for all of them.
        faults: What does not hold, in sentences.
    """

    entries: tuple[Entry, ...]
    digests: tuple[str, ...]
    proved: bool
    faults: tuple[str, ...]

    @property
    def length(self) -> int:
        """How many lines the ledger had."""
        return len(self.digests)

    @property
    def head(self) -> Head | None:
        """Its head; None when it has no line."""
        return self.head_at(self.length)

    def head_at(self, number: int) -> Head | None:
        """Return the head as it was after a number of lines; None when there were never as many."""
        if not 1 <= number <= self.length:
            return None
        return Head.of(number, self.digests[number - 1])

    def of(self, record: str) -> tuple[Entry, ...]:
        """Return the lines of a record, in their order."""
        return tuple(entry for entry in self.entries if entry.record == record)


def written(contents: Contents) -> bytes:
    """Return `handover.json`."""
    return (contents.model_dump_json(indent=1) + "\n").encode()


def extract(ledger: Ledger, records: Collection[str], *, private: bool = False) -> bytes:
    """Return what is handed over of a ledger that holds.

    Args:
        ledger: The ledger.
        records: The records that are handed over.
        private: Whether of the lines of others there is only the digest, which proves less.
    """
    lines = []
    begun = False
    for each in ledger.lines:
        own = each.entry is not None and each.entry.record in records
        begun |= own
        if each.entry is not None and (own or (begun and not private)):
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
    digests: list[str] = []
    proved = True
    for number, line in enumerate(lines, 1):
        if _DIGEST.fullmatch(line):
            digests.append(line.decode())
            proved &= not entries
            continue
        before = digests[-1] if digests else BEGINNING
        entry = _entry(line)
        faults += _faults(entry, line, number, before)
        if entry is not None:
            entries.append(entry)
        digests.append(sha256(line).hexdigest())
    return Extract(tuple(entries), tuple(digests), proved, tuple(faults))


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
