"""Numerals: how American letters write a number, in figures and in words.

From a million up a round number takes its scale word (28.8 million, never 28,800 thousand); below,
digits stand in groups of three. Words are those for whole numbers below one hundred.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportgen.quantities.bounds import Number

SCALES = {
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
}
"""The scale words and what they stand for."""

_WRITTEN_SCALES = tuple(
    (name, size) for name, size in reversed(SCALES.items()) if size >= SCALES["million"]
)
_MOST_SCALED_DECIMALS = 3
_MOST_DIGITS = 6

_TO_NINETEEN = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]

WORDS = {name: value for value, name in enumerate(_TO_NINETEEN)} | {
    name: value for value, name in zip(range(20, 100, 10), _TENS, strict=True)
}
"""The words of which numbers below one hundred are made, and their values."""


def spelled(count: int) -> str:
    """Return a whole number in words below one hundred ("twenty-five"), above in figures."""
    if not 0 <= count < 100:
        return number(count)
    if count < 20:
        return _TO_NINETEEN[count]
    tens, ones = divmod(count, 10)
    return _TENS[tens - 2] + (f"-{_TO_NINETEEN[ones]}" if ones else "")


def unspelled(words: str) -> int | None:
    """Return the number below one hundred that the words spell, or None: `spelled` reversed."""
    tens, joined, ones = words.casefold().replace("-", " ").partition(" ")
    if not joined:
        return WORDS.get(tens)
    if tens in _TENS and ones in _TO_NINETEEN[1:10]:
        return WORDS[tens] + WORDS[ones]
    return None


def number(value: Number) -> str:
    """Return a number as a letter writes it: 28.8 million, 28,812,345, 25,000, 2.25.

    A number that no such figure gives exactly (one third) is rounded to six significant digits;
    that serves formulas and messages, while `wording` never says such a number without a hedge.
    """
    if value < 0:
        return f"\N{MINUS SIGN}{number(-value)}"
    value = Fraction(value)
    for name, size in _WRITTEN_SCALES:
        decimals = decimals_of(value / size)
        if value >= size and decimals is not None and decimals <= _MOST_SCALED_DECIMALS:
            return f"{_grouped(value / size, decimals)} {name}"
    decimals = decimals_of(value)
    if decimals is None or decimals > _MOST_DIGITS:
        value = rounded(value, _MOST_DIGITS)
        decimals = decimals_of(value) or 0
    return _grouped(value, decimals)


def digits(value: Number) -> str:
    """Return a whole number or a decimal fraction in grouped digits, without a scale word."""
    if value < 0:
        return f"\N{MINUS SIGN}{digits(-value)}"
    value = Fraction(value)
    return _grouped(value, decimals_of(value) or 0)


def figure(value: Fraction, step: Fraction) -> str:
    """Return a number that is not negative written down to the place `step`, zeros and all.

    Trailing zeros without a decimal point state no place. So 28,800,000 to the place of 10,000 is
    "28.80 million"; where no scale word helps (30,000 to the thousand) it is "30,000", which reads
    as a rounder number than it is.
    """
    for name, size in _WRITTEN_SCALES:
        decimals = decimals_of(step / size) or 0
        if value >= size and (decimals <= _MOST_SCALED_DECIMALS or value % (10 * step) == 0):
            return f"{_grouped(value / size, decimals)} {name}"
    return _grouped(value, decimals_of(step) or 0)


def rounded(value: Fraction, count: int, toward: int = 0) -> Fraction:
    """Return a number rounded to `count` significant digits.

    Args:
        value: The number.
        count: How many digits stay, from 1.
        toward: -1 rounds down, 1 rounds up, 0 to the nearest.
    """
    if value == 0:
        return value
    place = Fraction(10) ** (magnitude(value) - count + 1)
    steps = value / place
    if toward == 0:
        return round(steps) * place
    return (-(-steps // 1) if toward > 0 else steps // 1) * place


def magnitude(value: Fraction) -> int:
    """Return the power of ten of the first digit: 4 for 25,000, -1 for 0.5; not for zero."""
    value = abs(value)
    guess = len(str(value.numerator)) - len(str(value.denominator))
    return guess if Fraction(10) ** guess <= value else guess - 1


def last_place(value: Fraction) -> Fraction:
    """Return the place value of the last digit other than zero: 1,000 for 25,000.

    Raises:
        ValueError: When the number has no last digit (one third), or is zero.
    """
    decimals = decimals_of(value)
    if value == 0 or decimals is None:
        raise ValueError("the number has no last digit other than zero")
    whole = int(value * 10**decimals)
    place = Fraction(1, 10**decimals)
    while whole % 10 == 0:
        whole //= 10
        place *= 10
    return place


def decimals_of(value: Fraction) -> int | None:
    """Return how many decimals write the number exactly, or None when no number of them does."""
    rest = value.denominator
    twos = fives = 0
    while rest % 2 == 0:
        rest //= 2
        twos += 1
    while rest % 5 == 0:
        rest //= 5
        fives += 1
    return max(twos, fives) if rest == 1 else None


def _grouped(value: Fraction, decimals: int) -> str:
    whole, rest = divmod(round(value * 10**decimals), 10**decimals)
    return f"{whole:,}" + (f".{rest:0{decimals}}" if decimals else "")
