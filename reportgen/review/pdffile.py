"""A PDF read for the comments on it: highlights, notes, with the words that they lie on."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pypdfium2
import pypdfium2.raw as pdfium

from reportgen.problems.model import Place, Problem
from reportgen.review.model import Remark

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_PAGES: Final = 2_000
MAX_REMARKS: Final = 10_000
_MAX_TEXT: Final = 20_000
"""How many characters of a comment are read."""
_KINDS: Final = {
    pdfium.FPDF_ANNOT_TEXT: "note",
    pdfium.FPDF_ANNOT_FREETEXT: "text",
    pdfium.FPDF_ANNOT_HIGHLIGHT: "highlight",
    pdfium.FPDF_ANNOT_UNDERLINE: "underline",
    pdfium.FPDF_ANNOT_SQUIGGLY: "underline",
    pdfium.FPDF_ANNOT_STRIKEOUT: "strike-out",
    pdfium.FPDF_ANNOT_CARET: "caret",
}
"""The kinds of annotations in which people say something."""


@dataclass(frozen=True, slots=True)
class PdfFile:
    """What a PDF says.

    Attributes:
        text: The words of its pages.
        remarks: The comments on them, in the order of the pages.
    """

    text: str
    remarks: tuple[Remark, ...]


def read(content: bytes, shown_as: str) -> tuple[PdfFile | None, tuple[Problem, ...]]:
    """Read a PDF.

    Returns:
        What it says and no problem; or None and one problem, `pdf-unreadable`.
    """
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        message = "this is no PDF, or it is locked with a password"
        return None, (Problem("pdf-unreadable", message, Place(shown_as)),)
    try:
        if len(document) > MAX_PAGES:
            message = f"this PDF has more than {MAX_PAGES:,} pages"
            return None, (Problem("pdf-unreadable", message, Place(shown_as)),)
        texts: list[str] = []
        found: list[Remark] = []
        for number in range(len(document)):
            page = document[number]
            text = page.get_textpage()
            texts.append(text.get_text_range())
            found += _on_page(page, text, number + 1)
        return PdfFile("\n".join(texts), tuple(found[:MAX_REMARKS])), ()
    except pypdfium2.PdfiumError:
        message = "a page of this PDF is damaged"
        return None, (Problem("pdf-unreadable", message, Place(shown_as)),)
    finally:
        document.close()


def _on_page(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage, number: int) -> Iterator[Remark]:
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), MAX_REMARKS)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        try:
            kind = _KINDS.get(pdfium.FPDFAnnot_GetSubtype(annotation))
            if kind is None:
                continue
            said = _string(annotation, b"Contents")
            about = " ".join(
                " ".join(text.get_text_bounded(*box).split()) for box in _boxes(annotation)
            )
            if said or about:
                yield Remark(
                    id=f"page {number}, {kind} {index + 1}",
                    author=_string(annotation, b"T"),
                    when=_string(annotation, b"M"),
                    text=said or f"({kind})",
                    about=about,
                )
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)


def _string(annotation: object, key: bytes) -> str:
    size = pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    if size <= 2:
        return ""
    buffer = (ctypes.c_ushort * (min(size, 2 * _MAX_TEXT) // 2 + 1))()
    if size <= ctypes.sizeof(buffer):
        pdfium.FPDFAnnot_GetStringValue(annotation, key, buffer, size)
    return bytes(buffer).decode("utf-16-le", "replace").rstrip("\0").strip()


def _boxes(annotation: object) -> Iterator[tuple[float, float, float, float]]:
    """Yield what it lies on: left, bottom, right, top, a line each."""
    points = pdfium.FS_QUADPOINTSF()
    for index in range(min(pdfium.FPDFAnnot_CountAttachmentPoints(annotation), MAX_REMARKS)):
        if pdfium.FPDFAnnot_GetAttachmentPoints(annotation, index, points):
            across = (points.x1, points.x2, points.x3, points.x4)
            down = (points.y1, points.y2, points.y3, points.y4)
            yield min(across), min(down), max(across), max(down)
