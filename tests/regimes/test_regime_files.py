"""The files of regimes: those that are shipped hold together, and a broken one says how."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from reportgen.cases.loading import load
from reportgen.files import modelling, yaml
from reportgen.letters.model import Family
from reportgen.regimes import loading
from reportgen.regimes.answering import answers
from reportgen.regimes.model import Reading
from reportgen.workspace import shipped_templates
from tests.regimes.laws import assessment, shipped

if TYPE_CHECKING:
    from pathlib import Path

SB53 = shipped_templates() / "regimes" / "us-ca-sb53.yaml"
PATH = re.compile(
    r"facts\.[a-z][a-z0-9_]*|dates\.(occurred|detected|disclosed)|clocks\.[a-z-]+"
    r"|summary|title|kind|affected|actors|targets|techniques|responses"
)


def test_every_row_of_the_list_of_reporting_laws_has_a_file() -> None:
    assert set(shipped()) == {
        "eu-ai-act-73", "eu-dora", "eu-gdpr-33", "eu-gpai-code", "eu-nis2", "us-ca-breach",
        "us-ca-sb53", "us-circia", "us-ear-vsd", "us-ftc-safeguards", "us-hipaa", "us-ny-dfs",
        "us-ny-raise", "us-ofac-vsd", "us-sec-8k",
    }  # fmt: skip


@pytest.mark.parametrize("name", sorted(shipped()))
def test_a_shipped_regime_claims_no_more_than_was_read(name: str) -> None:
    regime = shipped()[name]
    assert regime.verified is None, "nobody has held a shipped file against the law itself"
    laws = [regime.trigger, regime.counting]
    laws += [bound for stage in regime.stages.values() for bound in stage.bounds]
    for law in laws:
        assert law.citation
        assert law.source or law.read is not Reading.TEXT, "what was read was read somewhere"


def test_the_laws_that_a_shipped_family_is_a_form_for_have_the_reports_that_it_names() -> None:
    forms = set()
    for path in (shipped_templates() / "letters").glob("*/family.yaml"):
        document, _ = yaml.load(path)
        assert document is not None
        family, _ = modelling.build(Family, document)
        assert family is not None
        forms |= {(name, stage) for name, stages in family.regimes.items() for stage in stages}
    assert len(forms) >= 10
    assert forms <= {(name, stage) for name, regime in shipped().items() for stage in regime.stages}


@pytest.mark.parametrize("name", sorted(shipped()))
def test_the_recipient_and_the_paths_of_a_shipped_regime_lead_somewhere(name: str) -> None:
    regime = shipped()[name]
    assert regime.recipient is not None
    recipient, _, office = regime.recipient.partition(".")
    text = (shipped_templates() / "directory" / f"{recipient}.yaml").read_text(encoding="utf-8")
    assert f"\n  {office}:\n" in text
    for element in regime.elements.values():
        assert element.paths
        assert [path for path in element.paths if not PATH.fullmatch(path)] == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("period: 15 days", "period: a fortnight", "period-unreadable"),
        ("        starts: discovered\n", "", "bound-start"),
        ("        starts: discovered\n", "        after: first\n", "unknown-stage"),
        ("starts: discovered", "starts: discovered\n        limb: death", "unknown-limb"),
        ("holidays: [US, US-CA]", "holidays: [US, ZZ]", "unknown-calendar"),
        ("zone: America/Los_Angeles", "zone: America/Los_Angel", "unknown-zone"),
    ],
)
def test_a_broken_regime_is_a_problem_and_no_regime(
    tmp_path: Path, old: str, new: str, code: str
) -> None:
    text = SB53.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "broken.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    regime, problems = loading.read(path)
    assert regime is None
    assert [problem.code for problem in problems] == [code]


def test_an_element_is_answered_by_the_words_of_the_case() -> None:
    case, _ = load(shipped_templates() / "starter/cases/example-2026")
    assert case is not None
    regime = shipped()["us-ca-sb53"]
    said = {each.name: each for each in answers(case, case.regimes["us-ca-sb53"], regime)}
    assert said["date"].words == "February 2 to March 13, 2026"
    assert said["statement"].words == case.summary
    assert not any(each.missing for each in said.values())
    bare = case.model_copy(update={"facts": {}})
    missing = [each.name for each in answers(bare, assessment({}), regime) if each.missing]
    assert missing == ["reasons", "internal-use"]


def test_a_case_may_lead_an_element_to_a_fact_of_another_name() -> None:
    case, _ = load(shipped_templates() / "starter/cases/example-2026")
    assert case is not None
    said = assessment({}, answers={"reasons": "facts.harm"})
    found = {each.name: each for each in answers(case, said, shipped()["us-ca-sb53"])}
    assert found["reasons"].path == "facts.harm"
