"""An iCalendar file (RFC 5545) of what is due: the door of the icalendar package.

The same deadlines give the same bytes. An event's UID is made from case, regime and stage, so that a
calendar that reads the file again changes its events and doubles none.
"""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from reportgen.quantities.dates import long_form

if TYPE_CHECKING:
    from collections.abc import Iterable

    from icalendar import Alarm, Event

    from reportgen.regimes.deadlines import Deadline
    from reportgen.regimes.model import Regimes

_ALARMS = (timedelta(days=-1), timedelta(hours=-4))
"""How long before it is due one is reminded; of a reminder that would come before the clock, none."""


def agenda(deadlines: Iterable[Deadline], regimes: Regimes) -> bytes:
    """Return an iCalendar file of deadlines; those without a date are left out."""
    from icalendar import Calendar  # noqa: PLC0415 - only here

    calendar = Calendar()
    calendar.add("PRODID", "-//reportgen//deadlines//EN")
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", "PUBLISH")
    for deadline in sorted(deadlines, key=lambda each: (each.case, each.regime, each.stage)):
        if deadline.due is not None and deadline.start is not None:
            calendar.add_component(_event(deadline, regimes))
    return bytes(calendar.to_ical())


def _event(deadline: Deadline, regimes: Regimes) -> Event:
    from icalendar import Event  # noqa: PLC0415 - only here

    regime = regimes[deadline.regime]
    stage = regime.stages[deadline.stage]
    due, start, bound = deadline.due, deadline.start, deadline.bound
    assert due is not None and start is not None and bound is not None  # noqa: S101, PT018 - checked
    event = Event()
    event.add("UID", f"{deadline.case}.{deadline.regime}.{deadline.stage}@reportgen")
    # What is known of a deadline dates from the moment that began it, not from when this is run.
    event.add("DTSTAMP", start.astimezone(UTC).replace(microsecond=0))
    event.add("DTSTART", due.astimezone(UTC))
    event.add("SUMMARY", f"{regime.short}: {stage.name} ({deadline.case})")
    moved = f"\n{deadline.end.why}." if deadline.end and deadline.end.why else ""
    event.add(
        "DESCRIPTION",
        f"Due {long_form(due.date())}, {due:%H:%M %Z}, to {regime.authority}.\n"
        f"“{bound.words}” ({bound.citation}).{moved}\n"
        f"Began with: {deadline.began}, {start.isoformat()}.",
    )
    event.add("CATEGORIES", [regime.short, deadline.case])
    event.add("TRANSP", "TRANSPARENT")
    event.add("STATUS", "CONFIRMED")
    for before in _ALARMS:
        if due + before > start:
            event.add_component(_alarm(before, f"{regime.short}: {stage.name} is due"))
    return event


def _alarm(before: timedelta, words: str) -> Alarm:
    from icalendar import Alarm  # noqa: PLC0415 - only here

    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("DESCRIPTION", words)
    alarm.add("TRIGGER", before)
    return alarm
