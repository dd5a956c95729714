"""Puts back what tokens stand for: each fact with its identity, each note with its number.

In goes the tree of a letter, with tokens in its texts; out comes the tree of which the draft is
made. Everything is numbered in the order of reading: facts, footnotes, tables, figures.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reportgen.letters import prose
from reportgen.letters.citing import Footnotes
from reportgen.letters.draft import Binding, BoundFact, Unbound, Waiver
from reportgen.letters.markup import Element
from reportgen.letters.numbering import confidential, crossing
from reportgen.letters.registry import (
    Closing,
    CrossReference,
    Drawing,
    Law,
    Literal,
    Note,
    Opening,
    Printed,
    Registry,
    UnboundNumber,
)
from reportgen.letters.values import Value
from reportgen.problems.model import Place, Problem
from reportgen.quantities.finding import find

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Node = Element | str


class Binder:
    """Binds the parts of one letter, in the order of reading.

    Attributes:
        bound: Every bound piece so far.
        unbound: The numbers that are bound to nothing.
        problems: What is wrong: a mention of a table that there is not, a fact inside a link.
    """

    def __init__(self, registry: Registry, labels: Mapping[str, tuple[str, str]]) -> None:
        """Bind with the items of `registry`, and with what tables and figures are called."""
        self.bound: list[BoundFact] = []
        self.unbound: list[Unbound] = []
        self.problems: list[Problem] = []
        self._registry = registry
        self._footnotes = Footnotes()
        self._notes = 0
        self._labels = labels

    def bind(self, node: Element, place: Place, *, scan: bool) -> Element:
        """Return `node` with every token below put back.

        Args:
            node: A block.
            place: Where to say that a number stands when nothing better is known.
            scan: Whether numbers that are bound to nothing count.
        """
        attributes = tuple((name, self._plain(value)) for name, value in node.attributes)
        if node.tag == "a":
            return Element("a", attributes, (self._link_text(node, place, scan=scan),))
        if node.tag == "img" or _is_label(node):
            return node
        if node.tag == "figcaption" and node.has_class("made"):
            # The caption that a chart brings is made of the facts that it draws.
            return Element(node.tag, (), node.children)
        pieces: list[Node | Printed] = []
        for child in node.children:
            if isinstance(child, Element):
                pieces.append(self.bind(child, place, scan=scan))
            else:
                pieces.extend(self._text(child, place, scan=scan))
        whole = self._passages(_with_single_stops(pieces), within=None)
        return Element(node.tag, attributes, tuple(whole))

    def _passages(
        self, pieces: Iterator[Node | Printed], *, within: Printed | None
    ) -> Iterator[Node]:
        """Yield the pieces, those between the ends of a confidential passage as one."""
        for piece in pieces:
            if not isinstance(piece, Printed):
                yield piece
            elif isinstance(piece.item, Opening):
                inside = tuple(self._passages(pieces, within=piece))
                yield Element("span", confidential(piece.item.reason), inside)
            elif within is not None:
                return
            else:
                self.problems.append(crossing(piece.place))
        if within is not None:
            self.problems.append(crossing(within.place))

    def _text(self, text: str, place: Place, *, scan: bool) -> Iterator[Node | Printed]:
        for piece in self._registry.items(text):
            if isinstance(piece, UnboundNumber):
                yield self._mark(piece.text, piece.place) if scan else piece.text
            elif isinstance(piece, str):
                yield from self._scanned(piece, place) if scan else (piece,)
            else:
                yield from self._item(piece, scan=scan)

    def _item(self, printed: Printed, *, scan: bool) -> Iterator[Node | Printed]:
        match printed.item:
            case Opening() | Closing():
                yield printed
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
            case Waiver(code, reason):
                yield Element("span", (("class", "waiver"), ("title", f"{code}: {reason}")))
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
            piece = Element("time", (*kind, ("datetime", value.exact), *data), (value.text,))
        else:
            said = value.binding is Binding.COMPARISON or not value.exact
            machine = (("value", value.text if said else value.exact),)
            piece = Element("data", (*kind, *data, *machine), (value.text,))
        if value.confidential is None:
            return piece
        return Element("span", confidential(value.confidential), (piece,))

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

    def _link_text(self, link: Element, place: Place, *, scan: bool) -> str:
        """Return a link's words; PDF/UA wants no element in it, so that a number is only noted."""
        text = link.text()
        pieces = tuple(self._registry.items(text))
        for piece in pieces if scan else ():
            if isinstance(piece, UnboundNumber):
                self.unbound.append(Unbound(piece.text, piece.place))
            elif isinstance(piece, str):
                self.unbound.extend(Unbound(found.text, place) for found in find(piece))
        if any(isinstance(piece, Printed) for piece in pieces):
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


_TWO_STOPS: Final = re.compile(r"(?<!\.)\.\.(?!\.)")


def _with_single_stops(pieces: Iterable[Node | Printed]) -> Iterator[Node | Printed]:
    """Yield the pieces; a name that ends with a full stop, `Ltd.`, ends its sentence with that."""
    before = ""
    for piece in pieces:
        if isinstance(piece, str):
            text = _TWO_STOPS.sub(".", piece)
            doubled = before.endswith(".") and re.match(r"\.(?!\.)", text)
            before = text[1:] if doubled else text
            if before:
                yield before
            continue
        if isinstance(piece, Element):
            before = "" if piece.tag == "aside" else piece.text()
        yield piece


def _broken(text: str) -> Iterator[Node]:
    """Yield the text; a line break of its own becomes one of the letter."""
    for position, line in enumerate(text.split("\n")):
        if position:
            yield Element("br")
        if line:
            yield line


def _is_label(node: Element) -> bool:
    """Whether a node is "Table 1." or "2.", made by the composer and bound to nothing."""
    return node.tag == "span" and (node.has_class("label") or node.has_class("number"))
