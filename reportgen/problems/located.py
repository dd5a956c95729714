"""Problems with their places found: in the order of reading, each once, ready to be shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reportgen.problems.model import Locating, Place, Problem, Span


@dataclass(frozen=True, slots=True)
class Spot:
    """A place found.

    Attributes:
        path: The file as the user would write it.
        span: The stretch; None where only the file is known.
        line: The text of the first line of the stretch.
        message: What a second place has to say.
    """

    path: str
    span: Span | None
    line: str
    message: str = ""

    def __str__(self) -> str:
        """Return `path:line:column`, as far as it is known."""
        return f"{self.path}:{self.span.line}:{self.span.column}" if self.span else self.path


@dataclass(frozen=True, slots=True)
class Located:
    """A problem, the spot where it stands, and those that explain it."""

    problem: Problem
    spot: Spot
    related: tuple[Spot, ...]


def locate(problems: Iterable[Problem], documents: Mapping[str, Locating]) -> tuple[Located, ...]:
    """Return the problems with their spots, sorted by file, line and column, each once."""
    found = (
        Located(
            problem,
            _spot(problem.place, documents),
            tuple(_spot(each.place, documents, each.message) for each in problem.related),
        )
        for problem in dict.fromkeys(problems)
    )
    return tuple(sorted(found, key=_order))


def _spot(place: Place, documents: Mapping[str, Locating], message: str = "") -> Spot:
    document = documents.get(place.document)
    if document is None:
        return Spot(place.document, place.span, "", message)
    span = document.locate(place)
    return Spot(place.document, span, document.line(span.line) if span else "", message)


def _order(located: Located) -> tuple[str, int, int, str, str]:
    span, problem = located.spot.span, located.problem
    line, column = (span.line, span.column) if span else (0, 0)
    return located.spot.path, line, column, problem.code, problem.message
