"""Questions for the record, as a table for people or as JSON for programs."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from reportgen.archive.followup import Clock
from reportgen.archive.formats.records import wrapped
from reportgen.problems.printing import counted
from reportgen.problems.terminal import Style, styled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from reportgen.archive.followup import Question

_STYLES = {Clock.LATE: Style.ERROR, Clock.OPEN: Style.NONE, Clock.ANSWERED: Style.NONE}


def table(questions: Iterable[Question], today: date, *, color: bool = False) -> str:
    """Return questions as text, each with what its clock says on a day."""
    return "\n".join("\n".join(_lines(each, today, color=color)) + "\n" for each in questions)


def as_json(questions: Iterable[Question], today: date) -> str:
    """Return questions as JSON: a list of objects."""
    content = [
        {**asdict(each), "clock": each.clock(today), "days_left": each.days_left(today)}
        for each in questions
    ]
    return json.dumps(content, indent=1, ensure_ascii=False, default=str) + "\n"


def _lines(question: Question, today: date, *, color: bool) -> Iterator[str]:
    clock = question.clock(today)
    state = styled(_state(question, clock, today), _STYLES[clock], color=color)
    yield f"{styled(question.id, Style.STRONG, color=color)}  {state}"
    yield from wrapped(f"“{question.text}”")
    asked = f"{question.asker}, on {question.asked}, of {question.record}"
    yield from wrapped(asked)
    if question.answer:
        yield from wrapped(f"answered by {question.answer}")


def _state(question: Question, clock: Clock, today: date) -> str:
    left = question.days_left(today)
    if clock is Clock.ANSWERED:
        return "answered"
    if left is None:
        return "open, without a date"
    if left < 0:
        return f"late by {counted(-left, 'day')}: was due on {question.due}"
    when = "today" if left == 0 else f"on {question.due}, {counted(left, 'day')} left"
    return f"due {when}"
