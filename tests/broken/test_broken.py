"""Each broken file has exactly the problems that are noted in it, at the lines where they are noted.

A folder is named after the code that it shows. The problems of a file stand as comments above the
lines that they are found at; those of a file that cannot bear comments stand in `expected.txt`.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reportgen.jobs.workspaces.checking import Checked, check
from reportgen.problems.catalog import RULES
from reportgen.problems.located import locate
from reportgen.problems.rules import cases, entries, files, regimes, syntax

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
FOLDERS = sorted(
    path for path in HERE.iterdir() if path.is_dir() and path.name not in {"__pycache__", "letters"}
)

CHAPTERS = (files, syntax, entries, cases, regimes)

ELSEWHERE = {
    "file-unreadable": "tests/files/test_reading_files.py",
    "file-too-large": "tests/files/test_reading_files.py",
    "cannot-write": "tests/files/test_atomic.py",
    "wrong-value": "tests/files/test_modelling.py",
    "too-many": "tests/files/test_modelling.py",
    "out-of-range": "tests/files/test_modelling.py",
    "period-unreadable": "tests/regimes/test_regime_files.py",
    "bound-start": "tests/regimes/test_regime_files.py",
    "unknown-calendar": "tests/regimes/test_regime_files.py",
    "unknown-zone": "tests/regimes/test_regime_files.py",
}
"""Codes that no file that can be committed would show, and where they are tried."""

_NOTE = re.compile(r"\s*# ((?:error|warning)\[[a-z0-9-]+\]: .*)")


def noted(folder: Path) -> Iterator[tuple[str, int, str]]:
    for path in sorted(folder.rglob("*.yaml")):
        if not path.is_file():
            continue
        waiting: list[str] = []
        for number, line in enumerate(path.read_bytes().decode("utf-8", "replace").split("\n"), 1):
            note = _NOTE.fullmatch(line)
            if note is not None:
                waiting.append(note[1])
            else:
                yield from ((str(path.relative_to(HERE)), number, said) for said in waiting)
                waiting = []
    expected = folder / "expected.txt"
    if expected.exists():
        for line in expected.read_text().splitlines():
            where, said = line.split(": ", 1)
            name, line_number = (*where.split(":"), "0")[:2]
            yield f"{folder.name}/{name}", int(line_number), said


def found(folder: Path) -> Iterator[tuple[str, int, str]]:
    checked = check([folder.relative_to(HERE)], HERE)
    assert isinstance(checked, Checked)
    for each in locate(checked.problems, checked.documents):
        said = f"{each.problem.severity}[{each.problem.code}]: {each.problem.message}"
        yield each.spot.path, each.spot.span.line if each.spot.span else 0, said


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_broken_file_has_the_problems_that_are_noted_in_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(HERE)
    assert sorted(found(folder)) == sorted(noted(folder))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_broken_file_shows_the_code_that_it_is_named_after(folder: Path) -> None:
    assert any(f"[{folder.name}]" in said for _, _, said in noted(folder))


def test_each_code_that_a_check_of_cases_can_find_has_a_broken_file() -> None:
    codes = {rule.code for chapter in CHAPTERS for rule in chapter.RULES}
    folders = {folder.name for folder in FOLDERS}
    assert folders
    assert codes - folders == ELSEWHERE.keys()
    assert folders <= RULES.keys()


def test_each_code_that_no_file_shows_is_tried_where_it_is_said_to_be() -> None:
    root = HERE.parent.parent
    for code, path in ELSEWHERE.items():
        assert f'"{code}"' in (root / path).read_text(), code
