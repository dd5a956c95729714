"""The lines of a laid-out letter, as counsel counts them: "page 3, line 12".

Lines are counted from the top of each page, each baseline once, so that columns and the cells of a
row share a line. Letterhead, headings, tables and notes count; what stands in the margins, and the
sheet of open points, does not. Where the sentences of the letter begin is found in the layout
itself, by letters and digits alone: line breaks, hyphens, brackets and quotation marks come and go.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen.rendering.engine import (
    AbsolutePlaceholder,
    FootnoteAreaBox,
    MarginBox,
    TextBox,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reportgen.letters.draft import Draft
    from reportgen.rendering.structure import Box

_APART: Final = 4.0
"""How far the baselines of two lines lie apart at least, in CSS pixels."""
_NOT_THE_LETTER: Final = "open-points"


class Line(NamedTuple):
    """A line of text on paper.

    Attributes:
        page: Its page, from 1.
        number: Which line of the page it is, from 1.
        baseline: How far below the upper edge of the sheet it stands, in CSS pixels.
    """

    page: int
    number: int
    baseline: float


class _Piece(NamedTuple):
    """A stretch of text on one line."""

    text: str
    baseline: float
    in_note: bool
    from_letter: bool


@dataclass(frozen=True, slots=True)
class Lineation:
    """The lines of a letter, and the sentences on them.

    Attributes:
        lines: The lines of each page.
        starts: The line on which each assertion begins, by the assertion's id. One that was not
            found is missing.
    """

    lines: tuple[tuple[Line, ...], ...]
    starts: Mapping[str, Line]


def lineation(pages: Sequence[Box], draft: Draft) -> Lineation:
    """Return the lines of a letter, and where its sentences begin.

    Args:
        pages: The boxes of its laid-out pages.
        draft: The letter.
    """
    body, notes = _Stream(), _Stream()
    counted: list[tuple[Line, ...]] = []
    for number, page in enumerate(pages, 1):
        pieces = tuple(_pieces(page, in_note=False))
        lines = _lines(number, {piece.baseline for piece in pieces})
        baselines = [line.baseline for line in lines]
        for piece in pieces:
            if piece.from_letter:
                at = lines[bisect_right(baselines, piece.baseline) - 1]
                (notes if piece.in_note else body).add(piece.text, at)
        counted.append(lines)
    return Lineation(tuple(counted), _starts(draft, body, notes))


def _lines(page: int, found: set[float]) -> tuple[Line, ...]:
    """Return the lines that a page's baselines make: those close together are one."""
    apart: list[float] = []
    for baseline in sorted(found):
        if not apart or baseline - apart[-1] > _APART:
            apart.append(baseline)
    return tuple(Line(page, number, baseline) for number, baseline in enumerate(apart, 1))


def _pieces(box: Box, *, in_note: bool) -> Iterator[_Piece]:
    """Yield the text below a box, in the order of reading."""
    if isinstance(box, AbsolutePlaceholder):
        box = box._box  # noqa: SLF001 - WeasyPrint 70 has no other way to it
    if isinstance(box, TextBox):
        if box.text.strip():
            # What a style adds (a bullet, the number of a note) is in no sentence.
            from_letter = "::" not in box.element_tag
            yield _Piece(box.text, box.position_y + box.baseline, in_note, from_letter)
        return
    if isinstance(box, MarginBox) or _is_apart(box):
        return
    in_note = in_note or isinstance(box, FootnoteAreaBox)
    for child in getattr(box, "children", ()):
        yield from _pieces(child, in_note=in_note)


def _is_apart(box: Box) -> bool:
    return box.element is not None and box.element.get("class") == _NOT_THE_LETTER


# --- sentences ------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Stream:
    """Running text, as letters and digits, with the line of each."""

    text: str = ""
    _offsets: list[int] = field(default_factory=list)
    _lines: list[Line] = field(default_factory=list)
    _edges: set[int] = field(default_factory=set)

    def add(self, text: str, line: Line) -> None:
        """Append what stands on a line."""
        self._offsets.append(len(self.text))
        self._lines.append(line)
        for word in _words(text):
            self._edges.add(len(self.text))
            self.text += word
            self._edges.add(len(self.text))

    def find(self, words: str, start: int) -> int | None:
        """Return where whole words stand, at `start` or after it."""
        at = self.text.find(words, start)
        while at >= 0 and not {at, at + len(words)} <= self._edges:
            at = self.text.find(words, at + 1)
        return at if at >= 0 else None

    def line(self, offset: int) -> Line:
        """Return the line that a place of the text is on."""
        return self._lines[bisect_right(self._offsets, offset) - 1]


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign if sign.isalnum() else " " for sign in plain).split()


def _starts(draft: Draft, body: _Stream, notes: _Stream) -> dict[str, Line]:
    """Return the line on which each assertion begins."""
    # The words of a drawing are for those who cannot see it, and on no line.
    unseen = tuple(filter(None, (node.get("alt") for node in draft.document.walk())))
    read = {id(body): 0, id(notes): 0}
    starts: dict[str, Line] = {}
    for assertion in draft.assertions:
        text = assertion.text
        said = "".join(_words(text.removesuffix(next(filter(text.endswith, unseen), ""))))
        if not said:
            continue
        found = _found(said, read, body, notes) or _found(said, {}, body, notes)
        if found:
            # The same words may stand in a note as well: what comes first on paper is read first.
            line, at, stream = min(found, key=lambda each: each[0])
            starts[assertion.id] = line
            read[id(stream)] = at + len(said)
    return starts


def _found(
    words: str, read: Mapping[int, int], *streams: _Stream
) -> list[tuple[Line, int, _Stream]]:
    """Return where the words stand in each stream, after what was read of it."""
    places = ((stream, stream.find(words, read.get(id(stream), 0))) for stream in streams)
    return [(stream.line(at), at, stream) for stream, at in places if at is not None]
