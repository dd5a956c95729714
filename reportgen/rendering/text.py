"""A draft as plain text, for a form on the web or the body of an e-mail.

A draft goes in, `letter.txt` comes out: UTF-8 in lines of 72 columns, the same bytes for the same
draft. Nothing of the look is left but the order, blank lines and indents; every word of the letter
is there, charts as their alternative texts, notes as [1] with their texts at the end.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from reportgen.letters.markup import INLINE_TAGS, Element
from reportgen.rendering.legends import legends
from reportgen.rendering.model import Artifact, Edition
from reportgen.rendering.pictures import wordless
from reportgen.rendering.signs import sign
from reportgen.rendering.tabulating import Cell, Table, tabulated
from reportgen.rendering.typewriting import columns, wrapped
from reportgen.rendering.words import Words, single

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportgen.letters.draft import Draft
    from reportgen.problems.model import Problem
    from reportgen.rendering.model import Stationery

MEDIA_TYPE: Final = "text/plain"
WIDTH: Final = 72
"""Columns of a line: what e-mail has room for, once quoted (RFC 5322, 2.1.1, asks for 78 at most)."""
DRAFT: Final = Edition()

_INDENT: Final = "    "
_LEAST: Final = 24
"""Columns that a line has however deep it is indented."""
_MOST_SPANNED: Final = 1000
"""As many columns as HTML lets a cell span."""

Lines = tuple[str, ...]


def render(
    draft: Draft,
    stationery: Stationery,  # noqa: ARG001 - the same call for every format
    edition: Edition = DRAFT,
) -> tuple[Artifact | None, tuple[Problem, ...]]:
    """Return the letter as plain text, and what was wrong with it.

    Args:
        draft: The composed letter.
        stationery: Not looked at: plain text has no look.
        edition: Which copy it is. A draft says so, and ends with what is open. Its lines are not
            numbered, since a form or an e-mail breaks them anew.

    Returns:
        The artifact, or None and the errors that stand in its way: `missing-alternative`.
    """
    problems = tuple(wordless(draft))
    if problems:
        return None, problems
    legend = tuple(line for each in legends(draft, edition) for line in wrapped(each, WIDTH))
    rule = "-" * WIDTH
    above = (*legend, rule, "") if legend else ()
    below = ("", rule, *legend) if legend else ()
    lines = (*above, *_Typist().letter(draft.document), *below, *_open_points(edition))
    content = "".join(f"{line}\n" for line in lines)
    return Artifact("letter.txt", MEDIA_TYPE, content.encode()), ()


def _open_points(edition: Edition) -> Iterator[str]:
    """Yield what a draft leaves open, and that it is not the letter."""
    if edition.open_points and not edition.final:
        yield from ("", "Open points of this draft, not part of the letter", "")
        for point in edition.open_points:
            yield from wrapped(point, WIDTH, "- ")


class _Typist:
    """Writes the blocks of a letter, and gathers its notes on the way."""

    def __init__(self) -> None:
        self._words = Words()

    def letter(self, document: Element) -> Iterator[str]:
        """Yield the lines of a letter, its notes at its end, before what is enclosed."""
        parts: list[list[Lines]] = [[], []]
        for child in document.children:
            enclosed = isinstance(child, Element) and child.has_class("exhibit")
            parts[enclosed] += self._flow((child,), WIDTH)
        own, exhibits = parts
        yield from _joined((*own, *self._noted(), *exhibits))

    # --- blocks -------------------------------------------------------------------------------

    def _flow(self, nodes: Iterable[Element | str], size: int) -> Iterator[Lines]:
        """Yield the blocks of mixed content; words between blocks are a block of their own."""
        words = ""
        for node in nodes:
            if isinstance(node, str) or node.tag in INLINE_TAGS:
                words += self._words.inline(node)
                continue
            yield from _paragraph(words, size)
            words = ""
            yield from self._block(node, size)
        yield from _paragraph(words, size)

    def _block(self, node: Element, size: int) -> Iterator[Lines]:
        match node.tag:
            case "h1" | "h2":
                label, text = self._labelled(node)
                lines = wrapped(text, size, label)
                yield lines if node.tag == "h1" else ("", *lines)
            case "address":
                parts = self._words.of(node.children).split("\n")
                yield _tight(wrapped(part, size, "", "  ") for part in parts)
            case "ol" | "ul":
                yield self._list(node, size, _INDENT)
            case "table":
                yield from self._table(node, size)
            case "figure":
                yield from self._figure(node, size)
            case "blockquote" | "dd":
                yield from self._indented(node.children, size)
            case _ if node.has_class("letterhead") or node.has_class("signature"):
                yield _tight(self._flow(node.children, size))
            case _ if node.has_class("enclosures"):
                yield _tight(self._flow(node.children, size))
            case _ if node.has_class("copies"):
                yield _tight(self._copies(node, size))
            case _:
                yield from self._flow(node.children, size)

    def _indented(self, nodes: Iterable[Element | str], size: int) -> Iterator[Lines]:
        for lines in self._flow(nodes, size - len(_INDENT)):
            yield tuple(f"{_INDENT}{line}" if line else "" for line in lines)

    def _labelled(self, heading: Element) -> tuple[str, str]:
        """Return the number or label of a heading, which hangs, and its words."""
        first, *rest = heading.children or ("",)
        if isinstance(first, Element) and (first.has_class("number") or first.has_class("label")):
            return f"{self._words.of(first.children)} ", self._words.of(rest)
        return "", self._words.of(heading.children)

    def _copies(self, node: Element, size: int) -> Iterator[Lines]:
        """Yield who gets copies: names in lines, without signs, as in the printed letter."""
        for child in node.children:
            if isinstance(child, Element) and child.tag == "ul":
                yield _tight(self._indented(child.children, size))
            else:
                yield from self._flow((child,), size)

    def _list(self, node: Element, size: int, margin: str = "", depth: int = 0) -> Lines:
        """Return a list; blank lines part its items when one of them takes several lines."""
        items = [each for each in node.children if isinstance(each, Element)]
        ordered = node.tag == "ol"
        start = _whole(node.get("start"), 1)
        signs = [sign(start + at, depth) if ordered else "-" for at in range(len(items))]
        longest = max(map(len, signs), default=0)
        hang = " " * (len(margin) + longest + 1)
        written: list[Lines] = []
        for mark, item in zip(signs, items, strict=True):
            first, *rest = self._item(item, size - len(hang), depth + ordered) or ("",)
            written.append(
                (
                    f"{margin}{mark:>{longest}} {first}".rstrip(),
                    *(f"{hang}{line}".rstrip() for line in rest),
                )
            )
        loose = any(len(lines) > 1 for lines in written)
        return tuple(_joined(written)) if loose else _tight(written)

    def _item(self, item: Element, size: int, depth: int) -> Lines:
        """Return what an item says; a list within it follows at once, a paragraph after a blank."""
        lines: Lines = ()
        for is_list, nodes in groupby(item.children, lambda node: _is(node, "ol", "ul")):
            if is_list:
                for inner in nodes:
                    if isinstance(inner, Element):
                        lines += self._list(inner, size, depth=depth)
            else:
                lines = tuple(_joined((lines, *self._flow(nodes, size))))
        return lines

    def _figure(self, node: Element, size: int) -> Iterator[Lines]:
        """Yield the caption of a figure, and what it shows in words."""
        caption = [each for each in node.children if _is(each, "figcaption")]
        yield from self._flow(caption, size)
        yield from self._indented((each for each in node.children if each not in caption), size)

    def _table(self, node: Element, size: int) -> Iterator[Lines]:
        caption = next((each for each in node.children if _is(each, "caption")), None)
        if isinstance(caption, Element):
            yield from self._flow(caption.children, size)
        parts: dict[str, list[tuple[Cell, ...]]] = {"thead": [], "tbody": [], "tfoot": []}
        for part in node.children:
            if isinstance(part, Element) and part.tag in {*parts, "tr"}:
                rows = (part,) if part.tag == "tr" else part.children
                parts[part.tag if part.tag in parts else "tbody"] += [
                    tuple(self._cell(cell) for cell in row.children if isinstance(cell, Element))
                    for row in rows
                    if isinstance(row, Element)
                ]
        table = Table(tuple(parts["thead"]), tuple(parts["tbody"]), tuple(parts["tfoot"]))
        yield tabulated(table, max(size, _LEAST))

    def _cell(self, node: Element) -> Cell:
        across, down = (
            min(max(_whole(node.get(name), 1), 1), _MOST_SPANNED) for name in ("colspan", "rowspan")
        )
        return Cell(self._words.of(node.children), node.has_class("number"), across, down)

    def _noted(self) -> Iterator[Lines]:
        if self._words.notes:
            yield ("", "Notes")
            longest = max(columns(number) for number, _ in self._words.notes) + 3
            yield tuple(
                line
                for number, text in self._words.notes
                for line in wrapped(text, WIDTH, f"[{number}]".ljust(longest))
            )


def _is(node: Element | str, *tags: str) -> bool:
    return isinstance(node, Element) and node.tag in tags


def _paragraph(words: str, size: int) -> Iterator[Lines]:
    text = single(words)
    if text:
        yield wrapped(text, max(size, _LEAST))


def _tight(blocks: Iterable[Lines]) -> Lines:
    return tuple(line for lines in blocks for line in lines)


def _joined(blocks: Iterable[Lines]) -> Iterator[str]:
    """Yield the lines of blocks, a blank line between each two."""
    for at, lines in enumerate(filter(None, blocks)):
        if at:
            yield ""
        yield from lines


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() else otherwise
