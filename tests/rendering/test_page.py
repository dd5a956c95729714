from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from reportgen.rendering.engine import HTML
from reportgen.rendering.model import Edition
from reportgen.rendering.page import page as page_of
from tests.rendering.letter_sample import e, fact, letter, note, with_paragraph

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from reportgen.letters.draft import Draft


def page(draft: Draft, *, first: frozenset[str] = frozenset()) -> str:
    return page_of(draft, Edition(final=True), first=first)


def parsed(html: str) -> Element:
    root: Element = HTML(string=html).etree_element
    return root


def test_what_only_the_house_may_know_is_not_on_the_page() -> None:
    html = page(with_paragraph("Of ", fact(7, "28.8 million"), e("mark", "12", class_="unbound")))
    assert "28.8 million" in html
    assert "12" in html
    for secret in ("f-7", "data-fact", "value=", "9871234", "unbound", "<mark", "<data"):
        assert secret not in html


def test_an_id_is_kept_only_where_a_link_leads_to_it() -> None:
    assert set(re.findall(r' id="([^"]*)"', page(letter()))) == {"table-1", "end-of-letter"}


def test_a_note_stays_inside_its_paragraph() -> None:
    tree = parsed(page(with_paragraph("Before", note(1, "Source."), " after.")))
    (paragraph,) = [each for each in tree.iter("p") if "Before" in (each.text or "")]
    assert "".join(paragraph.itertext()) == "BeforeSource. after."


def test_the_date_is_the_letters_and_not_the_clocks() -> None:
    html = page(letter())
    assert '<meta name="dcterms.created" content="2026-06-10T00:00:00Z">' in html


def test_a_bound_text_is_kept_on_one_line_while_it_is_short() -> None:
    assert 'class="unbroken">28.8 million' in page(with_paragraph(fact(1, "28.8 million")))
    long = page(with_paragraph(fact(1, "approximately 25,000")))
    assert "<span>approximately" in long


def test_only_the_blocks_asked_for_start_a_page() -> None:
    assert page(letter(), first=frozenset({"9"})).count("next-page") == 1
    assert "next-page" not in page(letter())


@given(st.text(max_size=60))
def test_text_is_shown_as_text_whatever_is_in_it(text: str) -> None:
    """Markup in a title, a subject or a paragraph never becomes an element."""
    draft = replace(
        with_paragraph(text), title=text, author=text, subject=text, marking=text or None
    )
    plain = replace(with_paragraph("x"), marking="x" if text else None)
    tags = [each.tag for each in parsed(page(draft)).iter()]
    assert tags == [each.tag for each in parsed(page(plain)).iter()]
