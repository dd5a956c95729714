from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import page as page_validation
import pikepdf
import pypdfium2
import pytest
from PIL import Image

from reportgen.letters.draft import Assertion, Binding, BoundFact, Picture, Production
from reportgen.problems.model import Place, Span
from reportgen.rendering.engine import HTML
from reportgen.rendering.model import Artifact, Edition, Stationery
from reportgen.rendering.pdf import DRAFT, render
from tests.rendering.letter_sample import (
    ROOT,
    addressee,
    e,
    fact,
    letter,
    note,
    paragraph,
    stationery,
    table,
    with_paragraph,
    without_chart,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reportgen.letters.draft import Draft
    from tests.verapdf.referee import Verdict

LOOK = stationery()
PROFILES = [
    (page_validation.ValidationProfile.PDF_A_2A, 150),
    (page_validation.ValidationProfile.PDF_UA_1, 100),
]


def made(draft: Draft, look: Stationery = LOOK, edition: Edition = DRAFT) -> Artifact:
    artifact, problems = render(draft, look, edition)
    assert problems == ()
    assert artifact is not None
    return artifact


def refused(draft: Draft, look: Stationery = LOOK) -> dict[str, str]:
    artifact, problems = render(draft, look)
    assert artifact is None
    return {problem.code: problem.message for problem in problems}


def pages_of(artifact: Artifact) -> list[str]:
    """The text of each page, lines as they are set."""
    with pypdfium2.PdfDocument(artifact.content) as pdf:
        assert len(pdf) == artifact.pages
        return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in pdf]


@pytest.fixture(scope="module")
def sample() -> Artifact:
    return made(letter())


def bare(**options: bool | str) -> bytes:
    """What WeasyPrint makes of an image without an alternative: a file that must fail."""
    html = (
        "<h3>Skipped</h3><img src='data:image/svg+xml,<svg xmlns=\"http://www.w3.org/2000/svg\"/>'>"
    )
    content: bytes = HTML(string=html).write_pdf(**options)
    return content


# --- the standards ----------------------------------------------------------------------------


@pytest.mark.parametrize(("profile", "rules"), PROFILES)
def test_one_file_meets_pdf_a_2a_and_pdf_ua_1(
    sample: Artifact, profile: page_validation.ValidationProfile, rules: int
) -> None:
    report = page_validation.validate_pdf_bytes(sample.content, profile=profile)
    assert report.failures == []
    assert report.rules.passed > rules


@pytest.mark.parametrize(("profile", "rules"), PROFILES)
def test_the_quick_referee_fails_a_file_that_keeps_to_no_standard(
    profile: page_validation.ValidationProfile, rules: int
) -> None:
    report = page_validation.validate_pdf_bytes(bare(), profile=profile)
    assert report.failures
    assert report.rules.total > rules


@pytest.mark.slow
@pytest.mark.parametrize("profile", ["2a", "ua1"])
@pytest.mark.parametrize(
    "draft",
    [
        letter(),
        letter(paper="a4", marking=None),
        letter((e("section", table(120)),)),
        letter((e("section"), e("section", e("h2", "Empty"), e("p")))),
    ],
    ids=["sample", "a4", "long-table", "empty"],
)
def test_the_referee_of_the_field_finds_nothing(
    verapdf: Callable[[Path, str], Verdict], tmp_path: Path, draft: Draft, profile: str
) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(made(draft).content)
    verdict = verapdf(path, profile)
    assert verdict.compliant
    assert verdict.rules > 100


def test_title_author_subject_language_and_date_are_those_of_the_letter(sample: Artifact) -> None:
    with pikepdf.open(BytesIO(sample.content)) as pdf:
        assert str(pdf.Root.Lang) == "en-US"
        assert str(pdf.docinfo.Title) == letter().title
        assert str(pdf.docinfo.Author) == "Example Laboratories"
        assert str(pdf.docinfo.CreationDate) == "D:20260610000000Z"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        with pdf.open_metadata() as metadata:
            assert metadata["xmp:CreateDate"] == "2026-06-10T00:00:00Z"
            assert metadata["pdfaid:part"] == "2"
            assert metadata["pdfuaid:part"] == "1"


# --- the same bytes ----------------------------------------------------------------------------

ELSEWHERE = """
import hashlib, sys
from tests.rendering.letter_sample import letter, stationery
from reportgen.rendering.pdf import render
artifact, problems = render(letter(), stationery())
assert artifact, problems
print(hashlib.sha256(artifact.content).hexdigest())
"""


def test_a_second_letter_from_the_same_press_has_the_same_bytes(sample: Artifact) -> None:
    assert made(with_paragraph("Another letter between.")).content != sample.content
    assert made(letter()).content == sample.content


def test_bytes_do_not_depend_on_process_zone_locale_folder_or_the_machines_fonts(
    sample: Artifact, tmp_path: Path
) -> None:
    """Fontconfig sees the fonts that the machine has here, and none at all in the other process."""
    none = tmp_path / "fonts.conf"
    none.write_text('<?xml version="1.0"?><fontconfig><dir>nowhere</dir></fontconfig>')
    environment = os.environ | {
        "PYTHONHASHSEED": "4711",
        "PYTHONPATH": str(ROOT),
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "HOME": str(tmp_path),
        "FONTCONFIG_FILE": str(none),
    }
    ran = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-W", "ignore", "-c", ELSEWHERE],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.strip() == hashlib.sha256(sample.content).hexdigest()


def test_the_environment_is_left_as_it_was() -> None:
    before = dict(os.environ)
    made(with_paragraph("Short."))
    assert dict(os.environ) == before


def test_all_fonts_are_embedded_and_the_projects_own(sample: Artifact) -> None:
    with pikepdf.open(BytesIO(sample.content)) as pdf:
        fonts = [font for page in pdf.pages for font in page.Resources.Font.values()]
        assert fonts
        for font in fonts:
            descriptor = font.DescendantFonts[0].FontDescriptor
            assert "/FontFile2" in descriptor
            assert "Letter-Serif" in str(font.BaseFont)


# --- what the layout must not do without ---------------------------------------------------------


def test_characters_that_the_typeface_lacks_are_a_problem_with_their_text() -> None:
    found = refused(with_paragraph("To 王小明, by hand"))
    assert list(found) == ["missing-glyph"]
    assert "“王” (U+738B), “小” (U+5C0F), “明” (U+660E)" in found["missing-glyph"]
    assert "To 王小明, by hand" in found["missing-glyph"]


def test_a_character_that_a_fact_brings_is_shown_where_the_fact_is_said() -> None:
    place = Place("letters/committee.md", span=Span(3, 1, 3, 9))
    piece = BoundFact("f-1", Binding.FACT, "north.actors.0.name", "王", "", (), place)
    draft = replace(with_paragraph("By ", fact(1, "王"), "."), bound=(piece,))
    artifact, (problem,) = render(draft, LOOK)
    assert artifact is None
    assert problem.place == place
    assert problem.message.endswith("needed in “王”, which is north.actors.0.name")


def test_a_character_of_a_sentence_is_shown_in_its_section() -> None:
    place = Place("letters/committee.md")
    sentence = Assertion("a-1", 1, "To 王 by hand.", (), (), "0" * 64, place)
    draft = replace(with_paragraph("To 王 by hand."), assertions=(sentence,))
    _, (problem,) = render(draft, LOOK)
    assert problem.place == place


@pytest.mark.parametrize(
    "text", ["a soft\u00adhyphen", "e\u0301", "a\u200db", "tab\there", "½ § € “ ’"]
)
def test_characters_that_leave_no_box_are_no_problem(text: str) -> None:
    made(with_paragraph(text))


def test_a_chart_that_nobody_drew_is_a_problem() -> None:
    found = refused(without_chart(letter()))
    assert found == {
        "resource-refused": "the letter shows a chart “comparison”, and none of that name was drawn"
    }


def test_a_drawing_without_words_is_a_problem() -> None:
    draft = letter((e("section", e("figure", e("img", src="chart:comparison", alt=""))),))
    assert list(refused(draft)) == ["missing-alternative"]


def test_a_broken_drawing_is_a_problem() -> None:
    draft = letter()
    broken = replace(draft, charts=(replace(draft.charts[0], svg=b"<svg><unclosed></svg>"),))
    assert "layout-incomplete" in refused(broken)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/hostname",
        "http://localhost:9/x.svg",
        "https://example.org/x.svg",
        "data:image/svg+xml,<svg/>",
        "../../../etc/hostname",
    ],
)
def test_a_style_sheet_fetches_nothing(url: str) -> None:
    look = Stationery((*LOOK.styles, ("own.css", f'p {{ background: url("{url}") }}')), LOOK.fonts)
    found = refused(with_paragraph("Text."), look)
    assert "may not be fetched" in found["resource-refused"]


def test_a_drawing_fetches_nothing() -> None:
    draft = letter()
    svg = (
        b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
        b'<image href="file:///etc/hostname" width="9" height="9"/></svg>'
    )
    assert "resource-refused" in refused(
        replace(draft, charts=(replace(draft.charts[0], svg=svg),))
    )


def test_a_typeface_that_is_not_there_is_a_problem_and_not_replaced_by_the_machines() -> None:
    found = refused(with_paragraph("Text."), stationery(without_fonts=True))
    assert "SourceSerif4-" in found["font-missing"]


def test_a_style_that_is_not_understood_is_a_warning() -> None:
    look = Stationery((*LOOK.styles, ("own.css", "p { colour: red }")), LOOK.fonts)
    artifact, problems = render(with_paragraph("Text."), look)
    assert artifact is not None
    assert [(problem.code, problem.place.document) for problem in problems] == [
        ("style-ignored", "own.css")
    ]
    assert "colour" in problems[0].message


# --- what the house keeps to itself -----------------------------------------------------------------


def test_ids_and_exact_values_of_facts_do_not_reach_the_file(sample: Artifact) -> None:
    assert any(element.get("value") == "9871234" for element in letter().document.walk())
    with pikepdf.open(BytesIO(sample.content)) as pdf:
        pieces = [sample.content]
        for entry in pdf.objects:
            if isinstance(entry, pikepdf.Stream):
                pieces.append(entry.read_bytes())
            pieces.append(repr(entry).encode())
    whole = b"\n".join(pieces)
    for secret in (b"9871234", b"case.f1", b"f-1", b"data-fact", b"2026-04-22"):
        assert secret not in whole


# --- editions and versions --------------------------------------------------------------------------


def test_a_draft_says_so_on_every_page_and_a_final_copy_nowhere() -> None:
    legend = f"DRAFT v{letter().digest[:6]}"
    assert all(legend in page for page in pages_of(made(letter())))
    assert not any(
        "DRAFT" in page for page in pages_of(made(letter(), edition=Edition(final=True)))
    )


def test_open_points_stand_on_a_last_page_of_a_draft_alone() -> None:
    points = ("the number “12” is bound to nothing",)
    *letters, last = pages_of(made(letter(), edition=Edition(open_points=points)))
    assert points[0] in last
    assert f"DRAFT v{letter().digest[:6]}" in last
    assert "Page" not in last
    assert "Specimen" not in last
    assert letters == pages_of(made(letter()))
    assert "This sheet is not part of the letter." in last
    assert not any(points[0] in page for page in letters)
    final = pages_of(made(letter(), edition=Edition(final=True, open_points=points)))
    assert len(final) == len(letters)


def test_pages_of_a_production_are_numbered_from_its_first_number() -> None:
    production = Production("CONFIDENTIAL TREATMENT REQUESTED", "EXLAB", 42)
    pages = pages_of(made(replace(letter(), production=production)))
    assert len(pages) > 1
    for number, page in enumerate(pages, 42):
        assert f"EXLAB-{number:06}" in page
        assert "CONFIDENTIAL TREATMENT REQUESTED" in page


def test_an_enclosed_picture_is_printed_with_its_words() -> None:
    picture = BytesIO()
    Image.new("RGB", (60, 80), "gray").save(picture, "PNG")
    sheet = e("figure", e("img", src="picture:one", alt="A gray page."), class_="sheet")
    draft = letter((e("section", e("p", "See the enclosure.")), e("section", sheet)))
    enclosed = replace(draft, pictures=(Picture("one", "image/png", picture.getvalue()),))
    report = page_validation.validate_pdf_bytes(made(enclosed).content, profile=PROFILES[1][0])
    assert report.failures == []
    assert "resource-refused" in refused(draft)


# --- what the reader sees ----------------------------------------------------------------------------


def test_every_page_bears_the_marking(sample: Artifact) -> None:
    pages = pages_of(sample)
    assert len(pages) > 3
    assert all("Specimen, made by hand" in page for page in pages)


def test_page_one_has_no_continuation_header_and_the_others_have(sample: Artifact) -> None:
    first, *others = pages_of(sample)
    assert "Page 1" not in first
    for number, page in enumerate(others, 2):
        assert f"Page {number} of {len(others) + 1}" in page
        for words in ("The Honorable Avery Example", "The Honorable Jordan Specimen", "June 10"):
            assert words in page


def test_a_continuation_header_counts_addressees_that_it_has_no_room_for() -> None:
    many = tuple(addressee(f"The Honorable Number {n}", "Member") for n in range(24))
    pages = pages_of(made(letter(addressees=many)))
    assert "and 23 others" in pages[1]
    assert all(any(f"Number {n}\n" in page for page in pages) for n in range(24))


@pytest.mark.parametrize(("paper", "size"), [("letter", (612, 792)), ("a4", (595.28, 841.89))])
def test_the_sheet_is_the_letters(paper: str, size: tuple[float, float]) -> None:
    with pypdfium2.PdfDocument(made(letter(paper=paper)).content) as pdf:
        assert [page.get_size() for page in pdf] == [pytest.approx(size, abs=0.1)] * len(pdf)


def test_every_note_is_printed_on_dense_pages_too() -> None:
    """WeasyPrint 70 forgets some of these when left to itself."""
    text = "We write to bring to the attention of the Committee a campaign that we ended. "
    source = "See the report cited above, at 4, and the memorandum of April 23, 2026. "
    notes = [note(n, source * (1 + n % 4)) for n in range(1, 101)]
    body = tuple(
        e("p", *(node for called in notes[first : first + 5] for node in (text, called)))
        for first in range(0, len(notes), 5)
    )
    pages = pages_of(made(letter((e("section", *body),))))
    printed = sum(page.count("See the report cited") for page in pages)
    assert printed == sum(1 + n % 4 for n in range(1, 101))


@pytest.mark.parametrize("filling", range(5, 10))
def test_notes_stand_on_the_page_that_calls_them_and_headings_on_that_of_their_text(
    filling: int,
) -> None:
    """At the foot of some of these pages WeasyPrint 70 moves notes to the next one."""
    sentences = tuple(
        "One more line of text is needed here to fill the page. " for _ in range(filling)
    )
    source = "See the report cited above, at 4, and the memorandum of April 23, 2026. " * 3
    body = (
        e("section", e("p", *sentences, "Called", note(1, "First. ", source), " and on.")),
        e("section", e("p", *sentences, "Called", note(2, "Second. ", source), " and on.")),
        e("section", e("h2", "The heading"), paragraph(note(3, "Third. ", source), "So it goes.")),
    )
    pages = pages_of(made(letter(body, marking=None)))
    for number, (words, name) in enumerate(
        [("Called1", "First. "), ("Called2", "Second. "), ("rests. 3", "Third. ")], 1
    ):
        called = [page for page in pages if words in page]
        assert len(called) == 1, f"note {number} is called on {len(called)} pages"
        assert name in called[0]
    (heading,) = [page for page in pages if "The heading" in page]
    assert "We write to bring" in heading


@pytest.mark.parametrize("filling", range(8, 14))
def test_the_close_is_never_alone_on_a_page(filling: int) -> None:
    sentences = ("One more line of text is needed to push the close towards the page's end. ",)
    body = (e("section", paragraph(), paragraph(), e("p", *(sentences * filling))),)
    pages = pages_of(made(letter(body, marking=None)))
    page = next(page for page in pages if "Respectfully submitted" in page)
    before = page.partition("Respectfully submitted")[0].strip().splitlines()
    assert len(before) >= 2
    assert "[Signatory]" in page
    assert "Office of the Clerk" in page


def test_a_table_over_a_page_break_repeats_its_head() -> None:
    pages = pages_of(made(letter((e("section", table(70)),))))
    with_rows = [page for page in pages if "Campaign 1" in page or "Campaign 7" in page]
    assert len(with_rows) > 1
    assert all("Disclosed" in page for page in with_rows)


def test_no_word_stands_alone_on_a_line_that_has_room_for_more() -> None:
    # The second line is full to its last word, and only the space after it has no room.
    words = (
        "Technology subject to the Export Administration Regulations may have been released, without "
        "the license that may have been required, to persons linked to Sample Systems "
    )
    (page,) = pages_of(made(with_paragraph(words, fact(1, "1,200,000 times"))))
    lines = [line.strip() for line in page.splitlines()]
    assert words[84:].strip() in lines
    assert "1,200,000 times" in lines


def test_a_citation_breaks_at_none_of_its_numbers() -> None:
    cited = "Article 55(1)(c) of Regulation (EU) 2024/1689"
    body = (e("section", *(e("p", "x" * wide, " ", e("cite", cited)) for wide in range(40, 80))),)
    text = "".join(pages_of(made(letter(body))))
    assert text.count("Article 55(1)(c)") == 40


def test_a_word_longer_than_the_line_stays_on_the_paper() -> None:
    word = "x" * 400
    body = (
        e("section", e("p", word), e("h2", word), e("p", "Called.", note(1, word))),
        e("section", e("table", e("tbody", e("tr", e("td", word), e("td", "b"))), class_="data")),
    )
    artifact = made(letter(body))
    with pypdfium2.PdfDocument(artifact.content) as pdf:
        for page in pdf:
            width, _ = page.get_size()
            words = page.get_textpage()
            boxes = [words.get_charbox(index) for index in range(words.count_chars())]
            assert boxes
            assert all(left > 72 for left, _, right, _ in boxes if right)
            assert all(right < width - 72 for _, _, right, _ in boxes)
