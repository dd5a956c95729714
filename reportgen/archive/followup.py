"""What followed a letter that was sent: questions for the record, open, late or answered.

Events of the ledger go in, in their order; what they come to goes out. Nothing is read here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING

from reportgen.archive.model import Event

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportgen.archive.model import Entry


class Clock(StrEnum):
    """How a question stands on a day."""

    OPEN = "open"
    LATE = "late"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Question:
    """A question for the record that came back after a letter.

    Attributes:
        id: `q-3f9a0c1b`: what the letter that answers it names.
        record: The record that it is about.
        text: The question.
        asker: Who asked.
        asked: The day on which it was entered.
        due: The day by which it is to be answered, that day included; None when nobody said.
        paper: Where the paper that it came on is kept, among the archive's papers; empty if none.
        answer: The record that answers it; empty while it is open.
        answered: The day on which that was entered.
    """

    id: str
    record: str
    text: str
    asker: str
    asked: date
    due: date | None = None
    paper: str = ""
    answer: str = ""
    answered: date | None = None

    def clock(self, today: date) -> Clock:
        """Return how it stands on a day."""
        if self.answer:
            return Clock.ANSWERED
        return Clock.LATE if self.due is not None and today > self.due else Clock.OPEN

    def days_left(self, today: date) -> int | None:
        """Return how many days are left after today; negative when it is late, None without end."""
        return None if self.due is None else (self.due - today).days


def questions(entries: Iterable[Entry], then: date | None = None) -> tuple[Question, ...]:
    """Return all questions, in the order in which they were asked.

    Args:
        entries: The lines of the ledger, in their order.
        then: Lines that say a later day are left out; none when None, since a clock may have been
            ahead when a question was answered.
    """
    found: dict[str, Question] = {}
    for each in entries:
        said = each.details
        if then is not None and each.at.date() > then:
            continue
        if each.event is Event.ASKED and said.get("question"):
            found[said["question"]] = Question(
                said["question"],
                each.record,
                said.get("text", ""),
                said.get("from", ""),
                each.at.date(),
                _day(said.get("due", "")),
                said.get("paper", ""),
            )
        elif each.event is Event.ANSWERED and said.get("question") in found:
            question = found[said["question"]]
            if not question.answer:
                found[question.id] = replace(
                    question, answer=said.get("by", ""), answered=each.at.date()
                )
    return tuple(found.values())


def question_id(record: str, text: str, asker: str, number: int) -> str:
    """Return the id of a question: the same wherever the archive is moved to.

    Args:
        record: The record that it is about.
        text: The question.
        asker: Who asked.
        number: How many questions were asked before, of any record.
    """
    content = "\n".join((record, asker, text, str(number)))
    return f"q-{sha256(content.encode()).hexdigest()[:8]}"


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
