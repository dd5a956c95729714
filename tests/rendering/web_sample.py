"""The web stationery of the project, and how a page's text is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import html as lxml_html

from reportgen.jobs.drafts.gathering import LOOKS
from reportgen.letters.markup import BLOCK_TAGS
from reportgen.rendering import html
from reportgen.rendering.model import Edition, Stationery
from tests.rendering.letter_sample import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from reportgen.letters.draft import Draft

FINAL = Edition(final=True)
DRAFT = Edition()


def web_stationery() -> Stationery:
    """The style sheets and fonts that pages are made with."""
    styles = tuple((name, (ROOT / "templates" / name).read_text()) for name in LOOKS["html"].styles)
    fonts = {path.name: path.read_bytes() for path in (ROOT / "templates/fonts").glob("*.woff2")}
    return Stationery(styles, fonts)


def page_of(draft: Draft, edition: Edition = DRAFT) -> str:
    """The page of a letter that has nothing wrong."""
    artifact, problems = html.render(draft, web_stationery(), edition)
    assert problems == ()
    assert artifact is not None
    return artifact.content.decode()


def tree_of(page: str) -> _Element:
    """The page as it is parsed."""
    return lxml_html.document_fromstring(page)


def words_of(page: str) -> list[str]:
    """The words of the letter on a page: first the letter, then its notes, nothing of the page's."""
    (main,) = tree_of(page).xpath("//main")
    for unread in main.xpath(".//details | .//*[@role='doc-backlink' or @role='doc-noteref']"):
        unread.drop_tree()
    notes = main.xpath(".//section[@role='doc-endnotes']")
    noted = ["".join(_pieces(item)) for each in notes for item in each.xpath(".//li")]
    for each in notes:
        each.drop_tree()
    return f"{''.join(_pieces(main))} {' '.join(noted)}".split()


def _pieces(node: _Element) -> Iterator[str]:
    """The texts below an element; a blank where a block or a line begins or ends."""
    gap = " " if node.tag in BLOCK_TAGS or node.tag == "br" else ""
    yield f"{gap}{node.text or ''}"
    for child in node:
        yield from _pieces(child)
        yield child.tail or ""
    yield gap
