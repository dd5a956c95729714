"""Tables as text: aligned for a terminal, or as CSV for a spreadsheet.

Cells are words or numbers; where words come from a case, they may be hostile, so a terminal gets
no control characters and a spreadsheet no formulas.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Cell = str | int | float | bool | None
"""What stands in a table; None where there is nothing to say."""

_GAP = "  "
_FORMULA = ("=", "+", "-", "@")


def aligned(heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    """Return the table with aligned columns, numbers to the right; empty columns are left out."""
    shown = [
        index for index in range(len(heads)) if any(row[index] not in {None, ""} for row in rows)
    ]
    cells = [[_printable(row[index]) for index in shown] for row in rows]
    lines = [[heads[index] for index in shown], *cells]
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    rightward = [all(isinstance(row[index], int | float | None) for row in rows) for index in shown]
    text = []
    for line in lines:
        padded = (
            (" " * (width - _width(cell)) + cell) if right else cell + " " * (width - _width(cell))
            for cell, width, right in zip(line, widths, rightward, strict=True)
        )
        text.append(_GAP.join(padded).rstrip())
    text.insert(1, _GAP.join("-" * width for width in widths))
    return "\n".join(text) + "\n"


def comma_separated(heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    """Return the table as CSV (RFC 4180, lines ended by a line feed), numbers in full.

    Words that a spreadsheet could take for a formula, since they begin with =, +, - or @, get an
    apostrophe in front, as OWASP advises against CSV injection.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(heads)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return buffer.getvalue()


def _printable(cell: Cell) -> str:
    if cell is None:
        return ""
    return "".join(letter if letter.isprintable() else " " for letter in str(cell))


def _safe(cell: Cell) -> Cell:
    if isinstance(cell, str):
        words = _printable(cell)
        return f"'{words}" if words.lstrip().startswith(_FORMULA) else words
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return cell


def _width(text: str) -> int:
    """Return how many columns of a terminal the text takes."""
    return sum(
        0
        if unicodedata.combining(letter)
        else 2
        if unicodedata.east_asian_width(letter) in {"W", "F"}
        else 1
        for letter in text
    )
