"""A case is called like its folder, and no two cases are called alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.problems.model import Problem, Related
from reportgen.problems.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportgen.cases.model import Case
    from reportgen.cases.places import CaseFile


def id_not_folder(case: Case, file: CaseFile) -> Iterator[Problem]:
    """Yield a problem when the case's id is not the name of its folder."""
    if case.id != file.name:
        yield Problem(
            "id-not-folder",
            f"the case is called {quoted(case.id)}, but its folder {quoted(file.name)}",
            file.place("id"),
            f"rename the folder, or write `id: {file.name}`",
        )


def duplicate_case(cases: Iterable[tuple[Case, CaseFile]]) -> Iterator[Problem]:
    """Yield a problem for each case whose id another case has already."""
    first: dict[str, CaseFile] = {}
    for case, file in cases:
        earlier = first.setdefault(case.id, file)
        if earlier is not file:
            yield Problem(
                "duplicate-case",
                f"another case has the id {quoted(case.id)} already",
                file.place("id"),
                "give one of them another id, and its folder the same name",
                related=(Related(earlier.place("id"), "the other case"),),
            )
