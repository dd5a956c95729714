"""Which file a letter is, and what is read for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.jobs.drafts.gathering import Gatherer
from reportgen.jobs.finding import letter_path, letters_in
from reportgen.letters.naming import name_of
from reportgen.workspace import Workspace
from tests.letters.specimens import HOUSE, ROOT, SENATE, copied

SPECIMEN = Workspace(ROOT)


def test_the_letters_of_a_workspace_are_found_in_order() -> None:
    assert [name_of(path) for path in letters_in(SPECIMEN)] == [SENATE, HOUSE]


def test_a_letter_is_called_by_its_name_or_its_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = copied(tmp_path)
    monkeypatch.chdir(tmp_path)
    path = workspace.cases / "alibaba-2026/letters/senate-banking.yaml"
    assert letter_path(workspace, Path(SENATE)) == path
    assert letter_path(workspace, path) == path
    relative = path.relative_to(tmp_path.resolve())
    assert letter_path(workspace, relative) == relative


@pytest.mark.parametrize(
    "name", ["alibaba-2026/nothing", "nothing/at-all", "x", "a/b/c/d", "../x", "x" * 300]
)
def test_a_name_that_leads_nowhere_is_left_for_reading_to_say_so(name: str) -> None:
    assert letter_path(SPECIMEN, Path(name)) == Path(name)
    gathered = Gatherer(SPECIMEN).gather(Path(name))
    assert gathered.manuscript is None
    assert {problem.code for problem in gathered.problems} <= {"file-missing", "file-unreadable"}


def test_cases_are_read_once_for_all_letters(tmp_path: Path) -> None:
    workspace = copied(tmp_path)
    gatherer = Gatherer(workspace)
    first = gatherer.gather(letter_path(workspace, Path(SENATE))).manuscript
    second = gatherer.gather(letter_path(workspace, Path(HOUSE))).manuscript
    assert first is not None
    assert second is not None
    assert second.incident in first.compared
    assert any(case is second.incident for case in first.compared)


def test_every_place_where_a_template_could_stand_is_remembered(tmp_path: Path) -> None:
    workspace = copied(tmp_path)
    files = Gatherer(workspace).gather(letter_path(workspace, Path(SENATE)), ("pdf",)).files
    own = {path for path in files if path.is_relative_to(workspace.templates)}
    assert {
        workspace.templates / name
        for name in (
            "letters/committee/letter.html",
            "letters/committee/style.css",
            "letters/committee/sections/reservation.md",
            "letters/shared/words.md",
            "organization/anthropic.yaml",
            "directory/us-senate-banking.yaml",
            "styles/type.css",
            "fonts/SourceSerif4-Regular.ttf",
        )
    } <= own
