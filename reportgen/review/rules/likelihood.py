"""How likely something is, and how sure whoever says so: two things (ICD 203, section D.6.e).

Confidence is about the evidence and reasoning, likelihood about the event; one sentence has one of
them. The terms of likelihood come in two rows, of which one product uses one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reportgen.review.matter import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.review.matter import Matter

_CONFIDENCE: Final = re.compile(
    r"\b(?:low|moderate|medium|high)(?:[ -]to[ -](?:moderate|high))?[ -]confidence\b"
    r"|\bconfidence is (?:low|moderate|high)\b|\b(?:highly|moderately) confident\b",
    re.IGNORECASE,
)
_FIRST_ROW: Final = (
    r"almost no chance|very unlikely|unlikely|roughly even chance|very likely|likely"
    r"|almost certain(?:ly)?"
)
_SECOND_ROW: Final = (
    r"remote (?:chance|possibility|likelihood)|highly improbable|improbabl[ey]|roughly even odds"
    r"|highly probable|probabl[ey]|nearly certain(?:ly)?"
)
"""The terms of ICD 203, section D.6.e.(2)(a), the two rows of its table."""
_TERMS: Final = re.compile(
    rf"\b(?:(?P<first>{_FIRST_ROW})|(?P<second>{_SECOND_ROW}))\b(?!-)", re.IGNORECASE
)


def likelihood_with_confidence(matter: Matter) -> Iterator[Finding]:
    """Find sentences that say both how likely something is and how sure somebody is."""
    for sentence in matter.prose:
        sure = _CONFIDENCE.search(sentence.bare)
        likely = _TERMS.search(sentence.bare)
        if sure and likely:
            yield Finding(
                "likelihood-with-confidence",
                f"“{sure[0]}” and “{likely[0]}” stand in one sentence: the one is about the "
                "evidence, the other about the event",
                "make two sentences: what is judged to be how likely, and how sure the judgment is",
                sentence,
                *likely.span(),
            )


def likelihood_terms_mixed(matter: Matter) -> Iterator[Finding]:
    """Find a term of likelihood of the other row than those before it."""
    first: tuple[str, str] | None = None
    for sentence in matter.prose:
        for match in _TERMS.finditer(sentence.bare):
            row = match.lastgroup or ""
            if first is None:
                first = (row, match[0])
            elif row != first[0]:
                yield Finding(
                    "likelihood-terms-mixed",
                    f"“{match[0]}” and “{first[1]}” are of two scales of likelihood",
                    "use the terms of one scale throughout: likely, very likely, almost certain; "
                    "or probable, highly probable, nearly certain",
                    sentence,
                    *match.span(),
                )
                return
