"""Axes: from numbers and days to places on a sheet, with their ticks."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from reportgen.quantities.numerals import magnitude
from reportgen.statistics.sheet import SMALL, Sheet, Tone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

AXIS = 24.0
"""How much height the names of a calendar take."""

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTHS_BY_MONTH = 18
_MONTHS_BY_QUARTER = 48
_MOST_YEARS = 12


def steps(greatest: Fraction, most: int = 4) -> tuple[Fraction, ...]:
    """Return round numbers from zero on, the last not below `greatest`, `most` intervals at most.

    They are apart by one, two or five times a power of ten.
    """
    if greatest <= 0:
        return (Fraction(0),)
    power = Fraction(10) ** (magnitude(greatest) - 1)
    apart = next(
        step
        for step in (power * factor for factor in (1, 2, 5, 10, 20, 50))
        if step * most >= greatest
    )
    needed = -(-greatest // apart)
    return tuple(apart * index for index in range(int(needed) + 1))


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on a calendar.

    Attributes:
        day: Where it stands; the period it names begins there.
        name: What stands beside it: "Apr", "2026"; empty where names would crowd.
        year: The year, where it stands below the name: at the first tick and in each January.
    """

    day: date
    name: str
    year: str = ""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Whole months between two places on a sheet.

    Attributes:
        first: First day shown, the first of a month.
        last: Last day shown, the last of a month.
        left: Where the first day begins.
        right: Where the last day ends.
    """

    first: date
    last: date
    left: float
    right: float

    @classmethod
    def over(cls, days: Iterable[date], left: float, right: float) -> Calendar:
        """Return the calendar of the months of all `days`, of which there is one at least."""
        every = sorted(days)
        last = every[-1].replace(day=monthrange(every[-1].year, every[-1].month)[1])
        return cls(every[0].replace(day=1), last, left, right)

    def begin(self, day: date) -> float:
        """Return where `day` begins."""
        return self.left + (day - self.first).days * self._breadth

    def finish(self, day: date) -> float:
        """Return where `day` ends."""
        return self.begin(day) + self._breadth

    @property
    def ticks(self) -> tuple[Tick, ...]:
        """The beginnings of months, every third with its name, or of years, as there is room."""
        begins = tuple(self._months())
        if len(begins) > _MONTHS_BY_QUARTER:
            apart = -(-len(begins) // (12 * _MOST_YEARS))
            return tuple(
                Tick(day, str(day.year))
                for day in begins
                if day.month == 1 and day.year % apart == 0
            )
        apart = 1 if len(begins) <= _MONTHS_BY_MONTH else 3
        return tuple(
            Tick(
                day,
                _MONTHS[day.month - 1] if (day.month - 1) % apart == 0 else "",
                str(day.year) if day.month == 1 or day == self.first else "",
            )
            for day in begins
        )

    @property
    def _breadth(self) -> float:
        """The width of a day."""
        return (self.right - self.left) / ((self.last - self.first).days + 1)

    def _months(self) -> Iterator[date]:
        for number in range(_number_of(self.first), _number_of(self.last) + 1):
            year, month = divmod(number - 1, 12)
            yield date(year, month + 1, 1)


def _number_of(day: date) -> int:
    """Return the number of the day's month, counted from the year 0."""
    return day.year * 12 + day.month


def draw_calendar(paper: Sheet, calendar: Calendar, top: float, bottom: float) -> None:
    """Draw the months below `bottom`, and a faint line from there up to `top` at each tick."""
    for tick in calendar.ticks:
        x = calendar.begin(tick.day)
        paper.line(x, top, x, bottom, width=0.35, tone=Tone.FAINT)
        paper.line(x, bottom, x, bottom + 3)
        paper.text(x + 2, bottom + 9, tick.name, size=SMALL, tone=Tone.TEXT)
        paper.text(x + 2, bottom + 18.5, tick.year, size=SMALL, tone=Tone.TEXT)
    paper.line(calendar.left, bottom, calendar.right, bottom)
