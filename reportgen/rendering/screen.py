"""From a draft to the elements of a page that is read on a screen.

What goes in is the closed tag set of a composed letter; what comes out is what a browser, a screen
reader and a keyboard need of it: notes at the end with links there and back, drawings within the
page with their numbers as a table, tables that scroll alone where the screen is narrow. A draft
keeps the id of each bound fact as its anchor; a final letter keeps nothing that only the house may
know. Nothing is styled here.
"""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING

from reportgen.letters.draft import Picture
from reportgen.letters.markup import Element
from reportgen.rendering.page import KEPT, targets
from reportgen.rendering.pictures import picture_of
from reportgen.statistics.model import Chart

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.letters.draft import Draft
    from reportgen.rendering.model import Edition
    from reportgen.rendering.page import Attributes

Nodes = tuple[Element | str, ...]

_POINT = 4 / 3
"""CSS pixels in a point."""
_UNBROKEN = 17
"""The longest text, in characters, that is kept on one line: "February 23, 2026", "Table 1"."""


def letter(draft: Draft, *, final: bool) -> Element:
    """Return the whole letter, its notes at its end, before what is enclosed."""
    screen = _Screen(draft, final=final)
    article = screen.shown(draft.document)
    at = next(
        (index for index, child in enumerate(article.children) if _is_enclosed(child)),
        len(article.children),
    )
    children = (*article.children[:at], *screen.notes(), *article.children[at:])
    return Element(article.tag, article.attributes, children)


def _is_enclosed(node: Element | str) -> bool:
    return isinstance(node, Element) and node.has_class("exhibit")


def open_points(edition: Edition) -> Iterator[Element]:
    """Yield the sheet of what a draft leaves open, which is not the letter."""
    if edition.open_points and not edition.final:
        heading = Element("h2", (), ("Open points of this draft",))
        remark = Element("p", (), ("This sheet is not part of the letter.",))
        items = tuple(Element("li", (), (point,)) for point in edition.open_points)
        attributes = (("class", "open-points"), ("aria-label", "Open points of this draft"))
        yield Element("aside", attributes, (heading, remark, Element("ul", (), items)))


class _Screen:
    """Makes of a draft's elements what a screen gets, and gathers the notes on the way."""

    def __init__(self, draft: Draft, *, final: bool) -> None:
        self._draft = draft
        self._final = final
        self._targets = frozenset(targets(draft.document))
        self._notes: list[Element] = []

    def shown(self, node: Element) -> Element:
        """Return the element as a screen gets it."""
        tag, attributes, children = node.tag, self._attributes(node), self._children(node)
        match tag:
            case "aside":
                return self._called(node, children)
            case "img":
                attributes = self._pictured(node, attributes)
            case "data" | "time":
                if self._final:
                    tag, attributes = "span", ()
                if _is_short(node):
                    attributes = _with_class(attributes, "unbroken")
            case "a" if _is_short(node) and (node.get("href") or "").startswith("#"):
                attributes = _with_class(attributes, "unbroken")
            case "mark" if self._final:
                tag, attributes = "span", ()
            case "span" if node.has_class("bar"):
                attributes = (*attributes, ("role", "img"), ("aria-label", "Redacted"))
        return Element(tag, attributes, children)

    def notes(self) -> Iterator[Element]:
        """Yield the section of the notes that were called, if there are any."""
        if self._notes:
            attributes = (("class", "notes"), ("role", "doc-endnotes"), ("aria-label", "Notes"))
            heading = Element("h2", (), ("Notes",))
            yield Element("section", attributes, (heading, Element("ol", (), tuple(self._notes))))

    def _attributes(self, node: Element) -> Attributes:
        if not self._final:
            return node.attributes
        return tuple(
            (key, value)
            for key, value in node.attributes
            if key in KEPT or (key == "id" and value in self._targets)
        )

    def _children(self, node: Element) -> Nodes:
        children: list[Element | str] = []
        for child in node.children:
            if isinstance(child, str):
                children.append(child)
            elif child.tag == "table":
                children.append(_scrolling(self.shown(child), _name_of(child, "caption")))
            elif child.tag == "img" and isinstance(picture_of(child, self._draft), Chart):
                children.append(_scrolling(self.shown(child), _name_of(node, "figcaption")))
            elif child.tag == "figure":
                children += (self.shown(child), *self._numbers(child))
            else:
                children.append(self.shown(child))
        return tuple(children)

    def _called(self, note: Element, children: Nodes) -> Element:
        """Keep a note for the end, and return its call."""
        number = note.get("value") or ""
        back = Element(
            "a",
            (
                ("href", f"#call-{number}"),
                ("role", "doc-backlink"),
                ("aria-label", f"Back to the call of note {number}"),
            ),
            ("↑",),
        )
        item = (("id", f"note-{number}"), *((("value", number),) if number.isdecimal() else ()))
        self._notes.append(Element("li", item, (*children, "\N{NO-BREAK SPACE}", back)))
        call = Element(
            "a",
            (
                ("id", f"call-{number}"),
                ("href", f"#note-{number}"),
                ("role", "doc-noteref"),
                ("aria-label", f"Note {number}"),
            ),
            (number,),
        )
        return Element("sup", (("class", "call"),), (call,))

    def _pictured(self, image: Element, attributes: Attributes) -> Attributes:
        """Return the attributes of an image that carries what it shows with it."""
        kept = tuple(
            (key, value) for key, value in attributes if key not in {"src", "width", "height"}
        )
        match picture_of(image, self._draft):
            case Chart() as chart:
                size = (
                    ("width", f"{chart.width * _POINT:.0f}"),
                    ("height", f"{chart.height * _POINT:.0f}"),
                )
                source = ("src", _data("image/svg+xml", chart.svg))
                return (source, *size, *_with_class(kept, "drawing"))
            case Picture() as picture:
                return (("src", _data(picture.media_type, picture.content)), *kept)
            case _:
                return kept

    def _numbers(self, figure: Element) -> Iterator[Element]:
        """Yield, for each drawing of a figure, its numbers as a table that can be opened."""
        label = next((each.text() for each in figure.walk() if each.has_class("label")), "")
        named = label.strip().rstrip(".") or "the figure"
        for image in (each for each in figure.walk() if each.tag == "img"):
            chart = picture_of(image, self._draft)
            if isinstance(chart, Chart) and chart.rows:
                summary = Element("summary", (), (f"The numbers of {named}",))
                table = _scrolling(_table(chart), chart.title)
                yield Element("details", (("class", "numbers"),), (summary, table))


def _scrolling(wide: Element, name: str) -> Element:
    """Return a table or drawing in a frame that scrolls by itself (WCAG 2.2, 1.4.10).

    The frame has a name, and a place among what the keyboard reaches.
    """
    attributes = (("class", "wide"), ("role", "group"), ("aria-label", name), ("tabindex", "0"))
    return Element("div", attributes, (wide,))


def _name_of(node: Element, tag: str) -> str:
    """Return what the caption below an element says."""
    caption = next((each for each in node.walk() if each.tag == tag), None)
    return " ".join(caption.text(notes=False).split()) if caption else node.tag.capitalize()


def _table(chart: Chart) -> Element:
    """Return the numbers of a chart: a row a thing drawn, named by its first cell."""
    heads = (Element("th", (("scope", "col"),), (text,)) for text in chart.columns)
    rows = (
        Element(
            "tr",
            (),
            (
                Element("th", (("scope", "row"),), (first,)),
                *(Element("td", (), (cell,)) for cell in cells),
            ),
        )
        for first, *cells in chart.rows
    )
    return Element(
        "table",
        (("class", "data"),),
        (
            Element("caption", (), (chart.title,)),
            Element("thead", (), (Element("tr", (), tuple(heads)),)),
            Element("tbody", (), tuple(rows)),
        ),
    )


def _is_short(node: Element) -> bool:
    """Whether an element is a figure, a date or the like in which no line should end."""
    text = node.text(notes=False)
    return len(text) <= _UNBROKEN and any(map(str.isdigit, text))


def _data(media_type: str, content: bytes) -> str:
    return f"data:{media_type};base64,{b64encode(content).decode()}"


def _with_class(attributes: Attributes, name: str) -> Attributes:
    others = tuple((key, value) for key, value in attributes if key != "class")
    already = next((f"{value} " for key, value in attributes if key == "class"), "")
    return (("class", f"{already}{name}"), *others)
