"""How alike two PDFs are that should be the same letter: in their words, and in their look.

For letters that are built again years later, with other versions of what builds them: the bytes
then differ, and what counts is whether a reader would see another letter.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pypdfium2

if TYPE_CHECKING:
    from PIL.Image import Image

DOTS: Final = 75
"""Dots per inch at which pages are compared: what a reader sees of a page at arm's length."""
SEEN: Final = 64
"""By how much of 255 the grey of a dot has to differ for being seen."""
THRESHOLD: Final = 0.005
"""The share of a page's dots that may differ in sight: half a hundredth."""

_LARGEST: Final = 40_000_000
"""How many dots a page may have."""
_MOST: Final = 2_000
"""How many pages are compared."""


class UnreadablePdfError(Exception):
    """A file is no PDF that can be compared."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two PDFs are.

    Attributes:
        pages: How many pages each of them has.
        text: The first page whose words differ, from 1; None when all words are the same.
        distance: The greatest share of a page's dots, from 0 to 1, that differ in sight.
        worst: The page that has it, from 1.
    """

    pages: tuple[int, int]
    text: int | None
    distance: float
    worst: int

    @property
    def same_text(self) -> bool:
        """Whether every page has the same words in the same order."""
        return self.pages[0] == self.pages[1] and self.text is None

    @property
    def same_look(self) -> bool:
        """Whether no page differs in sight by more than `THRESHOLD`."""
        return self.pages[0] == self.pages[1] and self.distance <= THRESHOLD


def likeness(one: bytes, other: bytes) -> Likeness:
    """Compare two PDFs, page by page.

    Raises:
        UnreadablePdfError: One of the two cannot be read, or its pages are too many or too large.
    """
    try:
        with (
            closing(pypdfium2.PdfDocument(one)) as first,
            closing(pypdfium2.PdfDocument(other)) as second,
        ):
            return _compared(first, second)
    except (pypdfium2.PdfiumError, ValueError, MemoryError) as error:
        raise UnreadablePdfError(" ".join(str(error).split())[:200]) from error


def _compared(one: pypdfium2.PdfDocument, other: pypdfium2.PdfDocument) -> Likeness:
    pages = len(one), len(other)
    if max(pages) > _MOST:
        raise UnreadablePdfError(f"it has more than {_MOST:,} pages")
    text: int | None = None
    distance, worst = 0.0, 1
    for number in range(1, min(pages) + 1):
        with closing(one[number - 1]) as first, closing(other[number - 1]) as second:
            if text is None and _words(first) != _words(second):
                text = number
            differing = _distance(_picture(first), _picture(second))
            if differing > distance:
                distance, worst = differing, number
    return Likeness(pages, text, distance, worst)


def _words(page: pypdfium2.PdfPage) -> str:
    """Return the words of a page, run together: an address may be divided at another of its lines."""
    with closing(page.get_textpage()) as text:
        return "".join(text.get_text_bounded().split())


def _picture(page: pypdfium2.PdfPage) -> Image:
    width, height = page.get_size()
    if width * height * (DOTS / 72) ** 2 > _LARGEST:
        raise UnreadablePdfError("a page of it is too large to be drawn")
    picture: Image = page.render(scale=DOTS / 72, grayscale=True).to_pil().convert("L")
    return picture


def _distance(one: Image, other: Image) -> float:
    """Return the share of dots that differ in sight; all do where the sizes differ."""
    from PIL import ImageChops  # noqa: PLC0415 - only letters that were built otherwise need it

    if one.size != other.size:
        return 1.0
    counts = ImageChops.difference(one, other).histogram()
    return sum(counts[SEEN + 1 :]) / max(1, sum(counts))
