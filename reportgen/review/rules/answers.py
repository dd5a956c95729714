"""What the accused said: when, and one thing at a time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reportgen.cases.model import Answer
from reportgen.quantities.finding import Kind, find
from reportgen.review.matter import Finding
from reportgen.review.rules.vocabulary import accused, alternatives

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.cases.model import Response
    from reportgen.review.matter import Matter, Sentence

_ANSWERS: Final = re.compile(
    r"\b(?:(?:has|have|had|did) not (?:yet |immediately |publicly )?"
    r"(?:respond|repl(?:y|ied)|answer|comment)\w*"
    r"|(?:has|have|had) yet to (?:respond|reply|answer|comment)|declin(?:e|es|ed) to comment"
    r"|refus(?:e|es|ed) to comment|den(?:y|ies|ied)|disput(?:e|es|ed)|reject(?:s|ed)"
    r"|(?:gave|made|offered|issued|holds) no (?:response|reply|answer|comment|statement))\b",
    re.IGNORECASE,
)
_SAYS: Final = (
    r"(?: (?:itself|has|have|had|also|publicly|later|since))* (?:says?|said|stat(?:es|ed)|told|call(?:s|ed)"
    r"|maintain(?:s|ed)|insist(?:s|ed)|contend(?:s|ed)|admit(?:s|ted)|acknowledge[sd]?|concede[sd]?)"
)
_ACCESS: Final = re.compile(r"\b(?:access|entry|service|applications?)\b", re.IGNORECASE)
_PARTIES: Final = r"the (?:company|companies|laborator(?:y|ies)|accused|part(?:y|ies)(?: named)?)"
_EXACT_DATE: Final = re.compile(r"\d{4}(?:-\d{2})?(?:-\d{2})?(?:/.*)?")
_DATES: Final = frozenset({Kind.DATE, Kind.YEAR})


def position_undated(matter: Matter) -> Iterator[Finding]:
    """Find what an accused party is said to have answered, or not, without a date."""
    names = {name for name, _, _ in accused(matter.cases)}
    names |= {each.party for case in matter.cases.values() for each in case.responses}
    if not names:
        return
    says = re.compile(rf"\b(?:{alternatives(names)}){_SAYS}\b")
    party = re.compile(rf"\b(?:{alternatives(names)})\b|\b(?i:{_PARTIES})\b")
    for sentence in matter.prose:
        answer = _ANSWERS.search(sentence.bare)
        if answer is None or not _given(answer, party, sentence.bare):
            answer = says.search(sentence.bare)
        if answer is None or _dated(sentence):
            continue
        yield Finding(
            "position-undated",
            f"“{answer[0]}” does not say as of when",
            "state it with its date: “As of {{ response.as_of }}, …”",
            sentence,
            *answer.span(),
        )


def _given(answer: re.Match[str], party: re.Pattern[str], text: str) -> bool:
    """Whether it is a party that answers: "Acme denied it", "no response of Acme"."""
    if answer[0].casefold().startswith("den") and _ACCESS.search(text):
        return False
    whose = re.match(r"\W+(?:of|from|by) ", text[answer.end() :])
    after = answer.end() + whose.end() if whose else None
    return party.search(text, 0, answer.start()) is not None or (
        after is not None and party.match(text, after) is not None
    )


def _dated(sentence: Sentence) -> bool:
    if any(found.kind in _DATES for found in find(sentence.text)):
        return True
    return any(_EXACT_DATE.fullmatch(said.piece.value) for said in sentence.said)


def positions_contradict(matter: Matter) -> Iterator[Finding]:
    """Find two answers of one party on one day of which only one can be right."""
    before: dict[tuple[str, str], tuple[Response, str]] = {}
    for sentence in matter.prose:
        for said in sentence.said:
            case_id, _, rest = said.piece.address.partition(".")
            kind, _, number = rest.removesuffix(".as_of").partition(".")
            case = matter.cases.get(case_id)
            if case is None or kind != "responses" or not rest.endswith(".as_of"):
                continue
            response = case.responses[int(number)]
            key = (response.party, str(response.as_of))
            other, words = before.setdefault(key, (response, said.piece.text))
            if {other.answer, response.answer} in _OPPOSED:
                yield Finding(
                    "positions-contradict",
                    f"{response.party} is said to have given two answers as of {words}: "
                    f"{_said(other.answer)}, and {_said(response.answer)}",
                    "settle in the case file which of them stands, or leave the day of one out",
                    sentence,
                    said.start,
                    said.end,
                )


_OPPOSED: Final = (
    *({Answer.NO_RESPONSE, other} for other in Answer if other is not Answer.NO_RESPONSE),
    {Answer.DENIED, Answer.ADMITTED},
    {Answer.DECLINED, Answer.DENIED},
    {Answer.DISPUTED, Answer.ADMITTED},
)


def _said(answer: Answer) -> str:
    return str(answer).replace("-", " ")
