"""Prose in Markdown: split into sections by their headings, and read into the closed tag set.

Markdown's own HTML is off, so what looks like a tag is text. Only what a letter needs is read:
paragraphs, headings, emphasis, lists, quotations, tables, links. This module knows nothing of
facts; what templates put into the text passes through as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from markdown_it import MarkdownIt

from reportgen.files.text import Text
from reportgen.letters.markup import Element, leads_somewhere
from reportgen.letters.tokens import RESERVED
from reportgen.problems.model import Place, Refusal, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

_HEADING = re.compile(r"##?(?=[ \t]|$)")
_SECTION_NAME = re.compile(r"\{#([a-z0-9-]{1,80})(?:[ \t]+after=([a-z0-9-]{1,80}))?\}$")
_CAPTION = "Table:"
_CAPTION_NAME = re.compile(r"\{#([a-z0-9-]{1,80})\}$")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
"""A comment, as templates have them."""

_BLANKS = re.compile(r"[ \t]{2,}")
_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")
_TAKEN = re.compile(r"(?:f|a|note|table|figure)-[0-9]+$")
"""Anchors of facts, assertions, notes, tables and figures, which no section may have."""

MAX_PARAGRAPH = 6_000
"""How many characters a paragraph has at most, tokens counted: a thousand words."""

MAX_BLOCKS = 20_000
"""How many pieces of Markdown one section has at most."""

MAX_DEPTH = 16
"""How deep lists and quotations may be nested; Markdown drops what lies deeper than 20."""

OPENING = "opening"
"""Name of what stands before a letter's first heading."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section of prose as it is written, before templates and Markdown have read it.

    Attributes:
        name: Its id: `{#scale}` at the end of the heading, or made from the heading's words.
        path: The file that it stands in.
        text: Its text, the heading first where it has one, preceded by as many line breaks as
            lines stand before it in the file, so that line numbers hold.
        line: The line on which it begins, from 1.
        after: The section that it stands after, where it says so: `{#context after=scale}`.
        frame: The template that is set before it, such as the question that it answers.
    """

    name: str
    path: str
    text: str
    line: int
    after: str | None = None
    frame: str | None = None

    @property
    def source(self) -> Text:
        """The section as a text whose lines are those of its file."""
        return Text(self.path, self.text)

    @property
    def place(self) -> Place:
        """The line on which it begins."""
        width = len(self.source.line(self.line))
        return Place(self.path, span=Span(self.line, 1, self.line, width + 1))


def split(text: str, path: str, *, first: str = OPENING) -> tuple[Section, ...]:
    """Split a Markdown file at its headings of the first and second level.

    Args:
        text: The whole file.
        path: The file's path, for places.
        first: Name of what stands before the first heading, if anything does.
    """
    lines = text.split("\n")
    starts = [_Start(0, first)]
    for number, line in enumerate(lines):
        if _HEADING.match(line):
            start, lines[number] = _heading(line, number)
            starts.append(start)
    ends = [start.line for start in starts[1:]] + [len(lines)]
    return tuple(
        Section(start.name, path, _part(lines, start.line, end), start.line + 1, start.after)
        for start, end in zip(starts, ends, strict=True)
        if start.line > 0 or start.name != first or _says("\n".join(lines[:end]))
    )


def _says(text: str) -> bool:
    """Whether a text has anything but comments: those say what it is for, to whoever writes."""
    return bool(COMMENT.sub("", text).strip())


class _Start(NamedTuple):
    """Where a section begins: its line, counted from 0, its name, and where it wants to stand."""

    line: int
    name: str
    after: str | None = None


def _heading(line: str, number: int) -> tuple[_Start, str]:
    """Return what a heading begins, and the heading without the section's name."""
    line = line.rstrip()
    named = _SECTION_NAME.search(line)
    written = line[: named.start()].rstrip() if named else line
    title = written.lstrip("#").strip()
    name = named[1] if named else _NOT_IN_NAMES.sub("-", title.lower()).strip("-")
    if not name:
        name = f"line-{number + 1}"
    elif _TAKEN.match(name):
        name = f"section-{name}"
    return _Start(number, name, named[2] if named else None), written if title else ""


def _part(lines: list[str], start: int, end: int) -> str:
    """Return lines, those before them left empty, and a line break where others follow."""
    return "\n" * start + "\n".join(lines[start:end]) + ("\n" if end < len(lines) else "")


@cache
def _parser() -> MarkdownIt:
    # No code blocks: lines that a template indents would become one. No `replacements`, which
    # would turn the paragraph (c) of a statute into a copyright sign.
    parser = (
        MarkdownIt("commonmark", {"html": False, "typographer": True})
        .enable(["table", "smartquotes"])
        .disable(["code", "fence", "html_block", "html_inline", "hr", "lheading", "reference"])
    )
    parser.core.ruler.after("block", "bounds", _bound)
    return parser


def _bound(state: StateCore) -> None:
    """Refuse what is too long or too deep before its words are read: reading it takes forever."""
    refusals: list[Refusal] = state.env["refusals"]
    if len(state.tokens) > MAX_BLOCKS:
        refusals.append(_refusal("this section has too many paragraphs, entries and cells"))
        state.tokens = []
    if any(token.level > MAX_DEPTH for token in state.tokens):
        refusals.append(_refusal("lists and quotations are nested too deep here"))
        state.tokens = []
    for token in state.tokens:
        if token.type == "inline" and len(token.content) > MAX_PARAGRAPH:
            begun = " ".join(token.content[:60].split())
            message = f"the paragraph that begins “{begun}” is too long"
            refusals.append(
                _refusal(message, f"a paragraph has at most {MAX_PARAGRAPH:,} characters")
            )
            token.content = ""


def _refusal(message: str, help_: str | None = None) -> Refusal:
    return Refusal("markup-not-allowed", message, help_)


def read(markdown: str) -> tuple[tuple[Element, ...], tuple[Refusal, ...]]:
    """Read Markdown into blocks of the closed tag set.

    Returns:
        The blocks, and a refusal (`markup-not-allowed`) for each picture, deep heading or link that
        no letter may have. What is refused is left out, its text kept; of what is too long or too
        deep nothing is kept.
    """
    refusals: list[Refusal] = []
    tokens = _parser().parse(markdown, {"refusals": refusals})
    reader = _Reader(refusals)
    return reader.blocks(tokens), tuple(refusals)


_BLOCKS = {
    "paragraph_open": "p",
    "blockquote_open": "blockquote",
    "bullet_list_open": "ul",
    "ordered_list_open": "ol",
    "list_item_open": "li",
    "table_open": "table",
    "thead_open": "thead",
    "tbody_open": "tbody",
    "tr_open": "tr",
    "th_open": "th",
    "td_open": "td",
}
_SPANS = {"strong_open": "strong", "em_open": "em"}


class _Reader:
    """Turns Markdown tokens into elements and collects what a letter may not have."""

    def __init__(self, refusals: list[Refusal]) -> None:
        self.refusals = refusals

    def blocks(self, tokens: Sequence[Token]) -> tuple[Element, ...]:
        elements = [node for node in self._nest(iter(tokens)) if isinstance(node, Element)]
        return tuple(_captioned(elements))

    def _nest(self, tokens: Iterator[Token]) -> Iterator[Element | str]:
        for token in tokens:
            if token.nesting < 0:
                return
            if token.type == "inline":
                inlines = token.children or []
                if any(each.level > MAX_DEPTH for each in inlines):
                    self._refuse("emphasis and links are nested too deep here")
                    yield token.content
                    continue
                yield from self._inlines(iter(inlines))
            elif token.type == "heading_open":
                yield Element(self._heading(token), (), tuple(self._nest(tokens)))
            elif token.hidden:
                yield from self._nest(tokens)
            elif token.type in _BLOCKS:
                yield self._block(token, tuple(self._nest(tokens)))

    def _heading(self, token: Token) -> str:
        level = int(token.tag[1:])
        if level > 3:
            self._refuse("a letter has headings of two levels, `##` and `###`")
        return "h2" if level < 3 else "h3"

    @staticmethod
    def _block(token: Token, children: tuple[Element | str, ...]) -> Element:
        tag = _BLOCKS[token.type]
        attributes: tuple[tuple[str, str], ...] = ()
        if tag == "ol" and token.attrGet("start"):
            attributes = (("start", str(token.attrGet("start"))),)
        if tag in {"th", "td"} and token.attrGet("style") == "text-align:right":
            attributes = (("class", "number"),)
        if tag == "th":
            attributes = (("scope", "col"), *attributes)
        if tag == "tr" and isinstance(children[0], Element) and children[0].tag == "td":
            row = children[0]
            children = (
                Element("th", (("scope", "row"), *row.attributes), row.children),
                *children[1:],
            )
        if tag == "table":
            attributes = (("class", "data"),)
        return Element(tag, attributes, children)

    def _inlines(self, tokens: Iterator[Token]) -> Iterator[Element | str]:
        for token in tokens:
            if token.nesting < 0:
                return
            if token.type in _SPANS:
                yield Element(_SPANS[token.type], (), tuple(self._inlines(tokens)))
            elif token.type == "link_open":
                yield self._link(str(token.attrGet("href")), tuple(self._inlines(tokens)))
            elif token.type == "softbreak":
                yield " "
            elif token.type == "hardbreak":
                yield Element("br")
            elif token.type == "image":
                self._refuse("prose has no pictures; a chart is made by `{{ chart(...) }}`")
                yield token.content
            elif token.content:
                # Blanks that a template leaves behind would show in formats that keep them.
                yield _BLANKS.sub(" ", token.content)

    def _link(self, target: str, inside: tuple[Element | str, ...]) -> Element:
        if RESERVED.search(unquote(target)):
            self._refuse("the target of a link is written out; nothing is printed into it")
            return Element("span", (), inside)
        if not leads_somewhere(target):
            self._refuse(f"a link may not lead to {target!r}")
            return Element("span", (), inside)
        # PDF/UA readers want plain text in a link.
        return Element("a", (("href", target),), (Element("span", (), inside).text(),))

    def _refuse(self, message: str) -> None:
        self.refusals.append(_refusal(message))


def _captioned(blocks: list[Element]) -> Iterator[Element]:
    """Join each paragraph "Table: ..." with the table that follows it."""
    waiting: Element | None = None
    for block in blocks:
        if waiting is not None and block.tag == "table":
            yield _with_caption(block, waiting)
            waiting = None
            continue
        if waiting is not None:
            yield waiting
        waiting = block if _is_caption(block) else None
        if waiting is None:
            yield block
    if waiting is not None:
        yield waiting


def _is_caption(block: Element) -> bool:
    first = block.children[0] if block.tag == "p" and block.children else None
    return isinstance(first, str) and first.startswith(_CAPTION)


def _with_caption(table: Element, paragraph: Element) -> Element:
    children = list(paragraph.children)
    children[0] = str(children[0]).removeprefix(_CAPTION).lstrip()
    last = children[-1]
    named = _CAPTION_NAME.search(last.rstrip()) if isinstance(last, str) else None
    if named is not None:
        children[-1] = str(last)[: named.start()].rstrip()
    attributes = (*table.attributes, *((("id", named[1]),) if named else ()))
    return Element("table", attributes, (Element("caption", (), tuple(children)), *table.children))
