"""Tiny letters for the lint: a case of an affiliate's campaign, and what is found in its prose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportgen.letters.composing import compose
from reportgen.problems.model import Severity
from reportgen.review.linting import lint
from reportgen.review.matter import matter_of
from tests.letters.manuscripts import drawn, manuscript, quantity, source, south, stated

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.cases.model import Case
    from reportgen.letters.loading import Manuscript
    from reportgen.problems.model import Problem
    from reportgen.review.matter import Matter

CONTACT = ("Tel. (202) 555-0100", "letters@example.com")


def actor(name: str, rung: str = "affiliated-with", confidence: str = "high") -> dict[str, object]:
    """Somebody who is accused, as a case file writes it."""
    return {
        "name": name,
        "description": "an artificial intelligence laboratory",
        "attribution": {
            "rung": rung,
            "confidence": confidence,
            "by": "Example Models",
            "basis": "infrastructure indicators",
            "source": "report",
        },
    }


FACTS: Mapping[str, object] = {
    "exchanges": quantity("28.8 million"),
    "accounts": quantity("nearly 25,000", "accounts", counting="distinct"),
    "floor": {
        **quantity("more than 13 million"),
        "source": {"id": "report", "quote": "over 13 million exchanges"},
    },
    "dropped": {
        **quantity("150,000"),
        "source": {"id": "report", "quote": "over 150,000 exchanges"},
    },
    "approximate": {
        **quantity("approximately 24,000", "accounts", counting="distinct"),
        "source": {"id": "report", "quote": "more than 24,000 fraudulent accounts"},
    },
    "peak": {
        **quantity("more than 3,500", "accounts of one service at one time", counting="distinct"),
        "source": {"id": "report", "quote": "over 3,500 at peak"},
    },
    "part": quantity("10 million"),
    "other": quantity("4.5 million"),
    "whole": quantity("14.5 million"),
    "wrong_whole": quantity("190.9 million"),
    "share": {"quantity": "62 percent", "counts": "exchanges", "source": "report"},
    "means": {"text": "commercial proxy services", "source": "report"},
    "motive": {
        "text": "to train its own models",
        "source": {"id": "report", "quote": "likely in order to train its own models"},
    },
    "phrase": {
        "text": "a method that is “widely used and legitimate”",
        "source": {"id": "report", "quote": "a widely used and legitimate training method"},
    },
    "paraphrase": {
        "text": "“used widely, and lawfully”",
        "source": {"id": "report", "quote": "a widely used and legitimate training method"},
    },
    "economy": {
        "text": "a “growing circumvention economy”",
        "source": {"id": "memorandum", "quote": "growing circumvention economy"},
    },
    "memorandum": {"name": "Adversarial Examples", "source": "memorandum"},
    "memorandum_date": {"date": "2026-04-23", "source": "memorandum"},
    "later": {"text": "what was found", "source": "report", "as_of": "2026-07-01"},
    "vague": {"text": "what was reported", "source": "undated"},
}


def incident(**changes: object) -> Case:
    """A case whose campaign is attributed to operators affiliated with Acme."""
    further: dict[str, Any] = {
        "actors": [actor("Acme")],
        "facts": FACTS,
        "responses": [
            {
                "party": "Acme",
                "answer": "no-response",
                "as_of": "2026-06-08",
                "source": "report",
            },
            {"party": "Acme", "answer": "declined", "as_of": "2026-06-08", "source": "report"},
            {"party": "Acme", "answer": "declined", "as_of": "2026-06-09", "source": "report"},
        ],
        "sources": {
            "report": source(),
            "memorandum": source("2026-04-23", publisher="Other Office", title="A memorandum"),
            "undated": source("2026-06"),
        },
        **changes,
    }
    return stated(**further)


def compared() -> Case:
    """A smaller case, attributed to Borealis itself."""
    return south(
        actors=[actor("Borealis", "attributed-to")],
        facts={"exchanges": quantity("more than 3.4 million")},
    )


def matter(prose: str, **further: Any) -> tuple[Matter, Manuscript]:  # noqa: ANN401
    """A letter with this prose, as the rules see it."""
    written = manuscript(
        prose,
        incident=further.pop("incident", None) or incident(),
        compared=further.pop("compared", None) or (compared(),),
        **further,
    )
    draft, problems = compose(written, drawn)
    assert draft is not None, problems
    cases = {case.id: case for case in (written.incident, *written.compared)}
    unbound = tuple(each for each in problems if each.code == "unbound-number")
    names = ("Committee on Examples", "the Committee", "United States Senate")
    return matter_of(draft, cases, CONTACT, names, unbound), written


def problems(
    prose: str,
    levels: Mapping[str, str] | None = None,
    **further: Any,  # noqa: ANN401
) -> tuple[Problem, ...]:
    """What is found in a letter with this prose."""
    looked_at, written = matter(prose, **further)
    texts = {text.path: text for text in (*written.templates.values(), written.prose) if text}
    return lint(looked_at, texts, written.path, levels or {})


def codes(prose: str, **further: Any) -> list[str]:  # noqa: ANN401
    """The codes of what is found, in order."""
    return [each.code for each in problems(prose, **further)]


def errors(found: tuple[Problem, ...]) -> list[str]:
    """The codes of the errors among problems."""
    return [each.code for each in found if each.severity is Severity.ERROR]


def refused(prose: str, **further: Any) -> list[str]:  # noqa: ANN401
    """The codes for which composing refuses a letter."""
    draft, found = compose(manuscript(prose, **further), drawn)
    assert draft is None
    return errors(found)
