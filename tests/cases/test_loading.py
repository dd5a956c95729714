"""Loading: a case with all of its problems, one slip hiding no other."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from reportgen.cases.loading import folders_in, load, load_all
from reportgen.cases.model import Case, QuantityFact

CASE = """\
id: {id}
title: An invented incident
kind: misuse
status: alleged
summary: Somebody did something.
dates:
  occurred: {{ from: 2026-04-22, to: 2026-06-05 }}
  source: report
affected:
  - name: Somebody
facts:
  exchanges: {{ quantity: 28.8 million, counts: exchanges, source: report }}
sources:
  report: {{ title: A report, publisher: A publisher, kind: report }}
"""


def folder(root: Path, name: str, text: str = CASE) -> Path:
    path = root / name
    path.mkdir(parents=True)
    (path / "case.yaml").write_text(text.format(id=name) if text is CASE else text)
    return path


def codes(path: Path) -> list[str]:
    return [problem.code for problem in load(path)[1]]


def changed(root: Path, *pairs: tuple[str, str]) -> Path:
    text = CASE.format(id="a")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return folder(root, "a", text)


def test_a_sound_case_is_loaded_without_problems(tmp_path: Path) -> None:
    case, problems = load(folder(tmp_path, "a"))
    assert problems == ()
    assert case is not None
    fact = case.facts["exchanges"]
    assert isinstance(fact, QuantityFact)
    assert fact.source[0].id == "report"


def test_paths_are_shown_as_the_caller_wants(tmp_path: Path) -> None:
    path = folder(tmp_path, "a", "titel: x")
    assert {each.place.document for each in load(path)[1]} == {str(path / "case.yaml")}
    assert {each.place.document for each in load(path, lambda p: p.name)[1]} == {"case.yaml"}


def test_a_case_that_breaks_a_rule_is_still_a_case(tmp_path: Path) -> None:
    case, problems = load(changed(tmp_path, ("source: report\naff", "source: reprot\naff")))
    assert case is not None
    assert [problem.code for problem in problems] == ["unknown-source"]


ONE_SLIP = [
    ("id: a", "id: A b"),
    ("title: An invented incident", "title: []"),
    ("kind: misuse", "kind: mishap"),
    ("status: alleged", "stauts: alleged"),
    ("summary: Somebody did something.\n", ""),
    ("affected:\n  - name: Somebody", "affected: nobody"),
    ("  - name: Somebody", "  - nam: Somebody"),
    ("facts:", "targets: [x]\nfacts:"),
    ("facts:", "responses: [{party: x}]\nfacts:"),
    ("facts:", "actors: [{name: x}]\nfacts:"),
    ("facts:", "techniques: [{id: x}]\nfacts:"),
    ("facts:", "nonsense: 1\nfacts:"),
    ("facts:", "facts:\n  other: {quantity: a lot of, source: report}"),
    ("facts:", "facts:\n  Other: {name: x, source: report}"),
    ("sources:", "sources:\n  Bad Id: {}"),
    ("title: A report, ", ""),
]


@pytest.mark.parametrize(("old", "new"), ONE_SLIP)
def test_one_slip_does_not_hide_another(tmp_path: Path, old: str, new: str) -> None:
    wrong = ("counts: exchanges, source: report", "counts: exchanges, source: nobody")
    case, problems = load(changed(tmp_path, wrong, (old, new)))
    assert case is None
    found = [problem.code for problem in problems]
    assert "unknown-source" in found
    assert len(found) == 1 + sum(code != "unknown-source" for code in found)


def test_what_stands_in_for_a_faulty_entry_has_no_problems_of_its_own(tmp_path: Path) -> None:
    for number, (old, new) in enumerate(ONE_SLIP):
        found = codes(changed(tmp_path / str(number), (old, new)))
        assert found
        assert not {"unknown-source", "id-not-folder", "response-before-occurred"} & {*found}, new


@pytest.mark.parametrize("text", ["- a list", "just text", "facts: []", "{}", "dates: x\nfacts: 3"])
def test_a_file_that_is_no_case_at_all_is_no_crash(tmp_path: Path, text: str) -> None:
    case, problems = load(folder(tmp_path, "a", text))
    assert case is None
    assert problems


def test_dates_of_which_less_is_known_break_no_rule(tmp_path: Path) -> None:
    assert codes(changed(tmp_path, ("from: 2026-04-22", "from: 2026-06"))) == []
    later = ("2026-06-05 }", "2026-06-05 }\n  detected: 2026\n  disclosed: 2026-04")
    assert codes(changed(tmp_path / "b", later)) == []
    same = ("2026-06-05 }", "2026-04-22 }\n  detected: 2026-04-22\n  disclosed: 2026-04-22")
    assert codes(changed(tmp_path / "c", same)) == []


def exhibit(root: Path, file: str, digest: str = "0" * 64) -> Path:
    line = f"kind: report, exhibit: {{ file: {file}, sha256: {digest} }}"
    return changed(root, ("kind: report", line))


def test_an_exhibit_that_is_what_it_was_is_no_problem(tmp_path: Path) -> None:
    path = exhibit(tmp_path, "proof/a.txt", hashlib.sha256(b"proof").hexdigest())
    (path / "proof").mkdir()
    (path / "proof" / "a.txt").write_bytes(b"proof")
    assert codes(path) == []
    (path / "proof" / "a.txt").write_bytes(b"proof!")
    assert codes(path) == ["exhibit-changed"]
    (path / "proof" / "a.txt").unlink()
    assert codes(path) == ["exhibit-missing"]
    (path / "proof" / "a.txt").mkdir()
    assert codes(path) == ["exhibit-missing"]


def test_an_exhibit_behind_a_symbolic_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"x")
    path = exhibit(tmp_path, "link", hashlib.sha256(b"x").hexdigest())
    (path / "link").symlink_to("../secret")
    assert codes(path) == ["path-escapes"]
    (path / "link").unlink()
    (path / "link").symlink_to("..", target_is_directory=True)
    assert codes(exhibit(tmp_path / "b", "link/secret")) == ["exhibit-missing"]


def test_html_and_templates_in_a_case_are_text(tmp_path: Path) -> None:
    script = "<script>alert(1)</script> {{ config }} {% include '/etc/passwd' %}"
    path = changed(tmp_path, ("summary: Somebody did something.", f"summary: {script!r}"))
    case, problems = load(path)
    assert problems == () or case is None
    text = script.replace("'", "’")
    case, problems = load(changed(tmp_path / "b", ("Somebody did something.", f'"{text}"')))
    assert problems == ()
    assert isinstance(case, Case)
    assert case.summary == text


def test_all_problems_of_all_cases_are_found(tmp_path: Path) -> None:
    folder(tmp_path, "a")
    folder(tmp_path, "b", "id: [")
    folder(tmp_path, "c", CASE.format(id="a"))
    (tmp_path / "d").mkdir()
    (tmp_path / ".hidden").mkdir()
    (tmp_path / "README.md").write_text("x")
    folders, problems = folders_in(tmp_path)
    assert problems == ()
    assert [path.name for path in folders] == ["a", "b", "c", "d"]
    cases, found = load_all(folders)
    assert [path.name for path, case in cases.items() if case] == ["a", "c"]
    assert [(Path(each.place.document).parent.name, each.code) for each in found] == [
        ("b", "yaml-syntax"),
        ("c", "id-not-folder"),
        ("d", "file-missing"),
        ("c", "duplicate-case"),
    ]


def test_a_folder_of_cases_that_is_missing_is_a_problem(tmp_path: Path) -> None:
    folders, problems = folders_in(tmp_path / "cases")
    assert folders == ()
    assert [each.code for each in problems] == ["file-unreadable"]
