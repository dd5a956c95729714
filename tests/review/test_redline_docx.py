"""The redline as a Word file: its tracked changes, taken and left, give back both drafts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from openxml_audit import OpenXmlValidator

from reportgen.jobs.review.redlining import compared
from reportgen.rendering.docx import render
from reportgen.rendering.model import Edition, Revision
from reportgen.review.redlines.redlining import UnprovedError
from reportgen.review.returned.proving import prove
from tests.rendering.letter_sample import stationery
from tests.review.letters_made import draft, e, edited, fact, letter, made, note, pairs
from tests.review.word_changes import W, parts, whole

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.letters.draft import Draft
    from reportgen.letters.markup import Element
    from reportgen.rendering.model import Stationery

LOOK = stationery()
PLAIN = stationery(without_fonts=True)
"""Without typefaces, which a file carries whole and a comparison does not need."""


def word_file(given: Draft, look: Stationery = LOOK) -> bytes:
    artifact, problems = render(given, look)
    assert artifact is not None, problems
    return artifact.content


def tracked(old: Draft, new: Draft, look: Stationery = LOOK) -> bytes:
    made = compared(old, new)
    tree = replace(new, document=made.document, charts=made.charts, pictures=made.pictures)
    artifact, problems = render(tree, look, Edition(), Revision(new.author, new.date, made.heads))
    assert artifact is not None, problems
    return artifact.content


def given_back(old: Draft, new: Draft) -> None:
    content = tracked(old, new, PLAIN)
    before, after = word_file(old, PLAIN), word_file(new, PLAIN)
    assert whole(content, accept=True) == whole(after, accept=True)
    assert whole(content, accept=False) == whole(before, accept=False)
    prove(content, before, after)


# --- what always holds --------------------------------------------------------------------------


@given(pairs)
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=25)
def test_all_changes_taken_give_the_new_draft_and_all_left_the_old(
    pair: tuple[Element, Element],
) -> None:
    old, new = map(draft, pair)
    given_back(old, replace(new, continuation=("The Honorable B", "June 11, 2026"), marking="M"))


@pytest.mark.slow
@given(pairs)
@settings(
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    deadline=None,
    max_examples=150,
)
def test_hundreds_of_edited_letters_are_given_back_by_word_files(
    pair: tuple[Element, Element],
) -> None:
    old, new = map(draft, pair)
    given_back(old, new)


# --- one by one ---------------------------------------------------------------------------------

PARAGRAPHS = ("The operators used proxy services.", "The accounts were closed in June.")
OLD = draft(
    letter(
        e(
            "section",
            e("p", " ".join(PARAGRAPHS), note("As stated.")),
            e("p", "A scale of ", fact("28.8 million"), " exchanges."),
            e("table", e("tbody", e("tr", e("td", "a")), e("tr", e("td", "b"))), class_="data"),
        )
    )
)
NEW = draft(
    letter(
        e(
            "section",
            e("p", "A scale of ", fact("29 million"), " exchanges."),
            e("p", PARAGRAPHS[0]),
            e("p", PARAGRAPHS[1], note("As stated there.")),
            e("table", e("tbody", e("tr", e("td", "a")), e("tr", e("td", "c"))), class_="data"),
        )
    )
)


def test_changes_bear_the_name_of_the_organization_and_the_date_of_the_letter() -> None:
    marks = [
        node
        for root in parts(tracked(OLD, NEW)).values()
        for node in root.iter(f"{W}ins", f"{W}del", f"{W}moveFrom", f"{W}moveTo")
    ]
    assert marks
    assert {node.get(f"{W}author") for node in marks} == {"Example Organization"}
    assert {node.get(f"{W}date") for node in marks} == {"2026-06-10T00:00:00Z"}
    ids = [node.get(f"{W}id") for node in marks]
    assert len(set(ids)) == len(ids)


def test_the_same_redline_is_the_same_file() -> None:
    assert tracked(OLD, NEW) == tracked(OLD, NEW)


def test_moves_rows_and_divided_paragraphs_are_those_of_word() -> None:
    file = parts(tracked(OLD, NEW))
    names = {str(node.tag).removeprefix(W) for root in file.values() for node in root.iter()}
    assert {"ins", "del", "delText"} <= names
    body = file["word/document.xml"]
    assert body.find(f".//{W}pPr/{W}rPr/{W}ins") is not None
    assert body.find(f".//{W}trPr/{W}del") is not None
    assert file["word/footnotes.xml"].find(f".//{W}ins") is not None
    blocks = [e("p", f"Paragraph about {name} with some words of its own.") for name in "abc"]
    one, other = (letter(e("section", *some)) for some in (blocks, (*blocks[1:], blocks[0])))
    moved = parts(tracked(draft(one), draft(other)))["word/document.xml"]
    starts = [moved.find(f".//{W}{name}RangeStart") for name in ("moveFrom", "moveTo")]
    assert len({node.get(f"{W}name") for node in starts if node is not None}) == 1
    assert moved.find(f".//{W}pPr/{W}rPr/{W}moveFrom") is not None


def test_the_file_keeps_to_the_schema(tmp_path: Path) -> None:
    path = tmp_path / "redline.docx"
    path.write_bytes(tracked(OLD, NEW))
    errors = OpenXmlValidator().validate(path).errors
    assert [str(each) for each in errors if "relationships/theme" not in str(each)] == []


def test_columns_divided_items_and_lists_that_were_paragraphs_keep_to_the_schema(
    tmp_path: Path,
) -> None:
    def table(*rows: str) -> Element:
        made = (e("tr", *(e("td", each) for each in row.split())) for row in rows)
        return e("table", e("tbody", *made), class_="data")

    old = (
        *(e("p", each) for each in PARAGRAPHS),
        table("a b", "c d"),
        e("ul", e("li", " ".join(PARAGRAPHS)), e("li", "No court has decided on it.")),
    )
    new = (
        e("ol", *(e("li", each) for each in PARAGRAPHS)),
        table("a x b", "c y d", "e f g"),
        e("ul", *(e("li", each) for each in PARAGRAPHS)),
        e("p", "No court has decided on it."),
    )
    one, other = (draft(letter(e("section", *some))) for some in (old, new))
    for before, after in ((one, other), (other, one)):
        given_back(before, after)
        content = tracked(before, after)
        body = parts(content)["word/document.xml"]
        assert body.find(f".//{W}pPrChange/{W}pPr/{W}numPr") is not None
        assert {len(list(body.iter(f"{W}{name}"))) for name in ("cellIns", "cellDel")} & {2, 3}
        path = tmp_path / "redline.docx"
        path.write_bytes(content)
        errors = OpenXmlValidator().validate(path).errors
        assert [str(each) for each in errors if "relationships/theme" not in str(each)] == []


A, B, C = (*PARAGRAPHS, "No court has decided on any of this.")


def ul(*items: tuple[Element | str, ...]) -> Element:
    return e("ul", *(e("li", *item) for item in items))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param([ul((ul((), (A,)),))], [ul(())], id="an empty item comes out of its list"),
        pytest.param([ul((e("p"), ul((A,))))], [ul(())], id="an empty paragraph is an item alone"),
        pytest.param([ul((A,), (B,))], [ul((A, ul((C,)), B))], id="two items around a list"),
        pytest.param(
            [e("p", A), e("p", B)], [ul((A, ul((C,)), B))], id="two paragraphs around a list"
        ),
        pytest.param(
            [e("p", A), ul((B,))], [ul((A, ul((C,)), B))], id="a paragraph and an item around one"
        ),
        pytest.param(
            [e("p", A), ul((B, ul((C,))))], [ul((A, ul((C,))))], id="a paragraph for an item's text"
        ),
    ],
)
def test_what_came_into_one_item_is_given_back_as_what_it_was(
    old: list[Element], new: list[Element]
) -> None:
    one, other = (draft(letter(e("section", *some))) for some in (old, new))
    given_back(one, other)
    given_back(other, one)


FOUND = [(8765, (2, 2, 3), (121,)), (106, (3, 0, 4), (742, 743, 744)), (384, (3, 0, 4), (2688,))]
"""Letters once not given back: the seed, how many blocks each section has, the seeds of edits."""


@pytest.mark.parametrize(("seed", "sizes", "edits"), FOUND)
def test_letters_once_not_given_back_are(
    seed: int, sizes: tuple[int, ...], edits: tuple[int, ...]
) -> None:
    old = new = made(seed, sizes)
    for each in edits:
        new = edited(new, each)
    given_back(draft(old), draft(new))


def test_a_file_that_gives_back_another_draft_is_no_redline() -> None:
    content = tracked(OLD, NEW)
    with pytest.raises(UnprovedError, match="accepted"):
        prove(content, word_file(OLD), word_file(OLD))
    with pytest.raises(UnprovedError, match="rejected"):
        prove(content, word_file(NEW), word_file(NEW))
