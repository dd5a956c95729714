"""The DOCX in LibreOffice: it opens, and what comes out again says what the draft says."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from reportgen.rendering.docx import render
from reportgen.rendering.model import Edition
from tests.rendering.docx_text import of_draft, of_odt, tree
from tests.rendering.letter_sample import e, letter, note, paragraph, sections, stationery, table

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.letters.draft import Draft

SOFFICE = shutil.which("soffice")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed"),
]
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"


def converted(draft: Draft, to: str, folder: Path, *, final: bool = True) -> bytes:
    artifact, problems = render(draft, stationery(), Edition(final=final))
    assert problems == ()
    assert artifact is not None
    (folder / "letter.docx").write_bytes(artifact.content)
    assert SOFFICE is not None
    subprocess.run(  # noqa: S603 - the program that was found above
        [
            SOFFICE,
            "--headless",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--convert-to",
            to,
            "--outdir",
            str(folder),
            str(folder / "letter.docx"),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return (folder / f"letter.{to}").read_bytes()


@pytest.mark.parametrize("final", [False, True])
def test_text_tables_and_notes_come_through_libreoffice(final: bool, tmp_path: Path) -> None:  # noqa: FBT001
    draft = letter()
    content = converted(draft, "odt", tmp_path, final=final)
    assert of_odt(content) == of_draft(draft)
    root = tree(content, "content.xml")
    tables = list(root.iter(OFFICE % "table" + "table"))
    assert len(tables) == 2
    heads = list(tables[1].iter(OFFICE % "table" + "table-header-rows"))
    assert len(heads) == 1
    outlined = root.iter(OFFICE % "text" + "h")
    assert [each.get(OFFICE % "text" + "outline-level") for each in outlined] == list("1211")
    drawn = [each.text for each in root.iter(OFFICE % "svg-compatible" + "desc")]
    assert drawn == [draft.charts[0].alternative]


def test_facts_are_still_bookmarks_in_libreoffice(tmp_path: Path) -> None:
    root = tree(converted(letter(), "odt", tmp_path, final=False), "content.xml")
    names = [
        each.get(OFFICE % "text" + "name") for each in root.iter(OFFICE % "text" + "bookmark-start")
    ]
    assert {"f_1", "f_2"} <= set(names)


def test_spans_lists_and_hostile_words_come_through_libreoffice(tmp_path: Path) -> None:
    spanning = e(
        "table",
        e("tr", e("td", "a", rowspan="2"), e("td", "b", colspan="2")),
        e("tr", e("td", "c"), e("td", "d")),
        e("tr", e("td", "e")),
    )
    draft = letter(
        (
            e(
                "section",
                paragraph("שלום עולם, 🎉 <w:p> & ]]> \u202e “ﬁ” e\u0301", note(1, "מקור")),
                spanning,
                e("ol", e("li", "one", e("ul", e("li", "two"))), e("li", "three"), start="7"),
            ),
        )
    )
    assert of_odt(converted(draft, "odt", tmp_path)) == of_draft(draft)


def test_the_pages_look_like_a_letter(tmp_path: Path) -> None:
    pages = [
        page.get_textpage().get_text_bounded()
        for page in pypdfium2.PdfDocument(converted(letter(), "pdf", tmp_path))
    ]
    assert len(pages) == 4
    marking = "made by hand for the tests"
    assert all(marking in page.lower() for page in pages)
    assert "Page 1 of" not in pages[0]
    for number, page in enumerate(pages[1:], start=2):
        assert f"Page {number} of 4" in page
        assert "The Honorable Avery Example" in page


def test_a_long_table_has_its_head_on_every_page(tmp_path: Path) -> None:
    body = (*sections(2)[:1], e("section", table(120)), e("section", paragraph()))
    content = converted(letter(body), "pdf", tmp_path)
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(content)]
    listed = [page for page in pages if "1,111," in page or "Campaign 5" in page]
    assert len(listed) > 2
    assert all("Disclosed" in page and "Exchanges" in page for page in listed)


def test_the_typeface_of_the_pages_is_the_letters(tmp_path: Path) -> None:
    content = converted(letter(), "pdf", tmp_path)
    assert b"SourceSerif4-Regular" in content
    assert b"Georgia" not in content
