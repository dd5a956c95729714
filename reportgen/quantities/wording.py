"""From a quantity to words that its bounds bear out.

Whatever is said here can be read again (`reading.read`), and that reading decides: the bounds of
the words must contain the bounds of the quantity, else the words are refused. Only what somebody
stated bears a phrase out. A floor, "more than 13 million", therefore supports "more than" and
"at least" but never "at most 14 million", although it is conventionally read so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.problems.model import Refusal
from reportgen.problems.wording import quoted
from reportgen.quantities.notation import exact_value
from reportgen.quantities.numerals import decimals_of, digits, figure, number, rounded, spelled
from reportgen.quantities.quantity import DOLLARS, PERCENT, Bounds, Hedge, Quantity
from reportgen.quantities.reading import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from fractions import Fraction

__all__ = [
    "approximately",
    "at_least",
    "at_most",
    "between",
    "exact_value",
    "exactly",
    "fewer_than",
    "more_than",
    "nearly",
    "number",
    "say",
    "spelled",
    "spread",
]

_MOST_DIGITS = 3
_STATED_DIGITS = 18


def say(quantity: Quantity) -> str:
    """Return the quantity in the words of its statement; a computed one in the shortest true words.

    These are the number where it is exact; else "approximately" with as many as three significant
    digits; else its bounds rounded outward: "between", or "more than", "at least" or "at most"
    where somebody stated one end only. The unit is for the prose to write, but a percentage has
    its word and money its sign.
    """
    if quantity.text:
        return quantity.text
    if quantity.value is not None and _few_decimals(quantity.value):
        plain = _in_full(quantity.value, quantity.unit)
        if quantity.value < 0 or _bears_out(quantity, plain):
            return plain
    firm = quantity.bounds.firm
    for hedge in (Hedge.APPROXIMATELY, Hedge.MORE_THAN, Hedge.AT_LEAST, Hedge.AT_MOST):
        if hedge is Hedge.APPROXIMATELY or (firm.low is None) != (firm.high is None):
            words = _borne_out(quantity, hedge, _choices(quantity, hedge))
            if words is not None:
                return words
    return _outward(quantity)


def approximately(quantity: Quantity, at: str | None = None) -> str | Refusal:
    """Say "approximately X": the bounds lie within half a unit of X's last place.

    Args:
        quantity: What is said.
        at: The number to say, such as "28 million". Left out, it is the stated number; for an
            exact or a computed quantity it is found: the nearest of three or two significant
            digits here, and the roundest that holds in the functions below.

    Returns:
        The words, or a refusal `wording-not-borne-out`.
    """
    return _worded(quantity, Hedge.APPROXIMATELY, at)


def more_than(quantity: Quantity, at: str | None = None) -> str | Refusal:
    """Say "more than X": all bounds lie above X, and not beyond the next number of its precision.

    Of a floor only the low end must lie there, since nobody stated the other.
    """
    return _worded(quantity, Hedge.MORE_THAN, at)


def at_least(quantity: Quantity, at: str | None = None) -> str | Refusal:
    """Say "at least X": no number within the bounds is less than X."""
    return _worded(quantity, Hedge.AT_LEAST, at)


def at_most(quantity: Quantity, at: str | None = None) -> str | Refusal:
    """Say "at most X": no number within the bounds is greater than X."""
    return _worded(quantity, Hedge.AT_MOST, at)


def nearly(quantity: Quantity, at: str | None = None) -> str | Refusal:
    """Say "nearly X": all bounds lie below X, and above the number before it."""
    return _worded(quantity, Hedge.NEARLY, at)


def fewer_than(quantity: Quantity, at: str | None = None) -> str | Refusal:
    """Say "fewer than X": every number within the bounds is less than X."""
    return _worded(quantity, Hedge.FEWER_THAN, at)


def exactly(quantity: Quantity, at: str | None = None) -> str | Refusal:
    """Say "exactly X": the number is known exactly, and is X."""
    if at is None:
        if quantity.value is None or not _few_decimals(quantity.value):
            return _refused("exactly", quantity)
        said: str | Refusal = _in_full(quantity.value, quantity.unit)
    else:
        said = _named(at, quantity)
    if isinstance(said, Refusal):
        return said
    words = f"exactly {said}"
    return words if _bears_out(quantity, words) else _refused(words, quantity)


def between(quantity: Quantity, at: str | None = None) -> str | Refusal:
    """Say "between X and Y": the bounds lie within.

    Args:
        quantity: What is said.
        at: Both numbers, as in "20,000 and 30,000"; left out, the bounds rounded outward.
    """
    if at is None:
        firm = quantity.bounds.firm
        if quantity.exact or firm.low is None or firm.high is None:
            return _refused("between", quantity)
        words = _outward(quantity)
    else:
        reading = read(f"between {at.strip().removeprefix('between ').replace(' to ', ' and ')}")
        if isinstance(reading, Refusal):
            return reading
        if reading.unit not in {"", quantity.unit}:
            return _other_unit(at, quantity)
        words = reading.text
        if not reading.unit and quantity.unit in {PERCENT, DOLLARS}:
            words = _outward(reading.with_unit(quantity.unit))
    return words if _bears_out(quantity, words) else _refused(words, quantity)


# --- choosing -----------------------------------------------------------------------------------


def _worded(quantity: Quantity, hedge: Hedge, at: str | None) -> str | Refusal:
    """Return "<hedge> <number>" with the number named or, where none is, one that holds."""
    if at is None:
        choices = tuple(_choices(quantity, hedge))
    else:
        said = _named(at, quantity)
        if isinstance(said, Refusal):
            return said
        choices = (said,)
    words = _borne_out(quantity, hedge, choices)
    if words is not None:
        return words
    return _refused(f"{hedge} {choices[0]}" if choices else hedge, quantity)


def _borne_out(quantity: Quantity, hedge: Hedge, choices: Iterable[str]) -> str | None:
    """Return the words with the first of the numbers for which they hold."""
    return next(
        (f"{hedge} {choice}" for choice in choices if _bears_out(quantity, f"{hedge} {choice}")),
        None,
    )


def _choices(quantity: Quantity, hedge: Hedge) -> Iterator[str]:
    """Yield the numbers that may be said, the one to be preferred first."""
    low, high = quantity.bounds.low, quantity.bounds.high
    if quantity.stated is not None and quantity.step is not None:
        yield _with_unit(figure(quantity.stated, quantity.step), quantity.unit)
    elif hedge is Hedge.APPROXIMATELY:
        if low is not None and high is not None:
            for count in (_MOST_DIGITS, 2):
                yield _with_unit(number(rounded((low + high) / 2, count)), quantity.unit)
    elif hedge in {Hedge.MORE_THAN, Hedge.AT_LEAST}:
        if low is not None:
            for count in (2, _MOST_DIGITS):
                yield _with_unit(number(rounded(low, count, toward=-1)), quantity.unit)
    elif high is not None:
        for count in (2, _MOST_DIGITS):
            yield _with_unit(number(rounded(high, count, toward=1)), quantity.unit)


def _named(at: str, quantity: Quantity) -> str | Refusal:
    """Return the number that the author names, with the unit of the quantity."""
    reading = read(at)
    if isinstance(reading, Refusal):
        return reading
    if reading.hedge is not Hedge.NONE:
        return Refusal(
            "quantity-unreadable",
            f"{quoted(at)} is more than a number",
            "name the number alone, such as `28 million`; the hedge is added",
        )
    if reading.unit == quantity.unit:
        return reading.text
    return _other_unit(at, quantity) if reading.unit else _with_unit(reading.text, quantity.unit)


def _other_unit(at: str, quantity: Quantity) -> Refusal:
    return Refusal(
        "different-units",
        f"{quoted(at)} and {quoted(say(quantity))} have different units",
        "name a number of the same unit, or the number alone",
    )


def _bears_out(quantity: Quantity, words: str) -> bool:
    """Whether the words, read again, hold for every number within the bounds.

    Neither side may rest on the conventional reading of a hedge, so the firm bounds must hold too.
    Of a floor, or a ceiling, only its own end must lie near the number that is said.
    """
    reading = read(words)
    if isinstance(reading, Refusal):
        return False
    said, bounds = reading.bounds, quantity.bounds
    if not said.firm.contains(bounds.firm):
        return False
    if said.high_conventional and bounds.firm.high is None and bounds.low is not None:
        return said.contains(Bounds(bounds.low, bounds.low)) or (
            said.low == bounds.low and bounds.low_open
        )
    if said.low_conventional and bounds.firm.low is None and bounds.high is not None:
        return said.contains(Bounds(bounds.high, bounds.high)) or (
            said.high == bounds.high and bounds.high_open
        )
    return said.contains(bounds)


# --- writing ------------------------------------------------------------------------------------


def _outward(quantity: Quantity) -> str:
    """Return the bounds as words: as they are said, or rounded outward to three digits."""
    bounds = quantity.bounds.firm
    if bounds.low is None and bounds.high is None:
        # Nobody stated either end; what is left is the conventional reading.
        bounds = quantity.bounds
    count = _STATED_DIGITS if quantity.hedge is Hedge.BETWEEN else _MOST_DIGITS
    low = None if bounds.low is None else number(rounded(bounds.low, count, toward=-1))
    high = None if bounds.high is None else number(rounded(bounds.high, count, toward=1))
    if low is None and high is None:
        return "an unknown number"
    if high is None:
        return f"at least {_with_unit(low or '', quantity.unit)}"
    high = _with_unit(high, quantity.unit)
    if low is None:
        return f"at most {high}"
    return (
        f"between {_with_unit(low, quantity.unit if quantity.unit == DOLLARS else '')} and {high}"
    )


def _with_unit(said: str, unit: str) -> str:
    """Return the number with the sign of money or the word of a percentage."""
    if unit == DOLLARS:
        minus = "\N{MINUS SIGN}" if said.startswith("\N{MINUS SIGN}") else ""
        return f"{minus}${said.removeprefix(minus)}"
    return f"{said} percent" if unit == PERCENT else said


def _in_full(value: Fraction, unit: str) -> str:
    """Return an exact number in digits; money that has cents with both of their digits."""
    dimes = unit == DOLLARS and decimals_of(value) == 1
    return _with_unit(digits(value) + "0" * dimes, unit)


def _few_decimals(value: Fraction) -> bool:
    decimals = decimals_of(value)
    return decimals is not None and decimals <= _MOST_DIGITS


def _refused(words: str, quantity: Quantity) -> Refusal:
    said = say(quantity)
    return Refusal(
        "wording-not-borne-out",
        f"{quoted(words)} is not borne out: the number {spread(quantity)}",
        f"say {quoted(said)}" + (", as the source does" if quantity.text else ""),
    )


def spread(quantity: Quantity) -> str:
    """Say where the number lies, for a message or the index: "is above 13 and below 14 million"."""
    bounds = quantity.bounds
    if bounds.exact and bounds.low is not None:
        return f"is {_with_unit(number(bounds.low), quantity.unit)}"
    ends = []
    if bounds.low is not None:
        end = f"{'above' if bounds.low_open else 'at least'} "
        end += _with_unit(number(bounds.low), quantity.unit)
        ends.append(f"by convention {end}" if bounds.low_conventional else end)
    if bounds.high is not None:
        end = f"{'below' if bounds.high_open else 'at most'} "
        end += _with_unit(number(bounds.high), quantity.unit)
        ends.append(f"by convention {end}" if bounds.high_conventional else end)
    return f"is {' and '.join(ends)}" if ends else "may be anything"
