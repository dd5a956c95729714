"""What comes back from review: entries of the log and a proposal, never a change of the sources.

A Word file is compared with the draft that it was made from. Edits of prose become a patch to the
letter's Markdown; an edit to a bound figure is a dispute; comments are open questions, those on a
PDF too.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reportgen.files import folders
from reportgen.files.reading import read_bytes
from reportgen.files.showing import show
from reportgen.jobs.drafts.gathering import Gatherer
from reportgen.jobs.review import reviewing, tracing
from reportgen.jobs.review.writing import Pen
from reportgen.letters import prose
from reportgen.problems.model import Problem
from reportgen.review.formats.returned import summary
from reportgen.review.log import drafts
from reportgen.review.model import Returned
from reportgen.review.returned import asking, patching, wordfile
from reportgen.review.returned.edits import edits
from reportgen.review.returned.package import MAX_FILE
from reportgen.review.returned.patching import Section

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from reportgen.jobs.people.identifying import Identity
    from reportgen.jobs.review.keeping import Kept
    from reportgen.letters.draft import Draft
    from reportgen.letters.loading import Manuscript
    from reportgen.rendering.model import Stationery
    from reportgen.review.model import Edit
    from reportgen.review.returned.wordfile import WordFile
    from reportgen.workspace import Workspace

FOLDER: Final = "returned"


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file that came back.

    Attributes:
        returned: What it says; None when it could not be read, or is of no letter here.
        paths: The files of the proposal.
        problems: What is wrong.
        recorded: How many disputes and questions were put on record.
    """

    returned: Returned | None
    paths: tuple[Path, ...] = ()
    problems: tuple[Problem, ...] = ()
    recorded: int = 0

    @property
    def called(self) -> str:
        """What people call the draft that it was made from."""
        return (
            drafts.called(self.returned.number, self.returned.draft.digest) if self.returned else ""
        )


def take(
    workspace: Workspace,
    file: Path,
    who: Identity,
    clock: Callable[[], datetime],
    letter: Path | None = None,
) -> Taken:
    """Read a file that came back from review, put on record what it asks, write what it proposes.

    Args:
        workspace: Where cases, templates and kept drafts are.
        file: A Word file, or a PDF with comments.
        who: Who takes it in.
        clock: Tells the time, with its offset from UTC.
        letter: The letter's file; found by what stands in the file when None.
    """
    content, problems = read_bytes(file, show(file), MAX_FILE)
    if content is None:
        return Taken(None, problems=problems)
    read = _pdf if content.startswith(b"%PDF-") else _word
    found, problems = read(workspace, file, content, letter)
    if found is None:
        return Taken(None, problems=problems)
    path, returned = found
    log = reviewing.read_log(path)
    entries, problems = Pen(path, log, who, clock).write(asking.unasked(returned, file.name, log))
    if problems:
        return Taken(returned, problems=problems)
    paths, problems = _write(workspace, file, returned)
    return Taken(returned, paths, (*log.problems, *problems), len(entries))


_Read = tuple["tuple[Path, Returned] | None", tuple[Problem, ...]]
"""The letter and what a file of it says; or None and what is wrong."""


def _word(workspace: Workspace, file: Path, content: bytes, letter: Path | None) -> _Read:
    word, problems = wordfile.read(content, show(file))
    if word is None:
        return None, problems
    found, problems = tracing.origin(workspace, file, _text(word), letter)
    if found is None:
        return None, problems
    path, kept = found
    returned, problems = _compared(workspace, word, path, kept)
    return (None if returned is None else (path, returned)), problems


def _pdf(workspace: Workspace, file: Path, content: bytes, letter: Path | None) -> _Read:
    """Take the comments of a PDF, which says nothing else that a draft does not."""
    from reportgen.review.returned import pdffile  # noqa: PLC0415 - PDFium

    said, problems = pdffile.read(content, show(file))
    if said is None:
        return None, problems
    found, problems = tracing.origin(workspace, file, said.text, letter)
    if found is None:
        return None, problems
    path, kept = found
    return (path, Returned(kept.draft, kept.number, (), said.remarks, "", ())), ()


def _compared(
    workspace: Workspace, word: WordFile, path: Path, kept: Kept
) -> tuple[Returned | None, tuple[Problem, ...]]:
    """Return what a Word file says otherwise than the draft that it was made from."""
    gathered = Gatherer(workspace).gather(path, ("docx",))
    if gathered.manuscript is None:
        return None, gathered.problems
    draft = kept.draft
    sent, problems = _sent(draft, gathered.stationery["docx"])
    if sent is None:
        return None, problems
    found = edits(draft, sent, word)
    patch, unplaced = _patch(workspace, found, gathered.manuscript, path)
    return Returned(draft, kept.number, found, word.remarks, patch, unplaced), ()


def _text(word: WordFile) -> str:
    """Return what the pages of a Word file said before tracked changes."""
    lines = (*word.lines(accepted=False), *word.running(accepted=False))
    return " ".join(line.text for line in lines)


def _sent(draft: Draft, dress: Stationery) -> tuple[WordFile | None, tuple[Problem, ...]]:
    """Return the Word file of a draft as it was sent."""
    from reportgen.rendering import docx  # noqa: PLC0415 - python-docx

    artifact, problems = docx.render(draft, dress)
    return (None, problems) if artifact is None else wordfile.read(artifact.content, artifact.name)


# --- the proposal -------------------------------------------------------------------------------


def _patch(
    workspace: Workspace, found: Iterable[Edit], manuscript: Manuscript, letter: Path
) -> tuple[str, tuple[Edit, ...]]:
    """Return edits of prose as a patch to the letter's Markdown, and those that found no place."""
    own = manuscript.prose.text if manuscript.prose else ""
    replacements: dict[str, list[tuple[Edit, patching.Replacement]]] = {}
    unplaced: list[Edit] = []
    prose_edits = [each for each in found if not each.facts]
    placed = [(each, _placed(each, manuscript)) for each in prose_edits]
    # Half of what was done to a sentence would be worse than nothing.
    torn = {id(edit.sentence) for edit, place in placed if place is None and edit.sentence}
    for edit, place in placed:
        if place is None or id(edit.sentence) in torn:
            unplaced.append(edit)
        else:
            replacements.setdefault(place[0], []).append((edit, place[1]))
    new = own
    if manuscript.prose is not None and manuscript.prose.path in replacements:
        new, left_out = patching.applied(own, replacements.pop(manuscript.prose.path))
        unplaced += left_out
    texts = _templates(manuscript)
    for path, some in replacements.items():
        text, left_out = patching.applied(texts[path], some)
        unplaced += left_out
        written = _with_section(new, Path(path).stem, text)
        if written is None:
            unplaced += (edit for edit, _ in some if edit not in left_out)
        else:
            new = written
    beside = letter.with_suffix(".md")
    shown = beside.resolve().relative_to(workspace.root).as_posix()
    return patching.patch(shown, own, new) if new != own else "", tuple(unplaced)


def _placed(edit: Edit, manuscript: Manuscript) -> tuple[str, patching.Replacement] | None:
    """Return in which file an edit is made, and how; None where that could not be told."""
    section = _section(edit, manuscript)
    made = patching.replacement(edit, section) if section else None
    return None if section is None or made is None else (section.path, made)


def _templates(manuscript: Manuscript) -> dict[str, str]:
    """Return the templates of a letter by their paths, what they include written out."""
    texts = {name: text.text for name, text in manuscript.templates.items()}
    return {
        text.path: patching.included(text.text, texts) for text in manuscript.templates.values()
    }


def _section(edit: Edit, manuscript: Manuscript) -> Section | None:
    """Return where the sentence of an edit is written."""
    if edit.sentence is None or edit.sentence.place.span is None:
        return None
    place = edit.sentence.place
    known = _templates(manuscript)
    if manuscript.prose is not None:
        known[manuscript.prose.path] = manuscript.prose.text
    text = known.get(place.document)
    line = place.span.line if place.span else 1
    return None if text is None else Section(place.document, line, text)


def _with_section(own: str, name: str, text: str) -> str | None:
    """Return the letter's Markdown with a section of its own in the place of its family's."""
    section = patching.section_of_its_own(text, name)
    if section is None:
        return f"{text.strip()}\n\n{own}" if name == prose.OPENING else None
    return f"{own.rstrip()}\n\n{section}" if own.strip() else section


def _write(
    workspace: Workspace, file: Path, returned: Returned
) -> tuple[tuple[Path, ...], tuple[Problem, ...]]:
    folder = workspace.output / returned.draft.name / FOLDER / _plain(file.stem)
    files = {"summary.md": summary(returned, file.name).encode()}
    if returned.patch:
        files["prose.patch"] = returned.patch.encode()
    problems = folders.fill(folder, files, gone=("prose.patch",))
    return (() if problems else tuple(folder / name for name in files)), problems


def _plain(stem: str) -> str:
    """Return a name for a folder that cannot lead out of its place."""
    return "".join(c if c.isalnum() or c in "-_" else "-" for c in stem)[:80] or "file"
