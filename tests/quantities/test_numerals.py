from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.quantities.numerals import (
    digits,
    figure,
    last_place,
    magnitude,
    number,
    rounded,
    spelled,
    unspelled,
)
from reportgen.quantities.quantity import Quantity
from reportgen.quantities.reading import read

POSITIVE = st.fractions(Fraction(1, 10**6), 10**15, max_denominator=10**6)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("0", "0"),
        ("25000", "25,000"),
        ("999999", "999,999"),
        ("1000000", "1 million"),
        ("28800000", "28.8 million"),
        ("28812000", "28.812 million"),
        ("28812345", "28,812,345"),
        ("1005000000", "1.005 billion"),
        ("1234567000", "1,234.567 million"),
        ("2.25", "2.25"),
        ("0.05", "0.05"),
        ("1/3", "0.333333"),
        ("2/3000000000", "0.000000000666667"),
        ("-5", "\N{MINUS SIGN}5"),
        ("-28800000", "\N{MINUS SIGN}28.8 million"),
    ],
)
def test_numbers_as_letters_write_them(value: str, written: str) -> None:
    assert number(Fraction(value)) == written


def test_negative_digits_keep_their_size() -> None:
    assert digits(Fraction("-2.5")) == "\N{MINUS SIGN}2.5"


@given(st.integers(0, 99))
def test_what_is_spelled_is_read_again(count: int) -> None:
    assert unspelled(spelled(count)) == count
    quantity = read(spelled(count))
    assert isinstance(quantity, Quantity)
    assert quantity.value == count


def test_numbers_above_ninety_nine_are_not_spelled() -> None:
    assert (spelled(99), spelled(100), spelled(28_812_345)) == ("ninety-nine", "100", "28,812,345")


@pytest.mark.parametrize("words", ["", "one two", "twenty ten", "ten one", "twenty-", "hundred"])
def test_what_spells_no_number(words: str) -> None:
    assert unspelled(words) is None


@given(st.integers(1, 10**12), st.integers(0, 9))
def test_figures_and_bounds_agree_at_every_rounding_place(value: int, places: int) -> None:
    """A number written to a place is read as rounded to that place, and holds what it was."""
    place = Fraction(10) ** (places - 3)
    stated = round(Fraction(value, 1000) / place) * place
    if not stated:
        return
    written = figure(stated, place)
    quantity = read(f"approximately {written}")
    if not isinstance(quantity, Quantity):
        # 25.000 is refused, for it might be 25,000.
        assert places == 0
        return
    assert quantity.stated == stated
    assert quantity.step is not None
    # Zeros that no decimal point states are dropped; a scale word gives it its point.
    assert quantity.step >= place
    if stated >= 10**6 or place < 1:
        assert quantity.step == place or stated % (10 * place) == 0
    assert quantity.bounds.contains(Fraction(value, 1000))


@given(POSITIVE, st.integers(1, 6))
def test_rounding_goes_where_it_is_sent(value: Fraction, count: int) -> None:
    place = Fraction(10) ** (magnitude(value) - count + 1)
    down, nearest, up = (rounded(value, count, toward) for toward in (-1, 0, 1))
    assert down <= value <= up
    assert up - down <= place
    assert abs(nearest - value) <= place / 2
    assert {down % place, nearest % place, up % place} == {0}


@given(POSITIVE)
def test_the_magnitude_is_that_of_the_first_digit(value: Fraction) -> None:
    power = Fraction(10) ** magnitude(value)
    assert power <= value < 10 * power
    assert magnitude(-value) == magnitude(value)


@pytest.mark.parametrize(("value", "place"), [("25000", "1000"), ("2.50", "0.1"), ("7", "1")])
def test_the_last_place_is_that_of_the_last_digit_other_than_zero(value: str, place: str) -> None:
    assert last_place(Fraction(value)) == Fraction(place)


@pytest.mark.parametrize("value", ["0", "1/3"])
def test_some_numbers_have_no_last_place(value: str) -> None:
    with pytest.raises(ValueError, match="no last digit"):
        last_place(Fraction(value))
