"""The column of names at the left of a chart: one entry a row, each broken into lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.statistics.sheet import RISE, SIZE, SMALL, Sheet, Tone, Typeface, broken, width_of

if TYPE_CHECKING:
    from collections.abc import Iterable

_LEADING = 10.5
_WIDEST = 150.0
_BETWEEN = 9.0


@dataclass(frozen=True, slots=True)
class Names:
    """Entries of a name and what stands below it in smaller type.

    Attributes:
        entries: The lines of each entry: (words, whether they belong to the name).
        middles: The `y` of each entry's middle.
        width: How wide the column is.
        height: How high it is.
    """

    entries: tuple[tuple[tuple[str, bool], ...], ...]
    middles: tuple[float, ...]
    width: float
    height: float

    @classmethod
    def fit(cls, rows: Iterable[tuple[str, tuple[str, ...]]], typeface: Typeface) -> Names:
        """Break names (two lines at most) and notes (two lines each), and set them apart."""
        file = typeface.regular
        entries = []
        middles = []
        width = y = 0.0
        for name, notes in rows:
            lines = [(line, True) for line in broken(name, SIZE, file, width=_WIDEST, lines=2)]
            for note in notes:
                parts = broken(note, SMALL, file, width=_WIDEST, lines=2)
                lines.extend((line, False) for line in parts)
            sizes = ((line, SIZE if named else SMALL) for line, named in lines)
            width = max(width, *(width_of(line, size, file) for line, size in sizes))
            high = _LEADING * len(lines) + _BETWEEN
            entries.append(tuple(lines))
            middles.append(y + high / 2)
            y += high
        return cls(tuple(entries), tuple(middles), width, y)

    def write(self, paper: Sheet) -> None:
        """Write the column at the left edge, every line flush right against what it names."""
        for lines, middle in zip(self.entries, self.middles, strict=True):
            y = middle + RISE - _LEADING * (len(lines) - 1) / 2
            for words, named in lines:
                size, tone = (SIZE, Tone.DARK) if named else (SMALL, Tone.TEXT)
                paper.text(self.width, y, words, size=size, tone=tone, anchor="right")
                y += _LEADING
