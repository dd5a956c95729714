"""A new workspace is whole, or it is not there."""

from __future__ import annotations

import resource
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from reportgen.jobs.workspaces.starting import start
from reportgen.workspace import find, shipped_templates

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@contextmanager
def no_file_may_exceed(size: int) -> Iterator[None]:
    """Let every longer write fail, as it does on a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_new_workspace_holds_the_starter_and_is_found(tmp_path: Path) -> None:
    workspace, problems = start(tmp_path / "house")
    assert problems == ()
    assert workspace is not None
    assert find(tmp_path / "house" / "cases") == workspace
    assert contents(workspace.root) == contents(shipped_templates() / "starter")
    assert "cases/example-2026/case.yaml" in contents(workspace.root)
    assert workspace.output.is_dir()
    assert [path.name for path in tmp_path.iterdir()] == ["house"]


def test_missing_folders_above_are_made(tmp_path: Path) -> None:
    workspace, problems = start(tmp_path / "a" / "b" / "c")
    assert workspace is not None
    assert problems == ()


def test_an_empty_folder_is_filled_and_stays_the_same_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = tmp_path / "house"
    house.mkdir()
    monkeypatch.chdir(house)
    before = house.stat().st_ino
    workspace, problems = start(house.relative_to(house))
    assert problems == ()
    assert workspace is not None
    assert house.stat().st_ino == before
    assert contents(house) == contents(shipped_templates() / "starter")


def test_a_folder_with_anything_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / ".hidden").write_text("mine", encoding="utf-8")
    workspace, problems = start(tmp_path)
    assert workspace is None
    assert [problem.code for problem in problems] == ["folder-not-empty"]
    assert contents(tmp_path) == {".hidden": b"mine"}


def test_a_file_of_that_name_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "house").write_text("mine", encoding="utf-8")
    workspace, problems = start(tmp_path / "house")
    assert workspace is None
    assert [problem.code for problem in problems] == ["folder-not-empty"]
    assert contents(tmp_path) == {"house": b"mine"}


def test_a_place_beneath_a_file_is_a_problem_and_no_crash(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    workspace, problems = start(tmp_path / "file" / "house")
    assert workspace is None
    assert [problem.code for problem in problems] == ["cannot-write"]


@pytest.mark.parametrize("empty_folder", [False, True])
def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, *, empty_folder: bool) -> None:
    house = tmp_path / "house"
    if empty_folder:
        house.mkdir()
    with no_file_may_exceed(1_000):
        workspace, problems = start(house)
    assert workspace is None
    assert [problem.code for problem in problems] == ["cannot-write"]
    assert problems[0].place.document.startswith(str(house))
    assert list(tmp_path.rglob("*")) == ([house] if empty_folder else [])
