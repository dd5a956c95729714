"""Looking for problems: in the files that are named, or in a whole workspace."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from reportgen import workspace
from reportgen.cases import loading
from reportgen.files.shelf import Shelf
from reportgen.files.showing import show
from reportgen.jobs.drafts.gathering import Gatherer
from reportgen.letters.naming import LETTERS
from reportgen.problems.model import Place, Problem, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from reportgen.cases.model import Case
    from reportgen.problems.model import Locating


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found.

    Attributes:
        cases: How many cases were looked at.
        letters: How many letters were looked at.
        problems: All that is wrong with them.
        documents: The files that the problems speak of.
    """

    cases: int
    letters: int
    problems: tuple[Problem, ...]
    documents: Mapping[str, Locating]


def check(paths: Iterable[Path], start: Path, now: datetime | None = None) -> Checked | Refusal:
    """Check cases and letters.

    Args:
        paths: Case files, folders of cases, letters, or folders that hold any of these; when none
            is named, the workspace.
        start: The folder from which the workspace is looked for.
        now: The present, with its offset; nothing in a case happened later.

    Returns:
        What was found; or the refusal `no-workspace`, when no path is named and there is none.
    """
    targets = _Targets()
    named = tuple(paths)
    for path in named:
        targets.add(path)
    if not named:
        found = workspace.find(start)
        if isinstance(found, Refusal):
            return found
        targets.add_cases(found.cases)
    cases, problems = loading.load_all(targets.cases, show)
    regimes = tuple(_check_regimes(cases, now or datetime.now(UTC)))
    gatherers: dict[Path, Gatherer] = {}
    letters = (problem for path in targets.letters for problem in _check_letter(path, gatherers))
    return Checked(
        len(targets.cases),
        len(targets.letters),
        tuple(dict.fromkeys((*targets.problems, *problems, *regimes, *letters))),
        Shelf(),
    )


def _check_regimes(cases: Mapping[Path, Case | None], now: datetime) -> Iterator[Problem]:
    """Yield what is wrong with what cases say of reporting laws.

    The laws are those of the workspace that a case lies in, or those shipped with reportgen.
    """
    speaking = {folder: case for folder, case in cases.items() if case and case.regimes}
    if not speaking:
        return
    from reportgen.jobs.regimes.laws import Laws  # noqa: PLC0415 - most cases name none

    known: dict[Path, Laws] = {}
    for folder, case in speaking.items():
        house = workspace.find(folder)
        if isinstance(house, Refusal):
            house = workspace.Workspace(folder.resolve())
        laws = known.setdefault(house.root, Laws(house))
        yield from laws.problems(case, show(folder / loading.CASE_FILE), now)


def _check_letter(path: Path, gatherers: dict[Path, Gatherer]) -> tuple[Problem, ...]:
    """Return what is wrong with a letter's file, and with what it names.

    The problems of its cases are left out: those are checked for themselves. The letters of one
    workspace share a gatherer, by the workspace's folder: they draw on the same cases.
    """
    found = workspace.find(path)
    if isinstance(found, Refusal):
        return (found.at(Place(show(path))),)
    gathered = gatherers.setdefault(found.root, Gatherer(found)).gather(path)
    return tuple(
        problem
        for problem in gathered.problems
        if not problem.place.document.endswith(loading.CASE_FILE)
    )


@dataclass(slots=True)
class _Targets:
    """What is to be checked, each file once, in the order in which it was named."""

    _cases: dict[Path, Path] = field(default_factory=dict)
    _letters: dict[Path, Path] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def cases(self) -> tuple[Path, ...]:
        return tuple(self._cases.values())

    @property
    def letters(self) -> tuple[Path, ...]:
        return tuple(self._letters.values())

    def add(self, path: Path) -> None:
        """Add what a user calls by `path`."""
        if path.is_dir():
            self._add_folder(path)
        elif path.name == loading.CASE_FILE:
            self._cases.setdefault(path.parent.resolve(), path.parent)
        else:
            # A file that is missing is a letter's too: reading it says what is wrong.
            self._letters.setdefault(path.resolve(), path)

    def add_cases(self, root: Path) -> None:
        """Add every case of a folder of cases."""
        folders, problems = loading.folders_in(root, show)
        self.problems.extend(problems)
        for folder in folders:
            self._add_case(folder)

    def _add_folder(self, folder: Path) -> None:
        if (folder / loading.CASE_FILE).exists():
            self._add_case(folder)
        elif (folder / "cases").is_dir():
            self.add_cases(folder / "cases")
        elif folder.resolve().name == LETTERS:
            self._add_letters(folder)
        elif any(each.is_dir() for each in folder.iterdir()):
            self.add_cases(folder)
        else:
            self._add_case(folder)

    def _add_case(self, folder: Path) -> None:
        self._cases.setdefault(folder.resolve(), folder)
        self._add_letters(folder / LETTERS)

    def _add_letters(self, folder: Path) -> None:
        try:
            paths = sorted(folder.glob("*.yaml"))
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            message = f"the folder cannot be read: {reason}"
            self.problems.append(Problem("file-unreadable", message, Place(show(folder))))
            return
        for path in paths:
            self._letters.setdefault(path.resolve(), path)
