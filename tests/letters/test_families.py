"""Each family of letters: complete in its form, in the fictional letter that the starter has of it.

The files in families/ are the words of each letter and its assertions, compared whole. When one was
changed on purpose, renew them and read the difference before committing it:

    RENEW=1 .venv/bin/pytest tests/letters/test_families.py
"""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest
import yaml

from reportgen.jobs.building import drafting
from reportgen.jobs.building.ordering import Order
from reportgen.jobs.drafts.composing import composition
from reportgen.jobs.review import linting
from reportgen.jobs.workspaces.letters import families
from reportgen.jobs.workspaces.starting import start
from reportgen.problems.model import Severity
from tests.letters.specimens import ROOT, changed
from tests.letters.test_specimen_letters import as_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportgen.jobs.drafts.composing import Composition
    from reportgen.problems.model import Problem
    from reportgen.workspace import Workspace
    from tests.verapdf.referee import Verdict

KEPT = Path(__file__).parent / "families"
CASE = "example-2026"
STARTER = ROOT / "templates/starter/cases" / CASE / "letters"
LETTERS = sorted(path.stem for path in STARTER.glob("*.yaml"))
FAMILIES = {name: str(yaml.safe_load((STARTER / f"{name}.yaml").read_text())["family"])
            for name in LETTERS}  # fmt: skip


@pytest.fixture
def house(tmp_path: Path) -> Workspace:
    workspace, problems = start(tmp_path / "house")
    assert workspace is not None, problems
    return workspace


def path_of(house: Workspace, letter: str) -> Path:
    return house.cases / CASE / "letters" / f"{letter}.yaml"


def composed(house: Workspace, letter: str) -> tuple[Composition, tuple[Problem, ...]]:
    found, problems = composition(house, path_of(house, letter))
    assert found is not None, problems
    return found, problems


def test_the_starter_has_a_letter_of_each_family(house: Workspace) -> None:
    assert len(families(house)) > 10
    # A correction corrects a letter that was sent; the archive has none of a new workspace.
    assert set(FAMILIES.values()) == set(families(house)) - {"correction"}


@pytest.mark.parametrize("letter", LETTERS)
def test_a_letter_reads_as_it_was_last_read(house: Workspace, letter: str) -> None:
    found, _ = composed(house, letter)
    path = KEPT / f"{letter}.txt"
    if os.environ.get("RENEW"):
        path.write_text(as_text(found.draft))
    assert path.read_text() == as_text(found.draft)


@pytest.mark.parametrize("letter", LETTERS)
def test_nothing_is_open_but_who_signs_and_the_lint_objects_to_nothing(
    house: Workspace, letter: str
) -> None:
    found, problems = composed(house, letter)
    assert {each.code for each in problems} <= {"placeholder-left"}
    assert linting.findings(found, (), house) == ()
    assert not found.draft.unbound


@pytest.mark.parametrize("letter", LETTERS)
def test_every_page_of_a_letter_is_marked_as_a_specimen(house: Workspace, letter: str) -> None:
    text = path_of(house, letter).read_text()
    path_of(house, letter).write_text(text.replace("[Signatory]", "S").replace("[Title]", "T"))
    order = Order(house, house.output, ("pdf",), final=True)
    (built,) = drafting.build(order, [path_of(house, letter)])
    assert built.artifacts, built.problems
    pages = list(pypdfium2.PdfDocument(built.folder / built.artifacts[0]))
    assert pages
    for page in pages:
        assert "SPECIMEN" in page.get_textpage().get_text_range().upper()


@pytest.mark.slow
@pytest.mark.parametrize("profile", ["2a", "ua1"])
@pytest.mark.parametrize("letter", ["answers", "eu-final", "form-8-k", "transparency"])
def test_the_referee_of_pdf_finds_nothing_in_the_new_forms(
    house: Workspace, verapdf: Callable[[Path, str], Verdict], letter: str, profile: str
) -> None:
    (built,) = drafting.build(Order(house, house.output, ("pdf",)), [path_of(house, letter)])
    verdict = verapdf(built.folder / "letter.pdf", profile)
    assert verdict.failures == ()
    assert verdict.rules > 100


@pytest.mark.slow
@pytest.mark.parametrize("letter", ["answers", "form-8-k", "transparency"])
def test_a_word_processor_opens_the_new_forms(house: Workspace, letter: str) -> None:
    (built,) = drafting.build(Order(house, house.output, ("docx",)), [path_of(house, letter)])
    profile = f"-env:UserInstallation=file://{house.root}/office"
    call = ["soffice", profile, "--headless", "--convert-to", "pdf", "letter.docx"]
    subprocess.run(  # noqa: S603 - our own command
        call, cwd=built.folder, check=True, capture_output=True
    )
    document = pypdfium2.PdfDocument(built.folder / "letter.pdf")
    text = "".join(page.get_textpage().get_text_range() for page in document)
    found, _ = composed(house, letter)
    assert found.draft.subject in " ".join(text.split())


def without_fact(house: Workspace, name: str) -> None:
    """Take a fact out of the case."""
    path = house.cases / CASE / "case.yaml"
    text = path.read_text()
    without = re.sub(rf"^  {name}:\n(?:    .*\n)+\n?", "", text, flags=re.MULTILINE)
    assert without != text
    path.write_text(without)


@pytest.mark.parametrize("letter", LETTERS)
def test_what_the_case_does_not_state_is_asked_in_its_place_and_stops_a_final_letter(
    house: Workspace, letter: str
) -> None:
    found, _ = composed(house, letter)
    facts = found.cases[CASE].facts
    required = {
        name: requirement
        for name, requirement in found.manuscript.family.requires.items()
        if name in facts
    }
    for name in required:
        without_fact(house, name)
    after, problems = composed(house, letter)
    missing = [each for each in problems if each.code == "required-fact-missing"]
    assert len(missing) == len(required)
    words = after.draft.document.text()
    for name, requirement in required.items():
        assert f"[{requirement.question}]" in words
        assert any(f"`facts.{name}`" in str(each.help) for each in missing)
    if required:
        order = Order(house, house.output, ("txt",), final=True)
        (built,) = drafting.build(order, [path_of(house, letter)])
        assert built.failed
        assert "required-fact-missing" in {each.code for each in built.problems}


def test_the_notice_names_the_law_under_which_it_is_sent(house: Workspace) -> None:
    found, _ = composed(house, "state-notice")
    assert "Cal. Bus. & Prof. Code § 22757.13" in found.draft.document.text()
    changed(path_of(house, "state-notice"), "us-ca-sb53", "us-ny-raise")
    case = house.cases / CASE / "case.yaml"
    changed(
        case, "us-ny-raise:\n    decision: not-required", "us-ny-raise:\n    decision: voluntary"
    )
    found, _ = composed(house, "state-notice")
    assert "N.Y. Gen. Bus. Law § 1422" in found.draft.document.text()


def test_a_report_of_a_high_risk_system_is_sent_under_article_73(house: Workspace) -> None:
    changed(path_of(house, "eu-initial"), "eu-gpai-code", "eu-ai-act-73")
    changed(path_of(house, "eu-initial"), "stage: initial", "stage: report")
    found, _ = composed(house, "eu-initial")
    text = found.draft.document.text()
    assert "Article 73 of Regulation (EU) 2024/1689" in text
    assert "Code of Practice" not in text


def test_the_day_of_a_clock_is_the_one_that_the_case_says_of_that_law(house: Workspace) -> None:
    words = composed(house, "gdpr")[0].draft.document.text()
    assert "aware of the breach on March 17, 2026" in words
    changed(house.cases / CASE / "case.yaml", "2026-03-17T08:30-07:00", "2026-03-16T23:30-07:00")
    words = composed(house, "gdpr")[0].draft.document.text()
    assert "aware of the breach on March 16, 2026" in words


def test_each_question_is_quoted_before_its_answer(house: Workspace) -> None:
    found, _ = composed(house, "answers")
    words = found.draft.document.text()
    questions = yaml.safe_load((house.cases / CASE / "questions/committee.yaml").read_text())
    places = [words.index(each["text"]) for each in questions["asked"]]
    assert places == sorted(places)
    assert len(places) > 1
    assert places[0] < words.index("1.2 million exchanges") < places[1]


def test_a_question_left_unanswered_shows_in_a_draft_and_stops_a_final_letter(
    house: Workspace,
) -> None:
    changed(path_of(house, "answers").with_suffix(".md"), "{#question-3a}", "{#afterwards}")
    found, problems = composed(house, "answers")
    assert "[Not answered yet]" in found.draft.document.text()
    assert "question-unanswered" in {each.code for each in problems}
    order = Order(house, house.output, ("txt",), final=True)
    (built,) = drafting.build(order, [path_of(house, "answers")])
    assert built.failed


def test_a_list_of_questions_that_skips_a_number_is_a_problem(house: Workspace) -> None:
    changed(house.cases / CASE / "questions/committee.yaml", "number: 2", "number: 4")
    found, problems = composition(house, path_of(house, "answers"))
    assert found is None
    codes = [each.code for each in problems if each.severity is Severity.ERROR]
    assert codes.count("question-out-of-order") == 2


def test_a_report_to_the_public_names_nobody_who_is_accused(house: Workspace) -> None:
    found, _ = composed(house, "transparency")
    said = as_text(found.draft)
    names = [actor.name for case in found.cases.values() for actor in case.actors]
    assert len(names) == 2
    assert [name for name in names if name.removesuffix(" Ltd.") in said] == []


# --- the page on families -------------------------------------------------------------------------

_FILE = re.compile(r"`((?:templates|cases)/[^`]+\.[a-z]+)`[^`]*(?:`[^`]+`[^`]*)*?\n```\w+\n(.*?)```",
                   re.DOTALL)  # fmt: skip


def worked_example() -> dict[str, str]:
    page = (ROOT / "docs/families.md").read_text()
    return dict(_FILE.findall(page[page.index("## Adding a family") :]))


def test_the_worked_example_of_the_page_on_families_builds(house: Workspace) -> None:
    files = worked_example()
    assert len(files) == 7
    for name, text in files.items():
        (house.root / name).parent.mkdir(parents=True, exist_ok=True)
        (house.root / name).write_text(text)
    found, problems = composed(house, "bulletin")
    assert problems == ()
    assert "What was seen" in found.draft.document.text()
    (built,) = drafting.build(Order(house, house.output, ("pdf",)), [path_of(house, "bulletin")])
    assert built.artifacts


def test_the_page_on_families_has_each_that_there_is(house: Workspace) -> None:
    page = (ROOT / "docs/families.md").read_text()
    assert [name for name in families(house) if f"| `{name}` |" not in page] == []
