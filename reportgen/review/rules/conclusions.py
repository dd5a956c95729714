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
    r"|pira(?:cy|ted|tes?)|misappropriat(?:e|es|ed|ion)|sabotage[sd]?|infring(?:e|es|ed|ing|ements?)"
    r"|hack(?:s|ed|ing|ers?)?|extort(?:s|ed|ion)|brib(?:e|es|ed|ery)|launder(?:s|ed|ing)"
    r"|embezzl(?:e|es|ed|ement)|trespass(?:es|ed)?|racketeering|negligen(?:t|tly|ce)|culpab(?:le|ly|ility)"
    r"|breach(?:es|ed)? (?:of )?(?:the |its |their |our )?(?:contracts?|agreements?|dut(?:y|ies)|laws?)"
    r"|violat(?:e|es|ed|ing|ions? of) (?:\w+ ){0,3}?(?:laws?|statutes?|regulations?|rights?|Act))\b",
    re.IGNORECASE,
)
_NEUTRAL: Final = re.compile(
    r"\bfraud (?:teams?|departments?|detection|prevention|controls?|classifiers?|units?)\b"
    r"|\banti-(?:fraud|theft)\b|\bidentity theft\b|\b(?:not|never) (?:yet )?(?:been )?proven?d?\b"
    r"|\b(?:possible|potential|apparent|suspected) (?:violations?|breach(?:es)?|infringements?)\b"
    r"|\b(?:may|might|could)(?: (?:be|have|been|a|the|constitute|amount|to))+ (?:violat|breach|infring)\w*"
    r"|\bprove[sdn]? (?:to be|in no|difficult|useful|necessary|effective|insufficient|adequate)\b",
    re.IGNORECASE,
)
"""Where such a word draws no conclusion."""
_ASKED: Final = re.compile(
    r"\bwhether\b[^.;:,]*\Z"
    r"|\b(?:prohibit(?:s|ed|ing)?|forbid(?:s|den)?|proscrib(?:es|ed)|punish(?:es|ed)?|penaliz(?:es|ed)"
    r"|(?:laws?|rules?|statutes?|protections?) against)(?: [\w’-]+){0,3} \Z",
    re.IGNORECASE,
)
"""What asks for a conclusion, or tells what a rule is about, and does not draw one."""
_CITED: Final = re.compile(r"\b(?:U\.S\.C\.|C\.F\.R\.|CFR)\s[^.;]{0,40}\Z")
"""A citation before a word that is the title of what is cited."""
_JOINING: Final = frozenset({"of", "on", "and", "the", "for", "in", "to", "against"})
"""Small words within a name."""
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
            before = text[: match.start()]
            if _ASKED.search(before) or _CITED.search(before):
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
    before = reversed(text[: match.start()].split())
    after = text[match.end() :].split()
    beside = (next((w for w in words if w not in _JOINING), "") for words in (before, after))
    return any(_NAME.match(word) for word in beside)
