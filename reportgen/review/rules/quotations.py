"""Quotations: word for word what the case holds of the source, and of the one who is named.

Not every pair of quotation marks quotes: a defined term, a title, a name of a fact, a word that is
spoken of as a word. What is left has to stand in the quoted words of a source of the sentence.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen.cases.model import NameFact
from reportgen.letters.markup import words
from reportgen.review.matter import Finding
from reportgen.review.rules.terms import definitions
from reportgen.review.sourcing import case_of, fact_at, references_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.cases.model import Source
    from reportgen.review.matter import Matter, Sentence

_FEW: Final = 3
"""Up to how many words stand in quotation marks as words that are spoken of."""
_SPEAKS: Final = re.compile(
    r"\b(?:call(?:s|ed)|describ(?:e|es|ed)|say(?:s|ing)|said|stat(?:e|es|ed)|wr(?:ites|ote|itten)"
    r"|told|quot(?:e|es|ed)|in the words of|puts? it|warn(?:s|ed)|according to)\b",
    re.IGNORECASE,
)
_OMISSION: Final = re.compile(r"\s*(?:\[?(?:…|\.\.\.)\]?|\[[^\]]*\])\s*")


class _Quote(NamedTuple):
    """Words that a case quotes, and whose they are."""

    words: str
    source: Source


def quotation_not_in_source(matter: Matter) -> Iterator[Finding]:
    """Find quotations that are not in the quoted words of a source of their sentence."""
    defined = {_plain(each.term) for each in definitions(matter)}
    titles = {
        _plain(source.title) for case in matter.cases.values() for source in case.sources.values()
    }
    for sentence in matter.prose:
        quotes = tuple(_quotes(sentence, matter))
        for start, end in sentence.quotations:
            inside = sentence.text[start + 1 : end - 1]
            quoted = _plain(inside)
            if quoted in defined or any(quoted in title for title in titles):
                continue
            if _is_name(sentence, start, end, matter):
                continue
            if not sentence.assertion.facts and len(quoted.split()) <= _FEW:
                continue
            if not any(_stands_in(quoted, each.words) for each in quotes):
                yield _not_found(inside, quotes, sentence, start, end)


def quotation_of_another(matter: Matter) -> Iterator[Finding]:
    """Find quotations that a sentence gives to somebody who is not their source."""
    publishers = {
        source.publisher for case in matter.cases.values() for source in case.sources.values()
    }
    for sentence in matter.prose:
        speaks = _SPEAKS.search(sentence.bare)
        named = {name for name in publishers if name in sentence.bare}
        if speaks is None or not named:
            continue
        quotes = tuple(_quotes(sentence, matter))
        for start, end in sentence.quotations:
            quoted = _plain(sentence.text[start + 1 : end - 1])
            own = [each.source for each in quotes if _stands_in(quoted, each.words)]
            owners = {name for source in own for name in (source.publisher, source.author) if name}
            if owners and not any(owner in sentence.bare for owner in owners):
                yield Finding(
                    "quotation-of-another",
                    f"the words are those of {own[0].publisher}, and the sentence names "
                    f"{' and '.join(sorted(named))}",
                    "name the one who said it",
                    sentence,
                    start,
                    end,
                )


def _quotes(sentence: Sentence, matter: Matter) -> Iterator[_Quote]:
    for address in sentence.assertion.facts:
        case = case_of(address, matter.cases)
        for reference in references_at(address, matter.cases):
            if case is not None and reference.quote and reference.id in case.sources:
                yield _Quote(_plain(reference.quote), case.sources[reference.id])


def _is_name(sentence: Sentence, start: int, end: int, matter: Matter) -> bool:
    """Whether what is quoted is a name of the case, or the words of an answer that it holds."""
    for said in sentence.said:
        within = start <= said.start and said.end <= end
        address = said.piece.address
        if within and (
            isinstance(fact_at(address, matter.cases), NameFact) or address.endswith(".words")
        ):
            return True
    return False


def _stands_in(quoted: str, source: str) -> bool:
    """Whether quoted words stand in a source's, in order, where parts are left out."""
    position = 0
    for part in filter(None, _OMISSION.split(quoted)):
        found = source.find(part, position)
        if found < 0:
            return False
        position = found + len(part)
    return True


def _plain(text: str) -> str:
    """Return the words of a quotation: without typography, case, and the marks at its end."""
    return words(text).strip(" ,.;:'\"").casefold()


def _not_found(
    inside: str, quotes: tuple[_Quote, ...], sentence: Sentence, start: int, end: int
) -> Finding:
    held = f"; the nearest is “{quotes[0].words}”" if quotes else ""
    return Finding(
        "quotation-not-in-source",
        f"no source of this sentence is quoted with these words{held}"
        if quotes
        else "the case file quotes no source of this sentence",
        "copy the words from the source into `quote`, with a pin cite, or take the quotation "
        f"marks away: “{inside[:60]}”",
        sentence,
        start,
        end,
    )
