"""What the lint looks at: the sentences of a draft, each with its bound pieces in their places."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from reportgen.letters.markup import BLOCK_TAGS, Element

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reportgen.cases.model import Case
    from reportgen.letters.draft import Assertion, BoundFact, Draft
    from reportgen.problems.model import Place, Problem

_QUOTED: Final = re.compile(r"“[^“”]*(?:“[^“”]*”[^“”]*)*”|\"[^\"]*\"")
_CONTEXT: Final = 24
"""How many characters around a bound piece tell it from the same words elsewhere."""
_TITLES: Final = frozenset(["h1", "h2", "h3", "caption", "thead"])


@dataclass(frozen=True, slots=True)
class Said:
    """A bound piece, and where it stands in its sentence."""

    start: int
    end: int
    piece: BoundFact


@dataclass(frozen=True, eq=False)
class Sentence:
    """A sentence of the draft, or a row of a table.

    Attributes:
        assertion: The assertion that it is.
        said: Its bound pieces, in order.
        drawing: Whether it is the caption of a figure with the figure's description.
    """

    assertion: Assertion
    said: tuple[Said, ...] = ()
    drawing: bool = False

    @property
    def text(self) -> str:
        """The sentence as it will be sent."""
        return self.assertion.text

    @property
    def row(self) -> bool:
        """Whether it is a row of a table."""
        return bool(self.assertion.context)

    @property
    def prose(self) -> bool:
        """Whether it is a sentence, neither a row nor a figure."""
        return not self.row and not self.drawing

    @cached_property
    def quotations(self) -> tuple[tuple[int, int], ...]:
        """The stretches in quotation marks, the marks included."""
        return tuple(match.span() for match in _QUOTED.finditer(self.text))

    @cached_property
    def bare(self) -> str:
        """The sentence with what is quoted blanked out, every position kept."""
        return _QUOTED.sub(lambda match: "\0" * len(match[0]), self.text)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule objects to.

    Attributes:
        code: The rule, a key of the catalog.
        message: What is wrong, in counsel's words; a sentence without a full stop.
        help: A way out.
        sentence: The sentence that it stands in; None for a heading and what is nowhere.
        start: Where the words begin in the sentence or heading.
        end: Where they end.
        words: The words of a heading, where it stands in one.
        place: Its place, where the rule knows it itself.
    """

    code: str
    message: str
    help: str
    sentence: Sentence | None = None
    start: int = 0
    end: int = 0
    words: str = ""
    place: Place | None = None


@dataclass(frozen=True, eq=False)
class Matter:
    """A draft as the rules see it.

    Attributes:
        draft: The letter, whole.
        cases: The cases that it draws on, by id; the one that it is about first.
        sentences: Its sentences, in the order of reading.
        titles: Its headings, captions and heads of columns, and its subject.
        contact: Lines of the letterhead, which may hold a telephone number.
        recipients: What its recipients are called: the committee, its house, its short name.
        unbound: The numbers that are bound to nothing, as composing found them.
    """

    draft: Draft
    cases: Mapping[str, Case]
    sentences: tuple[Sentence, ...]
    titles: tuple[str, ...] = ()
    contact: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    unbound: tuple[Problem, ...] = field(default=())

    @property
    def incident(self) -> Case:
        """The case that the letter is about."""
        return next(iter(self.cases.values()))

    @property
    def prose(self) -> Iterator[Sentence]:
        """The sentences that are neither rows nor figures."""
        return (sentence for sentence in self.sentences if sentence.prose)


def matter_of(
    draft: Draft,
    cases: Mapping[str, Case],
    contact: tuple[str, ...] = (),
    recipients: tuple[str, ...] = (),
    unbound: tuple[Problem, ...] = (),
) -> Matter:
    """Return a draft as the rules see it; the arguments are those of `Matter`."""
    bound = {piece.id: piece for piece in draft.bound}
    around = _surroundings(draft.document)
    alternatives = tuple(chart.alternative for chart in draft.charts)
    sentences = tuple(
        Sentence(
            each,
            tuple(_said(each, bound, around)),
            drawing=any(each.text.endswith(alternative) for alternative in alternatives),
        )
        for each in draft.assertions
    )
    titles = tuple(_titles(draft.document))
    return Matter(draft, cases, sentences, titles, contact, recipients, unbound)


def _titles(document: Element) -> Iterator[str]:
    for node in document.walk():
        if node.tag in _TITLES:
            cells = [each for each in node.walk() if each.tag == "th"] or [node]
            for cell in cells:
                named = (each for each in cell.children if not _counted(each))
                words = Element("span", (), tuple(named)).text(notes=False)
                yield " ".join(words.split())


def _counted(node: Element | str) -> bool:
    """Whether a part of a title is its number: "1.", "Table 1."."""
    return isinstance(node, Element) and (node.has_class("number") or node.has_class("label"))


# --- where pieces stand -------------------------------------------------------------------------


def _surroundings(document: Element) -> Mapping[str, tuple[str, str]]:
    """Return what stands before and after each bound piece, by its id, white space folded."""
    parts: list[str] = []
    places: dict[str, tuple[int, int]] = {}
    notes: list[Element] = []

    def read(node: Element) -> None:
        for child in node.children:
            if isinstance(child, str):
                parts.append(child)
            elif child.tag == "aside":
                notes.append(child)
            elif (child.get("id") or "").startswith("f-"):
                parts.append(child.text())
                places[child.get("id") or ""] = (len(parts) - 1, len(parts))
            else:
                apart = " " if child.tag in BLOCK_TAGS or child.tag == "br" else ""
                parts.append(apart)
                read(child)
                parts.append(apart)

    read(document)
    while notes:
        parts.append(" ")
        read(notes.pop(0))
    return {
        identity: (
            _folded("".join(parts[max(0, first - _CONTEXT) : first]))[-_CONTEXT:],
            _folded("".join(parts[after : after + _CONTEXT]))[:_CONTEXT],
        )
        for identity, (first, after) in places.items()
    }


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _said(
    assertion: Assertion,
    bound: Mapping[str, BoundFact],
    around: Mapping[str, tuple[str, str]],
) -> Iterator[Said]:
    """Yield the bound pieces of a sentence where they stand: each after the one before it."""
    text, position = assertion.text, 0
    for identity in assertion.bound:
        piece = bound[identity]
        words = " ".join(piece.text.split())
        before, after = around.get(identity, ("", ""))
        best, score = -1, -1
        start = text.find(words, position)
        while words and start >= 0:
            agreed = _common_end(text[:start], before) + _common_start(
                text[start + len(words) :], after
            )
            if agreed > score:
                best, score = start, agreed
            start = text.find(words, start + 1)
        if best >= 0:
            position = best + len(words)
            yield Said(best, position, piece)


def _common_end(one: str, other: str) -> int:
    return _common_start(one[::-1], other[::-1])


def _common_start(one: str, other: str) -> int:
    pairs = zip(one, other, strict=False)
    return next((index for index, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
