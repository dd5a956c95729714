"""How long records are kept, and how one is disposed of: by two people, and never too early."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.archive import ledger
from reportgen.archive.layout import Archive
from reportgen.archive.model import Event
from reportgen.archive.retaining import last_day, months_of
from reportgen.jobs.archive import disposing, retaining
from reportgen.jobs.archive.disposing import Disposer
from reportgen.jobs.archive.following import Follower
from reportgen.jobs.catalog import retrieving
from reportgen.jobs.people.identifying import Identity
from reportgen.jobs.workspaces.starting import start
from reportgen.review.log.entries import Person
from tests.archive import sealed

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.jobs.ledger.booking import Entered
    from reportgen.workspace import Workspace

RECORD = "2026-06-10-example-2026-committee"
ADA = Identity(Person(name="Ada Example", email="ada@example.com"))
BOB = Identity(Person(name="Bob Example", email="bob@example.com"))
LATE = datetime(2036, 6, 11, 12, tzinfo=UTC)
SETTINGS = """
archive:
  retention:
    congress: { keep: 10 years, families: [committee, member] }
    matters: { keep: 18 months, after: closed, families: [answers] }
"""


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace with one record, which is kept for ten years."""
    workspace, problems = start(tmp_path / "house")
    assert workspace is not None, problems
    monkeypatch.chdir(workspace.root)
    with (workspace.templates / "organization/example-models.yaml").open("a") as file:
        file.write(SETTINGS)
    sealed.put(Archive(workspace.archive))
    return workspace


def disposer(house: Workspace, who: Identity = ADA, at: datetime = LATE) -> Disposer:
    return Disposer(house, who, sealed.clock(at))


def follower(house: Workspace, at: datetime = LATE) -> Follower:
    return Follower(Archive(house.archive), sealed.BY, sealed.clock(at))


def codes(entered: Entered) -> list[str]:
    return [each.code for each in entered[1]]


def due(house: Workspace, day: date) -> list[str]:
    text, _, problems = retaining.told(house, day, "json")
    assert problems == ()
    return [each["record"] for each in json.loads(text)]


# --- periods ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("since", "period", "through"),
    [
        ("2020-02-29", "5 years", "2025-02-28"),
        ("2020-02-29", "4 years", "2024-02-29"),
        ("2020-03-01", "5 years", "2025-03-01"),
        ("2023-02-28", "1 year", "2024-02-28"),
        ("2026-08-31", "6 months", "2027-02-28"),
        ("2026-12-31", "1 month", "2027-01-31"),
        ("2026-01-30", "1 month", "2026-02-28"),
        ("9000-01-01", "999 years", "9999-01-01"),
        ("9001-01-01", "999 years", "9999-12-31"),
    ],
)
def test_a_period_ends_with_the_same_day_or_the_last_of_a_shorter_month(
    since: str, period: str, through: str
) -> None:
    assert last_day(date.fromisoformat(since), months_of(period)) == date.fromisoformat(through)


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)), st.integers(1, 1200))
def test_a_period_is_never_shorter_when_it_begins_later(since: date, months: int) -> None:
    end = last_day(since, months)
    assert end >= since
    assert last_day(since + timedelta(days=1), months) >= end
    assert (end.year * 12 + end.month) - (since.year * 12 + since.month) == months


# --- what is due --------------------------------------------------------------------------------


def test_a_record_is_due_the_day_after_its_period(house: Workspace) -> None:
    assert due(house, date(2036, 6, 10)) == []
    assert due(house, date(2036, 6, 11)) == [RECORD]
    text, count, _ = retaining.told(house, date(2036, 6, 11), "table")
    assert count == 1
    assert text.splitlines() == [
        f"{RECORD}  may be disposed of",
        "  Request for information on distillation",
        "  congress: 10 years after it was submitted, 2026-06-10, through 2036-06-10",
    ]


def test_a_record_of_no_class_is_kept_for_ever(house: Workspace) -> None:
    sealed.put(Archive(house.archive), sealed.record_of(number=3, family="correction"))
    assert due(house, date(9999, 12, 31)) == [RECORD]
    text, _, _ = retaining.told(house, date(2036, 6, 11), "table", all_=True)
    assert "no class of retention is for it: it is kept for ever" in text


def test_a_period_after_a_matter_was_closed_waits_for_that(house: Workspace) -> None:
    record = sealed.put(
        Archive(house.archive), sealed.record_of("example-2026/a", number=3, family="answers")
    )
    assert due(house, date(2034, 1, 1)) == []
    follower(house).closed(record.id, date(2030, 8, 31))
    assert due(house, date(2032, 2, 29)) == []
    assert due(house, date(2032, 3, 1)) == [record.id]


def test_a_period_that_is_none_is_told_with_its_place(house: Workspace) -> None:
    path = house.templates / "organization/example-models.yaml"
    path.write_text(path.read_text().replace("10 years", "ten years"))
    _, problems = retaining.terms(house)
    assert [each.code for each in problems] == ["wrong-form"]


# --- disposal -----------------------------------------------------------------------------------


def test_a_disposal_takes_two_people_and_leaves_lines_and_a_certificate(house: Workspace) -> None:
    archive = Archive(house.archive)
    first, problems = disposer(house).dispose(RECORD, "space")
    assert problems == ()
    assert first is not None
    assert first.event is Event.PROPOSED
    assert archive.bag(RECORD).is_dir()
    assert codes(disposer(house).dispose(RECORD)) == ["disposal-own"]
    second, problems = disposer(house, BOB).dispose(RECORD)
    assert problems == ()
    assert second is not None
    assert second.event is Event.DISPOSED
    assert not archive.bag(RECORD).exists()
    assert not list(archive.staging.iterdir())
    content = (archive.papers / second.details["paper"]).read_bytes()
    assert sha256(content).hexdigest() == second.details["sha256"]
    certificate = json.loads(content)
    assert certificate["bag"] == first.bag == second.bag
    assert certificate["what"]["title"] == "Request for information on distillation"
    assert certificate["proposed"]["by"] == "Ada Example <ada@example.com>"
    assert certificate["confirmed"]["by"] == "Bob Example <bob@example.com>"
    assert certificate["reasons"] == ["space"]
    events = [each.event for each in ledger.read(archive.ledger.read_bytes()).entries]
    assert events == [Event.SUBMITTED, Event.PROPOSED, Event.DISPOSED]


def test_what_was_disposed_of_is_listed_so_and_found_no_more(house: Workspace) -> None:
    archive = Archive(house.archive)
    for who in (ADA, BOB):
        disposer(house, who).dispose(RECORD)
    text, _, problems = retrieving.tell(archive, RECORD, "table")
    assert problems == ()
    assert "disposed of on 2036-06-11 by Bob Example <bob@example.com>" in text
    assert codes(disposer(house).dispose(RECORD)) == ["unknown-record"]
    assert due(house, date(2099, 1, 1)) == []


def test_nothing_is_disposed_of_before_its_time(house: Workspace) -> None:
    early = disposer(house, at=datetime(2036, 6, 10, 23, tzinfo=UTC))
    assert codes(early.dispose(RECORD)) == ["not-due"]


def test_a_hold_stops_a_disposal_and_makes_an_end_of_its_proposal(house: Workspace) -> None:
    disposer(house).dispose(RECORD)
    follower(house).held(RECORD, "A v. B")
    entered = disposer(house, BOB).dispose(RECORD)
    assert codes(entered) == ["disposal-barred"]
    assert entered[1][0].message == f"{RECORD} is not disposed of: it is held for A v. B"
    follower(house).released(RECORD)
    again, _ = disposer(house, BOB).dispose(RECORD)
    assert again is not None
    assert again.event is Event.PROPOSED  # anew, and by the first who asks


def test_an_open_question_stops_a_disposal(house: Workspace) -> None:
    follower(house).asked(RECORD, "How many?", "Staff")
    (problem,) = disposer(house).dispose(RECORD)[1]
    assert problem.code == "disposal-barred"
    assert "is open" in problem.message


@pytest.mark.parametrize("name", [RECORD, "example-2026/committee"])
def test_a_correction_that_was_not_submitted_stops_a_disposal(house: Workspace, name: str) -> None:
    letters = house.cases / "example-2026/letters"
    text = (letters / "committee.yaml").read_text()
    (letters / "correction.yaml").write_text(f"{text}corrects: {name}\n")
    (problem,) = disposer(house).dispose(RECORD)[1]
    assert problem.code == "disposal-barred"
    assert "example-2026/correction corrects it and has not been submitted" in problem.message
    record = sealed.record_of("example-2026/correction", number=4, corrects=(name,))
    sealed.put(Archive(house.archive), record)
    assert codes(disposer(house).dispose(RECORD)) == []


def test_who_was_killed_amid_it_leaves_what_the_next_one_finishes(
    house: Workspace, tmp_path: Path
) -> None:
    archive = Archive(house.archive)
    copy = tmp_path / "copy"
    shutil.copytree(archive.bag(RECORD), copy)
    other = sealed.put(archive, sealed.record_of(number=2))
    for who in (ADA, BOB):
        disposer(house, who).dispose(RECORD)
    # As after a line that was written and a bag that was not removed, or only half.
    for place in (archive.bag(RECORD), archive.staging / f"disposed-{RECORD}"):
        shutil.copytree(copy, place)
        (place / "bagit.txt").unlink()
        assert codes(disposer(house).dispose("nothing")) == ["unknown-record"]
        assert not place.exists()
    assert archive.bag(other.id).is_dir()


def test_a_bag_that_cannot_be_removed_is_said_and_tried_again(
    house: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(5, "Input/output error")

    archive = Archive(house.archive)
    disposer(house).dispose(RECORD)
    with monkeypatch.context() as broken:
        broken.setattr(disposing.shutil, "rmtree", full)  # type: ignore[attr-defined]
        entry, problems = disposer(house, BOB).dispose(RECORD)
    assert entry is not None
    assert [each.code for each in problems] == ["cannot-write"]
    disposer(house).dispose("nothing")
    assert not list(archive.staging.iterdir())


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="OpenSSH's client is not installed")
def test_a_proposal_is_signed_with_the_key_of_whoever_made_it(
    house: Workspace, tmp_path: Path
) -> None:
    keys = {name: tmp_path / name for name in ("ada", "eve")}
    for path in keys.values():
        subprocess.run(  # noqa: S603 - OpenSSH's own
            ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(path)],  # noqa: S607
            check=True,
        )
    public = keys["ada"].with_suffix(".pub").read_text().strip()
    allowed = house.templates / "organization/allowed_signers"
    allowed.write_text(f'ada@example.com namespaces="reportgen" {public}\n')
    # Somebody else, who says that she is Ada, and signs with a key of her own.
    disposer(house, Identity(ADA.person, keys["eve"])).dispose(RECORD)
    assert codes(disposer(house, BOB).dispose(RECORD)) == ["signature-bad"]
    follower(house).held(RECORD, "who was that?")
    follower(house).released(RECORD)
    first, _ = disposer(house, Identity(ADA.person, keys["ada"])).dispose(RECORD)
    assert first is not None
    assert first.details["signature"].startswith("-----BEGIN SSH SIGNATURE-----")
    second, problems = disposer(house, BOB).dispose(RECORD)
    assert problems == ()
    assert second is not None
    assert second.event is Event.DISPOSED
