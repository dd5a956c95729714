"""Which column of a table has become which: so that one put in is a column, and not another table."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from reportgen.letters.markup import Element

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator

    Words = Callable[[Element], Iterable[Hashable]]

Pair = tuple[int | None, int | None]
"""A column of the old table and one of the new; None where one of them has none."""

_HEAD: Final = 3.0
"""How many words an equal head is worth, beside its own."""
_PLACE: Final = 0.1
"""What two columns have in common that have only their place in common."""


def rows_of(table: Element) -> Iterator[Element]:
    """Yield the rows of a table, those of its head among them."""
    return (each for each in table.walk() if each.tag == "tr")


def width(row: Element) -> int:
    """Return how many columns the cells of a row take."""
    spans = (cell.get("colspan") or "1" for cell in _cells(row))
    return sum(int(span) if span.isdecimal() else 1 for span in spans)


def columns_of(table: Element) -> int | None:
    """Return how many columns a table has; None where cells span several, or rows differ."""
    cells = [_cells(row) for row in rows_of(table)]
    if any(cell.get("colspan") or cell.get("rowspan") for row in cells for cell in row):
        return None
    counts = set(map(len, cells))
    return counts.pop() if len(counts) == 1 else None


def paired(old: Element, new: Element, words: Words) -> tuple[Pair, ...] | None:
    """Return which column has become which, from left to right; None where they cannot be told.

    Args:
        old: A table.
        new: Another.
        words: The words of a cell.
    """
    if not columns_of(old) or not columns_of(new):
        return None
    before, after = _columns(old, words), _columns(new, words)
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for left in range(len(before) - 1, -1, -1):
        for right in range(len(after) - 1, -1, -1):
            both = before[left].likeness(after[right]) + best[left + 1][right + 1]
            best[left][right] = max(both, best[left + 1][right], best[left][right + 1])
    pairs: list[Pair] = []
    left = right = 0
    while left < len(before) or right < len(after):
        here = best[left][right]
        if right == len(after) or (left < len(before) and here == best[left + 1][right]):
            pairs.append((left, None))
            left += 1
        elif left == len(before) or here == best[left][right + 1]:
            pairs.append((None, right))
            right += 1
        else:
            pairs.append((left, right))
            left, right = left + 1, right + 1
    return tuple(pairs)


class _Column:
    """A column: the words of its head, and all that it says."""

    def __init__(self, cells: Iterable[Element], words: Words) -> None:
        self.head: tuple[Hashable, ...] = ()
        self.said: Counter[Hashable] = Counter()
        for cell in cells:
            found = tuple(words(cell))
            self.said.update(found)
            if cell.get("scope") == "col":
                self.head += found

    def likeness(self, other: _Column) -> float:
        """Return how many words two columns have in common, and what an equal head adds."""
        same = bool(self.head) and self.head == other.head
        return (self.said & other.said).total() + _HEAD * same + _PLACE


def _columns(table: Element, words: Words) -> list[_Column]:
    rows = [_cells(row) for row in rows_of(table)]
    return [_Column(cells, words) for cells in zip(*rows, strict=True)]


def _cells(row: Element) -> list[Element]:
    return [each for each in row.children if isinstance(each, Element)]
