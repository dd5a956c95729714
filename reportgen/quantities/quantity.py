"""A quantity: a number with its unit and the bounds that its statement leaves open.

Arithmetic is interval arithmetic over exact fractions, so no operation ever loses the true value:
if the true inputs lie within their bounds, the true result lies within the result's bounds.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction


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
class Bounds:
    """An interval of exact numbers.

    Attributes:
        low: The greatest lower bound, or None when that side is open to minus infinity.
        high: The least upper bound, or None when that side is open to infinity.
        low_open: Whether `low` itself is outside.
        high_open: Whether `high` itself is outside.
        high_conventional: Whether `high` is only the conventional reading of a floor ("more than
            13 million" is read as below 14 million) and was not stated by anybody.
    """

    low: Fraction | None
    high: Fraction | None
    low_open: bool = False
    high_open: bool = False
    high_conventional: bool = False


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as somebody states it.

    Attributes:
        bounds: What the statement leaves open.
        unit: What is counted or measured ("exchanges", "accounts", "days", "%"); empty for a pure
            number.
        stated: The number that is said; None where only bounds are said or computed.
        step: The place value of the last stated digit (100,000 for "28.8 million"); None when
            exact or computed.
        hedge: How it is said.
        text: The words of the statement, without the unit; empty for a computed quantity.
    """

    bounds: Bounds
    unit: str = ""
    stated: Fraction | None = None
    step: Fraction | None = None
    hedge: Hedge = Hedge.NONE
    text: str = ""
