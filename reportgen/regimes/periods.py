"""From the moment that began a period to the moment at which it ends, by the rules of a law.

Hours pass as they pass: a change to summer time shortens none of them. All other periods are counted
in days of the authority's own calendar, the first day not counted, and end with the last minute of
their last day. What a law adds at weekends and holidays is said in words beside the result.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from reportgen.quantities.dates import long_form
from reportgen.regimes import calendars
from reportgen.regimes.model import Hours, Period, Rolling, Unit
from reportgen.regimes.places import ZONES

if TYPE_CHECKING:
    from reportgen.regimes.calendars import Calendars
    from reportgen.regimes.model import Counting

_HOUR = timedelta(hours=1)
_NOON = time(12)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """How one authority counts time; one and the same only as the object that it is.

    Attributes:
        zone: The time zone of its days.
        calendars: Its holidays.
        hours: From when hours are counted.
        day_ends: The last moment of a day that counts.
        rolls: What becomes of a period that ends on no working day.
        least: How many working days a period of two days or more has at least.
    """

    zone: ZoneInfo
    calendars: Calendars
    hours: Hours
    day_ends: time
    rolls: Rolling
    least: int


@dataclass(frozen=True, slots=True)
class End:
    """When a period ends.

    Attributes:
        due: The last moment at which the act is in time, in the authority's time zone.
        counted: The same before anything was added at a weekend or a holiday.
        why: Why the two differ, as a sentence without a full stop; empty when they do not.
    """

    due: datetime
    counted: datetime
    why: str = ""


def rules_of(counting: Counting, place: str | None, *, relief: bool) -> Rules:
    """Return the rules of an authority.

    Args:
        counting: How the law counts.
        place: The Member State of the authority, where the law has no time zone of its own.
        relief: Whether what the law adds only for some is open here.
    """
    own = counting.zone is not None
    zone = counting.zone or ZONES.get(place or "", "Europe/Brussels")
    hour, minute = map(int, counting.day_ends.split(":"))
    last_second = 59 if (hour, minute) == (23, 59) else 0
    return Rules(
        ZoneInfo(zone),
        counting.holidays if own or place is None else (place,),
        counting.hours,
        time(hour, minute, last_second),
        Rolling.NO if counting.on_request and not relief else counting.rolls,
        counting.least_working_days,
    )


def end(period: Period, start: datetime, rules: Rules, *, end_of_year: bool = False) -> End:
    """Return when a period ends.

    Args:
        period: How long it is.
        start: The moment that began it, with its offset.
        rules: How the authority counts.
        end_of_year: Whether it is counted from the last day of the year of `start`.
    """
    if period.unit is Unit.HOURS:
        return _hours(period.count, start, rules)
    began = start.astimezone(rules.zone).date()
    if end_of_year:
        began = date(began.year, 12, 31)
    return _days(period, began, rules)


def _hours(count: int, start: datetime, rules: Rules) -> End:
    begun = start.astimezone(UTC)
    counted = begun + count * _HOUR
    due, why = counted, ""
    if rules.hours is Hours.NEXT_FULL_HOUR:
        # The hour in which it happened is not counted; offsets of these zones are whole hours.
        due = begun.replace(minute=0, second=0, microsecond=0) + (count + 1) * _HOUR
        why = "the hour in which it began is not counted"
    due, counted = due.astimezone(rules.zone), counted.astimezone(rules.zone)
    if rules.rolls is Rolling.NOON and not calendars.is_working(due.date(), rules.calendars):
        later = calendars.following(due.date(), rules.calendars)
        why = f"{_named(due.date(), rules.calendars)}; it may be submitted by noon of the next working day"
        due = datetime.combine(later, _NOON, rules.zone)
    return End(due, counted, why)


@lru_cache(maxsize=1 << 16)  # many reports of many cases end on the same days
def _days(period: Period, began: date, rules: Rules) -> End:
    last = _last_day(period, began, rules.calendars)
    counted = datetime.combine(last, rules.day_ends, rules.zone)
    if rules.rolls is Rolling.NO or period.unit is Unit.BUSINESS_DAYS:
        return End(counted, counted)
    later = calendars.following(last, rules.calendars)
    if rules.rolls is Rolling.NOON:
        if later == last:
            return End(counted, counted)
        why = (
            f"{_named(last, rules.calendars)}; it may be submitted by noon of the next working day"
        )
        return End(datetime.combine(later, _NOON, rules.zone), counted, why)
    why = (
        ""
        if later == last
        else f"{_named(last, rules.calendars)}; it ends with the next working day"
    )
    if rules.least and (last - began).days > 1:
        least = calendars.after(began, rules.least, rules.calendars)
        if least > later:
            later = least
            why = f"a period of two days or more has at least {rules.least} working days"
    return End(datetime.combine(later, rules.day_ends, rules.zone), counted, why)


def _last_day(period: Period, began: date, holidays: Calendars) -> date:
    match period.unit:
        case Unit.BUSINESS_DAYS:
            return calendars.after(began, period.count, holidays)
        case Unit.MONTHS:
            return _months(began, period.count)
        case Unit.WEEKS:
            return began + timedelta(weeks=period.count)
        case _:
            return began + timedelta(days=period.count)


def _months(began: date, count: int) -> date:
    """Return the same date in a later month; its last day where it has no such date."""
    years, month = divmod(began.month - 1 + count, 12)
    year, month = began.year + years, month + 1
    return date(year, month, min(began.day, calendar.monthrange(year, month)[1]))


def _named(day: date, holidays: Calendars) -> str:
    name = calendars.holiday(day, holidays)
    return f"{long_form(day)} is {name or f'a {_WEEKDAYS[day.weekday()]}'}"
