"""Where the entries of a case stand: routes into its file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.problems.model import Part, Place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reportgen.cases.model import Case, Reference
    from reportgen.problems.model import Key

Route = tuple["Key", ...]


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case's file, as rules need to know it.

    Attributes:
        folder: The case's folder.
        document: The path of the case file as the user would write it.
    """

    folder: Path
    document: str

    @property
    def name(self) -> str:
        """The name of the case's folder."""
        name = self.folder.name
        return name if name not in {"", ".."} else self.folder.resolve().name

    def place(self, *route: Key, part: Part = Part.VALUE) -> Place:
        """Return the place of an entry."""
        return Place(self.document, route, part)


def references(case: Case) -> Iterator[tuple[Route, Reference]]:
    """Yield every use of a source in the case, with its route."""
    for owner, used in _users(case):
        for index, reference in enumerate(used):
            yield (*owner, "source", index), reference


def _users(case: Case) -> Iterator[tuple[Route, tuple[Reference, ...]]]:
    yield ("dates",), case.dates.source
    for index, actor in enumerate(case.actors):
        yield ("actors", index, "attribution"), actor.attribution.source
    for index, technique in enumerate(case.techniques):
        yield ("techniques", index), technique.source or ()
    for index, target in enumerate(case.targets):
        yield ("targets", index), target.source
    for name, fact in case.facts.items():
        yield ("facts", name), fact.source
    for index, response in enumerate(case.responses):
        yield ("responses", index), response.source
