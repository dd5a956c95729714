"""Words in lines of a fixed number of columns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.rendering.signs import sign
from reportgen.rendering.typewriting import GLUE, columns, narrowest, natural, wrapped

TEXTS = st.text(st.sampled_from("ab \u00a0é漢字。「한👩‍💻\u0301—-.\n"))


@given(TEXTS, st.integers(1, 40))
def test_no_character_is_lost_or_made(text: str, size: int) -> None:
    assert "".join("".join(wrapped(text, size)).split()) == "".join(text.split())


@given(TEXTS, st.integers(1, 40))
def test_a_line_is_too_wide_only_where_it_cannot_be_broken(text: str, size: int) -> None:
    least = max(size, narrowest(text))
    assert all(columns(line) <= least for line in wrapped(text, size))
    assert natural(text) >= narrowest(text) or "\n" not in text


@given(TEXTS, st.integers(4, 40))
def test_lines_end_in_no_blank_and_later_ones_hang(text: str, size: int) -> None:
    first, *rest = wrapped(text, size, "1. ")
    assert first == first.rstrip()
    assert first.startswith("1.")
    assert all(line == line.rstrip() for line in rest)
    assert all(line.startswith("   ") for line in rest if line)


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("abc", 3),
        ("漢字", 4),
        ("한글", 4),
        ("e\u0301te\u0301", 3),
        ("ﾊﾝｶｸ", 4),
        ("“–”", 3),
        ("a\u200bb", 2),
    ],
)
def test_columns_are_those_of_a_fixed_width_typeface(text: str, width: int) -> None:
    assert columns(text) == width


def test_words_tied_by_glue_move_together() -> None:
    assert wrapped(f"about 28.8{GLUE}million", 12) == ("about", "28.8 million")


def test_a_long_address_has_a_line_of_its_own_whole() -> None:
    address = "https://example.org/a-very-long/path"
    assert wrapped(f"See {address} for it", 20) == ("See", address, "for it")


def test_east_asian_writing_is_broken_between_characters_but_not_before_a_full_stop() -> None:
    assert wrapped("漢字漢字漢字。", 8) == ("漢字漢字", "漢字。")
    assert wrapped("漢字漢字。漢", 8) == ("漢字漢", "字。漢")
    assert wrapped("漢字「漢字」", 6) == ("漢字", "「漢", "字」")


def test_a_line_may_end_after_a_dash_and_never_at_a_hyphen() -> None:
    assert wrapped("one—two", 4) == ("one—", "two")
    assert wrapped("NSTM-4", 4) == ("NSTM-4",)


def test_an_emoji_of_several_characters_is_not_taken_apart() -> None:
    assert wrapped("👩‍💻👩‍💻", 4) == ("👩‍💻", "👩‍💻")


def test_a_text_of_no_words_is_one_empty_line() -> None:
    assert wrapped("", 72) == ("",)
    assert narrowest("") == 0


@pytest.mark.parametrize(
    ("number", "depth", "said"),
    [
        (1, 0, "1."),
        (12, 0, "12."),
        (1, 1, "a."),
        (26, 1, "z."),
        (27, 1, "aa."),
        (703, 1, "aaa."),
        (0, 1, "0."),
        (4, 2, "iv."),
        (1994, 2, "mcmxciv."),
        (4000, 3, "4000."),
    ],
)
def test_items_are_counted_as_browsers_count(number: int, depth: int, said: str) -> None:
    assert sign(number, depth) == said
