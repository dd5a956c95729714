"""A workspace in which the specimen letter was sent to review once."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, NamedTuple

from reportgen.jobs.people.identifying import Identity
from reportgen.jobs.review import circulating
from reportgen.jobs.review.returning import Taken, take
from reportgen.workspace import Workspace
from tests.rendering.letter_sample import ROOT
from tests.review.speaking import ADA, at

if TYPE_CHECKING:
    from pathlib import Path

WHO = Identity(ADA)
NAME = "alibaba-2026/senate-banking"


class Desk(NamedTuple):
    """A workspace with one draft kept, and the files that were sent."""

    workspace: Workspace
    letter: Path
    packet: Path

    @property
    def sent(self) -> bytes:
        return (self.packet / "letter.docx").read_bytes()

    @property
    def markdown(self) -> Path:
        return self.letter.with_suffix(".md")


def sent(root: Path) -> Desk:
    """Send the specimen letter to review in a new workspace."""
    shutil.copytree(ROOT / "cases", root / "cases")
    (root / "templates").mkdir()
    workspace = Workspace(root)
    letter = root / "cases/alibaba-2026/letters/senate-banking.yaml"
    packet = circulating.send(workspace, letter, WHO, lambda: at(0))
    assert packet.folder is not None, packet.problems
    return Desk(workspace, letter, packet.folder)


def taken(desk: Desk, content: bytes, name: str = "back.docx") -> Taken:
    """Take in a file that came back."""
    file = desk.workspace.root / name
    file.write_bytes(content)
    return take(desk.workspace, file, WHO, lambda: at(10))
