"""Marks the numbers in a template's own words, so that each is known by its line and column.

What Markdown makes of digits, the markers of lists, names of sections, targets of links, is no
number of the letter's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jinja2.ext import Extension
from jinja2.lexer import Token

from reportgen.letters.registry import marked
from reportgen.quantities.finding import find

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jinja2.lexer import TokenStream

PROSE = ".md"
"""How the names of templates end whose words are prose."""

# Every quantifier is bounded, so that a line is looked at in time in proportion to its length.
_NAME = r"\{#[^}\n]{0,200}\}"
_TARGET = r"\]\([^)\n]{0,2000}\)|<https?://[^>\n]{0,2000}>"
_SYNTAX = re.compile(f"{_NAME}|{_TARGET}")
_LIST = re.compile(r"[ \t>*+-]{0,40}\d{1,2}[.)](?=[ \t]|$)")


class Numbers(Extension):
    """Marks numbers while a template is compiled, when its lines are still known."""

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        """Return the pieces of a template, numbers marked in those that are words."""
        name = str(stream.name or "")
        return self._marked(stream, name) if name.endswith(PROSE) else stream

    def _marked(self, stream: TokenStream, name: str) -> Iterator[Token]:
        source = self.environment.loader.get_source(self.environment, name)[0]  # type: ignore[union-attr]
        lines = source.split("\n")
        used: dict[int, int] = {}
        for piece in stream:
            if piece.type == "data":
                yield Token(piece.lineno, "data", _mark(piece, name, lines, used))
            else:
                yield piece


def _mark(piece: Token, name: str, lines: list[str], used: dict[int, int]) -> str:
    """Mark the numbers of a stretch of words.

    Args:
        piece: The words.
        name: The template's name.
        lines: The template's lines.
        used: How far each line has been marked.
    """
    marked_lines = []
    for number, text in enumerate(piece.value.split("\n"), piece.lineno):
        line = lines[number - 1] if number <= len(lines) else ""
        start = max(line.find(text, used.get(number, 0)), 0)
        used[number] = start + len(text)
        marked_lines.append(_mark_line(text, name, number, start))
    return "\n".join(marked_lines)


def _mark_line(text: str, name: str, line: int, start: int) -> str:
    parts, end = [], 0
    for found in find(_without_syntax(text, at_start=start == 0)):
        number = text[found.start : found.end]
        parts += [text[end : found.start], marked(number, name, line, start + found.start + 1)]
        end = found.end
    return "".join((*parts, text[end:]))


def _without_syntax(text: str, *, at_start: bool) -> str:
    """Return the text with something in place of Markdown's own digits that joins no number."""
    marker = _LIST.match(text) if at_start else None
    begun = marker.end() if marker else 0
    return "\0" * begun + _SYNTAX.sub(lambda found: "\0" * len(found[0]), text[begun:])
