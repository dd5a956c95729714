from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.problems.model import Refusal
from reportgen.quantities import wording
from reportgen.quantities.quantity import DOLLARS, PERCENT, Bounds, Quantity, total
from reportgen.quantities.reading import read
from tests.quantities.bounded import statements, truths

if TYPE_CHECKING:
    from collections.abc import Callable

    Wording = Callable[[Quantity, str | None], str | Refusal]

WORDINGS = (
    wording.approximately,
    wording.more_than,
    wording.at_least,
    wording.at_most,
    wording.fewer_than,
    wording.nearly,
    wording.exactly,
    wording.between,
)


def stated(text: str) -> Quantity:
    quantity = read(text)
    assert isinstance(quantity, Quantity), quantity
    return quantity


def bounded(low: str | None, high: str | None, unit: str = "") -> Quantity:
    return Quantity(
        Bounds(None if low is None else Fraction(low), None if high is None else Fraction(high)),
        unit,
    )


def floors(*texts: str) -> Quantity:
    result = total(map(stated, texts))
    assert isinstance(result, Quantity)
    return result


def refused(words: str | Refusal) -> Refusal:
    assert isinstance(words, Refusal), words
    assert words.help
    return words


EARLIER = floors("more than 150,000", "more than 3.4 million", "more than 13 million")


# --- what holds ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wording_", "text", "words"),
    [
        (wording.approximately, "28.8 million", "approximately 28.8 million"),
        (wording.approximately, "28.80 million", "approximately 28.80 million"),
        (wording.approximately, "roughly 25,000", "approximately 25,000"),
        (wording.approximately, "28,812,345", "approximately 28.8 million"),
        (wording.approximately, "25,000", "approximately 25,000"),
        (wording.approximately, "80 percent", "approximately 80 percent"),
        (wording.approximately, "$25 billion", "approximately $25 billion"),
        (wording.more_than, "over 13 million", "more than 13 million"),
        (wording.more_than, "28,812,345", "more than 28 million"),
        (wording.at_least, "more than 13 million", "at least 13 million"),
        (wording.at_least, "at least 5", "at least 5"),
        (wording.at_most, "nearly 25,000", "at most 25,000"),
        (wording.at_most, "up to 3 million", "at most 3 million"),
        (wording.fewer_than, "almost 25,000", "fewer than 25,000"),
        (wording.nearly, "just under 25,000", "nearly 25,000"),
        (wording.nearly, "28,812,345", "nearly 29 million"),
        (wording.exactly, "28,812,345", "exactly 28,812,345"),
        (wording.exactly, "$25.50", "exactly $25.50"),
        (wording.exactly, "three", "exactly 3"),
        (wording.between, "28.8 million", "between 28.7 million and 28.9 million"),
        (wording.between, "20,000 to 30,000", "between 20,000 and 30,000"),
        (wording.between, "23,456 to 30,001", "between 23,456 and 30,001"),
        (wording.between, "80 percent", "between 79.5 and 80.5 percent"),
        (wording.between, "$25 billion", "between $24.5 billion and $25.5 billion"),
    ],
)
def test_words_that_hold(wording_: Wording, text: str, words: str) -> None:
    assert wording_(stated(text), None) == words


@pytest.mark.parametrize(
    ("wording_", "text", "at", "words"),
    [
        (wording.more_than, "28.8 million", "28 million", "more than 28 million"),
        (wording.approximately, "28.8 million", "29 million", "approximately 29 million"),
        (wording.approximately, "28,812,345", "28.81 million", "approximately 28.81 million"),
        (wording.at_least, "nearly 25,000", "24,000", None),
        (wording.nearly, "28.8 million", "29 million", "nearly 29 million"),
        (wording.more_than, "81 percent", "80", "more than 80 percent"),
        (wording.more_than, "81 percent", "80%", "more than 80%"),
        (wording.more_than, "$25 billion", "20 billion", "more than $20 billion"),
        (wording.exactly, "28,812,345", "28812345", "exactly 28,812,345"),
        (wording.exactly, "28,812,345", "28.8 million", None),
        (wording.between, "28.8 million", "28 to 29 million", "between 28 and 29 million"),
        (wording.between, "28.8 million", "28 and 29 million", "between 28 and 29 million"),
        (wording.between, "28.8 million", "between 28 and 28.8 million", None),
        (wording.between, "80 percent", "70 and 90", "between 70 and 90 percent"),
        (wording.between, "$5 million", "4 and 6 million", "between $4 million and $6 million"),
    ],
)
def test_the_author_may_name_the_number(
    wording_: Wording, text: str, at: str, words: str | None
) -> None:
    said = wording_(stated(text), at)
    if words is None:
        assert refused(said).code == "wording-not-borne-out"
    else:
        assert said == words


def test_both_numbers_of_a_range_have_the_unit_of_the_quantity() -> None:
    refusal = refused(wording.between(stated("28.8 million"), "20 to 90 percent"))
    assert refusal.code == "different-units"
    counted = stated("28.8 million").with_unit("exchanges")
    assert wording.between(counted, "28 to 29 million") == "between 28 and 29 million"


def test_a_sum_of_floors_is_worded_as_a_floor() -> None:
    assert wording.say(EARLIER) == "more than 16 million"
    assert wording.more_than(EARLIER) == "more than 16 million"
    assert wording.more_than(EARLIER, "16.5 million") == "more than 16.5 million"
    assert wording.more_than(EARLIER, "16.55 million") == "more than 16.55 million"
    assert wording.at_least(EARLIER) == "at least 16 million"
    assert wording.at_least(EARLIER, "5 million") == "at least 5 million"


# --- what does not ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        wording.more_than(EARLIER, "16.6 million"),
        wording.more_than(EARLIER, "15 million"),
        wording.at_least(EARLIER, "16.6 million"),
        wording.at_most(EARLIER, "18 million"),
        wording.fewer_than(EARLIER, "20 million"),
        wording.nearly(EARLIER, "18 million"),
        wording.approximately(EARLIER),
        wording.approximately(EARLIER, "20 million"),
        wording.between(EARLIER),
        wording.between(EARLIER, "16 and 18 million"),
    ],
)
def test_nothing_rests_on_the_end_of_a_floor_that_nobody_stated(words: str | Refusal) -> None:
    refusal = refused(words)
    assert refusal.code == "wording-not-borne-out"
    assert refusal.message.endswith(
        "is not borne out: the number is above 16.55 million and by convention below 17.66 million"
    )
    assert refusal.help == "say `more than 16 million`"


@pytest.mark.parametrize(
    ("wording_", "text"),
    [
        (wording.approximately, "nearly 25,000"),
        (wording.approximately, "more than 13 million"),
        (wording.approximately, "at least 13 million"),
        (wording.more_than, "28.8 million"),
        (wording.more_than, "at least 13 million"),
        (wording.more_than, "nearly 25,000"),
        (wording.at_least, "28.8 million"),
        (wording.at_most, "more than 13 million"),
        (wording.nearly, "25,000"),
        (wording.nearly, "approximately 25,000"),
        (wording.fewer_than, "at most 5"),
        (wording.exactly, "28.8 million"),
        (wording.exactly, "between 20 and 30"),
        (wording.between, "nearly 25,000"),
        (wording.between, "5"),
    ],
)
def test_words_that_the_statement_does_not_bear_out(wording_: Wording, text: str) -> None:
    refusal = refused(wording_(stated(text), None))
    assert refusal.code == "wording-not-borne-out"
    assert refusal.help == f"say `{text}`, as the source does"


def test_more_than_is_refused_when_the_low_bound_is_below() -> None:
    refusal = refused(wording.more_than(stated("28.8 million")))
    assert refusal.message == (
        "`more than 28.8 million` is not borne out: "
        "the number is at least 28.75 million and at most 28.85 million"
    )


@pytest.mark.parametrize(
    ("at", "code"),
    [
        ("many", "quantity-unreadable"),
        ("nearly 5", "quantity-unreadable"),
        ("5 to 6", "quantity-unreadable"),
        ("5 percent", "different-units"),
        ("$5", "different-units"),
    ],
)
def test_a_number_that_names_none_is_refused(at: str, code: str) -> None:
    for wording_ in WORDINGS[:7]:
        assert refused(wording_(stated("5"), at)).code == code


# --- computed -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quantity", "words"),
    [
        (bounded("45", "45"), "45"),
        (bounded("640000", "640000"), "640,000"),
        (bounded("30000000", "30000000"), "30,000,000"),
        (bounded("1/3", "1/3"), "approximately 0.333"),
        (bounded("2.25", "2.25"), "2.25"),
        (bounded("2.125", "2.125"), "approximately 2.12"),
        (bounded("28750000", "28850000"), "approximately 28.8 million"),
        (bounded("638889", "641111"), "approximately 640,000"),
        (bounded("62", "63.5", PERCENT), "between 62 and 63.5 percent"),
        (bounded("24600000000", "25400000000", DOLLARS), "approximately $25 billion"),
        (bounded("16123456", "17654321"), "between 16.1 million and 17.7 million"),
        (bounded("13000012", None), "more than 13 million"),
        (bounded("12", None), "at least 12"),
        (bounded(None, "17654321"), "at most 18 million"),
        (bounded("-5", "-5"), "\N{MINUS SIGN}5"),
        (bounded("-5.25", "3", PERCENT), "between \N{MINUS SIGN}5.25 and 3 percent"),
        (bounded("-5.5", "-5.5", DOLLARS), "\N{MINUS SIGN}$5.50"),
        (bounded(None, None), "an unknown number"),
    ],
)
def test_a_computed_quantity_is_said_in_the_shortest_true_words(
    quantity: Quantity, words: str
) -> None:
    assert wording.say(quantity) == words


def test_a_ratio_to_a_floor_is_said_by_the_end_that_is_stated() -> None:
    ratio = stated("28.8 million") / EARLIER
    assert isinstance(ratio, Quantity)
    assert wording.say(ratio) == "at most 1.8"


def test_a_ratio_of_floors_is_said_by_convention_where_nothing_else_is_known() -> None:
    ratio = stated("more than 13 million") / stated("more than 3.4 million")
    assert isinstance(ratio, Quantity)
    assert wording.say(ratio) == "between 3.71 and 4.12"


# --- always -------------------------------------------------------------------------------------


def bears_out(words: str, quantity: Quantity) -> bool:
    """Whether the words, read again, hold for every number that somebody stated."""
    reading = read(words)
    assert isinstance(reading, Quantity), words
    return reading.bounds.firm.contains(quantity.bounds.firm)


@given(statements())
def test_what_is_worded_holds_when_it_is_read_again(text: str) -> None:
    quantity = read(text)
    if not isinstance(quantity, Quantity):
        return
    for wording_ in WORDINGS:
        words = wording_(quantity, None)
        if isinstance(words, str):
            assert bears_out(words, quantity)
            reading = read(words)
            assert isinstance(reading, Quantity)
            # Of a floor only its own end must lie where the words put it.
            if quantity.bounds.firm.high is not None and quantity.bounds.firm.low is not None:
                assert reading.bounds.contains(quantity.bounds)


@given(truths(), st.sampled_from(["", PERCENT, DOLLARS]))
def test_a_computed_quantity_is_said_truly(drawn: tuple[Bounds, Fraction], unit: str) -> None:
    bounds, _ = drawn
    quantity = Quantity(bounds, unit)
    words = wording.say(quantity)
    if bounds.firm != Bounds(None, None) and "\N{MINUS SIGN}" not in words:
        assert bears_out(words, quantity)


@given(truths(), st.integers(1, 10**9), st.sampled_from(["", " thousand", " million"]))
def test_no_number_that_an_author_names_is_said_falsely(
    drawn: tuple[Bounds, Fraction], number: int, scale: str
) -> None:
    quantity = Quantity(drawn[0])
    for wording_ in WORDINGS[:7]:
        words = wording_(quantity, f"{number:,}{scale}")
        if isinstance(words, str):
            assert bears_out(words, quantity)


@given(statements())
def test_a_refusal_names_words_that_hold(text: str) -> None:
    quantity = read(text)
    if not isinstance(quantity, Quantity):
        return
    for wording_ in WORDINGS:
        words = wording_(quantity, None)
        if isinstance(words, Refusal):
            assert words.help is not None
            assert read(words.help.split("`")[1]) == quantity
