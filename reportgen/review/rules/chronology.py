"""Time: nothing later than the letter, and days by their dates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reportgen.quantities.dates import long_form
from reportgen.review.matter import Finding
from reportgen.review.sourcing import case_of, fact_at, references_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.review.matter import Matter

_RELATIVE: Final = re.compile(
    r"\b(?:yesterday|tomorrow|earlier today|(?:this|last|next) (?:week|month|quarter|year)"
    r"|(?:on|last|this|next) (?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)(?!,)"
    r"|(?:this|last|next) (?:spring|summer|fall|autumn|winter)|recently|(?:day|week|month|year)s? ago)\b",
    re.IGNORECASE,
)


def source_may_be_younger(matter: Matter) -> Iterator[Finding]:
    """Find facts whose sources may all be younger than the letter, as far as their dates say."""
    day = matter.draft.date
    told: set[str] = set()
    for sentence in matter.sentences:
        for address in sentence.assertion.facts:
            case = case_of(address, matter.cases)
            if case is None or address in told:
                continue
            dates = [
                case.sources[reference.id].published
                for reference in references_at(address, matter.cases)
                if reference.id in case.sources
            ]
            if dates and all(each is not None and each.latest > day for each in dates):
                told.add(address)
                youngest = dates[0]
                when = long_form(youngest) if youngest else "an unknown day"
                yield Finding(
                    "source-may-be-younger",
                    f"{address} rests on a source of {when}, which may be after the letter’s "
                    f"{long_form(day)}",
                    "look up the day on which the source was published",
                    sentence,
                )


def stated_after_letter(matter: Matter) -> Iterator[Finding]:
    """Find facts that were stated for a later day than the letter’s."""
    day = matter.draft.date
    for sentence in matter.sentences:
        for said in sentence.said:
            fact = fact_at(said.piece.address, matter.cases)
            if fact is not None and fact.as_of is not None and fact.as_of.earliest > day:
                yield Finding(
                    "stated-after-letter",
                    f"{said.piece.address} is stated as of {long_form(fact.as_of)}, and the "
                    f"letter bears the date {long_form(day)}",
                    "use the value as it stood on the letter’s day, or date the letter later",
                    sentence,
                    said.start,
                    said.end,
                )


def relative_date(matter: Matter) -> Iterator[Finding]:
    """Find days that are named by the day of reading."""
    for sentence in matter.prose:
        match = _RELATIVE.search(sentence.bare)
        if match is not None:
            yield Finding(
                "relative-date",
                f"“{match[0]}” means another day to whoever reads the letter later",
                "write the date",
                sentence,
                *match.span(),
            )
