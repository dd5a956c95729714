"""Facts of any set of cases as pandas frames: one row a fact, or one row a group of facts.

Frames are for looking at many cases at once. Their numbers are the nearest doubles and serve for
sorting and plotting; the column `exact` has the exact bounds, and whatever may not be added is not
added here either: its row has the reason instead of a number.
"""

from __future__ import annotations

from itertools import pairwise
from math import isfinite
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from reportgen.problems.model import Refusal
from reportgen.quantities import wording
from reportgen.quantities.dates import long_form_of_period
from reportgen.statistics import measures
from reportgen.statistics.inputs import inputs_of
from reportgen.statistics.model import Grouping, Statistic

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reportgen.cases.model import Case
    from reportgen.quantities.dates import Period
    from reportgen.quantities.quantity import Quantity
    from reportgen.statistics.model import Input

Plain = str | int | float | bool | tuple[str, ...] | None
"""What a frame's cell is outside pandas."""

FACTS: Mapping[str, str] = {
    "case": "str",  # id of the case
    "title": "str",  # what tables call it
    "kind": "str",  # what sort of incident it is
    "status": "str",  # what the world may call it
    "actors": "object",  # tuple of names
    "techniques": "object",  # tuple of catalogue ids, each with its name
    "fact": "str",  # address, <case>.<fact>
    "unit": "str",  # what is counted
    "distinct": "bool",  # whether members of a set are counted
    "stated": "str",  # the number as it is said
    "low": "float64",  # in units; NaN where that side is open
    "high": "float64",  # in units; NaN where that side is open
    "conventional": "bool",  # whether a bound rests on the conventional reading of a hedge
    "exact": "str",  # the bounds exactly, as in a letter's `value`
    "window": "str",  # when it was counted, in words; empty when nobody says
    "first": "datetime64[s]",  # first day that may lie in the window; NaT when nobody says
    "last": "datetime64[s]",  # last day that may
    "days": "Int64",  # days of the window, both ends counted; NA unless known to the day
    "per_day": "str",  # average a day, in words; empty without a window
    "month": "str",  # of the window, as 2026-04; 2026-04..2026-06 where it spans several
    "year": "str",  # the same of years
}
"""Columns of `frame` with their types."""

GROUPS: Mapping[str, str] = {
    "group": "str",  # what the facts have in common
    "unit": "str",  # what is counted
    "cases": "int64",  # how many cases they come from
    "facts": "object",  # tuple of addresses
    "total": "str",  # the sum in words; empty when it may not be made
    "low": "float64",  # its bounds in units; NaN where open or refused
    "high": "float64",
    "conventional": "bool",  # whether a bound rests on the conventional reading of a hedge
    "exact": "str",  # its bounds exactly
    "share": "str",  # of the total of all groups; empty where a fact may be in several
    "rank": "str",  # among the groups' totals, the greatest first
    "growth": "str",  # over the month or year before, where both have a total
    "code": "str",  # why there is no total: the code
    "reason": "str",  # and a sentence
}
"""Columns of `totals` with their types."""

_NOT_STATED = "not stated"
_PERIODS = {Grouping.MONTH, Grouping.YEAR}
_PARTITIONS = {Grouping.CASE, Grouping.KIND, *_PERIODS}
"""Groupings in which every fact is in one group only."""


def frame(cases: Iterable[Case]) -> pd.DataFrame:
    """Return one row for each quantity fact of each case, in order; the columns are `FACTS`."""
    rows = [_fact(case, each) for case in cases for each in inputs_of(case)]
    return pd.DataFrame(rows, columns=list(FACTS)).astype(dict(FACTS))


def totals(cases: Sequence[Case], by: Grouping) -> pd.DataFrame:
    """Return one row for each group and unit; the columns are `GROUPS`.

    A case of several actors or techniques counts in the group of each, so those groups do not add
    up. A fact belongs to a month or year only if its whole window does; others stand in a group of
    the months or years that they span, since nobody says how much happened in which.

    Args:
        cases: The cases.
        by: What makes a group.
    """
    facts = frame(cases)
    inputs = {each.address: each for case in cases for each in inputs_of(case)}
    column = {Grouping.ACTOR: "actors", Grouping.TECHNIQUE: "techniques"}.get(by, str(by))
    grouped = facts.explode(column).fillna({column: _NOT_STATED})
    if by is not Grouping.CASE:
        order = ["first", "last"] if by in _PERIODS else [column]
        grouped = grouped.sort_values(order, kind="stable")
    groups = []
    for keys, addresses in grouped.groupby([column, "unit"], sort=False)["fact"]:
        name, unit = map(str, keys)
        members = tuple(inputs[address] for address in addresses)
        groups.append(_Group(name, unit, members, measures.total(members)))
    shares = _shares(groups) if by in _PARTITIONS else {}
    rows = [
        {**_row(group, groups, by), "share": shares.get((group.name, group.unit), "")}
        for group in groups
    ]
    return pd.DataFrame(rows, columns=list(GROUPS)).astype(dict(GROUPS))


class _Group(NamedTuple):
    """Facts of one unit that have something in common, and their total or why there is none."""

    name: str
    unit: str
    members: tuple[Input, ...]
    total: Statistic | Refusal


def _fact(case: Case, one: Input) -> dict[str, object]:
    window = one.window
    rate = measures.per_day(one)
    return {
        "case": case.id,
        "title": case.title,
        "kind": str(case.kind),
        "status": str(case.status),
        "actors": tuple(actor.name for actor in case.actors),
        "techniques": tuple(
            " ".join(filter(None, (each.id, each.name))) for each in case.techniques
        ),
        "fact": one.address,
        "unit": one.quantity.unit,
        "distinct": one.distinct,
        "stated": wording.say(one.quantity),
        **_ends(one.quantity),
        "window": "" if window is None else long_form_of_period(window),
        "first": None if window is None else window.first.earliest,
        "last": None if window is None else window.last.latest,
        "days": None if window is None else window.days,
        "per_day": _said(rate),
        "month": _span(window, 7),
        "year": _span(window, 4),
    }


def _row(group: _Group, groups: Sequence[_Group], by: Grouping) -> dict[str, object]:
    alike = [each for each in groups if each.unit == group.unit]
    total = group.total
    code, reason = (total.code, total.message) if isinstance(total, Refusal) else ("", "")
    return {
        "group": group.name,
        "unit": group.unit,
        "cases": len({member.case for member in group.members}),
        "facts": tuple(member.address for member in group.members),
        "total": _said(total),
        **_ends(None if isinstance(total, Refusal) else total.quantity),
        "rank": "" if isinstance(total, Refusal) else _rank(total, alike),
        "growth": _growth(group, alike) if by in _PERIODS else "",
        "code": code,
        "reason": reason,
    }


def _shares(groups: Sequence[_Group]) -> dict[tuple[str, str], str]:
    """Return each group's share of what all groups of its unit come to, where that is known."""
    said: dict[tuple[str, str], str] = {}
    for unit in dict.fromkeys(group.unit for group in groups):
        alike = [group for group in groups if group.unit == unit]
        shares = measures.shares([group.members for group in alike])
        if len(alike) > 1 and not isinstance(shares, Refusal):
            said |= {
                (group.name, unit): _said(share) for group, share in zip(alike, shares, strict=True)
            }
    return said


def _rank(total: Statistic, groups: Sequence[_Group]) -> str:
    """Return the place of a total among all, which must all be known."""
    every = [each.total for each in groups if isinstance(each.total, Statistic)]
    if len(every) < len(groups) or len(groups) == 1:
        return ""
    return _said(measures.rank(total, every))


def _growth(group: _Group, groups: Sequence[_Group]) -> str:
    """Return the growth over the month or year just before, where both have a total."""
    for base, following in pairwise(groups):
        if following is group and _follows(base.name, group.name):
            if isinstance(base.total, Refusal) or isinstance(group.total, Refusal):
                return ""
            return _said(measures.growth(group.total, base.total))
    return ""


def _follows(base: str, name: str) -> bool:
    """Whether a month or year comes right after another; both are written as ISO 8601 has them."""
    if not {len(base), len(name)} <= {4, 7} or len(base) != len(name):
        return False
    scale = "M" if len(name) == 7 else "Y"
    return bool(pd.Period(base, scale) + 1 == pd.Period(name, scale))


def _ends(quantity: Quantity | None) -> dict[str, object]:
    if quantity is None:
        return {"low": None, "high": None, "conventional": False, "exact": ""}
    bounds = quantity.bounds
    return {
        "low": None if bounds.low is None else float(bounds.low),
        "high": None if bounds.high is None else float(bounds.high),
        "conventional": bounds.conventional,
        "exact": wording.exact_value(quantity),
    }


def _said(statistic: Statistic | Refusal) -> str:
    return "" if isinstance(statistic, Refusal) else wording.say(statistic.quantity)


def _span(window: Period | None, length: int) -> str:
    """Return the month (7 characters) or year (4) of a window, or those that it spans."""
    if window is None:
        return _NOT_STATED
    first, last = (day.isoformat()[:length] for day in (window.first.earliest, window.last.latest))
    return first if first == last else f"{first}..{last}"


def records(rows: pd.DataFrame) -> tuple[dict[str, Plain], ...]:
    """Return the rows in plain types: what is missing is None, days are as ISO 8601 writes them."""
    return tuple(
        {str(name): _plain(value) for name, value in row.items()}
        for row in rows.to_dict(orient="records")
    )


def _plain(value: object) -> Plain:
    match value:
        case tuple():
            return tuple(map(str, value))
        case pd.Timestamp():
            return value.date().isoformat()
        case bool() | int() | str():
            return value
        case float() if isfinite(value):
            return int(value) if value.is_integer() else value
        case _:  # pandas' own words for what is missing
            return None
