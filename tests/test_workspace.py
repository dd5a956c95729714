"""Where cases, templates and output are found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reportgen.problems.model import Refusal
from reportgen.workspace import Workspace, find, shipped_templates

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parent.parent
SHIPPED = "fonts/OFL.txt"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    for name in ("cases", "templates"):
        (tmp_path / "house" / name).mkdir(parents=True)
    return Workspace((tmp_path / "house").resolve())


@pytest.fixture
def own(workspace: Workspace) -> Callable[[str], Path]:
    def write(name: str) -> Path:
        path = workspace.templates / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("own", encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize("below", ["", "cases/x/letters", "templates", "cases/missing.yaml"])
def test_a_workspace_is_found_from_everywhere_below_it(workspace: Workspace, below: str) -> None:
    assert find(workspace.root / below) == workspace


def test_the_nearest_of_nested_workspaces_is_found(workspace: Workspace) -> None:
    inner = workspace.root / "cases" / "inner"
    for name in ("cases", "templates"):
        (inner / name).mkdir(parents=True)
    assert find(inner / "cases") == Workspace(inner)
    assert find(inner.parent) == workspace


def test_a_folder_with_cases_alone_is_no_workspace(tmp_path: Path) -> None:
    (tmp_path / "cases").mkdir()
    refusal = find(tmp_path)
    assert isinstance(refusal, Refusal)
    assert refusal.code == "no-workspace"
    assert str(tmp_path.resolve()) in refusal.message
    assert "reportgen init" in (refusal.help or "")


def test_files_in_the_place_of_the_folders_make_no_workspace(tmp_path: Path) -> None:
    for name in ("cases", "templates"):
        (tmp_path / name).write_text("", encoding="utf-8")
    assert isinstance(find(tmp_path), Refusal)


def test_the_repository_is_a_workspace_with_the_shipped_templates() -> None:
    workspace = find(ROOT / "tests")
    assert isinstance(workspace, Workspace)
    assert workspace.root == ROOT
    assert workspace.templates == shipped_templates()
    assert workspace.output == ROOT / "output"


def test_a_shipped_template_serves_where_the_workspace_has_none(workspace: Workspace) -> None:
    assert workspace.lookup(SHIPPED) == shipped_templates() / SHIPPED


def test_an_own_template_wins_over_the_shipped_one(
    workspace: Workspace, own: Callable[[str], Path]
) -> None:
    assert workspace.lookup(SHIPPED) != own(SHIPPED)
    assert workspace.lookup(SHIPPED) == own(SHIPPED)


def test_a_folder_is_no_template(workspace: Workspace) -> None:
    refusal = workspace.lookup("fonts")
    assert isinstance(refusal, Refusal)
    assert refusal.code == "template-missing"


def test_a_missing_template_is_refused_with_the_place_where_it_could_be(
    workspace: Workspace,
) -> None:
    refusal = workspace.lookup("letters/none/family.yaml")
    assert isinstance(refusal, Refusal)
    assert refusal.code == "template-missing"
    assert str(workspace.templates / "letters/none/family.yaml") in (refusal.help or "")


@pytest.mark.parametrize("name", ["../cases", "fonts/../../x", "/etc/passwd", "", "a\0b"])
def test_a_name_that_leads_out_of_the_templates_is_refused(workspace: Workspace, name: str) -> None:
    refusal = workspace.lookup(name)
    assert isinstance(refusal, Refusal)
    assert refusal.code == "path-escapes"


def test_a_link_that_leads_out_of_the_templates_is_refused(
    workspace: Workspace, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text("secret", encoding="utf-8")
    (workspace.templates / "directory").mkdir()
    (workspace.templates / "directory" / "x.yaml").symlink_to(secret)
    assert isinstance(workspace.lookup("directory/x.yaml"), Refusal)
    assert workspace.listing("directory", "x.yaml") == ()


def test_a_listing_merges_both_folders_and_prefers_own_files(
    workspace: Workspace, own: Callable[[str], Path]
) -> None:
    shipped = workspace.listing("fonts", "*")
    assert shipped
    assert all(path.is_relative_to(shipped_templates()) for path in shipped)
    replaced, added = own(SHIPPED), own("fonts/Zebra.ttf")
    merged = workspace.listing("fonts", "*")
    assert [path.name for path in merged] == sorted(path.name for path in (*shipped, added))
    assert replaced in merged
    assert shipped_templates() / SHIPPED not in merged


@pytest.mark.parametrize("folder", ["nowhere", "../cases", SHIPPED])
def test_a_listing_of_what_is_no_folder_of_templates_is_empty(
    workspace: Workspace, folder: str
) -> None:
    assert workspace.listing(folder, "*") == ()


def test_the_folders_of_both_are_named_once(
    workspace: Workspace, own: Callable[[str], Path]
) -> None:
    shipped = workspace.folders("letters")
    assert "committee" in shipped
    own("letters/committee/family.yaml")
    own("letters/agency/family.yaml")
    own("letters/note.txt")
    assert workspace.folders("letters") == tuple(sorted({*shipped, "agency"}))


@pytest.mark.parametrize("folder", ["nowhere", "../cases", SHIPPED])
def test_what_is_no_folder_of_templates_has_no_folders(workspace: Workspace, folder: str) -> None:
    assert workspace.folders(folder) == ()
