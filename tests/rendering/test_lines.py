"""The numbers in the margins of a review copy, and where its sentences begin."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import page as page_validation
import pikepdf
import pypdfium2
import pytest

from reportgen.letters.draft import Assertion
from reportgen.problems.model import Place
from reportgen.rendering.model import Edition
from reportgen.rendering.pdf import positions, render
from tests.rendering.letter_sample import (
    CHART,
    e,
    letter,
    note,
    paragraph,
    sections,
    stationery,
    table,
)
from tests.rendering.tag_tree import Tags

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reportgen.letters.draft import Draft
    from reportgen.letters.markup import Element
    from tests.verapdf.referee import Verdict

LOOK = stationery()
NUMBERED = Edition(line_numbers=True, assertion_numbers=True)


def stating(*sentences: str, body: tuple[Element, ...] | None = None) -> Draft:
    """The sample with an index of sentences."""
    assertions = tuple(
        Assertion(f"a-{number}", number, text, (), (), "0" * 64, Place("letter"))
        for number, text in enumerate(sentences, 1)
    )
    return replace(letter(body, marking=None), assertions=assertions)


def content(draft: Draft, edition: Edition) -> bytes:
    artifact, problems = render(draft, LOOK, edition)
    assert problems == ()
    assert artifact is not None
    return artifact.content


def margins(pdf: bytes) -> list[tuple[list[str], list[str]]]:
    """What stands to the left and to the right of the text, for each page, from top to bottom."""
    found = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            text = page.get_textpage()
            width, height = page.get_size()
            left = text.get_text_bounded(0, 0, 80, height).split()
            right = text.get_text_bounded(width - 80, 0, width, height).split()
            found.append((left, right))
    return found


# --- what is shown --------------------------------------------------------------------------------


def test_lines_are_numbered_from_the_top_of_each_page() -> None:
    pages = margins(content(letter(), Edition(line_numbers=True)))
    assert len(pages) > 3
    for left, right in pages:
        assert left == [str(number) for number in range(1, len(left) + 1)]
        assert len(left) > 5
        assert right == []


def test_sentences_are_numbered_beside_the_line_that_they_begin_on() -> None:
    draft = stating("Nothing in this letter is a finding of fact", "The targets were three.")
    edition = Edition(assertion_numbers=True)
    shown = [number for left, right in margins(content(draft, edition)) for number in right]
    assert shown == ["1", "2"]


def test_sentences_that_begin_on_one_line_stand_side_by_side() -> None:
    body = (e("section", e("p", "It is so. It was so. It will be so.")),)
    draft = stating("It is so.", "It was so.", "It will be so.", body=body)
    (page,) = margins(content(draft, Edition(assertion_numbers=True)))
    assert page == ([], ["1,", "2,", "3"])


def test_numbers_change_nothing_of_the_letter_and_are_not_read_aloud() -> None:
    plain, numbered = (
        Tags(content(stating("The targets were three."), edition))
        for edition in (Edition(), NUMBERED)
    )
    assert plain.outline() == numbered.outline()
    assert len(plain.pdf.pages) == len(numbered.pdf.pages)
    assert margins(content(letter(), NUMBERED)) != margins(content(letter(), Edition()))


@pytest.mark.parametrize(
    "profile",
    [page_validation.ValidationProfile.PDF_A_2A, page_validation.ValidationProfile.PDF_UA_1],
)
def test_a_copy_with_numbers_meets_the_standards(
    profile: page_validation.ValidationProfile,
) -> None:
    report = page_validation.validate_pdf_bytes(content(letter(), NUMBERED), profile=profile)
    assert report.failures == []
    assert report.rules.passed > 100


@pytest.mark.slow
@pytest.mark.parametrize("profile", ["2a", "ua1"])
def test_the_referee_of_the_field_has_nothing_against_numbers(
    verapdf: Callable[[Path, str], Verdict], tmp_path: Path, profile: str
) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(content(stating("The targets were three."), NUMBERED))
    assert verapdf(path, profile).compliant


def test_a_final_copy_has_no_numbers() -> None:
    final = Edition(final=True)
    asked = replace(NUMBERED, final=True)
    assert content(letter(), asked) == content(letter(), final)


def test_the_sheet_of_open_points_is_not_numbered() -> None:
    points = Edition(line_numbers=True, open_points=("the number “12” is bound to nothing",))
    *letters, (left, _) = margins(content(letter(), points))
    assert left == []
    assert all(numbers for numbers, _ in letters)


def test_numbers_are_set_in_the_typeface_of_the_letter() -> None:
    with pikepdf.open(BytesIO(content(letter(), NUMBERED))) as pdf:
        fonts = {str(font.BaseFont) for page in pdf.pages for font in page.Resources.Font.values()}
    assert fonts
    assert all("Letter-Serif" in font for font in fonts)


# --- where sentences begin ------------------------------------------------------------------------


def test_each_sentence_is_found_wherever_the_letter_says_it() -> None:
    filler = paragraph().text().strip()
    first = filler.partition(". ")[0] + "."
    sentences = (
        first,
        "Between April 22 and June 5, 2026, a period of 45 days counting both ends, we observed",
        "The accounts were closed as they were found.",
        "agentic reasoning;",
        "Campaign 3 | February 23, 2026 | 3,333,333 | 2,139",
        "Figures may not sum due to rounding.",
        f"Figure 1. Exchanges observed in each campaign {CHART.alternative}",
        "on exports, and",
        "Rule 502(b).",
    )
    found = positions(stating(*sentences), LOOK)
    assert list(found) == [f"a-{number}" for number in range(1, len(sentences) + 1)]
    pages = [page for page, _ in found.values()]
    assert pages == sorted(pages)
    assert pages[-1] > pages[0]


def test_what_is_found_is_the_line_that_is_shown() -> None:
    """The number at the left of a sentence's first words is that of its position."""
    draft = stating("The targets were three.")
    page, line = positions(draft, LOOK)["a-1"]
    with pypdfium2.PdfDocument(content(draft, Edition(line_numbers=True))) as pdf:
        text = pdf[page - 1].get_textpage()
        start = text.search("The targets were three").get_next()
        assert start is not None
        _, bottom, _, top = text.get_charbox(start[0])
        assert text.get_text_bounded(0, bottom, 80, top).split() == [str(line)]


def test_the_same_words_twice_are_two_places() -> None:
    body = (e("section", e("p", "It is so."), paragraph(), e("p", "It is so.")),)
    found = positions(stating("It is so.", "It is so.", body=body), LOOK)
    assert found["a-1"] < found["a-2"]


def test_a_word_within_a_word_is_not_the_sentence() -> None:
    body = (e("section", e("p", "Identity is considered."), paragraph(), e("p", "Id.")),)
    found = positions(stating("Id.", body=body), LOOK)
    everywhere = positions(stating("Identity is considered.", body=body), LOOK)
    assert found["a-1"] > everywhere["a-1"]


def test_a_sentence_of_a_note_is_looked_for_at_the_foot_of_its_page() -> None:
    body = (
        e("section", e("p", "Called.", note(1, "Said below.")), *(paragraph() for _ in range(9))),
        e("section", e("p", "Said below.")),
    )
    found = positions(stating("Called.", "Said below.", "Said below.", body=body), LOOK)
    assert found["a-1"][0] == found["a-2"][0] == 1
    assert found["a-3"][0] == 3


def test_brackets_of_a_confidential_passage_are_no_hindrance() -> None:
    body = (e("section", e("p", "We saw ", e("span", "[", "seven", "]"), " of them.")),)
    assert positions(stating("We saw seven of them.", body=body), LOOK)


def test_what_is_on_no_page_has_no_position() -> None:
    assert positions(stating("Nobody says this.", "…"), LOOK) == {}


def test_words_that_a_table_breaks_with_a_hyphen_are_found() -> None:
    long = "Incomprehensibilities counterrevolutionaries internationalization"
    row = e("tr", *(e("td", f"{long} {number}") for number in range(6)))
    body = (e("section", e("table", e("tbody", row), class_="data"), *sections()[:1]),)
    said = " | ".join(f"{long} {number}" for number in range(6))
    assert positions(stating(said, body=body), LOOK)


def test_the_cells_of_a_row_share_a_line() -> None:
    rows = (
        "Campaign 1 | February 23, 2026 | 1,111,111 | 713",
        "Campaign 2 | February 23, 2026 | 2,222,222 | 1,426",
    )
    found = positions(stating(*rows, body=(e("section", table(9)),)), LOOK)
    (page, first), (same, second) = found["a-1"], found["a-2"]
    assert page == same
    assert second == first + 1
