"""Where a page has to end, so that every note stands on the page that calls it.

WeasyPrint 70 would move and forget notes at the foot of a page; `notekeeping` keeps it from doing so.
Where it still leaves a note on another page than its call, the remedy is to end the page before
that paragraph, and to lay the letter out again.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from reportgen.rendering.engine import FootnoteAreaBox, LineBox, MarginBox
from reportgen.rendering.page import BLOCK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from xml.etree.ElementTree import Element

    from reportgen.rendering.structure import Box

_HEADINGS: Final = frozenset(["h2", "h3"])
_MOVABLE: Final = 3
"""How many lines at a page's foot may go to the next page for the sake of a note."""


def block_to_move(pages: Sequence[Box]) -> str | None:
    """Return the number of the block that should start a page, or None when all notes are well.

    Args:
        pages: The boxes of the laid-out pages; blocks are numbered by `page`.

    Returns:
        The first block after the first page that lacks a note which it calls. None, too, when
        that block began long before on the same page: moving it would do more harm.
    """
    for page, following in pairwise(pages):
        if _calls(page) <= _notes(page):
            continue
        block = next(_blocks(following), None)
        if block is None:
            return None
        number = block.get(BLOCK)
        lines = sum(isinstance(box, LineBox) for same in _same(page, number) for box in _all(same))
        if lines > _MOVABLE:
            return None
        return _with_headings(block, list(_blocks(page)))
    return None


def _with_headings(block: Element, before: list[Element]) -> str | None:
    """Return the number of the block, or of the first of the headings that it follows at once."""
    number = block.get(BLOCK)
    for element in reversed(before):
        if element is block:
            continue
        if element.tag not in _HEADINGS:
            break
        number = element.get(BLOCK)
    return number


def _calls(page: Box) -> set[int]:
    """Return the notes, by the identity of their elements, that are called on a page."""
    return {
        id(box.element)
        for box in _flow(page)
        if (box.element_tag or "").endswith("::footnote-call")
    }


def _notes(page: Box) -> set[int]:
    """Return the notes that stand on a page, or go on on it."""
    return {
        id(box.element)
        for area in page.children
        if isinstance(area, FootnoteAreaBox)
        for box in area.children
    }


def _blocks(page: Box) -> Iterator[Element]:
    """Yield the elements of the blocks on a page, in the order of reading."""
    for box in _flow(page):
        if box.element is not None and box.element.get(BLOCK) is not None:
            yield box.element


def _same(page: Box, block: str | None) -> Iterator[Box]:
    """Yield the outermost boxes of a block on a page."""
    inside: set[int] = set()
    for box in _flow(page):
        if id(box) in inside or box.element is None or box.element.get(BLOCK) != block:
            continue
        inside.update(map(id, _all(box)))
        yield box


def _flow(page: Box) -> Iterator[Box]:
    """Yield all boxes of a page but those in its margins and among its notes."""
    for child in page.children:
        if not isinstance(child, MarginBox | FootnoteAreaBox):
            yield from _all(child)


def _all(box: Box) -> Iterator[Box]:
    yield box
    yield from box.descendants() if hasattr(box, "descendants") else ()
