"""Puts back what tokens stand for: each fact with its identity, each note with its number.

In goes the tree of a letter, with tokens in its texts; out comes the tree of which the draft is
made. Everything is numbered in the order of reading: facts, footnotes, tables, figures.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.letters import prose
from reportgen.letters.citing import Footnotes
from reportgen.letters.draft import BoundFact, Unbound
from reportgen.letters.markup import Element
from reportgen.letters.registry import (
    CrossReference,
    Drawing,
    Law,
    Literal,
    Note,
    Printed,
    Registry,
    UnboundNumber,
)
from reportgen.letters.values import Value
from reportgen.problems.model import Place, Problem
from reportgen.quantities.finding import find

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportgen.statistics.model import Chart

Node = Element | str


class Binder:
    """Binds the parts of one letter, in the order of reading.

    Attributes:
        bound: Every bound piece so far.
        charts: The charts that stand in the letter.
        unbound: The numbers that are bound to nothing.
        problems: What is wrong: a mention of a table that there is not, a fact inside a link.
    """

    def __init__(self, registry: Registry) -> None:
        """Bind with the items of `registry`."""
        self.bound: list[BoundFact] = []
        self.charts: list[Chart] = []
        self.unbound: list[Unbound] = []
        self.problems: list[Problem] = []
        self._registry = registry
        self._footnotes = Footnotes()
        self._notes = 0
        self._labels: dict[str, tuple[str, str]] = {}
        self._counts = {"Table": 0, "Figure": 0}

    # --- first pass: what has a number and a caption ------------------------------------------

    def number(self, blocks: Iterable[Element], place: Place) -> tuple[Element, ...]:
        """Number tables and figures, so that they can be mentioned before they stand."""
        return tuple(self._numbered(block, place) for block in blocks)

    def _numbered(self, block: Element, place: Place) -> Element:
        if block.tag == "table":
            return self._table(block, place)
        if block.tag == "p":
            drawn = self._drawing(block)
            if drawn is not None:
                return self._figure(drawn)
        return block

    def _drawing(self, block: Element) -> Printed | None:
        """Return the chart that a paragraph consists of, if it consists of one."""
        if len(block.children) != 1 or not isinstance(block.children[0], str):
            return None
        pieces = [
            piece
            for piece in self._registry.items(block.children[0])
            if not (isinstance(piece, str) and not piece.strip())
        ]
        if len(pieces) == 1 and isinstance(pieces[0], Printed):
            return pieces[0] if isinstance(pieces[0].item, Drawing) else None
        return None

    def _label(self, word: str, name: str | None, place: Place) -> tuple[str, str]:
        self._counts[word] += 1
        label = f"{word} {self._counts[word]}"
        anchor = label.lower().replace(" ", "-")
        if name is not None:
            if name in self._labels:
                message = f"two tables or figures are named `{name}`"
                self.problems.append(Problem("duplicate-name", message, place))
            self._labels[name] = (label, anchor)
        return label, anchor

    def _table(self, table: Element, place: Place) -> Element:
        caption = table.children[0] if table.children else None
        if not isinstance(caption, Element) or caption.tag != "caption":
            return table
        label, anchor = self._label("Table", table.get("id"), place)
        titled = replace(caption, children=(_labelled(label), " ", *caption.children))
        attributes = tuple(pair for pair in table.attributes if pair[0] != "id")
        return Element("table", (*attributes, ("id", anchor)), (titled, *table.children[1:]))

    def _figure(self, printed: Printed) -> Element:
        drawing = printed.item
        assert isinstance(drawing, Drawing)  # noqa: S101 - as _drawing found it
        label, anchor = self._label("Figure", drawing.name, printed.place)
        chart = replace(drawing.chart, name=drawing.name, title=drawing.title)
        self.charts.append(chart)
        return Element(
            "figure",
            (("id", anchor), ("class", "chart")),
            (
                Element("img", (("src", f"chart:{chart.name}"), ("alt", chart.alternative))),
                Element("figcaption", (), (_labelled(label), f" {chart.title}")),
            ),
        )

    # --- second pass: what stands in the text -------------------------------------------------

    def bind(self, node: Element, place: Place, *, scan: bool) -> Element:
        """Return `node` with every token below put back.

        Args:
            node: A block.
            place: Where to say that a number stands when nothing better is known.
            scan: Whether numbers that are bound to nothing count.
        """
        attributes = tuple((name, self._plain(value)) for name, value in node.attributes)
        if node.tag == "a":
            return Element("a", attributes, (self._link_text(node, place),))
        if node.tag == "figure" or (node.tag == "span" and node.has_class("label")):
            return node
        children: list[Node] = []
        for child in node.children:
            if isinstance(child, Element):
                children.append(self.bind(child, place, scan=scan))
            else:
                children.extend(self._text(child, place, scan=scan))
        return Element(node.tag, attributes, tuple(children))

    def _text(self, text: str, place: Place, *, scan: bool) -> Iterator[Node]:
        for piece in self._registry.items(text):
            if isinstance(piece, UnboundNumber):
                where = Place(place.document, span=piece.span)
                yield self._mark(piece.text, where) if scan else piece.text
            elif isinstance(piece, str):
                yield from self._scanned(piece, place) if scan else (piece,)
            else:
                yield from self._item(piece, scan=scan)

    def _item(self, printed: Printed, *, scan: bool) -> Iterator[Node]:
        match printed.item:
            case Value() as value:
                yield self._value(value, printed.place)
            case Literal(text):
                yield from self._scanned(text, printed.place) if scan else _broken(text)
            case Law(text):
                yield Element("cite", (), (text,))
            case Note() as note:
                yield from self._note(note, printed.place)
            case CrossReference(name):
                yield self._reference(name, printed.place)
            case Drawing():
                message = "a chart stands in a paragraph of its own"
                self.problems.append(Problem("chart-inside-text", message, printed.place))

    def _value(self, value: Value, place: Place) -> Element:
        identity = f"f-{len(self.bound) + 1}"
        self.bound.append(
            BoundFact(
                identity,
                value.binding,
                value.address,
                value.text,
                value.exact,
                value.facts,
                place,
            )
        )
        kind = (("class", str(value.binding)), ("id", identity))
        data = (("data-fact", " ".join(value.facts) or value.address),)
        if value.date is not None and value.date.day is not None:
            return Element("time", (*kind, ("datetime", value.exact), *data), (value.text,))
        machine = (("value", value.exact or value.text),)
        return Element("data", (*kind, *data, *machine), (value.text,))

    def _note(self, note: Note, place: Place) -> Iterator[Node]:
        if not note.sources and not note.words:
            return
        self._notes += 1
        number = self._notes
        if note.words:
            blocks, refusals = prose.read(note.words)
            self.problems.extend(refusal.at(place) for refusal in refusals)
            inside: tuple[Node, ...] = tuple(
                child for block in blocks for child in self.bind(block, place, scan=True).children
            )
            if any(isinstance(child, Element) and child.tag == "aside" for child in inside):
                message = "a footnote cannot hold a footnote"
                self.problems.append(Problem("markup-not-allowed", message, place))
        else:
            inside = self._footnotes.text(number, note.sources)
        yield Element("aside", (("id", f"note-{number}"), ("value", str(number))), inside)

    def _reference(self, name: str, place: Place) -> Node:
        if name not in self._labels:
            message = f"there is no table or figure `{name}` in this letter"
            names = ", ".join(f"`{known}`" for known in sorted(self._labels))
            help_ = f"there are {names}" if names else "name one: `Table: Title {#name}`"
            self.problems.append(Problem("undefined-name", message, place, help_))
            return name
        label, anchor = self._labels[name]
        return Element("a", (("href", f"#{anchor}"),), (label,))

    def _link_text(self, link: Element, place: Place) -> str:
        text = link.text()
        if any(isinstance(piece, Printed) for piece in self._registry.items(text)):
            self.problems.append(
                Problem(
                    "markup-not-allowed",
                    "a link holds words only, no fact",
                    place,
                    "put the fact beside the link",
                )
            )
        return self._plain(text)

    def _plain(self, text: str) -> str:
        words = []
        for piece in self._registry.items(text):
            if isinstance(piece, Printed):
                words.append(str(getattr(piece.item, "text", "")))
            else:
                words.append(piece.text if isinstance(piece, UnboundNumber) else piece)
        return "".join(words)

    def _scanned(self, text: str, place: Place) -> Iterator[Node]:
        end = 0
        for found in find(text):
            yield from _broken(text[end : found.start])
            yield self._mark(found.text, place)
            end = found.end
        yield from _broken(text[end:])

    def _mark(self, text: str, place: Place) -> Element:
        self.unbound.append(Unbound(text, place))
        return Element("mark", (("class", "unbound"),), (text,))


def _labelled(label: str) -> Element:
    return Element("span", (("class", "label"),), (f"{label}.",))


def _broken(text: str) -> Iterator[Node]:
    """Yield the text; a line break of its own becomes one of the letter."""
    for position, line in enumerate(text.split("\n")):
        if position:
            yield Element("br")
        if line:
            yield line
