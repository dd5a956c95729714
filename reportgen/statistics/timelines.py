"""Timelines for print: when cases happened, were noticed and became public.

What is known only to the month or year is drawn as wide as that leaves it: a window's end is
hatched over the days on which it may lie, a single date is a line over them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.problems.model import Refusal
from reportgen.quantities.dates import long_form, long_form_of_period
from reportgen.statistics import measures
from reportgen.statistics.axis import AXIS, Calendar, draw_calendar
from reportgen.statistics.model import Chart
from reportgen.statistics.names import Names
from reportgen.statistics.sheet import KEY, SWATCH, WIDTH, Mark, Sheet, Tone, Typeface, sheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from reportgen.quantities.dates import PartialDate, Period
    from reportgen.statistics.model import Input

_GAP = 10.0
_BAR = 9.0
_MARK = 3.4
_NOTHING = 0.01
_MOST_CASES = 14
_NOT_STATED = "not stated"


@dataclass(frozen=True, slots=True)
class _Row:
    """What is known of when a case happened.

    Attributes:
        case: Its id.
        label: Its name.
        windows: When facts of it were counted, each once, in order.
        detected: When it was noticed.
        disclosed: When it became public.
    """

    case: str
    label: str
    windows: tuple[Period, ...]
    detected: PartialDate | None
    disclosed: PartialDate | None

    @property
    def days(self) -> Iterator[date]:
        """The outermost days that the dates may mean."""
        ends = (end for window in self.windows for end in (window.first, window.last))
        for when in (*ends, self.detected, self.disclosed):
            if when is not None:
                yield from (when.earliest, when.latest)

    @property
    def cells(self) -> tuple[str, str, str]:
        """When it happened, was detected and was disclosed, in words; empty where unknown."""
        return (
            "; ".join(map(long_form_of_period, self.windows)),
            long_form(self.detected) if self.detected else "",
            long_form(self.disclosed) if self.disclosed else "",
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """The same as phrases."""
        window, detected, disclosed = self.cells
        said = (
            window,
            detected and f"detected {detected}",
            disclosed and f"disclosed {disclosed}",
        )
        return tuple(filter(None, said)) or ("dates not stated",)


def timeline(
    inputs: Sequence[Input], typeface: Typeface, *, emphasis: str | None = None
) -> Chart | Refusal:
    """Draw one row a case, in the order given: its windows, when it was noticed and made public.

    Args:
        inputs: Facts of the cases; several of one case make one row.
        typeface: The letter's.
        emphasis: Id of the case whose windows are dark; the first when left out.

    Returns:
        The chart, or a refusal: `nothing-to-count`, `chart-not-drawn` where no date is known or
        for more rows than a page holds, `font-missing`, `character-missing`.
    """
    if not inputs:
        return measures.nothing_to_count()
    rows = tuple(_rows(inputs))
    days = tuple(day for row in rows for day in row.days)
    refusal = _not_drawn(rows, days) or typeface.refusal(row.label for row in rows)
    if refusal is not None:
        return refusal
    names = Names.fit(((row.label, row.notes) for row in rows), typeface)
    calendar = Calendar.over(days, names.width + _GAP, WIDTH)
    dark = emphasis or rows[0].case
    with sheet(WIDTH, names.height + AXIS + KEY, typeface) as paper:
        draw_calendar(paper, calendar, 0, names.height)
        names.write(paper)
        for row, y in zip(rows, names.middles, strict=True):
            for window in row.windows:
                tone = Tone.DARK if row.case == dark else Tone.LIGHT
                _draw_window(paper, calendar, window, y, tone)
            _draw_date(paper, calendar, row.detected, y, filled=False)
            _draw_date(paper, calendar, row.disclosed, y, filled=True)
        paper.key(calendar.left, paper.height - 6, _key(paper, rows))
        drawing = paper.svg()
    heads = ("When", "Detected", "Disclosed")
    told = tuple(index for index in range(3) if any(row.cells[index] for row in rows))
    return Chart(
        name="timeline",
        title="When the cases happened and became known",
        svg=drawing,
        width=paper.width,
        height=paper.height,
        alternative=" ".join(
            ["Timeline of cases.", *(f"{row.label}: {'; '.join(row.notes)}." for row in rows)]
        ),
        columns=("Case", *(heads[index] for index in told)),
        rows=tuple(
            (row.label, *(row.cells[index] or _NOT_STATED for index in told)) for row in rows
        ),
        inputs=tuple(each.address for each in inputs),
    )


def _rows(inputs: Sequence[Input]) -> Iterator[_Row]:
    for case in dict.fromkeys(each.case for each in inputs):
        facts = [each for each in inputs if each.case == case]
        windows = dict.fromkeys(each.window for each in facts if each.window is not None)
        ordered = sorted(windows, key=lambda window: (window.first.earliest, window.last.latest))
        one = facts[0]
        yield _Row(case, one.label, tuple(ordered), one.detected, one.disclosed)


def _not_drawn(rows: Sequence[_Row], days: Sequence[date]) -> Refusal | None:
    if not days:
        return Refusal(
            "chart-not-drawn",
            "none of the cases states a date that a timeline could show",
            "give the cases their `dates`",
        )
    if len(rows) > _MOST_CASES:
        return Refusal(
            "chart-not-drawn",
            f"a timeline of {len(rows)} cases does not fit on a page",
            f"choose {_MOST_CASES} at most, or print a table",
        )
    return None


def _draw_window(paper: Sheet, calendar: Calendar, window: Period, y: float, tone: Tone) -> None:
    """Draw the days surely within solid, those that may be within hatched."""
    begin, end = calendar.begin(window.first.earliest), calendar.finish(window.last.latest)
    sure, over = calendar.begin(window.first.latest), calendar.finish(window.last.earliest)
    if sure >= over:
        sure = over = end
    top = y - _BAR / 2
    for left, right in ((begin, sure), (over, end)):
        if right > left + _NOTHING:
            paper.hatched(left, top, right - left, _BAR, tone=tone)
    paper.box(sure, top, over - sure, _BAR, tone=tone)


def _draw_date(
    paper: Sheet, calendar: Calendar, when: PartialDate | None, y: float, *, filled: bool
) -> None:
    """Draw a diamond on the day, or in the middle of a line over the days that are meant."""
    if when is None:
        return
    begin, end = calendar.begin(when.earliest), calendar.finish(when.latest)
    if when.day is None:
        _draw_span(paper, begin, end, y)
    paper.diamond((begin + end) / 2, y, _MARK, filled=filled)


def _key(paper: Sheet, rows: Sequence[_Row]) -> Iterator[tuple[Mark, str]]:
    """Yield the marks that are drawn and need words."""
    ends = [end for row in rows for window in row.windows for end in (window.first, window.last)]
    dates = [when for row in rows for when in (row.detected, row.disclosed) if when is not None]
    if any(end.day is None for end in ends):
        yield (
            lambda x, y: paper.hatched(x, y - 3.5, SWATCH, 7, tone=Tone.LIGHT),
            "may have begun or ended",
        )
    if any(row.detected for row in rows):
        yield lambda x, y: paper.diamond(x + SWATCH / 2, y, _MARK, filled=False), "detected"
    if any(row.disclosed for row in rows):
        yield lambda x, y: paper.diamond(x + SWATCH / 2, y, _MARK), "disclosed"
    if any(when.day is None for when in dates):
        yield lambda x, y: _draw_span(paper, x, x + SWATCH, y), "day not stated"


def _draw_span(paper: Sheet, left: float, right: float, y: float) -> None:
    paper.line(left, y, right, y, width=0.75)
    for x in (left, right):
        paper.line(x, y - _MARK, x, y + _MARK, width=0.75)
