"""What the archive sealed is what deadlines take for submitted."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reportgen.archive.layout import Archive
from reportgen.archive.model import Event
from reportgen.jobs.regimes.scheduling import Scheduled, schedule
from reportgen.regimes.deadlines import State
from reportgen.workspace import Workspace
from tests.archive import sealed

if TYPE_CHECKING:
    from reportgen.regimes.deadlines import Deadline

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.fixture
def house(tmp_path: Path) -> Workspace:
    shutil.copytree(ROOT / "templates" / "starter", tmp_path, dirs_exist_ok=True)
    return Workspace(tmp_path)


def notification(house: Workspace) -> tuple[Scheduled, Deadline]:
    found = schedule((), house.root, NOW, NOW)
    assert isinstance(found, Scheduled)
    (report,) = (each for each in found.deadlines if each.regime == "eu-gdpr-33")
    return found, report


def put(house: Workspace, **said: object) -> Archive:
    archive = Archive(house.archive)
    record = sealed.record_of("example-2026/gdpr", sealed.TEXT, 1, regime="eu-gdpr-33", **said)
    sealed.put(archive, record)
    return archive


def test_a_report_that_was_not_sealed_is_late(house: Workspace) -> None:
    found, report = notification(house)
    assert not found.archive
    assert report.state is State.LATE


def test_a_sealed_report_is_submitted_and_its_record_is_the_proof(house: Workspace) -> None:
    put(house, stage="notification")
    found, report = notification(house)
    assert found.archive
    assert report.submitted is not None
    assert report.submitted.proof == "2026-06-10-example-2026-gdpr"
    assert report.state is State.SUBMITTED_LATE


def test_another_report_or_another_case_submits_nothing(house: Workspace) -> None:
    put(house, stage="supplement")
    put(house, stage="notification", id="2026-06-11-example-2026-gdpr", cases=("example-2025",))
    put(house, id="2026-06-12-example-2026-gdpr")
    assert notification(house)[1].state is State.LATE


def test_what_was_withdrawn_was_not_submitted(house: Workspace) -> None:
    archive = put(house, stage="notification")
    entry, _ = sealed.book(archive).enter(Event.WITHDRAWN, "2026-06-10-example-2026-gdpr")
    assert entry is not None
    assert notification(house)[1].state is State.LATE
