"""Tables in plain text: columns where they fit, else a list of each row's cells with their heads."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from reportgen.rendering.typewriting import columns, narrowest, natural, wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

GAP = 2
"""Blanks between two columns."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table.

    Attributes:
        text: Its words.
        number: Whether it stands at the right of its column.
        across: How many columns it spans.
        down: How many rows it spans.
    """

    text: str
    number: bool = False
    across: int = 1
    down: int = 1


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: rows of its head, its body and its foot."""

    head: tuple[Row, ...]
    body: tuple[Row, ...]
    foot: tuple[Row, ...]


def tabulated(table: Table, size: int) -> tuple[str, ...]:
    """Return the lines of a table, none wider than `size` columns where its words allow."""
    rows = (*table.head, *table.body, *table.foot)
    widths = None if _spans(rows) else _widths(table, size)
    if widths is None:
        return tuple(_listed(table, size))
    return tuple(_aligned(table, widths))


def _spans(rows: Sequence[Row]) -> bool:
    return any(cell.across > 1 or cell.down > 1 for row in rows for cell in row)


def _widths(table: Table, size: int) -> tuple[int, ...] | None:
    """Return the widths of the columns; None when not even broken cells fit side by side."""
    rows = (*table.head, *table.body, *table.foot)
    widths = _widest(rows, narrowest)
    free = size - GAP * (len(widths) - 1) - sum(widths)
    if free < 0:
        return None
    # What is free goes to where it is missed most: first to the cells, then to their heads.
    for part in ((*table.body, *table.foot), rows):
        wanted = _widest(part, natural)
        for _ in range(free):
            lacking = [want - width for want, width in zip(wanted, widths, strict=False)]
            if max(lacking, default=0) <= 0:
                break
            widths[lacking.index(max(lacking))] += 1
            free -= 1
    return tuple(widths)


def _widest(rows: Sequence[Row], measure: Callable[[str], int]) -> list[int]:
    """Return the greatest measure of the cells of each column."""
    return [
        max(measure(cell.text) for cell in column if cell is not None)
        for column in zip_longest(*rows)
    ]


# --- in columns ---------------------------------------------------------------------------------


def _aligned(table: Table, widths: Sequence[int]) -> Iterator[str]:
    rule = (" " * GAP).join("-" * width for width in widths)
    for row in table.head:
        yield from _side_by_side(row, widths, at_bottom=True)
    if table.head:
        yield rule
    rows = [tuple(_side_by_side(row, widths)) for row in table.body]
    # Where a row takes several lines, a blank line tells it from the next.
    loose = any(len(lines) > 1 for lines in rows)
    for at, lines in enumerate(rows):
        if at and loose:
            yield ""
        yield from lines
    if table.foot:
        yield rule
    for row in table.foot:
        yield from _side_by_side(row, widths)


def _side_by_side(row: Row, widths: Sequence[int], *, at_bottom: bool = False) -> Iterator[str]:
    cells = [wrapped(cell.text, width) for cell, width in zip(row, widths, strict=False)]
    height = max(map(len, cells), default=0)
    if at_bottom:
        cells = [("",) * (height - len(lines)) + lines for lines in cells]
    for lines in zip_longest(*cells, fillvalue=""):
        parts = (
            " " * (width - columns(text)) + text
            if cell.number
            else text + " " * (width - columns(text))
            for text, cell, width in zip(lines, row, widths, strict=False)
        )
        yield (" " * GAP).join(parts).rstrip()


# --- as a list ----------------------------------------------------------------------------------


def _listed(table: Table, size: int) -> Iterator[str]:
    """Yield each row as lines of "Head: cell"; what spans rows or columns is said in each."""
    stacked = zip_longest(*_spread(table.head))
    heads = [
        ", ".join(_one_line(cell) for cell in dict.fromkeys(filter(None, column)))
        for column in stacked
    ]
    for at, row in enumerate((*_spread(table.body), *_spread(table.foot))):
        if at:
            yield ""
        said: set[int] = set()
        for column, cell in enumerate(row):
            if not cell.text or id(cell) in said:
                continue
            said.add(id(cell))
            name = heads[column] if column < len(heads) else ""
            text = f"{name}: {_one_line(cell)}" if name else _one_line(cell)
            yield from wrapped(text, size, "", "    ")


def _one_line(cell: Cell) -> str:
    return cell.text.replace("\n", " ")


def _spread(rows: Sequence[Row]) -> Iterator[Row]:
    """Yield rows in which a cell that spans several places stands in each of them."""
    hanging: dict[int, tuple[Cell, int]] = {}
    for row in rows:
        places: list[Cell] = []
        cells = iter(row)
        while True:
            column = len(places)
            if column in hanging:
                cell, left = hanging.pop(column)
                places.append(cell)
                if left > 1:
                    hanging[column] = (cell, left - 1)
                continue
            following = next(cells, None)
            if following is None:
                break
            for at in range(column, column + following.across):
                places.append(following)
                if following.down > 1:
                    hanging[at] = (following, following.down - 1)
        yield tuple(places)
