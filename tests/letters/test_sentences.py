"""Where sentences end, in the English of letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.letters.sentences import boundaries


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in boundaries(text)]


@pytest.mark.parametrize(
    "text",
    [
        "See 18 U.S.C. 1001 and 15 U.S.C. § 1.",
        "Under 17 C.F.R. 200.83 it is confidential.",
        "Sen. Example and Rep. Other met Mr. Third, Jr. Thursday.",
        "Example Models, Inc. Alleged it in No. 5 of Vol. 2.",
        "The U.S. Senate heard J. D. Example.",
        "It cites Smith v. Jones, et al. In part.",
        "On Jan. 5 and Sept. 6, i.e. Before it, it was so.",
        "(See Fig. 2 and Art. I.)",
        "At No.\u00a05 it stands.",
        "There were 28.8 million of them.",
        "It is at example.org. and 3.5.",
    ],
)
def test_an_abbreviation_ends_no_sentence(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("He said “so.” Then he left.", ["He said “so.”", "Then he left."]),
        ("It was so (as said). “Then” it ended.", ["It was so (as said).", "“Then” it ended."]),
        ("It ended.  \n And began.", ["It ended.", "And began."]),
        ("In 2026. 28 million came.", ["In 2026.", "28 million came."]),
        ("It is under 18 U.S.C.", ["It is under 18 U.S.C."]),
        ("", []),
        ("  ", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(st.text("Aab.!? \n”“()'1", max_size=80))
def test_sentences_cover_all_words_and_never_overlap(text: str) -> None:
    end = 0
    for start, stop in boundaries(text):
        assert end <= start < stop
        assert not text[end:start].strip()
        assert text[start:stop] == text[start:stop].strip()
        end = stop
    assert not text[end:].strip()


def test_a_long_text_is_soon_read() -> None:
    assert len(sentences("No. " * 50_000)) == 1
    assert len(sentences("So it is. " * 50_000)) == 50_000
