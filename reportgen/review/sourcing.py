"""What a case says of an address: the fact itself, and where it comes from.

The addresses are those that bound pieces carry: `<case>.<fact>`, and `<case>.dates.occurred.from`,
`<case>.actors.0.name` and their like for what stands outside the facts.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.cases.model import QuantityFact
from reportgen.letters.citing import Cited, full
from reportgen.letters.markup import Element
from reportgen.review.model import Citation

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from reportgen.cases.model import Case, Fact, Reference
    from reportgen.quantities.quantity import Quantity


def case_of(address: str, cases: Mapping[str, Case]) -> Case | None:
    """Return the case that an address belongs to; None for one of no case, as `letter.date`."""
    return cases.get(address.partition(".")[0])


def fact_at(address: str, cases: Mapping[str, Case]) -> Fact | None:
    """Return the fact at an address; None for a date, an actor, a formula and their like."""
    case = case_of(address, cases)
    return None if case is None else case.facts.get(address.partition(".")[2])


def quantity_at(address: str, cases: Mapping[str, Case]) -> Quantity | None:
    """Return the number that is stated at an address, what it counts as its unit."""
    fact = fact_at(address, cases)
    if not isinstance(fact, QuantityFact):
        return None
    return fact.quantity if fact.quantity.unit else fact.quantity.with_unit(fact.counts)


def references_at(address: str, cases: Mapping[str, Case]) -> tuple[Reference, ...]:
    """Return the uses of sources on which what stands at an address rests."""
    case = case_of(address, cases)
    if case is None:
        return ()
    fact = fact_at(address, cases)
    if fact is not None:
        return fact.source
    kind, _, rest = address.partition(".")[2].partition(".")
    if kind == "dates":
        return case.dates.source
    uses: Mapping[str, tuple[tuple[Reference, ...], ...]] = {
        "actors": tuple(each.attribution.source for each in case.actors),
        "targets": tuple(each.source for each in case.targets),
        "techniques": tuple(each.source or () for each in case.techniques),
        "responses": tuple(each.source for each in case.responses),
    }
    number = rest.partition(".")[0]
    entries = uses.get(kind, ())
    within = number.isdecimal() and int(number) < len(entries)
    return entries[int(number)] if within else ()


def cited_at(address: str, cases: Mapping[str, Case], day: date) -> tuple[Cited, ...]:
    """Return what a letter of `day` can cite for what stands at an address."""
    case = case_of(address, cases)
    if case is None:
        return ()
    found = (
        Cited(case.id, reference, case.sources[reference.id])
        for reference in references_at(address, cases)
        if reference.id in case.sources
    )
    return tuple(
        each
        for each in found
        if each.source.published is None or each.source.published.earliest <= day
    )


def citation(cited: Cited) -> Citation:
    """Return a source as the index shows it."""
    source, reference = cited.source, cited.reference
    # Each row stands for itself: no name for later mentions.
    alone = replace(cited, source=source.model_copy(update={"short": None}))
    said = "".join(part.text() if isinstance(part, Element) else part for part in full(alone))
    return Citation(
        text=said,
        pin=reference.pin or "",
        quote=reference.quote or "",
        url=source.url or "",
        exhibit=source.exhibit.file if source.exhibit else "",
        sha256=source.exhibit.sha256 if source.exhibit else "",
    )
