"""The index as CSV (RFC 4180), for any spreadsheet program.

UTF-8 with a byte order mark, without which Excel takes it for something else. A program that opens
the file may carry out a cell that begins like a formula; an apostrophe before it makes it a text.
"""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING, Final

from reportgen.review.formats.columns import COLUMNS

if TYPE_CHECKING:
    from reportgen.review.model import Index

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
