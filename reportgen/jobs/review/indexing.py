"""Make the index of a letter, and take the verdicts from one that came back.

The place where a draft, its PDF, its cases and the verdicts on it meet, and where what a checker
wrote into a table becomes entries of the log.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from reportgen.files import atomic
from reportgen.files.reading import decode, read_bytes
from reportgen.files.showing import show
from reportgen.jobs.drafts.composing import composition
from reportgen.jobs.review import reviewing
from reportgen.letters.naming import name_of
from reportgen.problems.model import Place, Problem
from reportgen.rendering.model import Artifact, Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from reportgen.jobs.drafts.composing import Composition
    from reportgen.jobs.review.recording import Recorder
    from reportgen.jobs.review.reviewing import Review
    from reportgen.review.formats.cells import Line
    from reportgen.review.model import Index, Marking, Verdict
    from reportgen.workspace import Workspace

FORMATS: Final = ("html", "xlsx", "csv", "pdf")
NAME: Final = "index"
LIMIT: Final = 32 * 1024 * 1024
"""How many bytes a table that comes back may have."""
_LAID_OUT: Final = ("html", "pdf")
"""The formats that are dressed in styles and fonts."""


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


def write(workspace: Workspace, letter: Path, format_: str, output: Path | None = None) -> Indexed:
    """Write the index of a letter, with the verdicts that its review holds.

    Args:
        workspace: Where cases and templates are.
        letter: The letter's file.
        format_: One of `FORMATS`.
        output: The file to write; `index.<format>` beside the letter's drafts when None.
    """
    own = (f"{NAME}.{format_}",) if format_ in _LAID_OUT else ()
    composed, problems = composition(workspace, letter, ("pdf", *own))
    if composed is None:
        return Indexed(None, 0, problems)
    review = reviewing.review_of(workspace, letter, composed, problems)
    index, found = indexed(composed, review.verdicts())
    index = replace(index, let_pass=review.let_pass())
    problems = (*problems, *review.log.problems, *found)
    artifact, found = rendered(index, composed, format_)
    problems += found
    if artifact is None:
        return Indexed(None, len(index.rows), problems)
    path = output or workspace.output / name_of(letter) / artifact.name
    if output is None:
        path.parent.mkdir(parents=True, exist_ok=True)
    found = atomic.write(path, artifact.content, show(path))
    return Indexed(None if found else path, len(index.rows), (*problems, *found))


def indexed(
    composed: Composition,
    verdicts: Mapping[str, Verdict],
    places: Mapping[str, tuple[int, int]] | None = None,
) -> tuple[Index, tuple[Problem, ...]]:
    """Return the index of a letter.

    Args:
        composed: The letter.
        verdicts: The verdicts on its sentences.
        places: The page and the line of each sentence in the PDF that was built of just this
            draft; None when none was, and the letter is laid out to find them.
    """
    from reportgen.review.indexing import index  # noqa: PLC0415 - as all below
    from reportgen.review.model import Position  # noqa: PLC0415

    problems: tuple[Problem, ...] = ()
    if places is None:
        places, problems = _laid_out(composed)
    positions = {identity: Position(*place) for identity, place in places.items()}
    return index(composed.draft, composed.cases, positions, verdicts), problems


def _laid_out(
    composed: Composition,
) -> tuple[Mapping[str, tuple[int, int]], tuple[Problem, ...]]:
    """Return the places of sentences in the PDF that would be sent."""
    from reportgen.letters.versions import versions  # noqa: PLC0415 - as the next
    from reportgen.rendering import pdf  # noqa: PLC0415 - WeasyPrint

    draft, manuscript = composed.draft, composed.manuscript
    copies, problems = versions(draft, manuscript.letter.confidentiality, manuscript.path)
    # The first copy has every sentence: the whole letter, or its confidential version.
    stationery = composed.gathered.stationery["pdf"]
    return (pdf.positions(copies[0], stationery) if copies else {}), problems


def rendered(
    index: Index, composed: Composition, format_: str
) -> tuple[Artifact | None, tuple[Problem, ...]]:
    """Return an index in one of `FORMATS`; the composition has the styles that it is dressed in."""
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


# --- what comes back ----------------------------------------------------------------------------


def returned(review: Review, table: Path) -> tuple[tuple[Marking, ...], tuple[Problem, ...]]:
    """Return what a checker wrote into a table that `write` made, and what is wrong with it.

    Args:
        review: The review of the letter.
        table: An XLSX or a CSV file.
    """
    from reportgen.review.formats.cells import UnreadableError  # noqa: PLC0415 - as the next two
    from reportgen.review.importing import markings  # noqa: PLC0415
    from reportgen.review.indexing import index  # noqa: PLC0415

    content, problems = read_bytes(table, show(table), LIMIT)
    if content is None:
        return (), problems
    try:
        lines, problems = _lines(content, show(table))
    except UnreadableError as error:
        help_ = "open the index again in the spreadsheet program and save it as XLSX or CSV"
        return (), (Problem("index-unreadable", str(error), Place(show(table)), help_),)
    if problems:
        return (), problems
    composed = review.composed
    known = index(composed.draft, composed.cases, {}, review.verdicts())
    return markings(known, lines, show(table))


def _lines(content: bytes, shown_as: str) -> tuple[tuple[Line, ...], tuple[Problem, ...]]:
    from reportgen.review.formats import columns, csv, worksheet  # noqa: PLC0415

    if content.startswith(b"PK"):
        return worksheet.read(content, columns.SHEET), ()
    text, problems = decode(content, shown_as)
    return ((), problems) if text is None else (csv.read(text), ())


def record(recorder: Recorder, marked: Iterable[Marking]) -> tuple[int, tuple[Problem, ...]]:
    """Put on record what a checker marked: verdicts, all or none, and notes alone as comments.

    Returns:
        How many entries were written, and what stood in the way.
    """
    from reportgen.review.log.entries import Comment  # noqa: PLC0415 - Pydantic

    each = tuple(marked)
    sentences = {assertion.id: assertion for assertion in recorder.review.draft.assertions}
    verdicts = [
        (sentences[marking.assertion], marking.ruling, marking.note)
        for marking in each
        if marking.ruling is not None
    ]
    written, problems = recorder.verdicts(verdicts) if verdicts else ((), ())
    count = len(written)
    known = {
        (comment.subject.digest, comment.text)
        for comment in recorder.review.log.of(Comment)
        if comment.subject is not None
    }
    for marking in each if not problems else ():
        # The same table taken twice says nothing new.
        if marking.ruling is None and (marking.digest, marking.note) not in known:
            entry, found = recorder.comment(marking.note, on=marking.assertion)
            count += entry is not None
            problems += found
    return count, problems
