"""What templates may not do, and that whatever they do comes to an end."""

from __future__ import annotations

import pytest

from reportgen.letters.composing import compose
from tests.letters.manuscripts import composed, drawn, manuscript, stated, wrong

FORBIDDEN = [
    '{% include "../../etc/passwd" %}',
    '{% include "/etc/passwd" %}',
    '{% import "/etc/passwd" as other %}',
    '{% from "../other.md" import words %}',
    '{% extends "https://example.org/" %}',
    "{% for each in [1, 2] recursive %}{{ loop([3]) }}{% endfor %}",
    '{% for each in [1, 2] %}{{ loop.cycle("a", "b") }}{% endfor %}',
    "{{ '{0.__class__}'.format(incident) }}",
    "{{ '{a}'.format_map({'a': incident}) }}",
    "{{ 'a'.upper() }}",
    "{{ 'a' * 1000000000 }}",
    "{{ 10 ** 10 ** 10 }}",
    "{{ '%s' % incident }}",
    "{{ [1] + [2] }}",
    "{{ 7 * 7 }}",
    "{{ cases.count(1) }}",
    "{{ incident.names() }}",
    "{{ organization.model_dump() }}",
]

HIDDEN = [
    "''.__class__",
    "incident._case",
    "incident.__dict__",
    "incident['__class__']",
    "incident.exchanges.said",
    "incident.exchanges.said('99 million')",
    "incident.exchanges.text",
    "incident.exchanges.quantity",
    "incident.exchanges.sources",
    "stats.total.__globals__",
    "cycler('a', 'b')",
    "lipsum()",
    "namespace()",
    "joiner()",
    "range(10)",
    "loop",
    "caller()",
]

ENDLESS = {
    "a loop in a loop": (
        "{% set r = 'xxxxxxxxxx' | list %}"
        + "".join(f"{{% for a{n} in r %}}" for n in range(8))
        + "{% endfor %}" * 8
    ),
    "a macro that calls itself": "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
    "a macro that calls itself twice": (
        "{% macro f(n) %}{% if n | length < 40 %}{% set a = f(n ~ 'x') %}{% set b = f(n ~ 'x') %}"
        "{% endif %}{% endmacro %}{{ f('') }}"
    ),
    "a text joined to itself": "{% set x = 'aaaaaaaa' %}" + "{% set x = x ~ x %}" * 40,
    "a text printed into itself": (
        "{% set x %}aaaaaaaa{% endset %}" + "{% set x %}{{ x }}{{ x }}{% endset %}" * 40
    ),
    "a list of itself": "{% set x = [1] %}" + "{% set x = [x, x] %}" * 40 + "{{ cite(x) }}",
    "lists compared": (
        "{% set x = [1] %}{% set y = [1] %}"
        + "{% set x = [x, x] %}{% set y = [y, y] %}" * 40
        + "{{ x == y }}"
    ),
    "lists compared by a test": (
        "{% set x = [1] %}{% set y = [1] %}"
        + "{% set x = [x, x] %}{% set y = [y, y] %}" * 40
        + "{{ [x] | select('eq', y) | list | length }}"
    ),
    "a list as a key": (
        "{% set x = (1, 1) %}" + "{% set x = (x, x) %}" * 40 + "{% set y = {x: 1} %}{{ y[x] }}"
    ),
    "many words many times": (
        "{% for a in 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' %}"
        "{% for b in 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' %}"
        + "many words " * 1_000
        + "{% endfor %}{% endfor %}"
    ),
    "loops nested deeper than Python compiles": "{% for a in [1] %}" * 30 + "{% endfor %}" * 30,
    "brackets nested": "{{ " + "(" * 3_000 + "1" + ")" * 3_000 + " }}",
    "a word repeated": "{{ " + "not " * 3_000 + "1 }}",
    "braces without end": "{{" * 50_000,
    "tags without end": "{% " * 50_000,
    "a number without end": "{{ " + "9" * 10_000 + " == 1 }}",
}


@pytest.mark.parametrize("prose", FORBIDDEN)
def test_a_template_reads_calls_and_computes_nothing_but_what_it_is_given(prose: str) -> None:
    problems = wrong(f"A.\n\n{prose}")
    assert [problem.code for problem in problems] == ["template-forbidden"]
    (problem,) = problems
    assert problem.place.span is not None
    assert problem.place.span.line == 3
    assert "object at 0x" not in problem.message
    assert "<" not in problem.message


@pytest.mark.parametrize("expression", HIDDEN)
def test_a_template_does_not_see_what_is_not_for_it(expression: str) -> None:
    assert [problem.code for problem in wrong(f"{{{{ {expression} }}}}")] == ["undefined-name"]


@pytest.mark.parametrize("prose", ENDLESS.values(), ids=ENDLESS.keys())
def test_what_has_no_end_is_a_problem(prose: str) -> None:
    codes = {problem.code for problem in wrong(prose)}
    assert codes <= {"template-forbidden", "template-failed", "template-syntax"}


def test_escaping_cannot_be_turned_off() -> None:
    (problem,) = wrong("{% autoescape false %}{{ incident.title }}{% endautoescape %}")
    assert problem.code == "template-syntax"


@pytest.mark.parametrize(
    "text",
    [
        "**x** <b>{{ 7*7 }}</b> [a](javascript:x)",
        "<script>alert()</script> | a | b |",
        "# heading *em* `code` ![p](q) <!-- c -->",
        "{% include 'x' %} {#name} \\* &lt; &#60;",
    ],
)
def test_what_a_case_says_is_shown_as_it_stands(text: str) -> None:
    incident = stated(title=text, facts={"means": {"text": text, "source": "report"}})
    prose = "{{ incident.title }}\n\n{{ incident.means }}\n\n{{ incident.title ~ '!' }}\n"
    draft = composed(prose, incident=incident, compared=())
    paragraphs = [node.text() for node in draft.document.walk() if node.tag == "p"]
    assert paragraphs[1:] == [text, text, f"{text}!"]
    tags = {node.tag for node in draft.document.walk()}
    assert not tags & {"strong", "em", "a", "table", "img", "h3"}


def test_what_a_case_says_is_shown_as_it_stands_where_rendered_text_is_joined() -> None:
    prose = "{% set words %}Words{% endset %}{{ words ~ incident.title }}"
    draft = composed(prose, incident=stated(title="**x**"), compared=())
    assert [each.text for each in draft.assertions] == ["Words**x**"]


def test_what_a_case_says_is_no_token() -> None:
    incident = stated(title="\ue0000\ue001 \ue002616d:1:1:5\ue003")
    draft, _ = compose(
        manuscript("{{ incident.exchanges }} {{ incident.title }}", incident=incident), drawn
    )
    assert draft is not None
    assert [piece.text for piece in draft.bound] == ["June 10, 2026", "28.8 million"]
