"""Deadlines: what a regime asks of one case, when each report is due, and how that stands.

The regime, what the case says of it and what was submitted go in; nothing here decides whether a law
applies, or when a period began: both stand in the case, with who decided them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from reportgen.regimes.periods import End, Ends, Rules, ends, rules_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from reportgen.cases.model import Assessment, Event
    from reportgen.regimes.model import Bound, Regime, Stage

    Clocks = Mapping[Event, tuple[datetime, datetime]]
    """What began, and when: as it was written, and in UTC."""


class State(StrEnum):
    """How a report stands."""

    LATE = "late"
    DUE = "due"
    WAITING = "waiting"
    OPEN = "open"
    SUBMITTED = "submitted"
    SUBMITTED_LATE = "submitted late"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Submitted:
    """A report that was submitted.

    Attributes:
        at: When, with the offset.
        by: Who submitted it; empty where nobody says.
        proof: What proves it: a record of the archive, a reference number; may be empty.
    """

    at: datetime
    by: str = ""
    proof: str = ""


class Deadline(NamedTuple):
    """One report of a regime, for one case.

    Attributes:
        case: The case's id.
        regime: The regime's name.
        stage: The stage's name within it.
        state: How it stands.
        end: When it is due; None where nothing began it yet or the law names no time.
        start: When the period began that ends first.
        began: What began it: `discovered`, or `submission of initial`.
        bound: The limit that decides, with the words of the law; None where none does.
        submitted: What was submitted, if anything.
    """

    case: str
    regime: str
    stage: str
    state: State
    end: End | None = None
    start: datetime | None = None
    began: str = ""
    bound: Bound | None = None
    submitted: Submitted | None = None

    @property
    def due(self) -> datetime | None:
        """The last moment at which it is in time, in the authority's time zone."""
        return self.end.due if self.end else None


class Duty(NamedTuple):
    """A regime, and what one case says of it.

    Attributes:
        case: The case's id.
        name: The regime's name.
        regime: What the law says.
        assessment: What the case says of it.
    """

    case: str
    name: str
    regime: Regime
    assessment: Assessment


def deadlines(duty: Duty, submitted: Mapping[str, Submitted], now: datetime) -> Iterator[Deadline]:
    """Yield the reports that are made under a regime, in the regime's order.

    Args:
        duty: The regime, and what the case says of it; nothing where no report is made.
        submitted: What was submitted, by stage; of a report that is made again and again, the last.
        now: The moment for which this is asked, with its offset; what came later is not known then.
    """
    assessment = duty.assessment
    if not assessment.reported:
        return
    now = now.astimezone(UTC)
    clocks = {}
    for event, clock in assessment.clocks.items():
        begun = clock.at.astimezone(UTC)
        if begun <= now:
            clocks[event] = clock.at, begun
    known = submitted and {stage: each for stage, each in submitted.items() if each.at <= now}
    case, name = duty.case, duty.name
    for stage, until, ways in _schedule(name, duty.regime, assessment).reports:
        limit = _limit(ways, clocks, known)
        done = known.get(stage)
        state = _state(until, clocks, limit, done, now)
        yield Deadline(case, name, stage, state, *limit, done)


# --- what is the same in all cases that name a law in the same way ------------------------------


class _Way(NamedTuple):
    """One limit that a report may have.

    Attributes:
        bound: The limit, with the words of the law.
        starts: What begins it, if that is an event.
        began: The same, in words.
        after: The reports whose submission begins it, if that does.
        ends: What tells when it ends; None where the law names no time.
        gives_way_to: What ends it when it comes only after it has passed.
    """

    bound: Bound
    starts: Event | None
    began: str
    after: tuple[str, ...]
    ends: Ends | None
    gives_way_to: Event | None


class _Report(NamedTuple):
    """A report: its stage, what ends it when it is made again and again, its limits."""

    stage: str
    until: Event | None
    ways: tuple[_Way, ...]


class _Schedule(NamedTuple):
    """The reports of a law for one of its limbs, as one authority counts time."""

    regime: Regime
    reports: tuple[_Report, ...]


def _schedule(name: str, regime: Regime, assessment: Assessment) -> _Schedule:
    key = (name, assessment.limb, assessment.place, assessment.relief)
    known = _SCHEDULES.get(key)
    if known is None or known.regime is not regime:
        rules = rules_of(regime.counting, assessment.place, relief=assessment.relief)
        reports = tuple(
            _Report(stage, each.until, tuple(_ways(each, assessment.limb, rules)))
            for stage, each in regime.stages.items()
        )
        known = _SCHEDULES[key] = _Schedule(regime, reports)
    return known


_SCHEDULES: dict[tuple[str, str | None, str | None, bool], _Schedule] = {}
"""Schedules once they were made, each with the regime that it is of."""


def _ways(stage: Stage, limb: str | None, rules: Rules) -> Iterator[_Way]:
    for bound in stage.bounds:
        if bound.limb is None or bound.limb == limb:
            yield _Way(
                bound,
                bound.starts,
                "" if bound.starts is None else bound.starts.value,
                bound.after,
                ends(bound.period, rules, end_of_year=bound.end_of_year) if bound.period else None,
                bound.gives_way_to,
            )


# --- one case -----------------------------------------------------------------------------------


class _Limit(NamedTuple):
    """The limit that decides: the entries of a deadline that it fills."""

    end: End | None
    start: datetime | None
    began: str
    bound: Bound | None


_NONE = _Limit(None, None, "", None)
"""Of a report that nothing began yet."""


def _limit(ways: tuple[_Way, ...], clocks: Clocks, submitted: Mapping[str, Submitted]) -> _Limit:
    """Return the limit that ends first; one without a time only where there is no other."""
    first = _NONE
    for bound, starts, event, after, ending, gives_way_to in ways:
        start, began = _last(after, submitted) if starts is None else (clocks.get(starts), event)
        if start is None:
            continue
        end = None if ending is None else ending(start[1])
        if end is not None and gives_way_to is not None:
            later = clocks.get(gives_way_to)
            if later is not None and later[1] > end.before:
                continue
        if first is _NONE or (end and (first.end is None or end.at < first.end.at)):
            first = _Limit(end, start[0], began, bound)
    return first


def _last(
    stages: tuple[str, ...], submitted: Mapping[str, Submitted]
) -> tuple[tuple[datetime, datetime] | None, str]:
    """Return when the last of some reports was submitted, and which it was."""
    last = None
    began = ""
    for stage in stages:
        done = submitted.get(stage)
        if done is not None and (last is None or done.at > last[0]):
            last = done.at, done.at.astimezone(UTC)
            began = f"submission of {stage}"
    return last, began


def _state(
    until: Event | None, clocks: Clocks, limit: _Limit, done: Submitted | None, now: datetime
) -> State:
    if until is not None:
        if until in clocks:
            return State.ENDED
    elif done is not None:
        late = limit.end is not None and done.at > limit.end.at
        return State.SUBMITTED_LATE if late else State.SUBMITTED
    if limit.start is None:
        return State.WAITING
    if limit.end is None:
        return State.OPEN
    return State.LATE if now > limit.end.at else State.DUE
