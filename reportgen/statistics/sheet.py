"""A sheet on which a chart is drawn, in points from the upper left corner; the door of matplotlib.

The figure is used as plain paper: no axes, no pyplot, no style of the machine. Text comes from the
two font files handed in and leaves as outlines, so the drawing looks the same everywhere, and its
bytes depend on nothing but what was drawn and on matplotlib's version.
"""

from __future__ import annotations

import io
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from pathlib import Path  # noqa: TC003 - Typeface is looked at by callers
from typing import TYPE_CHECKING, Any, Literal

import matplotlib as mpl
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font, LoadFlags
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon, Rectangle
from matplotlib.text import Text
from matplotlib.transforms import IdentityTransform

from reportgen.problems.model import Refusal
from reportgen.problems.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.artist import Artist
    from matplotlib.typing import RcKeyType

WIDTH = 468.0
"""The measure of a letter sheet with margins of one inch: 6.5 inches."""

SIZE = 9.0
"""Size in points of the words in a chart."""

SMALL = 8.0
"""Size in points of what is said beside them."""

RISE = 3.0
"""How far below the middle of a line of either size its baseline lies."""

_MEASURE = 100
"""Size in points at which widths are measured; the size drawn is a fraction of it."""

_MOST_NAMED = 8
_HATCH = 3.0
"""How far apart the lines of a hatching are."""

_SETTINGS: dict[RcKeyType, Any] = {
    "path.simplify": False,
    "svg.fonttype": "path",
    "svg.hashsalt": "reportgen",
    "svg.id": None,
    "text.antialiased": True,
    "text.usetex": False,
}

SWATCH = 14.0
"""How wide the marks in a key are."""

KEY = 18.0
"""How much height a key takes at the foot of a chart."""

Mark = Callable[[float, float], None]
"""Draws a mark from a left end at a height."""

Anchor = Literal["left", "center", "right"]


class Tone(Enum):
    """The grays of a chart, far enough apart for a photocopier.

    On white they have contrasts of 15.1, 7.0 and 3.4 to 1: both tones of bars stand above the 3 to
    1 that WCAG 2.2, 1.4.11 asks of graphics, both tones of text above the 4.5 to 1 of 1.4.3.
    """

    DARK = "#262626"
    TEXT = "#595959"
    LIGHT = "#8c8c8c"
    FAINT = "#d0d0d0"
    PAPER = "#ffffff"


@dataclass(frozen=True, slots=True)
class Typeface:
    """The letter's typeface, by the files that it comes in.

    Attributes:
        regular: TrueType or OpenType file of the upright.
        bold: The same of the bold.
    """

    regular: Path
    bold: Path

    def refusal(self, texts: Iterable[str]) -> Refusal | None:
        """Return why the texts cannot be set.

        Returns:
            `font-missing` for a file that is not there or is no font, `character-missing` for
            characters that a file does not have, or None.
        """
        for file in (self.regular, self.bold):
            try:
                _font(file)
            except (OSError, RuntimeError):
                return Refusal(
                    "font-missing",
                    f"the font file {quoted(file.name)} is missing or is no font",
                    "charts are set in the letter's own typeface; restore the files under "
                    "templates/fonts/",
                )
        known = _characters(self.regular) & _characters(self.bold)
        missing = sorted({letter for text in texts for letter in clean(text)} - known)
        if not missing:
            return None
        named = ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in missing[:_MOST_NAMED])
        return Refusal(
            "character-missing",
            f"the typeface of the charts has no {named}",
            "write the name with letters that the typeface has, as in a transcription",
        )


def clean(words: str) -> str:
    """Return `words` on one line, composed (NFC), without control and format characters."""
    composed = unicodedata.normalize("NFC", " ".join(words.split()))
    return "".join(
        letter for letter in composed if unicodedata.category(letter) not in {"Cc", "Cf"}
    )


@lru_cache(maxsize=8)
def _font(file: Path) -> FT2Font:
    font = FT2Font(str(file))
    font.set_size(_MEASURE, 72)
    return font


@lru_cache(maxsize=8)
def _characters(file: Path) -> frozenset[str]:
    return frozenset(map(chr, _font(file).get_charmap()))


class Sheet:
    """Paper of a given size; what is drawn later lies on top. Made by `sheet`.

    All lengths are points. `x` grows to the right and `y` downward, from the upper left corner.
    """

    def __init__(self, width: float, height: float, typeface: Typeface) -> None:
        self.width = width
        self.height = height
        self.typeface = typeface
        self._figure = Figure(figsize=(width / 72, height / 72), dpi=72, frameon=False)
        self._drawn = 0
        FigureCanvasSVG(self._figure)

    def text(  # noqa: PLR0913 - where, what, and in which type
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float,
        tone: Tone = Tone.DARK,
        bold: bool = False,
        anchor: Anchor = "left",
    ) -> None:
        """Write one line with its baseline at `y`; `anchor` says which end stands at `x`."""
        file = self.typeface.bold if bold else self.typeface.regular
        self._add(
            Text(
                x,
                self.height - y,
                clean(words),
                color=tone.value,
                fontproperties=FontProperties(fname=file, size=size),
                horizontalalignment=anchor,
                verticalalignment="baseline",
                parse_math=False,
            )
        )

    def line(  # noqa: PLR0913 - two points, and how thick and dark
        self,
        x0: float,
        y0: float,
        x1: float,
        y1: float,
        *,
        width: float = 0.5,
        tone: Tone = Tone.DARK,
    ) -> None:
        """Draw a straight line with square ends."""
        self._add(
            Line2D(
                (x0, x1),
                (self.height - y0, self.height - y1),
                color=tone.value,
                linewidth=width,
                solid_capstyle="butt",
            )
        )

    def box(  # noqa: PLR0913 - a corner, two sides, and two tones
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        tone: Tone,
        outline: Tone | None = None,
    ) -> None:
        """Fill a rectangle whose upper left corner is at `x`, `y`."""
        self._add(
            Rectangle(
                (x, self.height - y - height),
                width,
                height,
                facecolor=tone.value,
                edgecolor="none" if outline is None else outline.value,
                linewidth=0 if outline is None else 0.5,
            )
        )

    def hatched(  # noqa: PLR0913 - a corner, two sides, and how it is drawn
        self, x: float, y: float, width: float, height: float, *, tone: Tone, closed: bool = True
    ) -> None:
        """Rule a rectangle with thin diagonals; not closed, it has no sides to left and right.

        A pattern fill would be shorter, but not every reader of SVG repeats a pattern alike.
        """
        start = x - height + _HATCH
        while start < x + width:
            left, right = max(start, x), min(start + height, x + width)
            below, above = y + height - (left - start), y + height - (right - start)
            self.line(left, below, right, above, tone=tone)
            start += _HATCH
        self.line(x, y, x + width, y, tone=tone)
        self.line(x, y + height, x + width, y + height, tone=tone)
        for side in (x, x + width) if closed else ():
            self.line(side, y, side, y + height, tone=tone)

    def diamond(self, x: float, y: float, radius: float, *, filled: bool = True) -> None:
        """Draw a diamond around a point; an empty one stands for a place known roughly."""
        across, up = x, self.height - y
        self._add(
            Polygon(
                [
                    (across - radius, up),
                    (across, up + radius),
                    (across + radius, up),
                    (across, up - radius),
                ],
                facecolor=(Tone.DARK if filled else Tone.PAPER).value,
                edgecolor=Tone.DARK.value,
                linewidth=0.75,
            )
        )

    def key(self, x: float, y: float, entries: Iterable[tuple[Mark, str]]) -> None:
        """Say in one line around the height `y` what marks mean; it begins at `x` if it fits."""
        font = self.typeface.regular
        said = [(mark, words, width_of(words, SMALL, font)) for mark, words in entries]
        x = max(0, min(x, self.width - sum(2 * SWATCH + width for *_, width in said)))
        for mark, words, width in said:
            mark(x, y)
            self.text(x + SWATCH + 5, y + RISE, words, size=SMALL, tone=Tone.TEXT)
            x += 2 * SWATCH + width

    def svg(self) -> bytes:
        """Return the drawing as UTF-8 SVG, without date, author or program."""
        buffer = io.BytesIO()
        unsaid = dict.fromkeys(("Creator", "Date", "Format", "Type"))
        self._figure.savefig(buffer, format="svg", metadata=unsaid)
        return buffer.getvalue()

    def _add(self, artist: Artist) -> None:
        artist.set_transform(IdentityTransform())
        self._drawn += 1
        artist.set_zorder(self._drawn)  # lines would lie above surfaces otherwise
        self._figure.add_artist(artist)


@contextmanager
def sheet(width: float, height: float, typeface: Typeface) -> Iterator[Sheet]:
    """Lay out a sheet; while it lies there, no setting of the machine's matplotlibrc holds."""
    with mpl.rc_context():
        # Looking at the backend would load pyplot, and the machine's windows with it.
        mpl.rcParams.update({k: v for k, v in mpl.rcParamsDefault.items() if k != "backend"})
        mpl.rcParams.update(_SETTINGS)
        yield Sheet(width, height, typeface)


def width_of(words: str, size: float, file: Path) -> float:
    """Return how wide `words` are in the font of `file`, in points."""
    font = _font(file)
    font.set_text(clean(words), 0.0, flags=LoadFlags.NO_HINTING)
    return float(font.get_width_height()[0]) / 64 * size / _MEASURE


def broken(words: str, size: float, file: Path, *, width: float, lines: int) -> tuple[str, ...]:
    """Break `words` into at most `lines` lines no wider than `width` points.

    What does not fit ends in an ellipsis; the data table beside the chart has all of it.
    """
    result: list[str] = []
    rest = clean(words).split(" ")
    while rest:
        if len(result) == lines - 1:
            return (*result, _cut(" ".join(rest), size, file, width))
        taken = 1
        while taken < len(rest) and width_of(" ".join(rest[: taken + 1]), size, file) <= width:
            taken += 1
        result.append(_cut(" ".join(rest[:taken]), size, file, width))
        rest = rest[taken:]
    return tuple(result)


def _cut(words: str, size: float, file: Path, width: float) -> str:
    """Return `words`, or as much of them as fits with an ellipsis."""
    if width_of(words, size, file) <= width:
        return words
    end = bisect_left(
        range(len(words)),
        x=True,
        key=lambda end: width_of(words[: end + 1].rstrip() + "…", size, file) > width,
    )
    return words[:end].rstrip() + "…"
