"""Send a letter to review: keep its draft, and make the packet that counsel gets.

One folder and one ZIP with the same files, the same bytes for the same draft and the same review.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from reportgen.files import atomic, folders
from reportgen.files.showing import show
from reportgen.jobs.drafts.composing import composition
from reportgen.jobs.review import indexing, keeping, linting, redlining, reviewing
from reportgen.jobs.review.recording import Recorder
from reportgen.letters.naming import name_of
from reportgen.problems.model import Problem, has_errors
from reportgen.rendering.model import Artifact, Edition, Report
from reportgen.review.log import drafts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime
    from pathlib import Path

    from reportgen.jobs.drafts.composing import Composition
    from reportgen.jobs.people.identifying import Identity
    from reportgen.jobs.review.keeping import Kept
    from reportgen.jobs.review.reviewing import Review
    from reportgen.workspace import Workspace

FOLDER: Final = "review"
NO_REDLINE: Final = ""
"""Called instead of a draft, so that a packet says nothing of what changed."""
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
        since: The draft that it is compared with, as people call it; empty when it is the first.
        folder: Where its files are.
        archive: The ZIP.
        files: The names of its files.
        problems: What is wrong, and what the draft leaves open.
    """

    number: int = 0
    since: str = ""
    folder: Path | None = None
    archive: Path | None = None
    files: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def send(
    workspace: Workspace,
    letter: Path,
    who: Identity,
    clock: Callable[[], datetime],
    since: str | None = None,
) -> Packet:
    """Keep the draft of a letter as it is today, and make its packet.

    Args:
        workspace: Where cases and templates are.
        letter: The letter's file.
        who: Who sends it.
        clock: Tells the time, with its offset from UTC.
        since: The draft to compare with, by its number or version; the last that was sent, and
            says otherwise, when None; `NO_REDLINE` to compare it with none.

    Raises:
        UnprovedError: When the redline would not give back both drafts: a defect.
    """
    composed, problems = composition(workspace, letter, _LOOKS)
    if composed is None:
        return Packet(problems=problems)
    review = reviewing.review_of(workspace, letter, composed, problems)
    earlier, found = _earlier(review, since)
    if found:
        return Packet(problems=(*problems, *found))
    number = drafts.number(review.log, review.draft.digest)
    whole, found = _whole(workspace, review, number, earlier)
    problems = (*problems, *found)
    if has_errors(problems):
        return Packet(problems=problems)
    number, found = Recorder(review, who, clock).send()
    if found:
        return Packet(problems=(*problems, *found))
    place = workspace.output / name_of(letter) / FOLDER / str(number)
    archive = place.parent / f"{letter.stem}-draft-{number}.zip"
    found = _write(whole, place, archive)
    names = tuple(each.name for each in whole)
    against = str(earlier) if earlier else ""
    return Packet(number, against, place, archive, names, (*problems, *found))


def _earlier(review: Review, since: str | None) -> tuple[Kept | None, tuple[Problem, ...]]:
    if since == NO_REDLINE:
        return None, ()
    if since is None:
        return keeping.last(review.letter, review.log, but=review.draft.digest)
    return keeping.named(review.letter, review.log, since)


def _whole(
    workspace: Workspace, review: Review, number: int, earlier: Kept | None
) -> tuple[tuple[Artifact, ...], tuple[Problem, ...]]:
    """Return all papers of a packet, the note to counsel first."""
    papers, problems = _papers(workspace, review, earlier)
    notes, found = _note(review.composed, number, earlier, papers)
    return (*notes, *papers), (*problems, *found)


def _papers(
    workspace: Workspace, review: Review, earlier: Kept | None
) -> tuple[tuple[Artifact, ...], tuple[Problem, ...]]:
    """Return the papers of a packet but for the note."""
    from reportgen.rendering import docx, pdf  # noqa: PLC0415 - WeasyPrint, python-docx
    from reportgen.review.formats.objections import listed  # noqa: PLC0415 - some thirty rules

    composed = review.composed
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
        names = (str(earlier), "this draft")
        looks = {each: dress[each] for each in ("redline.pdf", "docx")}
        made = redlining.compared(earlier.draft, draft)
        redlines, found = redlining.rendered(made, names, looks, "redline")
        artifacts += redlines
        problems += found
    index, found = indexing.indexed(composed, review.verdicts())
    index = replace(index, let_pass=review.let_pass())
    problems += found
    for format_ in ("pdf", "xlsx"):
        table, found = indexing.rendered(index, composed, format_)
        artifacts.append(table)
        problems += found
    unbound = tuple(each for each in review.problems if each.code == linting.UNBOUND)
    objections = listed(linting.objections(composed, unbound, workspace), draft)
    artifacts.append(Artifact("lint.txt", "text/plain", objections.encode()))
    return tuple(each for each in artifacts if each is not None), tuple(problems)


def _note(
    composed: Composition,
    number: int,
    earlier: Kept | None,
    artifacts: Iterable[Artifact],
) -> tuple[tuple[Artifact, ...], tuple[Problem, ...]]:
    """Return the note to counsel, to be read and to be written on."""
    from reportgen.rendering import report  # noqa: PLC0415 - WeasyPrint
    from reportgen.review.formats.transmittal import markdown, transmittal  # noqa: PLC0415

    draft = composed.draft
    since = str(earlier) if earlier else ""
    files = {each.name: _TITLES[each.name].format(since=since) for each in artifacts}
    body = transmittal(draft, number, files)
    title = f"Request for legal advice: {draft.title}"
    paper = Report(_NOTE, title, draft.author, draft.date, draft.language, body)
    printed, problems = report.pdf(paper, composed.gathered.stationery["transmittal.pdf"])
    text = Artifact(f"{_NOTE}.md", "text/markdown", markdown(body).encode())
    return (text, *((printed,) if printed else ())), problems


def _write(artifacts: tuple[Artifact, ...], folder: Path, archive: Path) -> tuple[Problem, ...]:
    files = {artifact.name: artifact.content for artifact in artifacts}
    # What a packet of the same draft had, that was made otherwise, is no part of this one.
    problems = folders.fill(folder, files, gone=_TITLES)
    return problems or atomic.write(archive, _zipped(artifacts, archive.stem), show(archive))


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
