"""The letters of a case together: none says a fact otherwise, each says what its law requires."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from reportgen.jobs.building import sets
from reportgen.jobs.building.sets import LetterSet
from reportgen.jobs.workspaces.checking import check
from reportgen.problems.model import Refusal
from reportgen.workspace import Workspace

ROOT = Path(__file__).parents[2]
CASE = "example-2026"


@pytest.fixture
def house(tmp_path: Path) -> Workspace:
    shutil.copytree(ROOT / "templates" / "starter", tmp_path, dirs_exist_ok=True)
    return Workspace(tmp_path)


def of(house: Workspace) -> LetterSet:
    found = sets.of_case(house, CASE)
    assert isinstance(found, LetterSet)
    return found


def change(house: Workspace, name: str, old: str, new: str) -> None:
    path = house.cases / CASE / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_invented_case_yields_a_set_of_which_no_letter_contradicts_another(
    house: Workspace,
) -> None:
    found = of(house)
    assert len(found.letters) >= 8
    assert found.problems == ()


def test_a_fact_said_with_another_hedge_in_one_letter_is_told_with_the_other(
    house: Workspace,
) -> None:
    own = house.cases / CASE / "letters" / "member.md"
    own.write_text(
        "## closing\n\nThe accounts were {{ incident.accounts | between }}.\n", encoding="utf-8"
    )
    told = [each for each in of(house).problems if each.code == "set-disagrees"]
    assert [Path(each.place.document).name for each in told] == ["member.md"]
    assert "between" in told[0].message
    assert told[0].related[0].place.document.endswith(".yaml")


def test_a_letter_whose_case_does_not_say_what_its_law_requires_is_told_with_the_question(
    house: Workspace,
) -> None:
    law = (ROOT / "templates" / "regimes" / "eu-gdpr-33.yaml").read_text(encoding="utf-8")
    assert "facts.consequences" in law
    own = house.templates / "regimes"
    own.mkdir(exist_ok=True)
    stricter = law.replace("facts.consequences", "facts.consequences_by_member_state")
    (own / "eu-gdpr-33.yaml").write_text(stricter, encoding="utf-8")
    (told,) = of(house).problems
    assert told.code == "element-missing"
    assert "Likely consequences" in told.message
    assert told.place.document.endswith("gdpr.yaml")


def test_a_regime_that_the_case_does_not_assess_is_told(house: Workspace) -> None:
    change(house, "letters/gdpr.yaml", "regime: eu-gdpr-33", "regime: nowhere-1")
    change(house, "letters/gdpr.yaml", "stage: notification\n", "")
    assert "unknown-regime" in {each.code for each in of(house).problems}


def test_check_tells_of_a_law_and_a_report_that_a_letter_names_wrongly(house: Workspace) -> None:
    change(house, "letters/gdpr.yaml", "regime: eu-gdpr-33", "regime: eu-gdpr-34")
    change(house, "letters/circia.yaml", "stage: incident", "stage: insident")
    change(house, "letters/eu-final.yaml", "stage: final", "stage: initial")
    found = check([], house.root)
    assert not isinstance(found, Refusal)
    told = {
        (Path(each.place.document).name, each.code, each.place.route) for each in found.problems
    }
    assert told == {
        ("gdpr.yaml", "unknown-regime", ("regime",)),
        ("gdpr.yaml", "regime-not-of-family", ("regime",)),
        ("circia.yaml", "unknown-stage", ("stage",)),
        ("circia.yaml", "regime-not-of-family", ("stage",)),
        ("eu-final.yaml", "regime-not-of-family", ("stage",)),
    }
    assert all(each.help for each in found.problems)


def test_a_letter_that_cannot_be_composed_stops_the_set(house: Workspace) -> None:
    change(house, "letters/gdpr.yaml", "family: gdpr-notification", "family: none")
    assert [each.code for each in of(house).problems] == ["unknown-family"]


def test_a_case_without_letters_is_refused(house: Workspace) -> None:
    refused = sets.of_case(house, "example-2062")
    assert isinstance(refused, Refusal)
    assert refused.help is not None
    assert CASE in refused.help
