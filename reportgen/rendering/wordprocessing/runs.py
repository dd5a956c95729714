"""Runs: the text of a paragraph with its emphasis, links, facts and calls of notes."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from reportgen.rendering.wordprocessing.drawings import drawing
from reportgen.rendering.wordprocessing.elements import element, qualified, w
from reportgen.rendering.wordprocessing.looks import RunLook
from reportgen.rendering.wordprocessing.package import linked
from reportgen.rendering.wordprocessing.story import bookmark_name
from reportgen.rendering.wordprocessing.tracking import WHOLE, Seams, change_of, struck

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element

    from reportgen.letters.markup import Element
    from reportgen.rendering.wordprocessing.story import Story
    from reportgen.rendering.wordprocessing.tracking import Change

_PLAIN: Final = RunLook()
_FACT: Final = "Fact"
NOTE_CALL: Final = "FootnoteReference"
_SPACE: Final = re.compile("[ \t\n\r\f]+")
"""What HTML takes for one space; a no-break space is none of it."""
_FIRST_RTL: Final = "\u0590"
"""No character before it is written from right to left."""
_BAR: Final = "\N{NO-BREAK SPACE}" * 16
"""What stands under the bar of a redaction: nothing, and of one width whatever it covers."""
_QUOTATION_MARKS: Final = (("“", "”"), ("‘", "’"))


def runs(
    nodes: Iterable[Element | str],
    story: Story,
    look: RunLook = _PLAIN,
    *,
    hanging: bool = False,
    seams: Seams = WHOLE,
) -> list[_Element]:
    """Return what stands in a paragraph beside its properties.

    Args:
        nodes: Inline content.
        story: Where it stands.
        look: What is added to the paragraph's style.
        hanging: Whether a number or label at the beginning stands out, followed by a tab.
        seams: Which ends of the paragraph are not there in one of two drafts.
    """
    line = _Line(story, hanging=hanging, begun=seams.begun)
    line.extend(nodes, look)
    return line.finish(goes_on=seams.goes_on)


def run(*content: _Element, look: RunLook = _PLAIN) -> _Element:
    """Return `w:r`."""
    properties = look.properties()
    return w("r", *(() if properties is None else (properties,)), *content)


def words(text: str, look: RunLook = _PLAIN) -> _Element:
    """Return a run of text, its spaces kept."""
    made = w("t", text)
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return run(made, look=look)


class _Line:
    """Collects runs, and gives white space the meaning that it has in HTML."""

    def __init__(self, story: Story, *, hanging: bool, begun: bool) -> None:
        self._story = story
        self._hanging = hanging
        self._made: list[_Element] = []
        self._link: _Element | None = None
        self._quoted = 0
        # Whether a space comes before, in what is put in and in what is taken out: so that a
        # paragraph begins with none.
        self._spaced = {True: not begun, False: not begun}
        self._change: Change | None = None
        self._last: _Element | None = None
        self._open: _Element | None = None

    def extend(self, nodes: Iterable[Element | str], look: RunLook) -> None:
        """Add nodes at the end."""
        for node in nodes:
            if isinstance(node, str):
                self._text(node, look)
            else:
                language = node.get("lang")
                self._node(node, replace(look, language=language) if language else look)

    def finish(self, *, goes_on: bool) -> list[_Element]:
        """Return what was collected; a line ends in no space, unless it goes on in a draft."""
        if not goes_on:
            self._trim()
        return self._made

    def _node(self, node: Element, look: RunLook) -> None:
        match node.tag:
            case "ins" | "del" if self._story.register.tracking is not None:
                self._tracked(node, look)
            case "br":
                self._trim()
                self._put(run(w("br"), look=look))
                self._after_space = True
            case "q":
                opening, closing = _QUOTATION_MARKS[self._quoted % 2]
                self._quoted += 1
                self.extend((opening, *node.children, closing), look)
                self._quoted -= 1
            case "data" | "time":
                self._fact(node, look)
            case "a":
                self._linked(node, look)
            case "aside" if self._story.calls_notes:
                self._note(node)
            case "img":
                self._picture(node)
            case "span" if node.has_class("bar"):
                self._put(words(_BAR, replace(look, barred=True)))
                self._after_space = False
            case "span" if node.has_class("number") or node.has_class("label"):
                self._label(node, look)
            case _:
                self.extend(node.children, self._emphasis(node.tag, look))

    def _emphasis(self, tag: str, look: RunLook) -> RunLook:
        """Return how the text of an element looks within a text of the given look."""
        match tag:
            case "strong":
                return replace(look, bold=True)
            case "em":  # a citation is roman: what is italic in it is emphasis of its own
                return look.slanted()
            case "sup":
                return replace(look, raised=True)
            case "mark" if not self._story.register.final:
                return replace(look, dotted=True)
            case _:
                return look

    def _text(self, text: str, look: RunLook) -> None:
        collapsed = _SPACE.sub(" ", text)
        if self._after_space:
            collapsed = collapsed.removeprefix(" ")
        if not collapsed:
            return
        for part, rtl in _directed(collapsed):
            made = words(part, replace(look, rtl=True) if rtl else look)
            self._put(made)
            self._last = made
        self._after_space = collapsed.endswith(" ")

    def _put(self, made: _Element) -> None:
        holder = self._made if self._link is None else self._link
        tracking = self._story.register.tracking
        if self._change is None or tracking is None or made.tag != qualified("w:r"):
            holder.append(made)
        else:
            name = self._change.name
            if name == "del":
                struck(made)
            if self._open is None or len(holder) == 0 or holder[-1] is not self._open:
                self._open = tracking.mark(name)
                holder.append(self._open)
            self._open.append(made)
        self._last = None

    @property
    def _after_space(self) -> bool:
        """Whether a space comes before, on whichever side of a change the text stands."""
        return all(self._spaced[side] for side in self._sides)

    @_after_space.setter
    def _after_space(self, value: bool) -> None:
        self._spaced.update(dict.fromkeys(self._sides, value))

    @property
    def _sides(self) -> tuple[bool, ...]:
        return (True, False) if self._change is None else (self._change.inserted,)

    def _tracked(self, node: Element, look: RunLook) -> None:
        """Add what was put in or taken out; what stands within such a text is of its kind."""
        tracking, change = self._story.register.tracking, change_of(node)
        if tracking is None or change is None or self._change is not None:
            self.extend(node.children, look)
            return
        start, end = tracking.around(change) if change.number else (None, None)
        if start is not None:
            self._put(start)
        self._change, self._open = change, None
        self.extend(node.children, look)
        self._change = None
        if end is not None:
            last = self._last
            self._put(end)
            self._last = last

    def _trim(self) -> None:
        """Take away the space at the end of the line."""
        if self._last is None or not self._after_space:
            return
        holder = self._last.getparent()
        if self._change is not None and (holder is None or holder is not self._open):
            return  # what was kept does not end where only one of the drafts has a line end
        text = self._last[-1]
        text.text = (text.text or "").removesuffix(" ")
        if not text.text:
            self._remove(self._last)
        self._last = None

    def _remove(self, made: _Element) -> None:
        """Take away what was put last, and the mark of a change around it that is left empty."""
        holder = made.getparent()
        (self._made if holder is None else holder).remove(made)
        if holder is not None and holder is self._open and not len(holder):
            self._open = None
            self._remove(holder)

    def _fact(self, node: Element, look: RunLook) -> None:
        """Add a bound text: in a draft a bookmark of its id, around runs of a style of their own."""
        identifier = node.get("id")
        marks = None
        if identifier and not self._story.register.final:
            marks = self._story.register.bookmark(identifier)
        if marks is None:
            self.extend(node.children, look)
            return
        # White space before it stays outside: the bookmark holds the fact and nothing else.
        start, end = marks
        self._put(start)
        self.extend(node.children, replace(look, style=_FACT))
        last = self._last
        self._put(end)
        self._last = last

    def _linked(self, node: Element, look: RunLook) -> None:
        target = node.get("href") or ""
        story = self._story
        within = target.startswith("#")
        if (
            self._link is not None
            or not target
            or (within and target[1:] not in story.register.targets)
        ):
            self.extend(node.children, look)
            return
        where = (
            {"w:anchor": bookmark_name(target[1:])}
            if within
            else {"r:id": linked(story.part, target)}
        )
        link = element("w:hyperlink", {**where, "w:history": "1"})
        self._put(link)
        self._link = link
        self.extend(node.children, look)
        self._link = None

    def _note(self, node: Element) -> None:
        """Add the call of a note, with a bookmark where a link leads to it."""
        register = self._story.register
        self._story.begin(node)
        for mark in self._story.marks():
            self._put(mark)
        number = register.note(node)
        self._put(run(w("footnoteReference", id=number), look=RunLook(NOTE_CALL)))
        self._after_space = False

    def _picture(self, node: Element) -> None:
        register = self._story.register
        register.drawn += 1
        plate = register.plates[node.get("src") or ""]
        self._put(run(drawing(node, plate, register.drawn, register.sheet)))
        self._after_space = False

    def _label(self, node: Element, look: RunLook) -> None:
        if not self._hanging:
            self.extend(node.children, replace(look, bold=True))
            return
        self.extend(node.children, look)
        self._trim()
        self._put(run(w("tab"), look=look))
        self._after_space = True


def _directed(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the text in stretches, each with whether it is written from right to left.

    What stands between two words of such a script belongs to the stretch (UAX 9, rules N1, W4).
    """
    if max(text) < _FIRST_RTL:
        yield text, False
        return
    start, end, rtl = 0, 0, False
    for at, character in enumerate(text):
        direction = unicodedata.bidirectional(character)
        turns = direction in {"R", "AL"}
        if turns != rtl and (turns or direction == "L"):
            stop = at if turns else end
            if stop > start:
                yield text[start:stop], rtl
            start, rtl = stop, turns
        if turns:
            end = at + 1
    if rtl:
        yield text[start:end], True
        start = end
    if start < len(text):
        yield text[start:], False
