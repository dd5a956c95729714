"""The signs of a list's items in writing: 1., a., i., as browsers and the printed letter count."""

from __future__ import annotations

from typing import Final

_NUMERALS: Final = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def sign(number: int, depth: int) -> str:
    """Return the sign of item `number` (from 1) of an ordered list within `depth` others."""
    match depth:
        case 0:
            return f"{number}."
        case 1:
            return f"{_letters(number)}."
        case _:
            return f"{_roman(number)}."


def _letters(number: int) -> str:
    """Return a, b, ... z, aa, ab, ...; below 1 there are no letters."""
    if number < 1:
        return str(number)
    letters = ""
    while number > 0:
        number, at = divmod(number - 1, 26)
        letters = f"{chr(ord('a') + at)}{letters}"
    return letters


def _roman(number: int) -> str:
    """Return i, ii, iii, ...; Romans wrote neither 0 nor 4000 so."""
    if not 0 < number < 4000:
        return str(number)
    written = ""
    for value, numeral in _NUMERALS:
        count, number = divmod(number, value)
        written += numeral * count
    return written
