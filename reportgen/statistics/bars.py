"""Bar charts for print: one fact a case, compared.

What a statement leaves open is hatched where it is wide enough to be seen. The scale is linear
and bars begin at zero, so that their lengths compare as the numbers do; on a logarithmic scale the
length of a bar means nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from reportgen.problems.model import Refusal
from reportgen.quantities import wording
from reportgen.quantities.dates import long_form_of_period
from reportgen.statistics import comparing, measures
from reportgen.statistics.model import Chart, Comparison
from reportgen.statistics.names import Names
from reportgen.statistics.sheet import (
    KEY,
    RISE,
    SIZE,
    SWATCH,
    WIDTH,
    Mark,
    Sheet,
    Tone,
    Typeface,
    sheet,
    width_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reportgen.quantities.bounds import Bounds
    from reportgen.statistics.model import Input

_GAP = 10.0
_BAR = 11.0
_UNCLOSED = 14.0
_AFTER = 5.0
_VISIBLE = 1.5
"""The narrowest stretch, in points, that hatching can show."""

_MOST_BARS = 20
"""As many as stand on a page beside a caption."""

_NOT_STATED = "not stated"


def comparison(
    inputs: Sequence[Input], typeface: Typeface, *, emphasis: str | None = None
) -> Chart | Refusal:
    """Draw one bar a fact, in the order given, each with its value beside it.

    A bar is solid up to the least value that its statement bears out, and hatched from there to
    the greatest; where that stretch is too narrow to be seen, it is solid to its middle. Where
    nobody stated an upper end ("more than 13 million") the hatched stretch is not closed.

    Args:
        inputs: Facts of one unit.
        typeface: The letter's.
        emphasis: Address of the fact whose bar is dark; the first when left out.

    Returns:
        The chart, or a refusal: `nothing-to-count`, `different-units`, `chart-not-drawn` for more
        bars than a page holds, `font-missing`, `character-missing`.
    """
    refusal = measures.comparable(inputs) or _too_many(inputs)
    if refusal is not None:
        return refusal
    values = tuple(wording.say(each.quantity) for each in inputs)
    windows = tuple(
        None if each.window is None else long_form_of_period(each.window) for each in inputs
    )
    labels = tuple(each.label for each in inputs)
    refusal = typeface.refusal(chain(labels, values))
    if refusal is not None:
        return refusal
    dark = emphasis or inputs[0].address
    notes = ((window,) if window else () for window in windows)
    names = Names.fit(zip(labels, notes, strict=True), typeface)
    left = names.width + _GAP
    fonts = (typeface.bold if each.address == dark else typeface.regular for each in inputs)
    ends = (width_of(value, SIZE, font) for value, font in zip(values, fonts, strict=True))
    scale = _scale(inputs, (WIDTH - left - _AFTER - end for end in ends))
    bars = tuple(_Bar.of(each.quantity.bounds, scale) for each in inputs)
    keyed = any(bar.end > bar.solid for bar in bars)
    with sheet(WIDTH, names.height + (KEY if keyed else 0), typeface) as paper:
        names.write(paper)
        for each, value, bar, y in zip(inputs, values, bars, names.middles, strict=True):
            bar.draw(paper, left, y, Tone.DARK if each.address == dark else Tone.LIGHT)
            end = left + bar.end + _AFTER
            paper.text(end, y + RISE, value, size=SIZE, bold=each.address == dark)
        paper.line(left, 0, left, names.height)
        if keyed:
            paper.key(left, paper.height - 6, ((_open_mark(paper), "left open by the statement"),))
        drawing = paper.svg()
    unit = inputs[0].quantity.unit
    dated = any(windows)
    return Chart(
        name="comparison",
        title=f"{_capital(unit)}, by case",
        svg=drawing,
        width=paper.width,
        height=paper.height,
        alternative=_alternative(inputs, values, windows, unit),
        columns=("Case", _capital(unit), *(("Window",) if dated else ())),
        rows=tuple(
            (label, value, *((window or _NOT_STATED,) if dated else ()))
            for label, value, window in zip(labels, values, windows, strict=True)
        ),
        inputs=tuple(each.address for each in inputs),
    )


@dataclass(frozen=True, slots=True)
class _Bar:
    """A bar in points from where bars begin.

    Attributes:
        solid: How far it is solid.
        end: How far it is hatched; not less than `solid`.
        closed: Whether somebody stated its upper end.
    """

    solid: float
    end: float
    closed: bool = True

    @classmethod
    def of(cls, bounds: Bounds, scale: float) -> _Bar:
        """Return the bar of a number, `scale` points for each one."""
        low = float(bounds.low or 0) * scale
        if bounds.high is None:
            return cls(low, low + _UNCLOSED, closed=False)
        high = float(bounds.high) * scale
        if high - low < _VISIBLE:
            return cls((low + high) / 2, (low + high) / 2)
        return cls(low, high, closed=not bounds.high_conventional)

    def draw(self, paper: Sheet, left: float, y: float, tone: Tone) -> None:
        """Draw it around the height `y`."""
        top = y - _BAR / 2
        if self.solid:
            paper.box(left, top, self.solid, _BAR, tone=tone)
        if self.end > self.solid:
            begin, width = left + self.solid, self.end - self.solid
            paper.hatched(begin, top, width, _BAR, tone=tone, closed=self.closed)


def _open_mark(paper: Sheet) -> Mark:
    return lambda x, y: paper.hatched(x, y - 3.5, SWATCH, 7, tone=Tone.LIGHT, closed=False)


def _scale(inputs: Sequence[Input], rooms: Iterable[float]) -> float:
    """Return how many points stand for one, so that each bar leaves room for its value."""
    scales = []
    for each, room in zip(inputs, rooms, strict=True):
        bounds = each.quantity.bounds
        ended = bounds.high is not None
        reach = bounds.high if ended else bounds.low
        if reach:
            scales.append((room if ended else room - _UNCLOSED) / float(reach))
    return min(scales, default=0.0)


def _alternative(
    inputs: Sequence[Input], values: Iterable[str], windows: Iterable[str | None], unit: str
) -> str:
    """Return the chart in words: what it is, each bar, and which is the longest if one is."""
    sentences = [f"Bar chart of {unit} by case."]
    for each, value, window in zip(inputs, values, windows, strict=True):
        sentences.append(f"{each.label}: {value}{f', {window}' if window else ''}.")
    sentences.extend(
        f"The longest bar is that of {each.label}."
        for each in inputs
        if isinstance(comparing.largest(each, inputs), Comparison)
    )
    return " ".join(sentences)


def _too_many(inputs: Sequence[Input]) -> Refusal | None:
    if len(inputs) <= _MOST_BARS:
        return None
    return Refusal(
        "chart-not-drawn",
        f"a chart of {len(inputs)} bars does not fit on a page",
        f"choose {_MOST_BARS} at most, or print a table",
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
