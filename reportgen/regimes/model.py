"""A regime: a reporting law as its file states it, `templates/regimes/<regime>.yaml`.

The words of the law stand beside everything that is computed from them, with how far they were
read. Nothing here says whether a law applies to an incident: that stands in the case, with who
decided it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from reportgen.cases.model import Event, Identifier, Line, Model, StatedDate, Verified
from reportgen.problems.wording import quoted


class Reading(StrEnum):
    """How far what the file says was read, from nearest the law to farthest."""

    TEXT = "text"
    SECOND_HAND = "second-hand"
    BACKGROUND = "background"


class Unit(StrEnum):
    """What a period is counted in."""

    HOURS = "hours"
    DAYS = "days"
    BUSINESS_DAYS = "business days"
    WEEKS = "weeks"
    MONTHS = "months"


_PERIOD = re.compile(r"([1-9][0-9]{0,3}) (hour|day|business day|week|month)s?")


@dataclass(frozen=True, slots=True)
class Period:
    """How long a law gives: 72 hours, 15 days, four business days, one month."""

    count: int
    unit: Unit

    @classmethod
    def read(cls, value: object) -> Period:
        """Read `72 hours`; an error of Pydantic's when it is none."""
        if isinstance(value, Period):
            return value
        match = _PERIOD.fullmatch(value.strip()) if isinstance(value, str) else None
        if match is None:
            raise PydanticCustomError(
                "period-unreadable",
                "{value} is no period",
                {
                    "value": quoted(value) if isinstance(value, str) else "what stands here",
                    "help": "write a number and hours, days, business days, weeks or months: "
                    "`72 hours`, `4 business days`",
                },
            )
        return cls(int(match[1]), Unit(f"{match[2]}s"))

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: type[object], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Tell Pydantic to have it read as text."""
        return core_schema.no_info_plain_validator_function(cls.read)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, object]:
        """Tell editors what is written."""
        return {"type": "string", "pattern": f"^{_PERIOD.pattern}$"}

    def __str__(self) -> str:
        """Return `1 month`, `72 hours`."""
        unit = self.unit.value
        return f"{self.count} {unit.removesuffix('s') if self.count == 1 else unit}"


class Law(Model):
    """Words of a law, where they stand, and how far they were read."""

    words: Line = Field(description="The words themselves; a summary where `read` is not `text`.")
    citation: Line = Field(description="Where they stand.")
    read: Reading = Field(description="text, second-hand or background.")
    source: Line | None = Field(None, description="Where they were read.")


def _one_or_more(value: object) -> object:
    return (value,) if isinstance(value, str) else value


class Bound(Law):
    """One limit on a report: so long from what begins it."""

    starts: Event | None = Field(None, description="What begins it.")
    after: Annotated[
        tuple[Identifier, ...],
        BeforeValidator(_one_or_more, json_schema_input_type=Identifier | tuple[Identifier, ...]),
    ] = Field((), description="The stages whose submission begins it; the last of them counts.")
    period: Period | None = Field(
        None, description="How long: `72 hours`; left out where the law names no time."
    )
    limb: Identifier | None = Field(None, description="The case of the law that it is for.")
    end_of_year: bool = Field(
        False, description="Whether it is counted from the end of the calendar year."
    )
    gives_way_to: Event | None = Field(
        None, description="What ends this limit when it comes only after it has passed."
    )


class Stage(Model):
    """One report of a regime; due when the first of its limits ends."""

    name: Line = Field(description="What the report is called.")
    only_if: Line | None = Field(
        None, description="When it is owed at all, if not whenever the regime applies."
    )
    until: Event | None = Field(
        None, description="For a report that is made again and again: what ends that."
    )
    bounds: tuple[Bound, ...] = Field(min_length=1, description="Its limits.")


class Hours(StrEnum):
    """From when hours are counted."""

    ELAPSED = "elapsed"
    NEXT_FULL_HOUR = "next-full-hour"


class Rolling(StrEnum):
    """What becomes of a period that ends on a day that is no working day."""

    NO = "no"
    NEXT_WORKING_DAY = "next-working-day"
    NOON = "noon-of-next-working-day"


_CALENDAR = r"^[A-Z]{2}(-[A-Z]{2,3})?$"


class Counting(Law):
    """How the law counts time."""

    zone: Line | None = Field(
        None, description="Time zone (IANA); left out where it is that of the case's `place`."
    )
    holidays: tuple[Annotated[str, Field(pattern=_CALENDAR)], ...] = Field(
        (),
        description="Calendars: `US`, `US-CA`; a day is a holiday that all of them have. Those of "
        "the case's `place` when there is no zone.",
    )
    hours: Hours = Field(Hours.ELAPSED, description="From when hours are counted.")
    day_ends: Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")] = Field(
        "23:59", description="The last minute of a day that counts, local time."
    )
    rolls: Rolling = Field(
        Rolling.NO, description="What becomes of a period that ends on no working day."
    )
    on_request: bool = Field(
        False, description="Whether that is open only where the case says `relief: true`."
    )
    least_working_days: Annotated[int, Field(ge=0, le=5)] = Field(
        0, description="How many working days a period of two days or more has at least."
    )


class Element(Model):
    """Something that a report has to say."""

    name: Line = Field(description="What it is, in few words.")
    citation: Line = Field(description="Where the law asks for it.")
    stages: tuple[Identifier, ...] = Field(
        (), description="The reports that need it; all when left out."
    )
    paths: tuple[Line, ...] = Field(
        (), description="Where a case may answer it: `dates.occurred`, `facts.cause`."
    )
    question: Line = Field(description="What to ask, where the case does not answer it.")
    only_if: Line | None = Field(None, description="When it is needed, if not always.")


class Force(StrEnum):
    """Whether a law is one yet, and still."""

    IN_FORCE = "in-force"
    ENACTED = "enacted"
    PROPOSED = "proposed"
    VOLUNTARY = "voluntary"
    SUPERSEDED = "superseded"


class Standing(Model):
    """Whether a law is in force, as far as is known."""

    force: Force = Field(description="in-force, enacted, proposed, voluntary or superseded.")
    first: StatedDate | None = Field(None, alias="from", description="Its first day.")
    last: StatedDate | None = Field(None, alias="to", description="Its last day.")
    as_of: StatedDate = Field(description="The day for which this was known.")
    note: Line | None = Field(None, description="What is not settled.")
    read: Reading = Field(description="text, second-hand or background.")
    source: Line | None = Field(None, description="Where it was read.")


class Regime(Model):
    """A reporting law: `templates/regimes/<regime>.yaml`."""

    name: Line = Field(description="What it is called.")
    short: Line = Field(description="What tables call it.")
    citation: Line = Field(description="How it is cited.")
    owed_by: Line = Field(description="Who has to report.")
    authority: Line = Field(description="Who is told.")
    recipient: Line | None = Field(
        None, description="The same as an office of the directory: `us-ca-oes.reports`."
    )
    trigger: Law = Field(description="What has to be reported.")
    limbs: dict[Identifier, Line] = Field(
        default_factory=dict, description="The cases of the law, where its period depends on them."
    )
    counting: Counting
    stages: dict[Identifier, Stage] = Field(min_length=1, description="Its reports, in order.")
    elements: dict[Identifier, Element] = Field(
        min_length=1, description="What the reports have to say."
    )
    confidentiality: Line | None = Field(None, description="How a report is kept from others.")
    standing: Standing
    notes: tuple[Line, ...] = Field((), description="What whoever uses it has to know.")
    verified: Verified | None = Field(
        description="Who held this file against the law itself; null when nobody has."
    )

    @property
    def by_place(self) -> bool:
        """Whether each Member State has an authority of its own."""
        return self.counting.zone is None

    @property
    def events(self) -> frozenset[Event]:
        """What its periods can begin with, or end with."""
        return frozenset(
            event
            for stage in self.stages.values()
            for event in (
                stage.until,
                *(each.starts for each in stage.bounds),
                *(each.gives_way_to for each in stage.bounds),
            )
            if event is not None
        )


Regimes = Mapping[str, Regime]
"""Regimes by their names."""
