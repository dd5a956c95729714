"""What people say in tests of the review: short, dated one after the other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from reportgen.review.log import content
from reportgen.review.log.entries import (
    Approval,
    Checked,
    Comment,
    Dispute,
    Entry,
    Person,
    Resolution,
    identified,
    line,
    subject,
)
from reportgen.review.log.lines import Log, read
from reportgen.review.log.verdicts import Trust
from reportgen.review.model import Ruling

if TYPE_CHECKING:
    from reportgen.letters.draft import Draft

ADA = Person(name="Ada Example", email="ada@example.com")
GRACE = Person(name="Grace Example", email="grace@example.com")
LETTER = "north-2026/committee"
PATH = "committee.review.jsonl"
TRUST = Trust(authors=frozenset({"author@example.com"}), signatures={})


def at(minute: int) -> datetime:
    """A time, minutes after the review began."""
    return datetime(2026, 6, 1, 9, 0, tzinfo=UTC) + timedelta(minutes=minute)


def comment(text: str = "Is that so?", minute: int = 0, by: Person = ADA) -> Comment:
    """A comment on the whole letter."""
    return identified(Comment(at=at(minute), by=by, letter=LETTER, text=text, draft="0" * 64))


def dispute(text: str = "It was 27 million.", minute: int = 0) -> Dispute:
    """A dispute."""
    return identified(Dispute(at=at(minute), by=ADA, letter=LETTER, text=text, draft="0" * 64))


def resolution(of: Entry, minute: int = 50) -> Resolution:
    """The end of a comment."""
    return identified(Resolution(at=at(minute), by=GRACE, letter=LETTER, of=of.id))


def check(
    draft: Draft, number: int, ruling: str = "ok", *, minute: int = 0, by: Person = ADA
) -> Checked:
    """A verdict on a sentence of a draft."""
    return identified(
        Checked(
            at=at(minute),
            by=by,
            letter=LETTER,
            subject=subject(draft.assertions[number - 1], draft),
            ruling=Ruling(ruling),
        )
    )


def approval(draft: Draft, role: str = "counsel", minute: int = 0, by: Person = ADA) -> Approval:
    """An approval of a draft."""
    return identified(
        Approval(
            at=at(minute),
            by=by,
            letter=LETTER,
            role=role,
            content=content.digest(draft),
            draft=draft.digest,
        )
    )


def log(*entries: Entry) -> Log:
    """A log of entries."""
    return read(b"".join(map(line, entries)), LETTER, PATH)
