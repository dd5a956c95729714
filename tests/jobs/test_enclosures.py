"""Enclosures from end to end: files of the world outside, bound into a letter."""

from __future__ import annotations

from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING

import page as page_validation
import pikepdf
import pypdfium2
import pytest

from tests.jobs.house import (
    attempt,
    build,
    cmyk_jpeg,
    csv,
    encrypted_pdf,
    every_kind,
    house,
    pdf,
    transparent_png,
)
from tests.rendering.tag_tree import Aloud, Tags

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.verapdf.referee import Verdict


@pytest.fixture(scope="module")
def bound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A letter that encloses a file of each kind."""
    workspace = house(tmp_path_factory.mktemp("bound") / "house", every_kind())
    return build(workspace, "pdf", final=True)["letter.pdf"]


def pages_of(content: bytes) -> list[str]:
    with pypdfium2.PdfDocument(content) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def test_each_enclosure_has_a_cover_sheet_and_is_listed_in_the_letter(bound: bytes) -> None:
    pages = pages_of(bound)
    titles = [f"Exhibit {name.replace('.', ' ')}" for name in every_kind()]
    (listing,) = [page for page in pages if "Enclosures" in page]
    assert all(title in listing for title in titles)
    covers = [page for page in pages if "Enclosure " in page]
    assert len(covers) == len(titles) == 5
    for cover, title, extent in zip(
        covers, titles, ["2 pages", "1 page", "1 page", "1 page", "Table of 60 rows"], strict=True
    ):
        assert title in cover
        assert extent in cover
        assert len(cover) < 300


@pytest.mark.parametrize(
    "profile",
    [page_validation.ValidationProfile.PDF_A_2A, page_validation.ValidationProfile.PDF_UA_1],
)
def test_what_is_bound_in_breaks_no_standard(
    bound: bytes, profile: page_validation.ValidationProfile
) -> None:
    report = page_validation.validate_pdf_bytes(bound, profile=profile)
    assert report.failures == []
    assert report.rules.passed > 100


@pytest.mark.slow
@pytest.mark.parametrize("profile", ["2a", "ua1"])
def test_the_referee_of_the_field_finds_nothing_in_enclosures(
    bound: bytes, verapdf: Callable[[Path, str], Verdict], tmp_path: Path, profile: str
) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(bound)
    assert verapdf(path, profile).failures == ()


def test_enclosures_are_tagged(bound: bytes) -> None:
    said = str(Aloud(bound))
    graphics = [line for line in said.splitlines() if line.startswith("graphic: Enclosure")]
    assert [line.removeprefix("graphic: ").partition(";")[0] for line in graphics] == [
        "Enclosure 1, page 1 of 2",
        "Enclosure 1, page 2 of 2",
        "Enclosure 2, page 1 of 1",
        "Enclosure 3: Exhibit drawing png",
        "Enclosure 4: Exhibit photograph jpg",
    ]
    assert "row: Month Month 60; Exchanges 74040; Note noted, and kept" in said
    tags = Tags(bound)
    headings = [tags.text(each) for each in tags.elements("H2")]
    assert headings[-5:] == [f"Enclosure {number}" for number in range(1, 6)]


def test_pictures_are_flat_upright_and_of_the_screens_colors(bound: bytes) -> None:
    sizes = {}
    with pikepdf.open(BytesIO(bound)) as document:
        for found in document.objects:
            if isinstance(found, pikepdf.Stream) and found.get("/Subtype") == "/Image":
                sizes[int(found.Width), int(found.Height)] = str(found.ColorSpace)
                assert "/SMask" not in found
    assert sizes[300, 200] == "/DeviceRGB"  # the drawing
    assert sizes[200, 300] == "/DeviceRGB"  # the photograph, which lay on its side
    assert (2200, 1700) in sizes


def test_the_sheets_of_enclosures_stay_within_the_page(bound: bytes) -> None:
    with pypdfium2.PdfDocument(bound) as document:
        seen = 0
        for page in document:
            width, height = page.get_size()
            for shape in page.get_objects(filter=(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE,)):
                left, bottom, right, top = shape.get_bounds()
                assert 72 <= left < right <= width - 72
                assert 60 <= bottom < top <= height - 80
                seen += 1
    assert seen == 5


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("memo.pdf", encrypted_pdf(), "enclosure-encrypted"),
        ("memo.pdf", pdf()[:200], "enclosure-broken"),
        ("memo.pdf", b"%PDF-1.7\n" + b"\0" * 5_000, "enclosure-broken"),
        ("memo.pdf", pdf(201), "enclosure-too-large"),
        ("drawing.png", transparent_png()[:80], "enclosure-broken"),
        ("photograph.jpg", cmyk_jpeg()[:300], "enclosure-broken"),
        ("months.csv", csv(1_001), "enclosure-too-large"),
        ("months.csv", b"Month\n" + b"x" * 501, "enclosure-too-large"),
        ("months.csv", b"Month,Count\nMay,1,234\n", "enclosure-broken"),
        ("months.csv", b"Month,Count\n", "enclosure-broken"),
        ("months.csv", b"\xff\xfe\x00\x00", "enclosure-broken"),
        ("months.csv", b'Month,Count\n"May,1\n', "enclosure-broken"),
        ("notes.txt", b"words", "enclosure-unknown"),
        ("memo.docx", b"PK\x03\x04", "enclosure-unknown"),
    ],
)
def test_what_cannot_be_bound_in_is_a_problem_at_its_line(
    tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    import_module("weasyprint")  # which asks Pillow to fill up pictures that are cut off
    workspace = house(tmp_path / "house", {"good.pdf": pdf(1), name: content})
    built = attempt(workspace, "txt")
    assert built.failed
    (problem,) = built.problems
    assert problem.code == code
    assert name in problem.message
    assert problem.place.route[:2] == ("enclosures", 1)
    assert not list(workspace.output.rglob("letter*"))
