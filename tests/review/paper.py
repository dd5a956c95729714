"""Where each sentence of a draft begins in its PDF, as a reader of the file finds it.

A referee for the positions of the index, which come from the layout: here the sentences are looked
for in the text of the finished file, with PDFium. Compared are letters and digits alone: line breaks,
hyphens, brackets and quotation marks come and go. What is not found has no position.

Lines are counted from the top of the text of a page, each baseline once: letterhead, headings,
tables and notes count, the header of the page does not.
"""

from __future__ import annotations

import ctypes
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from reportgen.review.model import Position

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reportgen.letters.draft import Draft

_APART: Final = 3.0
"""How far baselines of different lines lie apart at least, in points."""
_RAISED: Final = 0.9
"""How large the call of a note is at most, compared with the text of its line."""
_SEED: Final = 8
"""With how many characters a sentence is first looked for."""


def positions(draft: Draft, pdf: bytes) -> Mapping[str, Position]:
    """Return where each assertion of a draft begins in a PDF of it, by the assertion's id."""
    paper = _Paper(_pages(pdf))
    alternatives = tuple(chart.alternative for chart in draft.charts)
    found: dict[str, Position] = {}
    for assertion in draft.assertions:
        # The description of a drawing is for those who cannot see it, and on no paper.
        described = (each for each in alternatives if assertion.text.endswith(each))
        text = assertion.text.removesuffix(next(described, ""))
        position = paper.find(_folded(text))
        if position is not None:
            found[assertion.id] = position
    return found


def _folded(text: str) -> str:
    """Return the letters and digits of a text, in one case."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


class _Mark(NamedTuple):
    """A character on paper."""

    sign: str
    baseline: float
    size: float


@dataclass(slots=True)
class _Paper:
    """The text of all pages, as one string of letters and digits.

    Attributes:
        pages: The marks of each page, in the order in which they are drawn: its text first, then
            what stands in its margins.
    """

    pages: Iterable[list[_Mark]]
    _text: str = ""
    _starts: list[int] = field(default_factory=list)
    _lines: list[int] = field(default_factory=list)
    _sizes: list[float] = field(default_factory=list)
    _size: float = 0
    _read: int = 0

    def __post_init__(self) -> None:
        parts: list[str] = []
        for page in self.pages:
            self._starts.append(len(self._lines))
            lines = _lines_of(page)
            tallest = _tallest(page, lines)
            for mark, line in zip(page, lines, strict=True):
                called = mark.sign.isdigit() and mark.size < _RAISED * tallest[line]
                for sign in "" if called else _folded(mark.sign):
                    parts.append(sign)
                    self._lines.append(line)
                    self._sizes.append(mark.size)
        self._text = "".join(parts)
        self._size = max(set(self._sizes), key=self._sizes.count, default=0)

    def find(self, words: str) -> Position | None:
        """Return where the words begin: after those that were found before, if they stand there."""
        if not words:
            return None
        starts = [start for start in self._seeds(words[:_SEED]) if self._stands(words, start)]
        if not starts:
            return None
        start = next((each for each in starts if each >= self._read), starts[0])
        if self._sizes[start] >= self._size:
            # Notes and tables are set smaller; a note stands below text that comes after it.
            self._read = start + 1
        page = bisect_right(self._starts, start)
        return Position(page, self._lines[start])

    def _seeds(self, seed: str) -> Iterator[int]:
        start = self._text.find(seed)
        while start >= 0:
            yield start
            start = self._text.find(seed, start + 1)
        # A page may end within the seed.
        for turn in self._starts[1:]:
            for length in range(1, len(seed)):
                if self._text.startswith(seed[length:], turn):
                    before = self._text.rfind(seed[:length], 0, turn)
                    if before >= 0:
                        yield before

    def _stands(self, words: str, start: int) -> bool:
        """Whether the words stand at `start`, in one piece or over the turn of a page."""
        if self._text.startswith(words, start):
            return True
        page = bisect_right(self._starts, start)
        if page >= len(self._starts):
            return False
        turn = self._starts[page]
        shared = 0
        while start + shared < turn and self._text[start + shared] == words[shared]:
            shared += 1
        return shared > 0 and self._text.startswith(words[shared:], turn)


def _lines_of(page: list[_Mark]) -> list[int]:
    """Return the line of each mark: the rank of its baseline, 0 for what stands in the header."""
    if not page:
        return []
    top = page[0].baseline + _APART
    baselines: list[float] = []
    for baseline in sorted({mark.baseline for mark in page if mark.baseline <= top}, reverse=True):
        if not baselines or baselines[-1] - baseline > _APART:
            baselines.append(baseline)
    upward = [-baseline - _APART for baseline in baselines]
    return [bisect_right(upward, -mark.baseline) for mark in page]


def _tallest(page: list[_Mark], lines: list[int]) -> Mapping[int, float]:
    tallest: dict[int, float] = {}
    for mark, line in zip(page, lines, strict=True):
        tallest[line] = max(mark.size, tallest.get(line, 0))
    return tallest


def _pages(pdf: bytes) -> Iterator[list[_Mark]]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number in range(len(document)):
            page = document[number]
            text = page.get_textpage()
            try:
                yield list(_marks(text.raw))
            finally:
                text.close()
                page.close()
    finally:
        document.close()


def _marks(text: ctypes.c_void_p) -> Iterator[_Mark]:
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(pdfium.FPDFText_CountChars(text)):
        sign = chr(pdfium.FPDFText_GetUnicode(text, index))
        if sign.isspace() or not pdfium.FPDFText_GetCharOrigin(text, index, x, y):
            continue
        yield _Mark(sign, y.value, pdfium.FPDFText_GetFontSize(text, index))
