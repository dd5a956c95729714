"""Who is said to have done it, and how firmly: never more firmly than the case says.

The rungs are those of the case: consistent with, linked to, affiliated with, attributed to, carried
out by. A sentence that has an accused party do something stands on the highest; one that says that
somebody alleges so, on that of an attribution; and one that speaks of operators linked to or
affiliated with a party, on theirs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen.cases.model import Rung
from reportgen.review.matter import Finding
from reportgen.review.rules.vocabulary import ALLEGES, RUNGS, UNDECIDED, accused, denied, once

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.cases.model import Actor, Case
    from reportgen.review.matter import Matter, Sentence

_ACT: Final = (
    r"(?:used|uses|obtained|extracts?|extracted|created|accessed|executed|conducted"
    r"|operated(?! (?:in|as|from|out|under|within|for|through)\b)"
    r"|evaded|circumvented|violated|ran|copied|launched|carried (?:it |them |this )?out|perpetrated"
    r"|orchestrated|engaged in|attempted|targeted|harvested|siphoned|scraped|distilled|exploited"
    r"|bypassed|defied|ignored|stole|hacked|infiltrated|exfiltrated|committed|masterminded|mounted"
    r"|deployed|took over|broke into"
    r"|trained (?:its|their) models? (?:on|with) (?:the |our )?(?:outputs?|answers?|responses?))"
)
"""What an accused party is said to have done, in the past: that is what an allegation is about."""
_PARTICIPLE: Final = (
    r"(?:used|obtained|extracted|created|accessed|executed|conducted|operated|run|copied|launched"
    r"|carried out|perpetrated|orchestrated|directed|harvested|siphoned|scraped|stolen|exfiltrated"
    r"|committed|mounted|masterminded)"
)
_DOING: Final = (
    r"(?:using|obtaining|extracting|creating|accessing|operating|evading|circumventing|violating"
    r"|running|copying|targeting|harvesting|siphoning|scraping|distilling|exploiting|bypassing"
    r"|stealing|hacking|exfiltrating)"
)
_PEOPLE: Final = (
    r"(?:employees|engineers|researchers|staff|personnel|agents|affiliates|executives|officers"
    r"|contractors|operators|teams?)"
)
_THING: Final = r"(?:campaigns?|attacks?|operations?|schemes?|intrusions?|thefts?|extractions?)"
_BETWEEN: Final = r"(?:\s+(?:has|have|had|then|also|itself|later|repeatedly|\w+ly))*\s+"
_SOMEBODY: Final = (
    r"\b(?:the|these|those|such) (?:operators?|actors?|attackers?|perpetrators?|accused"
    r"|laborator(?:y|ies)|company|companies|adversar(?:y|ies))\b"
)
_GOVERNED: Final = re.compile(
    r"(?P<consistent>consistent with(?: \w+){0,4})"
    r"|(?P<linked>\b(?:linked|tied|connected|related) to|\bassociated with)"
    r"|(?P<affiliated>\baffiliated with|\baffiliates of|\bworking for|\bacting for)",
    re.IGNORECASE,
)
_GOVERNORS: Final = {
    "consistent": Rung.CONSISTENT_WITH,
    "linked": Rung.LINKED_TO,
    "affiliated": Rung.AFFILIATED_WITH,
}
_REACH: Final = 60
"""How many characters before a name its governor may stand: "linked to Alibaba and to Qwen"."""

_SAID_OF_RUNGS: Final = {
    Rung.CONSISTENT_WITH: "activity consistent with that of",
    Rung.LINKED_TO: "linked to",
    Rung.AFFILIATED_WITH: "operators affiliated with",
    Rung.ATTRIBUTED_TO: "attributed to",
    Rung.CARRIED_OUT_BY: "carried out by",
}


class _Mention(NamedTuple):
    """Words that say how an accused party is connected with what happened."""

    start: int
    end: int
    rung: Rung
    act: bool


def attribution_above_case(matter: Matter) -> Iterator[Finding]:
    """Find sentences on a higher rung of attribution than their case."""
    yield from once(_above(matter))


def _above(matter: Matter) -> Iterator[Finding]:
    for name, _, actor in accused(matter.cases):
        highest = actor.attribution.rung
        passages: list[tuple[str, Sentence | None]] = [
            (sentence.bare, sentence) for sentence in matter.sentences if not sentence.drawing
        ]
        passages += [(title, None) for title in matter.titles]
        for text, sentence in passages:
            for mention in _mentions(name, text):
                rung = mention.rung
                if rung is Rung.CARRIED_OUT_BY and ALLEGES.search(text):
                    rung = Rung.ATTRIBUTED_TO
                if RUNGS.index(rung) > RUNGS.index(highest):
                    yield _too_high(text, sentence, mention, actor, rung)


def _too_high(
    text: str, sentence: Sentence | None, mention: _Mention, actor: Actor, rung: Rung
) -> Finding:
    name, own = actor.name, _SAID_OF_RUNGS[actor.attribution.rung]
    return Finding(
        "attribution-above-case",
        f"“{text[mention.start : mention.end]}” reads as {_SAID_OF_RUNGS[rung]} {name}, "
        f"and the case goes no further than “{own} {name}”",
        f"say “{own} {name}”, or raise the attribution in the case file, with its basis and source",
        sentence,
        mention.start,
        mention.end,
        words=text if sentence is None else "",
    )


def alleged_act_unhedged(matter: Matter) -> Iterator[Finding]:
    """Find sentences that state as a fact what is only alleged that a party did."""
    yield from once(_unhedged(matter))


def _unhedged(matter: Matter) -> Iterator[Finding]:
    parties = [(name, cases) for name, cases, _ in accused(matter.cases)]
    for sentence in matter.prose:
        if ALLEGES.search(sentence.bare):
            continue
        mentions = [
            mention
            for name, cases in parties
            if _undecided(cases)
            for mention in _mentions(name, sentence.bare)
            if mention.act
        ]
        if matter.incident.status in UNDECIDED:
            mentions += _acts(_SOMEBODY, sentence.bare)
        for mention in mentions:
            words = sentence.text[mention.start : mention.end]
            yield Finding(
                "alleged-act-unhedged",
                f"“{words}” states as a fact what the case calls {matter.incident.status}",
                "say who alleges or assesses it: “we allege that …”, “… is alleged to have …”",
                sentence,
                mention.start,
                mention.end,
            )


def _undecided(cases: tuple[Case, ...]) -> bool:
    return all(case.status in UNDECIDED for case in cases)


# --- reading a sentence -------------------------------------------------------------------------


def _mentions(name: str, text: str) -> Iterator[_Mention]:
    """Yield what a text says of the party `name`, but for what it says that it does not say."""
    if name not in text:
        return
    party = rf"\b{re.escape(name)}\b(?!-(?:affiliated|linked|tied|related))"
    yield from _acts(party, text)
    for match in re.finditer(
        rf"{party}(?:’s|'s|s’)?(?:-(?:led|run|directed))? (?:own )?{_THING}\b", text
    ):
        yield from _stated(match, Rung.ATTRIBUTED_TO, text, act=False)
    for match in re.finditer(rf"\b{_THING} by (?:the )?(?P<name>{party})", text):
        yield from _stated(match, Rung.ATTRIBUTED_TO, text, act=False)
    attributed = rf"\battribut(?:e|es|ed|able|ion)\b[^.;:]{{0,80}}? to (?:the )?(?P<name>{party})"
    for match in re.finditer(attributed, text):
        yield from _stated(match, Rung.ATTRIBUTED_TO, text, act=False)
    for match in re.finditer(party, text):
        rung = _governor(text, match.start())
        if rung is not None:
            yield _Mention(match.start(), match.end(), rung, act=False)


def _acts(party: str, text: str) -> Iterator[_Mention]:
    """Yield what a party is said to have done."""
    aside = r"(?:,[^,;:.]{1,80},| and (?:its|the)\b[^;:.]{1,60}?,?)?"
    whose = rf"(?:(?:’s|'s|’|')(?: \w+)? {_PEOPLE})?"
    done = (
        rf"(?P<name>{party}){whose}{aside}{_BETWEEN}{_ACT}\b",
        rf"(?P<name>{party}){whose} (?:is|are|was|were|(?:has|have|had) been) {_DOING}\b",
        rf"\bit (?:is|was) (?P<name>{party}) (?:that|who|which){_BETWEEN}{_ACT}\b",
    )
    for pattern in done:
        for match in re.finditer(pattern, text, re.IGNORECASE):
            yield from _stated(match, Rung.CARRIED_OUT_BY, text, act=True)
    governed = r"(?:(?:\w+ ){1,4}?(?:linked to|tied to|affiliated with|associated with) )?"
    passive = rf"\b{_PARTICIPLE}(?: \w+){{0,3}}? by (?:the )?{governed}(?P<name>{party})"
    for match in re.finditer(passive, text, re.IGNORECASE):
        yield from _stated(match, Rung.CARRIED_OUT_BY, text, act=True)


def _stated(match: re.Match[str], rung: Rung, text: str, *, act: bool) -> Iterator[_Mention]:
    if denied(text, match.start()):
        return
    start = match.start("name") if "name" in match.re.groupindex else match.start()
    governor = _governor(text, start)
    yield _Mention(match.start(), match.end(), governor or rung, act)


def _governor(text: str, position: int) -> Rung | None:
    """Return the rung of what governs the name at `position`: "operators affiliated with"."""
    before = text[max(0, position - _REACH) : position]
    clause = re.split(r"[;:.]|, (?:and|but|which|who|that)\b", before)[-1]
    found = tuple(_GOVERNED.finditer(clause))
    if not found or re.search(r"\b(?:that|which|by)\b", clause[found[-1].end() :]):
        return None
    return _GOVERNORS[found[-1].lastgroup or ""]


# --- who is accused by no case ------------------------------------------------------------------

_STATE: Final = re.compile(
    r"\b(?P<who>[A-Z][a-z]+(?:ese|ian|ean|an|ish|i)?)[ -](?:government|military|intelligence"
    r"|authorities|state(?= (?:security|actors?|direct|sponsor|support)))\b"
    r"|\bGovernment of (?P<land>[A-Z]\w+)|\b(?P<seat>Beijing|Moscow|Tehran|Pyongyang)\b"
)
_OWN: Final = frozenset({"American", "Federal", "State", "United", "Our", "The", "Your", "States"})
_INVOLVED: Final = re.compile(
    r"\b(?:direct(?:s|ed|ion)|sponsor\w*|order(?:s|ed)|support(?:s|ed) (?:the|this|these|such)"
    r"|complicit\w*|back(?:s|ed)|knew|aware(?:ness)?|involve[sd]?|involvement|behind|role in)\b"
)


def state_not_in_case(matter: Matter) -> Iterator[Finding]:
    """Find states that a sentence involves, and that no case names as an actor."""
    names = " ".join(name for name, _, _ in accused(matter.cases)).casefold()
    for sentence in matter.prose:
        text = sentence.bare
        for match in _STATE.finditer(text):
            who = match["who"] or match["land"] or match["seat"]
            if who in _OWN or who.casefold() in names or not _INVOLVED.search(text):
                continue
            if not denied(text, match.start()):
                yield Finding(
                    "state-not-in-case",
                    f"“{match[0]}” is said to be involved, and no case of the letter names it "
                    "as an actor",
                    "leave it out, or add the actor to the case file with the source that says so",
                    sentence,
                    *match.span(),
                )
                break
