from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from reportgen.problems.model import Refusal
from reportgen.quantities.quantity import PERCENT, Bounds, Hedge, Quantity, total
from reportgen.quantities.reading import read

if TYPE_CHECKING:
    from collections.abc import Callable


def stated(text: str, unit: str = "exchanges") -> Quantity:
    quantity = read(text)
    assert isinstance(quantity, Quantity), quantity
    return quantity.with_unit(unit)


def computed(result: Quantity | Refusal) -> Quantity:
    assert isinstance(result, Quantity), result
    return result


DAYS = Quantity.of(45, "days")


def test_a_sum_keeps_the_unit_and_says_nothing_of_its_own() -> None:
    result = computed(stated("28.8 million") + stated("more than 13 million"))
    assert result.unit == "exchanges"
    assert (result.stated, result.step, result.hedge, result.text) == (None, None, Hedge.NONE, "")
    assert result.bounds == Bounds(
        Fraction(41_750_000),
        Fraction(42_850_000),
        low_open=True,
        high_open=True,
        high_conventional=True,
    )


def test_the_total_of_floors_is_a_floor() -> None:
    result = computed(
        total(map(stated, ["more than 150,000", "more than 3.4 million", "more than 13 million"]))
    )
    assert result.bounds.low == 16_550_000
    assert result.bounds.low_open
    assert result.bounds.firm.high is None


def test_the_total_of_one_quantity_is_computed_too() -> None:
    result = computed(total([stated("nearly 25,000")]))
    assert result.text == ""
    assert result.bounds == stated("nearly 25,000").bounds


def test_the_total_of_nothing_is_zero() -> None:
    assert computed(total([])).value == 0


@pytest.mark.parametrize(
    "operation",
    [
        lambda one, other: one + other,
        lambda one, other: one - other,
        lambda one, other: one * other,
        lambda one, other: one / other,
        lambda one, other: total([one, one, other]),
    ],
)
def test_different_units_are_refused(
    operation: Callable[[Quantity, Quantity], Quantity | Refusal],
) -> None:
    refusal = operation(stated("28.8 million"), stated("nearly 25,000", "accounts"))
    assert isinstance(refusal, Refusal)
    assert refusal.code == "different-units"
    assert "`exchanges` and `accounts`" in refusal.message


def test_a_pure_number_is_a_unit_of_its_own() -> None:
    refusal = stated("28.8 million") + Quantity.of(1)
    assert isinstance(refusal, Refusal)
    assert "`exchanges` and a pure number" in refusal.message


def test_pure_numbers_scale_and_keep_the_unit() -> None:
    doubled = stated("28.8 million") * 2
    assert doubled == computed(stated("28.8 million") * Quantity.of(2))
    assert doubled == computed(Quantity.of(2) * stated("28.8 million"))
    assert doubled.bounds.low == 57_500_000
    assert doubled.unit == "exchanges"
    assert computed(doubled / 2).bounds == stated("28.8 million").bounds


def test_a_quotient_of_one_unit_is_a_pure_number() -> None:
    ratio = computed(stated("28.8 million") / stated("more than 13 million"))
    assert ratio.unit == ""
    assert ratio.bounds.high == Fraction(2885, 1300)
    assert ratio.bounds.low_conventional


def test_a_rate_names_one_of_what_it_is_divided_by() -> None:
    rate = computed(Quantity.of(28_800_000, "exchanges").per(DAYS, "day"))
    assert rate.value == 640_000
    assert rate.unit == "exchanges per day"


def test_a_share_becomes_a_percentage_once() -> None:
    share = computed(Quantity.of(3, "cases") / Quantity.of(4, "cases"))
    percentage = computed(share.as_percentage())
    assert percentage.value == 75
    assert percentage.unit == PERCENT
    assert isinstance(percentage.as_percentage(), Refusal)


@pytest.mark.parametrize("divisor", ["0", "at most 5", "approximately 0"])
def test_what_may_be_zero_divides_nothing(divisor: str) -> None:
    for refusal in (
        stated("5") / stated(divisor),
        stated("5").per(stated(divisor, "days"), "day"),
    ):
        assert isinstance(refusal, Refusal)
        assert refusal.code == "division-by-zero"
        assert f"{divisor} " in refusal.message


def test_division_by_the_number_zero_is_refused() -> None:
    refusal = stated("80 percent", PERCENT) / 0
    assert isinstance(refusal, Refusal)
    assert refusal.message == "80 percent cannot be divided by a computed number, which may be zero"


def test_only_exact_numbers_have_a_value() -> None:
    assert stated("28,812,345").exact
    assert stated("28,812,345").value == 28_812_345
    assert not stated("28.8 million").exact
    assert stated("28.8 million").value is None
