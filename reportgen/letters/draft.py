"""A draft: a letter composed. Its blocks, its bound facts, its assertions and one digest."""

from __future__ import annotations

from dataclasses import dataclass, field
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
        address: `<case>.<fact>`, the statistic's formula, or what was compared with what.
        text: The words in the letter.
        value: The exact value: ISO date, number, or bounds as `low..high`; of a comparison the
            formula with the bounds for which it holds; empty for words.
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
class Waiver:
    """A finding of the lint that counsel lets stand in one sentence, and why."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Ground:
    """Where a fact of a sentence comes from.

    Attributes:
        fact: The fact's address.
        source: What tells the source from others: publisher, title, date and where it can be read.
        pin: Where in the source; empty when nobody says.
        quote: The words of the source; empty when the case quotes none.
        exhibit: SHA-256 of the file that the case keeps of it; empty when it keeps none.
    """

    fact: str
    source: str
    pin: str = ""
    quote: str = ""
    exhibit: str = ""


@dataclass(frozen=True, slots=True)
class Assertion:
    """A sentence of the draft that states something.

    Attributes:
        id: `a-` and the first 12 digits of its digest: the same sentence keeps its id.
        number: Its place in the order of reading, from 1.
        text: The sentence as it will be sent.
        bound: Ids of the bound facts in it.
        facts: Addresses of all facts that it rests on, each once.
        digest: SHA-256 over its words, facts, values and sources, and over nothing else: neither
            over how they are set, nor over the numbers of the tables and figures it mentions.
        place: The section that it stands in.
        waivers: What counsel lets stand in it.
        context: What a row of a table stands under, its caption and heads; else empty.
        grounds: Where its facts come from.
    """

    id: str
    number: int
    text: str
    bound: tuple[str, ...]
    facts: tuple[str, ...]
    digest: str
    place: Place
    waivers: tuple[Waiver, ...] = ()
    context: str = ""
    grounds: tuple[Ground, ...] = ()


@dataclass(frozen=True, slots=True)
class Unbound:
    """A number, percentage or date in the letter that is bound to nothing."""

    text: str
    place: Place


class Version(StrEnum):
    """Who a copy of a letter is for."""

    WHOLE = "whole"
    CONFIDENTIAL = "confidential"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Production:
    """What stands on every page of a confidential version (17 CFR 200.83(c)(2)).

    Attributes:
        legend: The line that asks for confidential treatment.
        prefix: What stands before the number of a page: `ACME` in `ACME-000001`.
        first: The number of the first page.
    """

    legend: str
    prefix: str
    first: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that comes with an enclosure, as `img` elements name it: `picture:<name>`.

    Attributes:
        name: Its name in the letter.
        media_type: `image/png` or `image/jpeg`.
        content: Its bytes.
    """

    name: str
    media_type: str
    content: bytes = field(repr=False)


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
        digest: SHA-256 over all else but places.
        version: Who this copy is for. A whole letter has no confidential passage.
        production: What stands on every page of a confidential version.
        pictures: The pictures of its enclosures.
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
    version: Version = Version.WHOLE
    production: Production | None = None
    pictures: tuple[Picture, ...] = ()
