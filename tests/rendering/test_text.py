"""The plain text of a letter."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.letters.draft import Production, Version
from reportgen.rendering import text
from reportgen.rendering.model import Edition, Stationery
from tests.rendering.letter_sample import (
    e,
    fact,
    letter,
    lines,
    note,
    table,
    with_paragraph,
    without_chart,
)

if TYPE_CHECKING:
    from reportgen.letters.draft import Draft
    from tests.rendering.letter_sample import Node

FINAL = Edition(final=True)
NOTHING = Stationery((), {})


def written(draft: Draft, edition: Edition = FINAL) -> str:
    """The text of a letter that has nothing wrong."""
    artifact, problems = text.render(draft, NOTHING, edition)
    assert problems == ()
    assert artifact is not None
    return artifact.content.decode()


def body(*blocks: Node) -> str:
    """What stands between the salutation and the close of a letter of these blocks."""
    whole = written(letter((e("section", *blocks, id="only"),), marking=None))
    return whole.partition("Specimen:\n\n")[2].partition("\n\nRespectfully")[0]


def test_the_letter_begins_with_its_blocks_one_below_the_other() -> None:
    assert written(letter()).startswith(
        """\
Specimen, made by hand for the tests; never sent to anybody
------------------------------------------------------------------------

Example Laboratories
100 Sample Street, Suite 4, Springfield 00000

June 10, 2026

Via electronic mail

The Honorable Avery Example
Chairman
Committee on Public Works and Records
United States Senate
534 Example Senate Office Building
Washington, D.C. 20510

The Honorable Jordan Specimen
Ranking Member
Committee on Public Works and Records
United States Senate
534 Example Senate Office Building
Washington, D.C. 20510

Re: A campaign of extraction against a language model, April 22 to June
    5, 2026, and measures that would help

Dear Chairman Example and Ranking Member Specimen:


1. What happened
"""
    )


def test_the_letter_ends_with_its_notes_and_its_marking() -> None:
    draft = with_paragraph("It began.", note(1, "First."), " It ended.", note(2, "Second."))
    assert written(replace(draft, marking="Specimen")).endswith(
        """\
It began.[1] It ended.[2]

Respectfully submitted,

[Signatory]
Head of Policy
Example Laboratories

Enclosures
    1. Table of observations
    2. Statement of method

cc:
    The Honorable Casey Sample
    Office of the Clerk


Notes

[1] First.
[2] Second.

------------------------------------------------------------------------
Specimen
"""
    )


def test_no_line_is_wider_than_72_columns_or_ends_in_a_blank() -> None:
    whole = written(letter(), Edition(open_points=("what is open " * 12,)))
    rows = whole.splitlines()
    assert len(rows) > 100
    assert max(map(len, rows)) == 72
    assert not [row for row in rows if row != row.rstrip()]
    assert whole.endswith("\n")


def test_headings_hang_after_their_numbers() -> None:
    heading = e("h2", e("span", "12.", class_="number"), " " + "a long heading " * 6)
    assert body(heading, e("p", "Text.")).splitlines() == [
        "",
        "12. a long heading a long heading a long heading a long heading a long",
        "    heading a long heading",
        "",
        "Text.",
    ]


def test_lists_have_the_signs_of_the_printed_letter() -> None:
    inner = e("ol", e("li", "on exports"), e("li", "on access", e("ol", e("li", "abroad"))))
    assert body(e("ol", e("li", "controls", inner), e("li", "penalties"), start="9")) == (
        "     9. controls\n"
        "        a. on exports\n"
        "\n"
        "        b. on access\n"
        "           i. abroad\n"
        "\n"
        "    10. penalties"
    )
    assert body(e("ul", e("li", "one"), e("li", "two"))) == "    - one\n    - two"


def test_what_is_deep_in_lists_still_has_lines_to_be_read() -> None:
    inner = e("ul", e("li", "one two three four five six"))
    for _ in range(24):
        inner = e("ul", e("li", "deeper", inner))
    *_, last, end = body(inner).splitlines()
    assert last.strip() == "- one two three four five"
    assert end.strip() == "six"


def test_a_quotation_is_indented() -> None:
    assert body(e("blockquote", e("p", "“Nothing.”"))) == "    “Nothing.”"


def test_a_drawing_is_its_caption_and_its_words() -> None:
    figure = e(
        "figure",
        e("img", src="chart:comparison", alt="Bar chart: two bars."),
        e("figcaption", e("span", "Figure 1.", class_="label"), " Two"),
    )
    assert body(figure) == "Figure 1. Two\n\n    Bar chart: two bars."


def test_a_figure_a_date_and_the_name_of_a_table_stay_on_one_line() -> None:
    """Each is moved through the place where a line ends."""
    pieces = (
        fact(1, "28.8 million"),
        e("time", "February 23, 2026", datetime="2026-02-23"),
        e("a", "Table 1", href="#table-1"),
    )
    for piece in pieces:
        for before in range(50, 75):
            assert piece.text() in body(e("p", "x" * before, " ", piece, " more."))


def test_links_say_where_they_lead_unless_their_words_do() -> None:
    paragraph = e(
        "p",
        e("a", "the page", href="https://example.org/a"),
        ", ",
        e("a", "https://example.org/b", href="https://example.org/b"),
        ", ",
        e("a", "me@example.org", href="mailto:me@example.org"),
        ", ",
        e("a", "Part 1", href="#part-1"),
    )
    assert body(paragraph).replace("\n", " ").split(", ") == [
        "the page <https://example.org/a>",
        "https://example.org/b",
        "me@example.org",
        "Part 1",
    ]


def test_raised_figures_stay_raised_and_raised_letters_are_plain() -> None:
    assert body(e("p", "10", e("sup", "6"), " on the 1", e("sup", "st"))) == "10⁶ on the 1st"


def test_a_redacted_passage_is_a_bar_of_one_width_and_its_reason() -> None:
    bar = e("span", e("span", class_="bar"), " [FOIA Exemption 4]", class_="redacted")
    assert body(e("p", "We saw ", bar, ".")) == "We saw ████████ [FOIA Exemption 4]."


def test_a_draft_says_so_above_and_below_and_lists_what_is_open() -> None:
    whole = written(letter(marking=None), Edition(open_points=("“24” is bound to no fact",)))
    assert whole.startswith("DRAFT v000000\n---")
    assert whole.endswith(
        "DRAFT v000000\n\nOpen points of this draft, not part of the letter\n\n"
        "- “24” is bound to no fact\n"
    )
    assert "DRAFT" not in written(letter(marking=None), Edition(True, open_points=("a point",)))


def test_a_confidential_text_bears_its_legend() -> None:
    production = Production("Confidential Treatment Requested by Example", "EX", 1)
    draft = replace(letter(), version=Version.CONFIDENTIAL, production=production)
    assert written(draft).startswith(f"{production.legend}\nSpecimen")


def test_a_drawing_without_words_is_refused_and_one_without_a_drawing_is_not() -> None:
    image = e("img", src="chart:comparison", alt="")
    artifact, problems = text.render(with_paragraph(image), NOTHING)
    assert artifact is None
    assert [problem.code for problem in problems] == ["missing-alternative"]
    assert "Bar chart: four campaigns" in written(without_chart(letter()))


@pytest.mark.parametrize("break_", ["\n", "  ", " \n\t "])
def test_white_space_of_the_source_is_a_blank(break_: str) -> None:
    assert body(e("p", f"one{break_}two ", e("em", f" three{break_}"), " four")) == (
        "one two three four"
    )


def test_lines_of_the_source_stay_lines_where_the_letter_breaks_them() -> None:
    assert body(e("p", *lines("one", " two ", "three"))) == "one\ntwo\nthree"


def test_a_table_of_five_hundred_rows_is_whole_and_aligned() -> None:
    rows = [row for row in body(table(500)).splitlines() if row.startswith("Campaign ")]
    assert len(rows) == 501
    assert len({len(row) for row in rows}) == 1


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1))
def test_every_word_of_a_paragraph_is_in_the_text(words: str) -> None:
    invisible = str.maketrans("", "", "\u00ad\u2060\u200b")
    said = "".join(words.split()).translate(invisible)
    assert "".join(body(e("p", words)).split()).startswith(said)
