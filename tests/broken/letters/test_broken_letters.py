"""Each broken letter has exactly the problems that are noted in it, where they are noted.

A folder is named after the code that it shows. Its files are laid over those of sound/, a small
letter without a problem. Problems stand as comments above the lines that they are found at; those
that a line cannot bear stand in `expected.txt`. A note is written as it is printed:

    <!-- error[undefined-name]: there is no `incidnt` in this template -->
"""

from __future__ import annotations

import ast
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reportgen.files.shelf import Shelf
from reportgen.jobs.drafts.charting import Drawer
from reportgen.jobs.drafts.gathering import Gatherer
from reportgen.letters.composing import compose
from reportgen.letters.versions import versions
from reportgen.problems.catalog import RULES
from reportgen.problems.located import locate
from reportgen.problems.rules import letters, statistics
from reportgen.problems.rules import versions as version_rules
from reportgen.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.problems.model import Problem

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
SOUND = HERE / "sound"
FOLDERS = sorted(
    path
    for path in HERE.iterdir()
    if path.is_dir() and path.name not in {"__pycache__", SOUND.name}
)

PLACES = {
    "case.yaml": "cases/north-2026/case.yaml",
    "other.yaml": "cases/south-2026/case.yaml",
    "committee.yaml": "cases/north-2026/letters/committee.yaml",
    "committee.md": "cases/north-2026/letters/committee.md",
}
"""Where files of a folder stand in the workspace; all others stand where their paths say."""

ELSEWHERE = {
    "letter-misplaced": "tests/jobs/test_drafting.py",
    "chart-not-drawn": "tests/statistics/test_charts.py",
    "character-missing": "tests/statistics/test_charts.py",
}
"""Codes that no such folder shows, and where they are tried."""

_NOTE = re.compile(r"\s*(?:# |<!-- )((?:error|warning)\[[a-z0-9-]+\]: .*?)(?: -->)?")


def laid(folder: Path, root: Path) -> Workspace:
    """A workspace of the sound letter, with the files of `folder` over it."""
    for source in (SOUND, folder):
        for path in source.rglob("*"):
            name = str(path.relative_to(source))
            if path.is_file() and name != "expected.txt":
                target = root / PLACES.get(name, name)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, target)
    return Workspace(root.resolve())


def problems(workspace: Workspace) -> tuple[Problem, ...]:
    gathered = Gatherer(workspace).gather(workspace.root / PLACES["committee.yaml"], ("pdf",))
    if gathered.manuscript is None:
        return gathered.problems
    regular, bold = gathered.typeface
    draft, found = compose(gathered.manuscript, Drawer(regular, bold, workspace.output))
    if draft is None:
        return (*gathered.problems, *found)
    letter = gathered.manuscript.letter
    _, further = versions(draft, letter.confidentiality, gathered.manuscript.path)
    return (*gathered.problems, *found, *further)


def found(workspace: Workspace) -> Iterator[tuple[str, int, str]]:
    for each in locate(problems(workspace), Shelf()):
        said = f"{each.problem.severity}[{each.problem.code}]: {each.problem.message}"
        yield each.spot.path, each.spot.span.line if each.spot.span else 0, said


def noted(folder: Path) -> Iterator[tuple[str, int, str]]:
    for path in sorted(folder.rglob("*")):
        if path.suffix not in {".yaml", ".md", ".html"}:
            continue
        name = str(path.relative_to(folder))
        waiting: list[str] = []
        for number, line in enumerate(path.read_text().split("\n"), 1):
            note = _NOTE.fullmatch(line)
            if note is not None:
                waiting.append(note[1])
            else:
                yield from ((PLACES.get(name, name), number, said) for said in waiting)
                waiting = []
    expected = folder / "expected.txt"
    if expected.exists():
        for line in expected.read_text().splitlines():
            where, said = line.split(": ", 1)
            name, number_ = (*where.split(":"), "0")[:2]
            yield PLACES.get(name, name), int(number_), said


def test_the_sound_letter_has_no_problem(tmp_path: Path) -> None:
    assert problems(laid(SOUND, tmp_path)) == ()


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_broken_letter_has_the_problems_that_are_noted_in_it(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = laid(folder, tmp_path)
    monkeypatch.chdir(workspace.root)
    assert sorted(found(workspace)) == sorted(noted(folder))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_broken_letter_shows_the_code_that_it_is_named_after(folder: Path) -> None:
    assert any(f"[{folder.name}]" in said for _, _, said in noted(folder))


def test_each_code_of_letters_and_statistics_has_a_broken_letter() -> None:
    chapters = (letters, statistics, version_rules)
    codes = {rule.code for chapter in chapters for rule in chapter.RULES}
    folders = {folder.name for folder in FOLDERS}
    assert folders
    assert codes - folders == ELSEWHERE.keys()
    assert folders <= RULES.keys()


def test_each_code_that_no_letter_shows_is_tried_where_it_is_said_to_be() -> None:
    for code, path in ELSEWHERE.items():
        assert f'"{code}"' in (ROOT / path).read_text(), code


_MAKERS = {"Problem", "Refusal", "PydanticCustomError", "_refuse", "_failed", "_refusal"}
_CODE = re.compile(r"[a-z]+(?:-[a-z0-9]+)+")


def raised() -> dict[str, str]:
    """The codes that the program's own text hands to whatever makes a problem, each with a file."""
    codes = {}
    for path in sorted((ROOT / "reportgen").rglob("*.py")):
        if path.is_relative_to(ROOT / "reportgen/problems/rules"):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call):
                continue
            maker = getattr(node.func, "id", getattr(node.func, "attr", ""))
            for argument in node.args[:3] if maker in _MAKERS else ():
                if isinstance(argument, ast.Constant) and _CODE.fullmatch(str(argument.value)):
                    codes[str(argument.value)] = str(path.relative_to(ROOT))
    return codes


def test_each_code_that_the_program_raises_is_in_the_catalog() -> None:
    codes = raised()
    assert len(codes) > 50
    assert {code: path for code, path in codes.items() if code not in RULES} == {}
