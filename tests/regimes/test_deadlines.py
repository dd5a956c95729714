"""How a report stands at a moment: what is due, late, waiting, submitted, and what is not known yet."""

from __future__ import annotations

from datetime import datetime, timedelta

from reportgen.regimes.agenda import agenda
from reportgen.regimes.deadlines import State
from tests.regimes.laws import owed, shipped

DISCOVERED = {"discovered": "2026-03-16T10:20-07:00"}
DUE = "2026-03-31T23:59:59-07:00"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_a_report_is_late_a_moment_after_it_was_due_and_not_before() -> None:
    assert owed("us-ca-sb53", DISCOVERED, now=at(DUE))["report"].state is State.DUE
    late = owed("us-ca-sb53", DISCOVERED, now=at("2026-04-01T00:00:00-07:00"))
    assert late["report"].state is State.LATE


def test_a_report_that_was_submitted_is_late_only_if_it_was_submitted_late() -> None:
    for moment, state in ((DUE, State.SUBMITTED), ("2026-04-01T08:00-07:00", State.SUBMITTED_LATE)):
        assert owed("us-ca-sb53", DISCOVERED, {"report": moment})["report"].state is state


def test_what_came_later_is_not_known_at_a_moment() -> None:
    before = at("2026-03-16T10:00-07:00")
    assert owed("us-ca-sb53", DISCOVERED, now=before)["report"].state is State.WAITING
    between = at("2026-03-20T10:00-07:00")
    found = owed("us-ca-sb53", DISCOVERED, {"report": DUE}, between)["report"]
    assert (found.state, found.submitted) == (State.DUE, None)


def test_nothing_is_owed_under_a_law_that_was_found_not_to_apply() -> None:
    assert owed("us-ca-sb53", DISCOVERED, decision="not-required") == {}
    assert owed("us-ca-sb53", DISCOVERED, decision="under-assessment") == {}
    assert owed("us-ca-sb53", DISCOVERED, decision="voluntary")["report"].due is not None


def test_a_report_that_is_made_again_and_again_ends_with_the_event_that_ends_it() -> None:
    clocks = {"aware": "2026-03-16T10:00+01:00"}
    sent = {"initial": "2026-03-20T12:00+01:00"}
    going_on = owed("eu-gpai-code", clocks, sent, at("2026-04-01T12:00+02:00"), limb="other")
    assert going_on["intermediate"].state is State.DUE
    resolved = {**clocks, "resolved": "2026-04-02T12:00+02:00"}
    over = owed("eu-gpai-code", resolved, sent, limb="other")
    assert over["intermediate"].state is State.ENDED
    assert over["final"].due is not None


def test_without_the_limb_no_period_of_limbs_is_chosen() -> None:
    found = owed("eu-ai-act-73", {"aware": "2026-09-01T10:00+02:00"}, place="DE")["report"]
    assert (found.state, found.due) == (State.WAITING, None)


def test_what_was_added_at_a_weekend_is_said_and_the_plain_count_is_kept() -> None:
    found = owed("us-ca-sb53", {"discovered": "2026-03-13T10:00-07:00"})["report"]
    assert found.end is not None
    assert found.end.counted.isoformat() == "2026-03-28T23:59:59-07:00"
    assert found.end.why == "March 28, 2026 is a Saturday; it ends with the next working day"


def test_the_words_of_the_limit_that_decides_come_with_it() -> None:
    clocks = {"aware": "2026-09-01T10:00+02:00"}
    found = owed("eu-ai-act-73", clocks, limb="death", place="DE")["report"]
    assert found.bound is not None
    assert found.bound.words.startswith("not later than 10 days")
    assert found.bound.citation == "Regulation (EU) 2024/1689, Article 73(4)"


def test_a_calendar_read_again_says_the_same_and_twice_is_the_same() -> None:
    from icalendar import Calendar  # noqa: PLC0415 - the peer of this test alone

    clocks = {"aware": "2026-03-28T20:10+01:00"}
    found = owed("eu-nis2", clocks, place="DE").values()
    content = agenda(found, shipped())
    assert content == agenda(reversed(list(found)), shipped())
    events = {str(each["UID"]): each for each in Calendar.from_ical(content).walk("VEVENT")}
    assert sorted(events) == [
        "example-2026.eu-nis2.early-warning@reportgen",
        "example-2026.eu-nis2.notification@reportgen",
    ]
    warning = events["example-2026.eu-nis2.early-warning@reportgen"]
    assert warning.decoded("DTSTART") == at("2026-03-29T22:00:00+02:00")
    assert warning.decoded("DTSTAMP") == at(clocks["aware"])
    assert "within 24 hours of becoming aware" in str(warning["DESCRIPTION"])
    alarms = warning.walk("VALARM")
    assert [str(alarm["ACTION"]) for alarm in alarms] == ["DISPLAY", "DISPLAY"]
    assert all(alarm.decoded("TRIGGER") < timedelta(0) for alarm in alarms)
