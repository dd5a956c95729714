"""Counting over cases: their facts, or totals by case, actor, kind, technique, month or year.

Cases are loaded and checked first; nothing is counted while one of them has an error.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen import workspace
from reportgen.cases import loading
from reportgen.files.shelf import Shelf
from reportgen.files.showing import show
from reportgen.jobs import choosing
from reportgen.problems.model import Problem, Refusal, Severity
from reportgen.quantities import wording
from reportgen.statistics import measures, tables
from reportgen.statistics.inputs import inputs_of
from reportgen.statistics.model import Layout

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from reportgen.cases.model import Case
    from reportgen.problems.model import Locating
    from reportgen.statistics.frame import Plain
    from reportgen.statistics.model import Grouping, Input

    Row = dict[str, Plain]


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted, or why nothing was.

    Attributes:
        text: What is printed; empty while a case has errors.
        problems: What is wrong with the cases.
        documents: The files that the problems speak of.
    """

    text: str
    problems: tuple[Problem, ...]
    documents: Mapping[str, Locating]


def count(
    names: Sequence[str], start: Path, by: Grouping | None = None, layout: Layout = Layout.TABLE
) -> Counted | Refusal:
    """Count over cases of a workspace.

    Args:
        names: Ids of cases; all cases when none is named.
        start: The folder from which the workspace is looked for.
        by: What the facts are put together by; each stands alone when left out.
        layout: How the result is printed.

    Returns:
        What was counted, or a refusal: `no-workspace`, `unknown-case`.
    """
    house = workspace.find(start)
    if isinstance(house, Refusal):
        return house
    chosen = choosing.cases(house, names)
    if isinstance(chosen, Refusal):
        return chosen
    folders, problems = chosen
    loaded, found = loading.load_all(folders, show)
    problems = (*problems, *found)
    if any(problem.severity is Severity.ERROR for problem in problems):
        return Counted("", problems, Shelf())
    cases = [case for case in loaded.values() if case is not None]
    return Counted(_printed(cases, by, layout), problems, Shelf())


def _printed(cases: Sequence[Case], by: Grouping | None, layout: Layout) -> str:
    from reportgen.statistics import frame  # noqa: PLC0415 - pandas, when it is needed

    rows = frame.records(frame.frame(cases) if by is None else frame.totals(cases, by))
    match layout:
        case Layout.JSON:
            return _json(rows, by)
        case Layout.CSV:
            return tables.comma_separated(
                list(frame.FACTS if by is None else frame.GROUPS),
                [[_cell(value) for value in row.values()] for row in rows],
            )
        case Layout.TABLE:
            if not rows:
                return "no case states a quantity\n"
            return _facts(cases, rows) if by is None else _groups(rows, by)


def _json(rows: Sequence[Row], by: Grouping | None) -> str:
    content = {"by": by, "facts" if by is None else "groups": rows}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _facts(cases: Sequence[Case], rows: Sequence[Row]) -> str:
    """Return a table of facts, and below it what they come to."""
    heads = {
        "fact": "Fact",
        "stated": "Stated",
        "unit": "Counted",
        "window": "Window",
        "days": "Days",
        "per_day": "A day",
    }
    table = tables.aligned(
        tuple(heads.values()), [[_cell(row[name]) for name in heads] for row in rows]
    )
    inputs = [each for case in cases for each in inputs_of(case)]
    together = "".join(_together(inputs))
    return f"{table}\n{together}" if together else table


def _together(inputs: Sequence[Input]) -> Iterator[str]:
    """Yield a line for each unit that several facts count: their total, or why there is none."""
    for unit in dict.fromkeys(each.quantity.unit for each in inputs):
        facts = [each for each in inputs if each.quantity.unit == unit]
        if len(facts) < 2:
            continue
        total = measures.total(facts)
        if isinstance(total, Refusal):
            yield f"{unit}, not added ({total.code}): {total.message}\n"
        else:
            yield f"{unit} together: {wording.say(total.quantity)}\n"


def _groups(rows: Sequence[Row], by: Grouping) -> str:
    """Return a table of groups; what could not be added is numbered, with the reasons below."""
    heads = {
        "group": by.capitalize(),
        "unit": "Counted",
        "cases": "Cases",
        "total": "Total",
        "share": "Share",
        "rank": "Rank",
        "growth": "Growth",
    }
    reasons = list(dict.fromkeys(_reason(row) for row in rows if row["code"]))
    lines = []
    for row in rows:
        shown: dict[str, tables.Cell] = {name: _cell(row[name]) for name in heads}
        shown["group"] = str(row["group"]).replace("..", " to ")
        if row["code"]:
            shown["total"] = f"not added [{reasons.index(_reason(row)) + 1}]"
        lines.append(list(shown.values()))
    table = tables.aligned(tuple(heads.values()), lines)
    notes = [f"[{number}] {reason}\n" for number, reason in enumerate(reasons, 1)]
    notes.extend(_remarks(rows, by))
    return "\n".join([table, "".join(notes)]) if notes else table


def _reason(row: Row) -> str:
    return f"{row['reason']} ({row['code']})"


def _remarks(rows: Sequence[Row], by: Grouping) -> Iterator[str]:
    """Yield what has to be known before groups are read as parts of a whole."""
    facts = [fact for row in rows if isinstance(row["facts"], tuple) for fact in row["facts"]]
    if len(facts) > len(set(facts)):
        yield f"A case with several {by}s counts in the group of each: the groups do not add up.\n"
    if any(".." in str(row["group"]) for row in rows):
        yield f"Where a window spans several {by}s, nobody says how much happened in which.\n"


def _cell(value: Plain) -> tables.Cell:
    return "; ".join(value) if isinstance(value, tuple) else value
