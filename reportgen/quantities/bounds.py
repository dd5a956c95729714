"""Bounds: an interval of exact numbers, and its arithmetic.

Arithmetic is interval arithmetic over fractions, so no operation ever loses the true value: if the
true operands lie within their bounds, the true result lies within the result's bounds. The
operands of one operation are taken to vary independently of each other.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import NamedTuple

Number = int | Fraction
"""An exact number."""


class _Limit(NamedTuple):
    """An end on its way through an operation, in the order of the number line.

    `infinite` is -1, 0 or 1; the value of an infinite limit is 0.
    """

    infinite: int
    value: Fraction
    open: bool

    @property
    def reach(self) -> tuple[int, Fraction, bool]:
        """The key by which a high end reaches further than another."""
        return self.infinite, self.value, not self.open

    def sign(self) -> int:
        """Return -1, 0 or 1."""
        return self.infinite or (self.value > 0) - (self.value < 0)

    def times(self, other: _Limit) -> _Limit:
        """Return the product's limit where both operands go to these limits.

        A zero that is reached makes the product zero whatever the other is. A zero that is only
        approached against an infinity could be anything; the other corners of the product then
        give the true ends, so that zero is a safe answer.
        """
        for limit in (self, other):
            if limit.sign() == 0 and not limit.open:
                return limit
        sign = self.sign() * other.sign()
        if sign == 0 or not (self.infinite or other.infinite):
            return _Limit(0, self.value * other.value, self.open or other.open)
        return _Limit(sign, Fraction(0), open=True)


@dataclass(frozen=True, slots=True)
class Bounds:
    """An interval of exact numbers, never empty.

    Attributes:
        low: The greatest lower bound, or None when that side is open to minus infinity.
        high: The least upper bound, or None when that side is open to infinity.
        low_open: Whether `low` itself is outside.
        high_open: Whether `high` itself is outside.
        low_conventional: Whether `low` rests on the conventional reading of a hedge ("nearly
            25,000" is read as above 24,000) and was not stated by anybody.
        high_conventional: Whether `high` does ("more than 13 million" is read as below
            14 million). In a result an end is conventional when it would be another one without
            the conventional ends of the operands; so a floor as a divisor makes the low end of the
            quotient conventional.

    Raises:
        ValueError: When no number lies between the ends.
    """

    low: Fraction | None
    high: Fraction | None
    low_open: bool = False
    high_open: bool = False
    low_conventional: bool = False
    high_conventional: bool = False

    def __post_init__(self) -> None:
        if self.low is None and (self.low_open or self.low_conventional):
            object.__setattr__(self, "low_open", False)
            object.__setattr__(self, "low_conventional", False)
        if self.high is None and (self.high_open or self.high_conventional):
            object.__setattr__(self, "high_open", False)
            object.__setattr__(self, "high_conventional", False)
        if self.low is None or self.high is None:
            return
        if self.low > self.high or (self.low == self.high and (self.low_open or self.high_open)):
            raise ValueError("no number lies between these bounds")

    @classmethod
    def at(cls, value: Number) -> Bounds:
        """Return the bounds of a number that is known exactly."""
        return cls(Fraction(value), Fraction(value))

    @property
    def exact(self) -> bool:
        """Whether one number only lies within."""
        return self.low is not None and self.low == self.high

    @property
    def conventional(self) -> bool:
        """Whether an end rests on the conventional reading of a hedge."""
        return self.low_conventional or self.high_conventional

    @property
    def firm(self) -> Bounds:
        """The bounds as far as somebody stated them: each conventional end left open."""
        if not self.conventional:
            return self
        return Bounds(
            None if self.low_conventional else self.low,
            None if self.high_conventional else self.high,
            self.low_open,
            self.high_open,
        )

    # --- comparing ------------------------------------------------------------------------------

    def contains(self, other: Bounds | Number) -> bool:
        """Whether the number, or every number within the other bounds, lies within these."""
        other = _bounds(other)
        lower = _low_limit(self) <= _low_limit(other)
        return lower and _high_limit(self).reach >= _high_limit(other).reach

    def lies_above(self, other: Bounds | Number) -> bool:
        """Whether every number within is greater than every number within the other bounds."""
        other = _bounds(other)
        if self.low is None or other.high is None:
            return False
        if self.low == other.high:
            return self.low_open or other.high_open
        return self.low > other.high

    def lies_below(self, other: Bounds | Number) -> bool:
        """Whether every number within is less than every number within the other bounds."""
        return _bounds(other).lies_above(self)

    def overlaps(self, other: Bounds | Number) -> bool:
        """Whether some number lies within both."""
        return not self.lies_above(other) and not self.lies_below(other)

    # --- arithmetic -----------------------------------------------------------------------------

    def __neg__(self) -> Bounds:
        return Bounds(
            None if self.high is None else -self.high,
            None if self.low is None else -self.low,
            self.high_open,
            self.low_open,
            self.high_conventional,
            self.low_conventional,
        )

    def __add__(self, other: Bounds | Number) -> Bounds:
        other = _bounds(other)
        return Bounds(
            None if self.low is None or other.low is None else self.low + other.low,
            None if self.high is None or other.high is None else self.high + other.high,
            self.low_open or other.low_open,
            self.high_open or other.high_open,
            self.low_conventional or other.low_conventional,
            self.high_conventional or other.high_conventional,
        )

    def __sub__(self, other: Bounds | Number) -> Bounds:
        return self + -_bounds(other)

    def __mul__(self, other: Bounds | Number) -> Bounds:
        other = _bounds(other)
        product = _product(self, other)
        if not (self.conventional or other.conventional):
            return product
        return _marked(product, _product(self.firm, other.firm))

    def __truediv__(self, other: Bounds | Number) -> Bounds:
        """Return the bounds of the quotient.

        Raises:
            ZeroDivisionError: When zero lies within the divisor's bounds.
        """
        other = _bounds(other)
        quotient = _product(self, _reciprocal(other))
        if not (self.conventional or other.conventional):
            return quotient
        firm = other.firm
        # Without its conventional end the divisor may reach zero; then nothing firm is left.
        return _marked(
            quotient, _ANYTHING if firm.contains(0) else _product(self.firm, _reciprocal(firm))
        )


_ANYTHING = Bounds(None, None)


def _bounds(value: Bounds | Number) -> Bounds:
    return value if isinstance(value, Bounds) else Bounds.at(value)


def _low_limit(bounds: Bounds) -> _Limit:
    if bounds.low is None:
        return _Limit(-1, Fraction(0), open=True)
    return _Limit(0, bounds.low, bounds.low_open)


def _high_limit(bounds: Bounds) -> _Limit:
    if bounds.high is None:
        return _Limit(1, Fraction(0), open=True)
    return _Limit(0, bounds.high, bounds.high_open)


def _between(low: _Limit, high: _Limit) -> Bounds:
    return Bounds(
        None if low.infinite else low.value,
        None if high.infinite else high.value,
        low.open,
        high.open,
    )


def _marked(bounds: Bounds, firm: Bounds) -> Bounds:
    """Return the bounds, each end conventional that is another one in the firm result."""
    return replace(
        bounds,
        low_conventional=_low_limit(bounds) != _low_limit(firm),
        high_conventional=_high_limit(bounds) != _high_limit(firm),
    )


def _product(one: Bounds, other: Bounds) -> Bounds:
    """Return the product's bounds: its extremes lie where both operands are at an end."""
    corners = [
        mine.times(theirs)
        for mine in (_low_limit(one), _high_limit(one))
        for theirs in (_low_limit(other), _high_limit(other))
    ]
    return _between(min(corners), max(corners, key=lambda limit: limit.reach))


def _reciprocal(divisor: Bounds) -> Bounds:
    if divisor.contains(0):
        raise ZeroDivisionError("zero lies within the divisor's bounds")
    zero = Fraction(0)
    # An infinite end goes to zero, an end at zero (which is outside) to infinity.
    low = zero if divisor.high is None else (1 / divisor.high if divisor.high else None)
    high = zero if divisor.low is None else (1 / divisor.low if divisor.low else None)
    return Bounds(
        low,
        high,
        low is not None and (divisor.high_open or divisor.high is None),
        high is not None and (divisor.low_open or divisor.low is None),
    )
