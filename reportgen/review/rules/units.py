"""What a figure counts: in one word throughout, and a number at one time as that."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reportgen.cases.model import QuantityFact
from reportgen.review.matter import Finding
from reportgen.review.sourcing import fact_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.review.matter import Matter

_TAKEN_FOR_ONE: Final = (
    frozenset(
        {
            "exchange", "request", "query", "prompt", "call", "interaction", "conversation",
            "message", "token", "session",
        }
    ),
    frozenset({"account", "user", "person", "customer", "identity", "subscriber", "individual"}),
    frozenset({"day", "week", "month", "hour"}),
)  # fmt: skip
"""Things that are counted each for itself, and taken for one another."""
_FOLLOWING: Final = 4
"""Within how many words after a figure stands what it counts."""
_AT_ONE_TIME: Final = re.compile(
    r"\b(?:at (?:one|any one|a|the same|its) (?:time|moment|peak)|at peak|simultaneous(?:ly)?"
    r"|concurrent(?:ly)?|peak)\b",
    re.IGNORECASE,
)


def unit_of_another(matter: Matter) -> Iterator[Finding]:
    """Find figures that are said to count something else than their fact does."""
    for sentence in matter.prose:
        for said in sentence.said:
            fact = fact_at(said.piece.address, matter.cases)
            if not isinstance(fact, QuantityFact):
                continue
            counted = {_singular(word) for word in re.findall(r"[a-z]+", fact.counts.lower())}
            following = re.finditer(r"[A-Za-z]+|[.;:,()]", sentence.text[said.end :])
            for position, match in enumerate(following):
                if position >= _FOLLOWING or not match[0].isalpha():
                    break
                noun = _singular(match[0].lower())
                others = next((each for each in _TAKEN_FOR_ONE if noun in each), frozenset())
                own = counted & others
                if own and noun not in own:
                    yield Finding(
                        "unit-of-another",
                        f"“{said.piece.text}” counts {fact.counts}, not {match[0]}",
                        f"say “{fact.counts}”; a figure is only true of what was counted",
                        sentence,
                        said.start,
                        said.end + match.end(),
                    )
                    break
                if own:
                    break


def peak_as_total(matter: Matter) -> Iterator[Finding]:
    """Find numbers at one time that are not said to be that."""
    for sentence in matter.sentences:
        for said in sentence.said:
            fact = fact_at(said.piece.address, matter.cases)
            if not isinstance(fact, QuantityFact) or _AT_ONE_TIME.search(sentence.text):
                continue
            quotes = (reference.quote or "" for reference in fact.source)
            if any(map(_AT_ONE_TIME.search, (fact.counts, fact.label or "", *quotes))):
                yield Finding(
                    "peak-as-total",
                    f"“{said.piece.text}” is a number at one time, and reads as a total",
                    "add “at one time” or “at its peak”, as the source does",
                    sentence,
                    said.start,
                    said.end,
                )


def _singular(word: str) -> str:
    if word == "people":
        return "person"
    return word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")
