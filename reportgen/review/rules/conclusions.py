"""Words that draw a legal conclusion: stole, illegal, fraud.

They belong to courts. In a quotation they are another's; as part of a term that the letter defines
they mean what the definition says; anywhere else counsel clears them in place.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reportgen.review.matter import Finding
from reportgen.review.rules.terms import uses
from reportgen.review.rules.vocabulary import denied

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.review.matter import Matter

_WORDS: Final = re.compile(
    r"\b(?:stole|stolen|steal(?:s|ing)?|thefts?|thie(?:f|ves)|illegal(?:ly|ity)?"
    r"|unlawful(?:ly|ness)?|criminal(?:s|ly|ity)?|crimes?|felon(?:y|ies)|espionage"
    r"|conspir(?:e|es|ed|acy|acies|ators?)|prove[sdn]?|guilty|fraud(?:s|ulent|ulently|sters?)?"
    r"|pira(?:cy|ted|tes?)|misappropriat(?:e|es|ed|ion)|sabotage[sd]?)\b",
    re.IGNORECASE,
)
_NEUTRAL: Final = re.compile(
    r"\bfraud (?:teams?|departments?|detection|prevention|controls?|classifiers?|units?)\b"
    r"|\banti-(?:fraud|theft)\b|\bidentity theft\b|\b(?:not|never) (?:yet )?(?:been )?proven?d?\b"
    r"|\bprove[sdn]? (?:to be|in no|difficult|useful|necessary|effective|insufficient|adequate)\b",
    re.IGNORECASE,
)
"""Where such a word draws no conclusion."""
_NAME: Final = re.compile(r"[A-Z][\w’-]*")


def conclusory_word(matter: Matter) -> Iterator[Finding]:
    """Find words that draw a legal conclusion, outside quotations and defined terms."""
    for sentence in matter.sentences:
        text = sentence.bare
        terms = [span for use in uses(matter) if use.sentence is sentence for span in (use.span,)]
        neutral = [match.span() for match in _NEUTRAL.finditer(text)]
        for match in _WORDS.finditer(text):
            if any(start <= match.start() < end for start, end in neutral):
                continue
            defined = any(start <= match.start() and match.end() <= end for start, end in terms)
            if defined or _in_name(text, match) or denied(text, match.start()):
                continue
            yield _finding(match[0], sentence=sentence, start=match.start(), end=match.end())
    defined_terms = {use.term.casefold() for use in uses(matter)}
    for title in matter.titles:
        for match in _WORDS.finditer(title):
            if not any(term in title.casefold() for term in defined_terms):
                yield _finding(match[0], words=title)


def _finding(word: str, **where: object) -> Finding:
    return Finding(
        "conclusory-word",
        f"“{word}” is a legal conclusion, and nobody has drawn it",
        "say what was done: obtained without authorization, in violation of the terms of service; "
        'or have counsel clear it: {{ waive("conclusory-word", "why") }}',
        **where,  # type: ignore[arg-type] # the fields of a finding, as both callers have them
    )


def _in_name(text: str, match: re.Match[str]) -> bool:
    """Whether the word is part of a name: the Computer Fraud and Abuse Act."""
    if not match[0][:1].isupper() or match.start() == 0:
        return False
    before = text[: match.start()].split()[-1:]
    after = text[match.end() :].split()[:1]
    return any(_NAME.match(word) for word in (*before, *after))
