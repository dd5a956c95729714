"""Confining: no path leads out of the folder that it belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.files.confining import confine
from reportgen.problems.model import Refusal

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def case(tmp_path: Path) -> Path:
    folder = tmp_path / "case"
    (folder / "exhibits").mkdir(parents=True)
    (folder / "exhibits" / "a.pdf").write_text("x")
    (tmp_path / "secret").write_text("x")
    return folder


@pytest.mark.parametrize("name", ["exhibits/a.pdf", "./exhibits/a.pdf", "new.pdf", "a..b", "..."])
def test_a_path_within_is_followed(case: Path, name: str) -> None:
    path = confine(case, name)
    assert not isinstance(path, Refusal)
    assert path == (case / name).resolve()


@pytest.mark.parametrize(
    "name",
    [
        "../secret",
        "exhibits/../../secret",
        "exhibits/..",
        "/etc/passwd",
        "..\\secret",
        "C:\\secret",
        "C:secret",
        "\\\\server\\share",
        "",
        " ",
        "a\0b",
    ],
)
def test_a_path_that_leads_elsewhere_is_refused(case: Path, name: str) -> None:
    refused = confine(case, name)
    assert isinstance(refused, Refusal)
    assert refused.code == "path-escapes"


def test_a_symbolic_link_out_is_refused_at_any_step(case: Path) -> None:
    (case / "link").symlink_to(case.parent / "secret")
    (case / "up").symlink_to(case.parent, target_is_directory=True)
    (case / "twice").symlink_to("link")
    for name in ("link", "up/secret", "up/missing", "twice", "exhibits/../link"):
        assert isinstance(confine(case, name), Refusal), name


def test_a_symbolic_link_within_is_followed(case: Path) -> None:
    (case / "link").symlink_to("exhibits/a.pdf")
    assert confine(case, "link") == (case / "exhibits" / "a.pdf").resolve()


def test_the_folder_itself_may_be_reached_by_a_link(case: Path) -> None:
    (case.parent / "alias").symlink_to(case, target_is_directory=True)
    path = confine(case.parent / "alias", "exhibits/a.pdf")
    assert path == (case / "exhibits" / "a.pdf").resolve()


def test_links_in_a_circle_do_not_lead_anywhere(case: Path) -> None:
    (case / "one").symlink_to("two")
    (case / "two").symlink_to("one")
    path = confine(case, "one")
    assert isinstance(path, Refusal) or not path.exists()


@given(name=st.text(st.sampled_from("./\\a~:C\0 "), max_size=12))
def test_no_name_leads_out(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    root = tmp_path_factory.getbasetemp()
    path = confine(root, name)
    assert isinstance(path, Refusal) or path.is_relative_to(root.resolve())
