"""Letters for tests, as short as they can be said: a little family, two little cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportgen.cases.model import Case
from reportgen.files.text import Text
from reportgen.letters.composing import compose
from reportgen.letters.directory import Addressee
from reportgen.letters.loading import Manuscript
from reportgen.letters.model import Family, Letter, Organization, Recipient
from reportgen.problems.model import Severity
from reportgen.statistics.model import Chart

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.letters.draft import Draft
    from reportgen.problems.model import Problem, Refusal
    from reportgen.statistics.model import Input

FORM = """\
<article class="letter">
  <p class="date">{{ letter.date }}</p>
  <h1 class="subject">{{ letter.subject }}</h1>
  <section class="body"></section>
</article>
"""
WORDS = """\
{% macro listed(values) %}
{% for value in values %}{{ value }}{% if not loop.last %} and {% endif %}{% endfor %}
{% endmacro %}
"""
PROSE = "cases/north-2026/letters/committee.md"
LETTER = "cases/north-2026/letters/committee.yaml"


def source(published: str | None = "2026-06-10", **further: object) -> dict[str, object]:
    """A source as a case file writes it."""
    return {
        "title": "A report",
        "publisher": "A publisher",
        "kind": "report",
        "published": published,
        **further,
    }


def quantity(said: str, counts: str = "exchanges", **further: object) -> dict[str, object]:
    """A fact that states a number."""
    return {"quantity": said, "counts": counts, "source": "report", **further}


def stated(id_: str = "north-2026", **changes: object) -> Case:
    """A case of few facts; `changes` replace whole keys of its file."""
    return Case.model_validate(
        {
            "id": id_,
            "title": id_.partition("-")[0].capitalize(),
            "kind": "misuse",
            "status": "alleged",
            "summary": "Somebody did something with something.",
            "dates": {
                "occurred": {"from": "2026-04-22", "to": "2026-06-05"},
                "source": "report",
            },
            "affected": [{"name": "Somebody"}],
            "facts": {
                "exchanges": quantity("28.8 million"),
                "accounts": quantity("approximately 25,000", "accounts", counting="distinct"),
                "means": {"text": "commercial proxy services", "source": "report"},
                "memorandum_date": {"date": "2026-04-23", "source": "report"},
            },
            "sources": {"report": source()},
            **changes,
        }
    )


def south(**changes: object) -> Case:
    """A smaller case to compare with."""
    facts = {"exchanges": quantity("more than 13 million")}
    dates = {"occurred": {"from": "2026-01-01", "to": "2026-02-01"}, "source": "report"}
    return stated("south-2026", **{"facts": facts, "dates": dates, **changes})


def manuscript(
    prose: str | None,
    *,
    incident: Case | None = None,
    compared: tuple[Case, ...] | None = None,
    templates: Mapping[str, str] | None = None,
    **letter: object,
) -> Manuscript:
    """A letter whose own prose is `prose`; its family has what `templates` add to the form."""
    files = {"letter.html": FORM, "shared/words.md": WORDS, **(templates or {})}
    sections = [
        name.removeprefix("sections/").removesuffix(".md")
        for name in files
        if name.startswith("sections/")
    ]
    recipient = Recipient.model_validate(
        {
            "name": "Committee on Examples",
            "short": "the Committee",
            "address": ["Washington, D.C. 20510"],
            "verified": {"date": "2026-01-02", "source": "a call"},
            "offices": {
                "chair": [
                    {
                        "name": "Ada Example",
                        "title": "Chair",
                        "salutation": "Chair Example",
                        "valid_from": "2025",
                        "verified": {"date": "2026-01-02", "source": "a call"},
                    }
                ]
            },
        }
    )
    return Manuscript(
        name="north-2026/committee",
        path=LETTER,
        letter=Letter.model_validate(
            {
                "family": "little",
                "date": "2026-06-10",
                "organization": "example",
                "recipients": ["examples.chair"],
                "subject": "An incident",
                "cases": {"incident": "north-2026"},
                "signatory": {"name": "Grace Example"},
                **letter,
            }
        ),
        family=Family.model_validate(
            {"title": "A letter", "description": "For tests.", "sections": sections or ["opening"]}
        ),
        organization=Organization(name="Example Models, Inc.", short="Example Models"),
        addressees=(Addressee("examples.chair", recipient, recipient.offices["chair"][0]),),
        incident=incident or stated(),
        compared=(south(),) if compared is None else compared,
        templates={
            name: Text(f"templates/letters/little/{name}", text)
            for name, text in ({"sections/opening.md": "Opening.\n"} | files).items()
        },
        prose=None if prose is None else Text(PROSE, prose),
    )


def drawn(kind: str, inputs: tuple[Input, ...]) -> Chart | Refusal:
    """A chart without a drawing."""
    addresses = tuple(each.address for each in inputs)
    return Chart(
        name=kind,
        title=f"A {kind}",
        svg=b"<svg/>",
        width=1,
        height=1,
        alternative=f"A {kind} of {len(inputs)} values.",
        columns=("Case", "Exchanges"),
        rows=tuple((each.label, str(each.quantity.bounds)) for each in inputs),
        inputs=addresses,
    )


def composed(prose: str | None, **further: Any) -> Draft:  # noqa: ANN401 - as `manuscript` takes it
    """The draft of a letter that has no error."""
    draft, problems = compose(manuscript(prose, **further), drawn)
    assert draft is not None, problems
    return draft


def wrong(prose: str | None, **further: Any) -> tuple[Problem, ...]:  # noqa: ANN401
    """What is wrong with a letter that has an error."""
    draft, problems = compose(manuscript(prose, **further), drawn)
    assert draft is None
    return tuple(each for each in problems if each.severity is Severity.ERROR)


def shown(problem: Problem) -> str:
    """`code path:line:col message`, as short as a compiler says it."""
    span = problem.place.span
    where = f":{span.line}:{span.column}" if span else "".join(f".{k}" for k in problem.place.route)
    return f"{problem.code} {problem.place.document}{where} {problem.message}"
