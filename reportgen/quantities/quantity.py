"""A quantity: a number with its unit and the bounds that its statement leaves open.

Operations follow the units as well as the bounds: what would count nothing is refused.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, overload

from reportgen.problems.model import Refusal
from reportgen.problems.wording import quoted
from reportgen.quantities.bounds import Bounds, Number

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

__all__ = ["DOLLARS", "PERCENT", "Bounds", "Hedge", "Number", "Quantity", "total"]

PERCENT = "%"
"""The unit of a percentage."""

DOLLARS = "USD"
"""The unit of an amount of money (ISO 4217)."""


class Hedge(StrEnum):
    """How a number is said; the way of saying decides the bounds (design.md, section 5)."""

    NONE = "none"
    APPROXIMATELY = "approximately"
    MORE_THAN = "more than"
    AT_LEAST = "at least"
    AT_MOST = "at most"
    FEWER_THAN = "fewer than"
    NEARLY = "nearly"
    BETWEEN = "between"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as somebody states it, or as it follows from such numbers.

    Operations return a computed quantity, or a `Refusal` where the result would count nothing:
    adding what has different units (`different-units`), dividing by what may be zero
    (`division-by-zero`).

    Attributes:
        bounds: What the statement leaves open.
        unit: What is counted or measured ("exchanges", "accounts", "days", "%", "USD"); empty for
            a pure number.
        stated: The number that is said; None where only bounds are said or computed.
        step: The place value of the last stated digit (100,000 for "28.8 million"); None when
            exact or computed.
        hedge: How it is said.
        text: The words of the statement as a letter writes them, without the unit (but with the
            sign or word of a percentage and of money); empty for a computed quantity.
    """

    bounds: Bounds
    unit: str = ""
    stated: Fraction | None = None
    step: Fraction | None = None
    hedge: Hedge = Hedge.NONE
    text: str = ""

    @classmethod
    def of(cls, value: Number, unit: str = "") -> Quantity:
        """Return a number that is known exactly: a count of days, of cases."""
        return cls(Bounds.at(value), unit)

    @property
    def exact(self) -> bool:
        """Whether the number is known exactly."""
        return self.bounds.exact

    @property
    def value(self) -> Fraction | None:
        """The number, where it is known exactly."""
        return self.bounds.low if self.bounds.exact else None

    def with_unit(self, unit: str) -> Quantity:
        """Return the same statement, of what it counts."""
        return replace(self, unit=unit)

    def __add__(self, other: Quantity) -> Quantity | Refusal:
        if self.unit != other.unit:
            return _different_units("added", self.unit, other.unit)
        return Quantity(self.bounds + other.bounds, self.unit)

    def __sub__(self, other: Quantity) -> Quantity | Refusal:
        if self.unit != other.unit:
            return _different_units("subtracted from one another", self.unit, other.unit)
        return Quantity(self.bounds - other.bounds, self.unit)

    @overload
    def __mul__(self, other: Number) -> Quantity: ...

    @overload
    def __mul__(self, other: Quantity) -> Quantity | Refusal: ...

    def __mul__(self, other: Quantity | Number) -> Quantity | Refusal:
        """Return the product; one factor at least must be a pure number."""
        if not isinstance(other, Quantity):
            return Quantity(self.bounds * other, self.unit)
        if self.unit and other.unit:
            return _different_units("multiplied", self.unit, other.unit)
        return Quantity(self.bounds * other.bounds, self.unit or other.unit)

    def __truediv__(self, other: Quantity | Number) -> Quantity | Refusal:
        """Return the quotient: by a pure number in this unit, by the same unit a pure number.

        A rate (exchanges a day) needs a name for one of what it is divided by: see `per`.
        """
        divisor = other if isinstance(other, Quantity) else Quantity.of(other)
        if divisor.unit not in {"", self.unit}:
            return _different_units("divided by one another", self.unit, divisor.unit)
        return self._over(divisor, "" if divisor.unit else self.unit)

    def per(self, divisor: Quantity, one: str) -> Quantity | Refusal:
        """Return the rate for each one of what the divisor counts.

        Args:
            divisor: Over how many: 45 days.
            one: What a single one of them is called: "day"; the result's unit is
                "exchanges per day".
        """
        return self._over(divisor, f"{self.unit} per {one}".lstrip())

    def as_percentage(self) -> Quantity | Refusal:
        """Return a pure number as a percentage: 0.62 as 62 percent."""
        if self.unit:
            return _different_units("expressed in one another", self.unit, PERCENT)
        return Quantity(self.bounds * 100, PERCENT)

    def _over(self, divisor: Quantity, unit: str) -> Quantity | Refusal:
        if divisor.bounds.contains(0):
            return Refusal(
                "division-by-zero",
                f"{_named(self)} cannot be divided by {_named(divisor)}, which may be zero",
                "divide by a number whose bounds leave zero out",
            )
        return Quantity(self.bounds / divisor.bounds, unit)


def total(quantities: Iterable[Quantity]) -> Quantity | Refusal:
    """Return the sum of quantities of one unit; of no quantities, the pure number zero."""
    result: Quantity | None = None
    for quantity in quantities:
        following = quantity if result is None else result + quantity
        if isinstance(following, Refusal):
            return following
        result = following
    return Quantity.of(0) if result is None else Quantity(result.bounds, result.unit)


def _named(quantity: Quantity) -> str:
    what = quantity.text or "a computed number"
    return f"{what} {quantity.unit}".rstrip() if quantity.unit not in {PERCENT, DOLLARS} else what


def _different_units(done: str, one: str, other: str) -> Refusal:
    names = [quoted(unit) if unit else "a pure number" for unit in (one, other)]
    return Refusal(
        "different-units",
        f"{names[0]} and {names[1]} cannot be {done}",
        "use facts that count the same thing, in the same words",
    )
