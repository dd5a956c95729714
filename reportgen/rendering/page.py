"""From a draft to the HTML page that is laid out for print.

What goes in is the closed tag set of a composed letter; what comes out is the same letter with what
only the house may know taken away (ids of facts, exact values, places) and what only paper needs
added: the running header, the marking, the document's metadata. Nothing is fetched or drawn here.
"""

from __future__ import annotations

import re
from html import escape
from itertools import count
from typing import TYPE_CHECKING, Final, TypeAlias

from reportgen.letters.markup import Element, serialize

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.letters.draft import Draft
    from reportgen.rendering.model import Edition

Attributes: TypeAlias = tuple[tuple[str, str], ...]

BASE_URL: Final = "https://letter.invalid/"
"""Where everything of a letter seems to lie. `.invalid` can never be a real host (RFC 2606), and a
fixed address keeps the names of images, and so the bytes, the same wherever the files are."""

FONTS: Final = f"{BASE_URL}fonts/"
CHARTS: Final = f"{BASE_URL}charts/"
"""Where the stationery's fonts and the draft's drawings seem to lie."""

KEPT: Final = frozenset(
    ["class", "href", "lang", "scope", "colspan", "rowspan", "start", "alt", "title", "role"]
)
_LINES_OF_NAMES: Final = 2
"""How many lines a continuation header has for its addressees; more of them are counted."""
_UNBROKEN: Final = 17
"""The longest number or date, in characters, that is kept on one line: February 23, 2026."""
_CITED: Final = re.compile(
    r"(?:§§?|Articles?|Art\.|Section|Item|Form|Rule|U\.S\.C\.|C\.F\.R\.|CFR) (?:§§? )?\S*\d\S*"
    r"|\S+\)\(\S+"
)
"""What of a legal citation is kept on one line: “§ 22757.13”, “Article 73”, “681b(a)(1)”."""
_LONG_WORD: Final = 24
"""The longest word, in characters, for which any column of a table has room."""
_BLOCKS: Final = frozenset(["p", "h2", "h3", "li", "dt", "dd", "blockquote", "table", "figure"])
"""What can start a page."""
_END: Final = Element("div", (("id", "end-of-letter"),))
"""Where the letter ends: the page that "Page 2 of 4" counts to (see page.css)."""
BLOCK: Final = "data-block"
"""The attribute that numbers the blocks in the order of reading."""


def chart_url(name: str) -> str:
    """Return the address under which the drawing called `name` is served."""
    return f"{CHARTS}{name}.svg"


def picture_url(name: str) -> str:
    """Return the address under which the enclosed picture called `name` is served."""
    return f"{BASE_URL}pictures/{name}"


def font_url(name: str) -> str:
    """Return the address under which the font file called `name` is served."""
    return f"{FONTS}{name}"


def page(draft: Draft, edition: Edition, *, first: frozenset[str] = frozenset()) -> str:
    """Return the HTML document of a draft, for the layout engine.

    Args:
        draft: The letter.
        edition: Which copy it is.
        first: Numbers of the blocks that start a page.
    """
    letter = serialize(_Printer(draft, first).printed(draft.document))
    author, subject = escape(draft.author), escape(draft.subject)
    return (
        f'<!DOCTYPE html><html lang="{escape(draft.language)}"><head><meta charset="utf-8">'
        f"<title>{escape(draft.title)}</title>"
        f'<meta name="author" content="{author}"><meta name="description" content="{subject}">'
        f'<meta name="dcterms.created" content="{draft.date.isoformat()}T00:00:00Z">'
        f'<meta name="dcterms.modified" content="{draft.date.isoformat()}T00:00:00Z">'
        f"{_first_number(draft)}"
        f'</head><body class="{escape(draft.paper)}">'
        f"{''.join(map(serialize, _running(draft, edition)))}{letter}{serialize(_END)}"
        f"{''.join(map(serialize, _open_points(draft, edition)))}</body></html>"
    )


def _first_number(draft: Draft) -> str:
    """Return the style that has the pages of a production numbered from its first number."""
    if draft.production is None:
        return ""
    before = draft.production.first - 1
    return f"<style>@page :first {{ counter-reset: production {before} }}</style>"


def _open_points(draft: Draft, edition: Edition) -> Iterator[Element]:
    """Yield the sheet of what a draft leaves open, which is no part of the letter."""
    legend = edition.legend(draft.digest)
    if edition.open_points and legend is not None:
        yield Element(
            "section",
            (("class", "open-points"),),
            (
                Element("h2", (), ("Open points of this draft",)),
                Element("p", (), (f"{legend}. This sheet is not part of the letter.",)),
                Element("ul", (), tuple(Element("li", (), (p,)) for p in edition.open_points)),
            ),
        )


def _running(draft: Draft, edition: Edition) -> Iterator[Element]:
    """Yield what stands in the margin: the head of page 1, that of the later ones, the foot."""
    marking = (Element("p", (("class", "marking"),), (draft.marking,)),) if draft.marking else ()
    yield Element("div", (("class", "first-head"),), marking)
    addressees, date = continuation(draft)
    folio = (date, Element("br"), Element("span", (("class", "page-number"),)))
    header = Element(
        "div",
        (("class", "continuation"),),
        (
            Element("div", (("class", "folio"),), folio),
            Element("div", (("class", "names"),), tuple(map(_line, addressees))),
        ),
    )
    yield Element("div", (("class", "head"),), (*marking, header))
    yield Element("div", (("class", "foot"),), tuple(_foot(draft, edition)))


def _foot(draft: Draft, edition: Edition) -> Iterator[Element]:
    """Yield the lines at the foot of every page: what kind of copy it is, and its number."""
    if (legend := edition.legend(draft.digest)) is not None:
        yield Element("p", (("class", "legend"),), (legend,))
    if draft.production is not None:
        number = Element("span", (("class", "production-number"),))
        yield Element("p", (("class", "legend"),), (draft.production.legend,))
        yield Element("p", (("class", "legend"),), (f"{draft.production.prefix}-", number))


def continuation(draft: Draft) -> tuple[tuple[str, ...], str]:
    """Return what the pages after the first say: the addressees, in few lines, and the date."""
    *addressees, date = draft.continuation or ("",)
    if len(addressees) > _LINES_OF_NAMES:
        others = len(addressees) - _LINES_OF_NAMES + 1
        addressees = [*addressees[: _LINES_OF_NAMES - 1], f"and {others} others"]
    return tuple(addressees), date


def _line(*content: Element | str) -> Element:
    """Return content that has a line of its own, or several, the later ones indented."""
    return Element("span", (("class", "line"),), content)


def _in_lines(content: tuple[Element | str, ...]) -> Iterator[Element]:
    """Yield what stands between line breaks, each as a line."""
    line: list[Element | str] = []
    for node in content:
        if isinstance(node, Element) and node.tag == "br":
            yield _line(*line)
            line = []
        else:
            line.append(node)
    yield _line(*line)


def _held(content: tuple[Element | str, ...]) -> Iterator[Element | str]:
    """Yield the content, the last word of a fact's text held together with the note that follows.

    Between the two a line could break, and a note's number stands on no line by itself.
    """
    waiting: Element | str | None = None
    for node in content:
        is_note = isinstance(node, Element) and node.get("class") == "note"
        if is_note and isinstance(waiting, Element) and (waiting.tag, waiting.attributes) == _TEXT:
            text = waiting.text()
            end = text.rfind(" ") + 1
            if end:
                yield Element("span", (), (text[:end],))
            waiting = Element("span", (("class", "unbroken"),), (text[end:], node))
            continue
        if waiting is not None:
            yield waiting
        waiting = node
    if waiting is not None:
        yield waiting


def _kept_together(content: tuple[Element | str, ...]) -> Iterator[Element | str]:
    """Yield the content of a citation, its numbers held together with what they number."""
    for node in content:
        if isinstance(node, Element):
            yield node
            continue
        end = 0
        for found in _CITED.finditer(node):
            if end < found.start():
                yield node[end : found.start()]
            yield Element("span", (("class", "unbroken"),), (found[0],))
            end = found.end()
        if end < len(node):
            yield node[end:]


_TEXT: Final = ("span", ())
"""A fact of several words, as paper gets it."""


def targets(document: Element) -> Iterator[str]:
    """Yield the ids that links within the letter lead to: no other id is printed."""
    for element in document.walk():
        href = element.get("href") or ""
        if href.startswith("#"):
            yield href[1:]


class _Printer:
    """Makes of a draft's elements what paper gets."""

    def __init__(self, draft: Draft, first: frozenset[str]) -> None:
        self._charts = {chart.name: chart for chart in draft.charts}
        self._targets = frozenset(targets(draft.document))
        self._first = first
        self._number = count(1)

    def printed(self, node: Element) -> Element:
        """Return the element as paper gets it."""
        block = str(next(self._number)) if node.tag in _BLOCKS else None
        children: tuple[Element | str, ...] = tuple(
            child if isinstance(child, str) else self.printed(child) for child in node.children
        )
        kept: Attributes = tuple(
            (key, value)
            for key, value in node.attributes
            if key in KEPT or (key == "id" and value in self._targets)
        )
        tag, attributes, children = node.tag, kept, tuple(_held(children))
        match node.tag:
            case "aside":
                # In HTML an aside would end the paragraph that it is called in.
                number = node.get("value") or ""
                tag, attributes = "span", (("class", "note"), ("data-number", number))
            case "img":
                attributes = self._drawing(node, kept)
            case "data" | "time":
                text = node.text()
                short = len(text) <= _UNBROKEN and any(map(str.isdigit, text))
                tag, attributes = "span", (("class", "unbroken"),) if short else ()
            case "mark":
                tag, attributes = "span", ()
            case "cite":
                children = tuple(_kept_together(children))
            case "address":
                children = tuple(_in_lines(children))
            case "td" | "th" if any(len(word) > _LONG_WORD for word in node.text().split()):
                attributes = _with_class(kept, "breakable")
        if block is not None:
            if block in self._first:
                attributes = _with_class(attributes, "next-page")
            attributes = (*attributes, (BLOCK, block))
        return Element(tag, attributes, children)

    def _drawing(self, node: Element, kept: Attributes) -> Attributes:
        """Return the attributes of an image: a chart at its own width, or an enclosed picture."""
        kind, _, name = (node.get("src") or "").partition(":")
        if kind == "picture":
            return (("src", picture_url(name)), *kept)
        chart = self._charts.get(name)
        width = (("style", f"width: {chart.width:g}pt"),) if chart else ()
        return (("src", chart_url(name)), *kept, *width)


def _with_class(attributes: Attributes, name: str) -> Attributes:
    others = tuple((key, value) for key, value in attributes if key != "class")
    already = next((f"{value} " for key, value in attributes if key == "class"), "")
    return (("class", f"{already}{name}"), *others)
