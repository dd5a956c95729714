"""How long records are kept: from what day, through what day, and what stands against disposal.

A period ends with the day that has the same number in its last month, that day included; where the
month has no such day, with its last. So what is kept for 5 years from February 29, 2020, is kept
through February 28, 2025, and never for a day less than was said.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from reportgen.archive.found import Standing
from reportgen.archive.model import Event

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reportgen.archive.found import Listed
    from reportgen.archive.model import Entry


@dataclass(frozen=True, slots=True)
class Rule:
    """A class of retention.

    Attributes:
        name: What the organization calls it.
        keep: How long, in words: `10 years`.
        months: How long, in months.
        after: From what on: submitted, acknowledged, closed.
        families: The kinds of letters that it is for; all others when empty.
    """

    name: str
    keep: str
    months: int
    after: str
    families: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """How long a record is kept.

    Attributes:
        record: The record.
        rule: By which class; None when there is none, and it is kept for ever.
        since: The day that its period is counted from; None while that has not come.
        through: The last day on which it is kept; None while that is not known.
        against: What stands against its disposal, a sentence each, whatever the day.
        proposed: The line of the ledger by which somebody proposed its disposal, if it stands.
    """

    record: Listed
    rule: Rule | None
    since: date | None = None
    through: date | None = None
    against: tuple[str, ...] = ()
    proposed: Entry | None = None

    def is_due(self, today: date) -> bool:
        """Whether its period is over."""
        return self.through is not None and today > self.through


def months_of(period: str) -> int:
    """Return how many months a period has that is written `10 years` or `18 months`."""
    number, unit = period.split()
    return int(number) * (12 if unit.startswith("year") else 1)


def last_day(since: date, months: int) -> date:
    """Return the last day of a period; the last day there is, when it goes on longer."""
    year, month = divmod(since.year * 12 + since.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    day = min(since.day, calendar.monthrange(year, month + 1)[1])
    return date(year, month + 1, day)


def rule_for(family: str, rules: Sequence[Rule]) -> Rule | None:
    """Return the class of a kind of letter: the first that names it, else the first for all others."""
    named = (each for each in rules if family in each.families)
    others = (each for each in rules if not each.families)
    return next(named, None) or next(others, None)


def terms(
    records: Iterable[Listed],
    events: Iterable[Entry],
    rules: Mapping[str, Sequence[Rule]],
    against: Mapping[str, Sequence[str]],
) -> tuple[Term, ...]:
    """Return how long each record is kept that is there, those first whose time is over first.

    Args:
        records: The records.
        events: What happened, in order.
        rules: The classes of each organization, by its name.
        against: What else stands against the disposal of a record, by its name.
    """
    happened: dict[str, list[Entry]] = {}
    for each in events:
        happened.setdefault(each.record, []).append(each)
    found = [
        _term(each, happened.get(each.id, ()), rules, against.get(each.id, ()))
        for each in records
        if each.standing is not Standing.DISPOSED
    ]
    return tuple(sorted(found, key=lambda each: (each.through or date.max, each.record.id)))


def _term(
    record: Listed,
    events: Sequence[Entry],
    rules: Mapping[str, Sequence[Rule]],
    against: Sequence[str],
) -> Term:
    rule = rule_for(record.family, rules.get(record.organization, ()))
    held = tuple(f"it is held for {matter}" for matter in record.held)
    obstacles = (*held, *against)
    if record.standing is not Standing.KEPT:
        obstacles = (*obstacles, record.fault)
    proposed = proposal(events)
    if rule is None:
        return Term(record, None, against=obstacles, proposed=proposed)
    since = _since(rule, record, events)
    through = last_day(since, rule.months) if since is not None else None
    return Term(record, rule, since, through, obstacles, proposed)


def _since(rule: Rule, record: Listed, events: Sequence[Entry]) -> date | None:
    if rule.after == "submitted":
        return _day(record.submitted)
    event, key = {
        "acknowledged": (Event.ACKNOWLEDGED, "at"),
        "closed": (Event.CLOSED, "on"),
    }[rule.after]
    days = [_day(each.details.get(key, "")) for each in events if each.event is event]
    return days[-1] if days else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def proposal(events: Sequence[Entry]) -> Entry | None:
    """Return the line that proposes a record's disposal; a hold since then made an end of it."""
    standing: Entry | None = None
    for each in events:
        if each.event is Event.PROPOSED:
            standing = each
        elif each.event in {Event.HELD, Event.DISPOSED, Event.IMPORTED}:
            standing = None
    return standing
