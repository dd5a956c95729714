"""From the moment that began a period to the moment at which it ends, by the rules of a law.

Hours pass as they pass: a change to summer time shortens none of them. All other periods are counted
in days of the authority's own calendar, the first day not counted, and end with the last minute of
their last day. What a law adds at weekends and holidays is said in words beside the result.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple
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


@dataclass(frozen=True, slots=True)
class Rules:
    """How one authority counts time.

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


class End(NamedTuple):
    """When a period ends.

    Attributes:
        at: The last moment at which the act is in time, in UTC: what is compared.
        before: The same before anything was added at a weekend or a holiday.
        zone: The time zone of the authority.
        why: Why the two differ, as a sentence without a full stop; empty when they do not.
    """

    at: datetime
    before: datetime
    zone: ZoneInfo
    why: str = ""

    @property
    def due(self) -> datetime:
        """The last moment at which the act is in time, in the authority's time zone."""
        return self.at.astimezone(self.zone)

    @property
    def counted(self) -> datetime:
        """The same before anything was added at a weekend or a holiday."""
        return self.before.astimezone(self.zone)


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


Ends = Callable[[datetime], End]
"""Tells when a period ends that began at a moment, given with its offset."""


def ends(period: Period, rules: Rules, *, end_of_year: bool = False) -> Ends:
    """Return what tells when a period ends.

    Args:
        period: How long it is.
        rules: How the authority counts.
        end_of_year: Whether it is counted from the last day of the year in which it began.
    """
    if period.unit is Unit.HOURS:
        return _in_hours(period.count, rules)
    return _in_days(period, rules, end_of_year=end_of_year)


def _in_hours(count: int, rules: Rules) -> Ends:
    zone, length, longer = rules.zone, count * _HOUR, (count + 1) * _HOUR
    whole = rules.hours is Hours.NEXT_FULL_HOUR
    said = "the hour in which it began is not counted" if whole else ""

    def end(start: datetime) -> End:
        begun, why = start.astimezone(UTC), said
        at = counted = begun + length
        if whole:
            # Offsets of these zones are whole hours, so that an hour of theirs is one of UTC.
            at = begun.replace(minute=0, second=0, microsecond=0) + longer
        if rules.rolls is Rolling.NOON:
            last = at.astimezone(zone).date()
            if not calendars.is_working(last, rules.calendars):
                later = calendars.following(last, rules.calendars)
                at, why = _moment(later, _NOON, zone), _by_noon(last, rules.calendars)
        return End(at, counted, zone, why)

    return end


def _in_days(period: Period, rules: Rules, *, end_of_year: bool) -> Ends:
    zone = rules.zone
    known: dict[date, End] = {}  # many reports of many cases end on the same days

    def end(start: datetime) -> End:
        began = start.astimezone(zone).date()
        found = known.get(began)
        if found is None:
            first = date(began.year, 12, 31) if end_of_year else began
            found = known[began] = _days(period, first, rules)
        return found

    return end


def _days(period: Period, began: date, rules: Rules) -> End:
    last = _last_day(period, began, rules.calendars)
    counted = _moment(last, rules.day_ends, rules.zone)
    if rules.rolls is Rolling.NO or period.unit is Unit.BUSINESS_DAYS:
        return End(counted, counted, rules.zone)
    later, why = calendars.following(last, rules.calendars), ""
    if rules.rolls is Rolling.NOON:
        if later == last:
            return End(counted, counted, rules.zone)
        at = _moment(later, _NOON, rules.zone)
        return End(at, counted, rules.zone, _by_noon(last, rules.calendars))
    if later != last:
        why = f"{_named(last, rules.calendars)}; it ends with the next working day"
    if rules.least and (last - began).days > 1:
        least = calendars.after(began, rules.least, rules.calendars)
        if least > later:
            later = least
            why = f"a period of two days or more has at least {rules.least} working days"
    return End(_moment(later, rules.day_ends, rules.zone), counted, rules.zone, why)


def _moment(day: date, hour: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, hour, zone).astimezone(UTC)


def _by_noon(day: date, holidays: Calendars) -> str:
    return f"{_named(day, holidays)}; it may be submitted by noon of the next working day"


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
