"""Words that several rules need: what hedges an allegation, what denies one, whom a case accuses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reportgen.cases.model import Rung, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reportgen.cases.model import Actor, Case
    from reportgen.review.matter import Finding, Sentence

UNDECIDED: Final = frozenset({Status.ALLEGED, Status.UNDER_INVESTIGATION, Status.WITHDRAWN})
"""The states of a case in which what it says is an allegation."""

RUNGS: Final = tuple(Rung)
"""The rungs of an attribution, the weakest first."""

ALLEGES: Final = re.compile(
    r"\b(?:alleg(?:e|es|ed|edly|ing|ation|ations)|report(?:s|ed|edly)|according to"
    r"|assess(?:es|ed|ment|ments)?|believe[sd]?|attribut(?:e|es|ed|ion|able)"
    r"|(?:is|are|was|were) said to|stat(?:e|es|ed) that|describe[sd]?|claim(?:s|ed)?|appear(?:s|ed)?"
    r"|suspect(?:s|ed)?|suggest(?:s|ed)?|indicat(?:e|es|ed)|consistent with|accus(?:e|es|ed)"
    r"|on information and belief|likely|probably|possibly|purported(?:ly)?|in (?:its|our|their) (?:view|assessment|judgment)"
    r"|may|might|could|would|if|whether)\b",
    re.IGNORECASE,
)
"""What says that a statement is an allegation, an assessment or a possibility."""

_DENIES: Final = re.compile(
    r"(?:\b(?:not|no|neither|nor|never|nothing)\b|n’t)(?:\W+\w+){0,4}?\W+"
    r"(?:statements?|findings?|assert\w*|claim\w*|alleg\w*|suggest\w*|stat(?:e|es|ed|ing)|say\w*"
    r"|mean\w*|impl\w*|conclu\w*|attribut\w*|contend\w*"
    r"|(?:found|held|ruled|determined|decided|charged|convicted)"
    r"(?= (?:(?:that|to|the|this|any|its?|such|with)\b|(?-i:[A-Z]))))\b",
    re.IGNORECASE,
)


def denied(text: str, position: int) -> bool:
    """Whether what stands at `position` is what the sentence says that it does not state."""
    return any(match.start() < position for match in _DENIES.finditer(text))


def accused(cases: Mapping[str, Case]) -> Iterator[tuple[str, tuple[Case, ...], Actor]]:
    """Yield each name that is accused, the cases that accuse it, and its highest attribution."""
    found: dict[str, list[tuple[Case, Actor]]] = {}
    for case in cases.values():
        for actor in case.actors:
            found.setdefault(actor.name, []).append((case, actor))
    for name, entries in found.items():
        highest = max(
            (actor for _, actor in entries), key=lambda a: RUNGS.index(a.attribution.rung)
        )
        yield name, tuple(case for case, _ in entries), highest


def alternatives(words: Iterable[str]) -> str:
    """Return a pattern of any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


def once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield at most one finding of each code for each sentence: the first."""
    seen: set[tuple[str, Sentence | None]] = set()
    for finding in findings:
        key = (finding.code, finding.sentence)
        if finding.sentence is None or key not in seen:
            seen.add(key)
            yield finding
