"""Charts of activity for print: how much happened within the windows of a case.

A window's total is drawn as the average of its days and is spread in no other way, since nobody
says on which of them how much happened: a box is as wide as the window and as high as its average,
so that its area is the number stated.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from reportgen.problems.model import Refusal
from reportgen.problems.wording import quoted
from reportgen.quantities import wording
from reportgen.quantities.dates import long_form_of_period
from reportgen.statistics import measures
from reportgen.statistics.axis import AXIS, Calendar, draw_calendar, steps
from reportgen.statistics.model import Chart
from reportgen.statistics.sheet import RISE, SIZE, SMALL, WIDTH, Tone, Typeface, sheet, width_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from reportgen.quantities.dates import Period
    from reportgen.statistics.model import Input
    from reportgen.statistics.sheet import Sheet

_PLOT = 120.0
_HEAD = 16.0
_GAP = 6.0
_VISIBLE = 1.5


class _Box(NamedTuple):
    """A window of a case and its average a day.

    Attributes:
        window: The window.
        low: The least average.
        high: The greatest.
        stated: The total in words.
        words: The average in words.
    """

    window: Period
    low: Fraction
    high: Fraction
    stated: str
    words: str

    @property
    def when(self) -> str:
        """The window in words."""
        return long_form_of_period(self.window)

    @property
    def label(self) -> str:
        """What stands above the box."""
        return f"{self.words} a day"

    def ends(self, calendar: Calendar) -> tuple[float, float]:
        """Return where the box begins and ends."""
        first, last = self.window.first.earliest, self.window.last.latest
        return calendar.begin(first), calendar.finish(last)


def activity(inputs: Sequence[Input], typeface: Typeface) -> Chart | Refusal:
    """Draw each window of a case as a box; what its bounds leave open is hatched.

    Args:
        inputs: Facts of one case and one unit, over windows that share no day.
        typeface: The letter's.

    Returns:
        The chart, or a refusal: what `total` refuses of the facts, `unknown-window`,
        `chart-not-drawn` for facts of several cases or without an upper end, `font-missing`.
    """
    boxes = _boxes(inputs)
    if isinstance(boxes, Refusal):
        return boxes
    refusal = typeface.refusal(box.words for box in boxes)
    if refusal is not None:
        return refusal
    levels = steps(max(box.high for box in boxes))
    names = tuple(map(wording.number, levels))
    left = max(width_of(name, SMALL, typeface.regular) for name in names) + _GAP
    days = [day for box in boxes for day in (box.window.first.earliest, box.window.last.latest)]
    calendar = Calendar.over(days, left, WIDTH)
    bottom = _HEAD + _PLOT
    scale = _PLOT / float(levels[-1]) if levels[-1] else 0.0
    with sheet(WIDTH, bottom + AXIS, typeface) as paper:
        draw_calendar(paper, calendar, _HEAD, bottom)
        for level, name in zip(levels, names, strict=True):
            y = bottom - float(level) * scale
            paper.line(left, y, WIDTH, y, width=0.35, tone=Tone.FAINT)
            paper.text(left - _GAP, y + RISE, name, size=SMALL, tone=Tone.TEXT, anchor="right")
        for box in boxes:
            _draw(paper, calendar, box, bottom, scale)
        _name(paper, calendar, boxes, bottom, scale)
        paper.line(left, bottom, WIDTH, bottom)
        drawing = paper.svg()
    unit = inputs[0].quantity.unit
    return Chart(
        name="activity",
        title=f"{unit[:1].upper()}{unit[1:]} a day, on the average of each window",
        svg=drawing,
        width=paper.width,
        height=paper.height,
        alternative=" ".join(
            [
                f"Chart of {unit} a day over time, as averages of windows.",
                *(f"{box.when}: {box.stated} {unit}, {box.words} a day." for box in boxes),
            ]
        ),
        columns=("Window", f"{unit[:1].upper()}{unit[1:]}", "Average a day"),
        rows=tuple((box.when, box.stated, box.words) for box in boxes),
        inputs=tuple(each.address for each in inputs),
    )


def _boxes(inputs: Sequence[Input]) -> tuple[_Box, ...] | Refusal:
    added = measures.total(inputs)
    if isinstance(added, Refusal):
        return added
    if len({each.case for each in inputs}) > 1:
        return Refusal(
            "chart-not-drawn",
            "a chart of activity shows the windows of one case, and these facts are of several",
            "draw a comparison or a timeline of them",
        )
    boxes = []
    for each in inputs:
        rate = measures.per_day(each)
        if isinstance(rate, Refusal):
            return rate
        low, high = rate.quantity.bounds.low, rate.quantity.bounds.high
        if each.window is None or low is None or high is None:
            return Refusal(
                "chart-not-drawn",
                f"{quoted(each.address)} has no upper end, so its box has no height",
                "use a fact whose statement says how many there were at most",
            )
        said = wording.say(each.quantity), wording.say(rate.quantity)
        boxes.append(_Box(each.window, low, high, *said))
    return tuple(boxes)


def _draw(paper: Sheet, calendar: Calendar, box: _Box, bottom: float, scale: float) -> None:
    """Draw a box: solid up to its least average, hatched to its greatest if that can be seen."""
    begin, end = box.ends(calendar)
    low, high = float(box.low) * scale, float(box.high) * scale
    if high - low < _VISIBLE:
        low = high = (low + high) / 2
    paper.box(begin, bottom - low, end - begin, low, tone=Tone.LIGHT)
    if high > low:
        paper.hatched(begin, bottom - high, end - begin, high - low, tone=Tone.LIGHT)


def _name(
    paper: Sheet, calendar: Calendar, boxes: Sequence[_Box], bottom: float, scale: float
) -> None:
    """Write each average above its box; none where they would run into each other."""
    places = []
    for box in boxes:
        width = width_of(box.label, SIZE, paper.typeface.regular)
        begin, end = box.ends(calendar)
        left = min(max((begin + end - width) / 2, calendar.left + 2), calendar.right - width)
        places.append((left, left + width))
    if any(one[1] + _GAP > other[0] for one, other in pairwise(sorted(places))):
        return
    for box, (left, _) in zip(boxes, places, strict=True):
        paper.text(left, bottom - float(box.high) * scale - 4, box.label, size=SIZE)
