"""Paragraphs, and what holds them to each other."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Final

from lxml.etree import QName

from reportgen.rendering.wordprocessing.elements import qualified, w
from reportgen.rendering.wordprocessing.looks import ParagraphLook, RunLook
from reportgen.rendering.wordprocessing.runs import runs
from reportgen.rendering.wordprocessing.styles import identifier
from reportgen.rendering.wordprocessing.tracking import Seams

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element

    from reportgen.letters.markup import Element
    from reportgen.rendering.wordprocessing.story import Story
    from reportgen.rendering.wordprocessing.tracking import Change

_NO_LOOK: Final = ParagraphLook()
_NO_RUN_LOOK: Final = RunLook()
_CHANGES: Final = frozenset(map(qualified, ("w:ins", "w:del")))
_AFTER_TABLE: Final = 14.0
"""Space below a table, in points."""
_ROOMY: Final = frozenset(map(identifier, ("heading 1", "Closing")))
"""Styles that bring more space than that themselves."""


def paragraph(  # noqa: PLR0913 - what, where, and how it looks
    nodes: Iterable[Element | str],
    story: Story,
    style: str,
    *,
    look: ParagraphLook = _NO_LOOK,
    run_look: RunLook = _NO_RUN_LOOK,
    hanging: bool = False,
    change: Change | None = None,
    begun: bool = False,
) -> _Element:
    """Return `w:p` with the text, and with the bookmarks of the blocks that begin with it.

    What became of its end, where one paragraph becomes two or none, is `change`, or what became
    of all blocks that are being made; `begun` says that in one of two drafts it is the end of the
    paragraph before.
    """
    seams = Seams(begun, goes_on=change is not None)
    properties = w("pPr", w("pStyle", val=identifier(style)), *look.properties())
    change, tracking = change or story.change, story.register.tracking
    if change is not None and tracking is not None:
        properties.append(w("rPr", tracking.mark(change.name)))
    marks = story.marks()
    return w("p", properties, *marks, *runs(nodes, story, run_look, hanging=hanging, seams=seams))


def adjusted(made: _Element, look: ParagraphLook) -> None:
    """Give a paragraph further properties; where it has them already, these come first."""
    properties = made[0]
    for added in look.properties():
        present = properties.find(QName(added))
        if present is None:
            properties.append(added)
        else:
            present.attrib.update(added.attrib)
            present[:] = added[:]


def list_number(level: int, number: int) -> _Element:
    """Return the property that makes a paragraph an item of a list."""
    return w("numPr", w("ilvl", val=level), w("numId", val=number))


def recast(made: _Element, story: Story, style: str, *further: _Element) -> None:
    """Track that a paragraph had another style, and other properties, in an earlier draft."""
    tracking = story.register.tracking
    if tracking is not None:
        before = w("pPr", w("pStyle", val=identifier(style)), *further)
        made[0].append(tracking.mark("pPrChange", before))


def held_together(body: list[_Element]) -> list[_Element]:
    """Return the blocks of a body, joined as a page needs it.

    The last lines before the close stay with it, so that a signature is never alone on its page.
    Tables get space below, which they cannot have themselves, and something between them: Word
    makes one table of two that follow each other.
    """
    joined: list[_Element] = []
    for made in body:
        if joined and _is_table(joined[-1]):
            if _is_table(made):
                change = _change_of(made)
                joined.append(_blank(_change_of(joined[-1]) if change is None else change))
            else:
                _make_room(joined[-1], made)
        if joined and _style_of(made) == identifier("Closing"):
            _hold(joined[-1])
        joined.append(made)
    if joined and _is_table(joined[-1]):
        joined.append(_blank())
    return joined


def _make_room(table: _Element, following: _Element) -> None:
    style = table.find(f"{qualified('w:tblPr')}/{qualified('w:tblStyle')}")
    of_data = style is not None and style.get(qualified("w:val")) == identifier("Letter Table")
    if of_data and _style_of(following) not in _ROOMY:
        adjusted(following, ParagraphLook(before=_AFTER_TABLE))


def _hold(block: _Element) -> None:
    """Keep the end of a block on the page of what follows."""
    if not _is_table(block):
        adjusted(block, ParagraphLook(with_next=True))
        return
    *_, last = block.iter(qualified("w:tr"))
    for made in last.iter(qualified("w:p")):
        adjusted(made, ParagraphLook(with_next=True))


def _is_table(block: _Element) -> bool:
    return block.tag == qualified("w:tbl")


def _style_of(block: _Element) -> str | None:
    style = block.find(f"{qualified('w:pPr')}/{qualified('w:pStyle')}")
    return None if style is None else style.get(qualified("w:val"))


def _change_of(table: _Element) -> _Element | None:
    """Return the mark of a table that was put in or taken out as a whole."""
    marks = [
        next((mark for mark in row[0] if mark.tag in _CHANGES), None)
        for row in table.iter(qualified("w:tr"))
    ]
    return (
        None
        if None in marks or len({mark.tag for mark in marks if mark is not None}) != 1
        else marks[0]
    )


def _blank(change: _Element | None = None) -> _Element:
    """Return a paragraph that holds two tables apart and takes next to no room.

    Where it is there for the sake of a table that was put in or taken out, so was it.
    """
    properties = w(
        "pPr", w("pStyle", val="Normal"), *ParagraphLook(line=1, exact=True).properties()
    )
    if change is not None:
        properties.append(w("rPr", deepcopy(change)))
    return w("p", properties)
