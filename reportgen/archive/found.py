"""What is found in an archive: records as they are listed, what they said, what happened to them.

Frozen data and nothing else; `archive.finding.catalog` keeps it, `archive.finding.searching` finds it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from reportgen.archive.model import Entry, Record


class Standing(StrEnum):
    """Whether a record's bag can be believed, as far as the catalog looked."""

    KEPT = "kept"
    DISPOSED = "disposed"
    MISSING = "missing"
    ALTERED = "altered"


@dataclass(frozen=True, slots=True)
class Said:
    """A fact as a letter stated it.

    Attributes:
        address: `<case>.<fact>`, or the formula of what was computed.
        text: The words.
        value: The exact value; empty for words.
        hedge: How a number was said: approximately, more than; empty for what is no number.
    """

    address: str
    text: str
    value: str = ""
    hedge: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """What the catalog takes from a record's bag.

    Attributes:
        standing: Whether the bag is as the ledger says.
        record: What it says of itself; None unless it is kept.
        said: What the letter stated.
        words: The whole text of the letter.
        fault: Why it is not kept, in a sentence.
    """

    standing: Standing
    record: Record | None = None
    said: tuple[Said, ...] = ()
    words: str = field(default="", repr=False)
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """A record as it is listed.

    Attributes:
        id: The record's name.
        letter: `<case>/<letter>`.
        family: The kind of letter.
        title: What it is about.
        date: The date that the letter bears.
        organization: Who wrote.
        recipients: Who it was sent to, by their ids.
        addressees: Their names.
        cases: The cases that it draws on.
        submitted: When it was sent, as ISO 8601 with the offset; empty when unknown.
        via: How.
        by: Who sent it.
        bag: The digest of its bag.
        standing: Whether its bag is there and as the ledger says.
        fault: Why it is not, in a sentence.
        corrects: The records that it corrects.
        corrected: The records that correct it.
        withdrawn: Whether it was withdrawn.
        held: For which matters it is held.
    """

    id: str
    letter: str
    family: str
    title: str
    date: str
    organization: str
    recipients: tuple[str, ...]
    addressees: tuple[str, ...]
    cases: tuple[str, ...]
    submitted: str
    via: str
    by: str
    bag: str
    standing: Standing
    fault: str
    corrects: tuple[str, ...] = ()
    corrected: tuple[str, ...] = ()
    withdrawn: bool = False
    held: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that was looked for.

    Attributes:
        record: The record.
        snippet: Words of its letter around what was found, in pieces: whether each was looked
            for, and the piece. Empty when nothing was looked for, or nothing stands there.
        for_correction: Whether it is shown only since it corrects the next one.
    """

    record: Listed
    snippet: tuple[tuple[bool, str], ...] = ()
    for_correction: bool = False


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for.

    Attributes:
        words: The user's query; empty for everything.
        to: A part of a recipient's id or name.
        since: The first day on which a letter was sent.
        until: The last day.
        case: A case that it draws on.
        fact: The address of a fact that it states, or that it computes something from.
        limit: How many records are wanted, best first.
    """

    words: str = ""
    to: str = ""
    since: date | None = None
    until: date | None = None
    case: str = ""
    fact: str = ""
    limit: int = 20


@dataclass(frozen=True, slots=True)
class Statement:
    """A fact as a record stated it.

    Attributes:
        record: Where.
        said: What.
        corrected: The records that correct it and state the same fact, or correct it without.
        untold: Recipients of the record to whom no correction of the fact was sent.
    """

    record: Listed
    said: Said
    corrected: tuple[str, ...] = ()
    untold: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """All that is known of one record.

    Attributes:
        record: The record.
        events: What happened to it, in the ledger's order.
        mistaken: What it stated that a later record corrected: each with the later words by the
            later record's id, and with those who have not been told.
    """

    record: Listed
    events: tuple[Entry, ...]
    mistaken: tuple[Mistaken, ...] = ()


@dataclass(frozen=True, slots=True)
class Mistaken:
    """A statement that a later record corrected.

    Attributes:
        said: What was stated.
        now: What the later records state, by their ids.
        untold: Recipients who got the statement, and no correction of it.
    """

    said: Said
    now: Mapping[str, Said]
    untold: tuple[str, ...]
