"""The assertions of a letter: each sentence with its facts, and a digest that only they change."""

from __future__ import annotations

from typing import Any

import pytest

from tests.letters.manuscripts import composed, quantity, source, stated

ONE = "There were {{ incident.exchanges }} exchanges.{{ cite(incident.exchanges) }}"


def digest(prose: str, begins: str = "There were", **further: Any) -> str:  # noqa: ANN401
    (found,) = (
        each.digest
        for each in composed(prose, **further).assertions
        if each.text.startswith(begins)
    )
    return found


def texts(prose: str) -> list[str]:
    return [each.text for each in composed(prose).assertions]


@pytest.mark.parametrize(
    "prose",
    [
        f"Another sentence. {ONE} And a third one.",
        f"{ONE}\n\nAnother paragraph with {{{{ incident.accounts }}}}.",
        f"## A heading\n\n{ONE}",
        ONE.replace(" ", "\n"),
        ONE.replace("incident.exchanges", "incident['exchanges']"),
        "{% set it = incident.exchanges %}There were {{ it }} exchanges.{{ cite(it) }}",
        f"{{% if true %}}{ONE}{{% endif %}}<!-- a comment -->",
        f"Before.{{{{ cite(incident.means) }}}} {ONE}",
    ],
)
def test_a_digest_stays_when_other_sentences_or_the_markup_change(prose: str) -> None:
    assert digest(prose) == digest(ONE)


def with_exchanges(said: str, **changes: Any) -> dict[str, Any]:  # noqa: ANN401
    return {"incident": stated(facts={"exchanges": quantity(said)}, **changes), "compared": ()}


def test_a_digest_changes_with_the_words_the_value_and_the_source() -> None:
    same = digest(ONE, **with_exchanges("28.8 million"))
    assert same == digest(ONE)
    changed = [
        digest(ONE, **with_exchanges("28.9 million")),
        digest(ONE, **with_exchanges("28,800,000")),
        digest(ONE.replace("exchanges.{", "requests.{"), **with_exchanges("28.8 million")),
        digest(ONE.replace("exchanges }} e", "exchanges | approximately }} e")),
        digest(ONE, **with_exchanges("28.8 million", sources={"report": source("2026-06-09")})),
        digest(ONE, **with_exchanges("28.8 million", sources={"report": source(title="B")})),
        digest(
            ONE,
            incident=stated(
                facts={
                    "exchanges": quantity("28.8 million", source={"id": "report", "pin": "p. 3"})
                }
            ),
        ),
    ]
    assert len({same, *changed}) == len(changed) + 1


def test_the_same_words_about_another_fact_are_another_assertion() -> None:
    incident = stated(facts={"exchanges": quantity("5 million"), "others": quantity("5 million")})
    one, other = composed(
        "There were {{ incident.exchanges }}. There were {{ incident.others }}.",
        incident=incident,
        compared=(),
    ).assertions
    assert one.text == other.text
    assert one.id != other.id
    assert one.facts != other.facts


def test_two_equal_sentences_are_told_apart() -> None:
    assertions = composed("It is so. It is so.\n\nIt is so.").assertions
    first = assertions[0].id
    assert [each.id for each in assertions] == [first, f"{first}-2", f"{first}-3"]
    assert [each.number for each in assertions] == [1, 2, 3]


def test_sentences_of_paragraphs_entries_rows_notes_and_figures_are_assertions() -> None:
    assert texts(
        "One. Two.{% call note() %}Of a note. And more.{% endcall %} Three.\n\n"
        "- an entry\n  - an entry below\n\n"
        "> A quotation.\n\n"
        "Table: Its title {#t}\n\n| Head | b |\n|---|---|\n| c | d |\n\n"
        "{{ chart('comparison', incident.exchanges) }}\n"
    ) == [
        "One.",
        "Two.",
        "Three.",
        "Of a note.",
        "And more.",
        "an entry",
        "an entry below",
        "A quotation.",
        "c | d",
        "Figure 1. A comparison A comparison of 1 values.",
    ]


def test_every_fact_of_the_body_is_in_exactly_one_assertion() -> None:
    draft = composed(
        "## Of {{ incident.means }}\n\n{{ incident.exchanges }}. **{{ incident.began }}**.\n\n"
        "### To {{ incident.ended }}\n\n"
        "- x {{ incident.exchanges }}.{% call note() %}{{ incident.means }}{% endcall %}\n"
        "  - y {{ incident.accounts }}\n\n"
        "Table: Of {{ incident.exchanges }}\n\n| {{ incident.means }} | b |\n|---|---|\n"
        "| {{ incident.accounts }} | {{ incident.began }} |\n\n"
        "1. {{ incident.means }};\n\n   {{ incident.means }}\n"
    )
    asserted = [identity for each in draft.assertions for identity in each.bound]
    assert sorted(asserted) == sorted(piece.id for piece in draft.bound[1:])
    assert len(asserted) == 13


def test_a_chart_asserts_the_facts_that_it_draws() -> None:
    (figure,) = composed("{{ chart('comparison', cases.exchanges) }}").assertions
    assert figure.facts == ("north-2026.exchanges", "south-2026.exchanges")


def test_an_assertion_knows_all_facts_that_a_statistic_rests_on() -> None:
    (only,) = composed(
        "{{ stats.total(cases.exchanges) }} and {{ incident.exchanges }}."
    ).assertions
    assert only.facts == ("north-2026.exchanges", "south-2026.exchanges")
