"""Superlatives: known to whom, as of when; and growth: over what."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reportgen.letters.draft import Binding
from reportgen.quantities.finding import Kind, find
from reportgen.review.matter import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.review.matter import Matter, Sentence

_SUPERLATIVE: Final = re.compile(
    r"\b(?:largest|biggest|greatest|highest|longest|worst|gravest|broadest|widest|fastest"
    r"|smallest|lowest|costliest|most (?:serious|extensive|significant|sophisticated|brazen|severe"
    r"|damaging|aggressive|advanced|consequential|prolific|flagrant|egregious)"
    r"|unprecedented|unparalleled|never before|first[- ]ever|first of (?:its|their) kind"
    r"|(?:the|its|their) only|first such|first time (?:that|in)"
    r"|first (?:incident|campaign|case|attack|instance)s? (?:of (?:its|this|that) kind|in history|ever)"
    r"|no (?:larger|bigger|greater|comparable|similar) (?:campaign|incident|attack|case|operation)s?)"
    r"\b",
    re.IGNORECASE,
)
_KNOWN: Final = re.compile(
    r"\b(?:known|identified|observed|measured|detected|recorded)\b", re.IGNORECASE
)
_AS_OF: Final = re.compile(r"\b(?:to date|as of|so far|up to|by|until|since)\b", re.IGNORECASE)
_IDIOM: Final = re.compile(
    r"\b(?:highest|greatest|utmost) (?:degree|level|standards?|care|importance|priority|respect)"
    r"|\b(?:the|its|their) only (?:purpose|reason|question|exception|way|means|one of its)\b"
    r"|\bhighest court\b|\b[Oo]ur (?:largest|biggest|greatest|highest|longest|lowest|smallest)\b"
    r"|\bat (?:the )?(?:lowest|highest) level|\bto the greatest extent|\blowest common denominator",
    re.IGNORECASE,
)


def superlative_unscoped(matter: Matter) -> Iterator[Finding]:
    """Find superlatives that are neither proved nor said to be known to somebody as of a day."""
    for sentence in matter.prose:
        text = sentence.bare
        idioms = [match.span() for match in _IDIOM.finditer(text)]
        for match in _SUPERLATIVE.finditer(text):
            if any(start <= match.start() < end for start, end in idioms):
                continue
            if _proved(sentence, match) or (_KNOWN.search(text) and _AS_OF.search(text)):
                continue
            yield Finding(
                "superlative-unscoped",
                f"“{match[0]}” does not say known to whom, as of when",
                "let the template prove it, `stats.largest(…)`, or write “the largest known to us "
                "as of …”",
                sentence,
                *match.span(),
            )


def _proved(sentence: Sentence, match: re.Match[str]) -> bool:
    return any(
        said.piece.binding is Binding.COMPARISON
        and said.start <= match.start()
        and match.end() <= said.end
        for said in sentence.said
    )


_GROWTH: Final = re.compile(
    r"\b(?:increas(?:e|es|ed)|grew|grown|growth|rose|risen|doubled|tripled|quadrupled|decreas(?:e|es|ed)"
    r"|declin(?:e|es|ed) (?:by|of)|fell|dropped|up|more|higher|larger|fewer|lower|smaller)\b",
    re.IGNORECASE,
)
_BASE: Final = re.compile(
    r"\b(?:than|over|from|since|against|compared (?:with|to)|relative to|the size of|previous(?:ly)?"
    r"|earlier|as (?:large|many|much|high) as|that of|those of)\b",
    re.IGNORECASE,
)
_HEDGE: Final = re.compile(r"\b(?:more|less|fewer|greater) than\s+\Z", re.IGNORECASE)
_RATES: Final = frozenset({Kind.PERCENTAGE, Kind.MULTIPLE})


def growth_without_base(matter: Matter) -> Iterator[Finding]:
    """Find a growth in percent or in multiples that does not say over what."""
    for sentence in matter.prose:
        text = sentence.bare
        rate = next((found for found in find(text) if found.kind in _RATES), None)
        if rate is None or not _GROWTH.search(text):
            continue
        # "More than doubled" names no base, "more than in February" does.
        around = f"{_HEDGE.sub('', text[: rate.start])} {text[rate.end :]}"
        if not _BASE.search(around):
            yield Finding(
                "growth-without-base",
                f"“{rate.text}” does not say compared with what",
                "name the base: “over the … of …”; a growth is only true of its base",
                sentence,
                rate.start,
                rate.end,
            )
