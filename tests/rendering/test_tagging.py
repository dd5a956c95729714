"""What validators do not see: the letter as somebody hears it who cannot see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import pikepdf
import pytest

from reportgen.rendering.pdf import render
from tests.rendering.letter_sample import CHART, e, letter, note, paragraph, stationery, table
from tests.rendering.tag_tree import Tags, marked_text

if TYPE_CHECKING:
    from reportgen.letters.draft import Draft

Entry: TypeAlias = Any

LOOK = stationery()


def tags_of(draft: Draft) -> Tags:
    artifact, problems = render(draft, LOOK)
    assert problems == ()
    assert artifact is not None
    return Tags(artifact.content)


@pytest.fixture(scope="module")
def sample() -> Tags:
    return tags_of(letter())


def in_page(*content: object) -> Tags:
    return tags_of(letter((e("section", *content),), marking=None))  # type: ignore[arg-type]


def texts(tags: Tags, kind: str) -> list[str]:
    return [tags.text(element) for element in tags.elements(kind)]


def artifacts(tags: Tags) -> list[str]:
    """The operators that open an artifact, and what is shown in it, for each page."""
    found = []
    for page in tags.pdf.pages:
        for instruction in pikepdf.parse_content_stream(page):
            operands = list(instruction.operands)
            if str(instruction.operator) in ("BDC", "BMC") and str(operands[0]) == "/Artifact":
                found.append(str(instruction.operator))
    return found


# --- the order of reading -------------------------------------------------------------------------


def test_the_letter_is_read_in_its_own_order(sample: Tags) -> None:
    whole = sample.text(sample.root.K)
    landmarks = [
        "Specimen, made by hand",
        "Example Laboratories",
        "June 10, 2026",
        "Via electronic mail",
        "The Honorable Avery Example",
        "The Honorable Jordan Specimen",
        "Re: A campaign",
        "Dear Chairman Example",
        "1. What happened",
        "How it was done",
        "2. Scale",
        "Table 1. The campaigns",
        "Figure 1.",
        "3. What we ask",
        "Respectfully submitted,",
        "[Signatory]",
        "Table of observations",
        "cc:",
        "Office of the Clerk",
    ]
    places = [whole.index(landmark) for landmark in landmarks]
    assert places == sorted(places)


def test_the_marking_is_read_once_and_running_headers_never(sample: Tags) -> None:
    whole = sample.text(sample.root.K)
    assert len(sample.pdf.pages) > 2
    assert whole.count("Specimen, made by hand") == 1
    assert "Page 2" not in whole
    assert whole.count("The Honorable Jordan Specimen") == 1


def test_running_headers_are_artifacts_and_hang_off_nothing(sample: Tags) -> None:
    numbered: set[tuple[int, int]] = set()
    for page, drawn in enumerate(marked_text(page) for page in sample.pdf.pages):
        numbered |= {(page, number) for number in drawn}
        assert not any("Page " in text for text in drawn.values())
    assert numbered
    for page, number in numbered:
        owners = sample.root.ParentTree.Nums[2 * page + 1]
        assert owners[number] is not None
    assert "BDC" in artifacts(sample)


def test_every_piece_of_content_leads_back_to_the_element_that_has_it(sample: Tags) -> None:
    counted = 0
    for element in sample.elements():
        for kid in sample.kids(element):
            if isinstance(kid, int) or "/MCID" in kid:
                page = sample._page(element if isinstance(kid, int) else kid)
                number = int(kid if isinstance(kid, int) else kid.MCID)
                assert sample.root.ParentTree.Nums[2 * page + 1][number] == element
                counted += 1
    assert counted > 100


def test_elements_know_what_they_are_in(sample: Tags) -> None:
    for element in sample.elements():
        for kid in sample.kids(element):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                assert element == kid.P


def test_a_paragraph_over_a_page_break_is_one() -> None:
    tags = in_page(*(paragraph("Ending of its own.") for _ in range(14)))
    bodies = [text for text in texts(tags, "P") if text.startswith("We write")]
    assert len(tags.pdf.pages) > 1
    assert len(bodies) == 14
    assert all(text.endswith("Ending of its own.") for text in bodies)
    assert any(
        not isinstance(kid, int) and "/MCID" in kid
        for element in tags.elements("P")
        for kid in tags.kids(element)
    ), "no paragraph of this test runs over a page break"


# --- headings, lists, tables, figures ----------------------------------------------------------------


def test_headings_nest_and_are_bookmarks(sample: Tags) -> None:
    kinds = [str(each.S) for each in sample.elements() if str(each.S) in ("/H1", "/H2", "/H3")]
    assert kinds == ["/H1", "/H2", "/H3", "/H2", "/H2"]
    with sample.pdf.open_outline() as outline:
        (top,) = outline.root
        assert top.title.startswith("Re: A campaign")
        assert [child.title for child in top.children] == [
            "1. What happened",
            "2. Scale, and comparison",
            "3. What we ask",
        ]


def test_lists_say_how_they_are_numbered() -> None:
    inner = e("ol", e("li", "inner"))
    tags = in_page(e("ul", e("li", "bullet")), e("ol", e("li", "outer", inner)))
    numbering = [str(each.A.ListNumbering) for each in tags.elements("L")]
    assert numbering[:3] == ["/Disc", "/Decimal", "/LowerAlpha"]
    assert numbering[-1] == "/None"  # copies stand under each other without a mark
    entries = [[str(kid.S) for kid in tags.kids(each)] for each in tags.elements("LI")]
    assert entries[:3] == [["/Lbl", "/LBody"]] * 3
    assert texts(tags, "Lbl")[1:3] == ["1.", "a."]


def test_terms_are_labels_of_what_is_said_of_them() -> None:
    tags = in_page(
        e("dl", e("dt", "Case"), e("dd", "One incident."), e("dt", "Fact"), e("dd", "One."))
    )
    first = tags.elements("L")[0]
    assert [tags.text(kid) for kid in tags.kids(first)] == ["Case One incident.", "Fact One."]


def test_a_table_over_a_page_break_is_one_and_its_head_is_read_once() -> None:
    tags = in_page(table(70))
    assert len(tags.pdf.pages) > 2
    assert len(tags.elements("Table")) == 1
    assert [str(kid.S) for kid in tags.kids(tags.elements("Table")[0])] == [
        "/Caption",
        "/THead",
        "/TBody",
    ]
    assert len(tags.elements("TR")) == 71
    assert texts(tags, "TR")[0] == "Campaign Disclosed Exchanges Accounts"
    assert texts(tags, "TR")[70] == "Campaign 70 February 23, 2026 77,777,770 49,910"


def test_header_cells_have_a_scope(sample: Tags) -> None:
    scopes = [str(each.A.Scope) for each in sample.elements("TH")]
    assert scopes[:5] == ["/Column"] * 4 + ["/Row"]
    assert len(scopes) > 5


def test_an_empty_cell_keeps_its_place_and_spans_are_told() -> None:
    head = e("tr", e("th", "A", scope="col"), e("th", "B", scope="col"), e("th", "C", scope="col"))
    body = (
        e("tr", e("th", "one", scope="row"), e("td"), e("td", "c")),
        e("tr", e("th", "two", scope="row"), e("td", "both", colspan="2")),
    )
    tags = in_page(e("table", e("thead", head), e("tbody", *body), class_="data"))
    rows = [[str(kid.S) for kid in tags.kids(row)] for row in tags.elements("TR")]
    assert rows == [["/TH"] * 3, ["/TH", "/TD", "/TD"], ["/TH", "/TD"]]
    assert int(tags.elements("TD")[-1].A.ColSpan) == 2


def test_a_drawing_has_its_words_its_place_and_its_caption_beside_it(sample: Tags) -> None:
    (figure,) = sample.elements("Figure")
    assert str(figure.Alt) == CHART.alternative
    left, bottom, right, top = (float(each) for each in figure.A.BBox)
    assert right - left == pytest.approx(CHART.width, abs=1)
    assert top - bottom == pytest.approx(CHART.height, abs=1)
    assert 72 < bottom < top < 720
    assert "/Caption" in [str(kid.S) for kid in sample.kids(figure.P)]


# --- notes and links -----------------------------------------------------------------------------------


def test_notes_are_called_by_references_and_read_where_they_are_called(sample: Tags) -> None:
    notes, calls = sample.elements("Note"), sample.elements("Reference")
    assert [sample.text(call) for call in calls] == [str(n) for n in range(1, 9)]
    assert len(notes) == 8
    for call, each in zip(calls, notes, strict=True):
        kids = sample.kids(call.P)
        assert kids[kids.index(call) + 1] == each
        assert sample.text(sample.kids(each)[0]) == sample.text(call)
    assert sample.text(notes[7]) == "8 Rule 502(b)."


def test_notes_have_ids_and_the_tree_of_ids_leads_to_them(sample: Tags) -> None:
    ids = [str(each.ID) for each in sample.elements("Note")]
    assert ids == [f"note-{n}" for n in range(1, 9)]
    (leaf,) = sample.root.IDTree.Kids
    pairs = list(leaf.Names)
    assert [str(name) for name in pairs[::2]] == sorted(ids)
    assert all(
        str(element.ID) == str(name) for name, element in zip(pairs[::2], pairs[1::2], strict=True)
    )


def test_a_note_of_several_pages_is_one() -> None:
    tags = in_page(paragraph(note(1, *(paragraph().text() for _ in range(30)))))
    (each,) = tags.elements("Note")
    assert tags.text(each).count("We write to bring") == 30


def test_links_say_what_they_are(sample: Tags) -> None:
    contents = {
        str(annotation.Contents)
        for page in sample.pdf.pages
        for annotation in page.obj.get("/Annots", [])
    }
    assert contents == {"The technique, https://example.org/techniques/T0024", "Table 1"}
    for link in sample.elements("Link"):
        references = [
            kid for kid in sample.kids(link) if not isinstance(kid, int) and "/Obj" in kid
        ]
        assert references
        number = int(references[0].Obj.StructParent)
        nums = list(sample.root.ParentTree.Nums)
        assert nums[nums.index(number, 2 * len(sample.pdf.pages)) + 1] == link


def test_an_address_that_is_written_out_is_said_once() -> None:
    address = f"https://example.org/{'long-path/' * 12}end"
    tags = in_page(e("p", "See ", e("a", address, href=address), "."))
    annotations = [each for page in tags.pdf.pages for each in page.obj.get("/Annots", [])]
    assert len(annotations) > 1
    assert {str(each.Contents) for each in annotations} == {address}


def test_another_language_is_told_where_it_is_spoken() -> None:
    tags = in_page(e("p", "The ", e("em", "Zeitgeist", lang="de"), " of it."))
    (span,) = tags.elements("Span")
    assert str(span.Lang) == "de"
    assert tags.text(span) == "Zeitgeist"
