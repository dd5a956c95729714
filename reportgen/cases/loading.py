"""From a case's folder to the case, with every problem that its file has.

The file is read, parsed, built and checked by the rules; nothing here knows what a letter is.
"""

from __future__ import annotations

import gc
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from reportgen.cases.mending import mended
from reportgen.cases.model import Case
from reportgen.cases.places import CaseFile
from reportgen.cases.rules import chronology, exhibits, identity, placeholders, sources
from reportgen.files import modelling, yaml
from reportgen.problems.model import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

CASE_FILE: Final = "case.yaml"

_RULES: Final[tuple[Callable[[Case, CaseFile], Iterator[Problem]], ...]] = (
    identity.id_not_folder,
    sources.unknown_source,
    sources.accessed_before_published,
    chronology.window_reversed,
    chronology.window_outside_case,
    chronology.stated_before_window_ends,
    chronology.disclosed_before_occurred,
    chronology.detected_before_occurred,
    chronology.response_before_occurred,
    exhibits.exhibits,
    placeholders.placeholder_left,
)


def load(
    folder: Path, show: Callable[[Path], str] = str
) -> tuple[Case | None, tuple[Problem, ...]]:
    """Load the case of a folder.

    Args:
        folder: The folder that holds `case.yaml`.
        show: How a path is shown to the user.

    Returns:
        The case, or None when its file does not make one; and every problem, of the file, of its
        entries and of what must agree between them. A case that breaks rules is returned: what its
        problems weigh is for the caller to say.
    """
    path = folder / CASE_FILE
    file = CaseFile(folder, show(path))
    document, problems = yaml.load(path, file.document)
    if document is None:
        return None, problems
    case, faults = modelling.build(Case, document)
    checked = case or mended(document, file.name)
    broken = () if checked is None else tuple(_broken(checked, file))
    return case, (*problems, *faults, *broken)


def load_all(
    folders: Iterable[Path], show: Callable[[Path], str] = str
) -> tuple[dict[Path, Case | None], tuple[Problem, ...]]:
    """Load the cases of several folders, and check them against each other.

    Returns:
        Each folder's case, or None when its file does not make one, in the order of the folders;
        and every problem of all.
    """
    cases: dict[Path, Case | None] = {}
    problems: list[Problem] = []
    with _without_collector():
        for folder in folders:
            cases[folder], found = load(folder, show)
            problems.extend(found)
    pairs = (
        (case, CaseFile(folder, show(folder / CASE_FILE)))
        for folder, case in cases.items()
        if case is not None
    )
    problems.extend(identity.duplicate_case(pairs))
    return cases, tuple(problems)


def folders_in(
    root: Path, show: Callable[[Path], str] = str
) -> tuple[tuple[Path, ...], tuple[Problem, ...]]:
    """Return the folders of cases in `root`, by name; hidden folders are none."""
    try:
        with os.scandir(root) as entries:
            names = sorted(
                entry.name for entry in entries if entry.name[0] != "." and entry.is_dir()
            )
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        message = f"the folder cannot be read: {reason}"
        return (), (Problem("file-unreadable", message, Place(show(root))),)
    return tuple(root / name for name in names), ()


def _broken(case: Case, file: CaseFile) -> Iterator[Problem]:
    for rule in _RULES:
        yield from rule(case, file)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Keep the garbage collector still: loading makes no circles, and many things that stay.

    It would go through all cases loaded so far again and again: a third of the time for a thousand.
    """
    was_running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_running:
            gc.enable()
