"""The index as CSV (RFC 4180), for any spreadsheet program.

UTF-8 with a byte order mark, without which Excel takes it for something else. A program that opens
the file may carry out a cell that begins like a formula; an apostrophe before it makes it a text.
"""

from __future__ import annotations

import csv
import re
from io import StringIO
from typing import TYPE_CHECKING, Final

from reportgen.review.formats.cells import (
    MOST_COLUMNS,
    MOST_ROWS,
    Cell,
    Line,
    UnreadableError,
)
from reportgen.review.formats.columns import COLUMNS

if TYPE_CHECKING:
    from reportgen.review.model import Index

_QUOTED: Final = re.compile(r'"[^"]*"')
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a program might carry out (OWASP, CSV injection)."""


def render(index: Index) -> bytes:
    """Return the index as CSV: the same bytes for the same index."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.head for column in COLUMNS])
    for row in index.rows:
        writer.writerow([escaped(column.cell(row)) for column in COLUMNS])
    return text.getvalue().encode("utf-8-sig")


def escaped(cell: str) -> str:
    """Return the cell as a text that no program carries out."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def unescaped(cell: str) -> str:
    """Return the cell that `escaped` was given."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


def read(text: str) -> tuple[Line, ...]:
    """Return the rows of a CSV text, separated by commas, semicolons or tabs.

    Raises:
        UnreadableError: When it is no table, or one beyond all bounds.
    """
    head = _QUOTED.sub("", text.partition("\n")[0])
    separator = max(",;\t", key=head.count)
    lines: list[Line] = []
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for number, row in enumerate(reader, 1):
            if number > MOST_ROWS or len(row) > MOST_COLUMNS:
                raise UnreadableError("the table has more rows or columns than any index")
            cells = {i: _cell(text) for i, text in enumerate(row) if text}
            if cells:
                lines.append(Line(number, cells))
    except csv.Error as error:
        raise UnreadableError(f"this is no CSV: {error}, in line {reader.line_num}") from None
    return tuple(lines)


def _cell(text: str) -> Cell:
    # What a program wrote as a formula came out as what it was computed to; the text of one that
    # was typed came out as itself, without the apostrophe that a text has.
    return Cell(unescaped(text), formula=text.startswith("="))
