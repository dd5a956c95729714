"""Questions that a letter answers: their order, and the sections that hold the answers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reportgen.problems.model import Place, Problem, Severity
from reportgen.problems.wording import quoted, suggestion

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from reportgen.cases.model import Case, Reference
    from reportgen.letters.model import Question

UNANSWERED: Final = "[Not answered yet]\n"
"""What stands in a draft where an answer belongs."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The questions that a letter answers.

    Attributes:
        source: Where they were asked: a source of the incident's case.
        asked: The questions, in their order.
        place: Where they are written.
    """

    source: Reference
    asked: tuple[Question, ...]
    place: Place

    def at(self, index: int) -> Place:
        """Return where the question at `index` stands."""
        return Place(self.place.document, (*self.place.route, "asked", index))

    def unknown_source(self, case: Case) -> Iterator[Problem]:
        """Yield a problem when the case does not define the source of the questions."""
        if self.source.id not in case.sources:
            yield Problem(
                "unknown-source",
                f"the case {quoted(case.id)} has no source {quoted(self.source.id)}",
                Place(self.place.document, (*self.place.route, "source")),
                suggestion(self.source.id, case.sources, "sources"),
            )

    def unanswered(self, answered: Container[str]) -> Iterator[Problem]:
        """Yield a warning for each question whose section is not among those written."""
        for index, question in enumerate(self.asked):
            if section_of(question.number) not in answered:
                yield Problem(
                    "question-unanswered",
                    f"question {question.number} has no answer",
                    self.at(index),
                    f"write it into the letter’s prose, below `## {{#{section_of(question.number)}}}`",
                    Severity.WARNING,
                )


def section_of(number: str) -> str:
    """Return the name of the section that answers a question: `question-4b`."""
    return f"question-{number}"


def out_of_order(asked: Asked) -> Iterator[Problem]:
    """Yield a problem for each number that is not the next after the one before it.

    After 4 comes 5, or 4a where the question has parts; after 4a comes 4b or 5.
    """
    before = "0"
    for index, question in enumerate(asked.asked):
        expected = _next(before)
        if question.number not in expected:
            first = next(iter(expected))
            yield Problem(
                "question-out-of-order",
                f"question {question.number} follows "
                + (f"question {before}" if index else "nothing")
                + f", where question {first} is due",
                Place(asked.at(index).document, (*asked.at(index).route, "number")),
                "number the questions as they were asked; one that is answered elsewhere is quoted "
                "all the same, and its answer says where",
            )
        before = question.number


def _next(number: str) -> tuple[str, ...]:
    match = re.fullmatch(r"([0-9]+)([a-z]?)", number)
    digits, part = (match[1], match[2]) if match else ("0", "")
    further = str(int(digits) + 1)
    same = f"{digits}{chr(ord(part) + 1)}" if part else f"{digits}a"
    # The first question may begin with its parts: 1a.
    return tuple(each for each in (further, same if digits != "0" else "", f"{further}a") if each)
