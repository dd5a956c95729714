"""Markdown: split into sections, read into the closed set of tags, in bounded time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.letters.markup import TAGS, Element, serialize
from reportgen.letters.prose import MAX_DEPTH, MAX_PARAGRAPH, read, split


def html(markdown: str) -> str:
    blocks, refusals = read(markdown)
    assert not refusals
    return "".join(map(serialize, blocks))


def refused(markdown: str) -> list[str]:
    _, refusals = read(markdown)
    assert {refusal.code for refusal in refusals} <= {"markup-not-allowed"}
    return [refusal.message for refusal in refusals]


def names(text: str) -> list[str]:
    return [section.name for section in split(text, "p.md")]


# --- sections -----------------------------------------------------------------------------------


def test_a_file_is_split_at_its_headings() -> None:
    sections = split("Before.\n\n## One\n\nFirst.\n\n# Two\nSecond.\n", "p.md")
    assert [(section.name, section.line) for section in sections] == [
        ("opening", 1),
        ("one", 3),
        ("two", 7),
    ]


def test_each_line_of_a_section_stands_on_the_line_of_its_file() -> None:
    text = "Before.\n\n## One {#first}\n\nFirst.\u2028Still.\x85\n\n## Two\nSecond.\n"
    for section in split(text, "p.md"):
        for number, line in enumerate(section.text.split("\n"), 1):
            if line.strip():
                assert text.split("\n")[number - 1].startswith(line)


def test_a_section_is_named_by_its_heading_or_as_the_heading_says() -> None:
    text = "## The incident, again!\n## Scale {#scale}\n## Context {#context after=scale}\n"
    assert names(text) == ["the-incident-again", "scale", "context"]
    assert split(text, "p.md")[2].after == "scale"
    assert "{#" not in "".join(section.text for section in split(text, "p.md"))


def test_a_heading_without_latin_letters_has_a_name_too() -> None:
    assert names("## Причина\n\n## 原因\n") == ["line-1", "line-3"]


def test_no_section_takes_the_anchor_of_a_note_or_a_table() -> None:
    assert names("## Note 1\n## Table 2\n## F 7 {#f-7}\n") == [
        "section-note-1",
        "section-table-2",
        "section-f-7",
    ]


def test_headings_of_the_third_level_split_nothing() -> None:
    assert names("## One\n### Part\n#hashtag\n") == ["one"]


def test_a_file_without_words_has_no_sections() -> None:
    assert names("") == names("\n\n") == []


@given(st.text("# {}\nabc", max_size=60))
def test_no_line_is_lost_when_a_file_is_split(text: str) -> None:
    together = "".join(
        section.text.removeprefix("\n" * (section.line - 1)) for section in split(text, "p.md")
    )
    assert [each for each in together if each in "abc"] == [each for each in text if each in "abc"]


# --- blocks -------------------------------------------------------------------------------------


def test_markdown_of_letters_is_read() -> None:
    assert html("One *two* **three**\nfour.\n\n1. a\n2. b\n\n> c\n\n### Part\n") == (
        "<p>One <em>two</em> <strong>three</strong> four.</p>"
        "<ol><li>a</li><li>b</li></ol><blockquote><p>c</p></blockquote><h3>Part</h3>"
    )


def test_html_is_text() -> None:
    assert html("<b>x</b> &lt;i&gt; <!-- c -->") == (
        "<p>&lt;b&gt;x&lt;/b&gt; &lt;i&gt; &lt;!-- c --&gt;</p>"
    )


@pytest.mark.parametrize("text", ["    four blanks", "```\nfenced\n```", "---", "Words\n==="])
def test_there_are_no_code_blocks_rules_or_underlined_headings(text: str) -> None:
    blocks, _ = read(text)
    assert {block.tag for block in blocks} == {"p"}


def test_a_paragraph_c_of_a_statute_stays_what_it_is() -> None:
    assert html("17 CFR 200.83(c) and (r)...") == "<p>17 CFR 200.83(c) and (r)...</p>"


def test_quotation_marks_are_set_as_printers_set_them() -> None:
    assert html("\"a\" and 'b'") == "<p>“a” and ‘b’</p>"


def test_a_table_has_heads_of_columns_and_rows() -> None:
    assert html("| a | b |\n|:--|--:|\n| c | d |\n") == (
        '<table class="data"><thead><tr><th scope="col">a</th><th scope="col" class="number">b</th>'
        '</tr></thead><tbody><tr><th scope="row">c</th><td class="number">d</td></tr></tbody>'
        "</table>"
    )


@pytest.mark.parametrize("blank", ["\n", "\n\n", "\n\n\n"])
def test_a_paragraph_before_a_table_captions_it(blank: str) -> None:
    (table,) = read(f"Table: A *fine* title {{#fine}}\n{blank}| a |\n|---|\n| b |\n")[0]
    assert table.get("id") == "fine"
    caption = table.children[0]
    assert isinstance(caption, Element)
    assert serialize(caption) == "<caption>A <em>fine</em> title</caption>"


def test_a_caption_without_a_table_is_a_paragraph() -> None:
    assert html("Table: A title {#fine}\n\nWords.\n") == (
        "<p>Table: A title {#fine}</p><p>Words.</p>"
    )


def test_only_the_plain_word_begins_a_caption() -> None:
    blocks, _ = read("**Table:** A title\n\n| a |\n|---|\n| b |\n")
    assert [block.tag for block in blocks] == ["p", "table"]
    assert "Element(" not in "".join(map(serialize, blocks))


# --- what no letter has -------------------------------------------------------------------------


def test_a_link_leads_to_the_web_to_mail_or_within() -> None:
    assert html("[a](https://example.org/) [b](mailto:a@example.org) [c](#table-1)") == (
        '<p><a href="https://example.org/">a</a> <a href="mailto:a@example.org">b</a> '
        '<a href="#table-1">c</a></p>'
    )


@pytest.mark.parametrize(
    "target", ["ftp://example.org/", "/etc/passwd", "../x", "file:x", "x.html", "JaVaScRiPt:x"]
)
def test_no_link_leads_elsewhere(target: str) -> None:
    blocks, _ = read(f"[words]({target})")
    assert "href" not in "".join(map(serialize, blocks))
    assert "words" in "".join(map(serialize, blocks))


def test_there_are_no_pictures_and_no_deep_headings() -> None:
    assert refused("![words](https://example.org/x.png)") == [
        "prose has no pictures; a chart is made by `{{ chart(...) }}`"
    ]
    assert refused("#### Deep") == ["a letter has headings of two levels, `##` and `###`"]


@pytest.mark.parametrize("text", ["> " * 100 + "x", "- " * 100 + "x", "1. " * 100 + "x"])
def test_what_is_nested_too_deep_is_refused_and_not_lost(text: str) -> None:
    assert refused(text) == ["lists and quotations are nested too deep here"]


def test_what_is_not_nested_too_deep_is_kept() -> None:
    blocks, refusals = read("> " * (MAX_DEPTH - 2) + "x")
    assert not refusals
    assert "x" in "".join(map(serialize, blocks))


def test_emphasis_nested_too_deep_is_refused() -> None:
    assert refused("*a **b " * 40 + " b** a*" * 40) == [
        "emphasis and links are nested too deep here"
    ]


def test_a_paragraph_of_many_pages_is_refused() -> None:
    (message,) = refused("word " * MAX_PARAGRAPH)
    assert message.startswith("the paragraph that begins “word word")


@pytest.mark.parametrize(
    "text",
    [
        ">" * 100_000,
        "[" * 100_000,
        "![" * 50_000,
        "*a **b " * 20_000,
        "\"'" * 50_000,
        "## " + " " * 100_000 + "x",
        "Table: a" + " " * 100_000 + "x",
        "".join("  " * depth + "- x\n" for depth in range(300)),
    ],
    ids=lambda text: text[:8],
)
def test_hostile_markdown_is_soon_read(text: str) -> None:
    for section in split(text, "p.md"):
        read(section.text)


@given(st.text("*_[]()!#>-|`~\\<&\"' \n1.a{}:", max_size=120))
def test_whatever_is_read_is_made_of_the_closed_set(text: str) -> None:
    blocks, _ = read(text)
    for block in blocks:
        for node in block.walk():
            assert node.tag in TAGS
            assert node.get("href") is None or (node.get("href") or "").startswith(
                ("http", "mailto:", "#")
            )
