"""The DOCX as bytes: the same everywhere, and nothing in it that belongs to the house or machine."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import zipfile
from hashlib import sha256
from typing import TYPE_CHECKING
from uuid import UUID

import docx
import pytest

from reportgen.rendering.docx import render
from reportgen.rendering.model import Edition
from reportgen.rendering.wordprocessing.elements import NAMESPACES, qualified
from reportgen.rendering.wordprocessing.fonts import faces
from tests.rendering.docx_text import parts, tree
from tests.rendering.letter_sample import ROOT, e, fact, letter, note, stationery, with_paragraph

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.letters.draft import Draft

SCRIPT = """
from hashlib import sha256
from reportgen.rendering.docx import render
from tests.rendering.letter_sample import letter, stationery
artifact, problems = render(letter(), stationery())
assert artifact is not None, problems
print(sha256(artifact.content).hexdigest())
"""


def made(draft: Draft, *, final: bool = False, fonts: bool = True) -> bytes:
    artifact, problems = render(draft, stationery(without_fonts=not fonts), Edition(final=final))
    assert problems == ()
    assert artifact is not None
    return artifact.content


def test_the_bytes_are_the_same_in_every_process_time_zone_and_locale(tmp_path: Path) -> None:
    settings = (
        {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {"TZ": "America/New_York", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2"},
    )
    digests = [
        subprocess.run(  # noqa: S603 - our own interpreter
            [sys.executable, "-c", SCRIPT],
            env={**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(tmp_path), **each},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for each in settings
    ]
    assert digests == [sha256(made(letter())).hexdigest()] * 2


def test_members_have_one_date_and_the_content_types_come_first() -> None:
    with zipfile.ZipFile(io.BytesIO(made(letter()))) as package:
        members = package.infolist()
        assert package.testzip() is None
    assert members[0].filename == "[Content_Types].xml"
    assert {member.date_time for member in members} == {(1980, 1, 1, 0, 0, 0)}
    assert {member.create_system for member in members} == {0}
    assert len({member.filename for member in members}) == len(members) > 10


def test_there_are_no_parts_but_those_of_the_letter() -> None:
    names = {re.sub("[0-9]", "", name) for name in parts(made(letter(), final=True))}
    assert names == {
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/core.xml",
        "word/_rels/document.xml.rels",
        "word/_rels/fontTable.xml.rels",
        "word/document.xml",
        "word/fontTable.xml",
        "word/fonts/font.odttf",
        "word/footnotes.xml",
        "word/header.xml",
        "word/media/chart.png",
        "word/media/chart.svg",
        "word/numbering.xml",
        "word/settings.xml",
        "word/styles.xml",
    }


def _traceable() -> Draft:
    return with_paragraph(
        "We saw ",
        fact(1, "28.8 million"),
        " exchanges",
        note(1, "As ", e("data", "9", id="f-2", data_fact="case.accounts", value="8.5..9.5")),
        e("mark", "17", class_="unbound", data_place="letter.md:3"),
    )


INTERNAL = (
    r"f_\d",  # the bookmarks of facts, and their ids
    r"\bf-\d",
    '"Fact"',
    "9871234",  # the exact values
    r"8\.5",
    r"case\.",
    "data-",
    "letter.md",
    "rsid",
    "comment",
    r"w:ins\b",
    r"w:del\b",
    r"w:sdt\b",
    "lastModifiedBy",
    "<Application",
    "python",
    "reportgen",
    "generat",
    "thumbnail",
    "customXml",
    "/root",
    "/home",
    "/work",
    "/tmp",  # noqa: S108 - looked for, not written to
    "file:",
)


@pytest.mark.parametrize("draft", [letter(), _traceable()], ids=["whole", "traceable"])
def test_a_final_copy_has_no_trace_of_its_making(draft: Draft) -> None:
    content = made(draft, final=True, fonts=False)
    texts = {part: blob for part, blob in parts(content).items() if not part.endswith(".png")}
    assert len(texts) > 8
    for part, blob in texts.items():
        for text in (part, blob.decode()):
            assert [pattern for pattern in INTERNAL if re.search(pattern, text)] == [], part


def test_what_a_final_copy_must_not_have_is_found_where_it_is() -> None:
    drafted = b"".join(parts(made(_traceable(), fonts=False)).values()).decode()
    seen = {pattern for pattern in INTERNAL if re.search(pattern, drafted)}
    assert {r"f_\d", '"Fact"'} <= seen


def test_a_draft_has_the_facts_but_never_their_values() -> None:
    blobs = b"".join(parts(made(_traceable(), fonts=False)).values())
    assert b'w:name="f_1"' in blobs
    assert b'w:name="f_2"' in blobs
    assert b"9871234" not in blobs
    assert b"case.accounts" not in blobs
    assert b"letter.md" not in blobs


def test_the_typeface_travels_in_the_file_and_comes_out_as_it_was() -> None:
    content = made(letter())
    table = tree(content, "word/fontTable.xml")
    [font] = table.findall("w:font", NAMESPACES)
    assert font.get(qualified("w:name")) == "Source Serif 4"
    related = {
        each.get("Id"): f"word/{each.get('Target')}"
        for each in tree(content, "word/_rels/fontTable.xml.rels")
    }
    originals = {sha256(blob).hexdigest() for blob in stationery().fonts.values()}
    slots = ("embedRegular", "embedBold", "embedItalic", "embedBoldItalic")
    unmasked = set()
    for slot in slots:
        embedded = font.find(f"w:{slot}", NAMESPACES)
        assert embedded is not None
        # ECMA-376 Part 1, 17.8.1: the key's bytes, from the last, over the first 32 of the font.
        key = UUID(embedded.get(qualified("w:fontKey"))).bytes[::-1] * 2
        blob = parts(content)[related[embedded.get(qualified("r:id"))]]
        head = bytes(byte ^ mask for byte, mask in zip(blob[:32], key, strict=True))
        unmasked.add(sha256(head + blob[32:]).hexdigest())
    assert unmasked == originals
    assert len(originals) == len(slots)


def test_a_file_that_is_no_font_is_passed_over() -> None:
    assert faces({"A-Regular.ttf": b"no font", "B.ttf": b""}) == ()


def test_without_fonts_the_letter_is_set_in_what_every_machine_has() -> None:
    content = made(letter(), fonts=False)
    defaults = tree(content, "word/styles.xml").find(
        "w:docDefaults/w:rPrDefault/w:rPr/w:rFonts", NAMESPACES
    )
    assert defaults is not None
    assert defaults.get(qualified("w:ascii")) == "Georgia"


def test_another_library_reads_what_was_written() -> None:
    document = docx.Document(io.BytesIO(made(letter())))
    assert document.core_properties.author == "Example Laboratories"
    assert document.core_properties.last_modified_by == ""
    headings = [p.text for p in document.paragraphs if p.style and p.style.name == "Heading 1"]
    assert headings == ["1.\tWhat happened", "2.\tScale, and comparison", "3.\tWhat we ask"]
    assert document.tables[1].cell(1, 2).text == "1,111,111"
    assert document.sections[0].different_first_page_header_footer
