"""Whether all that the letter says is on its pages.

WeasyPrint 70 loses a note when, at the foot of a page, it makes room for a line by moving earlier
notes to the next page: the notes that this very line calls are forgotten. A letter that loses a
source in silence may not leave the house; so notes are counted after the layout, and every
character after the drawing.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from reportgen.rendering.engine import FootnoteAreaBox

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from xml.etree.ElementTree import Element

    from reportgen.rendering.structure import Box, Part

_NOT_COUNTED = ("Cc", "Cf", "Zs", "Zl", "Zp")
"""Unicode categories of what leaves no mark on paper: spaces, line breaks, soft hyphens."""


def lost_notes(pages: Iterable[Box], root: Element) -> frozenset[str]:
    """Return the numbers of the notes that stand on none of the laid-out pages.

    Args:
        pages: The boxes of the pages.
        root: The `html` element that they were laid out from.
    """
    placed = {
        id(note.element)
        for page in pages
        for area in page.children
        if isinstance(area, FootnoteAreaBox)
        for note in area.descendants()
        if note.element is not None
    }
    return frozenset(
        element.get("data-number", "")
        for element in root.iter("span")
        if element.get("class") == "note" and id(element) not in placed
    )


def undrawn_characters(document: Part, body: Element) -> int:
    """Return how many of the letter's characters are in no part of what was drawn.

    Args:
        document: The tree of what was drawn.
        body: The element that was to be drawn.
    """
    drawn = _marks(part.text for part in document.walk())
    return (_marks(_texts(body)) - drawn).total()


def _marks(texts: Iterable[str]) -> Counter[str]:
    # Case is folded, since a style may set a heading in capitals.
    return Counter(
        mark
        for text in texts
        for mark in text.casefold()
        if unicodedata.category(mark) not in _NOT_COUNTED
    )


def _texts(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        yield from _texts(child)
        yield child.tail or ""
