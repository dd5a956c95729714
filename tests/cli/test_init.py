"""`reportgen init`: what a newcomer reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.cli.main import run

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_the_next_two_commands_are_said_and_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["init", "my house"]) == 0
    said = capsys.readouterr()
    assert said.out == "my house\n"
    assert said.err == "next:\n  cd 'my house'\n  reportgen build\n"
    monkeypatch.chdir(tmp_path / "my house")
    assert run(["check"]) == 0
    assert capsys.readouterr().out == ""


def test_whoever_stands_in_the_workspace_need_not_go_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["init", "."]) == 0
    assert capsys.readouterr().err == "next:\n  reportgen check\n  reportgen build\n"


def test_a_folder_that_is_taken_is_a_problem_with_its_way_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine").write_text("mine", encoding="utf-8")
    assert run(["init", str(tmp_path)]) == 1
    said = capsys.readouterr().out
    assert "error[folder-not-empty]" in said
    assert "name a folder that does not exist yet" in said


def test_the_workspace_may_be_named_by_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    house = tmp_path / "house"
    assert run(["init", str(house)]) == 0
    monkeypatch.chdir(tmp_path)
    assert run(["check"]) == 2
    monkeypatch.setenv("REPORTGEN_WORKSPACE", str(house))
    capsys.readouterr()
    assert run(["check"]) == 0
    assert "2 cases and 11 letters" in capsys.readouterr().err
