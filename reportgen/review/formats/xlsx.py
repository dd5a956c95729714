"""The index as a workbook, in which a checker writes verdicts and notes and nothing else.

The same bytes for the same index. Every cell is a text: what begins with `=` is no formula. The
head row and the sentences stay in sight, the verdict is chosen from a list, and all other cells are locked, against
slips rather than against intent: there is no password.
"""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, Final

import xlsxwriter

from reportgen.review.formats.columns import COLUMNS, SENTENCE, SHEET, VERDICT
from reportgen.review.model import Ruling

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportgen.review.model import Index

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LETTER_PAPER: Final = 1
_LINE: Final = 13.0
"""How high a line is, in points."""
_HIGHEST: Final = 409.0
"""How high a row can be."""
_PLAIN: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def render(index: Index) -> bytes:
    """Return the index as XLSX."""
    file = BytesIO()
    workbook = xlsxwriter.Workbook(file, _PLAIN)
    midnight = datetime.combine(index.date, time())  # XLSX has no time zones
    workbook.set_properties(
        {
            "title": f"Index of {index.letter}",
            "subject": index.title,
            "comments": f"Draft {index.digest}",
            "created": midnight,
        }
    )
    sheet = workbook.add_worksheet(SHEET)
    cell = {"text_wrap": True, "valign": "top", "font_name": "Cambria", "font_size": 10}
    head = workbook.add_format({**cell, "bold": True, "bottom": 1, "valign": "bottom"})
    fixed = workbook.add_format(cell)
    free = workbook.add_format({**cell, "locked": False, "bg_color": "#FFF8E1", "num_format": "@"})
    for number, column in enumerate(COLUMNS):
        sheet.set_column(number, number, column.width)
        sheet.write_string(0, number, column.head, head)
    sheet.set_row(0, _height(column.head for column in COLUMNS))
    for line, row in enumerate(index.rows, 1):
        texts = [column.cell(row) for column in COLUMNS]
        sheet.set_row(line, _height(texts))
        for number, column in enumerate(COLUMNS):
            text, look = texts[number], free if column.returned else fixed
            if text:
                sheet.write_string(line, number, text, look)
            else:
                sheet.write_blank(line, number, None, look)
    _prepare(sheet, len(index.rows))
    workbook.close()
    return file.getvalue()


def _height(texts: Iterable[str]) -> float:
    """Return how high a row is, in points: not every program works it out for wrapped texts."""
    lines = max(
        sum(ceil(max(len(line), 1) / column.width) for line in text.split("\n"))
        for column, text in zip(COLUMNS, texts, strict=True)
    )
    return min(lines * _LINE + 2, _HIGHEST)


def _prepare(sheet: xlsxwriter.worksheet.Worksheet, rows: int) -> None:
    """Make the sheet ready for a checker and for a printer."""
    last = max(rows, 1)
    verdict = next(i for i, column in enumerate(COLUMNS) if column.head == VERDICT)
    # Whoever writes a verdict at the right end still sees the sentence.
    sentence = next(i for i, column in enumerate(COLUMNS) if column.head == SENTENCE)
    sheet.freeze_panes(1, sentence + 1)
    sheet.autofilter(0, 0, last, len(COLUMNS) - 1)
    sheet.data_validation(
        1,
        verdict,
        last,
        verdict,
        {
            "validate": "list",
            "source": [str(ruling) for ruling in Ruling],
            "error_title": "Verdict",
            "error_message": "Choose ok or wrong; anything else belongs in the note.",
        },
    )
    sheet.protect(
        "",
        {
            "autofilter": True,
            "sort": True,
            "format_cells": True,
            "format_columns": True,
            "format_rows": True,
        },
    )
    sheet.set_landscape()
    sheet.set_paper(_LETTER_PAPER)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&L&F&RPage &P of &N")
