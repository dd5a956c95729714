from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given

from reportgen.quantities.bounds import Bounds
from reportgen.quantities.notation import bounds_of, exact_value, in_figures
from reportgen.quantities.quantity import Quantity
from tests.quantities.bounded import truths


@given(truths())
def test_bounds_come_back_as_they_were_written(drawn: tuple[Bounds, Fraction]) -> None:
    bounds, _ = drawn
    again = bounds_of(exact_value(Quantity(bounds)))
    # An exact number has no conventions left to write.
    assert again == (Bounds(bounds.low, bounds.high) if bounds.exact else bounds)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Fraction(28_812_345), "28812345"),
        (Fraction("-2.25"), "-2.25"),
        (Fraction(1, 3), "1/3"),
        (Fraction(0), "0"),
    ],
)
def test_exact_numbers_are_written_plainly(value: Fraction, written: str) -> None:
    assert exact_value(Quantity.of(value)) == written


def test_anything_at_all_is_two_points() -> None:
    assert exact_value(Quantity(Bounds(None, None))) == ".."
    assert bounds_of("..") == Bounds(None, None)


@pytest.mark.parametrize("text", ["", "28,812,345", "5...6", "<5", "5..6..7", "1/0x", "٣"])
def test_what_was_not_written_here_is_not_read(text: str) -> None:
    with pytest.raises(ValueError, match="exact value"):
        bounds_of(text)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("28812345", "28,812,345"),
        ("-2.25", "-2.25"),
        ("1/3", "1/3"),
        ("28750000..28850000", "28,750,000 to 28,850,000"),
        ("13000000<..<14000000~", "above 13,000,000 and below 14,000,000"),
        ("12<..", "above 12"),
        ("..30000", "at most 30,000"),
        ("..", "any number"),
        ("2026-06-10", "2026-06-10"),
        ("moderate", "moderate"),
    ],
)
def test_people_read_bounds_in_figures(written: str, said: str) -> None:
    assert in_figures(written) == said
