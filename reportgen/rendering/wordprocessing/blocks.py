"""Blocks: the parts of a letter as paragraphs, lists, tables and figures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from reportgen.letters.markup import BLOCK_TAGS, Element
from reportgen.rendering.wordprocessing.elements import qualified
from reportgen.rendering.wordprocessing.looks import ParagraphLook, RunLook
from reportgen.rendering.wordprocessing.numbering import INDENT, LEVELS
from reportgen.rendering.wordprocessing.paragraphs import (
    adjusted,
    list_number,
    paragraph,
    recast,
)
from reportgen.rendering.wordprocessing.styles import identifier
from reportgen.rendering.wordprocessing.tables import data_table, side_by_side
from reportgen.rendering.wordprocessing.tracking import change_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml.etree import _Element

    from reportgen.rendering.wordprocessing.story import Story
    from reportgen.rendering.wordprocessing.tracking import Change


@dataclass(frozen=True, slots=True)
class Setting:
    """Within what a block stands.

    Attributes:
        style: The style of its paragraphs.
        items: The style of its lists' items; None for those of the body.
        level: How many lists it stands in.
    """

    style: str = "Body Text"
    items: str | None = None
    level: int = 0


_BODY: Final = Setting()
_HEADINGS: Final = {"h1": "heading 1", "h2": "heading 1", "h3": "heading 2"}
"""The subject of a letter is no heading of Word's, so that those of its parts begin with the first."""
_STYLES_BY_CLASS: Final = {
    "organization": "Letterhead",
    "lines": "Letterhead Lines",
    "date": "Date",
    "delivery": "Delivery",
    "salutation": "Salutation",
    "close": "Closing",
    "form": "Form Title",
    "form-line": "Form Line",
}
_SETTINGS_BY_CLASS: Final = {
    "signature": Setting("Signature"),
    "enclosures": Setting("Enclosures", "Enclosures"),
    "copies": Setting("Copies", "Copies"),
}
_AFTER_LIST: Final = 8.0
_LETTERHEAD_RULE: Final = ParagraphLook(after=30, rule_below=9)


def blocks(
    nodes: Iterable[Element | str], story: Story, setting: Setting = _BODY
) -> Iterator[_Element]:
    """Yield paragraphs and tables; text that stands between blocks becomes a paragraph."""
    inline: list[Element | str] = []
    for node in nodes:
        if isinstance(node, Element) and node.tag in BLOCK_TAGS:
            yield from _loose(inline, story, setting)
            inline.clear()
            story.begin(node)
            before = story.change
            story.change = change_of(node) or before
            made = list(_block(node, story, setting))
            story.change = before
            _mark_former_items(node, made, story)
            yield from made
        else:
            inline.append(node)
    yield from _loose(inline, story, setting)


def _mark_former_items(node: Element, made: Sequence[_Element], story: Story) -> None:
    """Let paragraphs that were items of a list be such again when that change is rejected."""
    ordered = node.has_class("was-ol")
    if not ordered and not node.has_class("was-ul"):
        story.former_list = None
        return
    if story.former_list is None:
        numbering = story.register.numbering
        story.former_list = numbering.add(ordered=ordered, level=0, start=1)
    for each in made:
        style = "List Number" if ordered else "List Bullet"
        recast(each, story, style, list_number(0, story.former_list))


def _loose(inline: Sequence[Element | str], story: Story, setting: Setting) -> Iterator[_Element]:
    if any(isinstance(node, Element) or node.strip() for node in inline):
        yield from _paragraphs(Element("p", (), tuple(inline)), story, setting)


def _block(node: Element, story: Story, setting: Setting) -> Iterator[_Element]:  # noqa: C901, PLR0912 - one case a tag
    inside = node.children
    match node.tag:
        case "p":
            yield from _paragraphs(node, story, setting)
        case "h1" if node.has_class("form"):
            yield paragraph(inside, story, "Form Title")
        case "h1" if node.has_class("subject"):
            yield paragraph(inside, story, "Subject", hanging=True)
        case "h1" | "h2" | "h3":
            yield paragraph(inside, story, _HEADINGS[node.tag], hanging=True)
        case "blockquote":
            yield from blocks(inside, story, replace(setting, style="Block Text"))
        case "ol" | "ul":
            yield from _list(node, story, setting)
        case "dt":
            yield paragraph(inside, story, "Term")
        case "dd":
            yield from blocks(inside, story, replace(setting, style="Definition"))
        case "table":
            yield from _data_table(node, story)
        case "figure":
            yield from _figure(node, story)
        case "address":
            yield from _address(node, story)
        case "div" if node.has_class("addressees"):
            yield from _addressees(node, story)
        case "header" if node.has_class("letterhead"):
            made = list(blocks(inside, story, setting))
            if made:
                adjusted(made[-1], _LETTERHEAD_RULE)
            yield from made
        case "section" if node.has_class("exhibit"):
            yield from _exhibit(node, story)
        case _:
            own = next((s for name, s in _SETTINGS_BY_CLASS.items() if node.has_class(name)), None)
            yield from blocks(inside, story, own or setting)


def _exhibit(node: Element, story: Story) -> Iterator[_Element]:
    """Yield an enclosure: its cover sheet, and each of its parts on a page of its own."""
    for child in node.children:
        made = list(blocks((child,), story))
        if made and made[0].tag == qualified("w:p"):
            adjusted(made[0], ParagraphLook(new_page=True))
        yield from made


def _paragraphs(node: Element, story: Story, setting: Setting) -> Iterator[_Element]:
    """Yield a paragraph, or those that it was divided into or joined from."""
    run: list[Element | str] = []
    begun = False
    for child in node.children:
        if isinstance(child, Element) and child.has_class("break"):
            part = replace(node, children=tuple(run))
            yield _paragraph(part, story, setting, change=change_of(child), begun=begun)
            run.clear()
            begun = True
        else:
            run.append(child)
    yield _paragraph(replace(node, children=tuple(run)), story, setting, begun=begun)


def _paragraph(
    node: Element,
    story: Story,
    setting: Setting,
    *,
    change: Change | None = None,
    begun: bool = False,
) -> _Element:
    look = ParagraphLook(with_next=True) if node.has_class("label") else ParagraphLook()
    style = next((s for name, s in _STYLES_BY_CLASS.items() if node.has_class(name)), None)
    if style is None or setting.style == "Signature" or node.has_class("label"):
        style = setting.style
    return paragraph(node.children, story, style, look=look, change=change, begun=begun)


def _list(node: Element, story: Story, setting: Setting) -> Iterator[_Element]:
    ordered = node.tag == "ol"
    level = min(setting.level, LEVELS - 1)
    indent = INDENT * (level + 1)
    marked = ordered or setting.items is None
    start = node.get("start") or ""
    number = story.register.numbering.add(
        ordered=ordered,
        level=level,
        start=int(start) if start.isascii() and start.isdecimal() else 1,
    )
    style = setting.items or ("List Number" if ordered else "List Bullet")
    within = Setting(style, setting.items, setting.level + 1)
    last: _Element | None = None
    for item in node.children:
        if not isinstance(item, Element):
            continue
        story.begin(item)
        before = story.change
        story.change = change_of(item) or before
        made = list(blocks(item.children, story, within)) or [paragraph((), story, style)]
        story.change = before
        own = [block for block in made if _is_item(block, style)]
        items = 1 + sum(isinstance(c, Element) and c.has_class("break") for c in item.children)
        for at, block in enumerate(own):
            if at < items and marked:
                block[0].append(list_number(level, number))
            else:
                adjusted(block, ParagraphLook(left=indent))
            last = block
        if item.has_class("was-p"):
            for block in own[:items]:
                recast(block, story, "Body Text")
        yield from made
    if last is not None and setting == _BODY:
        adjusted(last, ParagraphLook(after=_AFTER_LIST))


def _is_item(block: _Element, style: str) -> bool:
    """Whether a block is a paragraph of a list's item that no list within it has taken."""
    if block.tag != qualified("w:p"):
        return False
    properties = block[0]
    return (
        properties[0].get(qualified("w:val")) == identifier(style)
        and properties.find(qualified("w:numPr")) is None
        and properties.find(qualified("w:ind")) is None
    )


def _data_table(node: Element, story: Story) -> Iterator[_Element]:
    for child in node.children:
        if isinstance(child, Element) and child.tag == "caption":
            yield paragraph(child.children, story, "Table Caption")
    table = data_table(
        node,
        story.register.sheet.measure,
        story.register.ruler,
        partial(_filled, story=story),
        story.register.tracking,
    )
    if table is not None:
        yield table


def _filled(cell: Element, style: str, story: Story) -> Sequence[_Element]:
    """Return the paragraphs of a cell: at least one, and one at the end, as Word needs it."""
    story.change = None  # the end of a cell is neither put in nor taken out: its row is
    bold = cell.tag == "th" and cell.get("scope") == "col"
    inline = not any(isinstance(c, Element) and c.tag in BLOCK_TAGS for c in cell.children)
    if inline:
        look = RunLook(bold=True) if bold else RunLook()
        return (paragraph(cell.children, story, style, run_look=look),)
    made = list(blocks(cell.children, story, Setting(style)))
    if not made or made[-1].tag != qualified("w:p"):
        made.append(paragraph((), story, style))
    return made


def _figure(node: Element, story: Story) -> Iterator[_Element]:
    for child in node.children:
        if isinstance(child, Element) and child.tag == "figcaption":
            yield paragraph(child.children, story, "Figure Caption")
        elif isinstance(child, Element) and child.tag in {"img", "ins", "del"}:
            yield paragraph((child,), story, "Figure")
        else:
            yield from blocks((child,), story)


def _address(node: Element, story: Story) -> Iterator[_Element]:
    """Yield a paragraph for each line, so that a long one can hang."""
    begun = False
    for line, change in _lines(node.children):
        yield paragraph(line, story, "Inside Address", change=change, begun=begun)
        begun = change is not None


def _lines(
    nodes: Iterable[Element | str],
) -> Iterator[tuple[tuple[Element | str, ...], Change | None]]:
    """Yield what stands between line breaks, each line with what became of its end."""
    line: list[Element | str] = []
    for node in nodes:
        change = None if isinstance(node, str) else change_of(node)
        if isinstance(node, str) or (node.tag != "br" and change is None):
            line.append(node)
        elif change is None:
            yield tuple(line), None
            line = []
        else:
            # A line that was put in, or taken out, ends within what was.
            *ended, (last, _) = _lines(node.children)
            for inside, _ in ended:
                yield (*line, replace(node, children=inside)), change
                line = []
            line.append(replace(node, children=last))
    yield tuple(line), None


def _addressees(node: Element, story: Story) -> Iterator[_Element]:
    addresses = [c for c in node.children if isinstance(c, Element) and c.tag == "address"]
    if len(addresses) < 2 or len(addresses) != len(node.children):
        yield from blocks(node.children, story)
        return
    # A table, not tabs: each address is then read whole, one after the other.
    cells = [tuple(_address(address, story)) for address in addresses]
    yield side_by_side(cells, story.register.sheet.measure)
