"""Footnotes: the part in which Word keeps them, with the rules that set them apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportgen.rendering.wordprocessing.blocks import Setting, blocks
from reportgen.rendering.wordprocessing.elements import w
from reportgen.rendering.wordprocessing.looks import ParagraphLook, RunLook
from reportgen.rendering.wordprocessing.paragraphs import paragraph
from reportgen.rendering.wordprocessing.runs import NOTE_CALL, run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from reportgen.letters.markup import Element
    from reportgen.rendering.wordprocessing.story import Story

SEPARATORS: Final = {"separator": -1, "continuationSeparator": 0}
"""What stands between text and notes: kinds and ids; settings name the ids too."""
_STYLE: Final = "footnote text"


def separators() -> Iterator[_Element]:
    """Yield the rule above notes, and that above notes from the page before."""
    look = ParagraphLook(line=12)
    for kind, number in SEPARATORS.items():
        text = w("p", w("pPr", *look.properties()), run(w(kind)))
        yield w("footnote", text, type=kind, id=number)


def note(number: int, aside: Element, story: Story) -> _Element:
    """Return `w:footnote`: its number, then its text."""
    made = list(blocks(aside.children, story, Setting(_STYLE))) or [paragraph((), story, _STYLE)]
    call = run(w("footnoteRef"), look=RunLook(NOTE_CALL))
    made[0][0].addnext(call)
    call.addnext(run(w("tab")))
    return w("footnote", *made, id=number)
