"""Hedges of figures: borne out, once, the same everywhere, and as the source has them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen.cases.model import TextFact
from reportgen.letters.draft import Binding
from reportgen.problems.model import Refusal
from reportgen.quantities import wording
from reportgen.quantities.finding import Kind, find
from reportgen.quantities.quantity import Hedge, Quantity
from reportgen.quantities.reading import read
from reportgen.review.indexing import quantity_of
from reportgen.review.matter import Finding
from reportgen.review.rules.vocabulary import ALLEGES, alternatives
from reportgen.review.sourcing import fact_at, references_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reportgen.review.matter import Matter, Said, Sentence

_FIRM: Final = (
    "approximately", "roughly", "an estimated", "estimated", "more than", "in excess of",
    "upward of", "upwards of", "greater than", "exceeding", "just over", "slightly more than",
    "at least", "no fewer than", "no less than", "not fewer than", "not less than", "a minimum of",
    "at most", "up to", "as many as", "as much as", "no more than", "not more than",
    "a maximum of", "fewer than", "less than", "nearly", "almost", "just under",
    "slightly less than", "slightly fewer than", "exactly", "precisely",
)  # fmt: skip
_LOOSE: Final = ("about", "around", "some", "over", "above", "under", "below")
"""Hedges that mean other things too: "over 45 days", "about three campaigns", "some of"."""
_BEFORE: Final = re.compile(
    rf"\b(?P<hedge>{alternatives((*_FIRM, *_LOOSE))})\s+(?:the\s+)?\Z", re.IGNORECASE
)
_AFTER: Final = re.compile(r"\A\s+or (?P<more>more|fewer|less)\b")
_FIGURES: Final = frozenset({Kind.FIGURE, Kind.WORDS, Kind.PERCENTAGE, Kind.MONEY})
_TIMES: Final = frozenset({"day", "days", "week", "weeks", "month", "months", "hour", "hours"})

_WORDINGS: Final[dict[Hedge, Callable[[Quantity, str | None], str | Refusal]]] = {
    Hedge.APPROXIMATELY: wording.approximately,
    Hedge.MORE_THAN: wording.more_than,
    Hedge.AT_LEAST: wording.at_least,
    Hedge.AT_MOST: wording.at_most,
    Hedge.FEWER_THAN: wording.fewer_than,
    Hedge.NEARLY: wording.nearly,
}


class _Hedged(NamedTuple):
    """A figure of a sentence with the hedge that the prose gives it.

    Attributes:
        said: The bound piece.
        quantity: The number that it says.
        own: What the words of the piece itself read as.
        words: The prose's own hedge; empty when it gives none.
        hedge: What that hedge is.
        start: Where hedge and figure begin.
        end: Where they end.
    """

    said: Said
    quantity: Quantity
    own: Quantity
    words: str
    hedge: Hedge
    start: int
    end: int


def _figures(matter: Matter, sentence: Sentence) -> Iterator[_Hedged]:
    for said in sentence.said:
        quantity = quantity_of(said.piece, matter.cases)
        own = read(said.piece.text) if quantity is not None else None
        if quantity is None or own is None or isinstance(own, Refusal):
            continue
        if not quantity.unit:
            quantity = quantity.with_unit(own.unit)
        yield _hedged(sentence, said, quantity, own)


def _hedged(sentence: Sentence, said: Said, quantity: Quantity, own: Quantity) -> _Hedged:
    text = sentence.bare
    plain = _Hedged(said, quantity, own, "", Hedge.NONE, said.start, said.end)
    before = _BEFORE.search(text[: said.start])
    if before is not None:
        words = before["hedge"].lower()
        # A definite number after one of these words is no hedge, nor is a stretch of time.
        following = text[said.end :].split()[:1]
        timed = following and following[0].strip(".,;:") in _TIMES
        if words in _LOOSE and (quantity.exact or timed):
            return plain
        reading = read(f"{words} 5")
        hedge = Hedge.NONE if isinstance(reading, Refusal) else reading.hedge
        return plain._replace(words=words, hedge=hedge, start=before.start("hedge"))
    after = _AFTER.search(text[said.end :])
    if after is not None:
        hedge = Hedge.AT_LEAST if after["more"] == "more" else Hedge.AT_MOST
        return plain._replace(words=after[0].strip(), hedge=hedge, end=said.end + after.end())
    return plain


def hedge_not_borne_out(matter: Matter) -> Iterator[Finding]:
    """Find hedges of the prose that double or contradict a figure's own, or that do not hold."""
    for sentence in matter.sentences:
        for each in _figures(matter, sentence):
            if not each.words:
                continue
            said = each.said.piece.text
            if each.own.hedge is not Hedge.NONE:
                same = each.own.hedge is each.hedge
                yield Finding(
                    "hedge-doubled" if same else "hedge-contradicted",
                    f"“{each.words}” stands with “{said}”, which brings its own hedge"
                    if same
                    else f"“{each.words}” contradicts “{said}”, which brings its own hedge",
                    f"leave out “{each.words}”; the figure says how firm it is",
                    sentence,
                    each.start,
                    each.end,
                )
            elif (refusal := _refusal(each)) is not None:
                yield Finding(
                    "hedge-not-borne-out",
                    f"“{each.words}” is not borne out by {each.said.piece.address}: the number "
                    f"{wording.spread(each.quantity)}",
                    refusal.help or "say the figure as its source does",
                    sentence,
                    each.start,
                    each.end,
                )


def _refusal(each: _Hedged) -> Refusal | None:
    """Return why the prose's hedge does not hold for the number, or None when it does."""
    if each.hedge is Hedge.NONE:  # "exactly"
        worded = wording.exactly(each.quantity, each.said.piece.text)
    else:
        worded = _WORDINGS[each.hedge](each.quantity, each.said.piece.text)
    return worded if isinstance(worded, Refusal) else None


def fact_in_two_ways(matter: Matter) -> Iterator[Finding]:
    """Find a fact whose figure is said in other words than before."""
    first: dict[str, str] = {}
    told: set[str] = set()
    for sentence in matter.sentences:
        for each in _figures(matter, sentence):
            address = each.said.piece.address
            words = sentence.text[each.start : each.end]
            before = first.setdefault(address, words)
            if before.casefold() != words.casefold() and address not in told:
                told.add(address)
                yield Finding(
                    "fact-in-two-ways",
                    f"{address} is “{words}” here and “{before}” before",
                    "say it in one way throughout: readers take two wordings for two numbers",
                    sentence,
                    each.start,
                    each.end,
                )


def hedge_dropped(matter: Matter) -> Iterator[Finding]:
    """Find figures and statements that are firmer here than in the quoted words of their source."""
    for sentence in matter.sentences:
        for each in _figures(matter, sentence):
            if each.said.piece.binding is Binding.FACT:
                yield from _firmer_figure(matter, sentence, each)
        for said in sentence.said if sentence.prose else ():
            if isinstance(fact_at(said.piece.address, matter.cases), TextFact):
                yield from _firmer_words(matter, sentence, said)


def _firmer_figure(matter: Matter, sentence: Sentence, each: _Hedged) -> Iterator[Finding]:
    for reference in references_at(each.said.piece.address, matter.cases):
        for quoted in _quantities(reference.quote or ""):
            if quoted.stated != each.own.stated or quoted.hedge is Hedge.NONE:
                continue
            printed = each.own.hedge if each.own.hedge is not Hedge.NONE else each.hedge
            if not _bears(quoted, printed, each.own):
                words = sentence.text[each.start : each.end]
                yield Finding(
                    "hedge-dropped",
                    f"the source has “{quoted.text}”, and the letter says “{words}”",
                    "state the figure in the case file as the source does",
                    sentence,
                    each.start,
                    each.end,
                )
                return


def _quantities(quote: str) -> Iterator[Quantity]:
    """Yield the figures of a quoted text, each with the hedge before it."""
    for found in find(quote):
        if found.kind not in _FIGURES:
            continue
        before = _BEFORE.search(quote[: found.start])
        hedge = f"{before['hedge']} " if before else ""
        quantity = read(f"{hedge}{found.text}")
        if isinstance(quantity, Quantity):
            yield quantity


def _bears(source: Quantity, printed: Hedge, own: Quantity) -> bool:
    """Whether what the source says bears out a number that is printed with a hedge."""
    if printed is Hedge.NONE:
        return own.bounds.contains(source.bounds.firm)
    worded = _WORDINGS.get(printed)
    if worded is None or own.stated is None:
        return True
    number = own.text.removeprefix(str(printed)).strip()
    return not isinstance(worded(source.with_unit(own.unit), number), Refusal)


def _firmer_words(matter: Matter, sentence: Sentence, said: Said) -> Iterator[Finding]:
    if ALLEGES.search(sentence.text):
        return
    for reference in references_at(said.piece.address, matter.cases):
        hedge = ALLEGES.search(reference.quote or "")
        if hedge is not None:
            yield Finding(
                "hedge-dropped",
                f"the source says “{hedge[0]}”, and the sentence is a plain statement",
                "say it as the source does, or say who says it",
                sentence,
                said.start,
                said.end,
            )
            return
