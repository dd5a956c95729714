"""The index of a draft: each sentence with all that stands behind it.

A draft and its cases go in, the cite-check table comes out (GAO: indexing and referencing). Nothing
is looked up anew: values are those that the letter prints, sources those that it can cite.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.cases.model import Confidence
from reportgen.letters.draft import Binding
from reportgen.quantities import wording
from reportgen.quantities.notation import bounds_of
from reportgen.quantities.quantity import Hedge, Quantity
from reportgen.review.model import Evidence, Index, Row, Standing
from reportgen.review.sourcing import case_of, citation, cited_at, quantity_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reportgen.cases.model import Case
    from reportgen.letters.draft import Assertion, BoundFact, Draft
    from reportgen.review.model import Citation, Position, Verdict


def index(
    draft: Draft,
    cases: Mapping[str, Case],
    positions: Mapping[str, Position],
    verdicts: Mapping[str, Verdict],
) -> Index:
    """Return the index of a draft.

    Args:
        draft: The letter.
        cases: The cases that it draws on, by id.
        positions: Where each sentence begins on paper, by the assertion's id; one that was not
            found is left out.
        verdicts: What checkers say, by the assertion's id; lapsed ones too.
    """
    bound = {piece.id: piece for piece in draft.bound}
    rows = tuple(
        Row(
            assertion,
            positions.get(assertion.id),
            tuple(_evidence(assertion, bound, draft, cases)),
            tuple(_standings(assertion, cases)),
            verdicts.get(assertion.id),
        )
        for assertion in draft.assertions
    )
    return Index(draft.name, draft.title, draft.date, draft.digest, rows)


def _evidence(
    assertion: Assertion,
    bound: Mapping[str, BoundFact],
    draft: Draft,
    cases: Mapping[str, Case],
) -> Iterator[Evidence]:
    """Yield what is said in the sentence, then what it rests on without saying it."""

    def citations(addresses: tuple[str, ...]) -> tuple[Citation, ...]:
        found = (each for address in addresses for each in cited_at(address, cases, draft.date))
        return tuple(dict.fromkeys(map(citation, found)))

    said: set[str] = set()
    for identity in assertion.bound:
        piece = bound[identity]
        said.update(piece.facts)
        rule = _rule(piece, cases)
        address, value = piece.address, piece.value
        if piece.binding is Binding.COMPARISON:
            address, value = value, ""
        yield Evidence(piece.text, address, value, rule, citations(piece.facts))
    for address in assertion.facts:
        if address not in said:
            quantity = quantity_at(address, cases)
            value = wording.exact_value(quantity) if quantity else ""
            yield Evidence("", address, value, "", citations((address,)))


def quantity_of(piece: BoundFact, cases: Mapping[str, Case]) -> Quantity | None:
    """Return the number that a bound piece says, with what is known of it; None for words."""
    if piece.binding is Binding.FACT:
        return quantity_at(piece.address, cases)
    if piece.binding is Binding.COMPARISON or not piece.value:
        return None
    try:
        return Quantity(bounds_of(piece.value))
    except ValueError:
        return None


def _rule(piece: BoundFact, cases: Mapping[str, Case]) -> str:
    """Return what the words of a piece leave open."""
    if piece.binding is Binding.COMPARISON:
        return "holds for every value within the bounds"
    quantity = quantity_of(piece, cases)
    if quantity is None or quantity.exact:
        return ""
    stated = (
        f"stated as “{quantity.text}”: " if quantity.text and quantity.text != piece.text else ""
    )
    rounded = "rounded to the last stated place: " if quantity.hedge is Hedge.NONE else ""
    if piece.binding is Binding.STATISTIC:
        rounded = "computed with the bounds of its parts: "
    return f"{stated}{rounded}{wording.spread(quantity)}"


def _standings(assertion: Assertion, cases: Mapping[str, Case]) -> Iterator[Standing]:
    found = (case_of(address, cases) for address in assertion.facts)
    for case in dict.fromkeys(each.id for each in found if each is not None):
        yield Standing(case, str(cases[case].status), tuple(_attributions(cases[case])))


def _attributions(case: Case) -> Iterator[str]:
    for actor in case.actors:
        sure = actor.attribution.confidence
        confidence = "" if sure is Confidence.NOT_STATED else f", {sure} confidence"
        rung = str(actor.attribution.rung).replace("-", " ")
        yield f"{rung} {actor.name}{confidence}, by {actor.attribution.by}"
