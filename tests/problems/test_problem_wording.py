"""Quoting and nearest names."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reportgen.problems.wording import listed, nearest, quoted, suggestion


@given(text=st.text(max_size=300))
def test_a_quotation_is_short_and_on_one_line(text: str) -> None:
    assert len(quoted(text)) <= 62
    assert "\n" not in quoted(text)


def test_names_are_joined_as_a_sentence_joins_them() -> None:
    assert listed([]) == ""
    assert listed(["a"]) == "`a`"
    assert listed(["a", "b"]) == "`a` and `b`"
    assert listed(["a", "b", "c"], "or") == "`a`, `b` or `c`"


def test_the_nearest_name_is_found_through_slips() -> None:
    names = ("status", "sources", "model-extraction", "as_of")
    assert nearest("stauts", names) == "status"
    assert nearest("SOURCE", names) == "sources"
    assert nearest("model_extraction", names) == "model-extraction"
    assert nearest("as-of", names) == "as_of"
    assert nearest("zebra", names) is None
    assert nearest("x" * 1_000_000, names) is None


def test_a_suggestion_asks_or_lists_or_is_silent() -> None:
    assert suggestion("rde", ("red", "green")) == "did you mean `red`?"
    assert suggestion("blue", ("red", "green"), "colors") == "the colors are `red` and `green`"
    assert suggestion("blue", ("red",)) == "there is only `red`"
    assert suggestion("blue", ()) is None
    assert suggestion("blue", (f"x{n}" for n in range(100))) is None
