"""The archive's data: a record of what was sent, an event of the ledger, the ledger's head.

All of it is read from files that somebody may have tampered with, so all of it is validated. Where
things lie in an archive is told by `archive.layout`; what they prove, by `archive.verification.verifying`.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Final, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""A SHA-256, in hexadecimal."""

Text = Annotated[str, StringConstraints(max_length=20_000)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=1_000, pattern=r"^[^\x00-\x1f]+$")]
RecordId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,149}$")]
"""`2026-06-10-alibaba-2026-senate-banking`; a second one on a day ends in `-2`."""

BEGINNING: Final = "0" * 64
"""What the first line of a ledger has in the place of the digest of the line before."""


class Part(BaseModel):
    """What the archive's files are made of: frozen; keys of a later version are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Unsigned(Part):
    """A PDF before it was signed: the first bytes of the signed file.

    Attributes:
        sha256: Their digest.
        size: How many bytes they are.
    """

    sha256: Digest
    size: Annotated[int, Field(ge=1)]


class SentFile(Part):
    """A file that went out.

    Attributes:
        path: Where it is in the bag: `data/sent/letter.pdf`.
        media_type: `application/pdf`.
        sha256: Its digest.
        size: How many bytes it has.
        pages: How many pages it has, where it has pages.
        unsigned: What it was before it was signed, which is what building it again gives; None of
            a file that is not signed.
    """

    path: Line
    media_type: Line
    sha256: Digest
    size: Annotated[int, Field(ge=0)]
    pages: int | None = None
    unsigned: Unsigned | None = None


class Submission(Part):
    """How a letter left the house: what whoever sent it says of that.

    Attributes:
        at: When, with the offset from UTC.
        via: How: `electronic mail`.
        by: Who: `Ada Example <ada@example.com>`.
    """

    at: AwareDatetime
    via: Line
    by: Line


class Record(Part):
    """A letter that was submitted: `data/record.json` of its bag.

    Attributes:
        id: The record's name, which is its folder's.
        letter: `<case>/<letter>`.
        family: The kind of letter.
        title: What the letter is about: its `Re:` line.
        date: The date that the letter bears.
        organization: Who wrote.
        recipients: Who it was sent to, by their ids in the directory.
        addressees: The names of those to whom it is addressed.
        cases: The ids of all cases that it draws on.
        submitted: When, how and by whom it was sent.
        drafts: The digests of its drafts: one, or one of each version.
        sent: What went out.
        corrects: The letters that it corrects: records' ids where they are of this archive, else
            `<case>/<letter>`.
        answers: The ids of the questions that it answers.
        regime: The reporting law that it was sent under, if any.
        stage: Which of that law's reports it is.
    """

    format: Literal["reportgen-record"] = "reportgen-record"
    version: Literal[1] = 1
    id: RecordId
    letter: Line
    family: Line
    title: Line
    date: date
    organization: Line
    recipients: tuple[Line, ...]
    addressees: tuple[Line, ...] = ()
    cases: tuple[Line, ...]
    submitted: Submission
    drafts: Annotated[tuple[Digest, ...], Field(min_length=1)]
    sent: Annotated[tuple[SentFile, ...], Field(min_length=1)]
    corrects: tuple[Line, ...] = ()
    answers: tuple[Line, ...] = ()
    regime: Line | None = None
    stage: Line | None = None


class Event(StrEnum):
    """What can happen to a record, or to the archive."""

    SUBMITTED = "submitted"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"  # the matter that a letter belongs to
    DELIVERED = "delivered"
    ACKNOWLEDGED = "acknowledged"
    ASKED = "asked"
    ANSWERED = "answered"
    HELD = "held"
    RELEASED = "released"
    PROPOSED = "proposed"  # a disposal, by the first of two people
    DISPOSED = "disposed"
    IMPORTED = "imported"
    SIGNED = "signed"

    @property
    def brings_a_record(self) -> bool:
        """Whether a record comes into the archive with it, with its bag."""
        return self in {Event.SUBMITTED, Event.IMPORTED}


class Entry(Part):
    """A line of the ledger: what happened, and the digest of the line before.

    Attributes:
        number: Its place in the ledger, from 1.
        event: What happened.
        record: To which record; empty where the event is of the whole archive.
        at: When the line was written, by the clock of the machine.
        by: Who had it written.
        bag: The SHA-256 of the bag's `tagmanifest-sha256.txt`: of every file of the bag. With a
            record's first line, and with its disposal.
        details: What else there is to say; each event has keys of its own.
        before: The SHA-256 of the line before, without its end; `BEGINNING` in the first.
    """

    number: Annotated[int, Field(ge=1)]
    event: Event
    record: RecordId | Literal[""] = ""
    at: AwareDatetime
    by: Line
    bag: Digest | None = None
    details: Annotated[dict[str, Text], Field(max_length=50)] = Field(default_factory=dict)
    before: Digest
