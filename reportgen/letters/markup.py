"""The closed set of tags of which a composed letter is made, as a frozen tree.

Every renderer walks this tree: what is not in the set can be in no letter. Attributes are closed
as well; there are no styles, no scripts, no event handlers, and links lead to the web or within.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from reportgen.problems.model import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_DEPTH = 32
# fmt: off
CONTAINER_TAGS = frozenset({
    "article", "header", "section", "footer", "ol", "ul", "dl", "table", "thead", "tbody", "tfoot",
    "tr", "figure", "blockquote", "div",
})
"""Tags that hold other blocks, so that white space between these means nothing."""
BLOCK_TAGS = CONTAINER_TAGS | {
    "h1", "h2", "h3", "p", "address", "li", "dt", "dd", "caption", "th", "td", "figcaption",
}
INLINE_TAGS = frozenset({
    "strong", "em", "span", "br", "a", "data", "time", "cite", "q", "sup", "img", "aside", "mark",
})
VOID_TAGS = frozenset({"br", "img"})
TAGS = BLOCK_TAGS | INLINE_TAGS
ATTRIBUTES = frozenset({
    "class", "id", "href", "src", "alt", "width", "height", "value", "datetime", "scope", "colspan",
    "rowspan", "start", "lang", "title", "role", "data-fact", "data-statistic", "data-place",
})
# fmt: on


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


_SAME = str.maketrans(
    {
        **dict.fromkeys("‘’\u02bc", "'"),
        **dict.fromkeys("“”", '"'),
        **dict.fromkeys("\u2010\u2011", "-"),
        **dict.fromkeys("\u00ad\u200b\u2060\ufeff", None),
    }
)
"""Characters that are another's typographic form, or only say where a line may break."""


def words(text: str) -> str:
    """Return a text without what is only typography: texts that say the same give the same.

    White space of any kind is one space; quotation marks, apostrophes and hyphens are those of a
    typewriter; what is only a hint for breaking lines is gone.
    """
    return " ".join(unicodedata.normalize("NFC", text).translate(_SAME).split())


def serialize(node: Element | str) -> str:
    """Return HTML5 of the tree, every text and attribute escaped."""
    if isinstance(node, str):
        return escape(node, quote=False)
    attributes = "".join(f' {key}="{escape(value)}"' for key, value in node.attributes)
    if node.tag in VOID_TAGS:
        return f"<{node.tag}{attributes}>"
    return f"<{node.tag}{attributes}>{''.join(map(serialize, node.children))}</{node.tag}>"


# --- reading ------------------------------------------------------------------------------------


class _Builder(HTMLParser):
    """Builds the tree of a template's HTML; what is not in the closed set becomes a refusal."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.refusals: list[Refusal] = []
        self._open: list[tuple[str, tuple[tuple[str, str], ...], list[Element | str]]] = [
            ("article", (), [])
        ]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self._refuse(f"a letter has no <{tag}>")
            return
        for name, value in attrs:
            if name not in ATTRIBUTES:
                self._refuse(f"<{tag}> has no attribute `{name}`")
            elif name == "href" and not leads_somewhere(value or ""):
                self._refuse(f"a link may not lead to {value!r}")
        kept = tuple((name, value or "") for name, value in attrs if name in ATTRIBUTES)
        if tag in VOID_TAGS:
            self._open[-1][2].append(Element(tag, kept))
        elif len(self._open) >= MAX_DEPTH:
            self._refuse(f"<{tag}> is nested more than {MAX_DEPTH} deep")
        else:
            self._open.append((tag, kept, []))

    def handle_endtag(self, tag: str) -> None:
        if tag not in TAGS or tag in VOID_TAGS:
            return
        if self._open[-1][0] != tag or len(self._open) == 1:
            self._refuse(f"</{tag}> closes nothing")
            return
        self._close()

    def handle_data(self, data: str) -> None:
        self._open[-1][2].append(data)

    def handle_decl(self, decl: str) -> None:
        self._refuse(f"a letter has no <!{decl[:20]}>")

    def handle_pi(self, data: str) -> None:
        self._refuse(f"a letter has no <?{data[:20]}>")

    def finish(self) -> tuple[Element | str, ...]:
        self.close()
        while len(self._open) > 1:
            self._refuse(f"<{self._open[-1][0]}> is never closed")
            self._close()
        return tidied(self._open[0][2])

    def _close(self) -> None:
        tag, attributes, children = self._open.pop()
        inside = tidied(children) if tag in CONTAINER_TAGS else tuple(children)
        self._open[-1][2].append(Element(tag, attributes, inside))

    def _refuse(self, message: str) -> None:
        self.refusals.append(
            Refusal(
                "markup-not-allowed",
                message,
                f"a letter is made of {', '.join(sorted(TAGS))}, with no styles and no scripts",
            )
        )


def leads_somewhere(target: str) -> bool:
    """Whether a link's target is of a kind that a letter may have: the web, mail, or itself."""
    return target.startswith(("https://", "http://", "mailto:", "#"))


def tidied(children: Iterable[Element | str]) -> tuple[Element | str, ...]:
    """Return the children without the white space that only sets blocks apart."""
    return tuple(child for child in children if not isinstance(child, str) or child.strip())


def parse(html: str) -> tuple[tuple[Element | str, ...], tuple[Refusal, ...]]:
    """Read a fragment of HTML into trees of the closed set.

    Returns:
        The top-level nodes, and a refusal (`markup-not-allowed`) for each tag, attribute or link
        that no letter may have. What is refused is left out; its text stays, as text.
    """
    builder = _Builder()
    builder.feed(html)
    return builder.finish(), tuple(builder.refusals)
