"""Problems as a compiler prints them: the line, the stretch underlined, and a way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.problems.model import Severity
from reportgen.problems.terminal import Style, styled, visible, width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportgen.problems.located import Located, Spot

_WIDEST = 100
"""How many columns of a line are shown; a longer line is cut around the stretch."""

_BEFORE = 40
"""How many columns of a long line are kept before the stretch."""


def render(located: Iterable[Located], *, color: bool) -> str:
    """Return the problems, each with a blank line after it."""
    return "".join(f"{_Card(each, color=color)}\n" for each in located)


class _Card:
    """One problem on the terminal."""

    def __init__(self, located: Located, *, color: bool) -> None:
        self.located = located
        self.color = color
        spots = (located.spot, *located.related)
        self.gutter = max((len(str(s.span.line)) for s in spots if s.span), default=1)

    def __str__(self) -> str:
        return "\n".join((*self._lines(), ""))

    def _lines(self) -> Iterator[str]:
        problem = self.located.problem
        style = Style.ERROR if problem.severity is Severity.ERROR else Style.WARNING
        head = self._styled(f"{problem.severity}[{problem.code}]", style)
        yield head + self._styled(f": {visible(problem.message)}", Style.STRONG)
        yield from self._snippet(self.located.spot, "-->", "^", style)
        for spot in self.located.related:
            yield from self._snippet(spot, ":::", "-", Style.FRAME)
        if problem.help:
            yield f"{self._frame('=')} {self._styled('help', Style.STRONG)}: {visible(problem.help)}"

    def _snippet(self, spot: Spot, arrow: str, mark: str, style: Style) -> Iterator[str]:
        pointer = self._styled(" " * self.gutter + arrow, Style.FRAME)
        if spot.path:
            yield f"{pointer} {visible(str(spot))}"
        if spot.span is None or not spot.line.strip():
            if spot.message:
                yield f"{self._frame('=')} {self._styled('note', Style.STRONG)}: {visible(spot.message)}"
            return
        before, stretch, after = _cut(spot)
        number = self._styled(f"{spot.span.line:>{self.gutter}} |", Style.FRAME)
        underline = mark * max(width(stretch), 1) + (
            f" {visible(spot.message)}" if spot.message else ""
        )
        yield self._frame("|")
        yield f"{number} {before}{stretch}{after}".rstrip()
        yield f"{self._frame('|')} {' ' * width(before)}{self._styled(underline, style)}"

    def _frame(self, sign: str) -> str:
        return self._styled(f"{' ' * self.gutter} {sign}", Style.FRAME)

    def _styled(self, text: str, style: Style) -> str:
        return styled(text, style, color=self.color)


def _cut(spot: Spot) -> tuple[str, str, str]:
    """Return what a line shows before, in and after the stretch, cut to the width that it has."""
    span = spot.span
    assert span is not None  # noqa: S101 - asked by the caller
    start = span.column - 1
    end = span.end_column - 1 if span.end_line == span.line else len(spot.line)
    # Nothing far from the stretch is looked at, however long the line is.
    before = visible(spot.line[max(0, start - _WIDEST) : start])
    stretch = visible(spot.line[start : min(max(end, start), start + _WIDEST)])
    after = visible(spot.line[max(end, start) : max(end, start) + _WIDEST])
    if start <= _WIDEST and width(before) + width(stretch) + width(after) <= _WIDEST:
        return before, stretch, after
    if start > _WIDEST or width(before) > _BEFORE:
        before = f"…{_last(before, _BEFORE)}"
    room = _WIDEST - width(before)
    if width(stretch) > room:
        return before, f"{_first(stretch, room - 1)}…", ""
    room -= width(stretch)
    return before, stretch, after if width(after) <= room else f"{_first(after, room - 1)}…"


def _first(text: str, columns: int) -> str:
    while text and width(text) > columns:
        text = text[:-1]
    return text


def _last(text: str, columns: int) -> str:
    while text and width(text) > columns:
        text = text[1:]
    return text
