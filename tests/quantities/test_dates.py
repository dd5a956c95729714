from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.quantities.dates import (
    Granularity,
    PartialDate,
    Period,
    long_form,
    long_form_of_period,
)
from reportgen.quantities.finding import Kind, find


def partial(known: date, granularity: Granularity) -> PartialDate:
    match granularity:
        case Granularity.YEAR:
            return PartialDate(known.year)
        case Granularity.MONTH:
            return PartialDate(known.year, known.month)
        case Granularity.DAY:
            return PartialDate(known.year, known.month, known.day)


DATES = st.builds(partial, st.dates(), st.sampled_from(Granularity))
OF_LETTERS = st.builds(
    partial, st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.sampled_from(Granularity)
)


def period(first: str, last: str) -> Period:
    return Period(PartialDate.read(first), PartialDate.read(last))


@given(DATES)
def test_a_date_is_read_as_it_is_written(when: PartialDate) -> None:
    assert PartialDate.read(str(when)) == when
    assert when.earliest <= when.latest
    assert (when.earliest == when.latest) is (when.granularity is Granularity.DAY)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2026-02-29", "February 2026 has 28 days"),
        ("2026-04-31", "April 2026 has 30 days"),
        ("2026-04-00", "April 2026 has 30 days"),
        ("2026-13", "no month 13"),
        ("2026-00-01", "no month 0"),
        ("0000", "no year 0"),
        ("2026-4-22", "is written 2026-04-22"),
        ("22.04.2026", "is written 2026-04-22"),
        ("April 22, 2026", "is written 2026-04-22"),
        ("20260422", "is written 2026-04-22"),
        ("2026-", "is written 2026-04-22"),
        ("\u0662\u0660\u0662\u0666", "is written 2026-04-22"),
        ("", "is written 2026-04-22"),
    ],
)
def test_a_date_that_is_none_says_why(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        PartialDate.read(text)


@given(st.text())
def test_reading_a_date_raises_nothing_else(text: str) -> None:
    with suppress(ValueError):
        assert str(PartialDate.read(text)) == text.strip()


@pytest.mark.parametrize(
    ("written", "long"),
    [("2026-06-10", "June 10, 2026"), ("2026-04", "April 2026"), ("2026", "2026")],
)
def test_the_long_form_says_no_more_than_is_known(written: str, long: str) -> None:
    assert long_form(PartialDate.read(written)) == long


def test_a_full_date_has_a_long_form_too() -> None:
    assert long_form(date(2026, 6, 10)) == "June 10, 2026"


@pytest.mark.parametrize(
    ("first", "last", "long"),
    [
        ("2026-04-22", "2026-06-05", "April 22 to June 5, 2026"),
        ("2026-05-04", "2026-05-09", "May 4 to 9, 2026"),
        ("2025-12-22", "2026-01-05", "December 22, 2025 to January 5, 2026"),
        ("2026-04", "2026-06", "April to June 2026"),
        ("2025-12", "2026-01", "December 2025 to January 2026"),
        ("2025", "2026", "2025 to 2026"),
        ("2026", "2026", "2026"),
        ("2026-04", "2026-04", "April 2026"),
        ("2026-04-22", "2026-04-22", "April 22, 2026"),
        ("2026-04", "2026-06-05", "April 2026 to June 5, 2026"),
    ],
)
def test_a_period_says_once_what_its_ends_share(first: str, last: str, long: str) -> None:
    assert long_form_of_period(period(first, last)) == long


@given(OF_LETTERS, OF_LETTERS)
def test_a_date_and_a_period_in_a_letter_are_one_find(one: PartialDate, other: PartialDate) -> None:
    first, last = sorted((one, other), key=lambda when: when.earliest)
    for words in (long_form(first), long_form_of_period(Period(first, last))):
        (found,) = find(f"It went on, {words}.")
        assert found.text == words


def test_both_ends_of_a_period_are_counted() -> None:
    assert period("2026-04-22", "2026-06-05").days == 45
    assert period("2026-06-05", "2026-06-05").days == 1
    assert period("2026-04", "2026-06-05").days is None
    assert not period("2026-04", "2026-06-05").exact


@pytest.mark.parametrize(
    ("first", "last", "overlaps"),
    [
        ("2026-06-05", "2026-07-01", True),
        ("2026-06-06", "2026-07-01", False),
        ("2026-01-01", "2026-04-21", False),
        ("2026-01-01", "2026-04-22", True),
        ("2026-06", "2026-07", True),
        ("2025", "2025", False),
    ],
)
def test_periods_overlap_where_a_day_may_lie_in_both(
    first: str, last: str, *, overlaps: bool
) -> None:
    window = period("2026-04-22", "2026-06-05")
    assert window.overlaps(period(first, last)) is overlaps
    assert period(first, last).overlaps(window) is overlaps


def test_the_kind_of_a_long_form_is_a_date() -> None:
    assert [found.kind for found in find("June 10, 2026")] == [Kind.DATE]
