"""The web page of a letter, as it is written."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from dataclasses import replace
from hashlib import sha256
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tinyhtml5.parser import HTMLParser  # type: ignore[import-untyped]

from reportgen.letters.draft import Picture, Production, Version
from reportgen.rendering import html
from reportgen.rendering.model import Edition, Stationery
from tests.rendering.letter_sample import (
    CHART,
    e,
    fact,
    letter,
    note,
    table,
    with_paragraph,
    without_chart,
)
from tests.rendering.web_sample import FINAL, page_of, tree_of, web_stationery, words_of

if TYPE_CHECKING:
    from reportgen.letters.draft import Draft

HOSTILE = "</style><script>alert(1)</script>\"'><img src=x onerror=alert(2)>&amp;\\"


def with_figure(alternative: str) -> Draft:
    image = e("img", src="chart:comparison", alt=alternative)
    return letter((e("section", e("figure", image, class_="chart"), id="only"),))


# --- one file, and nothing else -----------------------------------------------------------------


def test_the_policy_lets_a_browser_load_the_style_sheet_and_data_and_nothing_else() -> None:
    page = page_of(letter())
    (policy,) = tree_of(page).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    hashed = b64encode(sha256(style.encode()).digest()).decode()
    assert policy.split("; ") == [
        "default-src 'none'",
        f"style-src 'sha256-{hashed}'",
        "font-src data:",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    ]


def test_a_letter_without_drawings_allows_no_images() -> None:
    assert "img-src" not in page_of(with_paragraph("Nothing is drawn."))


@pytest.mark.parametrize("edition", [Edition(), FINAL])
def test_the_page_has_no_scripts_no_inline_styles_and_no_addresses_to_load(
    edition: Edition,
) -> None:
    tree = tree_of(page_of(letter(), edition))
    assert not tree.xpath("//script | //link | //iframe | //object | //@style")
    assert not [name for each in tree.iter() for name in each.attrib if name.startswith("on")]
    sources = tree.xpath("//@src")
    assert sources
    assert all(source.startswith("data:") for source in sources)
    (style,) = tree.xpath("//style/text()")
    addresses = re.findall(r"url\((.{0,12})", style)
    assert len(addresses) == 4
    assert all(address.startswith("data:") for address in addresses)


def test_comments_of_the_style_sheets_stay_with_us() -> None:
    (style,) = tree_of(page_of(letter())).xpath("//style/text()")
    assert "/*" not in style


@pytest.mark.parametrize("edition", [Edition(), FINAL])
def test_a_strict_parser_has_nothing_to_mend(edition: Edition) -> None:
    parser = HTMLParser()
    parser.parse(page_of(letter(), edition))
    assert parser.errors == []


# --- what everybody can read (WCAG 2.2) ---------------------------------------------------------


def test_the_page_says_its_language_its_title_and_its_parts() -> None:
    tree = tree_of(page_of(letter()))
    assert tree.get("lang") == "en-US"
    assert tree.xpath("//title/text()") == ["Letter of June 10, 2026 on a campaign of extraction"]
    assert len(tree.xpath("//main")) == 1
    assert len(tree.xpath("/html/body/header")) == 1


def test_headings_begin_with_the_subject_and_skip_no_level() -> None:
    levels = [int(each.tag[1]) for each in tree_of(page_of(letter())).xpath("//h1|//h2|//h3")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert len(levels) > 4
    assert all(below - above <= 1 for above, below in pairwise(levels))


def test_notes_are_called_by_links_and_lead_back() -> None:
    tree = tree_of(page_of(letter()))
    calls = tree.xpath("//*[@role='doc-noteref']")
    notes = tree.xpath("//*[@role='doc-endnotes']//li")
    assert len(calls) == len(notes) == 8
    for number, (call, item) in enumerate(zip(calls, notes, strict=True), 1):
        (back,) = item.xpath(".//*[@role='doc-backlink']")
        assert call.get("aria-label") == f"Note {number}"
        assert call.get("href") == f"#{item.get('id')}"
        assert back.get("href") == f"#{call.get('id')}"
        assert item.get("value") == str(number)


@pytest.mark.parametrize("edition", [Edition(), FINAL])
def test_each_id_is_there_once_and_each_link_within_the_letter_leads_somewhere(
    edition: Edition,
) -> None:
    tree = tree_of(page_of(letter(), edition))
    ids = tree.xpath("//@id")
    assert ids
    assert len(ids) == len(set(ids))
    targets = [href[1:] for href in tree.xpath("//@href") if href.startswith("#")]
    assert targets
    assert set(targets) <= set(ids)


def test_a_drawing_has_its_words_and_its_numbers_below() -> None:
    tree = tree_of(page_of(letter()))
    (image,) = tree.xpath("//figure//img")
    assert image.get("alt") == CHART.alternative
    assert b64decode(image.get("src").partition(",")[2]) == CHART.svg
    assert (image.get("width"), image.get("height")) == ("600", "187")
    (details,) = tree.xpath("//figure/following-sibling::*[1][self::details]")
    assert details.xpath("./summary/text()") == ["The numbers of Figure 1"]
    rows = [each.xpath("./*/text()") for each in details.xpath(".//tr")]
    assert rows == [["Campaign", "Exchanges"], ["A", "1"], ["B", "2"]]


def test_tables_have_captions_and_heads_and_scroll_by_keyboard() -> None:
    tables = tree_of(page_of(letter())).xpath("//table")
    assert len(tables) == 2
    for each in tables:
        assert each.xpath("./caption")
        assert set(each.xpath(".//th/@scope")) == {"col", "row"}
        assert len(each.xpath(".//th")) == len(each.xpath(".//th/@scope"))
        frame = each.getparent()
        assert frame.get("tabindex") == "0"
        assert frame.get("aria-label") == " ".join(
            each.xpath("./caption")[0].text_content().split()
        )


# --- drafts and finals --------------------------------------------------------------------------


def test_in_a_draft_each_fact_is_an_anchor_and_says_what_it_rests_on() -> None:
    tree = tree_of(page_of(letter()))
    facts = tree.xpath("//*[@data-fact]")
    assert [each.get("id") for each in facts] == ["f-1", "f-2"]
    assert [each.get("data-fact") for each in facts] == ["case.f1", "case.f2"]


def test_in_a_draft_an_unbound_number_is_marked() -> None:
    draft = with_paragraph("About ", e("mark", "24,000", class_="unbound"), " of them.")
    assert tree_of(page_of(draft)).xpath("//mark[@class='unbound']/text()") == ["24,000"]
    assert not tree_of(page_of(draft, FINAL)).xpath("//mark")
    assert words_of(page_of(draft)) == words_of(page_of(draft, FINAL))


def test_a_final_page_holds_no_ids_of_facts_no_values_and_no_places() -> None:
    unbound = e("mark", "24", class_="unbound", data_place="cases/secret.md:3")
    body = e("section", e("p", fact(1, "28.8 million"), unbound), id="secret-section")
    page = page_of(letter((body,)), FINAL)
    tree = tree_of(page)
    assert not [name for each in tree.iter() for name in each.attrib if name.startswith("data-")]
    assert not [each for each in tree.xpath("//@id") if each.startswith("f-")]
    assert not tree.xpath("//data | //mark | //time | //@value | //@datetime")
    for secret in ("9871234", "case.f1", "secret", "2026-06-10", "DRAFT", "unbound"):
        assert secret not in page.partition("</style>")[2]


def test_a_draft_says_that_it_is_one_and_what_is_open() -> None:
    edition = Edition(open_points=("“24” is bound to no fact",))
    tree = tree_of(page_of(letter(), edition))
    assert tree.xpath("/html/body/header/p/text()")[0] == "DRAFT v000000"
    (points,) = tree.xpath("/html/body/aside")
    assert points.xpath(".//li/text()") == ["“24” is bound to no fact"]
    assert "not part of the letter" in points.text_content()
    final = replace(edition, final=True)
    assert not tree_of(page_of(letter(), final)).xpath("/html/body/aside")


def test_a_confidential_page_bears_its_legend_and_no_numbers_of_pages() -> None:
    production = Production("Confidential Treatment Requested by Example", "EX", 41)
    draft = replace(letter(), version=Version.CONFIDENTIAL, production=production)
    page = page_of(draft, FINAL)
    assert tree_of(page).xpath("/html/body/header/p/text()")[0] == production.legend
    assert "EX-" not in page


def test_what_the_public_may_not_read_is_a_bar_that_is_named() -> None:
    bar = e("span", e("span", class_="bar"), " [FOIA Exemption 4]", class_="redacted")
    tree = tree_of(page_of(with_paragraph("We saw ", bar, "."), FINAL))
    (drawn,) = tree.xpath("//*[@class='bar']")
    assert (drawn.get("role"), drawn.get("aria-label")) == ("img", "Redacted")
    assert drawn.text is None


def test_pages_of_an_enclosure_follow_the_notes_and_come_with_the_file() -> None:
    picture = Picture("enclosure-1-1", "image/png", b"\x89PNG...")
    image = e("img", src="picture:enclosure-1-1", alt="Enclosure 1, page 1 of 1: words")
    exhibit = e(
        "section",
        e("div", e("h2", "Enclosure 1"), class_="cover"),
        e("figure", image, class_="sheet"),
        class_="exhibit",
        id="enclosure-1",
    )
    draft = with_paragraph("See the enclosure.", note(1, "A note."))
    document = replace(draft.document, children=(*draft.document.children, exhibit))
    tree = tree_of(page_of(replace(draft, document=document, pictures=(picture,))))
    assert tree.xpath("//article/section/@class") == [
        *("body", "closing", "enclosures", "copies"),
        *("notes", "exhibit"),
    ]
    assert tree.xpath("//img/@src") == [
        f"data:image/png;base64,{b64encode(picture.content).decode()}"
    ]
    assert not tree.xpath("//details")


# --- what is refused ----------------------------------------------------------------------------


def test_a_drawing_that_was_not_drawn_is_refused() -> None:
    artifact, problems = html.render(without_chart(letter()), web_stationery())
    assert artifact is None
    assert [problem.code for problem in problems] == ["resource-refused"]


def test_a_drawing_without_words_is_refused() -> None:
    artifact, problems = html.render(with_figure(" "), web_stationery())
    assert artifact is None
    assert [problem.code for problem in problems] == ["missing-alternative"]


def test_a_font_that_is_not_there_is_refused_by_name() -> None:
    styles = web_stationery().styles
    artifact, problems = html.render(letter(), Stationery(styles, {}))
    assert artifact is None
    assert {problem.code for problem in problems} == {"font-missing"}
    assert "SourceSerif4-Regular.woff2" in problems[0].message


@pytest.mark.parametrize(
    "sheet",
    [
        "p { background: url(https://example.org/x.png) }",
        "@import url('other.css');",
        'p { background: URL( "fonts/../secret.woff2" ) }',
        "@font-face { src: url(//example.org/fonts/SourceSerif4-Regular.woff2) }",
    ],
)
def test_a_style_sheet_may_load_nothing_else(sheet: str) -> None:
    stationery = web_stationery()
    artifact, problems = html.render(
        letter(), replace(stationery, styles=(*stationery.styles, ("own.css", sheet)))
    )
    assert artifact is None
    assert [problem.place.document for problem in problems] == ["own.css"]


# --- hostile text -------------------------------------------------------------------------------


def test_markup_in_texts_is_text_wherever_it_stands() -> None:
    draft = letter((e("section", e("p", HOSTILE, note(1, HOSTILE)), id="x"),), marking=HOSTILE)
    chart = replace(CHART, title=HOSTILE, rows=((HOSTILE, HOSTILE),), columns=(HOSTILE, HOSTILE))
    draft = replace(
        draft,
        title=HOSTILE,
        author=HOSTILE,
        subject=HOSTILE,
        language=HOSTILE,
        charts=(chart,),
        continuation=(HOSTILE, HOSTILE, HOSTILE),
    )
    page = page_of(draft)
    tree = tree_of(page)
    assert not tree.xpath("//script | //@onerror | //body//style")
    assert tree.xpath("//title/text()") == [HOSTILE]
    assert tree.xpath("/html/body/header/p")[1].text_content() == HOSTILE
    assert page.count("</style>") == 1
    parser = HTMLParser()
    parser.parse(page)
    assert parser.errors == []


def test_a_text_in_the_margins_can_end_neither_its_string_nor_the_style_sheet() -> None:
    (style,) = tree_of(page_of(letter(marking=HOSTILE + "\n} @page { size: 1in }"))).xpath(
        "//style/text()"
    )
    (content,) = re.findall(r'@bottom-center\{content:"((?:[^"\\]|\\[0-9a-f]+ )*)"\}', style)
    read = re.sub(r"\\([0-9a-f]+) ", lambda match: chr(int(match[1], 16)), content)
    assert read == f"DRAFT v000000\n{HOSTILE}\n}} @page {{ size: 1in }}"


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1))
def test_every_word_of_a_paragraph_is_on_the_page(text: str) -> None:
    words = words_of(page_of(with_paragraph(text), FINAL))
    said = text.split()
    start = words.index("Specimen:") + 1
    assert words[start : start + len(said)] == said


def test_a_table_of_five_hundred_rows_is_whole() -> None:
    tree = tree_of(page_of(letter((e("section", table(500), id="only"),)), FINAL))
    assert len(tree.xpath("//tbody/tr")) == 500
