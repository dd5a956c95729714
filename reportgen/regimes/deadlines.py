"""Deadlines: what a regime asks of one case, when each report is due, and how that stands.

The regime, what the case says of it and what was submitted go in; nothing here decides whether a law
applies, or when a period began: both stand in the case, with who decided them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from reportgen.regimes.periods import End, Rules, end, rules_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from reportgen.cases.model import Assessment, Event
    from reportgen.regimes.model import Bound, Regime, Stage

    Clocks = Mapping[Event, datetime]


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


@dataclass(frozen=True, slots=True)
class Deadline:
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


@dataclass(frozen=True, slots=True)
class Duty:
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
    regime, assessment = duty.regime, duty.assessment
    if not assessment.reported:
        return
    rules = _rules(duty.name, regime, assessment)
    clocks = {event: each.at for event, each in assessment.clocks.items() if each.at <= now}
    known = {stage: each for stage, each in submitted.items() if each.at <= now}
    for stage_name, stage in regime.stages.items():
        limit = _limit(stage, assessment.limb, clocks, known, rules)
        done = known.get(stage_name)
        yield Deadline(
            duty.case,
            duty.name,
            stage_name,
            _state(stage, clocks, limit, done, now),
            limit.end if limit else None,
            limit.start if limit else None,
            limit.began if limit else "",
            limit.bound if limit else None,
            done,
        )


@dataclass(frozen=True, slots=True)
class _Limit:
    bound: Bound
    start: datetime
    began: str
    end: End | None


def _rules(name: str, regime: Regime, assessment: Assessment) -> Rules:
    key = (name, assessment.place, assessment.relief)
    known = _RULES.get(key)
    if known is None or known[0] is not regime:
        rules = rules_of(regime.counting, assessment.place, relief=assessment.relief)
        known = _RULES[key] = (regime, rules)
    return known[1]


_RULES: dict[tuple[str, str | None, bool], tuple[Regime, Rules]] = {}
"""Rules once they were made, with the regime that they are of."""


def _limit(
    stage: Stage,
    limb: str | None,
    clocks: Clocks,
    submitted: Mapping[str, Submitted],
    rules: Rules,
) -> _Limit | None:
    """Return the limit that ends first; one without a time only where there is no other."""
    first: _Limit | None = None
    for bound in stage.bounds:
        if bound.limb is not None and bound.limb != limb:
            continue
        begun = _begun(bound, clocks, submitted)
        if begun is None:
            continue
        start, began = begun
        ends = (
            None
            if bound.period is None
            else end(bound.period, start, rules, end_of_year=bound.end_of_year)
        )
        if ends is not None and bound.gives_way_to is not None:
            later = clocks.get(bound.gives_way_to)
            if later is not None and later > ends.counted:
                continue
        if first is None or (ends and (first.end is None or ends.due < first.end.due)):
            first = _Limit(bound, start, began, ends)
    return first


def _begun(
    bound: Bound, clocks: Clocks, submitted: Mapping[str, Submitted]
) -> tuple[datetime, str] | None:
    if bound.starts is not None:
        start = clocks.get(bound.starts)
        return None if start is None else (start, bound.starts.value)
    last = None
    for stage in bound.after:
        done = submitted.get(stage)
        if done is not None and (last is None or done.at > last[0]):
            last = done.at, f"submission of {stage}"
    return last


def _state(
    stage: Stage,
    clocks: Clocks,
    limit: _Limit | None,
    done: Submitted | None,
    now: datetime,
) -> State:
    if stage.until is not None:
        if stage.until in clocks:
            return State.ENDED
    elif done is not None:
        late = limit is not None and limit.end is not None and done.at > limit.end.due
        return State.SUBMITTED_LATE if late else State.SUBMITTED
    if limit is None:
        return State.WAITING
    if limit.end is None:
        return State.OPEN
    return State.LATE if now > limit.end.due else State.DUE
