"""A PDF read for the comments on it: highlights, notes, with the words that they lie on."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from itertools import groupby
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
_AROUND: Final = 200
"""How many characters before and after the words of a comment tell their place."""
_NEAR: Final = 4
"""How near a character is to be to the end of a comment's words, in points."""
_KINDS: Final = {
    pdfium.FPDF_ANNOT_TEXT: "note",
    pdfium.FPDF_ANNOT_FREETEXT: "text",
    pdfium.FPDF_ANNOT_HIGHLIGHT: "highlight",
    pdfium.FPDF_ANNOT_UNDERLINE: "underline",
    pdfium.FPDF_ANNOT_SQUIGGLY: "underline",
    pdfium.FPDF_ANNOT_STRIKEOUT: "strike-out",
    pdfium.FPDF_ANNOT_CARET: "caret",
    pdfium.FPDF_ANNOT_REDACT: "redaction",
    pdfium.FPDF_ANNOT_STAMP: "stamp",
    pdfium.FPDF_ANNOT_INK: "drawing",
    pdfium.FPDF_ANNOT_LINE: "line",
    pdfium.FPDF_ANNOT_SQUARE: "box",
    pdfium.FPDF_ANNOT_CIRCLE: "circle",
    pdfium.FPDF_ANNOT_POLYGON: "shape",
    pdfium.FPDF_ANNOT_POLYLINE: "line",
    pdfium.FPDF_ANNOT_FILEATTACHMENT: "attached file",
    pdfium.FPDF_ANNOT_SOUND: "recording",
}
"""The kinds of annotations in which people say something, with words or without."""
_AROUND_WORDS: Final = frozenset({"redaction", "drawing", "box", "circle", "shape"})
"""Those that are drawn around words, and not along them."""
_WORDLESS: Final = frozenset({"note", "text", "caret"})
"""Those that say nothing where nothing is written in them."""


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
    replaced: set[tuple[str, str]] = set()
    found: list[Remark] = []
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), MAX_REMARKS)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        try:
            kind = _KINDS.get(pdfium.FPDFAnnot_GetSubtype(annotation))
            if kind is None:
                continue
            struck = kind == "strike-out"
            said = _string(annotation, b"Contents")
            instead = _instead(annotation) if struck else ""
            if instead:
                replaced.add((_string(annotation, b"T"), instead))
            boxes = tuple(_boxes(annotation))
            about = " ".join(" ".join(text.get_text_bounded(*box).split()) for box in boxes)
            if not boxes and kind in _AROUND_WORDS:
                about = _within(annotation, text)
            before, after = _around(text, boxes)
            if said or instead or about or kind not in _WORDLESS:
                name = f"page {number}, {kind} {index + 1}"
                author, when = _string(annotation, b"T"), _string(annotation, b"M")
                said = instead or said or ("" if struck else f"({kind})")
                where = f"page {number}"
                found.append(Remark(name, author, when, said, about, before, after, struck, where))
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)
    # A caret that stands for what was struck out has said it there.
    return (
        each
        for each in found
        if each.instead or each.about or (each.author, each.text) not in replaced
    )


def _instead(annotation: object) -> str:
    """Return what is to stand in place of what is struck out: the words of the caret beside it."""
    caret = pdfium.FPDFAnnot_GetLinkedAnnot(annotation, b"IRT")
    if not caret:
        return ""
    try:
        if pdfium.FPDFAnnot_GetSubtype(caret) != pdfium.FPDF_ANNOT_CARET:
            return ""
        return _string(caret, b"Contents")
    finally:
        pdfium.FPDFPage_CloseAnnot(caret)


def _around(
    text: pypdfium2.PdfTextPage, boxes: tuple[tuple[float, float, float, float], ...]
) -> tuple[str, str]:
    """Return what stands before and after the words in some boxes."""
    if not boxes:
        return "", ""
    (left, low, _, high), (_, bottom, right, top) = boxes[0], boxes[-1]
    first = text.get_index(left + 2, (low + high) / 2, _NEAR, _NEAR)
    last = text.get_index(right - 2, (bottom + top) / 2, _NEAR, _NEAR)
    if first is None or last is None:
        return "", ""
    start = max(first - _AROUND, 0)
    return text.get_text_range(start, first - start), text.get_text_range(last + 1, _AROUND)


def _string(annotation: object, key: bytes) -> str:
    size = pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    if size <= 2:
        return ""
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    pdfium.FPDFAnnot_GetStringValue(annotation, key, buffer, size)
    text = bytes(buffer).decode("utf-16-le", "replace").rstrip("\0").strip()
    return text if len(text) <= _MAX_TEXT else f"{text[: _MAX_TEXT - 1]}…"


def _within(annotation: object, text: pypdfium2.PdfTextPage) -> str:
    """Return the words that something is drawn around: of a line that it cuts, all or nothing."""
    frame = pdfium.FS_RECTF()
    if not pdfium.FPDFAnnot_GetRect(annotation, frame):
        return ""
    across = sorted((frame.left, frame.right))
    down = sorted((frame.bottom, frame.top))
    found = []
    for index in range(text.count_chars()):
        # Loose boxes are as high as their line, whatever letter stands in them.
        left, low, right, high = text.get_charbox(index, loose=True)
        if across[0] <= (left + right) / 2 <= across[1] and down[0] <= (low + high) / 2 <= down[1]:
            found.append(index)
    said = []
    for _, run in groupby(enumerate(found), lambda each: each[1] - each[0]):
        indices = [index for _, index in run]
        said.append(text.get_text_range(indices[0], len(indices)))
    return " ".join(" ".join(said).split())


def _boxes(annotation: object) -> Iterator[tuple[float, float, float, float]]:
    """Yield what it lies on: left, bottom, right, top, a line each."""
    points = pdfium.FS_QUADPOINTSF()
    for index in range(min(pdfium.FPDFAnnot_CountAttachmentPoints(annotation), MAX_REMARKS)):
        if pdfium.FPDFAnnot_GetAttachmentPoints(annotation, index, points):
            across = (points.x1, points.x2, points.x3, points.x4)
            down = (points.y1, points.y2, points.y3, points.y4)
            yield min(across), min(down), max(across), max(down)
