"""The numbers in a template's own words, each with its line and column."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.letters.manuscripts import PROSE, composed


def unbound(prose: str, **further: object) -> list[tuple[str, int, int]]:
    return [
        (each.text, each.place.span.line, each.place.span.column)
        for each in composed(prose, **further).unbound
        if each.place.span is not None
    ]


def test_numbers_are_found_at_their_line_and_column() -> None:
    prose = (
        "In 2026 there were {{ incident.exchanges }} and 5 more.\n"
        "\n"
        "## Of 99 things\n"
        "\n"
        "- twelve *and 7* percent\n"
        "\n"
        "| a 3 | b |\n|---|---|\n| c | June 5, 2026 |\n"
    )
    assert unbound(prose) == [
        ("2026", 1, 4),
        ("5", 1, 49),
        ("99", 3, 7),
        ("twelve", 5, 3),
        ("7", 5, 15),
        ("3", 7, 5),
        ("June 5, 2026", 9, 7),
    ]


def test_a_number_in_a_heading_of_the_first_level_is_at_its_column() -> None:
    assert unbound("# Of 99 things\n\nWords.\n") == [("99", 1, 6)]


def test_a_number_in_an_included_template_is_shown_in_that_file() -> None:
    words = "{% macro said() %}\nSome 17 things.\n{% endmacro %}\n"
    draft = composed(
        '{% from "shared/words.md" import said %}{{ said() }}',
        templates={"shared/words.md": words},
    )
    (each,) = draft.unbound
    assert each.place.document == "templates/letters/little/shared/words.md"
    assert each.place.span is not None
    assert (each.place.span.line, each.place.span.column) == (2, 6)


def test_the_same_words_in_two_files_are_told_apart() -> None:
    sections = {"sections/a.md": "## A\n\nOf 5.\n", "sections/b.md": "## B\n\nOf 5.\n"}
    assert [each.place.document for each in composed(None, templates=sections).unbound] == [
        "templates/letters/little/sections/a.md",
        "templates/letters/little/sections/b.md",
    ]


@pytest.mark.parametrize(
    "prose",
    [
        "1. a\n2. b\n",
        "> 1. a\n> 2. b\n",
        "- 1. a\n",
        "1) a\n2) b\n",
        "## Words {#table-of-2026}\n\na\n",
        "[words](https://example.org/2026/17)\n",
        "<https://example.org/2026/17>\n",
        '{{ "18 U.S.C. 1001" | law }}\n',
        "{{ incident.exchanges }}, {{ incident.began }}, {{ stats.days(incident) }}\n",
        "<!-- 17 -->words\n",
    ],
)
def test_what_markdown_makes_of_digits_is_no_number_of_the_letter(prose: str) -> None:
    assert unbound(prose) == []


@pytest.mark.parametrize(
    "prose",
    [
        "28 million",
        "2**8** million",
        "{{ '28 million' }}",
        "{{ 28 }}",
        "[28 million](https://example.org/)",
        "&#50;8 million",
        "a&frac12;b 5&nbsp;percent",
        "words\n28. more words",
        "### Of 28\n",
        "Table: Of 28 {#t}\n\n| a |\n|---|\n| b |\n",
        "{% call note() %}Of 28.{% endcall %}",
        '{{ chart("comparison", incident.exchanges, title="Of 28 things") }}',
        "{% set it %}28{% endset %}{{ it }}",
        "{{ 'twenty-' ~ 'eight' }}",
    ],
)
def test_no_number_goes_unseen(prose: str) -> None:
    assert composed(
        f"Words: {prose}" if not prose.startswith(("#", "T", "{{ ch")) else prose
    ).unbound


def test_the_caption_that_a_chart_brings_is_made_of_facts() -> None:
    assert unbound('{{ chart("comparison", incident.exchanges) }}') == []


def test_a_number_in_the_subject_is_found_there() -> None:
    (each,) = composed("Words.", subject="Of 28 million exchanges").unbound
    assert (each.text, each.place.route) == ("28 million", ("subject",))


@given(st.lists(st.sampled_from(["word", "*", "17", "{{ incident.means }}", "\n", " ", "> "])))
def test_each_number_stands_where_it_is_said_to_stand(pieces: list[str]) -> None:
    prose = "Words " + " ".join(pieces)
    lines = prose.split("\n")
    for each in composed(prose).unbound:
        assert each.place.document == PROSE
        span = each.place.span
        assert span is not None
        assert lines[span.line - 1][span.column - 1 : span.end_column - 1] == each.text
