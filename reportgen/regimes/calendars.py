"""Working days: neither weekend nor public holiday, by the calendars of the `holidays` package.

A calendar is a country, `US`, or a part of one, `US-CA`. Where several are named, a day is a holiday
only if all of them have it: a day too many would make a deadline later than the law.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from reportgen.problems.model import Refusal

_SATURDAY = 5
_DAY = timedelta(days=1)

Calendars = tuple[str, ...]
"""The names of calendars: `("US", "US-CA")`."""


def known(calendar: str) -> bool:
    """Whether there is a calendar of this name."""
    import holidays  # noqa: PLC0415 - only where days are counted

    country, _, part = calendar.partition("-")
    parts = holidays.list_supported_countries().get(country)
    return parts is not None and (not part or part in parts)


def checked(calendars: Calendars) -> Refusal | None:
    """Return `unknown-calendar` for the first name that has no calendar."""
    for each in calendars:
        if not known(each):
            return Refusal(
                "unknown-calendar",
                f"there is no calendar `{each}`",
                "a calendar is a country of ISO 3166-1, or a part of one: US, US-CA, DE",
            )
    return None


def is_working(day: date, calendars: Calendars) -> bool:
    """Whether `day` is neither Saturday, Sunday nor a holiday of all the calendars."""
    return day.weekday() < _SATURDAY and day not in _holidays(calendars, day.year)


def holiday(day: date, calendars: Calendars) -> str | None:
    """Return what a holiday is called, or None when the day is none."""
    return _holidays(calendars, day.year).get(day)


def following(day: date, calendars: Calendars) -> date:
    """Return the first working day on or after `day`."""
    while not is_working(day, calendars):
        day += _DAY
    return day


def after(day: date, count: int, calendars: Calendars) -> date:
    """Return the working day number `count` after `day`, which is not counted itself."""
    while count:
        day += _DAY
        count -= is_working(day, calendars)
    return day


@cache
def _holidays(calendars: Calendars, year: int) -> dict[date, str]:
    if not calendars:
        return {}
    each = [_named(calendar, year) for calendar in calendars]
    return {day: name for day, name in each[0].items() if all(day in other for other in each[1:])}


@cache
def _named(calendar: str, year: int) -> dict[date, str]:
    import holidays  # noqa: PLC0415 - only where days are counted

    country, _, part = calendar.partition("-")
    # A State need not keep the Friday before a holiday that falls on Saturday, as the Union does.
    found = holidays.country_holidays(country, subdiv=part or None, years=year, observed=not part)
    return {day: name for day, name in found.items() if day.year == year}
