"""A recipient whom nobody has looked up: named, let pass by somebody, and shown in the index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.jobs.review import indexing
from tests.jobs.house import attempt, house, letter_of

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.workspace import Workspace

VERIFIED = "verified: { date: 2026-04-01, source: invented with the rest of this example }"
ACKNOWLEDGED = """acknowledged:
  - recipient: example-committee.chair
    by: Casey Specimen
    date: 2026-04-19
    reason: the office confirmed its address by telephone
"""


def unverified(folder: Path) -> Workspace:
    """A house whose committee has a chair that nobody looked up."""
    workspace = house(folder)
    path = workspace.templates / "directory/example-committee.yaml"
    text = path.read_text(encoding="utf-8")
    chair, rest = text.split("  ranking-member:", 1)
    before, _, after = chair.rpartition(VERIFIED)
    path.write_text(f"{before}verified: null{after}  ranking-member:{rest}", encoding="utf-8")
    return workspace


def acknowledge(workspace: Workspace) -> None:
    with letter_of(workspace).open("a", encoding="utf-8") as file:
        file.write(ACKNOWLEDGED)


def test_nobody_is_written_to_unverified_unless_somebody_answers_for_it(tmp_path: Path) -> None:
    workspace = unverified(tmp_path / "house")
    refused = attempt(workspace, "txt", final=True)
    assert "recipient-unverified" in {problem.code for problem in refused.problems}
    assert not refused.artifacts
    acknowledge(workspace)
    assert attempt(workspace, "txt", final=True).artifacts


def test_the_index_shows_who_answers_for_it_and_why(tmp_path: Path) -> None:
    workspace = unverified(tmp_path / "house")
    acknowledge(workspace)
    made = indexing.write(workspace, letter_of(workspace), "html")
    assert made.path is not None
    shown = made.path.read_text(encoding="utf-8")
    assert "Not looked up, and acknowledged: example-committee.chair, by Casey Specimen" in shown
    assert "the office confirmed its address by telephone" in shown
