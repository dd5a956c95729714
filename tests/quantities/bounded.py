"""Strategies: bounds with a true value within, and quantities as people state them."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import assume
from hypothesis import strategies as st

from reportgen.quantities.bounds import Bounds

NUMBERS = st.one_of(
    st.integers(-20, 20).map(Fraction),
    st.fractions(-1_000_000, 1_000_000, max_denominator=1_000),
)
WIDTHS = st.one_of(st.just(Fraction(0)), st.fractions(0, 1_000, max_denominator=100))


@st.composite
def truths(draw: st.DrawFn) -> tuple[Bounds, Fraction]:
    """Draw bounds of any kind and a number that lies within them."""
    true = draw(NUMBERS)
    below, above = draw(st.none() | WIDTHS), draw(st.none() | WIDTHS)
    return (
        Bounds(
            None if below is None else true - below,
            None if above is None else true + above,
            low_open=bool(below) and draw(st.booleans()),
            high_open=bool(above) and draw(st.booleans()),
            low_conventional=draw(st.booleans()),
            high_conventional=draw(st.booleans()),
        ),
        true,
    )


@st.composite
def broken_conventions(draw: st.DrawFn) -> tuple[Bounds, Fraction]:
    """Draw bounds and a number that lies within them, but for their conventional ends."""
    bounds, true = draw(truths())
    firm = bounds.firm
    if firm.high is None and draw(st.booleans()):
        true += draw(st.fractions(0, 10**6, max_denominator=10))
    if firm.low is None and draw(st.booleans()):
        true -= draw(st.fractions(0, 10**6, max_denominator=10))
    assume(firm.contains(true))
    return bounds, true


_HEDGES = [
    "",
    "approximately ",
    "more than ",
    "at least ",
    "at most ",
    "fewer than ",
    "nearly ",
    "exactly ",
]


@st.composite
def statements(draw: st.DrawFn) -> str:
    """Draw a number as a person writes it."""
    hedge = draw(st.sampled_from(_HEDGES))
    digits = draw(st.integers(1, 999_999_999).map(lambda number: f"{number:,}"))
    decimals = draw(st.sampled_from(["", "", ".0", ".5", ".25", ".80"]))
    scale = draw(st.sampled_from(["", "", " thousand", " million", " billion"]))
    sign, ending = draw(st.sampled_from([("", ""), ("", ""), ("$", ""), ("", " percent")]))
    if hedge == "" and draw(st.booleans()):
        more = draw(st.integers(10**9, 2 * 10**9))
        return f"between {sign}{digits} and {sign}{more:,}{ending}"
    return f"{hedge}{sign}{digits}{decimals}{scale}{ending}"
