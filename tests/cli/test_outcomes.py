"""Commands that do something in the archive tell programs what they did, as one JSON object."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from reportgen.archive.layout import Archive
from reportgen.cli.main import commands
from reportgen.jobs.workspaces.starting import start
from tests.archive.sealed import BY, put, record_of

if TYPE_CHECKING:
    from pathlib import Path

RECORD = "2026-06-10-example-2026-committee"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with a small record in its archive."""
    monkeypatch.setenv("REPORTGEN_IDENTITY", BY)
    workspace, problems = start(tmp_path / "house")
    assert workspace is not None, problems
    put(Archive(workspace.archive), record_of())
    return workspace.root


def told(root: Path, *arguments: str, code: int = 0) -> dict[str, Any]:
    """Call a command for programs; return what it said on stdout, and nothing else stood there."""
    done = CliRunner().invoke(commands, [*arguments, "--format", "json", "-C", str(root)])
    assert done.exit_code == code, done.output
    said: dict[str, Any] = json.loads(done.stdout)
    assert isinstance(said["problems"], list)
    return said


def test_what_came_later_is_told_with_its_line(root: Path, tmp_path: Path) -> None:
    slip = tmp_path / "slip.txt"
    slip.write_text("Delivered.\n")
    said = told(root, "receipt", RECORD, str(slip), "--at", "2026-06-11T09:30-04:00")
    assert (said["done"], said["record"], said["event"], said["line"]) == (
        True,
        RECORD,
        "delivered",
        2,
    )
    assert said["details"]["name"] == "slip.txt"
    asked = told(root, "question", RECORD, "How many?", "--from", "Staff")
    assert asked["question"].startswith("q-")
    assert told(root, "archive", "hold", RECORD, "--matter", "A v. B")["event"] == "held"
    assert told(root, "archive", "release", RECORD)["event"] == "released"
    assert told(root, "archive", "close", RECORD, "--on", "2026-07-01")["line"] == 6
    assert told(root, "archive", "withdraw", RECORD, "--reason", "wrong office")["line"] == 7
    head = told(root, "archive", "head")
    assert head["head"].startswith("7-")
    assert head["lines"] == 7


def test_what_stands_in_the_way_is_told_with_its_code(root: Path) -> None:
    for arguments in (
        ("archive", "hold", "2020-01-01-none", "--matter", "A v. B"),
        ("archive", "certificate", "2020-01-01-none"),
        ("archive", "export", "2020-01-01-none", "--to", str(root / "x.zip")),
        ("correct", "2020-01-01-none"),
    ):
        said = told(root, *arguments, code=1)
        assert said["done"] is False
        assert [each["code"] for each in said["problems"]] == ["unknown-record"]
    letter = told(root, "submit", "example-2026/committee", "--via", "mail", code=1)
    assert letter["done"] is False
    assert [each["code"] for each in letter["problems"]] == ["final-missing"]
    key = ("--sign", str(root / "none.p12"))
    signed = told(root, "submit", "example-2026/committee", "--via", "mail", *key, code=1)
    assert signed["done"] is False
    assert [each["code"] for each in signed["problems"]] == ["file-missing"]
    disposed = told(root, "archive", "dispose", RECORD, code=1)
    assert {each["code"] for each in disposed["problems"]} == {"not-due"}


def test_a_record_that_is_not_as_the_ledger_says_fails_a_catalog_made_again(root: Path) -> None:
    whole = told(root, "archive", "reindex")
    assert (whole["records"], whole["altered"]) == (1, [])
    (root / f"output/archive/records/{RECORD}/data/record.json").unlink()
    assert told(root, "archive", "reindex", code=1)["altered"] == [RECORD]
