"""The web stationery of the project, and how a page's text is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import html as lxml_html

from reportgen.jobs.gathering import LOOKS
from reportgen.rendering import html
from reportgen.rendering.model import Edition, Stationery
from tests.rendering.letter_sample import ROOT

if TYPE_CHECKING:
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
    tree = tree_of(page)
    (main,) = tree.xpath("//main")
    for unread in main.xpath(".//details | .//*[@role='doc-backlink'] | .//*[@role='doc-noteref']"):
        unread.drop_tree()
    for end in main.xpath(".//br"):
        end.tail = f"\n{end.tail or ''}"
    for block in main.xpath(
        ".//p|.//li|.//h1|.//h2|.//h3|.//th|.//td|.//caption|.//figcaption|.//address"
    ):
        block.tail = f"\n{block.tail or ''}"
    notes = main.xpath(".//section[@role='doc-endnotes']")
    noted = " ".join(" ".join(li.text_content() for li in each.xpath(".//li")) for each in notes)
    for each in notes:
        each.drop_tree()
    return f"{main.text_content()} {noted}".split()
