"""`reportgen stats`: tables to read, and values for programs."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

from reportgen.cli.main import run

if TYPE_CHECKING:
    from pathlib import Path

CASE = """
id: {id}
title: "{title}"
kind: misuse
status: alleged
summary: Somebody is said to have done something.
dates:
  occurred: {{ from: 2026-04-01, to: 2026-04-30 }}
  source: press
affected:
  - name: A company
facts:
  requests: {{ quantity: "{requests}", counts: requests, source: press }}
  accounts: {{ quantity: 20, counts: accounts, counting: distinct, source: press }}
sources:
  press: {{ title: A report, publisher: A paper, kind: article, published: 2026-06-01 }}
"""


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with two cases."""
    (tmp_path / "templates").mkdir()
    for id_, title, requests in (
        ("one-2026", "=cmd|' /C calc'!A0", "more than 3 million"),
        ("two-2026", "Two", "450"),
    ):
        folder = tmp_path / "cases" / id_
        folder.mkdir(parents=True)
        text = CASE.format(id=id_, title=title, requests=requests)
        (folder / "case.yaml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("house")
def test_facts_stand_as_stated_with_what_they_come_to(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["stats"]) == 0
    assert capsys.readouterr().out == (
        "Fact               Stated               Counted   Window               Days  A day\n"
        "-----------------  -------------------  --------  -------------------  ----  "
        "-----------------\n"
        "one-2026.requests  more than 3 million  requests  April 1 to 30, 2026    30  "
        "more than 100,000\n"
        "one-2026.accounts  20                   accounts  April 1 to 30, 2026    30\n"
        "two-2026.requests  450                  requests  April 1 to 30, 2026    30  15\n"
        "two-2026.accounts  20                   accounts  April 1 to 30, 2026    30\n"
        "\n"
        "requests together: more than 3 million\n"
        "accounts, not added (sum-of-distinct): accounts of `one-2026.accounts` and "
        "`two-2026.accounts` cannot be added: they are counted as members of a set, and one may "
        "be in several\n"
    )


@pytest.mark.usefixtures("house")
def test_groups_show_totals_or_the_reason_why_there_is_none(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["stats", "--by", "kind"]) == 0
    said = capsys.readouterr().out
    assert "more than 3 million" in said
    assert "not added [1]" in said
    assert "\n[1] accounts of `one-2026.accounts`" in said


@pytest.mark.usefixtures("house")
def test_only_the_cases_that_are_named_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["stats", "two-2026", "--format", "json"]) == 0
    content = json.loads(capsys.readouterr().out)
    assert content["by"] is None
    assert [fact["fact"] for fact in content["facts"]] == ["two-2026.requests", "two-2026.accounts"]
    assert content["facts"][0]["low"] == 450


@pytest.mark.usefixtures("house")
def test_a_spreadsheet_gets_exact_values_and_no_formula(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["stats", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert len(rows) == 4
    assert rows[0]["title"] == "'=cmd|' /C calc'!A0"
    assert (rows[0]["low"], rows[0]["exact"]) == ("3000000", "3000000<..<4000000~")


@pytest.mark.usefixtures("house")
def test_an_unknown_case_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["stats", "tow-2026"]) == 2
    assert "did you mean `two-2026`?" in capsys.readouterr().err


def test_nothing_is_counted_while_a_case_has_an_error(
    house: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = house / "cases/two-2026/case.yaml"
    path.write_text(path.read_text().replace("source: press }", "source: nobody }"))
    assert run(["stats"]) == 1
    said = capsys.readouterr().out
    assert "error[unknown-source]" in said
    assert "together" not in said


def test_a_workspace_without_facts_says_so(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in house.glob("cases/*/case.yaml"):
        path.unlink()
        path.parent.rmdir()
    assert run(["stats"]) == 0
    assert capsys.readouterr().out == "no case states a quantity\n"
    assert run(["stats", "--format", "csv"]) == 0
    assert capsys.readouterr().out.startswith("case,title,")
