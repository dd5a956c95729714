"""Our redlines in LibreOffice: all changes taken give the new draft, all left the old."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from reportgen.jobs.review.redlining import compared
from reportgen.rendering.docx import render
from reportgen.rendering.model import Edition, Revision
from tests.office import libreoffice
from tests.office.libreoffice import ABSENT, office
from tests.rendering.docx_text import Words, of_odt
from tests.rendering.letter_sample import stationery
from tests.review.letters_made import draft, e, fact, letter, note

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reportgen.letters.draft import Draft
    from reportgen.letters.markup import Element
    from tests.office.libreoffice import Office, Step

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(libreoffice.soffice() is None, reason=ABSENT),
]
PARAGRAPHS = ("The operators used proxy services.", "The accounts were closed in June.")
OLD = letter(
    e(
        "section",
        e("p", " ".join(PARAGRAPHS), note("As the vendor stated in May.")),
        e("p", "A scale of ", fact("28.8 million"), " exchanges, as counted by the vendor."),
        e(
            "table",
            e(
                "tbody",
                e("tr", e("td", "a"), e("td", "1 May")),
                e("tr", e("td", "b"), e("td", "2 May")),
            ),
            class_="data",
        ),
        e("p", "Nothing else is known of them today."),
    )
)
NEW = letter(
    e(
        "section",
        e("p", PARAGRAPHS[0]),
        e("p", PARAGRAPHS[1], note("As the vendor stated in June.")),
        e("p", "A scale of ", fact("31.2 million"), " exchanges, as counted by the provider."),
        e(
            "table",
            e(
                "tbody",
                e("tr", e("td", "a"), e("td", "3 May")),
                e("tr", e("td", "b"), e("td", "2 May")),
                e("tr", e("td", "c"), e("td", "4 May")),
            ),
            class_="data",
        ),
        e("p", "Nothing is known of them today."),
    )
)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(tmp_path_factory.mktemp("office")) as made:
        yield made


def word_file(given: Draft) -> bytes:
    artifact, problems = render(given, stationery())
    assert artifact is not None, problems
    return artifact.content


def redlined(old: Draft, new: Draft) -> bytes:
    made = compared(old, new)
    tree = replace(new, document=made.document)
    revision = Revision(new.author, new.date, made.heads)
    artifact, problems = render(tree, stationery(), Edition(), revision)
    assert artifact is not None, problems
    return artifact.content


def said(office: Office, content: bytes, folder: Path, *steps: Step) -> Words:
    """What a Word file says in LibreOffice, once something was done to it."""
    source, target = folder / "in.docx", folder / "out.odt"
    source.write_bytes(content)
    opened: Step = {"do": "open", "path": str(source)}
    office.work(opened, *steps, {"do": "save", "path": str(target)})
    return of_odt(target.read_bytes())


@pytest.mark.parametrize(("what", "tree"), [("AcceptAll", NEW), ("RejectAll", OLD)])
def test_libreoffice_gives_back_both_drafts(
    opened: Office, tmp_path: Path, what: str, tree: Element
) -> None:
    plain = said(opened, word_file(draft(tree)), tmp_path)
    assert plain.paragraphs
    assert plain.notes
    changes: Step = {"do": "changes", "what": what}
    assert said(opened, redlined(draft(OLD), draft(NEW)), tmp_path, changes) == plain
