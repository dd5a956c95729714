"""The commands of whoever checks and approves: what they print, and how they end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportgen.cli.main import run

if TYPE_CHECKING:
    from pathlib import Path

LETTER = "example-2026/committee"


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("REPORTGEN_IDENTITY", "Ada Example <ada@example.com>")
    monkeypatch.delenv("REPORTGEN_SIGNING_KEY", raising=False)
    assert run(["init", str(tmp_path / "house")]) == 0
    monkeypatch.chdir(tmp_path / "house")
    return tmp_path / "house"


def test_what_is_said_is_printed_as_its_id_and_shows_in_the_status(
    house: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert run(["comment", LETTER, "Who counted?", "--on", "1"]) == 0
    said = capsys.readouterr()
    assert said.err == "comment by Ada Example <ada@example.com>, unsigned\n"
    identity = said.out.strip()
    assert run(["verdict", LETTER, "1", "ok", "--note", "Looked it up."]) == 0
    assert run(["approve", LETTER, "--role", "counsel"]) == 0
    capsys.readouterr()
    run(["status", LETTER])
    out = capsys.readouterr().out
    assert "checked    by Ada Example <ada@example.com> (unsigned)" in out
    assert "counsel  given  Ada Example <ada@example.com>" in out
    assert f"{identity}  comment on sentence 1" in out
    assert run(["resolve", LETTER, identity[:5], "The vendor."]) == 0
    capsys.readouterr()
    run(["status", LETTER])
    assert "Open" not in capsys.readouterr().out
    assert (
        len((house / "cases/example-2026/letters/committee.review.jsonl").read_text().split("\n"))
        == 5
    )


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["verdict", LETTER, "999", "ok"], 1),
        (["verdict", LETTER, "1", "maybe"], 2),
        (["resolve", LETTER, "0000"], 1),
        (["approve", LETTER], 2),
        (["status", "no-such/letter"], 1),
        (["build", LETTER, "--waive", "comment-open"], 2),
        (["build", LETTER, "--final", "--waive", "comment-open", "--reason", " "], 2),
    ],
)
@pytest.mark.usefixtures("house")
def test_what_cannot_be_done_ends_with_its_code(arguments: list[str], code: int) -> None:
    assert run(arguments) == code


@pytest.mark.usefixtures("house")
def test_nobody_speaks_without_a_name(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("REPORTGEN_IDENTITY", "Ada")
    assert run(["comment", LETTER, "Who counted?"]) == 2
    assert "REPORTGEN_IDENTITY is `Ada`" in capsys.readouterr().err
