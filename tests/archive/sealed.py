"""Archives to try things on: small records made by hand, quickly and as many as are wanted.

What a real letter leaves behind is in the fixture `submitted` of `conftest`; these have the same
places and the same forms, and two sentences of invented text.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from reportgen.archive import layout, records
from reportgen.archive.bags import bagging
from reportgen.archive.layout import Archive
from reportgen.archive.model import Event, Record, SentFile, Submission
from reportgen.jobs.ledger.booking import Book

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

BY = "Ada Example <ada@example.com>"
AT = datetime(2026, 6, 10, 15, 4, tzinfo=UTC)
TEXT = "In April 2026 about 1.2 million exchanges were noted. Proxy services were used.\n"
FACTS = (("example-2026.exchanges", "about 1.2 million", "1200000", "approximately"),)


def clock(start: datetime = AT, step: timedelta = timedelta(seconds=1)) -> Callable[[], datetime]:
    """A clock that goes on by a step whenever somebody looks at it."""
    times = (start + step * count for count in range(10**6))
    return lambda: next(times)


def book(archive: Archive, at: datetime = AT) -> Book:
    return Book(archive, BY, clock(at))


def payload(record: Record, text: str, facts: Iterable[tuple[str, ...]]) -> dict[str, bytes]:
    """The payload of a record, as a real one has it but for its sources."""
    (sent,) = record.sent
    said = {
        "format": "reportgen-facts",
        "version": 1,
        "letter": record.letter,
        "date": str(record.date),
        "recipients": list(record.addressees),
        "digest": record.drafts[0],
        "corrects": list(record.corrects),
        "facts": [
            dict(zip(("address", "text", "value", "hedge"), fact, strict=True)) for fact in facts
        ],
    }
    return {
        layout.RECORD: records.written(record),
        sent.path: text.encode(),
        layout.FACTS: (json.dumps(said, indent=1) + "\n").encode(),
    }


def record_of(
    letter: str = "example-2026/committee", text: str = TEXT, number: int = 1, **said: object
) -> Record:
    """What a record says of itself; `said` takes the place of what is invented."""
    day = AT + timedelta(days=number - 1)
    content = text.encode()
    sent = SentFile(
        path=f"{layout.SENT}/letter.txt",
        media_type="text/plain",
        sha256=sha256(content).hexdigest(),
        size=len(content),
    )
    fields = {
        "id": f"{day:%Y-%m-%d}-{letter.replace('/', '-')}",
        "letter": letter,
        "family": "committee",
        "title": "Request for information on distillation",
        "date": date(day.year, day.month, day.day),
        "organization": "Example Models, Inc.",
        "recipients": ("example-committee",),
        "addressees": ("The Honorable Alex Example",),
        "cases": ("example-2026",),
        "submitted": Submission(at=day, via="electronic mail", by=BY),
        "drafts": (sha256(f"{letter} {text}".encode()).hexdigest(),),
        "sent": (sent,),
    }
    return Record.model_validate({**fields, **said})


def put(
    archive: Archive,
    record: Record | None = None,
    text: str = TEXT,
    facts: Iterable[tuple[str, ...]] = FACTS,
) -> Record:
    """Put a record into an archive, bag and line, as a submission does."""
    record = record or record_of(text=text)
    bag = archive.bag(record.id)
    bag.parent.mkdir(parents=True, exist_ok=True)
    bagged = bagging.write(bag, payload(record, text, facts), [("External-Identifier", record.id)])
    entry, problems = book(archive, record.submitted.at).enter(
        Event.SUBMITTED, record.id, bagged.digest
    )
    assert entry is not None, problems
    return record


def small(folder: Path, letters: int = 1) -> Archive:
    """An archive with a few records, one a day."""
    archive = Archive(folder / "archive")
    for number in range(1, letters + 1):
        put(archive, record_of(number=number))
    return archive
