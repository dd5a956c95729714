"""Facts for tests of statistics, as short as they can be said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from reportgen.problems.model import Refusal
from reportgen.quantities.bounds import Bounds
from reportgen.quantities.dates import PartialDate, Period
from reportgen.quantities.quantity import Quantity
from reportgen.quantities.reading import read
from reportgen.statistics.model import Comparison, Input, Statistic

if TYPE_CHECKING:
    from fractions import Fraction


def period(written: str) -> Period:
    """`2026-04-22..2026-06-05`."""
    first, last = written.split("..")
    return Period(PartialDate.read(first), PartialDate.read(last))


def stated(
    address: str,
    quantity: str,
    unit: str = "exchanges",
    *,
    window: str | None = None,
    distinct: bool = False,
    actors: tuple[str, ...] = (),
) -> Input:
    """A fact at `<case>.<name>`, its quantity as a case file writes it."""
    said = read(quantity)
    assert isinstance(said, Quantity), said
    case = address.partition(".")[0]
    return Input(
        address=address,
        quantity=said.with_unit(unit),
        distinct=distinct,
        window=None if window is None else period(window),
        case=case,
        label=case.capitalize(),
        actors=frozenset(actors),
    )


def bounded(address: str, bounds: Bounds) -> Input:
    """A fact of which only the bounds are known."""
    case = address.partition(".")[0]
    quantity = Quantity(bounds, "exchanges")
    return Input(address, quantity, distinct=False, window=None, case=case, label=case)


def derived(result: Statistic | Refusal) -> Statistic:
    """The statistic, where none may be refused."""
    assert isinstance(result, Statistic), result
    return result


def held(result: Comparison | Refusal) -> Comparison:
    """The comparison, where it must hold."""
    assert isinstance(result, Comparison), result
    return result


def refused(result: object) -> Refusal:
    """The refusal, where there must be one."""
    assert isinstance(result, Refusal), result
    return result


_NUMBERS = st.fractions(min_value=0, max_value=1_000, max_denominator=8)


@st.composite
def bounds_and_truth(draw: st.DrawFn) -> tuple[Bounds, Fraction]:
    """Bounds of a count, and a true value within them."""
    low, truth, high = sorted(draw(st.tuples(_NUMBERS, _NUMBERS, _NUMBERS)))
    return (
        Bounds(
            low,
            draw(st.sampled_from([high, None])),
            low_open=low < truth and draw(st.booleans()),
            high_open=truth < high and draw(st.booleans()),
            high_conventional=draw(st.booleans()),
        ),
        truth,
    )
