"""Whether all that the letter says is on its pages.

A letter that loses a source or a sentence in silence may not leave the house. So every character
is counted after the drawing, whatever the layout engine says (see `pagination` for what it does).
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from xml.etree.ElementTree import Element

    from reportgen.rendering.structure import Part

_NOT_COUNTED = ("Cc", "Cf", "Zs", "Zl", "Zp")
"""Unicode categories of what leaves no mark on paper: spaces, line breaks, soft hyphens."""


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
    counted = Counter("".join(texts).casefold())
    for mark in tuple(counted):
        if unicodedata.category(mark) in _NOT_COUNTED:
            del counted[mark]
    return counted


def _texts(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        yield from _texts(child)
        yield child.tail or ""
