"""Send a letter to review: keep its draft, and make the packet that counsel gets.

One folder and one ZIP with the same files, the same bytes for the same draft and the same review.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from reportgen.files import atomic
from reportgen.files.shelf import Shelf
from reportgen.files.showing import show
from reportgen.jobs import indexing, linting, numbering, redlining, reviewing
from reportgen.jobs.composing import composition
from reportgen.letters.naming import name_of
from reportgen.problems.model import Place, Problem, has_errors
from reportgen.problems.printing import Format, render
from reportgen.rendering.model import Artifact, Edition, Report

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from reportgen.jobs.composing import Composition
    from reportgen.letters.draft import Draft
    from reportgen.workspace import Workspace

FOLDER: Final = "review"
_LOOKS: Final = ("pdf", "docx", "redline.pdf", "index.pdf", "transmittal.pdf")
_NOTE: Final = "transmittal"
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_PACKED: Final = (".docx", ".xlsx", ".zip")
_TITLES: Final = {
    "review-copy.pdf": "the draft, its lines numbered at the left and its sentences at the right",
    "letter.docx": "the same, to be edited",
    "redline.pdf": "what changed since {since}, with a list of the facts that changed",
    "redline.docx": "the same with tracked changes",
    "index.pdf": "for each sentence its facts and sources, and who has checked it",
    "index.xlsx": "the same as a table, in which verdicts are written",
    "lint.txt": "what a reader might object to",
}
"""What each file of a packet is."""


@dataclass(frozen=True, slots=True)
class Packet:
    """What became of a packet.

    Attributes:
        number: The number under which the draft was kept; 0 when there is no packet.
        since: The draft that it is compared with; None when it is the first.
        folder: Where its files are.
        archive: The ZIP.
        files: The names of its files.
        problems: What is wrong, and what the draft leaves open.
    """

    number: int = 0
    since: int | None = None
    folder: Path | None = None
    archive: Path | None = None
    files: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def send(workspace: Workspace, letter: Path, since: int | None = None) -> Packet:
    """Keep the draft of a letter as it is today, and make its packet.

    Args:
        workspace: Where cases and templates are.
        letter: The letter's file.
        since: The draft to compare with, by its number; the last that was sent when None.
    """
    composed, problems = composition(workspace, letter, _LOOKS)
    if composed is None:
        return Packet(problems=problems)
    folder = workspace.output / name_of(letter)
    earlier, found = _earlier(composed.draft, folder, since)
    if found:
        return Packet(problems=(*problems, *found))
    artifacts, found = _papers(workspace, letter, composed, problems, earlier)
    problems = (*problems, *found)
    if has_errors(problems):
        return Packet(problems=problems)
    number, found = numbering.keep(composed.draft, folder)
    if found:
        return Packet(problems=(*problems, *found))
    notes, found = _note(composed, number, earlier, artifacts)
    problems = (*problems, *found)
    if has_errors(problems):
        return Packet(problems=problems)
    whole = (*notes, *artifacts)
    place = folder / FOLDER / str(number)
    archive = folder / FOLDER / f"{letter.stem}-draft-{number}.zip"
    found = _write(whole, place, archive)
    names = tuple(each.name for each in whole)
    since = earlier[0] if earlier else None
    return Packet(number, since, place, archive, names, (*problems, *found))


def _earlier(
    draft: Draft, folder: Path, since: int | None
) -> tuple[tuple[int, Draft] | None, tuple[Problem, ...]]:
    """Return the draft to compare with: of those that say otherwise, the last."""
    if since is not None:
        kept, problems = numbering.read(folder, since)
        return (None if kept is None else (since, kept)), problems
    for number in reversed(numbering.numbers(folder)):
        kept, problems = numbering.read(folder, number)
        if kept is None:
            return None, problems
        if kept.digest != draft.digest:
            return (number, kept), ()
    return None, ()


def _papers(
    workspace: Workspace,
    letter: Path,
    composed: Composition,
    open_: tuple[Problem, ...],
    earlier: tuple[int, Draft] | None,
) -> tuple[tuple[Artifact, ...], tuple[Problem, ...]]:
    """Return the papers of a packet but for the note."""
    from reportgen.rendering import docx, pdf  # noqa: PLC0415 - WeasyPrint, python-docx

    draft, dress = composed.draft, composed.gathered.stationery
    edition = Edition(line_numbers=True, assertion_numbers=True)
    artifacts: list[Artifact | None] = []
    problems: list[Problem] = []
    copy, found = pdf.render(draft, dress["pdf"], edition)
    artifacts.append(replace(copy, name="review-copy.pdf") if copy else None)
    problems += found
    clean, found = docx.render(draft, dress["docx"])
    artifacts.append(clean)
    problems += found
    if earlier is not None:
        names = (f"draft {earlier[0]}", "this draft")
        looks = {each: dress[each] for each in ("redline.pdf", "docx")}
        made = redlining.compared(earlier[1], draft)
        redlines, found = redlining.rendered(made, names, looks, "redline")
        artifacts += redlines
        problems += found
    review = reviewing.review_of(workspace, letter, composed, open_)
    index, found = indexing.indexed(composed, review.verdicts())
    index = replace(index, let_pass=review.let_pass())
    problems += found
    for format_ in ("pdf", "xlsx"):
        table, found = indexing.rendered(index, composed, format_)
        artifacts.append(table)
        problems += found
    unbound = tuple(each for each in open_ if each.code == linting.UNBOUND)
    objections = render(linting.findings(composed, unbound, workspace), Shelf(), Format.CONCISE)
    artifacts.append(
        Artifact("lint.txt", "text/plain", (objections or "Nothing to object to.\n").encode())
    )
    return tuple(each for each in artifacts if each is not None), tuple(problems)


def _note(
    composed: Composition,
    number: int,
    earlier: tuple[int, Draft] | None,
    artifacts: Iterable[Artifact],
) -> tuple[tuple[Artifact, ...], tuple[Problem, ...]]:
    """Return the note to counsel, to be read and to be written on."""
    from reportgen.rendering import report  # noqa: PLC0415 - WeasyPrint
    from reportgen.review.formats.transmittal import markdown, transmittal  # noqa: PLC0415

    draft = composed.draft
    since = f"draft {earlier[0]}" if earlier else ""
    files = {each.name: _TITLES[each.name].format(since=since) for each in artifacts}
    body = transmittal(draft, number, files)
    title = f"Request for legal advice: {draft.title}"
    paper = Report(_NOTE, title, draft.author, draft.date, draft.language, body)
    printed, problems = report.pdf(paper, composed.gathered.stationery["transmittal.pdf"])
    text = Artifact(f"{_NOTE}.md", "text/markdown", markdown(body).encode())
    return (text, *((printed,) if printed else ())), problems


def _write(artifacts: tuple[Artifact, ...], folder: Path, archive: Path) -> tuple[Problem, ...]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        return (
            Problem("cannot-write", f"the folder cannot be made: {reason}", Place(show(folder))),
        )
    for artifact in artifacts:
        problems = atomic.write(folder / artifact.name, artifact.content, show(folder))
        if problems:
            return problems
    return atomic.write(archive, _zipped(artifacts, archive.stem), show(archive))


def _zipped(artifacts: Iterable[Artifact], name: str) -> bytes:
    """Return a ZIP that no clock and no machine has left a trace in."""
    buffer = BytesIO()
    with ZipFile(buffer, "w") as file:
        for artifact in artifacts:
            member = ZipInfo(f"{name}/{artifact.name}", _EPOCH)
            packed = artifact.name.endswith(_PACKED)
            member.compress_type = ZIP_STORED if packed else ZIP_DEFLATED
            member.create_system = 0
            file.writestr(member, artifact.content)
    return buffer.getvalue()
