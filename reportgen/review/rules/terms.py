"""Defined terms: defined once, before they are used, and used in one form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from reportgen.review.matter import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.review.matter import Matter, Sentence

_DEFINITIONS: Final = (
    # (the “Campaign”), (“NSTM-4”), (collectively, the “Operators”)
    re.compile(
        r"\((?:(?:collectively|together|each|hereinafter|hereafter),? )?(?:the |an? |each |our )?"
        r"“(?P<term>[^“”]{2,60}?),?”\)"
    ),
    # an “exchange” means …; in this letter a “fraudulent account” is …
    re.compile(r"(?:^|\W)“(?P<term>[^“”]{2,60}?),?” (?:means|shall mean|refers? to|denotes)\b"),
    re.compile(
        r"\b(?:[Aa]n?|[Ii]n this letter,?(?: an?| the)?) “(?P<term>[^“”]{2,60}?),?” (?:is|are)\b"
    ),
    # by “exchange” we mean …; through what this letter calls “fraudulent accounts,” each …
    re.compile(r"\bby “(?P<term>[^“”]{2,60}?),?” (?:we|this letter) mean"),
    re.compile(
        r"\b(?:what|which|that) (?:we|this letter) calls? (?:an? |the )?“(?P<term>[^“”]{2,60}?),?”"
    ),
)
_NOT_GENUINE: Final = frozenset(
    {"fraudulent", "fake", "bogus", "sham", "counterfeit", "inauthentic", "phony", "false"}
)
_CAPITAL: Final = re.compile(r"[A-Z]")


@dataclass(frozen=True)
class Definition:
    """A term, and the sentence that defines it."""

    term: str
    sentence: Sentence
    position: int
    span: tuple[int, int]


@dataclass(frozen=True)
class Use:
    """A use of a defined term, in the form in which it is defined."""

    term: str
    sentence: Sentence
    position: int
    span: tuple[int, int]


@lru_cache(maxsize=4)
def definitions(matter: Matter) -> tuple[Definition, ...]:
    """Return the definitions of a letter, in the order of reading."""
    return tuple(
        Definition(match["term"], sentence, position, match.span("term"))
        for position, sentence in enumerate(matter.sentences)
        if sentence.prose
        for pattern in _DEFINITIONS
        for match in pattern.finditer(sentence.text)
    )


@lru_cache(maxsize=4)
def uses(matter: Matter) -> tuple[Use, ...]:
    """Return the uses of the defined terms outside quotation marks."""
    terms = dict.fromkeys(each.term for each in definitions(matter))
    return tuple(
        Use(term, sentence, position, match.span())
        for term in terms
        for position, sentence in enumerate(matter.sentences)
        for match in _form(term).finditer(sentence.bare)
    )


def _form(term: str) -> re.Pattern[str]:
    """Return what a term looks like in use: in both numbers; at the head of a sentence, a capital."""
    first, rest = term[0], re.sub(r"(?<![s'’])s$", "", term[1:])
    head = f"[{first.upper()}{first}]" if first.islower() else re.escape(first)
    words = r"\s".join(map(re.escape, rest.split(" ")))
    if words.endswith("y"):
        return re.compile(rf"\b{head}{words[:-1]}(?:y|ies)\b")
    return re.compile(rf"\b{head}{words}(?:e?s)?\b")


def term_before_definition(matter: Matter) -> Iterator[Finding]:
    """Find terms that are used before the sentence that defines them."""
    first = {each.term: each.position for each in reversed(definitions(matter))}
    told: set[str] = set()
    for use in uses(matter):
        if use.position < first[use.term] and use.term not in told:
            told.add(use.term)
            yield Finding(
                "term-before-definition",
                f"“{use.sentence.text[slice(*use.span)]}” is used before it is defined",
                "move the definition up to the first use, or write out what is meant there",
                use.sentence,
                *use.span,
            )


def term_in_two_forms(matter: Matter) -> Iterator[Finding]:
    """Find terms that are defined again, or that are meant in another form."""
    known: dict[str, Definition] = {}
    for each in definitions(matter):
        before = known.setdefault(each.term.casefold(), each)
        if before is not each:
            yield Finding(
                "term-in-two-forms",
                f"“{each.term}” is defined a second time",
                "keep the first definition, and use the term",
                each.sentence,
                *each.span,
            )
    for each in known.values():
        yield from _other_form(each, matter)


def _other_form(definition: Definition, matter: Matter) -> Iterator[Finding]:
    term = definition.term
    pattern = _variants(term)
    own = _form(term)
    for sentence in matter.prose:
        for match in pattern.finditer(sentence.bare) if pattern else ():
            if own.fullmatch(match["form"]):
                continue
            yield Finding(
                "term-in-two-forms",
                f"“{match['form']}” seems to be the defined term “{term}” in another form",
                f"write “{term}”; readers take another form for another thing",
                sentence,
                *match.span("form"),
            )
            return


def _variants(term: str) -> re.Pattern[str] | None:
    """Return other forms of a term: in small letters, hyphened otherwise, with a near synonym."""
    words = re.split(r"[\s-]", term)
    last = f"{re.escape(words[-1])}(?:e?s)?"
    if _CAPITAL.match(term):
        # "the Campaign" is the defined one; "a campaign" may be any.
        small = r"\s".join([*map(re.escape, words[:-1]), last]).lower()
        return re.compile(rf"\b(?:[Tt]he|[Tt]his|[Tt]hat) (?P<form>{small})\b")
    if words[0] in _NOT_GENUINE and len(words) > 1:
        others = "|".join(sorted(_NOT_GENUINE))
        rest = r"[\s-]".join([*map(re.escape, words[1:-1]), last])
        return re.compile(rf"\b(?P<form>(?:{others})[\s-]{rest})\b", re.IGNORECASE)
    if len(words) > 1:
        joined = r"[\s-]?".join([*map(re.escape, words[:-1]), last])
        return re.compile(rf"\b(?P<form>{joined})\b", re.IGNORECASE)
    return None
