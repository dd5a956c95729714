"""From a case to the facts that statistics may be made of."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from reportgen.cases.model import Counting, QuantityFact
from reportgen.statistics.model import Input

if TYPE_CHECKING:
    from datetime import date

    from reportgen.cases.model import Case
    from reportgen.quantities.dates import PartialDate
    from reportgen.quantities.quantity import Quantity


def inputs_of(case: Case, until: date | None = None) -> tuple[Input, ...]:
    """Return the quantity facts of `case`, in the order of its file.

    Args:
        case: The case.
        until: The date of the letter that will use them: a later detection or disclosure is left
            out, since the letter cannot tell of it.
    """
    actors = frozenset(" ".join(actor.name.casefold().split()) for actor in case.actors)
    return tuple(
        Input(
            address=f"{case.id}.{name}",
            quantity=_counted(fact),
            distinct=fact.counting is Counting.DISTINCT,
            window=case.window_of(fact),
            case=case.id,
            label=case.title,
            actors=actors,
            detected=_told(case.dates.detected, until),
            disclosed=_told(case.dates.disclosed, until),
        )
        for name, fact in case.facts.items()
        if isinstance(fact, QuantityFact)
    )


def _told(when: PartialDate | None, until: date | None) -> PartialDate | None:
    return when if when is None or until is None or when.earliest <= until else None


def _counted(fact: QuantityFact) -> Quantity:
    """Return the fact's quantity, of what it counts; nothing is counted fewer than zero times."""
    quantity = fact.quantity.with_unit(fact.counts)
    if quantity.bounds.low is not None:
        return quantity
    return replace(quantity, bounds=replace(quantity.bounds, low=Fraction(0)))
