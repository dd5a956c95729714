"""The assertions of a letter: each sentence that states something, with the facts in it.

The unit is a sentence of a paragraph, a list item or a footnote in words of its own, a row of a
table, a figure. Each has a digest over its words, its facts, their values and their sources, and
over nothing else: another sentence's change leaves it as it is, and so does what moves or sets it
otherwise. Typography does not count, and a mention of a table counts as that table, whatever its
number. A row of a table says what it says under the heads of its columns and the caption, which
therefore count.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING

from reportgen.letters.draft import Assertion, BoundFact, Ground, Waiver
from reportgen.letters.markup import BLOCK_TAGS, Element, words
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
    labels: Mapping[str, tuple[str, str]] = MappingProxyType({}),
) -> tuple[Assertion, ...]:
    """Return the assertions of a letter's body, in the order of reading.

    Args:
        sections: The bound sections of the letter, and where each is written.
        bound: Its bound pieces.
        charts: Its charts.
        sources: Where each fact comes from, by address.
        labels: The label and the anchor of each table and figure that has a name, by the name.
    """
    by_id = {piece.id: piece for piece in bound}
    inputs = {chart.name: chart.inputs for chart in charts}
    reader = _Reader(inputs, {f"#{anchor}": name for name, (_, anchor) in labels.items()})
    found: list[Assertion] = []
    known: dict[str, int] = {}
    for section, place in sections:
        for said in reader.statements(section):
            pieces = [by_id[identity] for identity in said.bound]
            rested = (fact for piece in pieces for fact in piece.facts)
            facts = tuple(dict.fromkeys((*rested, *said.facts)))
            grounds = tuple(_ground(fact, each) for fact in facts for each in sources.get(fact, ()))
            digest = _digest(said, pieces, grounds)
            # The same sentence twice is two assertions; the second is told apart by its count.
            known[digest] = known.get(digest, 0) + 1
            again = f"-{known[digest]}" if known[digest] > 1 else ""
            found.append(
                Assertion(
                    id=f"a-{digest[:12]}{again}",
                    number=len(found) + 1,
                    text=said.text,
                    bound=said.bound,
                    facts=facts,
                    digest=digest,
                    place=place,
                    waivers=said.waivers,
                    context=said.context,
                    grounds=grounds,
                )
            )
    return tuple(found)


def _ground(fact: str, cited: Cited) -> Ground:
    reference, exhibit = cited.reference, cited.source.exhibit
    return Ground(
        fact,
        cited.address,
        reference.pin or "",
        reference.quote or "",
        exhibit.sha256 if exhibit else "",
    )


@dataclass(frozen=True, slots=True)
class _Statement:
    """The words of an assertion, and what they rest on.

    Attributes:
        text: The words as they will be sent.
        plain: The words with names of tables and figures in place of their numbers.
        bound: The ids of the pieces in it.
        facts: What it rests on besides.
        waivers: What counsel lets stand in it.
        context: What a row of a table stands under.
    """

    text: str
    plain: str
    bound: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    context: str = ""


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A stretch of text that counts tables or figures, and what it stands for."""

    length: int
    name: str


_Mark = str | Waiver | _Numbered
"""What is at a position of a text: a bound piece by its id, a waiver, a table's number."""


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the statements of a letter.

    Attributes:
        inputs: The facts that each chart draws, by its name.
        names: The names of tables and figures by the links that lead to them.
    """

    inputs: Mapping[str, tuple[str, ...]]
    names: Mapping[str, str]

    def statements(self, node: Element, context: str = "") -> Iterator[_Statement]:
        """Yield what is stated below `node`, which stands under `context`."""
        if node.tag in _TITLES and not any(map(_is_bound, node.walk())):
            return
        if node.tag == "figure":
            yield from self._figure(node)
        elif node.tag == "tr":
            yield self._row(node, context)
        else:
            inside = self._heads(node) if node.tag == "table" else context
            # An entry of a list can hold words and a list of its own.
            for is_block, children in groupby(node.children, _is_block):
                if is_block:
                    for child in children:
                        assert isinstance(child, Element)  # noqa: S101 - as _is_block found it
                        yield from self.statements(child, inside)
                else:
                    yield from self._words(Element(node.tag, (), tuple(children)))

    def _words(self, holder: Element) -> Iterator[_Statement]:
        """Yield the sentences of a paragraph, then those of its notes in words of their own."""
        yield from self._sentences(holder)
        for note in (below for below in holder.walk() if below.tag == "aside"):
            if not any(below.tag == "cite" for below in note.walk()):
                yield from self._sentences(note)

    def _figure(self, figure: Element) -> Iterator[_Statement]:
        for picture in (below for below in figure.walk() if below.tag == "img"):
            name = (picture.get("src") or "").removeprefix("chart:")
            described = picture.get("alt") or ""
            text = f"{' '.join(figure.text().split())} {described}".strip()
            plain = f"{self._plain(figure)} {described}"
            yield _Statement(text, plain, facts=self.inputs.get(name, ()))

    def _row(self, row: Element, context: str) -> _Statement:
        cells = [cell for cell in row.children if isinstance(cell, Element)]
        text = " | ".join(" ".join(cell.text(notes=False).split()) for cell in cells)
        plain = " | ".join(map(self._plain, cells))
        below = [each for cell in cells for each in cell.walk()]
        bound = tuple(i for each in below if (i := each.get("id")) and i.startswith("f-"))
        waivers = tuple(map(_waiver, filter(_waives, below)))
        return _Statement(text, plain, bound, waivers=waivers, context=context)

    def _heads(self, table: Element) -> str:
        """Return what the rows of a table stand under: its caption and the heads of its columns."""
        above = [each for each in table.walk() if each.tag in {"caption", "thead"}]
        cells = (
            cell
            for each in above
            for cell in (each.walk() if each.tag == "thead" else (each,))
            if cell.tag in {"caption", "th", "td"}
        )
        return " | ".join(filter(None, map(self._plain, cells)))

    def _plain(self, node: Element) -> str:
        """Return the text of `node` without notes, names in place of the numbers of tables."""
        return words(
            "".join(
                mark.name if isinstance(mark, _Numbered) else piece
                for piece, mark in self._pieces(node)
            )
        )

    def _sentences(self, holder: Element) -> Iterator[_Statement]:
        text = ""
        marks: list[tuple[int, _Mark]] = []
        for piece, mark in self._pieces(holder):
            if mark is not None:
                marks.append((len(text), mark))
            text += piece
        for start, end in boundaries(text):
            within = [(position, mark) for position, mark in marks if start <= position <= end]
            yield _Statement(
                " ".join(text[start:end].split()),
                _named(text[:end], start, within),
                tuple(mark for _, mark in within if isinstance(mark, str)),
                waivers=tuple(mark for _, mark in within if isinstance(mark, Waiver)),
            )

    def _pieces(self, node: Element) -> Iterator[tuple[str, _Mark | None]]:
        """Yield the texts below `node` without footnotes, each with what it is marked as."""
        for child in node.children:
            if isinstance(child, str):
                yield child, None
            elif child.tag == "br":
                yield " ", None
            elif (child.get("id") or "").startswith("f-"):
                yield child.text(), child.get("id")
            elif _waives(child):
                yield "", _waiver(child)
            elif child.tag == "span" and child.has_class("label"):
                yield child.text(), _Numbered(len(child.text()), "")
            elif child.tag == "a" and child.get("href") in self.names:
                name = f"{{#{self.names[child.get('href') or '']}}}"
                yield child.text(), _Numbered(len(child.text()), name)
            elif child.tag != "aside":
                yield from self._pieces(child)


def _named(text: str, start: int, marks: Iterable[tuple[int, _Mark]]) -> str:
    """Return the text from `start`, with names in place of the numbers of tables and figures."""
    parts: list[str] = []
    for position, mark in marks:
        if isinstance(mark, _Numbered):
            parts += (text[start:position], mark.name)
            start = position + mark.length
    return "".join((*parts, text[start:]))


def _is_block(node: Element | str) -> bool:
    return isinstance(node, Element) and node.tag in BLOCK_TAGS


def _is_bound(node: Element) -> bool:
    return (node.get("id") or "").startswith("f-")


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


def _digest(said: _Statement, pieces: Iterable[BoundFact], grounds: Iterable[Ground]) -> str:
    content = {
        "text": words(said.plain),
        "context": said.context,
        "facts": said.facts,
        "bound": [[piece.address, words(piece.text), piece.value] for piece in pieces],
        "sources": [
            [each.fact, each.source, words(each.pin), words(each.quote), each.exhibit]
            for each in grounds
        ],
    }
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
