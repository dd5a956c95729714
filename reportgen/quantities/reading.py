"""From a number as a person writes it to a quantity with bounds.

What is read, and the bounds that it leaves open, is the table in docs/quantities.md. The rules:

- A whole number in digits or in words is exact, and so is money to the cent; a number with a
  scale word, a decimal point or a percent sign is rounded to its last stated place, and
  `exactly` before it makes it exact.
- Trailing zeros state no place unless a decimal point stands before them: "approximately 25,000"
  is rounded to the thousand, "30 million" to ten million, "30.0 million" to a hundred thousand.
- A floor ("more than 13 million") is read as below the next number at the same precision, and
  "nearly" as above the one before: a convention, and marked as one. Where the last place is that
  of a single thing ("more than 12") there is no such convention.
- The ends of a range are exactly what is said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

from reportgen.problems.model import Refusal
from reportgen.problems.wording import quoted
from reportgen.quantities.figures import WAYS, Figure, read_figure, unreadable
from reportgen.quantities.quantity import Bounds, Hedge, Quantity

MOST_CHARACTERS = 200
"""The longest statement that is read; a number takes far less."""

_HEDGES = {
    Hedge.APPROXIMATELY: (
        "approximately|about|roughly|some|around|circa|an estimated|estimated|approx.|approx|ca.|~|≈"
    ),
    Hedge.MORE_THAN: (
        "more than|over|above|in excess of|upward of|upwards of|greater than|exceeding"
        "|just over|slightly more than|>"
    ),
    Hedge.AT_LEAST: (
        "at least|no fewer than|no less than|not fewer than|not less than|a minimum of|>=|≥"
    ),
    Hedge.AT_MOST: (
        "at most|up to|as many as|as much as|no more than|not more than|a maximum of|<=|≤"
    ),
    Hedge.FEWER_THAN: "fewer than|less than|under|below|<",
    Hedge.NEARLY: "nearly|almost|just under|slightly less than|slightly fewer than",
}
_PHRASES = {phrase: hedge for hedge, phrases in _HEDGES.items() for phrase in phrases.split("|")}
_SPOKEN = {
    "~": "approximately",
    "≈": "approximately",
    "approx.": "approximately",
    "approx": "approximately",
    "ca.": "approximately",
    ">": "more than",
    ">=": "at least",
    "≥": "at least",
    "<=": "at most",
    "≤": "at most",
    "<": "fewer than",
}
_EXACTLY = ("exactly", "precisely")
_OPENING = re.compile(
    rf"({'|'.join(map(re.escape, sorted([*_PHRASES, *_EXACTLY], key=len, reverse=True)))})"
    r"(?: |(?<=[^a-z]))(?=\S)"
)
_CLOSINGS = {
    " or more": Hedge.AT_LEAST,
    " or fewer": Hedge.AT_MOST,
    " or less": Hedge.AT_MOST,
    "+": Hedge.AT_LEAST,
}
_BETWEEN = re.compile(r"between (.+?) and (.+)")
_SPAN = re.compile(r"(?:from )?(.+?)(?: to | ?[-\N{EN DASH}\N{EM DASH}] ?(?=[0-9$]))(.+)")
_ENDS = "write both ends as numbers: `{low: 20,000, high: 30,000}`; one of them may be left out"


def read(stated: str | Mapping[str, object]) -> Quantity | Refusal:
    """Read a quantity.

    Args:
        stated: The words ("nearly 25,000"), or a mapping of `low` and `high`, of which one may be
            missing; its values are numbers without a hedge.

    Returns:
        The quantity, its unit PERCENT or DOLLARS where the words say so and empty otherwise; or a
        refusal, `quantity-unreadable` or `bounds-reversed`.
    """
    if isinstance(stated, Mapping):
        return _read_mapping(stated)
    if len(stated) > MOST_CHARACTERS:
        return unreadable(stated, f"is longer than {MOST_CHARACTERS} characters")
    text = _plain(stated)
    if not text:
        return Refusal("quantity-unreadable", "the number is missing", WAYS)
    hedge, phrase, rest = _hedge_of(text)
    figure = read_figure(rest, stated)
    if isinstance(figure, Figure):
        return _hedged(hedge, phrase, figure, stated)
    span = _BETWEEN.fullmatch(rest) or _SPAN.fullmatch(rest)
    if span is None:
        return figure
    return _read_range(hedge, phrase, span, stated)


def _plain(text: str) -> str:
    return " ".join(text.split()).lower()


def _hedge_of(text: str) -> tuple[Hedge, str, str]:
    """Return the hedge, its words as a letter writes them, and the rest of the statement."""
    if opening := _OPENING.match(text):
        words = opening[1]
        return _PHRASES.get(words, Hedge.NONE), _SPOKEN.get(words, words), text[opening.end() :]
    for ending, hedge in _CLOSINGS.items():
        if text.endswith(ending):
            return hedge, hedge.value, text.removesuffix(ending)
    return Hedge.NONE, "", text


def _hedged(hedge: Hedge, phrase: str, figure: Figure, stated: str) -> Quantity | Refusal:
    value, place = figure.value, figure.place
    if hedge is Hedge.NONE and figure.rounding:
        place = figure.rounding
    single = place == 1 and figure.rounding is None
    bounds: Bounds
    match hedge:
        case Hedge.NONE if phrase or figure.rounding is None:
            bounds = Bounds.at(value)
        case Hedge.NONE | Hedge.APPROXIMATELY:
            # What is counted or measured is never less than nothing.
            bounds = Bounds(max(value - place / 2, Fraction(0)), value + place / 2)
        case Hedge.MORE_THAN:
            high = None if single else value + place
            bounds = Bounds(value, high, low_open=True, high_open=True, high_conventional=True)
        case Hedge.AT_LEAST:
            bounds = Bounds(value, None)
        case Hedge.AT_MOST:
            bounds = Bounds(None, value)
        case _ if value == 0:
            return unreadable(stated, "says less than nothing")
        case Hedge.FEWER_THAN:
            bounds = Bounds(None, value, high_open=True)
        case _:
            before = _before(value, place)
            bounds = Bounds(
                before, value, low_open=not single, high_open=True, low_conventional=True
            )
    return Quantity(
        bounds,
        unit=figure.unit,
        stated=value,
        step=None if bounds.exact else place,
        hedge=hedge,
        text=f"{phrase} {figure.text}".lstrip(),
    )


def _before(value: Fraction, place: Fraction) -> Fraction:
    """Return the number before `value` at the same precision: 900 before 1,000, not nothing."""
    return value - place if value > place else value - place / 10


def _read_range(hedge: Hedge, phrase: str, span: re.Match[str], stated: str) -> Quantity | Refusal:
    """Read "between 20,000 and 30,000" and "20 to 30 million"."""
    low, high = read_figure(span[1], stated), read_figure(span[2], stated)
    if isinstance(low, Refusal):
        return low
    if isinstance(high, Refusal):
        return high
    if phrase and hedge is not Hedge.APPROXIMATELY:
        return unreadable(stated, "hedges a range", _ENDS)
    # "20 to 30 million" says 20 million, "20 to 30 percent" 20 percent.
    if low.scale == 1 and high.scale > 1 and low.value < 1000:
        low = low.in_scale_of(high)
    if not (low.unit and high.unit):
        shared = low.unit or high.unit
        low, high = low._replace(unit=shared), high._replace(unit=shared)
    if low.unit != high.unit:
        return unreadable(stated, "has two units")
    joined = f"between {low.text} and" if span.re is _BETWEEN else f"{low.text} to"
    words = f"{phrase} {joined} {high.text}".lstrip()
    if hedge is Hedge.APPROXIMATELY:
        floor = max(low.value - low.place / 2, Fraction(0))
        return _range(floor, high.value + high.place / 2, low.unit, words)
    return _range(low.value, high.value, low.unit, words)


def _read_mapping(stated: Mapping[str, object]) -> Quantity | Refusal:
    """Read {low: 20,000, high: 30,000}; either end may be missing."""
    shown = "{" + ", ".join(f"{key}: {value}" for key, value in stated.items()) + "}"
    ends: dict[str, Figure] = {}
    for key, value in stated.items():
        if key not in {"low", "high"}:
            return unreadable(shown, f"has a key {quoted(key)} beside low and high", _ENDS)
        if value is None:
            continue
        figure = read_figure(_plain(str(value)), str(value))
        if isinstance(figure, Refusal):
            return Refusal(figure.code, figure.message, _ENDS)
        ends[key] = figure
    low, high = ends.get("low"), ends.get("high")
    result: Quantity | Refusal
    if low and high and low.unit != high.unit:
        result = unreadable(shown, "has two units", _ENDS)
    elif low and high:
        words = f"between {low.text} and {high.text}"
        result = _range(low.value, high.value, low.unit, words)
    elif low:
        result = _hedged(Hedge.AT_LEAST, "at least", low, shown)
    elif high:
        result = _hedged(Hedge.AT_MOST, "at most", high, shown)
    else:
        result = unreadable(shown, "names neither low nor high", _ENDS)
    return result


def _range(low: Fraction, high: Fraction, unit: str, text: str) -> Quantity | Refusal:
    if low > high:
        return Refusal(
            "bounds-reversed",
            f"{quoted(text)} ends below where it begins",
            "write the lower number first",
        )
    return Quantity(Bounds(low, high), unit=unit, hedge=Hedge.BETWEEN, text=text)
