"""The assertions of a letter: each sentence that states something, with the facts in it.

The unit is a sentence of a paragraph, a list item or a footnote in words of its own, a row of a
table, a figure. Each has a digest over its words, its facts, their values and their sources, and
over nothing else: another sentence's change leaves it as it is.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from reportgen.letters.draft import Assertion, BoundFact, Waiver
from reportgen.letters.markup import BLOCK_TAGS, Element
from reportgen.letters.sentences import boundaries

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reportgen.letters.citing import Cited
    from reportgen.problems.model import Place
    from reportgen.statistics.model import Chart

_TITLES = frozenset({"h1", "h2", "h3", "caption", "thead", "dt"})
"""What names the things below it, and states something only where it holds a fact."""


def assertions(
    sections: Iterable[tuple[Element, Place]],
    bound: Sequence[BoundFact],
    charts: Sequence[Chart],
    sources: Mapping[str, tuple[Cited, ...]],
) -> tuple[Assertion, ...]:
    """Return the assertions of a letter's body, in the order of reading.

    Args:
        sections: The bound sections of the letter, and where each is written.
        bound: Its bound pieces.
        charts: Its charts.
        sources: Where each fact comes from, by address.
    """
    by_id = {piece.id: piece for piece in bound}
    inputs = {chart.name: chart.inputs for chart in charts}
    found: list[Assertion] = []
    known: dict[str, int] = {}
    for section, place in sections:
        for said in _statements(section, inputs):
            pieces = [by_id[identity] for identity in said.bound]
            rested = (fact for piece in pieces for fact in piece.facts)
            facts = tuple(dict.fromkeys((*rested, *said.facts)))
            digest = _digest(said.text, pieces, facts, sources)
            # The same sentence twice is two assertions; the second is told apart by its count.
            known[digest] = known.get(digest, 0) + 1
            again = f"-{known[digest]}" if known[digest] > 1 else ""
            identity = f"a-{digest[:12]}{again}"
            number = len(found) + 1
            found.append(
                Assertion(
                    identity, number, said.text, said.bound, facts, digest, place, said.waivers
                )
            )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Statement:
    """The words of an assertion, the ids of the pieces in it, and what it rests on besides."""

    text: str
    bound: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    waivers: tuple[Waiver, ...] = ()


def _statements(node: Element, inputs: Mapping[str, tuple[str, ...]]) -> Iterator[_Statement]:
    if node.tag in _TITLES and not any(map(_is_bound, node.walk())):
        return
    if node.tag == "figure":
        yield from _figure(node, inputs)
    elif node.tag == "tr":
        yield _row(node)
    else:
        # An entry of a list can hold words and a list of its own.
        for is_block, children in groupby(node.children, _is_block):
            if is_block:
                for child in children:
                    assert isinstance(child, Element)  # noqa: S101 - as _is_block found it
                    yield from _statements(child, inputs)
            else:
                yield from _words(Element(node.tag, (), tuple(children)))


def _words(holder: Element) -> Iterator[_Statement]:
    """Yield the sentences of a paragraph, then those of its notes in words of their own."""
    yield from _sentences(holder)
    for note in (below for below in holder.walk() if below.tag == "aside"):
        if not any(below.tag == "cite" for below in note.walk()):
            yield from _sentences(note)


def _is_block(node: Element | str) -> bool:
    return isinstance(node, Element) and node.tag in BLOCK_TAGS


def _is_bound(node: Element) -> bool:
    return (node.get("id") or "").startswith("f-")


def _figure(figure: Element, inputs: Mapping[str, tuple[str, ...]]) -> Iterator[_Statement]:
    for picture in (below for below in figure.walk() if below.tag == "img"):
        name = (picture.get("src") or "").removeprefix("chart:")
        caption = " ".join(figure.text().split())
        words = f"{caption} {picture.get('alt')}".strip()
        yield _Statement(words, facts=inputs.get(name, ()))


def _row(row: Element) -> _Statement:
    cells = [cell for cell in row.children if isinstance(cell, Element)]
    text = " | ".join(" ".join(cell.text(notes=False).split()) for cell in cells)
    below = [each for cell in cells for each in cell.walk()]
    bound = tuple(i for each in below if (i := each.get("id")) and i.startswith("f-"))
    return _Statement(text, bound, waivers=tuple(map(_waiver, filter(_waives, below))))


def _sentences(holder: Element) -> Iterator[_Statement]:
    text = ""
    marks: list[tuple[int, str | Waiver]] = []
    for piece, mark in _pieces(holder):
        if mark is not None:
            marks.append((len(text), mark))
        text += piece
    for start, end in boundaries(text):
        within = [mark for position, mark in marks if start <= position <= end]
        yield _Statement(
            " ".join(text[start:end].split()),
            tuple(mark for mark in within if isinstance(mark, str)),
            waivers=tuple(mark for mark in within if isinstance(mark, Waiver)),
        )


def without_waivers(node: Element) -> Element:
    """Return the tree as it is sent: what counsel waived is in the assertions, not in the letter."""
    children = (
        without_waivers(child) if isinstance(child, Element) else child
        for child in node.children
        if isinstance(child, str) or not _waives(child)
    )
    return Element(node.tag, node.attributes, tuple(children))


def _waives(node: Element) -> bool:
    return node.has_class("waiver")


def _waiver(node: Element) -> Waiver:
    code, _, reason = (node.get("title") or "").partition(": ")
    return Waiver(code, reason)


def _pieces(node: Element) -> Iterator[tuple[str, str | Waiver | None]]:
    """Yield the texts below `node` without footnotes, each with the id it is bound under."""
    for child in node.children:
        if isinstance(child, str):
            yield child, None
        elif child.tag == "br":
            yield " ", None
        elif (child.get("id") or "").startswith("f-"):
            yield child.text(), child.get("id")
        elif _waives(child):
            yield "", _waiver(child)
        elif child.tag != "aside":
            yield from _pieces(child)


def _digest(
    text: str,
    pieces: Iterable[BoundFact],
    facts: Iterable[str],
    sources: Mapping[str, tuple[Cited, ...]],
) -> str:
    content = {
        "text": text,
        "bound": [[piece.address, piece.text, piece.value] for piece in pieces],
        "sources": [
            [fact, cited.address, cited.reference.pin, cited.reference.quote]
            for fact in facts
            for cited in sources.get(fact, ())
        ],
    }
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
