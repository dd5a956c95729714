"""The letter as a DOCX: what it says, and of which of Word's things it is made."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.letters.draft import Picture, Production, Version
from reportgen.rendering.docx import render
from reportgen.rendering.model import Edition
from reportgen.rendering.wordprocessing.elements import NAMESPACES, qualified
from reportgen.rendering.wordprocessing.story import bookmark_name
from tests.rendering.docx_text import of_docx, of_draft, parts, tree
from tests.rendering.letter_sample import (
    CHART,
    addressee,
    e,
    fact,
    letter,
    lines,
    note,
    paragraph,
    stationery,
    table,
    with_paragraph,
    without_chart,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from reportgen.letters.draft import Draft
    from reportgen.letters.markup import Element

PLAIN = stationery(without_fonts=True)
DRAFT = Edition()
FINAL = Edition(final=True)
LEGAL = st.characters(codec="utf-8", categories=("L", "M", "N", "P", "S", "Z", "Cf"))
DOCUMENT = "word/document.xml"


def made(draft: Draft, edition: Edition = DRAFT) -> bytes:
    artifact, problems = render(draft, PLAIN, edition)
    assert problems == ()
    assert artifact is not None
    assert artifact.name == "letter.docx"
    return artifact.content


def body(draft: Draft, edition: Edition = DRAFT) -> etree._Element:
    return tree(made(draft, edition), DOCUMENT)


def found(root: etree._Element, path: str) -> list[etree._Element]:
    """The elements at a path, of which there has to be one at least."""
    elements = root.findall(path, dict(NAMESPACES))
    assert elements
    return elements


def styled(root: etree._Element, style: str) -> list[etree._Element]:
    """The paragraphs of a style."""
    return [
        paragraph
        for paragraph in root.iter(qualified("w:p"))
        if (name := paragraph.find("w:pPr/w:pStyle", dict(NAMESPACES))) is not None
        and value(name) == style
    ]


def value(node: etree._Element) -> str | None:
    return node.get(qualified("w:val"))


def text(node: etree._Element) -> str:
    return "".join(each.text or "" for each in node.iter(qualified("w:t")))


@pytest.fixture(scope="module")
def sample() -> etree._Element:
    return body(letter())


# --- words --------------------------------------------------------------------------------------


def test_it_says_what_the_draft_says() -> None:
    draft = letter()
    words = of_docx(made(draft))
    assert words == of_draft(draft)
    assert len(words.paragraphs) > 60
    assert len(words.notes) == 8


def test_white_space_means_what_it_means_in_html() -> None:
    draft = with_paragraph(
        " \n One", e("em", " two "), " three", e("br"), " four\t\n", e("strong", " five "), " "
    )
    [line] = [each for each in styled(body(draft), "BodyText") if "One" in text(each)]
    assert text(line) == "One two threefour five"


def test_emphasis_within_emphasis_is_upright() -> None:
    draft = with_paragraph(e("em", "a ", e("em", "b"), " c"))
    [line] = [each for each in styled(body(draft), "BodyText") if text(each) == "a b c"]
    slants = [value(found(run, "w:rPr/w:i")[0]) for run in found(line, "w:r")]
    assert slants == [None, "0", None]


def test_a_quotation_gets_its_marks() -> None:
    draft = with_paragraph(e("q", "as ", e("q", "they"), " say"))
    assert "“as ‘they’ say”" in of_docx(made(draft)).paragraphs


def test_stretches_from_right_to_left_are_told_from_the_rest() -> None:
    draft = with_paragraph("The word שלום עולם 12 אחד is Hebrew, and 🎉 is none.")
    [line] = [each for each in styled(body(draft), "BodyText") if "Hebrew" in text(each)]
    turned = [
        text(run) for run in found(line, "w:r") if run.find("w:rPr/w:rtl", NAMESPACES) is not None
    ]
    assert turned == ["שלום עולם 12 אחד"]
    assert text(line) == "The word שלום עולם 12 אחד is Hebrew, and 🎉 is none."


@settings(deadline=None, max_examples=30)
@given(st.text(LEGAL))
def test_any_text_arrives_as_it_was_written(words: str) -> None:
    draft = with_paragraph("x", words, "y")
    expected = " ".join(f"x{words}y".split())
    assert expected in of_docx(made(draft)).paragraphs


# --- the parts of a letter ----------------------------------------------------------------------


def test_each_part_of_the_letter_has_a_style_of_its_name(sample: etree._Element) -> None:
    used = {value(style) for style in found(sample, ".//w:pStyle")}
    assert used >= {
        "Letterhead",
        "LetterheadLines",
        "Date",
        "Delivery",
        "InsideAddress",
        "Subject",
        "Salutation",
        "BodyText",
        "Heading1",
        "Heading2",
        "BlockText",
        "ListNumber",
        "ListBullet",
        "TableCaption",
        "TableText",
        "TableNumber",
        "Figure",
        "FigureCaption",
        "Closing",
        "Signature",
        "Enclosures",
        "Copies",
    }


def test_every_style_that_is_used_is_defined_and_none_else_is_brought_along() -> None:
    content = made(letter())
    given = tree(content, "word/styles.xml")
    defined = {style.get(qualified("w:styleId")) for style in found(given, "w:style")}
    named = {
        value(style)
        for part, blob in parts(content).items()
        if part.startswith("word/") and part.endswith(".xml") and blob
        for kind in ("pStyle", "rStyle", "tblStyle", "basedOn", "next")
        for style in tree(content, part).iter(qualified(f"w:{kind}"))
    }
    assert named <= defined
    assert len(defined) < 45


def test_headings_have_levels_and_their_numbers_as_the_draft_gives_them(
    sample: etree._Element,
) -> None:
    assert [text(heading) for heading in styled(sample, "Heading1")] == [
        "1.What happened",
        "2.Scale, and comparison",
        "3.What we ask",
    ]
    levels = {
        style.get(qualified("w:styleId")): value(found(style, "w:pPr/w:outlineLvl")[0])
        for style in found(tree(made(letter()), "word/styles.xml"), "w:style")
        if (style.get(qualified("w:styleId")) or "").startswith("Heading")
    }
    assert levels == {"Heading1": "0", "Heading2": "1"}


def test_two_addressees_stand_side_by_side_and_are_read_one_after_the_other(
    sample: etree._Element,
) -> None:
    cells = found(found(sample, ".//w:tbl")[0], "w:tr/w:tc")
    assert [text(found(cell, "w:p")[0]) for cell in cells] == [
        "The Honorable Avery Example",
        "The Honorable Jordan Specimen",
    ]


def test_one_addressee_needs_no_table() -> None:
    draft = letter((e("section", paragraph()),), addressees=(addressee("A", "Chair"),))
    assert body(draft).find(".//w:tbl", NAMESPACES) is None


def test_three_addressees_fill_two_rows() -> None:
    three = tuple(addressee(name, "Member") for name in "ABC")
    table_ = found(body(letter(addressees=three)), ".//w:tbl")[0]
    rows = found(table_, "w:tr")
    assert [len(found(row, "w:tc")) for row in rows] == [2, 2]
    assert text(rows[1]).startswith("CMember")


def test_the_close_holds_together_with_the_lines_before_it(sample: etree._Element) -> None:
    blocks = found(sample, "w:body/*")
    styles = [found(block, ".//w:pStyle")[0] for block in blocks[:-1]]
    close = [value(style) for style in styles].index("Closing")
    assert blocks[close - 1].find("w:pPr/w:keepNext", NAMESPACES) is not None
    held = {
        style.get(qualified("w:styleId"))
        for style in found(tree(made(letter()), "word/styles.xml"), "w:style")
        if style.find("w:pPr/w:keepNext", NAMESPACES) is not None
    }
    assert {"Closing", "Signature", "Heading1", "TableCaption", "Figure"} <= held


def test_a_close_after_a_table_holds_its_last_row() -> None:
    root = body(letter((e("section", table(3)),)))
    last = found(found(root, ".//w:tbl")[-1], "w:tr")[-1]
    assert all(p.find("w:pPr/w:keepNext", NAMESPACES) is not None for p in found(last, ".//w:p"))


def test_single_lines_are_never_left_alone() -> None:
    defaults = found(tree(made(letter()), "word/styles.xml"), "w:docDefaults/w:pPrDefault/w:pPr")
    assert defaults[0].find("w:widowControl", NAMESPACES) is not None


# --- lists --------------------------------------------------------------------------------------


def test_each_list_counts_for_itself_from_where_it_says() -> None:
    one = e("ol", e("li", "a"), e("li", "b"), start="3")
    other = e("ol", e("li", "c", e("ol", e("li", "d"))), e("li"))
    content = made(letter((e("section", one, other),)))
    numbered = found(tree(content, DOCUMENT), ".//w:numPr")
    places = [
        (value(found(each, "w:numId")[0]), value(found(each, "w:ilvl")[0])) for each in numbered
    ]
    assert places == [
        ("1", "0"),
        ("1", "0"),
        ("2", "0"),
        ("3", "1"),
        ("2", "0"),
        ("4", "0"),
        ("4", "0"),
    ]
    starts = found(tree(content, "word/numbering.xml"), "w:num/w:lvlOverride/w:startOverride")
    assert [value(start) for start in starts] == [
        "3",
        "1",
        "1",
        "1",
    ] + ["1"] * (len(starts) - 4)


def test_the_second_paragraph_of_an_item_has_no_number_and_the_same_indent() -> None:
    draft = letter((e("section", e("ol", e("li", e("p", "one"), e("p", "two")))),))
    first, second = styled(body(draft), "ListNumber")
    assert first.find("w:pPr/w:numPr", NAMESPACES) is not None
    assert second.find("w:pPr/w:numPr", NAMESPACES) is None
    assert found(second, "w:pPr/w:ind")[0].get(qualified("w:left")) == "440"


# --- tables -------------------------------------------------------------------------------------


def test_a_table_repeats_its_head_and_breaks_between_rows(sample: etree._Element) -> None:
    data = found(sample, ".//w:tbl")[1]
    first, *others = found(data, "w:tr")
    assert first.find("w:trPr/w:tblHeader", NAMESPACES) is not None
    assert all(row.find("w:trPr/w:tblHeader", NAMESPACES) is None for row in others)
    assert all(row.find("w:trPr/w:cantSplit", NAMESPACES) is not None for row in (first, *others))
    assert value(found(data, "w:tblPr/w:tblCaption")[0]) == (
        "Table 1. The campaigns compared, in the order in which they were disclosed"
    )
    assert value(found(data, "w:tblPr/w:tblDescription")[0]) == (
        "Columns: Campaign; Disclosed; Exchanges; Accounts. Rows: 14."
    )


def test_a_table_is_as_wide_as_the_text_and_its_columns_as_wide_as_their_words() -> None:
    artifact, _ = render(letter(), stationery())
    assert artifact is not None
    data = found(tree(artifact.content, DOCUMENT), ".//w:tbl")[1]
    widths = [int(each.get(qualified("w:w")) or 0) for each in found(data, "w:tblGrid/w:gridCol")]
    assert sum(widths) == pytest.approx(9000, abs=len(widths))
    assert widths[1] > widths[2] > widths[3]


def test_numbers_stand_under_each_other(sample: etree._Element) -> None:
    cell = next(each for each in styled(sample, "TableNumber") if text(each) == "1,111,111")
    assert cell is not None
    styles = found(tree(made(letter()), "word/styles.xml"), "w:style")
    by_id = {style.get(qualified("w:styleId")): style for style in styles}
    assert value(found(by_id["TableNumber"], "w:pPr/w:jc")[0]) == "right"
    spacing = found(by_id["TableText"], "w:rPr/w14:numSpacing")[0]
    assert spacing.get(qualified("w14:val")) == "tabular"


def _span(cell: etree._Element) -> int:
    span = cell.find("w:tcPr/w:gridSpan", NAMESPACES)
    return 1 if span is None else int(value(span) or 0)


def test_cells_that_span_keep_every_row_as_wide_as_the_table() -> None:
    rows = (
        e("tr", e("th", "a", scope="col", rowspan="2"), e("th", "b", scope="col", colspan="2")),
        e("tr", e("th", "c", scope="col"), e("th", "d", scope="col")),
        e("tr", e("td", "1", colspan="9999"), e("td", "not lost")),
        e("tr", e("td", "2"), e("td", "3", rowspan="x")),
    )
    node = e("table", e("tbody", *rows), id="t", class_="data")
    root = body(letter((e("section", node),)))
    data = found(root, ".//w:tbl")[1]
    spans = [[_span(cell) for cell in found(row, "w:tc")] for row in found(data, "w:tr")]
    assert spans == [[1, 2, 60], [1, 1, 1, 60], [62, 1], [1, 1, 61]]
    merges = found(data, ".//w:vMerge")
    assert [value(merge) for merge in merges] == ["restart", None]


def test_a_table_wider_than_word_has_columns_is_a_problem() -> None:
    wide = e("table", e("tbody", e("tr", *(e("td", str(n)) for n in range(64)))), id="table-1")
    artifact, problems = render(letter((e("section", wide),)), PLAIN)
    assert artifact is None
    assert [problem.message for problem in problems] == [
        "the table “table-1” has more than 63 columns, the most that Word has"
    ]


cells = st.builds(
    lambda words, across, down: e("td", words, colspan=across, rowspan=down),
    st.sampled_from("abc"),
    st.sampled_from(["1", "2", "3", "9", "x"]),
    st.sampled_from(["1", "2", "3"]),
)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.lists(cells, max_size=5), min_size=1, max_size=5))
def test_no_spans_lose_a_cell_or_make_a_row_wider_than_another(rows: list[list[Element]]) -> None:
    node = e("table", e("tbody", *(e("tr", *row) for row in rows)))
    draft = letter((e("section", paragraph(), node, paragraph()),))
    root = body(draft)
    assert of_docx(made(draft)) == of_draft(draft)
    widths = {
        sum(_span(cell) for cell in row.iter(qualified("w:tc")))
        for each in root.findall(".//w:tbl", NAMESPACES)[1:]
        for row in each.iter(qualified("w:tr"))
    }
    assert len(widths) <= 1


def test_two_tables_in_a_row_stay_two() -> None:
    bare = e("table", e("tbody", e("tr", e("td", "x"))))
    blocks = found(body(letter((e("section", bare, bare),))), "w:body/*")
    table_ = qualified("w:tbl")
    assert sum(block.tag == table_ for block in blocks) == 3
    assert not any(one.tag == other.tag == table_ for one, other in pairwise(blocks))


def test_a_table_of_five_hundred_rows_is_written() -> None:
    rows = found(found(body(letter((e("section", table(500)),))), ".//w:tbl")[1], "w:tr")
    assert len(rows) == 501


# --- notes and links ----------------------------------------------------------------------------


def test_notes_are_footnotes_called_where_the_draft_calls_them() -> None:
    content = made(letter())
    calls = found(tree(content, DOCUMENT), ".//w:footnoteReference")
    footnotes = found(tree(content, "word/footnotes.xml"), "w:footnote")
    numbers = [each.get(qualified("w:id")) for each in footnotes]
    assert [call.get(qualified("w:id")) for call in calls] == numbers[2:]
    assert [each.get(qualified("w:type")) for each in footnotes[:2]] == [
        "separator",
        "continuationSeparator",
    ]
    assert all(each.find(".//w:footnoteRef", NAMESPACES) is not None for each in footnotes[2:])


def test_a_note_that_is_numbered_out_of_order_is_no_letter() -> None:
    with pytest.raises(ValueError, match="note 1 in the order of reading is called 2"):
        render(with_paragraph("x", note(2, "y")), PLAIN)


def test_five_thousand_notes_are_written() -> None:
    notes = [note(number, f"Source {number}.") for number in range(1, 5001)]
    words = of_docx(made(with_paragraph("x", *notes)))
    assert len(words.notes) == 5000


def test_links_lead_to_the_web_and_to_bookmarks(sample: etree._Element) -> None:
    links = found(sample, ".//w:hyperlink")
    assert [text(link) for link in links] == ["The technique", "Table 1"]
    assert links[0].get(qualified("r:id"))
    assert links[1].get(qualified("w:anchor")) == "table_1"
    names = {each.get(qualified("w:name")) for each in found(sample, ".//w:bookmarkStart")}
    assert "table_1" in names
    caption = next(each for each in styled(sample, "TableCaption"))
    assert caption.find("w:bookmarkStart", NAMESPACES) is not None


def test_a_link_to_nowhere_is_its_words() -> None:
    draft = with_paragraph(e("a", "above", href="#gone"))
    root = body(draft)
    assert "above" in text(root)


@pytest.mark.parametrize(
    ("identifier", "name"),
    [("f-7", "f_7"), ("table-1", "table_1"), ("incident", "incident")],
)
def test_a_bookmark_is_named_by_the_id(identifier: str, name: str) -> None:
    assert bookmark_name(identifier) == name


@given(st.sets(st.text(min_size=1, max_size=80), min_size=2, max_size=20))
def test_bookmarks_of_any_ids_are_names_that_word_takes_and_tells_apart(ids: set[str]) -> None:
    names = {bookmark_name(each).lower() for each in ids}
    assert len(names) == len(ids)
    for name in names:
        assert len(name) <= 40
        assert name[0].isalpha()
        assert name.replace("_", "").isalnum()
        assert name.isascii()


# --- facts --------------------------------------------------------------------------------------


def test_a_fact_is_a_bookmark_around_runs_of_the_style_fact(sample: etree._Element) -> None:
    start = next(
        each
        for each in found(sample, ".//w:bookmarkStart")
        if each.get(qualified("w:name")) == "f_1"
    )
    run, end = (sibling for _, sibling in zip(range(2), start.itersiblings(), strict=False))
    assert text(run) == "28.8 million"
    assert value(found(run, "w:rPr/w:rStyle")[0]) == "Fact"
    assert end.get(qualified("w:id")) == start.get(qualified("w:id"))


def test_no_fact_is_ever_a_content_control(sample: etree._Element) -> None:
    assert sample.find(".//w:sdt", NAMESPACES) is None


def test_bookmarks_are_numbered_once_over_all_parts() -> None:
    draft = with_paragraph(fact(1, "one"), note(1, fact(2, "two"), fact(3, "three")))
    content = made(draft)
    starts = [
        start
        for part in (DOCUMENT, "word/footnotes.xml")
        for start in found(tree(content, part), ".//w:bookmarkStart")
    ]
    assert len({start.get(qualified("w:id")) for start in starts}) == 3
    assert [start.get(qualified("w:name")) for start in starts] == ["f_1", "f_2", "f_3"]


def test_an_unbound_number_is_marked_in_a_draft_and_not_in_a_final() -> None:
    draft = with_paragraph("some ", e("mark", "17", class_="unbound"), " things")
    assert value(found(body(draft), ".//w:u")[0]) == "dotted"
    assert body(draft, FINAL).find(".//w:u", NAMESPACES) is None


# --- drawings -----------------------------------------------------------------------------------


def test_a_chart_is_vectors_with_a_picture_for_print_beside_them() -> None:
    content = made(letter())
    root = tree(content, DOCUMENT)
    said = found(root, ".//wp:docPr")[0]
    assert said.get("descr") == CHART.alternative
    assert said.get("title") == CHART.title
    assert found(root, ".//asvg:svgBlip")
    files = parts(content)
    assert files["word/media/chart1.svg"] == CHART.svg
    picture = files["word/media/chart1.png"]
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20], "big") == pytest.approx(CHART.width * 300 / 72, abs=1)
    extent = found(root, ".//wp:extent")[0]
    assert int(extent.get("cx") or 0) == 450 * 12_700


def test_a_chart_wider_than_the_text_is_made_to_fit() -> None:
    root = body(replace(letter(), paper="a4"))
    assert int(found(root, ".//wp:extent")[0].get("cx") or 0) < 434 * 12_700


def test_a_chart_that_is_not_there_is_a_problem() -> None:
    artifact, problems = render(without_chart(letter()), PLAIN)
    assert artifact is None
    assert [problem.code for problem in problems] == ["resource-refused"]


def test_a_chart_that_is_no_drawing_is_a_problem() -> None:
    artifact, problems = render(replace(letter(), charts=(replace(CHART, svg=b"<svg"),)), PLAIN)
    assert artifact is None
    assert {problem.code for problem in problems} == {"layout-incomplete"}


def test_a_chart_whose_letters_are_no_outlines_is_a_problem() -> None:
    lettered = CHART.svg.replace(b"</svg>", b"<text x='9' y='9'>28.8 million</text></svg>")
    artifact, problems = render(replace(letter(), charts=(replace(CHART, svg=lettered),)), PLAIN)
    assert artifact is None
    assert [problem.message for problem in problems] == [
        "the lettering of the drawing “comparison” is not outlined"
    ]


def test_a_chart_without_words_is_a_problem() -> None:
    figure = e("figure", e("img", src="chart:comparison", alt=" "), class_="chart")
    artifact, problems = render(letter((e("section", figure),)), PLAIN)
    assert artifact is None
    assert [problem.code for problem in problems] == ["missing-alternative"]


def test_an_enclosed_page_fills_a_sheet_of_its_own() -> None:
    artifact, _ = render(letter(), PLAIN)
    assert artifact is not None
    pixels = parts(artifact.content)["word/media/chart1.png"]
    cover = e("div", e("h2", "Enclosure 1"), e("p", "A page", class_="title"), class_="cover")
    sheet = e(
        "figure", e("img", src="picture:page", alt="Enclosure 1, page 1 of 1"), class_="sheet"
    )
    draft = letter()
    enclosed = replace(
        draft,
        document=replace(
            draft.document,
            children=(
                *draft.document.children,
                e("section", cover, sheet, class_="exhibit", id="enclosure-1"),
            ),
        ),
        pictures=(Picture("page", "image/png", pixels),),
    )
    root = body(enclosed)
    breaks = [
        each
        for each in found(root, ".//w:p")
        if each.find("w:pPr/w:pageBreakBefore", NAMESPACES) is not None
    ]
    assert [text(each) for each in breaks] == ["Enclosure 1", ""]
    assert int(found(root, ".//wp:extent")[1].get("cx") or 0) == 450 * 12_700


# --- around the text ----------------------------------------------------------------------------


def test_the_first_page_has_the_marking_and_the_others_addressees_date_and_page() -> None:
    content = made(letter())
    section = found(tree(content, DOCUMENT), "w:body/w:sectPr")[0]
    assert section.find("w:titlePg", NAMESPACES) is not None
    marking = "Specimen, made by hand for the tests; never sent to anybody"
    assert text(tree(content, "word/header1.xml")) == marking
    later = tree(content, "word/header2.xml")
    assert text(later) == (
        f"{marking}The Honorable Avery ExampleJune 10, 2026The Honorable Jordan SpecimenPage 1 of 1"
    )
    codes = [(each.text or "").strip() for each in found(later, ".//w:instrText")]
    assert codes == ["PAGE", "NUMPAGES"]


@pytest.mark.parametrize(
    ("paper", "size"), [("letter", ("12240", "15840")), ("a4", ("11906", "16838"))]
)
def test_the_paper_is_the_letters(paper: str, size: tuple[str, str]) -> None:
    page = found(body(replace(letter(), paper=paper)), "w:body/w:sectPr/w:pgSz")[0]
    assert (page.get(qualified("w:w")), page.get(qualified("w:h"))) == size


def test_a_draft_says_that_it_is_one_and_what_it_leaves_open() -> None:
    edition = Edition(line_numbers=True, open_points=("letter.md:3: “17” is bound to no fact",))
    content = made(letter(), edition)
    assert "DRAFT v000000" in text(tree(content, "word/footer1.xml"))
    root = tree(content, DOCUMENT)
    first, last = found(root, ".//w:sectPr")
    assert first.find("w:lnNumType", NAMESPACES) is not None
    assert last.find("w:lnNumType", NAMESPACES) is None
    assert "This sheet is not part of the letter." in text(root)
    assert "“17” is bound to no fact" in text(root)


def test_a_draft_is_edited_with_tracking_on_and_a_final_has_no_such_setting() -> None:
    on = [
        tree(made(letter(), edition), "word/settings.xml").find("w:trackRevisions", NAMESPACES)
        for edition in (Edition(), FINAL)
    ]
    assert [each is not None for each in on] == [True, False]


def test_a_final_has_neither_legend_nor_open_points() -> None:
    edition = Edition(final=True, line_numbers=True, open_points=("secret path",))
    content = made(letter(), edition)
    assert not any("footer" in name for name in parts(content))
    assert not any(b"secret path" in blob for blob in parts(content).values())
    assert tree(content, DOCUMENT).find(".//w:lnNumType", NAMESPACES) is None


@pytest.mark.parametrize("first", [1, 42])
def test_a_confidential_version_numbers_its_pages(first: int) -> None:
    production = Production("Confidential Treatment Requested by Example", "EXMP", first)
    draft = replace(letter(), version=Version.CONFIDENTIAL, production=production)
    foot = tree(made(draft, FINAL), "word/footer1.xml")
    assert "Confidential Treatment Requested by Example" in text(foot)
    assert "EXMP-" in text(foot)
    assert f"{first:06}" in text(foot)
    code = "".join(each.text or "" for each in found(foot, ".//w:instrText"))
    assert code.count("PAGE") == 1
    assert ("+ 41" in code) == (first == 42)


def test_a_bar_has_one_width_and_nothing_under_it() -> None:
    redacted = e("span", e("span", class_="bar"), " [FOIA Exemption 4]", class_="redacted")
    root = body(with_paragraph("It was ", redacted, "."))
    bar = found(root, ".//w:r/w:rPr/w:shd")[0].getparent()
    assert bar is not None
    run = bar.getparent()
    assert run is not None
    assert set(text(run)) == {"\N{NO-BREAK SPACE}"}
    assert "It was" in text(root)
    assert "[FOIA Exemption 4]" in text(root)


def test_the_properties_say_title_author_language_and_the_letters_date() -> None:
    core = tree(made(replace(letter(), date=date(1999, 12, 31))), "docProps/core.xml")
    assert {str(child.tag).rpartition("}")[2]: child.text for child in core} == {
        "title": "Letter of June 10, 2026 on a campaign of extraction",
        "subject": "A campaign of extraction against a language model",
        "creator": "Example Laboratories",
        "language": "en-US",
        "created": "1999-12-31T00:00:00Z",
        "modified": "1999-12-31T00:00:00Z",
    }


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x0b", "\ud800", "\ufffe", "\uffff"])
@pytest.mark.parametrize("place", ["text", "note", "title", "continuation"])
def test_a_character_that_no_file_can_hold_is_a_problem(sign: str, place: str) -> None:
    draft = with_paragraph("plain", note(1, f"a{sign}b" if place == "note" else "n"))
    if place == "text":
        draft = with_paragraph(f"a{sign}b")
    elif place == "title":
        draft = replace(draft, title=f"a{sign}b")
    elif place == "continuation":
        draft = replace(draft, continuation=(f"a{sign}b", "June 10, 2026"))
    artifact, problems = render(draft, PLAIN)
    assert artifact is None
    [problem] = problems
    assert problem.code == "layout-incomplete"
    assert f"U+{ord(sign):04X}" in problem.message
    assert "“ab”" in problem.message


def test_an_open_point_with_such_a_character_stops_a_draft_and_no_final() -> None:
    points = ("a\x07b",)
    _, problems = render(letter(), PLAIN, Edition(open_points=points))
    assert [problem.code for problem in problems] == ["layout-incomplete"]
    assert made(letter(), Edition(final=True, open_points=points)) == made(letter(), FINAL)


def _deep(depth: int) -> Iterator[Element]:
    node = e("li", "deepest")
    for _ in range(depth):
        node = e("li", "x", e("ol", node))
    yield e("ol", node)


def test_lists_deeper_than_word_counts_are_still_written() -> None:
    words = of_docx(made(letter((e("section", *_deep(14)),))))
    assert "deepest" in words.paragraphs


def test_lines_of_an_address_are_paragraphs_of_their_own() -> None:
    one = e("address", *lines("The Honorable A", "Chair"))
    draft = letter((e("section", paragraph()),), addressees=(one,))
    assert [text(each) for each in styled(body(draft), "InsideAddress")] == [
        "The Honorable A",
        "Chair",
    ]
