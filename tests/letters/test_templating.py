"""Templates: what they print, what is said of their mistakes, and where."""

from __future__ import annotations

import pytest

from tests.letters.manuscripts import (
    FORM,
    PROSE,
    composed,
    quantity,
    shown,
    source,
    south,
    stated,
    wrong,
)


def said(prose: str) -> list[str]:
    return [shown(problem) for problem in wrong(prose)]


def help_of(prose: str) -> str | None:
    (problem,) = wrong(prose)
    return problem.help


# --- undefined names ----------------------------------------------------------------------------


def test_an_unknown_fact_is_shown_at_its_line_and_column_with_the_nearest_name() -> None:
    (problem,) = wrong("One line.\n\nThere were {{ incident.exchagnes }} exchanges.\n")
    assert shown(problem) == (
        f"undefined-name {PROSE}:3:24 the case `north-2026` has no fact `exchagnes`"
    )
    assert problem.help == "did you mean `exchanges`?"


def test_a_misspelled_name_is_found_between_the_braces_not_in_the_words_before() -> None:
    (problem,) = wrong("The exchagnes were {{ incident.exchagnes }}.")
    assert problem.place.span is not None
    assert problem.place.span.column == len("The exchagnes were {{ incident.") + 1


def test_a_misspelled_name_is_found_on_a_later_line_of_its_expression() -> None:
    (problem,) = wrong("There were {{\n  incident\n    .exchagnes }}.")
    assert problem.place.span is not None
    assert problem.place.span.line == 3


def test_an_unknown_name_in_a_section_of_the_family_is_shown_in_that_file() -> None:
    sections = {"sections/opening.md": "Hello.\n\n{{ incident.means }} {{ incidnt }}\n"}
    (problem,) = wrong(None, templates=sections)
    assert shown(problem) == (
        "undefined-name templates/letters/little/sections/opening.md:3:25 "
        "there is no `incidnt` in this template"
    )
    assert problem.help == "did you mean `incident`?"


def test_an_unknown_name_in_the_form_is_shown_in_the_form() -> None:
    form = FORM.replace("letter.subject", "letter.subjct")
    (problem,) = wrong("Words.", templates={"letter.html": form})
    assert shown(problem).startswith("undefined-name templates/letters/little/letter.html:3:")
    assert problem.help == "did you mean `subject`?"


@pytest.mark.parametrize(
    ("expression", "nearest"),
    [
        ("stats.totl(incident.exchanges)", "total"),
        ("compared.exchagnes", "exchanges"),
        ("organization.shrt", "short"),
        ("letter.signatry", "signatory"),
    ],
)
def test_the_nearest_name_is_offered_of_whatever_has_names(expression: str, nearest: str) -> None:
    assert help_of(f"{{{{ {expression} }}}}") == f"did you mean `{nearest}`?"


def test_several_mistakes_are_all_shown_at_once() -> None:
    problems = wrong(
        "{{ incident.foo }} and {{ incident.exchanges | nearly }}\n\n"
        "## Second\n\n{{ stats.largest(compared[0].exchanges, incident.exchanges) }}\n"
    )
    assert [
        (problem.code, problem.place.span and problem.place.span.line) for problem in problems
    ] == [
        ("undefined-name", 1),
        ("wording-not-borne-out", 1),
        ("not-a-quantity", 5),
    ]


@pytest.mark.parametrize(
    "prose",
    [
        "{% if incident.foo %}a{% endif %}",
        "{% if incident.foo == 1 %}a{% endif %}",
        "{% if 'a' in incident.foo %}a{% endif %}",
        "{% if incident.foo in ('a', 'b') %}a{% endif %}",
        "{% for each in incident.foo %}a{% endfor %}",
        "{{ incident.foo | length }}",
        "{{ incident.foo.bar }}",
        "{{ incident.foo() }}",
        "{{ incident.foo ~ 'x' }}",
        "{{ cite(incident.foo) }}",
        "{{ cite([incident.foo]) }}",
        "{{ stats.total(incident.foo) }}",
        "{{ incident.foo | approximately }}",
    ],
)
def test_an_unknown_name_is_a_problem_however_it_is_used(prose: str) -> None:
    assert [problem.code for problem in wrong(prose)] == ["undefined-name"]


def test_one_can_ask_whether_a_fact_is_stated() -> None:
    prose = "{% if 'foo' in incident %}{{ incident.foo }}{% else %}None is stated.{% endif %}"
    assert [each.text for each in composed(prose).assertions] == ["None is stated."]


# --- filters, wording, statistics ---------------------------------------------------------------


def test_an_unknown_filter_is_shown_with_the_nearest() -> None:
    (problem,) = wrong("A.\n\n{{ incident.exchanges | aproximately }}")
    assert shown(problem) == f"template-syntax {PROSE}:3:25 there is no filter `aproximately`"
    assert problem.help == "did you mean `approximately`?"


def test_a_wording_that_the_bounds_do_not_bear_out_is_shown_at_its_line() -> None:
    (problem,) = wrong("A.\n\nThere were {{ incident.exchanges | nearly }} exchanges.")
    assert shown(problem).startswith(f"wording-not-borne-out {PROSE}:3:36 ")


def test_a_comparison_that_does_not_hold_is_shown_at_its_line() -> None:
    prose = "{{ stats.times(incident.exchanges, compared[0].exchanges, 'more than thrice') }}"
    (problem,) = wrong(prose)
    assert shown(problem).startswith(f"comparison-not-borne-out {PROSE}:1:10 ")


def test_members_of_sets_are_not_added() -> None:
    accounts = {"accounts": quantity("3,000", "accounts", counting="distinct")}
    (problem,) = wrong("{{ stats.total(cases.accounts) }}", compared=(south(facts=accounts),))
    assert problem.code == "sum-of-distinct"


@pytest.mark.parametrize(
    "expression",
    [
        "stats.total('abc')",
        "stats.total()",
        "stats.total(5)",
        "stats.largest(none, 3)",
        "stats.largest(incident.exchanges, compared[0].exchanges)",
        "stats.ratio(1, 2)",
        "stats.share(incident.means, cases.exchanges)",
        "stats.per_day(incident)",
        "stats.mean(other=1)",
        "'abc' | approximately",
        "incident.means | nearly",
        "chart('comparison', incident.means)",
    ],
)
def test_what_cannot_be_computed_is_a_problem_and_no_crash(expression: str) -> None:
    assert {problem.code for problem in wrong(f"{{{{ {expression} }}}}")} <= {
        "not-a-quantity",
        "nothing-to-count",
    }


def test_what_was_refused_is_told_once_and_not_again_by_those_who_use_it() -> None:
    prose = "{{ stats.ratio(stats.total(cases.means), incident.exchanges) | approximately }}"
    assert [problem.code for problem in wrong(prose)] == ["not-a-quantity"]


@pytest.mark.parametrize(
    "thing",
    ["incident", "cases", "stats", "none", "true", "incident.targets", "stats.total", "letter"],
)
def test_only_text_is_printed(thing: str) -> None:
    assert [problem.code for problem in wrong(f"{{{{ {thing} }}}}")] == ["not-printable"]


def test_a_statement_that_rests_on_a_younger_source_is_refused_at_its_line() -> None:
    incident = stated(
        facts={"directive": {"text": "a directive", "source": "late"}},
        sources={"report": source(), "late": source("2026-06-12")},
    )
    (problem,) = wrong("A.\n\nOf {{ incident.directive }}.", incident=incident, compared=())
    assert shown(problem) == (
        f"source-younger-than-letter {PROSE}:3:16 `north-2026.directive` rests on a source of "
        "June 12, 2026, and the letter bears the date June 10, 2026"
    )


# --- what is printed ----------------------------------------------------------------------------


def test_joined_words_stay_bound_to_the_facts_in_them() -> None:
    draft = composed("{{ incident.exchanges ~ ' exchanges' }}")
    assert [(piece.address, piece.text) for piece in draft.bound[1:]] == [
        ("north-2026.exchanges", "28.8 million")
    ]


def test_what_a_block_has_rendered_keeps_its_facts_when_it_is_joined_and_printed() -> None:
    draft = composed("{% set it %}{{ incident.exchanges }}{% endset %}{{ it }} and {{ it ~ '!' }}")
    assert [piece.text for piece in draft.bound[1:]] == ["28.8 million", "28.8 million"]


def test_rendered_text_is_not_handed_on_to_be_read_again() -> None:
    prose = "{% set it %}{{ incident.exchanges }}{% endset %}{{ it | capitalized }}"
    assert [problem.code for problem in wrong(prose)] == ["template-forbidden"]


def test_what_a_called_block_makes_is_printed() -> None:
    draft = composed("Words.{% call note() %}A note of {{ incident.exchanges }}.{% endcall %}")
    notes = [node for node in draft.document.walk() if node.tag == "aside"]
    assert [note.text() for note in notes] == ["A note of 28.8 million."]


@pytest.mark.parametrize("prose", ["{% if x", "{{ }}", "{% endfor %}", "{% nonsense %}", "{{ 'a"])
def test_a_template_that_cannot_be_read_is_a_problem_at_its_line(prose: str) -> None:
    (problem,) = wrong(f"A.\n\n{prose}")
    assert problem.code == "template-syntax"
    assert problem.place.document == PROSE
    assert problem.place.span is not None
    assert problem.place.span.line == 3
