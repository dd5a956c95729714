"""Prose in Markdown: split into sections by their headings, and read into the closed tag set.

Markdown's own HTML is off, so what looks like a tag is text. Only what a letter needs is read:
paragraphs, headings, emphasis, lists, quotations, tables, links. This module knows nothing of
facts; what templates put into the text passes through as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from reportgen.letters.markup import Element, leads_somewhere
from reportgen.problems.model import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

_HEADING = re.compile(
    r"^(?P<mark>##?)[ \t]+(?P<title>.*?)[ \t]*"
    r"(?:\{#(?P<id>[a-z0-9-]+)(?:[ \t]+after=(?P<after>[a-z0-9-]+))?\})?[ \t]*$"
)
_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")
_CAPTION = re.compile(r"^Table:\s*(?P<title>.*?)(?:\s*\{#(?P<id>[a-z0-9-]+)\})?\s*$", re.DOTALL)

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
    """

    name: str
    path: str
    text: str
    line: int
    after: str | None = None


def split(text: str, path: str, *, first: str = OPENING) -> tuple[Section, ...]:
    """Split a Markdown file at its headings of the first and second level.

    Args:
        text: The whole file.
        path: The file's path, for places.
        first: Name of what stands before the first heading, if anything does.
    """
    lines = text.splitlines(keepends=True)
    starts: list[tuple[int, str, str | None]] = [(0, first, None)]
    for number, line in enumerate(lines):
        match = _HEADING.match(line.rstrip("\r\n"))
        if match is not None:
            name = match["id"] or _NOT_IN_NAMES.sub("-", match["title"].lower()).strip("-")
            starts.append((number, name, match["after"]))
            title = match["title"]
            lines[number] = f"## {title}\n" if title else "\n"
    ends = [start for start, _, _ in starts[1:]] + [len(lines)]
    return tuple(
        Section(name, path, "\n" * start + "".join(lines[start:end]), start + 1, after)
        for (start, name, after), end in zip(starts, ends, strict=True)
        if start > 0 or name != first or "".join(lines[:end]).strip()
    )


@cache
def _parser() -> MarkdownIt:
    # No code blocks: lines that a template indents would become one. No `replacements`, which
    # would turn the paragraph (c) of a statute into a copyright sign.
    return (
        MarkdownIt("commonmark", {"html": False, "typographer": True})
        .enable(["table", "smartquotes"])
        .disable(["code", "fence", "html_block", "html_inline", "hr", "lheading", "reference"])
    )


def read(markdown: str) -> tuple[tuple[Element, ...], tuple[Refusal, ...]]:
    """Read Markdown into blocks of the closed tag set.

    Returns:
        The blocks, and a refusal (`markup-not-allowed`) for each picture, deep heading or link that
        no letter may have. What is refused is left out, its text kept.
    """
    reader = _Reader()
    return reader.blocks(_parser().parse(markdown)), tuple(reader.refusals)


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

    def __init__(self) -> None:
        self.refusals: list[Refusal] = []

    def blocks(self, tokens: Sequence[Token]) -> tuple[Element, ...]:
        elements = [node for node in self._nest(iter(tokens)) if isinstance(node, Element)]
        return tuple(_captioned(elements))

    def _nest(self, tokens: Iterator[Token]) -> Iterator[Element | str]:
        for token in tokens:
            if token.nesting < 0:
                return
            if token.type == "inline":
                yield from self._inlines(iter(token.children or ()))
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
                yield token.content

    def _link(self, target: str, inside: tuple[Element | str, ...]) -> Element:
        if not leads_somewhere(target):
            self._refuse(f"a link may not lead to {target!r}")
            return Element("span", (), inside)
        # PDF/UA readers want plain text in a link.
        return Element("a", (("href", target),), (Element("span", (), inside).text(),))

    def _refuse(self, message: str) -> None:
        self.refusals.append(Refusal("markup-not-allowed", message))


def _captioned(blocks: list[Element]) -> Iterator[Element]:
    """Join each paragraph "Table: ..." with the table that follows it."""
    waiting: Element | None = None
    for block in blocks:
        caption = _caption(block)
        if waiting is not None:
            title = _caption(waiting)
            if block.tag == "table" and title is not None:
                yield _with_caption(block, waiting, title)
                waiting = None
                continue
            yield waiting
            waiting = None
        if caption is not None:
            waiting = block
        else:
            yield block
    if waiting is not None:
        yield waiting


def _caption(block: Element) -> re.Match[str] | None:
    return _CAPTION.match(block.text()) if block.tag == "p" else None


def _with_caption(table: Element, paragraph: Element, title: re.Match[str]) -> Element:
    children = list(paragraph.children)
    children[0] = re.sub(r"^Table:\s*", "", str(children[0]))
    if title["id"]:
        children[-1] = re.sub(r"\s*\{#[a-z0-9-]+\}\s*$", "", str(children[-1]))
    attributes = (*table.attributes, *((("id", title["id"]),) if title["id"] else ()))
    return Element("table", attributes, (Element("caption", (), tuple(children)), *table.children))
