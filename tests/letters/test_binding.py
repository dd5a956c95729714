"""Composing: what is bound, numbered and mentioned, in the order of reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportgen.letters.draft import Binding
from tests.letters.manuscripts import (
    FORM,
    LETTER,
    PROSE,
    composed,
    quantity,
    shown,
    source,
    stated,
    wrong,
)

if TYPE_CHECKING:
    from reportgen.letters.draft import Draft
    from reportgen.letters.markup import Element

TABLE = "| a |\n|---|\n| b |\n"


def tags(draft: Draft, tag: str) -> list[Element]:
    return [node for node in draft.document.walk() if node.tag == tag]


def texts(draft: Draft, tag: str) -> list[str]:
    return [node.text() for node in tags(draft, tag)]


def body(draft: Draft) -> list[str]:
    """The headings and paragraphs of the body."""
    (section,) = (node for node in draft.document.walk() if node.has_class("body"))
    return [node.text() for node in section.walk() if node.tag in {"h2", "p"}]


# --- facts --------------------------------------------------------------------------------------


def test_facts_are_numbered_in_the_order_of_reading() -> None:
    draft = composed(
        "{{ incident.means }}\n\n{{ chart('comparison', cases.exchanges) }}\n\n"
        "Table: {{ incident.began }}\n\n| {{ incident.ended }} |\n|---|\n"
        "| {{ incident.accounts }}{% call note() %}{{ incident.exchanges }}{% endcall %} |\n\n"
        "> {{ compared[0].exchanges }}\n"
    )
    assert [piece.id for piece in draft.bound] == [f"f-{n}" for n in range(1, 8)]
    assert [piece.address for piece in draft.bound] == [
        "letter.date",
        "north-2026.means",
        "north-2026.dates.occurred.from",
        "north-2026.dates.occurred.to",
        "north-2026.accounts",
        "north-2026.exchanges",
        "south-2026.exchanges",
    ]
    ids = [node.get("id") for node in draft.document.walk() if node.tag in {"data", "time"}]
    assert ids == [piece.id for piece in draft.bound]


def test_a_fact_has_its_words_its_value_and_its_place() -> None:
    draft = composed("A.\n\nThere were {{ incident.exchanges | approximately }}.")
    piece = draft.bound[1]
    assert (piece.binding, piece.text, piece.value, piece.facts) == (
        Binding.FACT,
        "approximately 28.8 million",
        "28750000..28850000",
        ("north-2026.exchanges",),
    )
    assert (piece.place.document, piece.place.span and piece.place.span.line) == (PROSE, 3)


@pytest.mark.parametrize(
    ("expression", "binding", "facts"),
    [
        ("incident.exchanges", Binding.FACT, ["north-2026.exchanges"]),
        ("incident.exchanges | at_least('28 million')", Binding.FACT, ["north-2026.exchanges"]),
        (
            "incident.exchanges | approximately | capitalized",
            Binding.FACT,
            ["north-2026.exchanges"],
        ),
        ("incident['exchanges']", Binding.FACT, ["north-2026.exchanges"]),
        ("cases['north-2026'].exchanges", Binding.FACT, ["north-2026.exchanges"]),
        ("cases.exchanges | first", Binding.FACT, ["north-2026.exchanges"]),
        ("incident.memorandum_date", Binding.FACT, ["north-2026.memorandum_date"]),
        (
            "stats.total(cases.exchanges) | at_least('41 million') | capitalized",
            Binding.STATISTIC,
            ["north-2026.exchanges", "south-2026.exchanges"],
        ),
        (
            "stats.ratio(incident.exchanges, stats.total(compared.exchanges))",
            Binding.STATISTIC,
            ["north-2026.exchanges", "south-2026.exchanges"],
        ),
        ("stats.days(incident)", Binding.STATISTIC, ["north-2026.dates.occurred"]),
        (
            "stats.largest(incident.exchanges, compared.exchanges) | capitalized",
            Binding.COMPARISON,
            ["north-2026.exchanges", "south-2026.exchanges"],
        ),
    ],
)
def test_a_value_keeps_its_facts_through_filters_and_statistics(
    expression: str, binding: Binding, facts: list[str]
) -> None:
    draft = composed(f"{{{{ {expression} }}}}{{{{ cite({expression}) }}}}")
    piece = draft.bound[1]
    assert (piece.binding, list(piece.facts)) == (binding, facts)
    assert texts(draft, "aside") == ["A publisher, “A report,” June 10, 2026."]


def test_a_name_that_ends_with_a_full_stop_ends_its_sentence() -> None:
    named = stated(facts={"maker": {"name": "Sample Systems Ltd.", "source": "report"}})
    prose = "It is {{ organization.name }}.\n\nIt is {{ incident.maker }}.\n\nAnd so on ...\n"
    written = body(composed(prose, incident=named, compared=()))
    assert written[:3] == [
        "It is Example Models, Inc.",
        "It is Sample Systems Ltd.",
        "And so on ...",
    ]


def test_a_date_is_a_time_and_says_its_day_to_machines() -> None:
    draft = composed("{{ incident.memorandum_date }}")
    times = [(node.get("datetime"), node.text()) for node in tags(draft, "time")]
    assert times == [("2026-06-10", "June 10, 2026"), ("2026-04-23", "April 23, 2026")]


# --- notes --------------------------------------------------------------------------------------


def test_notes_are_numbered_in_the_order_of_reading() -> None:
    draft = composed(
        "A.{{ cite(incident.exchanges) }} B.{% call note() %}Own words.{% endcall %}\n\n"
        "Table: C {#c}\n\n| a{{ cite(incident.means) }} |\n|---|\n| b |\n"
    )
    assert [(note.get("id"), note.get("value")) for note in tags(draft, "aside")] == [
        ("note-1", "1"),
        ("note-2", "2"),
        ("note-3", "3"),
    ]
    assert texts(draft, "aside") == [
        "A publisher, “A report,” June 10, 2026.",
        "Own words.",
        "Supra note 1.",
    ]


def test_nothing_to_cite_makes_no_note() -> None:
    assert texts(composed("A.{{ cite() }}"), "aside") == []


def test_a_younger_source_is_not_cited_beside_an_older_one() -> None:
    facts = {"exchanges": quantity("5 million", source=["report", "late"])}
    incident = stated(facts=facts, sources={"report": source(), "late": source("2026-06-12")})
    draft = composed("A.{{ cite(incident.exchanges) }}", incident=incident, compared=())
    assert texts(draft, "aside") == ["A publisher, “A report,” June 10, 2026."]


def test_a_note_in_a_note_is_refused() -> None:
    (problem,) = wrong("A.{% call note() %}B.{{ cite(incident.means) }}{% endcall %}")
    assert shown(problem).startswith(f"markup-not-allowed {PROSE}:1:")


# --- tables and figures -------------------------------------------------------------------------


def test_tables_and_figures_are_numbered_and_mentioned_before_they_stand() -> None:
    draft = composed(
        "{{ ref('second') }}, {{ ref('first') }}, {{ ref('comparison') }}.\n\n"
        f"Table: One {{#first}}\n\n{TABLE}\n"
        "{{ chart('comparison', cases.exchanges) }}\n\n"
        f"## More\n\nTable: Two {{#second}}\n\n{TABLE}"
    )
    links = [(node.get("href"), node.text()) for node in tags(draft, "a")]
    assert links == [
        ("#table-2", "Table 2"),
        ("#table-1", "Table 1"),
        ("#figure-1", "Figure 1"),
    ]
    assert texts(draft, "caption") == ["Table 1. One", "Table 2. Two"]
    assert texts(draft, "figcaption") == ["Figure 1. A comparison"]
    assert [node.get("id") for node in tags(draft, "table")] == ["table-1", "table-2"]


def test_a_table_without_a_caption_has_no_number() -> None:
    draft = composed(f"{TABLE}\nTable: One {{#first}}\n\n{TABLE}")
    assert texts(draft, "caption") == ["Table 1. One"]


def test_a_mention_of_a_table_that_is_not_there_is_shown_with_those_that_are() -> None:
    (problem,) = wrong(f"A {{{{ ref('secnd') }}}}.\n\nTable: One {{#second}}\n\n{TABLE}")
    assert shown(problem) == (
        f"undefined-name {PROSE}:1:3 there is no table or figure `secnd` in this letter"
    )
    assert problem.help == "there are `second`"


def test_two_tables_of_one_name_are_refused() -> None:
    (problem,) = wrong(f"Table: A {{#x}}\n\n{TABLE}\nTable: B {{#x}}\n\n{TABLE}")
    assert problem.code == "duplicate-name"


def test_two_charts_of_one_kind_need_names_of_their_own() -> None:
    chart = "{{ chart('comparison', cases.exchanges) }}\n\n"
    assert {problem.code for problem in wrong(chart * 2)} == {"duplicate-name"}
    named = "{{ chart('comparison', cases.exchanges, name='again') }}"
    assert [each.name for each in composed(chart + named).charts] == ["comparison", "again"]


def test_a_chart_inside_text_is_refused_at_its_line() -> None:
    (problem,) = wrong("A.\n\nB {{ chart('comparison', cases.exchanges) }} c.")
    assert shown(problem).startswith(f"chart-inside-text {PROSE}:3:")


def test_a_fact_in_a_link_is_refused() -> None:
    (problem,) = wrong("[there were {{ incident.exchanges }}](https://example.org/)")
    assert problem.message == "a link holds words only, no fact"


def test_a_fact_in_the_target_of_a_link_is_refused() -> None:
    (problem,) = wrong("[words](https://example.org/{{ incident.exchanges }})")
    assert problem.code == "markup-not-allowed"


@pytest.mark.parametrize(
    "forged", ["&#xE000;0&#xE001;", "&#xE000;99&#xE001;", "{{ '\\ue0000\\ue001' }}"]
)
def test_a_forged_token_prints_no_fact(forged: str) -> None:
    draft = composed(f"{{{{ incident.means }}}} {forged}")
    assert [piece.text for piece in draft.bound[1:]] == ["commercial proxy services"]


@pytest.mark.parametrize("index", ["0", "99", "9" * 5_000])
def test_a_token_forged_in_a_link_is_refused(index: str) -> None:
    (problem,) = wrong(f"{{{{ incident.means }}}} <https://a/%EE%80%80{index}%EE%80%81>")
    assert problem.code == "markup-not-allowed"


# --- sections -----------------------------------------------------------------------------------

FAMILY = {
    "sections/opening.md": "Family opening.\n",
    "sections/scale.md": "## Scale\n\nFamily scale.\n",
    "sections/closing.md": "Family closing.\n",
}


def test_a_letter_without_prose_has_the_sections_of_its_family() -> None:
    assert body(composed(None, templates=FAMILY)) == [
        "Family opening.",
        "1. Scale",
        "Family scale.",
        "Family closing.",
    ]


def test_a_section_of_the_letter_takes_the_place_of_the_familys() -> None:
    prose = "## How much {#scale}\n\nOwn scale.\n"
    assert body(composed(prose, templates=FAMILY)) == [
        "Family opening.",
        "1. How much",
        "Own scale.",
        "Family closing.",
    ]


def test_further_sections_stand_after_the_one_before_them_or_where_they_say() -> None:
    prose = (
        "## How much {#scale}\n\nOwn.\n\n## More\n\nOwn more.\n\n"
        "## Before {#before after=opening}\n\nOwn before.\n"
    )
    assert [text for text in body(composed(prose, templates=FAMILY)) if text[0].isdigit()] == [
        "1. Before",
        "2. How much",
        "3. More",
    ]


def test_a_section_can_be_left_out() -> None:
    draft = composed(None, templates=FAMILY, omit=["scale"])
    assert body(draft) == ["Family opening.", "Family closing."]


def test_a_section_that_says_nothing_is_not_there() -> None:
    empty = {**FAMILY, "sections/scale.md": "{% if false %}\n## Scale\n{% endif %}\n"}
    assert body(composed(None, templates=empty)) == ["Family opening.", "Family closing."]


def test_leaving_out_what_is_not_there_is_a_problem() -> None:
    (problem,) = wrong(None, templates=FAMILY, omit=["scael"])
    assert shown(problem).startswith(f"unknown-section {LETTER}.omit.0 ")


def test_standing_after_what_is_not_there_is_a_problem() -> None:
    (problem,) = wrong("## A {#a after=scael}\n\nWords.\n", templates=FAMILY)
    assert (problem.code, problem.place.span and problem.place.span.line) == ("unknown-section", 1)


def test_two_sections_of_one_name_are_refused_at_the_second() -> None:
    (problem,) = wrong("## A\n\nb\n\n## A\n\nc\n")
    assert shown(problem) == f"duplicate-section {PROSE}:5:1 two sections are named `a`"


# --- the form -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "form",
    [
        "",
        "<p>Words</p>",
        '<article class="letter"></article>',
        '<article><section class="body"></section><section class="body"></section></article>',
    ],
)
def test_a_form_has_one_article_with_one_body(form: str) -> None:
    assert [problem.code for problem in wrong("Words.", templates={"letter.html": form})] == [
        "form-without-body"
    ]


@pytest.mark.parametrize(
    "html",
    [
        "<script>x</script>",
        '<p style="color: red">x</p>',
        '<p onclick="x">x</p>',
        '<a href="javascript:x">x</a>',
        '<a href="{{ letter.subject }}">x</a>',
        "<p>x",
        "</p>",
        "<div>" * 100,
    ],
)
def test_a_form_is_made_of_the_closed_set(html: str) -> None:
    form = FORM.replace('<section class="body">', f'{html}<section class="body">')
    problems = wrong("Words.", templates={"letter.html": form})
    assert "markup-not-allowed" in {problem.code for problem in problems}


def test_what_the_form_prints_between_its_parts_is_put_back() -> None:
    form = FORM.replace('<section class="body">', '{{ letter.subject }}<section class="body">')
    draft = composed("Words.", templates={"letter.html": form}, subject="A subject")
    assert draft.document.text().count("A subject") == 2
    assert "\ue000" not in draft.document.text()


def test_no_token_is_left_in_a_letter() -> None:
    draft = composed(
        "{{ incident.exchanges }} 5 {{ ref('t') }}{{ cite(incident.means) }}\n\n"
        "Table: Of 7 {{ incident.means }} {#t}\n\n| {{ incident.accounts }} 8 |\n|---|\n| b |\n"
    )
    written = "".join(
        text
        for node in draft.document.walk()
        for text in (*(value for _, value in node.attributes), node.text())
    )
    assert not any("\ue000" <= character <= "\uf8ff" for character in written)


# --- the digest ---------------------------------------------------------------------------------


def test_the_digest_of_a_draft_is_that_of_its_content() -> None:
    same = composed("{{ incident.exchanges }} there.")
    assert same.digest == composed("{{ incident.exchanges }} there.").digest
    assert same.digest == composed("\n\n{{ incident['exchanges']  }}   there.\n").digest
    others = [
        composed("{{ incident.exchanges }} here."),
        composed("{{ incident.exchanges | approximately }} there."),
        composed("28.8 million there."),
        composed("{{ incident.exchanges }} there.", subject="Another"),
        composed("{{ incident.exchanges }} there.", date="2026-06-11"),
    ]
    assert len({same.digest, *(draft.digest for draft in others)}) == len(others) + 1


def test_ids_in_a_letter_are_unique() -> None:
    draft = composed(
        "A {{ incident.exchanges }}.{{ cite(incident.exchanges) }}\n\n## Note 1\n\nB\n\n"
        f"## Table 1\n\nTable: C {{#note-1}}\n\n{TABLE}"
    )
    seen = [identity for node in draft.document.walk() if (identity := node.get("id"))]
    assert seen
    assert len(seen) == len(set(seen))
