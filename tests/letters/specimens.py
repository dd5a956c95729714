"""The specimen, copied so that a test can change it, and its letters composed."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.jobs.drafts.charting import Drawer
from reportgen.jobs.drafts.gathering import Gatherer
from reportgen.jobs.finding import letter_path
from reportgen.letters.composing import compose
from reportgen.workspace import Workspace

if TYPE_CHECKING:
    from reportgen.letters.draft import Draft
    from reportgen.problems.model import Problem

ROOT = Path(__file__).parents[2]
SENATE = "alibaba-2026/senate-banking"
HOUSE = "minimax-2026/house-select-committee"


def copied(folder: Path) -> Workspace:
    """A workspace with the cases of the specimen; its templates are those that are shipped."""
    shutil.copytree(ROOT / "cases", folder / "cases")
    (folder / "templates").mkdir()
    return Workspace(folder.resolve())


def changed(path: Path, old: str, new: str) -> None:
    """Change a text in a file, where it stands once or more."""
    text = path.read_text()
    assert old in text, (path, old)
    path.write_text(text.replace(old, new))


def composed(
    workspace: Workspace, letter: str, kept: Path
) -> tuple[Draft | None, tuple[Problem, ...]]:
    """A letter of the workspace, its charts drawn and kept in `kept`."""
    gathered = Gatherer(workspace).gather(letter_path(workspace, Path(letter)), ("pdf",))
    assert gathered.manuscript is not None, gathered.problems
    regular, bold = gathered.typeface
    return compose(gathered.manuscript, Drawer(regular, bold, kept))
