"""An annotator of PDF files, as far as tests need one: it marks words as Acrobat does."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2

if TYPE_CHECKING:
    from collections.abc import Iterator


class Annotator:
    """A PDF that is open in the hands of somebody."""

    def __init__(self, content: bytes, author: str = "Counsel Example") -> None:
        self._content = content
        self._author = author
        self._file = pikepdf.open(io.BytesIO(content))

    def highlight(self, words: str, text: str) -> None:
        """Highlight words, and say something of them."""
        self._mark("/Highlight", words, text)

    def strike(self, words: str, instead: str) -> None:
        """Strike words out, and write others in their place, as "replace text" does."""
        page, mark = self._mark("/StrikeOut", words, "")
        caret = self._annotation("/Caret", mark.Rect, instead)
        mark.IRT, mark.RT = caret, pikepdf.Name("/Group")
        page.Annots.append(caret)

    def draw(self, kind: str, words: str, text: str = "") -> None:
        """Draw something around words: a box, a circle, with a pen."""
        number, boxes = self._found(words)
        (left, low, _, _), (_, _, right, top) = boxes[0], boxes[-1]
        page = self._file.pages[number].obj
        if "/Annots" not in page:
            page.Annots = pikepdf.Array()
        rect = pikepdf.Array([left - 2, low - 2, right + 2, top + 2])
        page.Annots.append(self._annotation(kind, rect, text))

    def saved(self) -> bytes:
        buffer = io.BytesIO()
        self._file.save(buffer)
        return buffer.getvalue()

    def _mark(self, kind: str, words: str, text: str) -> tuple[pikepdf.Object, pikepdf.Object]:
        number, boxes = self._found(words)
        page = self._file.pages[number].obj
        quads = [
            c
            for left, low, right, top in boxes
            for c in (left, top, right, top, left, low, right, low)
        ]
        rect = pikepdf.Array([boxes[0][0], boxes[-1][1], boxes[0][2], boxes[0][3]])
        mark = self._annotation(kind, rect, text)
        mark.QuadPoints = pikepdf.Array(quads)
        if "/Annots" not in page:
            page.Annots = pikepdf.Array()
        page.Annots.append(mark)
        return page, mark

    def _annotation(self, kind: str, rect: pikepdf.Object, text: str) -> pikepdf.Object:
        return self._file.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name("/Annot"),
                Subtype=pikepdf.Name(kind),
                Rect=rect,
                T=self._author,
                M="D:20260612100000Z",
                Contents=text,
            )
        )

    def _found(self, words: str) -> tuple[int, list[tuple[float, float, float, float]]]:
        """Return on which page words stand, and the boxes of their lines."""
        document = pypdfium2.PdfDocument(self._content)
        for number, page in enumerate(document):
            text = page.get_textpage()
            found = text.search(words).get_next()
            if found is not None:
                return number, list(_boxes(text, *found))
        raise AssertionError(f"{words!r} is on no page")


def _boxes(
    text: pypdfium2.PdfTextPage, start: int, count: int
) -> Iterator[tuple[float, float, float, float]]:
    for index in range(text.count_rects(start, count)):
        yield text.get_rect(index)
