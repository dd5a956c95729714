"""`reportgen deadlines`, `complete` and `directory`: what whoever owes reports reads."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from icalendar import Calendar

from reportgen.cli.main import run
from reportgen.jobs.workspaces.starting import start

if TYPE_CHECKING:
    from pathlib import Path

AT = "2026-03-20T09:00-07:00"


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "house"
    workspace, problems = start(root)
    assert workspace is not None, problems
    monkeypatch.chdir(root)
    return root


@pytest.mark.usefixtures("house")
def test_what_is_late_comes_first_in_the_time_zone_of_the_authority(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["deadlines", "example-2026", "--at", AT]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["Due", "Left", "Report", "State"]
    assert lines[2].startswith("2026-03-19 13:20 EDT")
    assert "late by 22 h 40 min" in lines[2]
    assert any("2026-03-31 23:59 PDT" in line and "SB 53: report" in line for line in lines)
    assert any("assessed, not required (by [Counsel]" in line for line in lines)
    assert any(line.startswith("Nobody has held against the law:") for line in lines)


@pytest.mark.usefixtures("house")
def test_programs_get_the_words_of_the_law_and_who_started_the_clock(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["deadlines", "--at", AT, "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    (report,) = (
        each for each in told["deadlines"] if each["regime"] == "us-ca-sb53" and each["due"]
    )
    assert report["due"] == "2026-03-31T23:59:59-07:00"
    assert report["words"] == "within 15 days of discovering the critical safety incident"
    assert report["started_by"] == "[Counsel]"
    assert report["verified"] is False
    assert told["problems"] == []


def test_a_calendar_is_written_that_a_calendar_reads(house: Path) -> None:
    assert run(["deadlines", "--at", AT, "--ics", "due.ics"]) == 0
    first = (house / "due.ics").read_bytes()
    events = Calendar.from_ical(first).walk("VEVENT")
    assert len(events) >= 6
    assert len({str(each["UID"]) for each in events}) == len(events)
    assert run(["deadlines", "--at", AT, "--ics", "due.ics"]) == 0
    assert (house / "due.ics").read_bytes() == first


def test_a_case_with_a_mistake_hides_no_deadline_of_another(
    house: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (house / "cases/example-2026/case.yaml").read_text(encoding="utf-8")
    other = house / "cases/other-2026"
    other.mkdir()
    broken = text.replace("id: example-2026", "id: other-2026")
    broken = broken.replace("      discovered:\n", "      discoverd:\n", 1)
    (other / "case.yaml").write_text(broken, encoding="utf-8")
    assert run(["deadlines", "--at", AT]) == 1
    told = capsys.readouterr().out
    assert "SB 53: report" in told
    assert "cases/other-2026/case.yaml" in told


@pytest.mark.usefixtures("house")
def test_a_time_that_is_none_and_a_case_that_is_not_there_are_wrong_use(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["deadlines", "--at", "yesterday"]) == 2
    assert run(["deadlines", "exmple-2026"]) == 2
    assert "did you mean `example-2026`?" in capsys.readouterr().err


def test_what_a_report_lacks_is_asked_for(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["complete", "example-2026", "--regime", "us-ca-sb53"]) == 0
    assert "4 of 4 elements answered" in capsys.readouterr().out
    case = house / "cases/example-2026/case.yaml"
    text = case.read_text(encoding="utf-8")
    case.write_text(text.replace("  internal_use:\n", "  other_use:\n"), encoding="utf-8")
    assert run(["complete", "example-2026", "--regime", "us-ca-sb53"]) == 1
    told = capsys.readouterr().out
    assert "3 of 4 elements answered" in told
    assert "Was the incident associated with internal use of a frontier model?" in told
    assert run(["complete", "example-2026", "--regime", "eu-dora"]) == 2


@pytest.mark.usefixtures("house")
def test_the_directory_is_looked_up_by_id_by_words_by_role_and_by_day(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["directory", "us-senate-banking.chair", "--at", "2024-05-01"]) == 0
    assert "The Honorable Sherrod Brown" in capsys.readouterr().out
    assert run(["directory", "us-senate-banking", "--at", "2026-05-01", "--role", "chair"]) == 0
    told = capsys.readouterr().out
    assert "The Honorable Tim Scott" in told
    assert "not verified" in told
    assert run(["directory", "export controls", "--format", "json"]) == 0
    offices = {each["id"] for each in json.loads(capsys.readouterr().out)["offices"]}
    assert {"us-senate-banking.chair", "us-house-foreign-affairs.chair"} <= offices
    assert run(["directory", "nobody at all"]) == 1
