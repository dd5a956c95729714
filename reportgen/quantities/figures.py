"""Figures: one number as a person writes it, without its hedge.

In digits with groups of three or none, or in words below one hundred; with a scale word, a percent
sign or dollars. What is ambiguous is refused with a way out, and so is what no letter would say.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

from reportgen.problems.model import Refusal
from reportgen.problems.wording import quoted
from reportgen.quantities.numerals import SCALES, digits, last_place, unspelled
from reportgen.quantities.quantity import DOLLARS, PERCENT

_MOST_DIGITS = 18

_FIGURE = re.compile(
    r"(?P<money>(?:us)?\$ ?|usd )?"
    r"(?:(?P<whole>[0-9][0-9,]*)(?P<decimals>\.[0-9]+)?|(?P<words>[a-z]+(?:[ -][a-z]+)??))"
    rf"(?: (?P<scale>{'|'.join(SCALES)}|hundred))?"
    r"(?P<unit> ?%| per ?cent| (?:u\.?s\.? )?dollars)?"
)
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+")
_INDEFINITE = re.compile(
    r"\b(?:dozens?|hundreds|thousands|millions|billions|trillions|scores|many|several|few|couple"
    r"|half|twice|tens)\b"
)

WAYS = (
    "write a number in digits, with `million` or `billion` and a hedge if need be: `28,812,345`, "
    "`28.8 million`, `approximately 25,000`, `more than 13 million`, `between 20,000 and 30,000`"
)
"""The ways in which a number can be written, for refusals."""


class Figure(NamedTuple):
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

    def in_scale_of(self, other: Figure) -> Figure:
        """Return this number with the scale word of the other, as in "20 to 30 million"."""
        factor = other.scale
        return self._replace(value=self.value * factor, place=self.place * factor)


def read_figure(text: str, shown: str) -> Figure | Refusal:
    """Read one number without its hedge.

    Args:
        text: The number, in lower case and with single spaces.
        shown: The words of the person who wrote it, for a refusal.
    """
    match = _FIGURE.fullmatch(text)
    if match is None:
        return _no_figure(text, shown)
    scale_word = match["scale"]
    scale = 100 if scale_word == "hundred" else SCALES.get(scale_word, 1)
    if match["words"]:
        # "a million" counts one of them; "a" by itself counts nothing.
        count = 1 if scale > 1 and match["words"] == "a" else unspelled(match["words"])
        if count is None:
            return _no_figure(text, shown)
        value, said = Fraction(count), match["words"]
        decimals = ""
    else:
        whole, decimals = match["whole"], match["decimals"] or ""
        if reason := _malformed(whole, decimals, plain=scale == 1 and not match["unit"]):
            return unreadable(shown, reason)
        value = Fraction(whole.replace(",", "") + decimals)
        said = digits(int(whole.replace(",", ""))) + decimals
    ending = (match["unit"] or "").strip()
    percent = ending == "%" or ending.startswith("per")
    if match["money"] and ending:
        return unreadable(shown, "has two units")
    unit = PERCENT if percent else DOLLARS if match["money"] or ending else ""
    if decimals:
        place = scale * Fraction(1, 10 ** (len(decimals) - 1))
    else:
        place = scale * (last_place(value) if value else Fraction(1))
    cents = unit == DOLLARS and scale == 1 and len(decimals) == len(".00")
    return Figure(
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


def _malformed(whole: str, decimals: str, *, plain: bool) -> str | None:
    """Say what is wrong with the digits, or None."""
    if not _GROUPED.fullmatch(whole):
        return "is not grouped in threes"
    if len(whole) > 1 and whole[0] == "0":
        return "begins with a zero"
    if len(whole.replace(",", "") + decimals.lstrip(".")) > _MOST_DIGITS:
        return f"has more than {_MOST_DIGITS} digits"
    # Much of the world groups thousands with points. Nobody states a ratio to the thousandth.
    if plain and len(decimals) == len(".000") and whole != "0":
        return "may be thousands grouped with a point, or a number with three decimals"
    return None


def _no_figure(text: str, shown: str) -> Refusal:
    """Say what keeps the text from being a number, as far as that can be told."""
    if any(character.isdigit() and not character.isascii() for character in text):
        return unreadable(shown, "has digits other than 0 to 9")
    if re.match(r"[-\N{MINUS SIGN}]|minus ", text):
        return unreadable(shown, "is negative; what is counted or measured is not less than 0")
    if any(sign in text for sign in "€£¥₹"):
        return unreadable(shown, "is no amount in US dollars, the one currency that is read")
    if word := _INDEFINITE.search(text):
        return unreadable(
            shown,
            f"says `{word[0]}`, which has no bounds of its own",
            "write the bounds that the source bears out: `at least 200`, `{low: 200, high: 999}`",
        )
    if match := re.match(r"[0-9][0-9,.]* (?:[a-z]+ )??(?P<what>[a-z]+)$", text):
        return unreadable(
            shown,
            "has words after the number",
            f"write only the number here; what is counted, {quoted(match['what'])}, stands under "
            "`counts`",
        )
    return unreadable(shown, "is no number that can be read")


def unreadable(shown: str, why: str, way_out: str = WAYS) -> Refusal:
    """Return the refusal to read what is shown."""
    return Refusal("quantity-unreadable", f"{quoted(shown)} {why}", way_out)
