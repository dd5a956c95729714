"""From a letter's file to its manuscript: what is refused, and at which entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportgen.jobs.drafts.gathering import Gatherer
from reportgen.letters.loading import PROSE_LIMIT
from tests.letters.specimens import SENATE, changed, copied

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.problems.model import Problem

LETTER = "cases/alibaba-2026/letters/senate-banking.yaml"


def problems(root: Path, old: str = "", new: str = "") -> list[Problem]:
    """What is wrong with the specimen letter, once `old` in its file has become `new`."""
    workspace = copied(root)
    if old:
        changed(root / LETTER, old, new)
    return list(Gatherer(workspace).gather(workspace.root / LETTER).problems)


def test_the_specimen_is_read_without_a_problem(tmp_path: Path) -> None:
    workspace = copied(tmp_path)
    gathered = Gatherer(workspace).gather(workspace.root / LETTER)
    assert gathered.problems == ()
    assert gathered.manuscript is not None
    assert gathered.manuscript.name == SENATE
    assert [each.tenure.name for each in gathered.manuscript.addressees] == [
        "Tim Scott",
        "Elizabeth Warren",
    ]


@pytest.mark.parametrize(
    ("old", "new", "code", "route", "help_"),
    [
        (
            "incident: alibaba-2026",
            "incident: alibab-2026",
            "unknown-case",
            ("cases", "incident"),
            "did you mean `alibaba-2026`?",
        ),
        (
            "moonshot-2026, ",
            "moonshto-2026, ",
            "unknown-case",
            ("cases", "compared", 1),
            "did you mean `moonshot-2026`?",
        ),
        (
            "family: committee",
            "family: comittee",
            "unknown-family",
            ("family",),
            "did you mean `committee`?",
        ),
        (
            "organization: anthropic",
            "organization: antropic",
            "unknown-organization",
            ("organization",),
            "did you mean `anthropic`?",
        ),
        (
            "us-senate-banking.ranking",
            "us-senate-bankng.ranking",
            "unknown-recipient",
            ("recipients", 1),
            "did you mean `us-senate-banking`?",
        ),
        (
            "us-senate-banking.chair",
            "us-senate-banking.chiar",
            "unknown-recipient",
            ("recipients", 0),
            "did you mean `us-senate-banking.chair`?",
        ),
    ],
)
def test_a_name_that_leads_nowhere_is_shown_at_its_entry_with_the_nearest(
    tmp_path: Path, *, old: str, new: str, code: str, route: tuple[str | int, ...], help_: str
) -> None:
    (problem,) = problems(tmp_path, old, new)
    assert (problem.code, problem.place.route, problem.help) == (code, route, help_)


def test_a_recipient_who_did_not_hold_the_office_on_the_day_is_refused(tmp_path: Path) -> None:
    found = problems(tmp_path, "date: 2026-06-10", "date: 2020-06-10")
    assert [(each.code, each.place.route) for each in found] == [
        ("recipient-not-valid", ("recipients", 0)),
        ("recipient-not-valid", ("recipients", 1)),
    ]


def test_more_addressees_than_the_form_has_room_for_are_refused(tmp_path: Path) -> None:
    found = problems(
        tmp_path, "  - us-senate-banking.ranking-member\n", "  - us-senate-banking.chair\n" * 2
    )
    assert [(each.code, each.place.route) for each in found] == [
        ("too-many-addressees", ("recipients",))
    ]


def test_all_problems_of_all_files_are_found_at_once(tmp_path: Path) -> None:
    changes = copied(tmp_path)
    path = tmp_path / LETTER
    changed(path, "family: committee", "family: comittee")
    changed(path, "us-senate-banking.chair", "nobody.chair")
    changed(path, "deepseek-2026, ", "nothing, ")
    path.with_suffix(".md").write_text("a private\ue000 character\n")
    changed(tmp_path / "cases/moonshot-2026/case.yaml", "kind:", "knid:")
    found = Gatherer(changes).gather(changes.root / LETTER).problems
    assert {each.code for each in found} >= {
        "unknown-family",
        "unknown-recipient",
        "unknown-case",
        "control-character",
        "unknown-key",
    }


def test_a_private_use_character_is_shown_where_it_stands(tmp_path: Path) -> None:
    workspace = copied(tmp_path)
    prose = (tmp_path / LETTER).with_suffix(".md")
    prose.write_text("Words.\n\nMore \ue002 words.\n")
    (problem,) = Gatherer(workspace).gather(workspace.root / LETTER).problems
    assert problem.code == "control-character"
    assert problem.place.span is not None
    assert (problem.place.span.line, problem.place.span.column) == (3, 6)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"words " * 2_000_000, "file-too-large"),
        (b"x" * (PROSE_LIMIT + 1), "file-too-large"),
        (b"caf\xe9", "wrong-encoding"),
        (b"\xff\xfea\0", "wrong-encoding"),
        (b"a\0b", "control-character"),
    ],
    ids=["10 MB", "one byte too many", "Windows-1252", "UTF-16", "a null"],
)
def test_prose_that_cannot_be_read_is_a_problem(tmp_path: Path, content: bytes, code: str) -> None:
    workspace = copied(tmp_path)
    (tmp_path / LETTER).with_suffix(".md").write_bytes(content)
    gathered = Gatherer(workspace).gather(workspace.root / LETTER)
    assert [each.code for each in gathered.problems] == [code]


def test_a_folder_where_the_prose_should_be_is_a_problem(tmp_path: Path) -> None:
    workspace = copied(tmp_path)
    prose = (tmp_path / LETTER).with_suffix(".md")
    prose.unlink()
    prose.mkdir()
    gathered = Gatherer(workspace).gather(workspace.root / LETTER)
    assert [each.code for each in gathered.problems] == ["not-a-file"]


@pytest.mark.parametrize(
    ("family", "code"),
    [
        ("sections: [opening, ../../../etc/passwd]", "wrong-form"),
        ("sections: [opening, nothing]", "template-missing"),
    ],
)
def test_a_family_names_sections_that_are_there_and_no_paths(
    tmp_path: Path, family: str, code: str
) -> None:
    workspace = copied(tmp_path)
    folder = tmp_path / "templates/letters/committee"
    folder.mkdir(parents=True)
    (folder / "family.yaml").write_text(f"title: A letter\ndescription: Of a sort.\n{family}\n")
    gathered = Gatherer(workspace).gather(workspace.root / LETTER)
    assert [each.code for each in gathered.problems] == [code]
    assert gathered.problems[0].place.document.endswith("templates/letters/committee/family.yaml")


def test_a_template_is_no_link_out_of_the_templates(tmp_path: Path) -> None:
    workspace = copied(tmp_path)
    folder = tmp_path / "templates/letters/committee/sections"
    folder.mkdir(parents=True)
    (folder / "scale.md").symlink_to("/etc/passwd")
    gathered = Gatherer(workspace).gather(workspace.root / LETTER)
    assert [each.code for each in gathered.problems] == ["path-escapes"]


def test_a_broken_case_is_told_once_and_no_letter_is_made_of_it(tmp_path: Path) -> None:
    workspace = copied(tmp_path)
    changed(tmp_path / "cases/moonshot-2026/case.yaml", "kind:", "knid:")
    gathered = Gatherer(workspace).gather(workspace.root / LETTER)
    assert gathered.manuscript is None
    assert len(gathered.problems) == len(set(gathered.problems)) > 0
