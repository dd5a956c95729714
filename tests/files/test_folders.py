"""Folders: made where they are needed, filled with whole files, and never through a link."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportgen.files import folders

if TYPE_CHECKING:
    from pathlib import Path


def test_a_folder_is_filled_and_what_is_gone_is_taken_away(tmp_path: Path) -> None:
    folder = tmp_path / "a/b"
    assert folders.fill(folder, {"one": b"1", "two": b"2"}) == ()
    (folder / "mine").write_text("kept")
    assert folders.fill(folder, {"one": b"3"}, gone=("one", "two", "three")) == ()
    assert {each.name: each.read_bytes() for each in folder.iterdir()} == {
        "one": b"3",
        "mine": b"kept",
    }


@pytest.mark.parametrize("name", ["one", "two"])
def test_what_stands_in_the_way_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / name / "inside").mkdir(parents=True)
    (problem,) = folders.fill(tmp_path, {"one": b"1"}, gone=("two",))
    assert problem.code == "cannot-write"
    assert name in problem.place.document


@pytest.mark.parametrize("kind", ["link", "file"])
def test_no_folder_is_made_through_a_link_or_in_place_of_a_file(tmp_path: Path, kind: str) -> None:
    there = tmp_path / "there"
    if kind == "link":
        (tmp_path / "elsewhere").mkdir()
        there.symlink_to(tmp_path / "elsewhere")
    else:
        there.write_text("mine")
    (problem,) = folders.fill(there, {"one": b"1"})
    assert problem.code == "cannot-write"
    assert problem.message.startswith("the folder cannot be made: ")
    assert list(tmp_path.rglob("one")) == []
