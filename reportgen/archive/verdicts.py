"""What a verification found: one answer a question, every fault named, and what follows from it.

A fault is a sentence that names what it is about. A remark is told and breaks nothing: a clock that
ran backwards, a letter that is not signed. What no verification can prove is said with each.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from reportgen.problems.terminal import visible

UNPROVEN: Final = (
    "that the statements of a letter are true",
    "who sat at the keyboard",
    "that nothing was left out",
)
"""What a verification never proves."""

WITHOUT_HEAD: Final = "that no line was cut off the end of the ledger, since no head was given"
"""What a verification does not prove when nobody says what the ledger's head was."""


class State(StrEnum):
    """How a question was answered."""

    HOLDS = "holds"
    FAILS = "fails"
    NOT_ASKED = "not asked"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it was sealed.

    Attributes:
        place: What it is about: a path within the bag or the archive, or `ledger.jsonl:12`.
        message: What is wrong, in a sentence without a full stop that names it.
    """

    place: str
    message: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question.

    Attributes:
        found: What was looked at and found, in a few words: `41 files, 3.2 MB`.
        faults: All that is wrong.
        remarks: What should be known and breaks nothing, a sentence each.
        asked: Whether the question was asked; it may have been left out on purpose.
        there: Whether there was anything to ask of: a letter may have no signature.
    """

    found: str
    faults: tuple[Fault, ...] = ()
    remarks: tuple[str, ...] = ()
    asked: bool = True
    there: bool = True

    @property
    def state(self) -> State:
        """How the question was answered, in a word."""
        if self.faults:
            return State.FAILS
        if not self.asked:
            return State.NOT_ASKED
        return State.HOLDS if self.there else State.NONE


@dataclass(frozen=True, slots=True)
class RecordVerdict:
    """What was found of one record.

    Attributes:
        record: Its id.
        fixity: Whether the bag holds every file that was sealed, as it was, and nothing else.
        ledger: Whether the ledger has the bag's line, and with this digest.
        sent: Whether the record tells of the files that lie there, and of nothing else.
        signatures: Whether the signatures of what was sent hold.
        rerendering: Whether the sealed sources give the letter that was sent.
        papers: Whether what came later is as it was when it was entered.
    """

    record: str
    fixity: Answer
    ledger: Answer
    sent: Answer
    signatures: Answer
    rerendering: Answer
    papers: Answer

    @property
    def answers(self) -> tuple[tuple[str, Answer], ...]:
        """The questions as people are told them, each with its answer."""
        return (
            ("fixity", self.fixity),
            ("ledger", self.ledger),
            ("sent files", self.sent),
            ("signatures", self.signatures),
            ("re-rendering", self.rerendering),
            ("papers", self.papers),
        )

    @property
    def holds(self) -> bool:
        """Whether there is no fault."""
        return not any(answer.faults for _, answer in self.answers)


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found of an archive, or of some of its records.

    Attributes:
        archive: The archive's folder, as it is shown.
        chain: Whether the ledger is one chain, and still has the head that was given.
        completeness: Whether bags and lines belong together one to one, and whether there is a
            paper that no line speaks of; not asked when only some records were.
        records: What was found of each record, by id.
        head: The ledger's head; empty for a ledger without a line.
        against: The head that somebody had written down; empty when none was given.
    """

    archive: str
    chain: Answer
    completeness: Answer
    records: tuple[RecordVerdict, ...]
    head: str = ""
    against: str = ""

    @property
    def holds(self) -> bool:
        """The bottom line: whether there is no fault at all."""
        return (
            not self.chain.faults
            and not self.completeness.faults
            and all(record.holds for record in self.records)
        )

    @property
    def unproven(self) -> tuple[str, ...]:
        """What this verification does not prove, even where all holds."""
        return UNPROVEN if self.against else (*UNPROVEN, WITHOUT_HEAD)


def size_of(count: int) -> str:
    """Return a number of bytes as people read it: `3.2 MB`."""
    for unit, power in (("GB", 9), ("MB", 6), ("kB", 3)):
        if count >= 10**power:
            return f"{count / 10**power:.1f} {unit}"
    return f"{count} bytes"


def named(path: str) -> str:
    """Return a path as a sentence names it: whole, and without what could steer a terminal."""
    return f"`{visible(path)}`"
