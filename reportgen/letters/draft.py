"""A draft: a letter composed. Its blocks, its bound facts, its assertions and one digest."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from reportgen.letters.markup import Element
    from reportgen.problems.model import Place
    from reportgen.statistics.model import Chart


class Binding(StrEnum):
    """What a bound piece of text is bound to."""

    FACT = "fact"
    STATISTIC = "statistic"
    COMPARISON = "comparison"


@dataclass(frozen=True, slots=True)
class BoundFact:
    """A piece of the letter that is bound to a fact, or to what follows from facts.

    Attributes:
        id: `f-7`: the anchor in HTML, the bookmark in DOCX, the row of the index.
        binding: Whether it is a fact itself or what was derived.
        address: `<case>.<fact>`, or the statistic's formula.
        text: The words in the letter.
        value: The exact value: ISO date, number, or bounds as `low..high`; empty for words.
        facts: Addresses of all facts that it rests on.
        place: The template or prose line that says it.
    """

    id: str
    binding: Binding
    address: str
    text: str
    value: str
    facts: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Assertion:
    """A sentence of the draft that states something.

    Attributes:
        id: `a-` and the first 12 digits of its digest: the same sentence keeps its id.
        number: Its place in the order of reading, from 1.
        text: The sentence as it will be sent.
        bound: Ids of the bound facts in it.
        facts: Addresses of all facts that it rests on, each once.
        digest: SHA-256 over its words, facts, values and sources.
    """

    id: str
    number: int
    text: str
    bound: tuple[str, ...]
    facts: tuple[str, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class Unbound:
    """A number, percentage or date in the letter that is bound to nothing."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter composed.

    Attributes:
        name: `<case>/<letter>`.
        family: The family's id.
        title: Title of the document, for readers and catalogues.
        author: The organisation's name.
        subject: What the letter is about.
        date: The date that it bears.
        language: BCP 47.
        paper: `letter` or `a4`.
        marking: The line at the head of every page, or None.
        continuation: Lines of the header from page 2: addressees, date.
        document: The whole letter, an `article` of the closed tag set.
        charts: The drawings that `img` elements name.
        bound: Every bound piece, in the order of reading.
        assertions: Every sentence that states something, in the order of reading.
        unbound: What is bound to nothing.
        digest: SHA-256 over all of the above but places.
    """

    name: str
    family: str
    title: str
    author: str
    subject: str
    date: date
    language: str
    paper: str
    marking: str | None
    continuation: tuple[str, ...]
    document: Element
    charts: tuple[Chart, ...]
    bound: tuple[BoundFact, ...]
    assertions: tuple[Assertion, ...]
    unbound: tuple[Unbound, ...]
    digest: str
