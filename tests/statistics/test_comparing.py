"""Superlatives and comparisons: said only if they hold for every value within the bounds."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.problems.model import Refusal
from reportgen.quantities.bounds import Bounds
from reportgen.statistics import comparing, measures
from reportgen.statistics.model import Comparison
from tests.statistics.stated import bounded, bounds_and_truth, derived, held, refused, stated

ALIBABA = stated("alibaba-2026.exchanges", "28.8 million")
DEEPSEEK = stated("deepseek-2026.exchanges", "more than 150,000")
MOONSHOT = stated("moonshot-2026.exchanges", "more than 3.4 million")
MINIMAX = stated("minimax-2026.exchanges", "more than 13 million")
EARLIER = (DEEPSEEK, MOONSHOT, MINIMAX)


def test_the_largest_is_greater_than_each_of_the_others() -> None:
    comparison = held(comparing.largest(ALIBABA, EARLIER))
    assert comparison.words == "largest"
    assert comparison.inputs == tuple(each.address for each in (ALIBABA, *EARLIER))


def test_a_superlative_over_floors_says_that_it_rests_on_how_they_are_read() -> None:
    assert held(comparing.largest(ALIBABA, EARLIER)).conventional
    assert not held(comparing.largest(ALIBABA, (stated("a.x", "at most 5"),))).conventional


def test_the_one_compared_may_stand_among_the_others() -> None:
    others = held(comparing.largest(ALIBABA, (ALIBABA, *EARLIER))).inputs[1:]
    assert others == tuple(each.address for each in EARLIER)


@pytest.mark.parametrize("other", ["28.8 million", "28.9 million", "at least 1 million"])
def test_no_largest_where_bounds_meet(other: str) -> None:
    refusal = refused(comparing.largest(ALIBABA, (stated("other.exchanges", other),)))
    assert refusal.code == "comparison-not-borne-out"
    assert "at least 28.75 million and at most 28.85 million" in refusal.message


def test_exact_ties_have_no_largest_and_no_smallest() -> None:
    one, other = stated("a.x", "5"), stated("b.x", "5")
    assert refused(comparing.largest(one, (other,))).code == "comparison-not-borne-out"
    assert refused(comparing.smallest(one, (other,))).code == "comparison-not-borne-out"


def test_the_smallest_is_less_than_each_of_the_others() -> None:
    assert held(comparing.smallest(DEEPSEEK, (ALIBABA, MOONSHOT, MINIMAX))).words == "smallest"


def test_a_superlative_needs_something_to_exceed() -> None:
    assert refused(comparing.largest(ALIBABA, ())).code == "nothing-to-count"
    assert refused(comparing.largest(ALIBABA, (ALIBABA,))).code == "nothing-to-count"


def test_different_units_are_not_compared() -> None:
    accounts = stated("alibaba-2026.accounts", "25,000", "accounts")
    assert refused(comparing.largest(ALIBABA, (*EARLIER, accounts))).code == "different-units"
    assert refused(comparing.times(ALIBABA, accounts, "twice")).code == "different-units"


def test_more_than_all_together_counts_them_in_words() -> None:
    three = held(comparing.more_than_together(ALIBABA, EARLIER, "earlier campaigns"))
    assert three.words == "more than all three earlier campaigns together"
    assert held(comparing.more_than_together(ALIBABA, EARLIER[:2])).words == (
        "more than both together"
    )
    assert held(comparing.more_than_together(ALIBABA, EARLIER[:1])).words == "more than"
    assert three.conventional


def test_more_than_all_together_needs_a_sum_that_may_be_made() -> None:
    sets = tuple(stated(f"{case}.x", "5", distinct=True) for case in "ab")
    assert refused(comparing.more_than_together(ALIBABA, sets)).code == "sum-of-distinct"
    assert refused(comparing.more_than_together(ALIBABA, ())).code == "nothing-to-count"


def test_more_and_fewer_hold_between_facts_and_totals() -> None:
    together = derived(measures.total(EARLIER))
    assert held(comparing.more(ALIBABA, together)).words == "more than"
    assert held(comparing.fewer(together, ALIBABA)).words == "fewer than"
    refusal = refused(comparing.fewer(ALIBABA, together))
    assert "the total of `deepseek-2026.exchanges`" in refusal.message
    assert refusal.help == "what holds is “between 1.62 and 1.75 times”"


@pytest.mark.parametrize(
    "phrase",
    [
        "more than twice",
        "at least twice",
        "more than 2.05 times",
        "between 2.05 and 2.22 times",
        "between 2 and 3 times",
        "fewer than three times",
        "at most 2.5 times",
    ],
)
def test_a_multiple_that_every_value_bears_out_is_said_as_given(phrase: str) -> None:
    assert held(comparing.times(ALIBABA, MINIMAX, phrase)).words == phrase


@pytest.mark.parametrize(
    "phrase",
    [
        "twice",
        "about twice",
        "nearly three times",
        "more than 2.1 times",
        "three times",
        "2.1 times",
        "half",
    ],
)
def test_a_multiple_that_some_value_contradicts_is_refused(phrase: str) -> None:
    refusal = refused(comparing.times(ALIBABA, MINIMAX, phrase))
    assert refusal.code == "comparison-not-borne-out"
    assert "above 13 million and below 14 million" in refusal.message
    assert refusal.help == "what holds is “between 2.05 and 2.22 times”"


@pytest.mark.parametrize(
    ("one", "phrase", "holds"),
    [
        ("195", "twice", True),
        ("205", "twice", True),
        ("194", "twice", False),
        ("190", "about twice", True),
        ("189", "about twice", False),
        ("185", "nearly twice", True),
        ("200", "nearly twice", False),
        ("180", "nearly twice", False),
        ("1450", "15 times", True),
        ("1449", "15 times", False),
        ("1900", "about 20 times", True),
        ("1899", "about 20 times", False),
        ("50", "half", True),
        ("175", "1.8 times", True),
        ("300", "thrice", True),
        ("300", "Three times", True),
        ("201", "more than twice", True),
        ("200", "more than twice", False),
        ("200", "at least twice", True),
        ("900", "more than twice", True),
        ("210", "just over twice", True),
        ("220", "just over twice", False),
        ("200", "exactly twice", True),
        ("201", "exactly twice", False),
    ],
)
def test_how_far_a_multiple_may_be_off(one: str, phrase: str, *, holds: bool) -> None:
    result = comparing.times(stated("a.x", one), stated("b.x", "100"), phrase)
    assert isinstance(result, Comparison) is holds


def test_a_number_makes_its_own_phrase() -> None:
    one, other = stated("a.x", "220"), stated("b.x", "100")
    assert held(comparing.times(one, other, Fraction(11, 5))).words == "2.2 times"


def test_more_than_twice_what_may_be_zero_can_hold() -> None:
    few = stated("b.x", "at most 20")
    comparison = held(comparing.times(stated("a.x", "50"), few, "more than twice"))
    assert comparison.inputs == ("a.x", "b.x")


def test_nothing_is_a_multiple_of_zero() -> None:
    none = stated("a.x", "0")
    assert refused(comparing.times(none, none, "twice")).code == "comparison-not-borne-out"


@pytest.mark.parametrize(
    "phrase", ["", "many times", "zero times", "-2 times", "20% times", "x" * 300]
)
def test_what_is_no_multiple_is_refused(phrase: str) -> None:
    assert refused(comparing.times(ALIBABA, MINIMAX, phrase)).code == "quantity-unreadable"


Stated = tuple[Bounds, Fraction]


@given(bounds_and_truth(), st.lists(bounds_and_truth(), min_size=1, max_size=4))
def test_a_superlative_that_is_said_is_true(one: Stated, others: list[Stated]) -> None:
    facts = [bounded(f"c{index}.x", bounds) for index, (bounds, _) in enumerate(others)]
    mine = bounded("one.x", one[0])
    if isinstance(comparing.largest(mine, facts), Comparison):
        assert all(one[1] > truth for _, truth in others)
    if isinstance(comparing.smallest(mine, facts), Comparison):
        assert all(one[1] < truth for _, truth in others)
    if isinstance(comparing.more_than_together(mine, facts), Comparison):
        assert one[1] > sum(truth for _, truth in others)


@given(
    bounds_and_truth(),
    bounds_and_truth(),
    st.sampled_from(["more than", "at least", "at most", "fewer than"]),
    st.integers(1, 40),
)
def test_a_multiple_that_is_said_is_true(
    one: Stated, other: Stated, hedge: str, tenths: int
) -> None:
    multiple = Fraction(tenths, 10)
    phrase = f"{hedge} {float(multiple)} times"
    result = comparing.times(bounded("a.x", one[0]), bounded("b.x", other[0]), phrase)
    if isinstance(result, Comparison):
        compared = {
            "more than": one[1] > multiple * other[1],
            "at least": one[1] >= multiple * other[1],
            "at most": one[1] <= multiple * other[1],
            "fewer than": one[1] < multiple * other[1],
        }
        assert compared[hedge]


@given(bounds_and_truth(), bounds_and_truth())
def test_what_a_refusal_proposes_holds(one: Stated, other: Stated) -> None:
    mine, theirs = bounded("a.x", one[0]), bounded("b.x", other[0])
    refusal = comparing.times(mine, theirs, "exactly 1,000,000 times")
    assert isinstance(refusal, Refusal)
    if refusal.help is not None and "“" in refusal.help:
        proposed = refusal.help.partition("“")[2].rstrip("”")
        assert held(comparing.times(mine, theirs, proposed)).words == proposed
