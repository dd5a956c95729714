"""The assertions of a letter: each sentence that states something, with the facts in it.

The unit is a sentence of a paragraph, a list item or a footnote in words of its own, a row of a
table, a figure. Each has a digest over its words, its facts, their values and their sources, and
over nothing else: another sentence's change leaves it as it is.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from reportgen.letters.draft import Assertion, BoundFact
from reportgen.letters.markup import Element
from reportgen.letters.sentences import boundaries

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reportgen.letters.citing import Cited
    from reportgen.statistics.model import Chart

_HOLDERS = frozenset({"p", "li", "blockquote", "dd"})
_NO_STATEMENT = frozenset({"h1", "h2", "h3", "caption", "thead", "dt"})


def assertions(
    body: Element,
    bound: Sequence[BoundFact],
    charts: Sequence[Chart],
    sources: Mapping[str, tuple[Cited, ...]],
) -> tuple[Assertion, ...]:
    """Return the assertions of a letter's body, in the order of reading.

    Args:
        body: The bound body of the letter.
        bound: Its bound pieces.
        charts: Its charts.
        sources: Where each fact comes from, by address.
    """
    by_id = {piece.id: piece for piece in bound}
    inputs = {chart.name: chart.inputs for chart in charts}
    found: list[Assertion] = []
    known: dict[str, int] = {}
    for text, ids, further in _statements(body, inputs):
        pieces = [by_id[identity] for identity in ids]
        facts = tuple(dict.fromkeys([*(f for piece in pieces for f in piece.facts), *further]))
        digest = _digest(text, pieces, facts, sources)
        # The same sentence twice is two assertions; the second is told apart by its count.
        known[digest] = known.get(digest, 0) + 1
        suffix = f"-{known[digest]}" if known[digest] > 1 else ""
        found.append(
            Assertion(f"a-{digest[:12]}{suffix}", len(found) + 1, text, tuple(ids), facts, digest)
        )
    return tuple(found)


def _statements(
    node: Element, inputs: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, list[str], tuple[str, ...]]]:
    """Yield words, ids of bound pieces, and further facts, of each statement below `node`."""
    if node.tag in _NO_STATEMENT:
        return
    if node.tag == "figure":
        yield from _figure(node, inputs)
    elif node.tag == "tr":
        cells = [cell for cell in node.children if isinstance(cell, Element)]
        text = " | ".join(" ".join(cell.text(notes=False).split()) for cell in cells)
        yield text, [i for cell in cells for i in _ids(cell)], ()
    elif node.tag in _HOLDERS and not _holds_blocks(node):
        yield from _sentences(node)
        for note in (below for below in node.walk() if below.tag == "aside"):
            if not any(below.tag == "cite" for below in note.walk()):
                yield from _sentences(note)
    else:
        for child in node.children:
            if isinstance(child, Element):
                yield from _statements(child, inputs)


def _figure(
    figure: Element, inputs: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, list[str], tuple[str, ...]]]:
    for picture in (below for below in figure.walk() if below.tag == "img"):
        name = (picture.get("src") or "").removeprefix("chart:")
        caption = " ".join(figure.text().split())
        yield f"{caption} {picture.get('alt')}".strip(), [], inputs.get(name, ())


def _holds_blocks(node: Element) -> bool:
    return any(
        isinstance(child, Element) and child.tag in {"p", "ul", "ol", "table", "blockquote"}
        for child in node.children
    )


def _ids(node: Element) -> list[str]:
    return [i for below in node.walk() if (i := below.get("id")) and i.startswith("f-")]


def _sentences(holder: Element) -> Iterator[tuple[str, list[str], tuple[str, ...]]]:
    text, starts = "", []
    for piece, identity in _pieces(holder):
        if identity is not None:
            starts.append((len(text), identity))
        text += piece
    for start, end in boundaries(text):
        ids = [identity for position, identity in starts if start <= position < end]
        yield " ".join(text[start:end].split()), ids, ()


def _pieces(node: Element) -> Iterator[tuple[str, str | None]]:
    """Yield the texts below `node` without footnotes, each with the id it is bound under."""
    for child in node.children:
        if isinstance(child, str):
            yield child, None
        elif child.tag == "br":
            yield " ", None
        elif (child.get("id") or "").startswith("f-"):
            yield child.text(), child.get("id")
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
