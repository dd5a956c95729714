from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reportgen.quantities.bounds import Bounds
from tests.quantities.bounded import NUMBERS, broken_conventions, truths

Truth = tuple[Bounds, Fraction]


def between(low: int | None, high: int | None, opening: str = "[", closing: str = "]") -> Bounds:
    return Bounds(
        None if low is None else Fraction(low),
        None if high is None else Fraction(high),
        opening == "(",
        closing == ")",
    )


# --- no arithmetic loses the true value -------------------------------------------------------------


@given(truths(), truths())
def test_sums_hold_the_true_sum(one: Truth, other: Truth) -> None:
    assert (one[0] + other[0]).contains(one[1] + other[1])


@given(truths(), truths())
def test_differences_hold_the_true_difference(one: Truth, other: Truth) -> None:
    assert (one[0] - other[0]).contains(one[1] - other[1])


@given(truths(), truths())
def test_products_hold_the_true_product(one: Truth, other: Truth) -> None:
    assert (one[0] * other[0]).contains(one[1] * other[1])


@given(truths(), truths())
def test_quotients_hold_the_true_quotient(one: Truth, other: Truth) -> None:
    assume(not other[0].contains(0))
    assert (one[0] / other[0]).contains(one[1] / other[1])


@given(truths(), NUMBERS)
def test_scaling_by_a_number_holds_the_true_value(one: Truth, factor: Fraction) -> None:
    assert (one[0] * factor).contains(one[1] * factor)
    if factor:
        assert (one[0] / factor).contains(one[1] / factor)


# --- conventional ends --------------------------------------------------------------------------


@given(broken_conventions(), broken_conventions())
def test_firm_results_hold_even_where_the_convention_does_not(one: Truth, other: Truth) -> None:
    assert (one[0] + other[0]).firm.contains(one[1] + other[1])
    assert (one[0] - other[0]).firm.contains(one[1] - other[1])
    assert (one[0] * other[0]).firm.contains(one[1] * other[1])
    if other[1] and not other[0].contains(0):
        assert (one[0] / other[0]).firm.contains(one[1] / other[1])


def floor(low: int, high: int) -> Bounds:
    return Bounds(
        Fraction(low), Fraction(high), low_open=True, high_open=True, high_conventional=True
    )


def test_a_sum_of_floors_is_a_floor() -> None:
    assert floor(13, 14) + floor(3, 4) == floor(16, 18)


def test_a_floor_taken_from_a_number_makes_the_low_end_conventional() -> None:
    assert Bounds.at(20) - floor(13, 14) == -(floor(13, 14) + -20)
    difference = Bounds.at(20) - floor(13, 14)
    assert (difference.low_conventional, difference.high_conventional) == (True, False)


def test_a_floor_as_a_divisor_makes_the_low_end_conventional() -> None:
    quotient = Bounds.at(28) / floor(13, 14)
    assert quotient == Bounds(
        Fraction(2), Fraction(28, 13), low_open=True, high_open=True, low_conventional=True
    )
    assert quotient.firm == Bounds(None, Fraction(28, 13), high_open=True)


def test_nothing_times_a_floor_is_nothing_by_no_convention() -> None:
    assert floor(13, 14) * 0 == Bounds.at(0)


def test_a_factor_below_zero_turns_a_floor_over() -> None:
    assert floor(13, 14) * -1 == -floor(13, 14)
    assert (floor(13, 14) * -1).low_conventional


def test_a_divisor_that_only_convention_keeps_from_zero_leaves_nothing_firm() -> None:
    nearly = Bounds(Fraction(1), Fraction(2), low_conventional=True)
    assert (Bounds.at(6) / nearly).firm == Bounds(None, None)


def test_an_open_side_rests_on_no_convention() -> None:
    bounds = Bounds(None, None, True, True, True, True)
    assert bounds == Bounds(None, None)
    assert not bounds.conventional


# --- ends ---------------------------------------------------------------------------------------


@given(
    *[st.tuples(st.integers(-9, 9), st.integers(-9, 9)).map(sorted).map(tuple) for _ in range(2)]
)
def test_closed_bounds_give_the_nearest_ends(one: tuple[int, int], other: tuple[int, int]) -> None:
    product = between(*one) * between(*other)
    corners = [mine * theirs for mine in one for theirs in other]
    assert product == between(min(corners), max(corners))


@pytest.mark.parametrize(
    ("one", "other", "product"),
    [
        (between(0, 1), between(2, 3, "(", ")"), between(0, 3, "[", ")")),
        (between(0, 1, "(", "]"), between(2, None), between(0, None, "(")),
        (between(0, None), between(0, None), between(0, None)),
        (between(-1, None), between(-1, None), between(None, None)),
        (between(None, -2), between(None, -3), between(6, None)),
        (between(None, None), between(0, 0), between(0, 0)),
        (between(-2, 3, "(", ")"), between(-1, 2), between(-4, 6, "(", ")")),
        (between(-3, 3, "(", "]"), between(-1, 1), between(-3, 3)),
    ],
)
def test_an_end_is_open_only_where_it_is_not_reached(
    one: Bounds, other: Bounds, product: Bounds
) -> None:
    assert one * other == product
    assert other * one == product


@pytest.mark.parametrize(
    ("divisor", "quotient"),
    [
        (between(2, 4), between(3, 6)),
        (between(2, None), between(0, 6, "(", "]")),
        (between(0, 4, "(", "]"), between(3, None)),
        (between(-4, -2), between(-6, -3)),
        (between(None, 0, "[", ")"), between(None, 0, "[", ")")),
    ],
)
def test_division_by_bounds_without_zero(divisor: Bounds, quotient: Bounds) -> None:
    assert Bounds.at(12) / divisor == quotient


@pytest.mark.parametrize(
    "divisor", [between(0, 0), between(0, 1), between(-1, 1), between(None, 3)]
)
def test_division_by_bounds_with_zero_is_an_error(divisor: Bounds) -> None:
    with pytest.raises(ZeroDivisionError):
        Bounds.at(1) / divisor


@pytest.mark.parametrize(
    "ends",
    [
        (2, 1, False, False),
        (1, 1, True, False),
        (1, 1, False, True),
    ],
)
def test_bounds_are_never_empty(ends: tuple[int, int, bool, bool]) -> None:
    low, high, low_open, high_open = ends
    with pytest.raises(ValueError, match="no number"):
        Bounds(Fraction(low), Fraction(high), low_open, high_open)


# --- comparing ----------------------------------------------------------------------------------


@given(truths(), truths())
def test_bounds_overlap_unless_one_lies_above_the_other(one: Truth, other: Truth) -> None:
    above, below = one[0].lies_above(other[0]), one[0].lies_below(other[0])
    assert one[0].overlaps(other[0]) is not (above or below)
    if above:
        assert one[1] > other[1]
    if below:
        assert one[1] < other[1]


@given(truths(), truths())
def test_bounds_within_others_hold_nothing_that_these_do_not(one: Truth, other: Truth) -> None:
    assert one[0].contains(one[1])
    assert one[0].contains(one[0])
    if one[0].contains(other[0]):
        assert one[0].contains(other[1])
        assert one[0].overlaps(other[0])


@pytest.mark.parametrize(
    ("one", "other", "above"),
    [
        (between(3, 4), between(1, 2), True),
        (between(2, 3), between(1, 2), False),
        (between(2, 3, "("), between(1, 2), True),
        (between(2, 3), between(1, 2, "[", ")"), True),
        (between(2, None), between(None, 1), True),
        (between(None, 3), between(0, 1), False),
        (between(5, 5), between(4, None), False),
    ],
)
def test_what_touches_lies_above_only_where_an_end_is_open(
    one: Bounds, other: Bounds, *, above: bool
) -> None:
    assert one.lies_above(other) is above
    assert other.lies_below(one) is above


def test_open_ends_are_outside() -> None:
    assert not between(1, 2, "(").contains(1)
    assert not between(1, 2, "[", ")").contains(2)
    assert between(1, 2).contains(between(1, 2, "(", ")"))
    assert not between(1, 2, "(", ")").contains(between(1, 2))
    assert between(None, None).contains(between(None, 2))
    assert not between(None, 2).contains(between(None, None))
