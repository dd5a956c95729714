"""Days and moments as people write them on the command line."""

from __future__ import annotations

from datetime import date, datetime

import click


class Day(click.ParamType[date]):
    """A day; of a month or a year, its first or its last one."""

    name = "day"

    def __init__(self, *, last: bool = False) -> None:
        self.last = last

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Read `2026`, `2026-01` or `2026-01-31`."""
        from reportgen.quantities.dates import PartialDate  # noqa: PLC0415

        if isinstance(value, date):
            return value
        try:
            stated = PartialDate.read(str(value))
        except ValueError:
            self.fail(f"{value!r} is no date: 2026-06-10, 2026-06 or 2026", param, ctx)
        return stated.latest if self.last else stated.earliest


class Moment(click.ParamType[datetime]):
    """A moment: with an offset from UTC, or else, where that will do, in the machine's time zone."""

    name = "time"

    def __init__(self, *, offset: bool = False) -> None:
        """Make it, its offset from UTC demanded or not."""
        self.offset = offset

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Read `2026-06-11` or `2026-06-11T09:00-04:00`."""
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(str(value).strip())
        except ValueError:
            self.fail(
                f"{value!r} is no time; write 2026-03-20 or 2026-03-20T09:00-07:00", param, ctx
            )
        if self.offset and moment.tzinfo is None:
            message = f"{value!r} is no time with its offset from UTC: 2026-06-10T15:04-04:00"
            self.fail(message, param, ctx)
        return moment.astimezone() if moment.tzinfo is None else moment
