"""Numbers what has a caption, and gathers confidential passages, before anything is bound.

Tables and figures can be mentioned before they stand, so they are numbered first, in the order of
reading. A passage of whole paragraphs, which Markdown left between two tokens, becomes one block.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.letters.markup import Element
from reportgen.letters.registry import Closing, Drawing, Opening, Printed, Registry
from reportgen.problems.model import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportgen.statistics.model import Chart


MAX_SHORT = 14
"""How many rows, its head counted, a table has that is not broken across pages."""


class Numbering:
    """Numbers the tables and figures of one letter.

    Attributes:
        labels: By the name of a table or figure: what it is called ("Table 1"), and its anchor.
        charts: The charts that stand in the letter.
        problems: What is wrong: a name used twice, a passage that is never closed.
    """

    def __init__(self, registry: Registry) -> None:
        """Number with the items of `registry`."""
        self.labels: dict[str, tuple[str, str]] = {}
        self.charts: list[Chart] = []
        self.problems: list[Problem] = []
        self._registry = registry
        self._counts = {"Table": 0, "Figure": 0}

    def number(self, blocks: Iterable[Element], place: Place) -> tuple[Element, ...]:
        """Return the blocks of a section, numbered, and passages of several as one."""
        return tuple(self._blocks(iter(blocks), place, within=None))

    def _blocks(
        self, blocks: Iterator[Element], place: Place, *, within: Printed | None
    ) -> Iterator[Element]:
        for block in blocks:
            only = self._only_item(block)
            if only is not None and isinstance(only.item, Opening):
                inside = tuple(self._blocks(blocks, place, within=only))
                yield Element("div", confidential(only.item.reason), inside)
            elif only is not None and isinstance(only.item, Closing) and within is not None:
                return
            elif only is not None and isinstance(only.item, Drawing):
                yield self._figure(only.item, only.place)
            elif block.tag == "table":
                yield self._table(block, place)
            else:
                yield block
        if within is not None:
            self.problems.append(crossing(within.place))

    def _only_item(self, block: Element) -> Printed | None:
        """Return the item that a paragraph consists of, if it consists of one."""
        if block.tag != "p" or len(block.children) != 1 or not isinstance(block.children[0], str):
            return None
        pieces = [
            piece
            for piece in self._registry.items(block.children[0])
            if not (isinstance(piece, str) and not piece.strip())
        ]
        return pieces[0] if len(pieces) == 1 and isinstance(pieces[0], Printed) else None

    def _label(self, word: str, name: str | None, place: Place) -> tuple[str, str]:
        self._counts[word] += 1
        label = f"{word} {self._counts[word]}"
        anchor = label.lower().replace(" ", "-")
        if name is not None:
            if name in self.labels:
                message = f"two tables or figures are named `{name}`"
                self.problems.append(Problem("duplicate-name", message, place))
            self.labels[name] = (label, anchor)
        return label, anchor

    def _table(self, table: Element, place: Place) -> Element:
        caption = table.children[0] if table.children else None
        if not isinstance(caption, Element) or caption.tag != "caption":
            return table
        label, anchor = self._label("Table", table.get("id"), place)
        titled = replace(caption, children=(_labelled(label), " ", *caption.children))
        return Element(
            "table",
            (("class", _table_class(table)), ("id", anchor)),
            (titled, *table.children[1:]),
        )

    def _figure(self, drawing: Drawing, place: Place) -> Element:
        label, anchor = self._label("Figure", drawing.name, place)
        chart = replace(drawing.chart, name=drawing.name, title=drawing.title)
        self.charts.append(chart)
        made = (("class", "made"),) if drawing.title == drawing.chart.title else ()
        figure = Element(
            "figure",
            (("id", anchor), ("class", "chart")),
            (
                Element("img", (("src", f"chart:{chart.name}"), ("alt", chart.alternative))),
                Element("figcaption", made, (_labelled(label), f" {chart.title}")),
            ),
        )
        if drawing.confidential is None:
            return figure
        return Element("div", confidential(drawing.confidential), (figure,))


def confidential(reason: str) -> tuple[tuple[str, str], ...]:
    """Return the attributes of an element that may not stand in a public version."""
    return (("class", "confidential"), ("title", reason))


def crossing(place: Place) -> Problem:
    """Return the problem of a passage that begins in one paragraph and ends in another."""
    return Problem(
        "confidential-crosses",
        "a confidential passage begins here and does not end where it could",
        place,
        "let it begin and end within one paragraph, or put blank lines around whole paragraphs",
    )


def _table_class(table: Element) -> str:
    """Return the table's class; a short one is kept on one page."""
    rows = sum(node.tag == "tr" for node in table.walk())
    return "data short" if rows <= MAX_SHORT else "data"


def _labelled(label: str) -> Element:
    return Element("span", (("class", "label"),), (f"{label}.",))
