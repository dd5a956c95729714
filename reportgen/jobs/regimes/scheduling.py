"""When which report is due: over the cases of a workspace, from what they say of reporting laws.

Cases are loaded and checked; a case with a mistake keeps none of the others from being told, since a
deadline that is not shown is worse than a table that is not whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen import workspace
from reportgen.archive.layout import Archive
from reportgen.cases import loading
from reportgen.files import atomic
from reportgen.files.reading import read_bytes
from reportgen.files.shelf import Shelf
from reportgen.files.showing import show
from reportgen.jobs import choosing
from reportgen.jobs.regimes.laws import Laws
from reportgen.jobs.regimes.submissions import both, named_in_case, sealed
from reportgen.problems.model import Problem, Refusal
from reportgen.regimes.deadlines import Duty, State, deadlines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from reportgen.cases.model import Assessment, Case
    from reportgen.jobs.regimes.submissions import Submissions
    from reportgen.problems.model import Locating
    from reportgen.regimes.deadlines import Deadline
    from reportgen.regimes.model import Regimes

_ORDER = {
    State.LATE: 0,
    State.DUE: 0,
    State.OPEN: 1,
    State.WAITING: 2,
    State.SUBMITTED_LATE: 3,
    State.SUBMITTED: 3,
    State.ENDED: 4,
}


_STILL_DUE = frozenset({State.LATE, State.DUE})


@dataclass(frozen=True, slots=True)
class Scheduled:
    """What is due.

    Attributes:
        now: The moment for which it was asked.
        deadlines: All reports that are owed: what is due first, what was submitted last.
        settled: What was assessed and found not to be required, or is not decided yet: case, name of
            the regime, and what was said of it.
        regimes: The regimes that are named, by name.
        cases: The cases, by id.
        archive: Whether the archive was asked for what was submitted.
        problems: What is wrong with the files.
        documents: The files that the problems speak of.
    """

    now: datetime
    deadlines: tuple[Deadline, ...]
    settled: tuple[tuple[str, str, Assessment], ...]
    regimes: Regimes
    cases: Mapping[str, Case]
    archive: bool
    problems: tuple[Problem, ...]
    documents: Mapping[str, Locating]


def schedule(
    names: Sequence[str],
    start: Path,
    at: datetime,
    now: datetime,
    submitted: Submissions | None = None,
) -> Scheduled | Refusal:
    """Compute the deadlines of cases.

    Args:
        names: Ids of cases; all cases when none is named.
        start: The folder from which the workspace is looked for.
        at: The moment for which this is asked, with its offset.
        now: The present; what a case says to have happened later is a mistake.
        submitted: Tells what was submitted; when None the case files do, and the archive if there
            is one.

    Returns:
        What is due, or a refusal: `no-workspace`, `unknown-case`.
    """
    house = workspace.find(start)
    if isinstance(house, Refusal):
        return house
    chosen = choosing.cases(house, names)
    if isinstance(chosen, Refusal):
        return chosen
    folders, problems = chosen
    if not names:
        folders = tuple(folder for folder in folders if _may_name_regimes(folder))
    loaded, found = loading.load_all(folders, show)
    cases = {case.id: case for case in loaded.values() if case is not None}
    laws = Laws(house)
    regimes, wrong = laws.named(cases.values())
    amiss = (
        problem
        for folder, case in loaded.items()
        if case is not None
        for problem in laws.problems(case, show(folder / loading.CASE_FILE), max(at, now))
    )
    archive = Archive(house.archive)
    asked = submitted is None and archive.ledger.exists()
    if submitted is None:
        submitted = both(named_in_case, sealed(archive)) if asked else named_in_case
    owed = tuple(sorted(reports(cases.values(), regimes, at, submitted), key=_urgency))
    settled = tuple(
        (case.id, name, assessment)
        for case in cases.values()
        for name, assessment in case.regimes.items()
        if not assessment.reported
    )
    problems = (*problems, *found, *wrong, *amiss)
    return Scheduled(at, owed, settled, regimes, cases, asked, problems, Shelf())


def reports(
    cases: Iterable[Case], regimes: Regimes, now: datetime, submitted: Submissions
) -> Iterator[Deadline]:
    """Yield the reports that cases owe, in the order of their files."""
    for case in cases:
        for name, assessment in case.regimes.items():
            regime = regimes.get(name)
            if regime is not None:
                duty = Duty(case.id, name, regime, assessment)
                yield from deadlines(duty, submitted(case, name), now)


def write_agenda(scheduled: Scheduled, path: Path) -> tuple[int, tuple[Problem, ...]]:
    """Write what is still due as an iCalendar file.

    Returns:
        How many events it has; and the problem `cannot-write`, if it could not be written.
    """
    from reportgen.regimes.agenda import agenda  # noqa: PLC0415 - icalendar, when it is asked for

    still = [each for each in scheduled.deadlines if each.due and each.state in _STILL_DUE]
    return len(still), atomic.write(path, agenda(still, scheduled.regimes), show(path))


def _may_name_regimes(folder: Path) -> bool:
    """Whether a case file may say anything of regimes; most of many thousand say nothing.

    The key stands in the file as it is, unless somebody wrote it with escapes.
    """
    content = read_bytes(folder / loading.CASE_FILE)[0]
    return content is None or b"regimes" in content or b"\\" in content


def _urgency(deadline: Deadline) -> tuple[int, float, str]:
    due = deadline.end.at.timestamp() if deadline.end else float("inf")
    return _ORDER[deadline.state], due, deadline.case
