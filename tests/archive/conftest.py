"""What tests of the archive share: a workspace whose letter was submitted, made once."""

from __future__ import annotations

import shutil
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from reportgen.files.shelf import Shelf
from reportgen.jobs.archive import sealing
from reportgen.jobs.archive.dispatching import Sending
from reportgen.jobs.drafts import freshness
from reportgen.problems.printing import Format, render
from reportgen.rendering import pdf as pdfs
from reportgen.workspace import Workspace
from tests.archive.authority import Authority
from tests.archive.sealed import BY, clock
from tests.jobs import house
from tests.rendering.letter_sample import letter, stationery

if TYPE_CHECKING:
    from pathlib import Path

SENT = datetime.fromisoformat("2026-06-10T15:04-04:00")
NOW = datetime.fromisoformat("2026-06-11T09:00-04:00")


@pytest.fixture(scope="session")
def _submitted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("submitted") / "house"
    workspace = house.house(folder)
    house.build(workspace, "pdf", "txt", final=True)
    sending = Sending(SENT, "electronic mail", BY)
    sealed = sealing.submit(workspace, house.letter_of(workspace), sending, clock(NOW))
    assert sealed.record is not None, render(sealed.problems, Shelf(), Format.FULL)
    return folder


def copied(house: Path, to: Path) -> None:
    """Copy a workspace with what was built in it: it was built there, as far as it can tell."""
    shutil.copytree(house, to)
    (record,) = to.rglob(freshness.NAME)
    record.write_text(record.read_text().replace(str(house), str(to)))


@pytest.fixture
def submitted(_submitted: Path, tmp_path: Path) -> Workspace:
    """A workspace of one's own, whose only letter was built as final and submitted."""
    copied(_submitted, tmp_path / "house")
    for path in (tmp_path / "house/output/archive/records").rglob("*"):
        path.chmod(path.stat().st_mode | 0o200)  # to be tampered with
    return Workspace(tmp_path / "house")


@pytest.fixture
def built(_submitted: Path, tmp_path: Path) -> Workspace:
    """A workspace of one's own, whose only letter was built as final and not submitted."""
    copied(_submitted, tmp_path / "house")
    shutil.rmtree(tmp_path / "house/output/archive")
    return Workspace(tmp_path / "house")


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """An authority whose certificates are invented, made once."""
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="session")
def pdf() -> bytes:
    """A final letter as PDF, which nobody has signed yet."""
    artifact, problems = pdfs.render(letter(), stationery())
    assert artifact is not None, problems
    return artifact.content
