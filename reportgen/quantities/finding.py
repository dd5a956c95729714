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

_GAP = r"\s{1,4}"
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_WHOLE = r"(?!\w|[.,:]\d)"
_YEAR = rf"[12]\d{{3}}{_WHOLE}"
_DAY = rf"\d{{1,2}}(?:st|nd|rd|th)?{_WHOLE}"
_UNTIL = rf"(?:\s?[-\u2013\u2014]\s?|{_GAP}(?:to|through|until){_GAP})"
_MONTH_DAY = rf"{_MONTH}{_GAP}{_DAY}(?:,?{_GAP}{_YEAR})?"
_DAY_MONTH = rf"{_DAY}{_GAP}{_MONTH}(?:,?{_GAP}{_YEAR})?"
_ISO = r"\d{4}-(?:0[1-9]|1[0-2])(?:-\d{2}(?:T[\d:.]{4,15}(?:Z|[+-][\d:]{4,5})?)?)?(?![\w-])"
_DATE = rf"""
    {_MONTH_DAY}(?:{_UNTIL}(?:{_MONTH_DAY}|{_DAY}(?:,?{_GAP}{_YEAR})?))?
  | (?i:between){_GAP}(?:{_MONTH_DAY}|{_DAY_MONTH}|{_MONTH}){_GAP}and{_GAP}(?:{_MONTH_DAY}|{_DAY_MONTH}|{_MONTH}{_GAP}{_YEAR})
  | {_DAY_MONTH}(?:{_UNTIL}{_DAY_MONTH})?
  | {_MONTH}(?:,?{_GAP}{_YEAR})?{_UNTIL}{_MONTH},?{_GAP}{_YEAR}
  | {_MONTH},?{_GAP}{_YEAR}
  | {_ISO}(?:{_UNTIL}{_ISO})?
"""

_ONES = "two|three|four|five|six|seven|eight|nine"
_COUNT = (
    rf"(?:(?:four|six|seven|eight|nine)teen|ten|eleven|twelve|thirteen|fifteen"
    rf"|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)|{_ONES}|zero(?!-[a-z]))"
)
_SCALE = r"(?:hundred|thousand|million|billion|trillion)"
_PARTS = r"(?:half|third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth|hundredth)"
_CURRENCY = r"(?:[A-Z]{0,3}[$\u20ac\u00a3\u00a5]\s?|(?:USD|EUR|GBP|CNY|RMB)\s)"
_FIGURE = (
    rf"[-\u2212]?(?:{_CURRENCY})?"
    r"(?:\d++(?:[.,:/\u00a0\u202f\u2009]\d++)*+[\u00bc-\u00be\u2150-\u215e]?|[\u00bc-\u00be\u2150-\u215e])"
    rf"(?:%|[^\W\d_]\w*+)?(?:[\s-]{_SCALE}\b){{0,2}}+"
)
_SPELLED = rf"""(?i:
    (?:(?:{_COUNT}|(?:one|a)(?=[\s-]{_SCALE}\b)|one(?={_GAP}per\s?cent))
       (?:[\s-](?:{_COUNT}|one|{_SCALE})\b|(?:(?<=hundred|million|billion)|(?<=thousand|trillion)){_GAP}and{_GAP}{_COUNT}\b){{0,12}}+
     |{_SCALE})
)\b"""
_UNIT = (
    rf"(?:\s?%|{_GAP}(?:per\s?cent\b|percentage{_GAP}points?\b|dollars\b|euros\b|times\b)|-?fold\b)"
)
_AMOUNT = rf"(?:{_FIGURE}|{_SPELLED})(?:{_UNIT})?"
_MULTIPLE = rf"""(?i:
    twice | thrice
  | (?:doubl|tripl|quadrupl|quintupl|halv)(?:e|ed|es|ing)(?!-)
  | (?:{_COUNT}|hundred|thousand)-?fold
)\b"""
_OTHER_WORDS = rf"""(?i:
    (?:one|{_ONES})-{_PARTS}s?
  | (?:one|{_ONES}){_GAP}{_PARTS}(?:s|(?={_GAP}of\b))
  | an?{_GAP}{_PARTS}(?={_GAP}of\b)
  | half(?:[\s-](?:a[\s-])?(?:{_SCALE}|dozen))?(?!-)
  | (?:an?{_GAP}|{_COUNT}{_GAP})?dozens?
  | (?:(?:tens|dozens|hundreds|thousands|millions){_GAP}of{_GAP})?(?:hundreds|thousands|millions|billions|trillions)
)\b"""
_NAME = r"""
    (?!(?i:mid|pre|post|sub|non|early|late|circa)-\d)
    (?:[^\W\d_]++\d|[A-Z][^\W\d_]*+(?:-[^\W\d_]++){0,3}+-\d|(?:[A-Z]{1,8}+\.){1,5}+[A-Z]*+\d)
    \w*+(?:[-./:]\w++)*+
"""
_ADDRESS = r"(?:https?://|www\.)[^\s<>]++|[\w.+-]{1,64}+@[\w-]++(?:\.[\w-]++)++"

_PROSE = re.compile(
    rf"""(?<!\w)(?=[\w$\u20ac\u00a3\u00a5\u00bc-\u00be\u2150-\u215e\u2212-])(?:
        (?P<passed>{_ADDRESS}|{_NAME})
      | (?P<date>{_DATE})
      | (?P<multiple>{_MULTIPLE})
      | (?P<words>{_OTHER_WORDS})
      | (?P<range>(?i:between){_GAP}{_AMOUNT}{_GAP}and{_GAP}{_AMOUNT}|{_AMOUNT}{_UNTIL}{_AMOUNT})
      | (?P<amount>{_AMOUNT})
    )""",
    re.VERBOSE,
)


def find(text: str) -> tuple[Found, ...]:
    """Return the numbers of a text, in order; no two overlap.

    Takes time in proportion to the text's length.
    """
    return tuple(
        Found(match.start(), match.end(), match[0], _kind(match))
        for match in _PROSE.finditer(text)
        if match.lastgroup != "passed"
    )


_AMOUNTS = (
    (
        Kind.PERCENTAGE,
        re.compile(r".*(?:%|per\s?cent|percentage\spoints?)", re.IGNORECASE | re.DOTALL),
    ),
    (Kind.MONEY, re.compile(rf"[-\u2212]?{_CURRENCY}.*|.*(?:dollars|euros)", re.DOTALL)),
    (Kind.MULTIPLE, re.compile(r".*(?:\stimes|-?fold|\dx)", re.IGNORECASE | re.DOTALL)),
    (Kind.ORDINAL, re.compile(r"[\d,]+(?:st|nd|rd|th)")),
    (Kind.YEAR, re.compile(r"[12]\d{3}s?")),
    (Kind.FIGURE, re.compile(r".*\d.*", re.DOTALL)),
)


def _kind(match: re.Match[str]) -> Kind:
    if match["amount"] is None:
        return Kind(str(match.lastgroup))
    return next((kind for kind, form in _AMOUNTS if form.fullmatch(match[0])), Kind.WORDS)
