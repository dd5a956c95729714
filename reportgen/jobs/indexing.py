"""Make the index of a letter, and take the verdicts from one that came back.

The place where a draft, its PDF, its cases and the verdicts on it meet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reportgen.files import atomic
from reportgen.files.showing import show
from reportgen.jobs.composing import composition
from reportgen.letters.naming import name_of
from reportgen.problems.model import Severity
from reportgen.rendering.model import Artifact, Report

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from reportgen.jobs.composing import Composition
    from reportgen.letters.draft import Draft
    from reportgen.problems.model import Problem
    from reportgen.review.model import Index, Verdict
    from reportgen.workspace import Workspace

    Verdicts = Callable[[Draft], Mapping[str, Verdict]]
    """What checkers say of the sentences of a draft, by the assertion's id."""

FORMATS: Final = ("html", "xlsx", "csv", "pdf")
NAME: Final = "index"
_LAID_OUT: Final = ("html", "pdf")
"""The formats that are dressed in styles and fonts."""


def nobody(draft: Draft) -> Mapping[str, Verdict]:  # noqa: ARG001 - what every source is asked for
    """Return no verdict: nobody has checked anything."""
    return {}


@dataclass(frozen=True, slots=True)
class Indexed:
    """What became of an index.

    Attributes:
        path: Where it was written; None when it could not be made.
        rows: How many sentences it has.
        problems: What is wrong, and what the draft leaves open.
    """

    path: Path | None
    rows: int
    problems: tuple[Problem, ...]


def write(
    workspace: Workspace,
    letter: Path,
    format_: str,
    output: Path | None = None,
    verdicts: Verdicts = nobody,
) -> Indexed:
    """Write the index of a letter.

    Args:
        workspace: Where cases and templates are.
        letter: The letter's file.
        format_: One of `FORMATS`.
        output: The file to write; `index.<format>` beside the letter's drafts when None.
        verdicts: What checkers say.
    """
    own = (f"{NAME}.{format_}",) if format_ in _LAID_OUT else ()
    composed, problems = composition(workspace, letter, ("pdf", *own))
    if composed is None:
        return Indexed(None, 0, problems)
    index, found = indexed(composed, verdicts)
    problems += found
    artifact, found = _rendered(index, composed, format_)
    problems += found
    if artifact is None:
        return Indexed(None, len(index.rows), problems)
    path = output or workspace.output / name_of(letter) / artifact.name
    if output is None:
        path.parent.mkdir(parents=True, exist_ok=True)
    found = atomic.write(path, artifact.content, show(path))
    return Indexed(None if found else path, len(index.rows), (*problems, *found))


def indexed(composed: Composition, verdicts: Verdicts) -> tuple[Index, tuple[Problem, ...]]:
    """Return the index of a letter, its places those of the PDF that would be sent."""
    from reportgen.letters.versions import versions  # noqa: PLC0415 - as the next two
    from reportgen.rendering import pdf  # noqa: PLC0415 - WeasyPrint
    from reportgen.review.indexing import index  # noqa: PLC0415
    from reportgen.review.positions import positions  # noqa: PLC0415 - PDFium

    draft, manuscript = composed.draft, composed.manuscript
    copies, problems = versions(draft, manuscript.letter.confidentiality, manuscript.path)
    # The first copy has every sentence: the whole letter, or its confidential version.
    artifact = None
    if copies:
        artifact, found = pdf.render(copies[0], composed.gathered.stationery["pdf"])
        problems += found
    places = positions(draft, artifact.content) if artifact is not None else {}
    return index(draft, composed.cases, places, verdicts(draft)), problems


def _rendered(
    index: Index, composed: Composition, format_: str
) -> tuple[Artifact | None, tuple[Problem, ...]]:
    match format_:
        case "csv":
            from reportgen.review.formats import csv  # noqa: PLC0415 - one of four is needed

            return Artifact(f"{NAME}.csv", "text/csv", csv.render(index)), ()
        case "xlsx":
            from reportgen.review.formats import xlsx  # noqa: PLC0415

            return Artifact(f"{NAME}.xlsx", xlsx.MEDIA_TYPE, xlsx.render(index)), ()
    from reportgen.rendering import report  # noqa: PLC0415
    from reportgen.review.formats import html  # noqa: PLC0415

    draft = composed.draft
    paper = Report(
        NAME,
        f"Index of {index.letter}",
        draft.author,
        draft.date,
        draft.language,
        html.body(index),
    )
    stationery = composed.gathered.stationery[f"{NAME}.{format_}"]
    return (report.pdf if format_ == "pdf" else report.web_page)(paper, stationery)


def failed(problems: tuple[Problem, ...]) -> bool:
    """Whether an error is among the problems."""
    return any(problem.severity is Severity.ERROR for problem in problems)
