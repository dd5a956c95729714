"""What two sequences have in common, in the same order: the longest there is, and always the same.

The rows of the classical table are kept as bits of whole numbers, so that a row is worked out by
one addition (Allison and Dix 1986, Hyyrö 2004). Ten thousand words against ten thousand take some
ten megabytes and less than a second, whatever stands in them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

LARGEST: Final = 400_000_000
"""How many pairs are compared bit by bit; beyond, a middle part counts as changed."""


def common(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Return the indices, in both, of a longest common subsequence.

    What both begin and end with is in it. Past `LARGEST` pairs the subsequence may be shorter than
    the longest.
    """
    start, end = trimmed(old, new)
    stop_old, stop_new = len(old) - end, len(new) - end
    pairs = [(index, index) for index in range(start)]
    pairs += (
        (start + left, start + right)
        for left, right in _common(old[start:stop_old], new[start:stop_new])
    )
    pairs += zip(range(stop_old, len(old)), range(stop_new, len(new)), strict=True)
    return pairs


def length(old: Sequence[Hashable], new: Sequence[Hashable]) -> int:
    """Return how long a longest common subsequence is."""
    start, end = trimmed(old, new)
    rows = _rows(old[start : len(old) - end], new[start : len(new) - end])
    width = len(new) - end - start
    kept = width - rows[-1].bit_count() if rows else 0
    return start + kept + end


def trimmed(old: Sequence[Hashable], new: Sequence[Hashable]) -> tuple[int, int]:
    """Return how much both have in common at their beginning, and at their end."""
    shorter = min(len(old), len(new))
    start = 0
    while start < shorter and old[start] == new[start]:
        start += 1
    end = 0
    while end < shorter - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return start, end


def _rows(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[int]:
    """Return for each prefix of `old` the row in which a zero is a step in length."""
    if not old or not new or len(old) * len(new) > LARGEST:
        return []
    places: dict[Hashable, int] = {}
    for index, item in enumerate(new):
        places[item] = places.get(item, 0) | 1 << index
    full = (1 << len(new)) - 1
    row, rows = full, []
    for item in old:
        met = row & places.get(item, 0)
        row = (row + met | row - met) & full
        rows.append(row)
    return rows


def _common(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    rows = _rows(old, new)
    pairs = []
    left, right = len(rows), len(new) if rows else 0
    while left and right:
        bit = 1 << (right - 1)
        if rows[left - 1] & bit:
            right -= 1
            continue
        left -= 1
        if not left or rows[left - 1] & bit:
            right -= 1
            pairs.append((left, right))
    pairs.reverse()
    return pairs
