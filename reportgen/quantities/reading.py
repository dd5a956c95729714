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
from typing import NamedTuple

from reportgen.problems.model import Refusal
from reportgen.quantities.numerals import SCALES, digits, last_place, unspelled
from reportgen.quantities.quantity import DOLLARS, PERCENT, Bounds, Hedge, Quantity

MOST_CHARACTERS = 200
"""The longest statement that is read; a number takes far less."""

_MOST_DIGITS = 18
_MOST_SHOWN = 40

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
_CLOSING = re.compile(r"(?: or (more|fewer|less)|(\+))")
_FIGURE = re.compile(
    r"(?P<money>(?:us)?\$ ?|usd )?"
    r"(?:(?P<whole>[0-9][0-9,]*)(?P<decimals>\.[0-9]+)?|(?P<words>[a-z]+(?:[ -][a-z]+)??))"
    rf"(?: (?P<scale>{'|'.join(SCALES)}|hundred))?"
    r"(?P<unit> ?%| per ?cent| (?:u\.?s\.? )?dollars)?"
)
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+")
_BETWEEN = re.compile(r"between (.+?) and (.+)")
_SPAN = re.compile(r"(?:from )?(.+?)(?: to | ?[-\N{EN DASH}\N{EM DASH}] ?(?=[0-9$]))(.+)")
_INDEFINITE = re.compile(
    r"\b(?:dozens?|hundreds|thousands|millions|billions|trillions|scores|many|several|few|couple"
    r"|half|twice|tens)\b"
)

_WAYS = (
    "write a number in digits, with `million` or `billion` and a hedge if need be: `28,812,345`, "
    "`28.8 million`, `approximately 25,000`, `more than 13 million`, `between 20,000 and 30,000`"
)


class _Figure(NamedTuple):
    """One number without its hedge.

    Attributes:
        value: The number.
        place: The place value of its last stated digit, as a hedge before it takes it.
        rounding: The place to which it is rounded even where no hedge says so; None when exact.
        scale: What its scale word stands for; 1 without one.
        unit: PERCENT, DOLLARS, or empty.
        text: The number as a letter writes it.
    """

    value: Fraction
    place: Fraction
    rounding: Fraction | None
    scale: int
    unit: str
    text: str


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
    # The only letters outside ASCII that are read are dashes and comparison signs.
    text = " ".join(stated[: 2 * MOST_CHARACTERS].split()).lower()
    if len(stated) > 2 * MOST_CHARACTERS or len(text) > MOST_CHARACTERS:
        return _unreadable(stated, f"is longer than {MOST_CHARACTERS} characters")
    if not text:
        return _unreadable(stated, "is empty")
    hedge, phrase, rest = _hedge_of(text)
    figure = _figure_of(rest)
    if isinstance(figure, _Figure):
        return _hedged(hedge, phrase, figure, stated)
    if phrase:
        return figure
    return _read_range(rest, stated) or figure


def _hedge_of(text: str) -> tuple[Hedge, str, str]:
    """Return the hedge, its words as a letter writes them, and the rest of the statement."""
    if opening := _OPENING.match(text):
        words = opening[1]
        return _PHRASES.get(words, Hedge.NONE), _SPOKEN.get(words, words), text[opening.end() :]
    for ending, hedge in (
        (" or more", Hedge.AT_LEAST),
        (" or fewer", Hedge.AT_MOST),
        (" or less", Hedge.AT_MOST),
        ("+", Hedge.AT_LEAST),
    ):
        if text.endswith(ending):
            return hedge, hedge.value, text.removesuffix(ending)
    return Hedge.NONE, "", text


def _hedged(hedge: Hedge, phrase: str, figure: _Figure, stated: str) -> Quantity | Refusal:
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
            return _unreadable(stated, "says less than nothing")
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


def _read_range(text: str, stated: str) -> Quantity | Refusal | None:
    """Read "between 20,000 and 30,000" and "20 to 30 million"; None when it is no range."""
    match = _BETWEEN.fullmatch(text) or _SPAN.fullmatch(text)
    if match is None:
        return None
    low, high = _figure_of(match[1]), _figure_of(match[2])
    if isinstance(low, Refusal) or isinstance(high, Refusal):
        return low if isinstance(low, Refusal) else _unreadable(stated, _NO_FIGURE)
    # "20 to 30 million" says 20 million, "20 to 30 percent" 20 percent.
    if low.scale == 1 and high.scale > 1 and low.value < 1000:
        low = low._replace(value=low.value * high.scale)
    if not (low.unit and high.unit):
        shared = low.unit or high.unit
        low, high = low._replace(unit=shared), high._replace(unit=shared)
    if low.unit != high.unit:
        return _unreadable(stated, "has two units")
    joined = " and " if text.startswith("between ") else " to "
    words = f"{'between ' if joined == ' and ' else ''}{low.text}{joined}{high.text}"
    return _range(low.value, high.value, low.unit, words)


def _read_mapping(stated: Mapping[str, object]) -> Quantity | Refusal:
    """Read {low: 20,000, high: 30,000}; either end may be missing."""
    shown = "{" + ", ".join(f"{key}: {value}" for key, value in list(stated.items())[:4]) + "}"
    ends: dict[str, _Figure] = {}
    for key, value in stated.items():
        if key not in {"low", "high"}:
            return _unreadable(shown, f"has a key `{_cut(str(key))}` beside low and high", _ENDS)
        if value is None:
            continue
        figure = _figure_of(" ".join(str(value)[: 2 * MOST_CHARACTERS].split()).lower())
        if isinstance(figure, Refusal):
            return Refusal(figure.code, figure.message, _ENDS)
        ends[key] = figure
    low, high = ends.get("low"), ends.get("high")
    result: Quantity | Refusal
    if low and high and low.unit != high.unit:
        result = _unreadable(shown, "has two units", _ENDS)
    elif low and high:
        words = f"between {low.text} and {high.text}"
        result = _range(low.value, high.value, low.unit, words)
    elif low:
        result = _hedged(Hedge.AT_LEAST, "at least", low, shown)
    elif high:
        result = _hedged(Hedge.AT_MOST, "at most", high, shown)
    else:
        result = _unreadable(shown, "names neither low nor high", _ENDS)
    return result


def _range(low: Fraction, high: Fraction, unit: str, text: str) -> Quantity | Refusal:
    if low > high:
        return Refusal(
            "bounds-reversed",
            f"`{text}` ends below where it begins",
            "write the lower number first",
        )
    return Quantity(Bounds(low, high), unit=unit, hedge=Hedge.BETWEEN, text=text)


# --- one number ---------------------------------------------------------------------------------

_NO_FIGURE = "is no number that can be read"
_ENDS = "write both ends as numbers: `{low: 20,000, high: 30,000}`; one of them may be left out"


def _figure_of(text: str) -> _Figure | Refusal:
    """Read one number, in lower case and with single spaces, without a hedge."""
    match = _FIGURE.fullmatch(text)
    if match is None:
        return _no_figure(text)
    scale_word = match["scale"]
    scale = 100 if scale_word == "hundred" else SCALES.get(scale_word, 1)
    if match["words"]:
        count = unspelled(match["words"])
        if count is None:
            return _no_figure(text)
        value, said = Fraction(count), match["words"]
        decimals = ""
    else:
        whole, decimals = match["whole"], match["decimals"] or ""
        if reason := _malformed(whole, decimals):
            return _unreadable(text, reason)
        value = Fraction(whole.replace(",", "") + decimals)
        said = digits(int(whole.replace(",", ""))) + decimals
    ending = (match["unit"] or "").strip()
    percent = ending == "%" or ending.startswith("per")
    if match["money"] and ending:
        return _unreadable(text, "has two units")
    unit = PERCENT if percent else DOLLARS if match["money"] or ending else ""
    if decimals:
        place = scale * Fraction(1, 10 ** (len(decimals) - 1))
    else:
        place = scale * (last_place(value) if value else Fraction(1))
    cents = unit == DOLLARS and scale == 1 and len(decimals) == len(".00")
    return _Figure(
        value=value * scale,
        place=place,
        rounding=(
            place
            if scale > 1 or (decimals and not cents)
            # A percentage without a decimal point is stated to the whole percent: 80 percent.
            else Fraction(1)
            if percent
            else None
        ),
        scale=scale,
        unit=unit,
        text="".join(
            (
                "$" if unit == DOLLARS else "",
                said,
                f" {scale_word}" if scale_word else "",
                "%" if ending == "%" else " percent" if percent else "",
            )
        ),
    )


def _malformed(whole: str, decimals: str) -> str | None:
    if not _GROUPED.fullmatch(whole):
        return "is not grouped in threes"
    if len(whole) > 1 and whole[0] == "0":
        return "begins with a zero"
    if len(whole.replace(",", "")) + len(decimals) > _MOST_DIGITS:
        return f"has more than {_MOST_DIGITS} digits"
    return None


def _no_figure(text: str) -> Refusal:
    """Say what keeps the text from being a number, as far as that can be told."""
    if any(character.isdigit() and not character.isascii() for character in text):
        return _unreadable(text, "has digits other than 0 to 9")
    if re.match(r"[-\N{MINUS SIGN}]|minus ", text):
        return _unreadable(text, "is negative; what is counted or measured is not less than 0")
    if word := _INDEFINITE.search(text):
        return _unreadable(
            text,
            f"says `{word[0]}`, which has no bounds of its own",
            "write the bounds that the source bears out: `at least 200`, `{low: 200, high: 999}`",
        )
    if match := re.match(r"[0-9][0-9,.]* (?:[a-z]+ )??(?P<what>[a-z]+)$", text):
        return _unreadable(
            text,
            "has words after the number",
            f"write only the number here; what is counted (`{_cut(match['what'])}`) stands under "
            "`counts`",
        )
    return _unreadable(text, _NO_FIGURE)


def _unreadable(text: str, why: str, way_out: str = _WAYS) -> Refusal:
    return Refusal("quantity-unreadable", f"`{_cut(text)}` {why}", way_out)


def _cut(text: str) -> str:
    """Return the text on one line, and no more of it than a message should hold."""
    text = " ".join(text[: 2 * MOST_CHARACTERS].split())
    return text if len(text) <= _MOST_SHOWN else text[: _MOST_SHOWN - 1] + "…"
