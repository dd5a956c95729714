"""What a table is read as: rows of cells, each a text, and whether it is a formula."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MOST_ROWS: Final = 100_000
MOST_COLUMNS: Final = 256


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell.

    Attributes:
        text: What stands in it; of a formula, what it last came to.
        formula: Whether it is computed.
    """

    text: str
    formula: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A row that is not empty: its number as a spreadsheet counts it, and its cells by column."""

    number: int
    cells: dict[int, Cell]


class UnreadableError(Exception):
    """Why a file is no table that could be read; a sentence without a full stop."""
