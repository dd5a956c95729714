"""The index as a workbook, in which a checker writes verdicts and notes and nothing else.

The same bytes for the same index. Every cell is a text: what begins with `=` is no formula. The
head row stays in sight, the verdict is chosen from a list, and all other cells are locked, against
slips rather than against intent: there is no password.
"""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Final

import xlsxwriter

from reportgen.review.formats.columns import COLUMNS, SHEET, VERDICT
from reportgen.review.model import Ruling

if TYPE_CHECKING:
    from reportgen.review.model import Index

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LETTER_PAPER: Final = 1
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
    for line, row in enumerate(index.rows, 1):
        for number, column in enumerate(COLUMNS):
            text, look = column.cell(row), free if column.returned else fixed
            if text:
                sheet.write_string(line, number, text, look)
            else:
                sheet.write_blank(line, number, None, look)
    _prepare(sheet, len(index.rows))
    workbook.close()
    return file.getvalue()


def _prepare(sheet: xlsxwriter.worksheet.Worksheet, rows: int) -> None:
    """Make the sheet ready for a checker and for a printer."""
    last = max(rows, 1)
    verdict = next(i for i, column in enumerate(COLUMNS) if column.head == VERDICT)
    sheet.freeze_panes(1, 0)
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
