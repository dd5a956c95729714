"""Deadlines in print: a table for people, JSON for programs."""

from __future__ import annotations

import json
from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from reportgen.cases.model import Decision
from reportgen.regimes.deadlines import State
from reportgen.statistics import tables

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from reportgen.jobs.regimes.scheduling import Scheduled
    from reportgen.regimes.deadlines import Deadline
    from reportgen.regimes.model import Regime

_HEADS = ("Due", "Left", "Case", "Report", "State")
_TOO_LONG = 60


def table(scheduled: Scheduled) -> str:
    """Return a table of what is due, and below it what has to be known of it."""
    if not scheduled.deadlines and not scheduled.settled:
        return "no case names a reporting law under `regimes`\n"
    notes: list[str] = []
    shown = [each for each in scheduled.deadlines if not _unlikely(each, scheduled)]
    rows = [_row(each, scheduled, notes) for each in shown]
    if len(scheduled.cases) == 1:
        rows = [[*row[:2], "", *row[3:]] for row in rows]
    parts = [tables.aligned(_HEADS, rows)] if rows else []
    only_if = "".join(_conditions(scheduled))
    if only_if:
        parts.append(only_if)
    if notes:
        parts.append("".join(f"[{number}] {note}\n" for number, note in enumerate(notes, 1)))
    settled = "".join(_settled(scheduled))
    if settled:
        parts.append(settled)
    doubts = "".join(_doubts(scheduled))
    if doubts:
        parts.append(doubts)
    return "\n".join(parts)


def _unlikely(deadline: Deadline, scheduled: Scheduled) -> bool:
    """Whether a report is owed only if something happens that nothing points at."""
    stage = scheduled.regimes[deadline.regime].stages[deadline.stage]
    return deadline.state is State.WAITING and stage.only_if is not None


def _conditions(scheduled: Scheduled) -> Iterator[str]:
    """Yield the reports that are owed only if something happens, each once."""
    found = dict.fromkeys(
        (each.regime, each.stage) for each in scheduled.deadlines if _unlikely(each, scheduled)
    )
    for name, stage in found:
        regime = scheduled.regimes[name]
        yield f"{regime.short}: {stage}, only if {regime.stages[stage].only_if}\n"


def _row(deadline: Deadline, scheduled: Scheduled, notes: list[str]) -> list[tables.Cell]:
    regime = scheduled.regimes[deadline.regime]
    state = deadline.state.value
    if deadline.submitted is not None:
        state += f" {moment(deadline.submitted.at)}"
    due = moment(deadline.due) if deadline.due else ""
    if deadline.end and deadline.end.why:
        note = f"{deadline.end.why} ({regime.counting.citation})"
        if note not in notes:
            notes.append(note)
        due += f" [{notes.index(note) + 1}]"
    if deadline.state is State.OPEN:
        due = "no fixed time"
    if deadline.state is State.WAITING:
        due = f"waits for {_awaited(deadline, regime)}"
    left = ""
    if deadline.due and deadline.state in {State.DUE, State.LATE}:
        left = until(deadline.due, scheduled.now)
    return [due, left, deadline.case, _report(deadline, scheduled), state]


def _awaited(deadline: Deadline, regime: Regime) -> str:
    """Return what would begin the period of a report."""
    bounds = regime.stages[deadline.stage].bounds
    begins = dict.fromkeys(
        each.starts.value if each.starts else f"submission of {each.after[0]}" for each in bounds
    )
    return " or ".join(begins)


def _settled(scheduled: Scheduled) -> Iterator[str]:
    for case, name, said in scheduled.settled:
        regime = scheduled.regimes.get(name)
        short = regime.short if regime else name
        decision = (
            "assessed, not required"
            if said.decision is Decision.NOT_REQUIRED
            else "under assessment"
        )
        yield (
            f"{case}, {short}: {decision} (by {said.by}, {said.date}), because "
            f"{_short(said.because)}\n"
        )


def _doubts(scheduled: Scheduled) -> Iterator[str]:
    """Yield what speaks against relying on the table."""
    if not scheduled.archive:
        yield "What was submitted is what the case files name; there is no archive.\n"
    used = {each.regime for each in scheduled.deadlines}
    unverified = [
        regime.short
        for name, regime in scheduled.regimes.items()
        if name in used and regime.verified is None
    ]
    if unverified:
        yield (
            f"Nobody has held against the law: {', '.join(sorted(unverified))}. Each period stands "
            "in templates/regimes/ with its words and how far they were read.\n"
        )


def _report(deadline: Deadline, scheduled: Scheduled) -> str:
    """Return the report's name, and whether it is made without a duty."""
    regime = scheduled.regimes[deadline.regime]
    decision = scheduled.cases[deadline.case].regimes[deadline.regime].decision
    voluntary = " (voluntary)" if decision is Decision.VOLUNTARY else ""
    return f"{regime.short}: {deadline.stage}{voluntary}"


def _short(text: str) -> str:
    return text if len(text) <= _TOO_LONG else f"{text[: _TOO_LONG - 1].rstrip()}…"


def moment(at: datetime) -> str:
    """Return `2026-03-31 23:59 PDT`: a moment in its own time zone."""
    return f"{at:%Y-%m-%d %H:%M} {at:%Z}".rstrip()


def until(due: datetime, now: datetime) -> str:
    """Return how long is left, rounded down: `3 days 4 h`, `5 h 20 min`; or how long it is late."""
    span = due.astimezone(UTC) - now.astimezone(UTC)
    late = span < timedelta(0)
    minutes = int(abs(span).total_seconds()) // 60
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    if days:
        said = f"{days} day{'s' if days > 1 else ''}" + (
            f" {hours} h" if hours and days < 10 else ""
        )
    else:
        said = f"{hours} h {minutes} min" if hours else f"{minutes} min"
    return f"late by {said}" if late else said


def as_json(scheduled: Scheduled) -> str:
    """Return all that is known of the deadlines."""
    content = {
        "now": scheduled.now.isoformat(),
        "deadlines": [_plain(each, scheduled) for each in scheduled.deadlines],
        "assessed": [
            {
                "case": case,
                "regime": name,
                "decision": said.decision.value,
                "by": said.by,
                "date": str(said.date),
                "because": said.because,
            }
            for case, name, said in scheduled.settled
        ],
        "problems": [
            {
                "code": each.code,
                "severity": each.severity.value,
                "message": each.message,
                "file": each.place.document,
            }
            for each in scheduled.problems
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _plain(deadline: Deadline, scheduled: Scheduled) -> dict[str, object]:
    regime = scheduled.regimes[deadline.regime]
    assessment = scheduled.cases[deadline.case].regimes[deadline.regime]
    clock = next(
        (each for event, each in assessment.clocks.items() if event == deadline.began), None
    )
    done, bound = deadline.submitted, deadline.bound
    return {
        "case": deadline.case,
        "regime": deadline.regime,
        "stage": deadline.stage,
        "name": regime.stages[deadline.stage].name,
        "authority": regime.authority,
        "state": deadline.state.value,
        "due": deadline.due.isoformat() if deadline.due else None,
        "zone": str(deadline.due.tzinfo) if deadline.due else None,
        "seconds_left": int((deadline.due - scheduled.now).total_seconds())
        if deadline.due and deadline.state in {State.DUE, State.LATE}
        else None,
        "counted": deadline.end.counted.isoformat() if deadline.end else None,
        "extended": deadline.end.why or None if deadline.end else None,
        "began": deadline.began or None,
        "start": deadline.start.isoformat() if deadline.start else None,
        "started_by": clock.by if clock else None,
        "started_because": clock.because if clock else None,
        "words": bound.words if bound else None,
        "citation": bound.citation if bound else None,
        "read": bound.read.value if bound else None,
        "submitted": {"at": done.at.isoformat(), "by": done.by, "proof": done.proof}
        if done
        else None,
        "verified": regime.verified is not None,
    }
