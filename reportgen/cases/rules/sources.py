"""Sources: each one that is named is defined, and read after it was published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.cases.places import references
from reportgen.problems.model import Problem
from reportgen.problems.wording import quoted, suggestion
from reportgen.quantities.dates import when

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.cases.model import Case
    from reportgen.cases.places import CaseFile


def unknown_source(case: Case, file: CaseFile) -> Iterator[Problem]:
    """Yield a problem for each use of a source that the case does not define."""
    for route, reference in references(case):
        if reference.id not in case.sources:
            yield Problem(
                "unknown-source",
                f"there is no source {quoted(reference.id)}",
                file.place(*route, "id"),
                suggestion(reference.id, case.sources, "sources")
                or f"define {quoted(reference.id)} under `sources`",
            )


def accessed_before_published(case: Case, file: CaseFile) -> Iterator[Problem]:
    """Yield a problem for each source that was read before it was published."""
    for name, source in case.sources.items():
        accessed, published = source.accessed, source.published
        if accessed and published and accessed.latest < published.earliest:
            yield Problem(
                "accessed-before-published",
                f"{quoted(name)} was read {when(accessed)}, before it was published "
                f"{when(published)}",
                file.place("sources", name, "accessed"),
                "correct the date that is wrong",
            )
