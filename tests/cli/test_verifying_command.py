"""`reportgen verify`: what it prints, and what it returns."""

from __future__ import annotations

import json
import os
import pty
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from reportgen.cli.main import run
from reportgen.cli.verifying import progress
from tests.records import museum

if TYPE_CHECKING:
    from pathlib import Path

RECORD = "2026-06-10-example-2026-committee"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return museum.unpacked(museum.releases()[-1], tmp_path / "archive").root


def test_what_holds_returns_0_and_what_does_not_1(
    archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["verify", "--archive", str(archive), "--no-render"]
    assert run(command) == 0
    assert "Everything that was asked holds: 1 record." in capsys.readouterr().out
    (archive / f"records/{RECORD}/data/record.json").unlink()
    assert run([*command, RECORD, "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out)["holds"] is False


def test_a_head_that_was_written_down_is_held_against_the_ledger(
    archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["verify", "--archive", str(archive), "--no-render", "--head"]
    assert run([*command, "2-aaaaaaaaaaaaaaaaaaaaaaaaaa"]) == 1
    assert "or the head is not of this ledger" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ((RECORD, "--all"), "name records, or give --all"),
        (("--head", "twelve"), "'twelve' is no head of a ledger"),
        (("2026-06-10-example-2026-comittee",), f"did you mean `{RECORD}`?"),
    ],
)
def test_wrong_use_is_told(
    archive: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    reason: str,
) -> None:
    assert run(["verify", "--archive", str(archive), *arguments]) == 2
    assert reason in capsys.readouterr().err


def said_on(leader: int) -> str:
    """Return all that was written to a terminal that is closed, and close its other side."""
    said = bytearray()
    with suppress(OSError), os.fdopen(leader, "rb", buffering=0) as screen:
        while some := screen.read(1024):  # an OSError is how Linux tells the end
            said += some
    return said.decode()


def test_a_terminal_is_shown_how_far_it_is_once_it_takes_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    leader, follower = pty.openpty()
    with os.fdopen(follower, "w") as terminal:
        monkeypatch.setattr("sys.stderr", terminal)
        with progress(patience=0) as told:
            for done in range(1, 5):
                told(done, 4)
        with progress(patience=60) as told:
            told(1, 4)
    shown = said_on(leader)
    assert shown.startswith("\r") or "verifying" in shown
    assert "4/4" in shown
    assert shown.count("\n") == 1
