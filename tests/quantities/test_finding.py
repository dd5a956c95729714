from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.quantities.finding import Found, Kind, find
from reportgen.quantities.quantity import Quantity
from reportgen.quantities.reading import read
from reportgen.quantities.wording import say
from tests.quantities.bounded import statements


def texts(prose: str) -> list[str]:
    return [found.text for found in find(prose)]


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("25,000", Kind.FIGURE),
        ("28812345", Kind.FIGURE),
        ("28.8 million", Kind.FIGURE),
        ("28.8M", Kind.FIGURE),
        ("1e6", Kind.FIGURE),
        ("5G", Kind.FIGURE),
        ("1/2", Kind.FIGURE),
        ("3\u00bd", Kind.FIGURE),
        ("10^26", Kind.FIGURE),
        ("1.5 \u00d7 10\u00b2\u2075", Kind.FIGURE),
        ("25\u00a0000", Kind.FIGURE),
        ("192.168.1.1", Kind.FIGURE),
        ("\u0663\u0664", Kind.FIGURE),
        ("10:30", Kind.FIGURE),
        ("80 percent", Kind.PERCENTAGE),
        ("80%", Kind.PERCENTAGE),
        ("-5 %", Kind.PERCENTAGE),
        ("\N{MINUS SIGN}5 per cent", Kind.PERCENTAGE),
        ("twenty-five percent", Kind.PERCENTAGE),
        ("one percent", Kind.PERCENTAGE),
        ("2 percentage points", Kind.PERCENTAGE),
        ("$25 billion", Kind.MONEY),
        ("US$25", Kind.MONEY),
        ("$25bn", Kind.MONEY),
        ("\u20ac5", Kind.MONEY),
        ("CNY 300 million", Kind.MONEY),
        ("25 billion dollars", Kind.MONEY),
        ("twenty dollars", Kind.MONEY),
        ("2.2 times", Kind.MULTIPLE),
        ("three times", Kind.MULTIPLE),
        ("10-fold", Kind.MULTIPLE),
        ("threefold", Kind.MULTIPLE),
        ("twice", Kind.MULTIPLE),
        ("doubled", Kind.MULTIPLE),
        ("2x", Kind.MULTIPLE),
        ("119th", Kind.ORDINAL),
        ("2026", Kind.YEAR),
        ("1990s", Kind.YEAR),
        ("three", Kind.WORDS),
        ("twelve", Kind.WORDS),
        ("sixty-one", Kind.WORDS),
        ("two hundred and fifty thousand", Kind.WORDS),
        ("one million", Kind.WORDS),
        ("a hundred", Kind.WORDS),
        ("half", Kind.WORDS),
        ("half a million", Kind.WORDS),
        ("one-third", Kind.WORDS),
        ("two thirds", Kind.WORDS),
        ("a dozen", Kind.WORDS),
        ("three dozen", Kind.WORDS),
        ("dozens", Kind.WORDS),
        ("hundreds of thousands", Kind.WORDS),
        ("millions", Kind.WORDS),
        ("June 10, 2026", Kind.DATE),
        ("June 10", Kind.DATE),
        ("June 2026", Kind.DATE),
        ("Sept. 3, 2026", Kind.DATE),
        ("10 June 2026", Kind.DATE),
        ("10th of June", Kind.DATE),
        ("2026-06-10", Kind.DATE),
        ("2026-06", Kind.DATE),
        ("2026-06-10T12:30:00Z", Kind.DATE),
        ("6/10/2026", Kind.DATE),
        ("FY2026", Kind.DATE),
        ("Q2 2026", Kind.DATE),
        ("April 22 to June 5, 2026", Kind.DATE),
        ("April 22, 2026, to June 5, 2026", Kind.DATE),
        ("April 22\N{EN DASH}25, 2026", Kind.DATE),
        ("22 to 25 April 2026", Kind.DATE),
        ("April to June 2026", Kind.DATE),
        ("December 2025 to January 2026", Kind.DATE),
        ("between April 22 and June 5, 2026", Kind.DATE),
        ("2026-04-22/2026-06-05", Kind.DATE),
        ("20,000 to 30,000", Kind.RANGE),
        ("20\N{EN DASH}30 percent", Kind.RANGE),
        ("20%-30%", Kind.RANGE),
        ("$20 to $30 million", Kind.RANGE),
        ("between 20 and 30 million", Kind.RANGE),
        ("three to five", Kind.RANGE),
        ("2024 to 2026", Kind.RANGE),
    ],
)
def test_each_kind_of_number_is_one_find(number: str, kind: Kind) -> None:
    for before, after in (
        ("", ""), ("They counted ", " of them."), ("(", ")"), ("\N{EM DASH}", ", and"), ("\u201c", "\u201d"),
    ):  # fmt: skip
        prose = f"{before}{number}{after}"
        start = len(before)
        assert find(prose) == (Found(start, start + len(number), number, kind),)


@pytest.mark.parametrize(
    "prose",
    [
        "NSTM-4",
        "AML.T0024.002",
        "AML.CS0056",
        "Qwen3 and Llama-3.1-405B",
        "GPT-4o",
        "CVE-2026-1234",
        "COVID-19",
        "SHA256",
        "H.R.1234",
        "one of the firms",
        "no one, first, second and a third party",
        "on behalf of often tenuous stoned weights",
        "a zero-day and a double-check",
        "in June, or it may be",
        "several, many, most, few, both",
        "https://example.com/2026/23163.html?a=5",
        "www.example.com/5",
        "a5@b7.example",
        "",
        "-",
        "$",
    ],
)
def test_what_states_no_amount_is_not_found(prose: str) -> None:
    assert texts(prose) == []


@pytest.mark.parametrize(
    ("prose", "numbers"),
    [
        ("Fable 5 and Mythos 5", ["5", "5"]),
        ("SB 53", ["53"]),
        ("mid-2026", ["2026"]),
        ("Mid-2026", ["2026"]),
        ("a 45-day window", ["45"]),
        ("seven and eight", ["seven", "eight"]),
        ("June 10 and 25,000 accounts", ["June 10", "25,000"]),
        ("on June 10, 25,000 accounts", ["June 10", "25,000"]),
        ("in May 28.8 million", ["28.8 million"]),
        ("more than 3.4 million; more than 13 million.", ["3.4 million", "13 million"]),
        ("two\nmillion", ["two\nmillion"]),
        ("one-half, one half of it", ["one-half", "one half"]),
        ("a third of it", ["a third"]),
        ("accounts.25,000 of", ["25,000"]),
        ("20,000 and 30,000", ["20,000", "30,000"]),
        ("555-123-4567", ["555-123-4567"]),
    ],
)
def test_numbers_in_their_surroundings(prose: str, numbers: list[str]) -> None:
    assert texts(prose) == numbers


@given(statements())
def test_whatever_a_letter_says_of_a_quantity_is_one_find(text: str) -> None:
    quantity = read(text)
    if isinstance(quantity, Quantity):
        (found,) = find(f"We counted {say(quantity)} of them.")
        # The hedge is no part of the number, but "between" is of both.
        assert say(quantity).endswith(found.text)
        assert not any(character.isdigit() for character in say(quantity).removesuffix(found.text))


@given(st.text() | st.text("0123456789,.-/%$ \nJune May to and between two million-fold@A"))
def test_finds_are_in_order_and_no_digit_is_overlooked(prose: str) -> None:
    found = find(prose)
    assert all(prose[each.start : each.end] == each.text != "" for each in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    for each in found:
        before, after = prose[: each.start][-1:], prose[each.end :][:1]
        assert not (each.text[0].isdecimal() and before.isdecimal())
        assert not (each.text[-1].isdecimal() and after.isdecimal())


@given(st.text("0123456789,. "))
def test_every_digit_outside_words_is_found(prose: str) -> None:
    covered = {index for found in find(prose) for index in range(found.start, found.end)}
    assert {index for index, character in enumerate(prose) if character.isdigit()} <= covered


HOSTILE = (
    "1", "1,", "a", "A-", "A.", "a.1", "a@", "b-", "two ", "hundred and ", "one-", "1-", "1 to ",
    "June ", "June 1 to ", "2026-01-", "between ", "between 1 and ", "$", "USD ", "-", " ", "\u00bd",
    "1\u00a0", "1^", "10 x 10", "Q2 ", "half a ", "dozens of ", "https://", "a+@-",
)  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_text_takes_more_time_than_its_length_accounts_for(piece: str) -> None:
    """Were any pattern quadratic, this would take minutes instead of tenths of a second."""
    prose = piece * (100_000 // len(piece))
    assert all(prose[each.start : each.end] == each.text for each in find(prose))
