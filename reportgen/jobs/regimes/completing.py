"""What a report has to say under a regime, and what of it a case answers."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen import workspace
from reportgen.cases import loading
from reportgen.files.shelf import Shelf
from reportgen.files.showing import show
from reportgen.jobs.regimes.laws import Laws
from reportgen.problems.model import Problem, Refusal
from reportgen.problems.wording import listed, quoted, suggestion
from reportgen.regimes.answering import answers
from reportgen.statistics import tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from pathlib import Path

    from reportgen.cases.model import Case
    from reportgen.problems.model import Locating
    from reportgen.regimes.answering import Answer
    from reportgen.regimes.model import Regime

_HEADS = ("Element", "Answered by", "Words")
_WORDS = 70
_NAME = 44


@dataclass(frozen=True, slots=True)
class Completed:
    """How far a case answers what a regime requires.

    Attributes:
        case: The case; None when its file does not make one.
        name: The regime's name.
        regime: The regime; None when its file does not make one.
        answers: What is said of each element.
        problems: What is wrong with the files.
        documents: The files that the problems speak of.
    """

    case: Case | None
    name: str
    regime: Regime | None
    answers: tuple[Answer, ...]
    problems: tuple[Problem, ...]
    documents: Mapping[str, Locating]

    @property
    def missing(self) -> tuple[Answer, ...]:
        """What the report cannot do without, and the case does not say."""
        return tuple(each for each in self.answers if each.missing)


def complete(
    id_: str, name: str, start: Path, now: datetime, stage: str | None = None
) -> Completed | Refusal:
    """Hold a case against what a regime requires.

    Args:
        id_: The case.
        name: The regime; it must be one that the case names.
        start: The folder from which the workspace is looked for.
        now: The present, with its offset.
        stage: The report that is meant; all of the regime's when None.

    Returns:
        What is answered; or a refusal: `no-workspace`, `unknown-case`, `unknown-regime`,
        `unknown-stage`.
    """
    house = workspace.find(start)
    if isinstance(house, Refusal):
        return house
    folders, problems = loading.folders_in(house.cases, show)
    known = {folder.name: folder for folder in folders}
    if id_ not in known:
        help_ = suggestion(id_, known, "cases")
        return Refusal("unknown-case", f"there is no case {quoted(id_)}", help_)
    case, found = loading.load(known[id_], show)
    if case is None:
        return Completed(None, name, None, (), (*problems, *found), Shelf())
    laws = Laws(house)
    if name not in case.regimes:
        return _unnamed(case, name, laws.names)
    regime = laws.named([case])[0].get(name)
    if regime is not None and stage is not None and stage not in regime.stages:
        help_ = suggestion(stage, regime.stages, "stages")
        return Refusal("unknown-stage", f"{quoted(name)} has no stage {quoted(stage)}", help_)
    amiss = Laws(house).problems(case, show(known[id_] / loading.CASE_FILE), now)
    said = tuple(answers(case, case.regimes[name], regime, stage)) if regime else ()
    return Completed(case, name, regime, said, (*problems, *found, *amiss), Shelf())


def _unnamed(case: Case, name: str, names: Iterable[str]) -> Refusal:
    known = tuple(names)
    if name in known:
        named = f"it names {listed(case.regimes)}" if case.regimes else "it names none"
        message = f"the case {quoted(case.id)} says nothing of {quoted(name)}"
        return Refusal("unknown-regime", message, f"{named}; say under `regimes` what was decided")
    help_ = suggestion(name, known, "regimes")
    return Refusal("unknown-regime", f"there is no regime {quoted(name)}", help_)


def table(completed: Completed) -> str:
    """Return what is answered as a table, and below it what to ask."""
    regime = completed.regime
    if regime is None:
        return ""
    rows: list[list[tables.Cell]] = [
        [
            _cut(each.element.name, _NAME),
            each.path or ("MISSING" if each.missing else f"only if {each.element.only_if}"),
            _cut(each.words, _WORDS),
        ]
        for each in completed.answers
    ]
    answered = sum(bool(each.words) for each in completed.answers)
    parts = [
        f"{regime.name}, to {regime.authority} ({regime.citation})\n",
        tables.aligned(_HEADS, rows),
        f"{answered} of {len(rows)} elements answered\n",
    ]
    if completed.missing:
        asked = "".join(
            f"  {each.element.question} ({each.element.citation}; {' or '.join(each.element.paths)})\n"
            for each in completed.missing
        )
        parts.append(f"to be asked:\n{asked}")
    return "\n".join(parts)


def as_json(completed: Completed) -> str:
    """Return what is answered, for programs."""
    content = {
        "case": completed.case.id if completed.case else None,
        "regime": completed.name,
        "complete": completed.regime is not None and not completed.missing,
        "elements": [
            {
                "element": each.name,
                "name": each.element.name,
                "citation": each.element.citation,
                "stages": each.element.stages,
                "path": each.path or None,
                "words": each.words or None,
                "missing": each.missing,
                "only_if": each.element.only_if,
                "question": each.element.question,
            }
            for each in completed.answers
        ],
        "problems": [
            {"code": each.code, "severity": each.severity.value, "message": each.message}
            for each in completed.problems
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"
