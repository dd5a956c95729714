"""What comes back from review, made into a proposal: never into a change of the sources.

A Word file is compared with the draft that it was made from. Edits of prose become a patch to the
letter's Markdown; an edit to a bound figure is a dispute; comments are open questions, those on a
PDF too.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reportgen.files import atomic
from reportgen.files.reading import read_bytes
from reportgen.files.showing import show
from reportgen.jobs import tracing
from reportgen.jobs.gathering import Gatherer
from reportgen.letters import prose
from reportgen.problems.model import Place, Problem
from reportgen.review import drafts, patching, wordfile
from reportgen.review.edits import edits
from reportgen.review.formats.returned import summary
from reportgen.review.model import Returned
from reportgen.review.package import MAX_FILE
from reportgen.review.patching import Section

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportgen.jobs.keeping import Kept
    from reportgen.letters.draft import Draft
    from reportgen.letters.loading import Manuscript
    from reportgen.rendering.model import Stationery
    from reportgen.review.model import Edit
    from reportgen.review.wordfile import WordFile
    from reportgen.workspace import Workspace

FOLDER: Final = "returned"


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file that came back.

    Attributes:
        returned: What it says; None when it could not be read, or is of no letter here.
        paths: The files of the proposal.
        problems: What is wrong.
    """

    returned: Returned | None
    paths: tuple[Path, ...]
    problems: tuple[Problem, ...]

    @property
    def called(self) -> str:
        """What people call the draft that it was made from."""
        return (
            drafts.called(self.returned.number, self.returned.draft.digest) if self.returned else ""
        )


def take(workspace: Workspace, file: Path, letter: Path | None = None) -> Taken:
    """Read a file that came back from review, and write what it proposes.

    Args:
        workspace: Where cases, templates and kept drafts are.
        file: A Word file, or a PDF with comments.
        letter: The letter's file; found by what stands in the Word file when None.
    """
    content, problems = read_bytes(file, show(file), MAX_FILE)
    if content is None:
        return Taken(None, (), problems)
    if content.startswith(b"%PDF-"):
        return _remarks(workspace, file, content, letter)
    word, problems = wordfile.read(content, show(file))
    if word is None:
        return Taken(None, (), problems)
    found, problems = tracing.origin(workspace, file, _text(word), letter)
    if found is None:
        return Taken(None, (), problems)
    returned, problems = _compared(workspace, word, *found)
    return Taken(None, (), problems) if returned is None else _write(workspace, file, returned)


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
    templates = {text.path: name for name, text in manuscript.templates.items()}
    replacements: dict[str, list[patching.Replacement]] = {}
    unplaced: list[Edit] = []
    for edit in found:
        if edit.facts:
            continue
        section = _section(edit, manuscript)
        made = patching.replacement(edit, section) if section else None
        if section is None or made is None:
            unplaced.append(edit)
        else:
            replacements.setdefault(section.path, []).append(made)
    new = own
    for path, some in replacements.items():
        if manuscript.prose is not None and path == manuscript.prose.path:
            new, _ = patching.applied(own, some)
    for path, some in replacements.items():
        if path in templates:
            text, _ = patching.applied(manuscript.templates[templates[path]].text, some)
            new = _with_section(new, Path(path).stem, text)
    beside = letter.with_suffix(".md")
    shown = beside.resolve().relative_to(workspace.root).as_posix()
    return patching.patch(shown, own, new) if new != own else "", tuple(unplaced)


def _section(edit: Edit, manuscript: Manuscript) -> Section | None:
    """Return where the sentence of an edit is written."""
    if edit.sentence is None or edit.sentence.place.span is None:
        return None
    place = edit.sentence.place
    known = {text.path: text.text for text in manuscript.templates.values()}
    if manuscript.prose is not None:
        known[manuscript.prose.path] = manuscript.prose.text
    text = known.get(place.document)
    line = place.span.line if place.span else 1
    return None if text is None else Section(place.document, line, text)


def _with_section(own: str, name: str, text: str) -> str:
    """Return the letter's Markdown with a section of its own in the place of its family's."""
    heading, break_, rest = text.lstrip().partition("\n")
    if not heading.startswith("#"):
        return f"{text.strip()}\n\n{own}" if name == prose.OPENING else own
    head = heading.partition("{#")[0].rstrip()
    before = f"{own.rstrip()}\n\n" if own.strip() else ""
    return f"{before}{head} {{#{name}}}{break_}{rest.rstrip()}\n"


def _remarks(workspace: Workspace, file: Path, content: bytes, letter: Path | None) -> Taken:
    """Take the comments of a PDF, which says nothing else that a draft does not."""
    from reportgen.review import pdffile  # noqa: PLC0415 - PDFium

    said, problems = pdffile.read(content, show(file))
    if said is None:
        return Taken(None, (), problems)
    found, problems = tracing.origin(workspace, file, said.text, letter)
    if found is None:
        return Taken(None, (), problems)
    _, kept = found
    returned = Returned(kept.draft, kept.number, (), said.remarks, "", ())
    return _write(workspace, file, returned)


def _write(workspace: Workspace, file: Path, returned: Returned) -> Taken:
    folder = workspace.output / returned.draft.name / FOLDER / _plain(file.stem)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "prose.patch").unlink(missing_ok=True)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        message = f"the folder cannot be made: {reason}"
        return Taken(returned, (), (Problem("cannot-write", message, Place(show(folder))),))
    files = {"summary.md": summary(returned, file.name)}
    if returned.patch:
        files["prose.patch"] = returned.patch
    for name, text in files.items():
        problems = atomic.write(folder / name, text.encode(), show(folder / name))
        if problems:
            return Taken(returned, (), problems)
    return Taken(returned, tuple(folder / name for name in files), ())


def _plain(stem: str) -> str:
    """Return a name for a folder that cannot lead out of its place."""
    return "".join(c if c.isalnum() or c in "-_" else "-" for c in stem)[:80] or "file"
