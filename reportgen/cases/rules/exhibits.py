"""Exhibits: the files that prove something are there, and are what they were."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.files.confining import confine
from reportgen.files.reading import sha256
from reportgen.problems.model import Problem, Refusal
from reportgen.problems.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.cases.model import Case
    from reportgen.cases.places import CaseFile


def exhibits(case: Case, file: CaseFile) -> Iterator[Problem]:
    """Yield a problem for each exhibit that leads elsewhere, is missing or was changed.

    The codes are `path-escapes`, `exhibit-missing` and `exhibit-changed`.
    """
    for name, source in case.sources.items():
        if source.exhibit is None:
            continue
        named = source.exhibit.file
        at = file.place("sources", name, "exhibit", "file")
        path = confine(file.folder, named)
        if isinstance(path, Refusal):
            yield path.at(at)
            continue
        digest, problems = sha256(path)
        if digest is None:
            reason = problems[0].message
            yield Problem(
                "exhibit-missing",
                f"the exhibit {quoted(named)} cannot be read: {reason}",
                at,
                "put the file there, or correct the path, which is relative to the case's folder",
            )
        elif digest != source.exhibit.sha256:
            yield Problem(
                "exhibit-changed",
                f"the exhibit {quoted(named)} is not the file whose SHA-256 stands here",
                file.place("sources", name, "exhibit", "sha256"),
                f"find out which of the two is right; the file's SHA-256 is {digest}",
            )
