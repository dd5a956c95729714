"""Counts of days: inclusive or elapsed, one of them throughout, and said which.

April 22 to June 5 is 45 days when both ends count, and 44 elapsed; a letter that prints both says
two windows, and one that does not say which leaves the reader to count.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reportgen.quantities.quantity import Quantity
from reportgen.quantities.reading import read
from reportgen.review.matter import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.review.matter import Matter, Sentence

_DAYS: Final = re.compile(
    r"\b(?P<number>\d[\d,]*|[a-z]+(?:-[a-z]+)?)(?:[ -](?:calendar )?days?)\b", re.IGNORECASE
)
_CONVENTION: Final = re.compile(
    r"\binclusive|\belapsed\b|\bboth (?:ends|days|the first and the last)\b"
    r"|\bfirst and (?:the )?last days?\b|\bcounting (?:both|the first)\b|\bincluding both\b",
    re.IGNORECASE,
)


def _counts(matter: Matter) -> Iterator[tuple[Sentence, int, tuple[int, int]]]:
    """Yield each count of days, where it stands."""
    for sentence in matter.sentences:
        if sentence.drawing:
            continue
        for match in _DAYS.finditer(sentence.bare):
            number = read(match["number"])
            if isinstance(number, Quantity) and number.value is not None:
                yield sentence, int(number.value), match.span()


def _windows(matter: Matter) -> frozenset[int]:
    """Return how many days the windows of the cases have, both ends counted."""
    periods = (case.dates.occurred.period for case in matter.cases.values() if case.dates.occurred)
    return frozenset(days for each in periods if (days := each.days) is not None and days > 1)


def day_counts_mixed(matter: Matter) -> Iterator[Finding]:
    """Find a window that is counted with both ends in one place and without in another."""
    windows = _windows(matter)
    seen: dict[int, str] = {}
    for sentence, number, span in _counts(matter):
        words = sentence.text[slice(*span)]
        for other in (number - 1, number + 1):
            inclusive = max(number, other)
            if other in seen and inclusive in windows:
                yield Finding(
                    "day-counts-mixed",
                    f"“{words}” here and “{seen[other]}” before are one window, counted with both "
                    "ends and without",
                    "count it in one way, `stats.days(incident)`, and say so once",
                    sentence,
                    *span,
                )
                return
        seen.setdefault(number, words)


def day_count_unexplained(matter: Matter) -> Iterator[Finding]:
    """Find a count of days in a letter that does not say whether both ends count."""
    if any(_CONVENTION.search(sentence.text) for sentence in matter.sentences):
        return
    windows = _windows(matter)
    for sentence, number, span in _counts(matter):
        if number in windows or number + 1 in windows:
            yield Finding(
                "day-count-unexplained",
                f"“{sentence.text[slice(*span)]}”: nothing says whether the first and the last "
                "day count",
                "add “the first and the last day counted”, or “inclusive”",
                sentence,
                *span,
            )
            return
