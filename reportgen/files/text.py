"""A text with its lines: turns positions into lines and columns, and shows a line."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from reportgen.problems.model import Span

if TYPE_CHECKING:
    from reportgen.problems.model import Place


def normal(text: str) -> str:
    r"""Return the text without byte order mark and with `\n` as its only line break.

    Editors count `\r\n`, `\n` and `\r` as one line break each, and nothing else.
    """
    text = text.removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


class Text:
    """A file's text, for those who must show where something stands in it.

    Attributes:
        path: The path as the user would write it.
        text: The text in normal form.
    """

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = normal(text)

    @cached_property
    def _starts(self) -> list[int]:
        starts = [0]
        position = self.text.find("\n")
        while position >= 0:
            starts.append(position + 1)
            position = self.text.find("\n", position + 1)
        return starts

    def line(self, number: int) -> str:
        """Return line `number` (from 1) without its line break; empty past the end."""
        starts = self._starts
        if not 1 <= number <= len(starts):
            return ""
        end = starts[number] - 1 if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end]

    def span(self, start: int, end: int) -> Span:
        """Return the stretch between two positions, counted in characters from 0."""
        line, column = self._at(start)
        end_line, end_column = self._at(max(start, end))
        return Span(line, column, end_line, end_column)

    def locate(self, place: Place) -> Span | None:
        """Return the stretch that `place` names; a mere text knows no routes."""
        return place.span

    def _at(self, position: int) -> tuple[int, int]:
        starts = self._starts
        number = bisect_right(starts, position)
        return number, position - starts[number - 1] + 1
