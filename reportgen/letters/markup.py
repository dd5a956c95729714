"""The closed set of tags of which a composed letter is made, as a frozen tree.

Every renderer walks this tree: what is not in the set can be in no letter. Attributes are closed
as well; there are no styles, no scripts, no event handlers, and links lead to the web or within.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

BLOCK_TAGS = frozenset(
    [
        "article",
        "header",
        "section",
        "footer",
        "h1",
        "h2",
        "h3",
        "p",
        "address",
        "ol",
        "ul",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "th",
        "td",
        "figure",
        "figcaption",
        "blockquote",
        "div",
    ]
)
INLINE_TAGS = frozenset(
    ["strong", "em", "span", "br", "a", "data", "time", "cite", "q", "sup", "img", "aside", "mark"]
)
VOID_TAGS = frozenset({"br", "img"})
TAGS = BLOCK_TAGS | INLINE_TAGS
ATTRIBUTES = frozenset(
    [
        "class",
        "id",
        "href",
        "src",
        "alt",
        "width",
        "height",
        "value",
        "datetime",
        "scope",
        "colspan",
        "rowspan",
        "start",
        "lang",
        "title",
        "role",
        "data-fact",
        "data-statistic",
        "data-chart",
        "data-place",
    ]
)


@dataclass(frozen=True, slots=True)
class Element:
    """A tag with its attributes and what is in it.

    An `aside` is a footnote: it stands inline where it is called, its number in `value`, its id
    `note-N`. A `mark` of class `unbound` is a number that is bound to nothing. An `img` is a chart:
    its `src` is `chart:<name>` and its drawing stands in `Draft.charts`.
    """

    tag: str
    attributes: tuple[tuple[str, str], ...] = ()
    children: tuple[Element | str, ...] = ()

    def get(self, name: str) -> str | None:
        """Return the attribute's value, or None."""
        return next((value for key, value in self.attributes if key == name), None)

    def has_class(self, name: str) -> bool:
        """Whether `name` is among the words of the class attribute."""
        return name in (self.get("class") or "").split()

    def walk(self) -> Iterator[Element]:
        """Yield this element and all below it, in the order of reading."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def text(self, *, notes: bool = True) -> str:
        """Return the text below, with or without footnotes; a line break is a line feed."""
        if self.tag == "br":
            return "\n"
        return "".join(
            child if isinstance(child, str) else child.text(notes=notes)
            for child in self.children
            if notes or isinstance(child, str) or child.tag != "aside"
        )


def serialize(node: Element | str) -> str:
    """Return HTML5 of the tree, every text and attribute escaped."""
    if isinstance(node, str):
        return escape(node, quote=False)
    attributes = "".join(f' {key}="{escape(value)}"' for key, value in node.attributes)
    if node.tag in VOID_TAGS:
        return f"<{node.tag}{attributes}>"
    return f"<{node.tag}{attributes}>{''.join(map(serialize, node.children))}</{node.tag}>"
