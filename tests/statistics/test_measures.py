"""Numbers that follow from facts: their bounds hold the truth, and what counts nothing is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reportgen.problems.model import Refusal
from reportgen.quantities.bounds import Bounds
from reportgen.quantities.dates import PartialDate, Period
from reportgen.quantities.quantity import Quantity
from reportgen.statistics import measures
from tests.statistics.stated import bounded, bounds_and_truth, derived, period, refused, stated

if TYPE_CHECKING:
    from reportgen.statistics.model import Input

WINDOW = "2026-04-22..2026-06-05"
ALIBABA = stated("alibaba-2026.exchanges", "28.8 million", window=WINDOW, actors=("alibaba",))
ACCOUNTS = stated("alibaba-2026.accounts", "approximately 25,000", "accounts", window=WINDOW)
EARLIER = (
    stated("deepseek-2026.exchanges", "more than 150,000", actors=("deepseek",)),
    stated("moonshot-2026.exchanges", "more than 3.4 million", actors=("moonshot",)),
    stated("minimax-2026.exchanges", "more than 13 million", actors=("minimax",)),
)
ALL = (ALIBABA, *EARLIER)


def test_a_sum_of_floors_is_a_floor() -> None:
    total = derived(measures.total(EARLIER))
    assert total.quantity.bounds.low == 16_550_000
    assert total.quantity.bounds.low_open
    assert total.quantity.bounds.high == 17_660_000
    assert total.quantity.bounds.high_conventional
    assert total.conventional
    assert total.quantity.unit == "exchanges"


def test_a_statistic_knows_its_inputs_and_its_formula() -> None:
    total = derived(measures.total(EARLIER[:2]))
    assert total.inputs == ("deepseek-2026.exchanges", "moonshot-2026.exchanges")
    assert total.formula == "deepseek-2026.exchanges + moonshot-2026.exchanges"


def test_members_of_sets_are_not_added() -> None:
    other = stated("other.accounts", "20", "accounts", distinct=True)
    assert refused(measures.total((ACCOUNTS, other))).code == "sum-of-distinct"


def test_a_single_count_of_members_is_its_own_total() -> None:
    accounts = stated("other.accounts", "20", "accounts", distinct=True)
    assert derived(measures.total((accounts,))).quantity.value == 20


def test_different_units_are_not_added() -> None:
    refusal = refused(measures.total((ALIBABA, ACCOUNTS)))
    assert refusal.code == "different-units"
    assert "`exchanges` and `accounts`" in refusal.message


def test_counts_of_one_actor_over_overlapping_windows_are_not_added() -> None:
    later = stated(
        "alibaba-september.exchanges",
        "more than 151 million",
        window="2026-05..2026-07",
        actors=("alibaba",),
    )
    refusal = refused(measures.total((ALIBABA, later)))
    assert refusal.code == "overlapping-windows"
    assert "April 22 to June 5, 2026; May to July 2026" in refusal.message


def test_counts_of_one_actor_over_separate_windows_are_added() -> None:
    later = stated("later.exchanges", "5", window="2026-07..2026-08", actors=("alibaba",))
    assert derived(measures.total((ALIBABA, later))).quantity.bounds.high == 28_850_005


def test_counts_of_different_actors_are_added_whenever_they_happened() -> None:
    other = stated("other.exchanges", "5", window=WINDOW, actors=("somebody",))
    assert derived(measures.total((ALIBABA, other))).quantity.bounds.low == 28_750_005


def test_counts_of_one_actor_are_not_added_while_a_window_is_unknown() -> None:
    other = stated("other.exchanges", "5", actors=("alibaba",))
    refusal = refused(measures.total((ALIBABA, other)))
    assert refusal.code == "unknown-window"
    assert "`other.exchanges`" in refusal.message


def test_a_fact_is_not_added_to_itself() -> None:
    assert refused(measures.total((ALIBABA, ALIBABA))).code == "overlapping-windows"


def test_a_total_of_nothing_is_refused() -> None:
    assert refused(measures.total(())).code == "nothing-to-count"


def test_a_share_names_its_base_and_has_tight_bounds() -> None:
    one, other = stated("a.x", "between 10 and 20"), stated("b.x", "between 10 and 20")
    share = derived(measures.share(one, (one, other)))
    bounds = share.quantity.bounds
    assert (bounds.low, bounds.high) == (Fraction(100, 3), Fraction(200, 3))
    assert share.quantity.unit == "%"
    assert share.formula == "a.x / (a.x + b.x)"


def test_the_share_of_the_whole_is_all_of_it() -> None:
    assert derived(measures.share(ALIBABA, (ALIBABA,))).quantity.value == 100


def test_a_share_needs_its_part_in_the_base() -> None:
    assert refused(measures.share(ALIBABA, EARLIER)).code == "not-a-part"


def test_a_share_of_what_may_be_zero_is_refused() -> None:
    one, other = stated("a.x", "0"), stated("b.x", "0")
    assert refused(measures.share(one, (one, other))).code == "division-by-zero"


def test_a_share_needs_a_base_that_may_be_added() -> None:
    other = stated("other.accounts", "20", "accounts", distinct=True)
    refusal = refused(measures.share(ACCOUNTS, (ACCOUNTS, other)))
    assert refusal.code == "sum-of-distinct"


def test_a_day_rate_counts_both_ends_of_the_window() -> None:
    rate = derived(measures.per_day(ALIBABA))
    assert rate.quantity.bounds.low == Fraction(28_750_000, 45)
    assert rate.quantity.bounds.high == Fraction(28_850_000, 45)
    assert rate.quantity.unit == "exchanges per day"


def test_a_day_rate_over_months_leaves_the_number_of_days_open() -> None:
    over_months = stated("a.x", "100", window="2026-05..2026-07")
    bounds = derived(measures.per_day(over_months)).quantity.bounds
    assert (bounds.low, bounds.high) == (Fraction(100, 92), Fraction(100, 32))


def test_a_day_rate_needs_a_window() -> None:
    assert refused(measures.per_day(EARLIER[0])).code == "unknown-window"


def test_a_rate_names_what_it_is_per() -> None:
    rate = derived(measures.per(ALIBABA, ACCOUNTS, "account"))
    assert rate.quantity.unit == "exchanges per account"
    assert rate.quantity.bounds.contains(1_152)


def test_a_rate_needs_both_numbers_from_the_same_days() -> None:
    later = stated("alibaba-2026.accounts", "25,000", "accounts", window="2026-05..2026-07")
    assert refused(measures.per(ALIBABA, later, "account")).code == "different-windows"


def test_a_rate_per_what_may_be_zero_is_refused() -> None:
    none = stated("alibaba-2026.accounts", "0", "accounts", window=WINDOW)
    assert refused(measures.per(ALIBABA, none, "account")).code == "division-by-zero"


def test_growth_names_its_base() -> None:
    growth = derived(measures.growth(ALIBABA, derived(measures.total(EARLIER))))
    assert growth.quantity.unit == "%"
    assert growth.quantity.bounds.contains(70)
    assert growth.quantity.bounds.low_conventional
    assert growth.formula.endswith("/ (" + " + ".join(each.address for each in EARLIER) + ") - 1")


def test_a_ratio_needs_one_unit() -> None:
    assert refused(measures.ratio(ALIBABA, ACCOUNTS)).code == "different-units"


@pytest.mark.parametrize(
    ("window", "counted", "elapsed"),
    [
        ("2026-04-22..2026-06-05", (45, 45), (44, 44)),
        ("2026-04-22..2026-04-22", (1, 1), (0, 0)),
        ("2026-05..2026-07", (32, 92), (31, 91)),
        ("2026-05..2026-05", (1, 31), (0, 30)),
        ("2024-02-28..2024-03-01", (3, 3), (2, 2)),
    ],
)
def test_a_duration_counts_both_ends_unless_asked_for_what_elapsed(
    window: str, counted: tuple[int, int], elapsed: tuple[int, int]
) -> None:
    for expected, days in (
        (counted, measures.duration(period(window), "a.dates.occurred")),
        (elapsed, measures.duration(period(window), "a.dates.occurred", elapsed=True)),
    ):
        assert days.quantity.bounds == Bounds(Fraction(expected[0]), Fraction(expected[1]))
        assert days.quantity.unit == "days"


def test_a_duration_says_how_it_was_counted() -> None:
    days = measures.duration(period(WINDOW), "a.dates.occurred")
    assert days.formula == "April 22 to June 5, 2026: days, both ends counted"
    assert "elapsed" in measures.duration(period(WINDOW), "a.x", elapsed=True).formula


def test_the_greatest_ranks_first() -> None:
    places = [derived(measures.rank(each, ALL)).quantity.value for each in ALL]
    assert places == [1, 4, 3, 2]


def test_equals_share_a_place() -> None:
    facts = (stated("a.x", "5"), stated("b.x", "5"), stated("c.x", "4"))
    assert [derived(measures.rank(each, facts)).quantity.value for each in facts] == [1, 1, 3]


def test_a_place_is_open_where_bounds_overlap() -> None:
    one, other = stated("a.x", "about 300"), stated("b.x", "310")
    bounds = derived(measures.rank(one, (one, other))).quantity.bounds
    assert bounds == Bounds(Fraction(1), Fraction(2))


def test_cases_are_counted_once_however_many_facts_they_give() -> None:
    count = derived(measures.count((ALIBABA, ACCOUNTS, *EARLIER)))
    assert count.quantity == Quantity.of(4, "cases")


def test_members_of_sets_may_be_averaged() -> None:
    facts = tuple(
        stated(f"{case}.x", number, "accounts", distinct=True)
        for case, number in (("a", "2"), ("b", "4"), ("c", "9"))
    )
    assert derived(measures.mean(facts)).quantity.value == 5
    assert derived(measures.median(facts)).quantity.value == 4
    assert derived(measures.median(facts[:2])).quantity.value == 3


Stated = list[tuple[Bounds, Fraction]]
some = st.lists(bounds_and_truth(), min_size=1, max_size=5)


def _facts(facts: Stated) -> tuple[tuple[Input, ...], tuple[Fraction, ...]]:
    inputs = tuple(bounded(f"c{index}.x", bounds) for index, (bounds, _) in enumerate(facts))
    return inputs, tuple(truth for _, truth in facts)


@given(some)
def test_totals_means_and_medians_hold_the_truth(facts: Stated) -> None:
    inputs, truths = _facts(facts)
    added = sum(truths, Fraction(0))
    assert derived(measures.total(inputs)).quantity.bounds.contains(added)
    assert derived(measures.mean(inputs)).quantity.bounds.contains(added / len(truths))
    ranked = sorted(truths)
    middle = (ranked[len(ranked) // 2] + ranked[(len(ranked) - 1) // 2]) / 2
    assert derived(measures.median(inputs)).quantity.bounds.contains(middle)


@given(some)
def test_shares_hold_the_truth(facts: Stated) -> None:
    inputs, truths = _facts(facts)
    share = measures.share(inputs[0], inputs)
    assume(not isinstance(share, Refusal))
    assert derived(share).quantity.bounds.contains(100 * truths[0] / sum(truths))


@given(some)
def test_ranks_hold_the_truth(facts: Stated) -> None:
    inputs, truths = _facts(facts)
    place = 1 + sum(truth > truths[0] for truth in truths)
    assert derived(measures.rank(inputs[0], inputs)).quantity.bounds.contains(place)


@given(bounds_and_truth(), bounds_and_truth())
def test_ratios_and_growth_hold_the_truth(
    one: tuple[Bounds, Fraction], other: tuple[Bounds, Fraction]
) -> None:
    assume(not other[0].contains(0))
    inputs, _ = _facts([one, other])
    assert derived(measures.ratio(*inputs)).quantity.bounds.contains(one[1] / other[1])
    change = 100 * (one[1] / other[1] - 1)
    assert derived(measures.growth(*inputs)).quantity.bounds.contains(change)


@given(bounds_and_truth(), st.dates(), st.integers(0, 800), st.sampled_from(["day", "month"]))
def test_day_rates_hold_the_truth(
    fact: tuple[Bounds, Fraction], first: date, length: int, known: str
) -> None:
    last = date.fromordinal(min(first.toordinal() + length, date.max.toordinal()))
    days = (last - first).days + 1
    ends = [PartialDate(d.year, d.month, d.day if known == "day" else None) for d in (first, last)]
    one = replace(bounded("a.x", fact[0]), window=Period(*ends))
    assert derived(measures.per_day(one)).quantity.bounds.contains(fact[1] / days)


def test_a_fact_alone_is_its_own_total_in_its_own_words() -> None:
    assert derived(measures.total((ALIBABA,))).quantity == ALIBABA.quantity


def test_members_of_sets_have_no_daily_average() -> None:
    accounts = stated("a.accounts", "25,000", "accounts", window=WINDOW, distinct=True)
    assert refused(measures.per_day(accounts)).code == "sum-of-distinct"


def test_several_parts_have_one_share() -> None:
    share = derived(measures.share(EARLIER[:2], ALL))
    rest = derived(measures.share((ALIBABA, EARLIER[2]), ALL))
    assert share.formula.startswith("(deepseek-2026.exchanges + moonshot-2026.exchanges) / (")
    assert (share.quantity.bounds + rest.quantity.bounds).contains(100)
    assert refused(measures.share((), ALL)).code == "nothing-to-count"


def test_totals_have_a_place_too() -> None:
    together = derived(measures.total(EARLIER))
    assert derived(measures.rank(together, (ALIBABA, together))).quantity.value == 2
