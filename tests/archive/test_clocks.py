"""A machine's clock that runs backwards, once and again: it is told, and nothing rests on it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from reportgen.archive import followup, ledger
from reportgen.archive.layout import Archive
from reportgen.archive.model import Entry, Event
from reportgen.archive.verdicts import Verification
from reportgen.jobs.catalog import retrieving
from reportgen.jobs.verification.judging import Inquiry
from reportgen.jobs.verification.verifying import verify
from tests.archive.sealed import book, clock, put, record_of

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.problems.model import Problem

NOON = datetime(2026, 6, 10, 12, 0, tzinfo=UTC)
RECORD = "2026-06-10-example-2026-committee"
HOURS = (0, -1, 1, -2, -1)
"""When each line says that it was written, in hours after noon: twice it is before the line before."""


def entered(archive: Archive, *hours: int) -> list[tuple[Problem, ...]]:
    """Enter a receipt at each hour; return what whoever enters it is told."""
    told = []
    for hour in hours:
        at = NOON + timedelta(hours=hour)
        entry, problems = book(archive, at).enter(Event.DELIVERED, RECORD, None, {})
        assert entry is not None
        assert entry.at == at
        told.append(problems)
    return told


def verified(archive: Archive) -> Verification:
    told = verify(Inquiry(archive, clock(), rendering=False))
    assert isinstance(told, Verification), told
    return told


def test_whoever_enters_a_line_is_told_each_time_that_the_clock_is_behind(tmp_path: Path) -> None:
    told = entered(Archive(tmp_path), *HOURS)
    assert [[each.code for each in problems] for problems in told] == [
        [],
        ["clock-backwards"],
        [],
        ["clock-backwards"],
        ["clock-backwards"],
    ]
    (behind,) = told[3]
    assert behind.message == (
        "the clock says 2026-06-10T10:00:00+00:00, and line 3 of the ledger says "
        "2026-06-10T13:00:00+00:00 already"
    )


def test_verifying_tells_each_time_that_a_clock_ran_backwards_and_fails_for_none(
    tmp_path: Path,
) -> None:
    archive = Archive(tmp_path / "archive")
    put(archive, record_of(), facts=())
    entered(archive, *HOURS)
    told = verified(archive)
    assert told.chain.faults == ()
    assert [each.partition(":")[0] for each in told.chain.remarks if "backwards" in each] == [
        "line 2 says 2026-06-10T12",  # the record's own line was written at four minutes past three
        "line 3 says 2026-06-10T11",
        "line 5 says 2026-06-10T10",
    ]


def test_one_line_by_a_clock_that_was_years_ahead_puts_no_later_line_in_doubt(
    tmp_path: Path,
) -> None:
    archive = Archive(tmp_path)
    year = 24 * 365
    told = entered(archive, 0, 10 * year, 1, 2, 3)
    (remark,) = (each for each in verified(archive).chain.remarks if "backwards" in each)
    assert remark.startswith("line 3 says 2026-06-10T13:00:00+00:00, which is before line 2")
    # Whoever writes goes on being told, and that the clock may be right.
    assert ["unless it was wrong then" in (each.help or "") for (each,) in told[2:]] == [True] * 3


def test_the_order_is_that_of_the_lines_whatever_their_times_say(tmp_path: Path) -> None:
    """The later line names the latest record of a letter, though it says an earlier time."""
    archive = Archive(tmp_path / "archive")
    for number, text in ((1, "first"), (2, "second"), (3, "third")):
        record = record_of(number=number, text=text)
        put(archive, record.model_copy(update={"submitted": record_of().submitted}), text=text)
    lines = ledger.read(archive.ledger.read_bytes()).entries
    assert [each.number for each in lines] == [1, 2, 3]
    found, problems = retrieving.find(archive, "example-2026/committee")
    assert problems == ()
    assert found is not None
    assert found.id == "2026-06-12-example-2026-committee"


def test_a_question_that_was_answered_by_a_clock_ahead_is_answered(tmp_path: Path) -> None:
    """The line says so, and stands behind the one that asked; when it was written does not matter."""
    archive = Archive(tmp_path)
    asked = {"question": "q-00000000", "text": "How many?", "from": "Staff", "due": "2026-06-20"}
    book(archive, NOON).enter(Event.ASKED, RECORD, None, asked)
    answer = {"question": "q-00000000", "by": "2026-06-15-example-2026-answer"}
    book(archive, NOON + timedelta(days=900)).enter(Event.ANSWERED, RECORD, None, answer)
    events: tuple[Entry, ...] = ledger.read(archive.ledger.read_bytes()).entries
    today = (NOON + timedelta(days=14)).date()
    (question,) = followup.questions(events)
    assert question.clock(today) is followup.Clock.ANSWERED
    (then,) = followup.questions(events, then=today)
    assert then.clock(today) is followup.Clock.LATE
