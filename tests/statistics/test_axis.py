"""Axes: round numbers, and calendars whose names have room."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.statistics.axis import Calendar, steps


@given(st.fractions(min_value=Fraction(1, 1000), max_value=10**15, max_denominator=1000))
def test_round_numbers_reach_the_greatest_in_few_equal_steps(greatest: Fraction) -> None:
    levels = steps(greatest)
    assert levels[0] == 0
    assert levels[-2] < greatest <= levels[-1]
    assert len(levels) <= 5
    assert {high - low for low, high in pairwise(levels)} == {levels[1]}
    assert str(int(levels[1] * 1_000_000)).rstrip("0") in {"1", "2", "5"}


def test_nothing_has_one_level() -> None:
    assert steps(Fraction(0)) == (Fraction(0),)


@given(st.dates(), st.dates())
def test_every_day_has_its_place_and_no_tick_lies_outside(one: date, other: date) -> None:
    calendar = Calendar.over([one, other], 100, 400)
    first, last = sorted((one, other))
    assert 100 <= calendar.begin(first) < calendar.finish(last) <= 400.0001
    assert all(100 <= calendar.begin(tick.day) < 400 for tick in calendar.ticks)
    assert sum(bool(tick.name) for tick in calendar.ticks) <= 18


@pytest.mark.parametrize(
    ("first", "last", "names"),
    [
        ("2025-11-15", "2026-02-03", ["Nov 2025", "Dec", "Jan 2026", "Feb"]),
        ("2026-04-22", "2026-04-22", ["Apr 2026"]),
        ("2015-06-01", "2020-01-01", ["2016", "2017", "2018", "2019", "2020"]),
    ],
)
def test_ticks_name_months_and_say_the_year_once(first: str, last: str, names: list[str]) -> None:
    calendar = Calendar.over(map(date.fromisoformat, (first, last)), 0, 300)
    assert [f"{tick.name} {tick.year}".strip() for tick in calendar.ticks] == names


def test_longer_calendars_name_each_third_month() -> None:
    calendar = Calendar.over((date(2024, 1, 1), date(2025, 12, 31)), 0, 300)
    named = [tick.name for tick in calendar.ticks if tick.name]
    assert named == ["Jan", "Apr", "Jul", "Oct"] * 2
    assert len(calendar.ticks) == 24
