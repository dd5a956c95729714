"""Dates that say how much of them is known, and periods between them.

A date written `2026`, `2026-04` or `2026-04-22` has the granularity it is written with; it never
becomes the first of a month that nobody named.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_WRITTEN = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


class Granularity(StrEnum):
    """How much of a date is known."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of which the year, the year and month, or all is known.

    Attributes:
        year: From 1 to 9999.
        month: From 1 to 12, or None when only the year is known.
        day: From 1 to 31, or None when no day is known.
    """

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def read(cls, text: str) -> PartialDate:
        """Read `2026`, `2026-04` or `2026-04-22`.

        Raises:
            ValueError: When the text is no such date, or names a day that does not exist.
        """
        match = _WRITTEN.fullmatch(text.strip())
        if match is None:
            raise ValueError("a date is written 2026-04-22, 2026-04 or 2026")
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None  # noqa: S101 - the pattern demands it
        if month is not None and not 1 <= month <= 12:
            raise ValueError(f"there is no month {month}")
        if year == 0:
            raise ValueError("there is no year 0")
        if month is not None and day is not None:
            last = calendar.monthrange(year, month)[1]
            if not 1 <= day <= last:
                raise ValueError(f"{calendar.month_name[month]} {year} has {last} days")
        return cls(year, month, day)

    @property
    def granularity(self) -> Granularity:
        """How much of the date is known."""
        if self.month is None:
            return Granularity.YEAR
        return Granularity.MONTH if self.day is None else Granularity.DAY

    @property
    def earliest(self) -> date:
        """The first day that the date may mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """The last day that the date may mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        """Return the ISO 8601 form, as far as it is known."""
        parts = (f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part))
        return "-".join(parts)


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days with both ends in it.

    Attributes:
        first: The first day, month or year.
        last: The last; not before `first`.
    """

    first: PartialDate
    last: PartialDate

    @property
    def exact(self) -> bool:
        """Whether both ends are known to the day."""
        return self.first.day is not None and self.last.day is not None

    @property
    def days(self) -> int | None:
        """Days from first to last, both counted; None unless both are known to the day."""
        if not self.exact:
            return None
        return (self.last.latest - self.first.earliest).days + 1

    def overlaps(self, other: Period) -> bool:
        """Whether some day may lie in both."""
        return self.first.earliest <= other.last.latest and other.first.earliest <= self.last.latest


def long_form(when: PartialDate | date) -> str:
    """Return the date as American letters write it: June 10, 2026; April 2026; 2026."""
    if when.month is None:
        return str(when.year)
    month = calendar.month_name[when.month]
    return f"{month} {when.year}" if when.day is None else f"{month} {when.day}, {when.year}"


def long_form_of_period(period: Period) -> str:
    """Return the period as American letters write it, both ends in it.

    April 22 to June 5, 2026; May 4 to 9, 2026; December 2025 to January 2026; 2025 to 2026. What
    both ends share is said once, and a period of one day, month or year is that day, month or year.
    """
    first, last = period.first, period.last
    if first == last:
        return long_form(first)
    if first.granularity is not last.granularity or first.year != last.year:
        return f"{long_form(first)} to {long_form(last)}"
    assert first.month is not None and last.month is not None  # noqa: S101, PT018 - years differ
    beginning = calendar.month_name[first.month]
    if first.day is None:
        return f"{beginning} to {long_form(last)}"
    if first.month == last.month:
        return f"{beginning} {first.day} to {last.day}, {last.year}"
    return f"{beginning} {first.day} to {long_form(last)}"


def when(stated: PartialDate) -> str:
    """Return the date as it follows a verb: on June 10, 2026; in April 2026; in 2026."""
    return f"{'in' if stated.day is None else 'on'} {long_form(stated)}"
