"""The ledger: one line for each thing that happened, each holding the digest of the line before.

So no line can be altered, dropped or slipped in without every later line becoming wrong. What is
cut off at the end shows only against a head that somebody wrote down, or a bag that has no line.
Lines go in as bytes and come out as entries with every fault named; nothing is written here.
"""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from reportgen.archive.model import BEGINNING, Entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LIMIT: Final = 64 * 1024
"""How many bytes a line may have."""

_HEAD: Final = re.compile(r"([1-9][0-9]{0,11})-([a-z2-7]{26})")


@dataclass(frozen=True, slots=True)
class Head:
    """The state of a ledger in a few characters: what is written into a minute book.

    Attributes:
        number: How many lines the ledger has.
        mark: The first 128 bits of the last line's SHA-256, in base 32.
    """

    number: int
    mark: str

    def __str__(self) -> str:
        """Return `12-mfrggzdfmztwq2lknnwg23tpob`."""
        return f"{self.number}-{self.mark}"

    @classmethod
    def read(cls, text: str) -> Head | None:
        """Read a head as it was printed; None when it is none. Case and spaces do not matter."""
        match = _HEAD.fullmatch("".join(text.split()).lower())
        return cls(int(match[1]), match[2]) if match else None

    @classmethod
    def of(cls, number: int, digest: str) -> Head:
        """Return the head of a ledger whose last line has a number and a digest."""
        mark = base64.b32encode(bytes.fromhex(digest)[:16]).decode().rstrip("=").lower()
        return cls(number, mark)


@dataclass(frozen=True, slots=True)
class Chained:
    """A line as it stands in a ledger.

    Attributes:
        line: Its place in the file, from 1.
        digest: The SHA-256 of its bytes, without its end.
        entry: What it says; None when it cannot be read.
        fault: What is wrong with it, in a sentence; empty when nothing is.
    """

    line: int
    digest: str
    entry: Entry | None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """What a ledger says.

    Attributes:
        lines: Every whole line.
        torn: The bytes after the last whole line: what a writer that was killed left. They were
            never a line, and nobody was told that they were.
    """

    lines: tuple[Chained, ...]
    torn: bytes = b""

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What happened, as far as it can be read."""
        return tuple(each.entry for each in self.lines if each.entry is not None)

    @property
    def faults(self) -> tuple[Chained, ...]:
        """The lines with which something is wrong."""
        return tuple(each for each in self.lines if each.fault)

    @property
    def digest(self) -> str:
        """The digest of the last line, which the next one holds."""
        return self.lines[-1].digest if self.lines else BEGINNING

    @property
    def head(self) -> Head | None:
        """The head; None of a ledger without a line."""
        return Head.of(len(self.lines), self.digest) if self.lines else None

    def head_at(self, number: int) -> Head | None:
        """Return the head as it was after a number of lines; None when there were never as many."""
        if not 1 <= number <= len(self.lines):
            return None
        return Head.of(number, self.lines[number - 1].digest)


def written(entry: Entry) -> bytes:
    """Return an entry as the ledger has it, a line with its end: the same for the same entry."""
    content = entry.model_dump(mode="json", exclude_defaults=True)
    return (json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def read(content: bytes) -> Ledger:
    """Read a ledger, whatever stands in it."""
    whole, end, torn = content.rpartition(b"\n")
    return Ledger(tuple(chained(whole.split(b"\n"))) if end else (), torn)


def chained(lines: Iterable[bytes], after: int = 0, before: str = BEGINNING) -> Iterator[Chained]:
    """Read lines of a ledger, one by one.

    Args:
        lines: The lines, without their ends.
        after: How many lines stand before them.
        before: The digest of the line before them.
    """
    for number, line in enumerate(lines, after + 1):
        digest = sha256(line).hexdigest()
        entry = _entry(line)
        yield Chained(number, digest, entry, _fault(entry, line, number, before))
        before = digest


def _entry(line: bytes) -> Entry | None:
    if len(line) > LIMIT:
        return None
    try:
        return Entry.model_validate_json(line)
    except ValidationError:
        return None


def _fault(entry: Entry | None, line: bytes, number: int, before: str) -> str:
    if entry is None:
        return "it is no line of a ledger"
    if entry.number != number:
        return f"it says that it is line {entry.number}"
    if entry.before != before:
        return "it does not follow from the line before, which was another one when it was written"
    if written(entry) != line + b"\n":
        return "it was not written by reportgen as it stands"
    return ""
