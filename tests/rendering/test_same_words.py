"""Every format tells the same letter."""

from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from reportgen.letters.markup import BLOCK_TAGS, Element
from reportgen.rendering import pdf, text
from reportgen.rendering.model import Edition, Stationery
from tests.rendering.letter_sample import ROOT, e, letter, note, sections, stationery, table
from tests.rendering.tag_tree import Aloud
from tests.rendering.web_sample import page_of, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.letters.draft import Draft

FINAL = Edition(final=True)


def said(draft: Draft) -> list[str]:
    """The words of a draft: the letter, then its notes."""
    notes = [node for node in draft.document.walk() if node.tag == "aside"]
    own = "".join(pieces(draft.document))
    return f"{own} {' '.join(''.join(pieces(note)) for note in notes)}".split()


def pieces(node: Element) -> Iterator[str]:
    """The text below a node without its notes; a blank where a block or a line begins or ends."""
    gap = " " if node.tag in BLOCK_TAGS or node.tag == "br" else ""
    yield gap
    for child in node.children:
        if isinstance(child, str):
            yield child
        elif child.tag != "aside":
            yield from pieces(child)
    yield gap


def in_text(draft: Draft) -> list[str]:
    """The words of the plain text, without the rules, signs and calls that are only there."""
    artifact, problems = text.render(draft, Stationery((), {}), FINAL)
    assert problems == ()
    assert artifact is not None
    words = artifact.content.decode()
    for each in draft.charts:
        words = " ".join(words.split()).replace(each.alternative, "")
    for node in draft.document.walk():
        if node.tag == "aside":
            number = node.get("value")
            words = words.replace(f"[{number}]", "")
        target = node.get("href") or "#"
        if not target.startswith("#"):
            words = words.replace(f"<{target}>", "")
    return [word for word in words.split() if set(word) != {"-"}]


def in_order(node: Element | str) -> str:
    """The letters of a tree as they are read: a note's call, number and text where it is called."""
    if isinstance(node, str):
        return "".join(node.split())
    number = node.get("value") or ""
    before = number * 2 if node.tag == "aside" else ""
    return before + "".join(map(in_order, node.children))


def without_hyphens(text: str) -> str:
    """The text without what a line break may add to it."""
    return text.translate(dict.fromkeys(map(ord, "-\u00ad\u2010")))


def without_signs(words: list[str]) -> Counter[str]:
    """How often each word is there, but for the numbers of headings and items and the like."""
    signs = {"Notes", "1.", "2.", "3.", "4.", "a.", "b."}
    return Counter(unicodedata.normalize("NFKC", word) for word in words if word not in signs)


LONG_TABLE = replace(table(500), attributes=(("class", "data"),))
LETTERS = {
    "whole": letter(marking=None),
    "three addressees": letter(
        marking=None,
        addressees=tuple(e("address", f"Name {each}", e("br"), "Chair") for each in "ABC"),
    ),
    "long": letter(
        (*sections(), e("section", LONG_TABLE, e("p", "End.", note(9, "Last.")), id="end")),
        marking=None,
    ),
}


@pytest.mark.parametrize("name", LETTERS)
def test_the_web_page_has_the_words_of_the_draft_in_their_order(name: str) -> None:
    draft = LETTERS[name]
    assert len(said(draft)) > 500
    assert words_of(page_of(draft, FINAL)) == said(draft)
    assert words_of(page_of(draft)) == said(draft)


@pytest.mark.parametrize("name", LETTERS)
def test_the_plain_text_has_the_words_of_the_draft(name: str) -> None:
    """In any order, since a caption comes before what it is the caption of."""
    draft = LETTERS[name]
    assert without_signs(in_text(draft)) == without_signs(said(draft))


@pytest.mark.parametrize("name", LETTERS)
def test_the_pdf_reads_the_draft_aloud_in_its_order(name: str) -> None:
    draft = LETTERS[name]
    artifact, problems = pdf.render(draft, stationery(), FINAL)
    assert problems == ()
    assert artifact is not None
    said = in_order(draft.document)
    assert len(said) > 3_000
    assert without_hyphens(Aloud(artifact.content).words()) == without_hyphens(said)


def test_the_bytes_are_the_same_in_another_process_time_zone_and_locale() -> None:
    draft = LETTERS["whole"]
    program = (
        "import sys; from tests.rendering import test_same_words as here; "
        "draft = here.LETTERS['whole']; "
        "words = ' '.join((here.page_of(draft), *here.in_text(draft))); "
        "sys.stdout.buffer.write(words.encode())"
    )
    for zone, locale, seed in (("Asia/Kolkata", "C", "1"), ("America/New_York", "C.UTF-8", "2")):
        environment = os.environ | {"TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": seed}
        call = [sys.executable, "-c", program]
        there = subprocess.run(call, capture_output=True, check=True, env=environment, cwd=ROOT)  # noqa: S603
        assert there.stdout.decode() == " ".join((page_of(draft), *in_text(draft)))
