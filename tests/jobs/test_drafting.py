"""Building letters: what is written, when it is built again, and what stays when it fails."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reportgen.jobs.building.drafting import build, fresh
from reportgen.jobs.building.making import Maker
from reportgen.jobs.building.ordering import Built, Order
from reportgen.jobs.drafts.freshness import NAME
from reportgen.jobs.workspaces.starting import start
from reportgen.workspace import Workspace, shipped_templates
from tests.letters.specimens import changed

if TYPE_CHECKING:
    from collections.abc import Callable

LETTER = "example-2026/committee"
YAML = "cases/example-2026/letters/committee.yaml"
CASE = "cases/example-2026/case.yaml"
EARLIER = "cases/example-2025/case.yaml"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose letter has been built."""
    root = tmp_path_factory.mktemp("built") / "house"
    workspace, problems = start(root)
    assert workspace is not None, problems
    assert made(workspace).made
    return root


@pytest.fixture
def house(built: Path, tmp_path: Path) -> Workspace:
    """A copy of it, whose record says so."""
    root = tmp_path / "house"
    shutil.copytree(built, root)
    record = root / "output" / LETTER / NAME
    record.write_text(record.read_text().replace(str(built), str(root)))
    return Workspace(root.resolve())


def made(workspace: Workspace, letter: str = YAML, **options: bool) -> Built:
    """What becomes of one letter; PDF alone, so that it is soon made."""
    order = Order(workspace, workspace.output, **options)  # type: ignore[arg-type]
    (result,) = build(order, [workspace.root / letter])
    return result


def contents(workspace: Workspace) -> dict[str, bytes]:
    return {
        str(path.relative_to(workspace.output)): path.read_bytes()
        for path in sorted(workspace.output.rglob("*"))
        if path.is_file() and ".charts" not in path.parts
    }


# --- in which formats ---------------------------------------------------------------------------


def formatted(workspace: Workspace, *formats: str) -> Built:
    (result,) = build(Order(workspace, workspace.output, formats), [workspace.root / YAML])
    return result


def test_another_format_is_made_beside_those_that_still_say_the_same(house: Workspace) -> None:
    text = formatted(house, "txt")
    assert (text.made, text.artifacts) == (True, ("letter.txt",))
    assert (house.output / LETTER / "letter.pdf").exists()
    assert not formatted(house, "pdf").made
    assert formatted(house, "pdf", "txt").artifacts == ("letter.pdf", "letter.txt")


def test_a_format_that_no_longer_says_the_same_is_removed(house: Workspace) -> None:
    changed(house.root / CASE, "quantity: 1.2 million", "quantity: 1.3 million")
    assert formatted(house, "txt").made
    assert not (house.output / LETTER / "letter.pdf").exists()


# --- when it is built ---------------------------------------------------------------------------


def test_what_has_not_changed_is_not_built_again(house: Workspace) -> None:
    before = contents(house)
    result = made(house)
    assert (result.made, result.artifacts, result.problems) == (False, ("letter.pdf",), ())
    assert result.attention
    assert contents(house) == before


def test_the_record_names_no_file_that_is_not_asked_for(house: Workspace) -> None:
    record = json.loads((house.output / LETTER / NAME).read_text())
    assert {Path(path).name for path in record["inputs"]} >= {
        "committee.yaml",
        "committee.md",
        "case.yaml",
        "family.yaml",
        "letter.html",
        "opening.md",
        "words.md",
        "type.css",
    }


def own(name: str) -> Callable[[Path], None]:
    """Give the workspace its own copy of a template, changed."""

    def change(root: Path) -> None:
        path = root / "templates" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        blank = b"\n" if name.endswith(("md", "html", "css", "yaml")) else b"\0"
        path.write_bytes((shipped_templates() / name).read_bytes() + blank)

    return change


def appended(name: str, text: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        with (root / name).open("a") as file:
            file.write(text)

    return change


CHANGES: dict[str, Callable[[Path], None]] = {
    "the letter": appended(YAML, "\n# a comment\n"),
    "its case": appended(CASE, "\n# a comment\n"),
    "a case that it is compared with": appended(EARLIER, "\n# a comment\n"),
    "prose that was not there": appended(YAML.replace("yaml", "md"), "Words.\n"),
    "the organization": appended("templates/organization/example-models.yaml", "\n# a comment\n"),
    "the directory": appended("templates/directory/example-committee.yaml", "\n# a comment\n"),
    "an own family": own("letters/committee/family.yaml"),
    "an own form": own("letters/committee/letter.html"),
    "an own section": own("letters/committee/sections/scale.md"),
    "own shared words": own("letters/shared/words.md"),
    "an own style": own("styles/type.css"),
    "an own typeface": own("fonts/SourceSerif4-Bold.ttf"),
    "the family's own style": appended("templates/letters/committee/style.css", "\n"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_whatever_changes_a_letter_has_it_built_again(
    house: Workspace, change: Callable[[Path], None]
) -> None:
    (house.root / "templates/letters/committee").mkdir(parents=True)
    order = Order(house, house.output)
    assert fresh(order, house.root / YAML) is not None
    change(house.root)
    assert fresh(order, house.root / YAML) is None


def test_prose_that_was_taken_away_has_a_letter_built_again(house: Workspace) -> None:
    prose = (house.root / YAML).with_suffix(".md")
    prose.write_text("Own words.\n")
    assert made(house).made
    assert not made(house).made
    prose.unlink()
    assert made(house).made


@pytest.mark.parametrize("name", ["letter.pdf", NAME])
def test_what_was_altered_or_taken_away_is_built_again(house: Workspace, name: str) -> None:
    path = house.output / LETTER / name
    before = path.read_bytes()
    for damage in (before[: len(before) // 2], b"", None):
        path.unlink()
        if damage is not None:
            path.write_bytes(damage)
        assert fresh(Order(house, house.output), house.root / YAML) is None
    assert made(house).made
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "record",
    [
        "[]",
        "{}",
        "null",
        "5",
        '"x"',
        "[" * 100_000,
        "{",
        "\\u0000",
        '{"letter": 5}',
        '{"letter": "x", "program": "x", "options": [], "inputs": [], "artifacts": {}}',
        '{"letter": "x", "program": "x", "options": [], "inputs": {"a": 5}, "artifacts": {}}',
    ],
    ids=lambda record: record[:20],
)
def test_a_record_that_makes_no_sense_is_as_good_as_none(house: Workspace, record: str) -> None:
    (house.output / LETTER / NAME).write_text(record)
    assert fresh(Order(house, house.output), house.root / YAML) is None


def test_what_is_up_to_date_is_built_when_that_is_forced(house: Workspace) -> None:
    before = contents(house)
    assert made(house, force=True).made
    assert contents(house) == before


def test_a_file_that_changes_while_a_letter_is_built_has_it_built_again(house: Workspace) -> None:
    path = house.root / CASE

    class Late(Maker):
        def _compose(self, gathered):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
            appended(CASE, "\n# saved by an editor meanwhile\n")(house.root)
            return super()._compose(gathered)

    first = Late(Order(house, house.output, force=True)).make(house.root / YAML)
    assert first.made
    assert "meanwhile" in path.read_text()
    assert made(house).made


# --- what is written, and what is not -----------------------------------------------------------


def test_nothing_is_written_when_there_is_an_error_and_what_was_there_stays(
    house: Workspace,
) -> None:
    before = contents(house)
    changed(house.root / YAML, "family: committee", "family: comittee")
    result = made(house)
    assert (result.failed, result.made, result.artifacts) == (True, False, ())
    assert contents(house) == before


def test_an_error_in_a_template_leaves_what_was_there(house: Workspace) -> None:
    before = contents(house)
    (house.root / YAML).with_suffix(".md").write_text("{{ incident.nothing }}\n")
    assert [problem.code for problem in made(house).problems if problem.code != "x"][:1] == [
        "undefined-name"
    ]
    assert contents(house) == before


def test_a_folder_that_cannot_be_written_is_a_problem(house: Workspace) -> None:
    shutil.rmtree(house.output)
    house.output.write_text("a file where a folder should be")
    result = made(house)
    assert [problem.code for problem in result.problems if problem.severity == "error"] == [
        "cannot-write"
    ]
    assert result.artifacts == ()


def test_a_full_disk_is_a_problem_and_leaves_what_was_there(
    house: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(house)

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    result = made(house, force=True)
    assert [problem.code for problem in result.problems if problem.severity == "error"] == [
        "cannot-write"
    ]
    assert contents(house) == before


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [0.3, 0.8, 1.3, 1.8])
def test_a_build_that_is_killed_leaves_the_old_letter_or_the_new_one(
    house: Workspace, seconds: float
) -> None:
    old = (house.output / LETTER / "letter.pdf").read_bytes()
    appended(YAML, "\n# a comment\n")(house.root)
    command = [sys.executable, "-m", "reportgen", "build", "--force", "--workspace"]
    process = subprocess.Popen(  # noqa: S603 - our own program
        [*command, str(house.root)], stdout=subprocess.DEVNULL
    )
    time.sleep(seconds)
    process.kill()
    process.wait()
    assert (house.output / LETTER / "letter.pdf").read_bytes() == old
    assert json.loads((house.output / LETTER / NAME).read_text())
    assert not made(house).failed


# --- which letters ------------------------------------------------------------------------------


def test_two_letters_of_one_case_are_built_beside_each_other(house: Workspace) -> None:
    other = (house.root / YAML).with_name("other-committee.yaml")
    shutil.copy(house.root / YAML, other)
    results = list(build(Order(house, house.output), [house.root / YAML, other]))
    assert [(result.letter, result.made) for result in results] == [
        (LETTER, False),
        ("example-2026/other-committee", True),
    ]
    assert (house.output / "example-2026/other-committee/letter.pdf").exists()


def test_an_error_in_one_letter_does_not_stop_another(house: Workspace) -> None:
    broken = (house.root / YAML).with_name("broken.yaml")
    broken.write_text("family: committee\n")
    results = list(build(Order(house, house.output), [broken, house.root / YAML]))
    assert [result.failed for result in results] == [True, False]


def test_a_letter_is_built_where_one_says(house: Workspace, tmp_path: Path) -> None:
    (result,) = build(Order(house, tmp_path / "elsewhere"), [house.root / YAML])
    assert result.folder == tmp_path / "elsewhere" / LETTER
    assert (result.folder / "letter.pdf").exists()


def test_a_letter_is_the_same_from_wherever_it_is_built(
    house: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir((house.root / YAML).parent)
    (result,) = build(Order(house, house.output), [Path("committee.yaml")])
    assert (result.letter, result.made) == (LETTER, False)


@pytest.mark.parametrize(
    "place",
    [
        "letter.yaml",
        "cases/letter.yaml",
        "cases/example-2026/letter.yaml",
        "cases/example-2026/letters/..yaml",
        "cases/example-2026/letters/Not an id.yaml",
        "cases/example-2026/letters/deeper/letter.yaml",
    ],
)
def test_only_what_stands_where_letters_stand_is_built(house: Workspace, place: str) -> None:
    path = house.root / place
    path.parent.mkdir(exist_ok=True)
    shutil.copy(house.root / YAML, path)
    before = contents(house)
    result = made(house, place)
    assert [problem.code for problem in result.problems] == ["letter-misplaced"]
    assert contents(house) == before


@pytest.mark.parametrize("suffix", [".yaml", ".md"])
def test_no_link_leads_out_of_the_cases(house: Workspace, tmp_path: Path, suffix: str) -> None:
    outside = tmp_path / f"outside{suffix}"
    path = (house.root / YAML).with_name(f"linked{suffix}")
    shutil.copy(house.root / YAML, path.with_suffix(".yaml"))
    if suffix == ".yaml":
        path.rename(outside)
    else:
        outside.write_text("Secret words.\n")
    path.symlink_to(outside)
    result = made(house, str(path.with_suffix(".yaml").relative_to(house.root)))
    assert [problem.code for problem in result.problems] == ["path-escapes"]


def test_a_letter_that_is_not_there_is_a_problem(house: Workspace) -> None:
    result = made(house, "cases/example-2026/letters/nothing.yaml")
    assert [problem.code for problem in result.problems] == ["file-missing"]
