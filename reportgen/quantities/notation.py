"""Notation: the bounds of a quantity as machines write them, and back; and as people read them."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from reportgen.quantities.bounds import Bounds
from reportgen.quantities.numerals import decimals_of, digits

if TYPE_CHECKING:
    from reportgen.quantities.quantity import Quantity

_END = r"-?[0-9]+(?:\.[0-9]+|/[0-9]+)?"
_EXACT_VALUE = re.compile(
    rf"(?P<exact>{_END})"
    rf"|(?:(?P<low>{_END})(?P<low_conventional>~)?(?P<low_open><)?)?"
    rf"\.\.(?:(?P<high_open><)?(?P<high>{_END})(?P<high_conventional>~)?)?"
)


def exact_value(quantity: Quantity) -> str:
    """Return the bounds as a machine reads them: the value of a `data` element.

    An exact number is itself, "28812345" (or "2.25", or "1/3"); anything else is "low..high" with
    an open side left empty, `<` beside an end that is itself outside, and `~` after an end that is
    conventional: "28750000..28850000", "13000000<..<14000000~", "..30000".
    """
    bounds = quantity.bounds
    if bounds.exact and bounds.low is not None:
        return _machine(bounds.low)
    low = high = ""
    if bounds.low is not None:
        low = _machine(bounds.low) + "~" * bounds.low_conventional + "<" * bounds.low_open
    if bounds.high is not None:
        high = "<" * bounds.high_open + _machine(bounds.high) + "~" * bounds.high_conventional
    return f"{low}..{high}"


def bounds_of(value: str) -> Bounds:
    """Return the bounds that `exact_value` wrote.

    Raises:
        ValueError: When it wrote no such text.
    """
    match = _EXACT_VALUE.fullmatch(value)
    if match is None:
        raise ValueError("not written as an exact value: 28812345 or 28750000..28850000")
    if match["exact"]:
        return Bounds.at(Fraction(match["exact"]))
    return Bounds(
        Fraction(match["low"]) if match["low"] else None,
        Fraction(match["high"]) if match["high"] else None,
        bool(match["low_open"]),
        bool(match["high_open"]),
        bool(match["low_conventional"]),
        bool(match["high_conventional"]),
    )


def in_figures(value: str) -> str:
    """Return what `exact_value` wrote as people read it: "28,750,000 to 28,850,000".

    Anything else, a date or words, is returned as it is.
    """
    try:
        bounds = bounds_of(value)
    except ValueError:
        return value
    low, high = (None if end is None else _read(end) for end in (bounds.low, bounds.high))
    if bounds.exact and low is not None:
        return low
    if low is not None and high is not None and not (bounds.low_open or bounds.high_open):
        return f"{low} to {high}"
    ends = []
    if low is not None:
        ends.append(f"{'above' if bounds.low_open else 'at least'} {low}")
    if high is not None:
        ends.append(f"{'below' if bounds.high_open else 'at most'} {high}")
    return " and ".join(ends) or "any number"


def _read(value: Fraction) -> str:
    if decimals_of(value) is None:
        return f"{value.numerator:,}/{value.denominator:,}"
    return f"{'-' if value < 0 else ''}{digits(abs(value))}"


def _machine(value: Fraction) -> str:
    decimals = decimals_of(value)
    if decimals is None:
        return f"{value.numerator}/{value.denominator}"
    sign = "-" if value < 0 else ""
    return sign + digits(abs(value)).replace(",", "")
