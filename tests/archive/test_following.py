"""What comes after a letter: receipts and questions on record, clocks, holds, a withdrawal."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from reportgen.archive import followup, ledger
from reportgen.archive.followup import Clock
from reportgen.archive.model import Event
from reportgen.jobs.archive import linking
from reportgen.jobs.archive.following import Follower
from reportgen.jobs.catalog import retrieving
from tests.archive import sealed

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.archive.layout import Archive
    from reportgen.archive.model import Entry
    from reportgen.jobs.ledger.booking import Entered

RECORD = "2026-06-10-example-2026-committee"
LATER = sealed.AT + timedelta(days=2)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return sealed.small(tmp_path)


def follower(archive: Archive, at: datetime = LATER) -> Follower:
    return Follower(archive, sealed.BY, sealed.clock(at))


def slip(tmp_path: Path, content: bytes = b"delivered", name: str = "slip.pdf") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def done(entered: Entered) -> Entry:
    entry, problems = entered
    assert entry is not None, problems
    return entry


def codes(entered: Entered) -> list[str]:
    return [each.code for each in entered[1]]


# --- receipts -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [RECORD, "example-2026/committee"])
def test_a_receipt_is_kept_by_its_digest_with_a_line_that_names_it(
    archive: Archive, tmp_path: Path, name: str
) -> None:
    paper = slip(tmp_path)
    entry = done(follower(archive).received(name, paper, Event.DELIVERED, sealed.AT, "stamped"))
    digest = sha256(b"delivered").hexdigest()
    assert (entry.event, entry.record) == (Event.DELIVERED, RECORD)
    assert entry.details == {
        "at": "2026-06-10T15:04+00:00",
        "name": "slip.pdf",
        "note": "stamped",
        "paper": f"{RECORD}/{digest[:16]}.pdf",
        "sha256": digest,
    }
    assert (archive.papers / entry.details["paper"]).read_bytes() == b"delivered"


def test_the_same_receipt_is_entered_once(archive: Archive, tmp_path: Path) -> None:
    paper = slip(tmp_path)
    first = done(follower(archive).received(RECORD, paper, Event.DELIVERED, sealed.AT))
    again = follower(archive).received(RECORD, paper, Event.DELIVERED, sealed.AT)
    assert (again[0], codes(again)) == (first, ["already-entered"])


@pytest.mark.parametrize("days", [-1, 3])
def test_nothing_is_received_before_it_was_sent_or_later_than_now(
    archive: Archive, tmp_path: Path, days: int
) -> None:
    at = sealed.AT + timedelta(days=days)
    entered = follower(archive).received(RECORD, slip(tmp_path), Event.DELIVERED, at)
    assert codes(entered) == ["receipt-untimely"]
    assert not archive.papers.exists()


@pytest.mark.parametrize("name", ["../../outside.sh -x", "a b", ".PDF", "x.tar.gz", "x.αβ"])
def test_a_name_of_a_file_leads_nowhere(archive: Archive, tmp_path: Path, name: str) -> None:
    paper = tmp_path / name.replace("/", "_")
    paper.write_bytes(b"x")
    entry = done(follower(archive).received(RECORD, paper, Event.ACKNOWLEDGED, sealed.AT))
    assert (archive.papers / entry.details["paper"]).parent == archive.papers / RECORD


def test_what_is_no_record_gets_no_receipt(archive: Archive, tmp_path: Path) -> None:
    entered = follower(archive).received("nothing", slip(tmp_path), Event.DELIVERED, sealed.AT)
    assert codes(entered) == ["unknown-record"]


# --- questions ----------------------------------------------------------------------------------


def asked(archive: Archive) -> str:
    entry = done(follower(archive).asked(RECORD, "How many were there?", "Staff", date(2026, 7, 1)))
    return entry.details["question"]


def test_a_question_has_a_clock_that_includes_its_day(archive: Archive) -> None:
    asked(archive)
    (question,) = followup.questions(ledger.read(archive.ledger.read_bytes()).entries)
    clocks = [question.clock(date(2026, 7, day)) for day in (1, 2)]
    assert clocks == [Clock.OPEN, Clock.LATE]
    assert [question.days_left(date(2026, 6, 29)), question.days_left(date(2026, 7, 3))] == [2, -2]


def test_questions_are_told_with_the_most_urgent_first(archive: Archive) -> None:
    follower(archive).asked(RECORD, "Whenever?", "Staff")
    first = asked(archive)
    text, count, problems = retrieving.questions(archive, date(2026, 7, 3), "table")
    assert (count, problems) == (2, ())
    assert text.splitlines()[:3] == [
        f"{first}  late by 2 days: was due on 2026-07-01",
        "  “How many were there?”",
        f"  Staff, on 2026-06-12, of {RECORD}",
    ]
    assert "open, without a date" in text


def test_the_same_question_asked_twice_is_two(archive: Archive) -> None:
    assert asked(archive) != asked(archive)


def test_a_letter_that_names_a_question_closes_it(archive: Archive) -> None:
    name = asked(archive)
    answer = sealed.record_of("example-2026/answers", number=10, answers=(name,))
    sealed.put(archive, answer)
    with sealed.book(archive, answer.submitted.at).open() as pages:
        assert linking.link(pages, answer) == ()
        assert linking.link(pages, answer) == ()  # what was written is not written twice
    answered = [
        each
        for each in ledger.read(archive.ledger.read_bytes()).entries
        if each.event is Event.ANSWERED
    ]
    assert [(each.record, each.details) for each in answered] == [
        (RECORD, {"question": name, "by": answer.id})
    ]
    assert retrieving.questions(archive, date(2026, 7, 3), "table")[1] == 0
    text, count, _ = retrieving.questions(archive, date(2026, 7, 3), "table", all_=True)
    assert (count, f"answered by {answer.id}" in text) == (1, True)


def test_a_correction_is_written_into_the_history_of_what_it_corrects(archive: Archive) -> None:
    later = sealed.record_of("example-2026/second", number=5, corrects=("example-2026/committee",))
    sealed.put(archive, later)
    with sealed.book(archive, later.submitted.at).open() as pages:
        assert linking.corrected(pages, later.corrects) == (RECORD,)
        linking.link(pages, later)
    entry = ledger.read(archive.ledger.read_bytes()).entries[-1]
    assert (entry.event, entry.record, entry.details) == (
        Event.CORRECTED,
        RECORD,
        {"by": later.id},
    )


# --- holds and withdrawals ------------------------------------------------------------------------


def test_a_hold_is_for_a_matter_and_ends_for_it(archive: Archive) -> None:
    to = follower(archive)
    done(to.held(RECORD, "A v. B"))
    assert codes(to.held(RECORD, "A v. B")) == ["already-entered"]
    done(to.held(RECORD, "C v. D"))
    assert codes(to.released(RECORD)) == ["not-held"]
    done(to.released(RECORD, "A v. B"))
    assert retrieving.find(archive, RECORD)[0].held == ("C v. D",)  # type: ignore[union-attr]
    done(to.released(RECORD))
    assert codes(to.released(RECORD)) == ["not-held"]


def test_a_letter_is_withdrawn_once_and_shown_so(archive: Archive) -> None:
    to = follower(archive)
    done(to.withdrawn(RECORD, "sent by mistake"))
    assert codes(to.withdrawn(RECORD, "again")) == ["already-entered"]
    assert "withdrawn" in retrieving.tell(archive, RECORD, "table")[0]


def test_a_question_of_many_lines_is_kept_whole_and_steers_no_terminal(archive: Archive) -> None:
    done(follower(archive).asked(RECORD, "One?\nTwo?\x1b[31m", "Staff"))
    text, _, _ = retrieving.questions(archive, datetime.now(tz=UTC).date(), "table")
    assert "\x1b" not in text
    assert "One?" in text
