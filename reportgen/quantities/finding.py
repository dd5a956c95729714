"""Finding the numbers of running prose: what a letter must bind to a fact.

Whatever states an amount, a share, a multiple or a date is found, and nothing is found in pieces:
"$25 billion", "20 to 30 percent", "April 22 to June 5, 2026" are one find each. When in doubt a
number is found, since a number overlooked is worse than one that its author has to explain.

Not found, because they state no amount:

- Names: a digit in a word that begins with a letter (Qwen3, AML.T0024.002, SHA256), or joined by a
  hyphen to a word with a capital (NSTM-4, GPT-4, CVE-2026-1234), but for mid-2026 and its like.
  A number that stands apart from its name is found ("Fable 5", "SB 53"), for nobody can tell it
  from a figure; its author binds the name as a whole.
- Addresses of web pages and of mail.
- "one" by itself ("one of the", "no one"), though not in "one million", "one percent", "one-third".
- Ordinals in words ("first", "a third party"), though not in figures ("119th").
- Months by themselves, and vague quantities ("several", "many", "most").
- "zero" and "double" where they begin a compound ("zero-day", "double-check").

"Half", "twice", "doubled", "threefold", "dozens", "hundreds of thousands" state an amount.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What sort of number was found."""

    FIGURE = "figure"
    WORDS = "words"
    PERCENTAGE = "percentage"
    MONEY = "money"
    MULTIPLE = "multiple"
    ORDINAL = "ordinal"
    YEAR = "year"
    DATE = "date"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class Found:
    """A number in a text.

    Attributes:
        start: Where it begins, in characters from 0.
        end: Where it ends, exclusive.
        text: What stands there.
        kind: What sort of number it is.
    """

    start: int
    end: int
    text: str
    kind: Kind


# Every quantifier below is possessive or bounded, and every alternative begins at the beginning of
# a word: no character is looked at more than a fixed number of times, however hostile the text.
# Ranges are joined from their ends afterwards, which keeps the pattern small and quick to compile.

_GAP = r"\s{1,4}"
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_WHOLE = r"(?!\w|[.,:]\d)"
_YEAR = rf"[12]\d{{3}}{_WHOLE}"
_DAY = rf"\d{{1,2}}(?:st|nd|rd|th)?{_WHOLE}"
_UNTIL = rf"(?:\s?[-\u2013\u2014]\s?|,?{_GAP}(?:to|through|until){_GAP})"
_DATE = rf"""
    {_MONTH}(?:{_UNTIL}{_MONTH})?,?{_GAP}(?:{_DAY}(?:{_UNTIL}{_DAY})?(?:,?{_GAP}{_YEAR})?|{_YEAR})
  | {_DAY}(?:{_UNTIL}{_DAY})?{_GAP}(?:of{_GAP})?{_MONTH}(?:,?{_GAP}{_YEAR})?
  | \d{{4}}-(?:0[1-9]|1[0-2])(?:-\d\d(?:T[\d:.]{{4,15}}(?:Z|[+-][\d:]{{4,5}})?)?)?(?![\w-])
  | \d{{1,2}}/\d{{1,2}}/\d{{2,4}}{_WHOLE}
  | [CF]Y\s?\d{{2,4}}{_WHOLE} | Q[1-4]{_GAP}(?:of{_GAP})?{_YEAR}
"""

_ONES = "two|three|four|five|six|seven|eight|nine"
_COUNT = (
    r"(?:(?:four|six|seven|eight|nine)teen|ten|eleven|twelve|thirteen|fifteen"
    rf"|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|{_ONES}|zero(?!-[a-z]))"
)
_SCALE = r"(?:hundred|thousand|million|billion|trillion)"
_PARTS = r"(?:half|third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth|hundredth)"
_CURRENCY = r"(?:[A-Z]{0,3}[$\u20ac\u00a3\u00a5]\s?|(?:USD|EUR|GBP|CNY|RMB)\s)"
_VULGAR = r"[\u00bc-\u00be\u2150-\u215e]"
_EXPONENT = r"(?:\^[-\u2212]?\d++|[\u207a\u207b]?[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]++)"
_POWER = rf"(?:\s?[x\u00d7*]\s?10{_EXPONENT}|{_EXPONENT})"
_FIGURE = (
    rf"(?:(?<![\w%)])[-\u2212])?{_CURRENCY}?"
    rf"(?:\d++(?:[.,:/\u00a0\u202f\u2009]\d++)*+{_VULGAR}?{_POWER}?|{_VULGAR})"
    rf"(?:%|[^\W\d_]\w*+)?(?:[\s-]{_SCALE}\b){{0,2}}+"
)
_SPELLED = rf"""(?i:
    (?:{_COUNT}|(?:one|a)(?=[\s-]{_SCALE}\b)|one(?={_GAP}per\s?cent))
    (?:
        [\s-](?:{_COUNT}|one|{_SCALE})\b
      | (?:(?<=hundred|million|billion)|(?<=thousand|trillion)){_GAP}and{_GAP}{_COUNT}\b
    ){{0,12}}+
  | {_SCALE}
)\b"""
_UNIT = (
    rf"(?:\s?%|{_GAP}(?:per\s?cent\b|percentage{_GAP}points?\b|dollars\b|euros\b|times\b)|-?fold\b)"
)
_AMOUNT = rf"(?:{_FIGURE}|{_SPELLED}){_UNIT}?"
_MULTIPLE = rf"""(?i:
    twice | thrice
  | (?:doubl|tripl|quadrupl|quintupl|halv)(?:e|ed|es|ing)(?!-)
  | (?:{_COUNT}|hundred|thousand)-?fold
)\b"""
_WORDS = rf"""(?i:
    (?:one|{_ONES})(?:-{_PARTS}s?|{_GAP}{_PARTS}(?:s|(?={_GAP}of\b)))
  | an?{_GAP}{_PARTS}(?={_GAP}of\b)
  | half(?:[\s-](?:a[\s-])?(?:{_SCALE}|dozen))?(?!-)
  | (?:an?{_GAP}|{_COUNT}{_GAP})?dozens?
  | (?:(?:tens|dozens|hundreds|thousands|millions){_GAP}of{_GAP})?{_SCALE}s
)\b"""
_NAME = r"""
    (?!(?i:mid|pre|post|sub|non|early|late|circa)-\d)
    (?:[^\W\d_]++\d|[A-Z][^\W\d_]*+(?:-[^\W\d_]++){0,3}+-\d|(?:[A-Z]{1,8}+\.){1,5}+[A-Z]*+\d)
    \w*+(?:[-./:]\w++)*+
"""
_ADDRESS = r"(?:https?://|www\.)[^\s<>]++|[\w.+-]{1,64}+@[\w-]++(?:\.[\w-]++)++"

_PROSE = re.compile(
    rf"""(?<!\w)(?=\w|{_VULGAR}|[-\u2212]?[$\u20ac\u00a3\u00a5]?\s?\d|[-\u2212][A-Z])(?:
        (?P<date>{_DATE})
      | (?P<passed>{_ADDRESS}|{_NAME})
      | (?P<multiple>{_MULTIPLE})
      | (?P<words>{_WORDS})
      | (?P<amount>{_AMOUNT})
    )""",
    re.VERBOSE,
)
_JOINED = re.compile(_UNTIL)
_BETWEEN = re.compile(rf"\bbetween{_GAP}\Z", re.IGNORECASE)
_AND = re.compile(rf"{_GAP}and{_GAP}")
_LONGEST_BETWEEN = len("between") + 5
_AMOUNTS = (
    (
        Kind.PERCENTAGE,
        re.compile(r".*(?:%|per\s?cent|percentage\s+points?)", re.IGNORECASE | re.DOTALL),
    ),
    (Kind.MONEY, re.compile(rf"[-\u2212]?{_CURRENCY}.*|.*(?:dollars|euros)", re.DOTALL)),
    (Kind.MULTIPLE, re.compile(r".*(?:\stimes|-?fold|\dx)", re.IGNORECASE | re.DOTALL)),
    (Kind.ORDINAL, re.compile(r"[\d,]+(?:st|nd|rd|th)")),
    (Kind.YEAR, re.compile(r"[12]\d{3}s?")),
    (Kind.FIGURE, re.compile(r".*\d.*", re.DOTALL)),
)


def find(text: str) -> tuple[Found, ...]:
    """Return the numbers of a text, in order; no two overlap.

    Takes time in proportion to the text's length.
    """
    spans: list[_Span] = []
    for match in _PROSE.finditer(text):
        if match["passed"] is not None:
            continue
        span = _Span(match.start(), match.end(), _kind(match))
        joined = _joined(text, spans[-1], span) if spans else None
        if joined is None:
            spans.append(span)
        else:
            spans[-1] = joined
    return tuple(Found(start, end, text[start:end], kind) for start, end, kind in spans)


class _Span(NamedTuple):
    start: int
    end: int
    kind: Kind


def _kind(match: re.Match[str]) -> Kind:
    if match["amount"] is None:
        return Kind(str(match.lastgroup))
    return next((kind for kind, form in _AMOUNTS if form.fullmatch(match["amount"])), Kind.WORDS)


def _joined(text: str, first: _Span, last: _Span) -> _Span | None:
    """Return the range from the first number to the last; None when they are two numbers."""
    dates = Kind.DATE in {first.kind, last.kind}
    if dates and not {first.kind, last.kind} <= {Kind.DATE, Kind.YEAR}:
        return None
    kind = Kind.DATE if dates else Kind.RANGE
    if _JOINED.fullmatch(text, first.end, last.start) or (
        dates and text[first.end : last.start] == "/"
    ):
        return _Span(first.start, last.end, kind)
    # The word is part of the find, as it says of both numbers what they are.
    before = text[max(0, first.start - _LONGEST_BETWEEN) : first.start]
    between = _BETWEEN.search(before)
    if between and _AND.fullmatch(text, first.end, last.start):
        return _Span(first.start - len(between[0]), last.end, kind)
    return None
