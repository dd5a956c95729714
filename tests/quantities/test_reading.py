from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.problems.model import Refusal
from reportgen.quantities.notation import exact_value
from reportgen.quantities.quantity import DOLLARS, PERCENT, Hedge, Quantity
from reportgen.quantities.reading import MOST_CHARACTERS, read
from tests.quantities.bounded import statements

DOCS = Path(__file__).parents[2] / "docs" / "quantities.md"


def stated(text: str) -> Quantity:
    quantity = read(text)
    assert isinstance(quantity, Quantity), quantity
    return quantity


def refused(statement: str | dict[str, object]) -> Refusal:
    refusal = read(statement)
    assert isinstance(refusal, Refusal), refusal
    assert refusal.message
    assert refusal.help
    return refusal


def table_of_docs() -> list[tuple[str, str]]:
    rows = (line.split("|") for line in DOCS.read_text("utf-8").splitlines() if "`" in line)
    return [
        (written.strip(" `"), cells[1].strip(" `"))
        for _, *cells in rows
        if len(cells) > 2
        for written in cells[0].split("`, `")
    ]


def test_every_row_of_the_docs_is_so() -> None:
    table = table_of_docs()
    assert len(table) > 20
    assert [(written, exact_value(stated(written))) for written, _ in table] == table


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("0", "0"),
        ("7", "7"),
        ("1,000,000", "1000000"),
        ("0.0 million", "0..50000"),
        ("2.2", "2.15..2.25"),
        ("0.125", "0.1245..0.1255"),
        ("13 thousand", "12500..13500"),
        ("1.5 trillion", "1450000000000..1550000000000"),
        ("28.8 MILLION", "28750000..28850000"),
        ("About 25,000", "24500..25500"),
        ("  roughly\n 25,000 ", "24500..25500"),
        ("some 25,000", "24500..25500"),
        ("around 25,000", "24500..25500"),
        ("an estimated 25,000", "24500..25500"),
        ("~25,000", "24500..25500"),
        ("approximately 28,812,345", "28812344.5..28812345.5"),
        ("approximately 0", "0..0.5"),
        ("approximately three", "2.5..3.5"),
        ("just over 13 million", "13000000<..<14000000~"),
        ("in excess of 13.0 million", "13000000<..<13100000~"),
        ("> 13 million", "13000000<..<14000000~"),
        ("more than 100", "100<..<200~"),
        ("more than a million", "1000000<..<2000000~"),
        ("more than 80 percent", "80<..<90~"),
        ("more than 81 percent", "81<..<82~"),
        ("no fewer than 5", "5.."),
        ("5 or more", "5.."),
        ("25,000+", "25000.."),
        ("no more than 5", "..5"),
        ("5 or fewer", "..5"),
        ("as many as 5", "..5"),
        ("≤ 5", "..5"),
        ("under 5", "..<5"),
        ("just under 25,000", "24000~<..<25000"),
        ("nearly 1,000", "900~<..<1000"),
        ("nearly 2.0 million", "1900000~<..<2000000"),
        ("20,000-30,000", "20000..30000"),
        ("20,000 – 30,000", "20000..30000"),
        ("three to five", "3..5"),
        ("$20 to 30 million", "20000000..30000000"),
        ("900,000 to 1.2 million", "900000..1200000"),
        ("roughly 20,000 to 30,000", "15000..35000"),
        ("between 5 and 5", "5"),
        ("twenty-five", "25"),
        ("Twenty Five", "25"),
        ("three hundred", "250..350"),
        ("two million", "1500000..2500000"),
        ("80 per cent", "79.5..80.5"),
        ("100%", "99.5..100.5"),
        ("about 80%", "75..85"),
        ("12.345%", "12.3445..12.3455"),
        ("$25,000", "25000"),
        ("$1,000.50", "1000.5"),
        ("US$25.5", "25.45..25.55"),
        ("25 billion U.S. dollars", "24500000000..25500000000"),
        ("exactly 28.8 million", "28800000"),
        ("exactly 80 percent", "80"),
    ],
)
def test_what_people_write(text: str, bounds: str) -> None:
    assert exact_value(stated(text)) == bounds


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("28.8 million", 100_000),
        ("28.80 million", 10_000),
        ("30 million", 10_000_000),
        ("approximately 30.0 million", 100_000),
        ("approximately 25,000", 1_000),
        ("approximately 1,050", 10),
        ("80 percent", 1),
        ("approximately 80 percent", 10),
        ("2.25", Fraction(1, 100)),
        ("28,812,345", None),
    ],
)
def test_the_last_stated_place(text: str, step: int | None) -> None:
    assert stated(text).step == step


@pytest.mark.parametrize("number", ["1", "12", "28,812,345", "three"])
def test_the_floor_of_a_number_to_the_last_one_is_bounded_by_no_convention(number: str) -> None:
    bounds = stated(f"more than {number}").bounds
    assert (bounds.high, bounds.conventional) == (None, False)


def test_nearly_twelve_may_be_eleven() -> None:
    bounds = stated("nearly 12").bounds
    assert bounds.contains(11)
    assert not bounds.contains(12)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("28812345", "28,812,345"),
        ("Nearly  25,000", "nearly 25,000"),
        ("~ 25,000", "approximately 25,000"),
        ("over 13 Million", "over 13 million"),
        ("28.80 million", "28.80 million"),
        ("13 million or more", "at least 13 million"),
        ("from 20,000 to 30,000", "20,000 to 30,000"),
        ("20-30 percent", "20 to 30 percent"),
        ("between 20 and 30 million", "between 20 and 30 million"),
        ("US$ 25 billion", "$25 billion"),
        ("25 billion dollars", "$25 billion"),
        ("80 per cent", "80 percent"),
        ("80 %", "80%"),
        ("Twelve", "twelve"),
    ],
)
def test_the_words_are_those_of_a_letter(text: str, said: str) -> None:
    assert stated(text).text == said


@pytest.mark.parametrize(
    ("text", "unit"),
    [("80%", PERCENT), ("$5", DOLLARS), ("usd 5", DOLLARS), ("5 dollars", DOLLARS), ("5", "")],
)
def test_percentages_and_money_have_their_unit(text: str, unit: str) -> None:
    assert stated(text).unit == unit


@pytest.mark.parametrize(
    ("ends", "bounds", "said"),
    [
        ({"low": "20,000", "high": "30,000"}, "20000..30000", "between 20,000 and 30,000"),
        ({"low": 20000, "high": 30000}, "20000..30000", "between 20,000 and 30,000"),
        ({"low": "28.7 million"}, "28700000..", "at least 28.7 million"),
        ({"high": "3", "low": None}, "..3", "at most 3"),
        ({"low": "20%", "high": "30%"}, "20..30", "between 20% and 30%"),
    ],
)
def test_low_and_high_are_as_said(ends: dict[str, object], bounds: str, said: str) -> None:
    quantity = read(ends)
    assert isinstance(quantity, Quantity)
    assert (exact_value(quantity), quantity.text) == (bounds, said)


@pytest.mark.parametrize(
    ("ends", "why"),
    [
        ({}, "names neither low nor high"),
        ({"low": None}, "names neither low nor high"),
        ({"low": "5", "hihg": "6"}, "has a key `hihg` beside low and high"),
        ({"low": "more than 5"}, "is no number"),
        ({"low": ["5"]}, "is no number"),
        ({"low": "5%", "high": "6"}, "has two units"),
        ({"low": "", "high": "6"}, "is no number"),
    ],
)
def test_a_mapping_that_bounds_nothing_is_refused(ends: dict[str, object], why: str) -> None:
    refusal = refused(ends)
    assert refusal.code == "quantity-unreadable"
    assert why in refusal.message
    assert "low: 20,000" in (refusal.help or "")


@pytest.mark.parametrize(
    "statement",
    ["30 to 20", "between 30 and 20", "3 million to 2", {"low": "9", "high": "3"}],
)
def test_reversed_bounds_are_refused(statement: str | dict[str, object]) -> None:
    assert refused(statement).code == "bounds-reversed"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "is missing"),
        (" \t", "is missing"),
        ("28,81,345", "not grouped in threes"),
        ("1,0000", "not grouped in threes"),
        ("0,5", "not grouped in threes"),
        ("25.000", "thousands grouped with a point"),
        ("28.812.345", "no number"),
        ("28 812 345", "no number"),
        ("007", "begins with a zero"),
        ("1e6", "no number"),
        ("0x1F", "no number"),
        ("nan", "no number"),
        ("inf", "no number"),
        (".5", "no number"),
        ("5.", "no number"),
        ("5M", "no number"),
        ("½", "no number"),
        ("٣٤", "digits other than 0 to 9"),
        ("\uff11\uff12", "digits other than 0 to 9"),
        ("-5", "is negative"),
        ("\N{MINUS SIGN}5 percent", "is negative"),
        ("minus five", "is negative"),
        ("nearly 0", "less than nothing"),
        ("fewer than 0", "less than nothing"),
        ("dozens", "says `dozens`"),
        ("hundreds of thousands", "says `hundreds`"),
        ("half a million", "says `half`"),
        ("25,000 accounts", "has words after the number"),
        ("€5", "US dollars"),
        ("$5 percent", "two units"),
        ("$5 to 6 percent", "two units"),
        ("more than 20 to 30", "hedges a range"),
        ("exactly 5 to 6", "hedges a range"),
        ("nearly nearly 5", "no number"),
        ("1" * 19, "more than 18 digits"),
        ("5" + " " * MOST_CHARACTERS, "longer than 200 characters"),
        ("a", "no number"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_way_out(text: str, why: str) -> None:
    refusal = refused(text)
    assert refusal.code == "quantity-unreadable"
    assert why in refusal.message


def test_a_refusal_quotes_the_writer_and_not_at_length() -> None:
    assert refused("Nearly 5M").message.startswith("`Nearly 5M` ")
    assert len(refused("9" * 10_000_000).message) < 200
    assert "\n" not in refused("5\n6").message


@given(st.text() | st.text("0123456789,.- $%aeinotuwyfl"))
def test_reading_raises_on_no_text(text: str) -> None:
    assert isinstance(read(text), Quantity | Refusal)
    assert isinstance(read({"low": text}), Quantity | Refusal)


@given(statements())
def test_the_stated_number_lies_within_or_at_an_end(text: str) -> None:
    quantity = read(text)
    if isinstance(quantity, Quantity) and quantity.stated is not None:
        bounds = quantity.bounds
        assert bounds.contains(quantity.stated) or quantity.stated in {bounds.low, bounds.high}


@given(statements())
def test_the_words_read_again_say_the_same(text: str) -> None:
    quantity = read(text)
    if isinstance(quantity, Quantity):
        assert read(quantity.text) == quantity


@given(st.integers(1, 10**7), st.sampled_from([1, 10, 1_000, 10**5, 10**6]))
def test_a_rounded_number_holds_all_that_round_to_it(number: int, place: int) -> None:
    rounded = (number + place // 2) // place * place
    if rounded:
        assert stated(f"approximately {rounded:,}").bounds.contains(number)


def test_a_hedge_is_kept() -> None:
    assert stated("over 13 million").hedge is Hedge.MORE_THAN
    assert stated("20 to 30").hedge is Hedge.BETWEEN
    assert stated("exactly 5").hedge is Hedge.NONE
