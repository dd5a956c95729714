"""A problem: what is wrong, where it stands, and a way out.

Rules say where as a *route*, a document and the keys that lead to a value, and never see a line
number; `printing` asks the documents for the lines at the very end. A `Refusal` is a problem whose
place its maker cannot know: a quantity that will not be worded so, a sum that may not be made.
A `Defect` is nobody's problem but ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

Key = str | int
"""One step of a route: a mapping's key or a sequence's index (from 0)."""


class Severity(StrEnum):
    """How much a problem weighs: an error stops the work, a warning does not stop a draft."""

    ERROR = "error"
    WARNING = "warning"


class Part(StrEnum):
    """Which part of an entry a route points at."""

    KEY = "key"
    VALUE = "value"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a text: lines and columns from 1, in characters, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a problem stands.

    Attributes:
        document: The path of the file, as the user would write it; empty when there is no file.
        route: The keys from the document's root to the entry.
        part: Whether the entry's key or its value is meant.
        span: The exact stretch, where the maker of the problem knows it (prose, templates, YAML
            syntax); otherwise it is found from the route.
    """

    document: str
    route: tuple[Key, ...] = ()
    part: Part = Part.VALUE
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Related:
    """A second place that explains a problem: the earlier of two duplicate keys, say."""

    place: Place
    message: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    Attributes:
        code: The kebab-case name of the rule; a key of `catalog.RULES`.
        message: A sentence without a full stop, in the words of the person who wrote the file.
        place: Where it stands.
        help: What to do about it, as a sentence without a full stop; or None.
        severity: Whether it stops the work.
        related: Other places that explain it.
    """

    code: str
    message: str
    place: Place
    help: str | None = None
    severity: Severity = Severity.ERROR
    related: tuple[Related, ...] = ()


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any of the problems stops the work."""
    return any(problem.severity is Severity.ERROR for problem in problems)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A problem that does not know its place yet; whoever asked gives it one."""

    code: str
    message: str
    help: str | None = None

    def at(self, place: Place) -> Problem:
        """Return the problem that this refusal is at `place`."""
        return Problem(self.code, self.message, place, self.help)


class Defect(Exception):  # noqa: N818 - what it is called wherever it is told
    """A defect of ours that was noticed before anything wrong was handed out.

    Its text is a sentence without a full stop.

    Attributes:
        help: What still works, as whole sentences.
    """

    def __init__(self, message: str, help_: str = "") -> None:
        super().__init__(message)
        self.help = help_


class Locating(Protocol):
    """A document that can turn routes into lines and columns and show its lines."""

    def locate(self, place: Place) -> Span | None:
        """Return the stretch that `place` names, or None when it cannot be found."""

    def line(self, number: int) -> str:
        """Return line `number` (from 1) without its line break; empty past the end."""
