"""`reportgen new` writes what checks and builds, but for what is still to be filled in."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from reportgen.cli.main import run
from reportgen.jobs.building import drafting
from reportgen.jobs.building.ordering import Order
from reportgen.jobs.workspaces import founding, letters
from reportgen.jobs.workspaces.checking import Checked, check
from reportgen.jobs.workspaces.letters import Wanted, families
from reportgen.jobs.workspaces.starting import start
from reportgen.problems.model import Severity
from reportgen.regimes import loading
from reportgen.workspace import Workspace, shipped_templates

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2026, 11, 24)
ALL = families(Workspace(shipped_templates().parent))
OPEN = {"placeholder-left", "required-fact-missing", "question-unanswered"}
"""What may be open in what is new."""


@pytest.fixture
def house(tmp_path: Path) -> Workspace:
    workspace, problems = start(tmp_path / "house")
    assert workspace is not None, problems
    return workspace


def contents(house: Workspace) -> dict[str, bytes]:
    return {
        str(path.relative_to(house.root)): path.read_bytes()
        for path in house.root.rglob("*")
        if path.is_file()
    }


def wanted(house: Workspace, family: str, case: str = "example-2026") -> Wanted:
    kind, problems = letters.family_of(house, family)
    assert kind is not None, problems
    to = ("example-committee.chair",) if kind.max_addressees else ()
    return Wanted(case, family, to, "example-models", DAY)


def codes(house: Workspace, path: Path) -> set[str]:
    checked = check([path], house.root)
    assert isinstance(checked, Checked)
    return {each.code for each in checked.problems}


@pytest.mark.parametrize("title", [None, 'A "title": with {signs} # and ${more}'])
def test_a_new_case_checks_but_for_what_is_in_brackets(house: Workspace, title: str | None) -> None:
    paths, problems = founding.case(house, "new-2026", title, "data-breach")
    assert problems == ()
    assert paths == (house.cases / "new-2026/case.yaml",)
    assert codes(house, house.cases / "new-2026") == {"placeholder-left"}


@pytest.mark.parametrize("family", ALL)
def test_a_new_letter_of_a_new_case_builds_and_says_what_is_to_be_stated(
    house: Workspace, family: str
) -> None:
    founding.case(house, "new-2026", "A case", "other")
    (path,), problems = letters.begin(house, "first", wanted(house, family, "new-2026"))
    assert problems == ()
    assert codes(house, path) == set()
    (built,) = drafting.build(Order(house, house.output, ("txt",)), [path])
    assert built.artifacts, built.problems
    assert {each.code for each in built.problems} <= OPEN
    assert all(each.severity is Severity.WARNING for each in built.problems)
    kind, _ = letters.family_of(house, family)
    assert kind is not None
    for name in kind.requires:
        assert f"# - {name} (TO BE STATED)" in path.read_text()


@pytest.mark.parametrize("family", ALL)
def test_a_new_letter_of_a_complete_case_is_all_but_complete(house: Workspace, family: str) -> None:
    (path,), _ = letters.begin(house, "first", wanted(house, family))
    (built,) = drafting.build(Order(house, house.output, ("txt",)), [path])
    assert built.artifacts, built.problems
    told = {each.message for each in built.problems if each.code == "required-fact-missing"}
    # The days of a clock want the law that the letter is sent under.
    events = ("aware", "resolved", "materiality_determined")
    assert all(any(f"`{name}`" in message for name in events) for message in told)


def test_a_new_reporting_law_is_read_and_says_that_nobody_verified_it(house: Workspace) -> None:
    (path,), problems = founding.regime(house, "xx-law", "Law: of X", None, DAY)
    assert problems == ()
    regimes, problems = loading.load(house, ["xx-law"])
    assert problems == ()
    assert regimes["xx-law"].verified is None
    assert "[How it is cited]" in path.read_text()


def test_a_new_family_has_a_letter_that_builds(house: Workspace) -> None:
    paths, problems = founding.family(house, "our-notice", "Our notice")
    assert problems == ()
    assert len(paths) == 5
    (path,), problems = letters.begin(house, "first", wanted(house, "our-notice"))
    (built,) = drafting.build(Order(house, house.output, ("txt",)), [path])
    assert built.artifacts, built.problems
    assert {each.code for each in built.problems} == {"placeholder-left"}


def test_nothing_that_is_there_is_overwritten(house: Workspace) -> None:
    before = contents(house)
    attempts = (
        founding.case(house, "example-2026", None, "other"),
        letters.begin(house, "committee", wanted(house, "committee")),
        founding.regime(house, "us-ca-sb53", None, None, DAY),
        founding.family(house, "committee", None),
        founding.family(house, "shared", None),
    )
    for paths, problems in attempts:
        assert paths == ()
        assert [each.code for each in problems] == ["already-there"]
    assert contents(house) == before


@pytest.mark.parametrize("name", ["Bad Name", "../outside", "", "a/b", "x" * 81, ".hidden", "é"])
def test_a_name_that_nothing_can_have_is_refused_and_nothing_written(
    house: Workspace, name: str
) -> None:
    before = contents(house)
    for paths, problems in (
        founding.case(house, name, None, "other"),
        letters.begin(house, name, wanted(house, "committee")),
        founding.regime(house, name, None, None, DAY),
        founding.family(house, name, None),
    ):
        assert paths == ()
        assert next(each.code for each in problems) in {"name-unusable", "already-there"}
    assert contents(house) == before


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to root")
def test_a_folder_that_cannot_be_written_leaves_nothing_behind(house: Workspace) -> None:
    house.cases.chmod(0o500)
    before = contents(house)
    paths, problems = founding.case(house, "new-2026", None, "other")
    house.cases.chmod(0o700)
    assert paths == ()
    assert [each.code for each in problems] == ["cannot-write"]
    assert contents(house) == before


def test_a_letter_of_what_is_not_there_is_a_problem_with_the_nearest_name(
    house: Workspace,
) -> None:
    _, problems = letters.family_of(house, "comittee")
    assert [(each.code, each.help) for each in problems] == [
        ("unknown-family", "did you mean `committee`?")
    ]
    gone = Wanted("example-2062", "committee", (), "example-models", DAY)
    _, problems = letters.begin(house, "first", gone)
    assert [each.code for each in problems] == ["unknown-case"]


def test_a_letter_to_nobody_and_under_no_law_is_not_written_and_each_is_told_at_its_option(
    house: Workspace,
) -> None:
    before = contents(house)
    wrong = Wanted(
        "example-2026", "gdpr-notification", ("example-comittee.chair", "example-member.x"),
        "example-model", DAY, regime="eu-gdpr-34",
    )  # fmt: skip
    paths, problems = letters.begin(house, "first", wrong)
    assert paths == ()
    assert [(each.code, each.place.document) for each in problems] == [
        ("unknown-organization", "--organization"),
        ("unknown-recipient", "--to"),
        ("unknown-recipient", "--to"),
        ("unknown-regime", "--regime"),
    ]
    assert all(each.help for each in problems)
    bent = replace(wrong, to=("a]\nx: [b",), regime=None)
    assert [each.place.document for each in letters.begin(house, "first", bent)[1]] == ["--to"]
    assert contents(house) == before


def test_a_new_letter_names_the_law_that_its_case_is_reported_under(house: Workspace) -> None:
    (path,), _ = letters.begin(house, "first", wanted(house, "eu-incident-final"))
    assert "# regime: eu-gpai-code\n# stage: final\n" in path.read_text(), "the case has two"
    (path,), _ = letters.begin(house, "second", wanted(house, "state-notice"))
    assert "\nregime: us-ca-sb53\nstage: report\n" in path.read_text()
    assert codes(house, path) == set()
    law = replace(wanted(house, "eu-incident-initial"), regime="eu-gpai-code")
    (path,), _ = letters.begin(house, "third", law)
    assert "\nregime: eu-gpai-code\nstage: initial   # or intermediate\n" in path.read_text()
    assert codes(house, path) == set()


# --- the command ----------------------------------------------------------------------------------


def test_the_command_says_what_it_wrote_and_what_comes_next(
    house: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(house.root)
    assert run(["new", "case", "new-2026", "--title", "A case"]) == 0
    said = capsys.readouterr()
    assert said.out == "cases/new-2026/case.yaml\n"
    assert said.err == "next:\n  reportgen check cases/new-2026\n"
    order = ["--family", "member", "--to", "example-member.member", "--date", "2026-11-24"]
    assert run(["new", "letter", "new-2026/first", *order]) == 0
    said = capsys.readouterr()
    assert said.out == "cases/new-2026/letters/first.yaml\n"
    assert "date: 2026-11-24\n" in (house.cases / "new-2026/letters/first.yaml").read_text()
    assert run(["check"]) == 0


def test_without_a_terminal_what_is_not_said_is_wrong_use(
    house: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(house.root)
    assert run(["new", "letter", "first"]) == 2
    assert "say --case; there are `example-2025` and `example-2026`" in capsys.readouterr().err
    letter = ["new", "letter", "example-2026/first"]
    assert run(letter) == 2
    assert "say --family" in capsys.readouterr().err
    assert run([*letter, "--family", "member"]) == 2
    assert "say --to OFFICE" in capsys.readouterr().err


def test_on_a_terminal_the_few_questions_are_asked(
    house: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(house.root)
    ours, theirs = os.openpty()
    with os.fdopen(theirs) as terminal:
        os.write(ours, b"Leak: of keys\ndata-breach\n")
        monkeypatch.setattr("sys.stdin", terminal)
        assert run(["new", "case", "new-2026"]) == 0
    os.close(ours)
    text = (house.cases / "new-2026/case.yaml").read_text()
    assert 'title: "Leak: of keys"' in text
    assert "kind: data-breach" in text
