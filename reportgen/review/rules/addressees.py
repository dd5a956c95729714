"""Whom the letter speaks to: the committee that it is addressed to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reportgen.review.matter import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.review.matter import Matter

_COMMITTEE: Final = re.compile(
    r"\b(?:(?:[A-Z][\w’]+|on|and|for|the(?= [A-Z])) ){0,6}?(?:[A-Z][\w’]+ )(?:Sub)?[Cc]ommittee\b"
    r"|\bCommittee on (?:[A-Z][\w’]+|,? ?and |,? ?the |, )(?:[A-Z][\w’]+|,? and |,? the |, | of |(?: (?=[A-Z])))*"
)
_PROPER: Final = re.compile(r"[A-Z][\w’]{2,}")
_GENERIC: Final = frozenset(
    {
        "The",
        "This",
        "That",
        "Your",
        "Our",
        "Committee",
        "Subcommittee",
        "Select",
        "United",
        "States",
    }
)


def addressee_mismatch(matter: Matter) -> Iterator[Finding]:
    """Find an opening that speaks to another committee than the letter is addressed to."""
    if not matter.sentences:
        return
    known = {word for name in matter.recipients for word in _PROPER.findall(name)}
    opening = matter.sentences[0].assertion.place
    for sentence in matter.prose:
        if sentence.assertion.place != opening:
            return
        for match in _COMMITTEE.finditer(sentence.bare):
            others = set(_PROPER.findall(match[0])) - known - _GENERIC
            if others and known:
                yield Finding(
                    "addressee-mismatch",
                    f"“{match[0].strip()}” is not whom the letter is addressed to",
                    "print the recipient from the directory: `{{ recipients[0].short }}`",
                    sentence,
                    *match.span(),
                )
