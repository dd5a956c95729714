"""The DOCX against the schema, by a validator that knows nothing of ours.

It checks the order of elements, values, relationships, styles and notes as the Open XML SDK does.
Word repairs or refuses what breaks these rules. Planted faults prove that it sees them.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from openxml_audit import OpenXmlValidator

from reportgen.letters.draft import Production
from reportgen.rendering.docx import render
from reportgen.rendering.model import Edition
from tests.rendering.docx_text import parts
from tests.rendering.letter_sample import e, letter, note, paragraph, stationery, with_paragraph

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reportgen.letters.draft import Draft

# Word makes itself a theme where a file has none; the schema asks for none.
UNFOUNDED = "/relationships/theme' is missing"
DOCUMENT = "word/document.xml"

DRAFT = Edition(line_numbers=True, open_points=("letter.md:3: “17” is bound to no fact",))
SPANNING = e(
    "table",
    e("tr", e("th", "a", scope="col", rowspan="2"), e("th", "b", scope="col", colspan="2")),
    e("tr", e("td", "c"), e("td", "d", class_="number")),
)
LETTERS: dict[str, tuple[Draft, Edition]] = {
    "whole": (letter(), Edition()),
    "final": (letter(), Edition(final=True)),
    "draft": (replace(letter(), paper="a4"), DRAFT),
    "confidential": (
        replace(letter(), production=Production("Confidential", "EXMP", 12)),
        Edition(final=True),
    ),
    "short": (with_paragraph("x"), Edition()),
    "rich": (
        letter(
            (
                e("section", paragraph(e("strong", e("em", "a", e("sup", "2"))), note(1))),
                e("section", SPANNING, SPANNING),
                e("dl", e("dt", "Term"), e("dd", "Said ", e("mark", "17", class_="unbound"))),
                e("p", e("span", e("span", class_="bar"), " [reason]", class_="redacted")),
                e("p", "A word, ", e("span", "שלום", lang="he"), ", from right to left"),
            )
        ),
        Edition(),
    ),
}


def complaints(content: bytes, folder: Path) -> list[str]:
    file = folder / "letter.docx"
    file.write_bytes(content)
    found = OpenXmlValidator().validate(str(file)).errors
    return [error.description for error in found if UNFOUNDED not in error.description]


def made(name: str, *, fonts: bool = True) -> bytes:
    draft, edition = LETTERS[name]
    artifact, _ = render(draft, stationery(without_fonts=not fonts), edition)
    assert artifact is not None
    return artifact.content


@pytest.mark.parametrize("fonts", [True, False])
@pytest.mark.parametrize("name", LETTERS)
def test_it_keeps_to_the_schema(name: str, fonts: bool, tmp_path: Path) -> None:  # noqa: FBT001
    assert complaints(made(name, fonts=fonts), tmp_path) == []


def swap(one: str, other: str) -> Callable[[str], str]:
    return lambda text: re.sub(f"({one})({other})", r"\2\1", text, count=1, flags=re.DOTALL)


def put(old: str, new: str) -> Callable[[str], str]:
    return lambda text: re.sub(old, new, text, count=1, flags=re.DOTALL)


FAULTS: dict[str, tuple[str, Callable[[str], str]]] = {
    "properties of paragraphs": (
        DOCUMENT,
        swap("<w:pStyle [^>]*/>", "<w:keepNext/>"),
    ),
    "properties of runs": (DOCUMENT, swap("<w:b/>", "<w:bCs/>")),
    "properties of tables": (DOCUMENT, swap("<w:tblStyle [^>]*/>", "<w:tblW [^>]*/>")),
    "properties of cells": (
        DOCUMENT,
        swap("<w:tcW [^>]*/>", "<w:tcBorders>.{,200}?</w:tcBorders>"),
    ),
    "the section": (DOCUMENT, swap("<w:pgSz [^>]*/>", "<w:pgMar [^>]*/>")),
    "styles": ("word/styles.xml", swap("<w:name [^>]*/>", "<w:basedOn [^>]*/>")),
    "settings": (
        "word/settings.xml",
        swap("<w:defaultTabStop [^>]*/>", "<w:characterSpacingControl [^>]*/>"),
    ),
    "lists": ("word/numbering.xml", swap("<w:abstractNum .*</w:abstractNum>", "<w:num .*</w:num>")),
    "a value": ("word/styles.xml", put('w:jc w:val="center"', 'w:jc w:val="middle"')),
    "a value left out": (DOCUMENT, put("<w:numId [^>]*/>", "<w:numId/>")),
    "an element that is none": (DOCUMENT, put("<w:keepNext/>", "<w:keepNear/>")),
    "a style that is none": (DOCUMENT, put('w:pStyle w:val="Date"', 'w:pStyle w:val="Dated"')),
    "a picture that is none": (DOCUMENT, put('r:embed="rId[0-9]+"', 'r:embed="rId99"')),
    "a note that is none": ("word/footnotes.xml", put('<w:footnote w:id="3".*?</w:footnote>', "")),
    "a cell without a paragraph": (
        DOCUMENT,
        put("(<w:tc><w:tcPr>.{,200}?</w:tcPr>)<w:p>.*?</w:p></w:tc>", r"\1</w:tc>"),
    ),
    "a bookmark's number used twice": (
        DOCUMENT,
        put('w:bookmarkStart w:id="1"', 'w:bookmarkStart w:id="0"'),
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_the_validator_sees_a_planted_fault(fault: str, tmp_path: Path) -> None:
    part, plant = FAULTS[fault]
    files = parts(made("whole", fonts=False))
    sound = files[part].decode()
    files[part] = plant(sound).encode()
    assert files[part] != sound.encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        for name, content in files.items():
            package.writestr(name, content)
    assert complaints(packed.getvalue(), tmp_path)
