"""Superlatives and comparisons: said only if they hold for every value within the bounds.

A multiple is held to more than its digits say, since readers work the ratio out. Without a hedge,
a whole one below ten is read to one decimal place ("twice" is 1.95 to 2.05 times), any other to
its last place; "about" allows half a unit of the last place but never more than a twentieth
("about twice" is 1.9 to 2.1 times), "nearly" and "just over" one unit but never more than a tenth.
"More than twice" holds of everything above twice.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from reportgen.problems.model import Refusal
from reportgen.problems.wording import listed, quoted
from reportgen.quantities import reading
from reportgen.quantities.bounds import Bounds
from reportgen.quantities.numerals import digits, number, rounded, spelled
from reportgen.quantities.quantity import Hedge, Quantity
from reportgen.statistics.measures import comparable, nothing_to_count, total
from reportgen.statistics.model import Comparison, Statistic

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reportgen.statistics.model import Input, Term

_WORDS = {"half": "0.5", "once": "1", "twice": "2", "double": "2", "thrice": "3", "triple": "3"}
_WORD = re.compile(rf"\b({'|'.join(_WORDS)})\b", re.IGNORECASE)
_EXACTLY = ("exactly", "precisely")
_BARELY = ("just", "slightly")
_NOUN = re.compile(r"\s+times\s*$", re.IGNORECASE)


class _Relation(NamedTuple):
    """What is said of two numbers: its sign in a formula, and when it holds for all values."""

    sign: str
    holds: Callable[[Bounds, Bounds], bool]


_GREATER = _Relation(">", Bounds.lies_above)
_LESS = _Relation("<", Bounds.lies_below)


def largest(one: Input, others: Sequence[Input]) -> Comparison | Refusal:
    """Say that `one` is the largest: greater than each of the others whatever the true values.

    Returns:
        The superlative, or a refusal: `nothing-to-count`, `different-units`,
        `comparison-not-borne-out` for a tie, for bounds that overlap, or for a greater one.
    """
    return _superlative("largest", one, others, _GREATER)


def smallest(one: Input, others: Sequence[Input]) -> Comparison | Refusal:
    """Say that `one` is the smallest; as `largest`."""
    return _superlative("smallest", one, others, _LESS)


def more(one: Term, other: Term) -> Comparison | Refusal:
    """Say that `one` is "more than" `other`; refusals as of `largest`."""
    return _pair("more than", one, other, _GREATER)


def fewer(one: Term, other: Term) -> Comparison | Refusal:
    """Say that `one` is "fewer than" `other`; refusals as of `largest`."""
    return _pair("fewer than", one, other, _LESS)


def more_than_together(one: Input, others: Sequence[Input], noun: str = "") -> Comparison | Refusal:
    """Say that `one` is "more than all three together", or "more than both together".

    Args:
        one: What is said to be more.
        others: What it is compared with, added up.
        noun: What the others are called, in the plural: "earlier campaigns" gives "more than all
            three earlier campaigns together".

    Returns:
        The phrase, or a refusal: what `total` refuses of the others, `comparison-not-borne-out`.
    """
    added = total(others)
    if isinstance(added, Refusal):
        return added
    if len(others) == 1:
        return more(one, others[0])
    every = "both" if len(others) == 2 else f"all {spelled(len(others))}"
    words = " ".join(f"more than {every} {noun} together".split())
    return _pair(words, one, added, _GREATER)


def times(one: Term, other: Term, multiple: str | Fraction) -> Comparison | Refusal:
    """Say how many times `other` goes into `one`: "more than twice", "1.8 times".

    Args:
        one: The greater, as a rule.
        other: What it is compared with.
        multiple: The phrase, which is printed as it is given ("twice", "nearly three times", "at
            least 2.2 times"), or the number alone.

    Returns:
        The phrase, or a refusal: `different-units`, `comparison-not-borne-out` with the ratio's
        bounds, or why the phrase is no multiple.
    """
    phrase = multiple if isinstance(multiple, str) else f"{number(multiple)} times"
    read = _read(phrase)
    if isinstance(read, Refusal):
        return read
    allowed = _allowed(read)
    relation = _Relation(phrase, lambda mine, theirs: _within(mine, theirs, allowed))
    return _pair(phrase, one, other, relation)


def _superlative(
    words: str, one: Input, others: Sequence[Input], relation: _Relation
) -> Comparison | Refusal:
    rest = tuple(each for each in others if each.address != one.address)
    refusal = comparable((one, *rest)) if rest else nothing_to_count()
    if refusal is not None:
        return refusal
    held = []
    for each in rest:
        compared = _pair(words, one, each, relation)
        if isinstance(compared, Refusal):
            return replace(compared, help="say only what holds whatever the true values are")
        held.append(compared)
    return Comparison(
        words,
        (one.address, *(each.address for each in rest)),
        "; ".join(each.formula for each in held),
        any(each.conventional for each in held),
    )


def _pair(words: str, one: Term, other: Term, relation: _Relation) -> Comparison | Refusal:
    """Return the phrase if the relation holds, and whether it needs conventional ends to."""
    refusal = comparable((one, other))
    if refusal is not None:
        return refusal
    mine, theirs = one.quantity.bounds, other.quantity.bounds
    if not relation.holds(mine, theirs):
        return _not_borne_out(words, one, other)
    return Comparison(
        words,
        tuple(dict.fromkeys((*one.inputs, *other.inputs))),
        f"{one.formula} ({_range(mine)}) {relation.sign} {other.formula} ({_range(theirs)})",
        conventional=not relation.holds(mine.firm, theirs.firm),
    )


def _read(phrase: str) -> Quantity | Refusal:
    """Read a multiple as the pure number that it is said with."""
    figure = _WORD.sub(lambda word: _WORDS[word[0].casefold()], _NOUN.sub("", phrase.strip()))
    read = reading.read(figure)
    if isinstance(read, Quantity) and not read.unit and read.stated != 0 and read.bounds.high != 0:
        return read
    return Refusal(
        "quantity-unreadable",
        f"{quoted(phrase)} is no multiple",
        "write it as “twice”, “more than 1.8 times”, “between 1.6 and 1.8 times”",
    )


def _allowed(phrase: Quantity) -> Bounds:
    """Return the ratios of which the phrase may be said."""
    said = phrase.stated
    if said is None or phrase.text.startswith(_EXACTLY):
        return phrase.bounds
    unit = phrase.step or Fraction(1)
    tenth = Fraction(1, 10)
    match phrase.hedge:
        case Hedge.MORE_THAN if phrase.text.startswith(_BARELY):
            above = min(unit, said * tenth)
            return Bounds(said, said + above, low_open=True, high_open=True)
        case Hedge.MORE_THAN | Hedge.AT_LEAST:
            return Bounds(said, None, low_open=phrase.hedge is Hedge.MORE_THAN)
        case Hedge.FEWER_THAN | Hedge.AT_MOST:
            return Bounds(None, said, high_open=phrase.hedge is Hedge.FEWER_THAN)
        case Hedge.NEARLY:
            below = min(unit, said * tenth)
            return Bounds(said - below, said, low_open=True, high_open=True)
        case Hedge.APPROXIMATELY:
            aside = min(unit, said * tenth) / 2
        case _:
            aside = (tenth if phrase.step is None and said < 10 else unit) / 2
    return Bounds(said - aside, said + aside)


def _within(mine: Bounds, theirs: Bounds, allowed: Bounds) -> bool:
    """Whether each of mine divided by each of theirs is an allowed ratio.

    Theirs are multiplied instead of mine divided, so that theirs may be zero.
    """
    if theirs.exact and theirs.contains(0):
        return False
    return (
        allowed.low is None or _reaches(mine, theirs * allowed.low, strictly=allowed.low_open)
    ) and (
        allowed.high is None or _reaches(theirs * allowed.high, mine, strictly=allowed.high_open)
    )


def _reaches(one: Bounds, other: Bounds, *, strictly: bool) -> bool:
    """Whether every value of `one` is greater than each of `other`, or equal if not strictly."""
    return one.lies_above(other) or (not strictly and one.low is not None and one.low == other.high)


def _not_borne_out(words: str, one: Term, other: Term) -> Refusal:
    mine, theirs = one.quantity.bounds, other.quantity.bounds
    return Refusal(
        "comparison-not-borne-out",
        f"{quoted(words)} is not borne out: {_named(one)} is {_range(mine)}, {_named(other)} is "
        f"{_range(theirs)}",
        _what_holds(mine, theirs) or "say only what holds whatever the true values are",
    )


def _named(one: Term) -> str:
    if isinstance(one, Statistic):
        return f"the {one.name} of {listed(one.inputs)}"
    return quoted(one.address)


def _what_holds(mine: Bounds, theirs: Bounds) -> str | None:
    """Return the closest multiple that may be said, rounded outward; None where there is none."""
    if theirs.contains(0):
        return None
    quotient = mine / theirs
    if quotient.low is None or quotient.low <= 0 or quotient.high is None:
        return None
    low, high = rounded(quotient.low, 3, toward=-1), rounded(quotient.high, 3, toward=1)
    if low == high:
        return f"what holds is “{digits(low)} times”"
    return f"what holds is “between {digits(low)} and {digits(high)} times”"


def _range(bounds: Bounds) -> str:
    """Return the bounds in words, for formulas and messages."""
    if bounds.low is not None and bounds.exact:
        return number(bounds.low)
    ends = []
    if bounds.low is not None:
        ends.append(f"{'above' if bounds.low_open else 'at least'} {number(bounds.low)}")
    if bounds.high is not None:
        ends.append(f"{'below' if bounds.high_open else 'at most'} {number(bounds.high)}")
    return " and ".join(ends) or "unknown"
