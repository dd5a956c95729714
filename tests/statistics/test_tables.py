"""Tables as text: aligned for a terminal, safe for a spreadsheet."""

from __future__ import annotations

import csv
import io
from itertools import chain

from hypothesis import given
from hypothesis import strategies as st

from reportgen.statistics.tables import aligned, comma_separated


def test_words_stand_to_the_left_and_numbers_to_the_right() -> None:
    text = aligned(("Name", "Cases"), (("Alibaba", 1), ("Zoë", 100)))
    assert text == "Name     Cases\n-------  -----\nAlibaba      1\nZoë        100\n"


def test_a_column_that_says_nothing_is_left_out() -> None:
    assert aligned(("Name", "Share"), (("a", ""), ("b", None))) == "Name\n----\na\nb\n"


def test_wide_characters_take_two_columns_and_accents_none() -> None:
    lines = aligned(("Name", "X"), (("阿里", "a"), ("Zoe\u0308", "b"))).splitlines()
    assert lines[2:] == ["阿里  a", "Zoe\u0308   b"]


def test_a_terminal_gets_no_control_characters() -> None:
    text = aligned(("Name",), (("\x1b[31mred\u202e\r\n",),))
    assert text.splitlines()[2] == " [31mred"


def test_a_spreadsheet_gets_no_formulas() -> None:
    hostile = ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "\r=1", "\n=1"]
    text = comma_separated(("cell",), [(cell,) for cell in (*hostile, "harmless")])
    read = [row[0] for row in csv.reader(io.StringIO(text, newline=""))][1:]
    assert read == [*(f"'{cell.translate(BREAKS)}" for cell in hostile), "harmless"]


def test_numbers_are_written_in_full() -> None:
    text = comma_separated(("a", "b", "c", "d"), ((28_750_000.0, 1e21, -1.5, None),))
    assert text.splitlines()[1] == "28750000,1000000000000000000000,-1.5,"


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2)))
def test_whatever_stands_in_a_table_can_be_read_back(rows: list[list[str]]) -> None:
    text = comma_separated(("a", "b"), rows)
    read = list(csv.reader(io.StringIO(text, newline="")))[1:]
    assert len(read) == len(rows)
    for cell, given_ in zip(chain(*read), chain(*rows), strict=True):
        assert cell.isprintable()
        assert not cell.lstrip().startswith(("=", "+", "-", "@"))
        assert cell.removeprefix("'").split() == plain(given_).removeprefix("'").split()


BREAKS = {ord(letter): " " for letter in "\t\r\n"}


def plain(words: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in words)
