"""Redline a letter: two of its drafts, kept or composed today, made into files to be read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from reportgen.files import folders
from reportgen.jobs.drafts.composing import composition
from reportgen.jobs.drafts.gathering import Gatherer
from reportgen.jobs.review import keeping, reviewing
from reportgen.letters.naming import name_of, whole
from reportgen.problems.model import Problem, Severity
from reportgen.rendering.model import Edition, Revision
from reportgen.rendering.page import continuation
from reportgen.review.log import drafts
from reportgen.review.redlines.redlining import redline

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from reportgen.letters.draft import Draft
    from reportgen.rendering.model import Artifact, Stationery
    from reportgen.review.model import Redline
    from reportgen.workspace import Workspace

FORMATS: Final = ("pdf", "docx", "html")
FOLDER: Final = "redlines"
TODAYS: Final = "today’s draft"
TODAY: Final = "today"
"""What the draft of today is called in the name of a file, where others have their number."""


@dataclass(frozen=True, slots=True)
class Redlined:
    """What became of a redline.

    Attributes:
        redline: The redline; None when one of the drafts is missing.
        names: What the two drafts are called.
        paths: The files that were written.
        problems: What is wrong, and what today's draft leaves open.
    """

    redline: Redline | None
    names: tuple[str, str]
    paths: tuple[Path, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Desk:
    """What a redline is made of: both drafts, what they are called, and the letter's styles."""

    drafts: tuple[Draft, Draft]
    names: tuple[str, str]
    stationery: Mapping[str, Stationery]


def write(
    workspace: Workspace,
    letter: Path,
    called: tuple[str | None, str | None],
    formats: tuple[str, ...],
) -> Redlined:
    """Write the redline of two drafts of a letter.

    Args:
        workspace: Where cases and templates are.
        letter: The letter's file.
        called: The drafts by their numbers or versions, the earlier one first. None is the last
            that was sent to review, and for the later one today's.
        formats: Which files are written, of `FORMATS`.
    """
    desk, problems = _desk(workspace, letter, called, formats)
    if desk is None:
        return Redlined(None, ("", ""), (), problems)
    made = compared(*desk.drafts)
    base = "-".join(("redline", *(name.removeprefix("draft ") for name in desk.names)))
    base = base.replace(TODAYS, TODAY)
    artifacts, found = rendered(made, desk.names, desk.stationery, base)
    problems = (*problems, *found)
    if any(each.severity is Severity.ERROR for each in found):
        return Redlined(made, desk.names, (), problems)
    paths, found = _write(artifacts, workspace.output / name_of(letter) / FOLDER)
    return Redlined(made, desk.names, paths, (*problems, *found))


def _desk(
    workspace: Workspace,
    letter: Path,
    called: tuple[str | None, str | None],
    formats: tuple[str, ...],
) -> tuple[_Desk | None, tuple[Problem, ...]]:
    looks = tuple(_look(each) for each in formats)
    path, log = whole(letter), reviewing.read_log(letter)
    if called[0] is None and drafts.sent(log):
        old, problems = keeping.last(path, log)
    else:
        old, problems = keeping.named(path, log, called[0] or "1")
    if old is None:
        return None, problems
    if called[1] is None:
        composed, found = composition(workspace, letter, looks)
        if composed is None:
            return None, found
        pair, names = (old.draft, composed.draft), (str(old), TODAYS)
        return _Desk(pair, names, composed.gathered.stationery), found
    new, problems = keeping.named(path, log, called[1])
    if new is None:
        return None, problems
    gathered = Gatherer(workspace).gather(letter, looks)
    if any(look not in gathered.stationery for look in looks):
        return None, gathered.problems
    names = (str(old), str(new))
    return _Desk((old.draft, new.draft), names, gathered.stationery), ()


def _look(format_: str) -> str:
    """Return in what a format is dressed: a DOCX as any letter is."""
    return format_ if format_ == "docx" else f"redline.{format_}"


def compared(old: Draft, new: Draft) -> Redline:
    """Return the redline of two drafts as their pages would be."""
    return redline(old, new, (tuple(_heads(old)), tuple(_heads(new))))


def _heads(draft: Draft) -> Iterator[tuple[str, str]]:
    """Yield what stands at the head and the foot of the pages of a draft."""
    if draft.marking:
        yield "marking", draft.marking
    names, date = continuation(draft)
    yield from (("name", name) for name in names)
    yield "date", date
    yield "legend", Edition().legend(draft.digest) or ""


def rendered(
    made: Redline, names: tuple[str, str], stationery: Mapping[str, Stationery], base: str
) -> tuple[tuple[Artifact, ...], tuple[Problem, ...]]:
    """Return the files of a redline, one for each look in `stationery`: `redline.pdf` and so on.

    Args:
        made: The redline.
        names: What its drafts are called.
        stationery: The styles and fonts of each format.
        base: The name of the files without its ending.
    """
    artifacts: list[Artifact] = []
    problems: list[Problem] = []
    for look, dress in stationery.items():
        artifact, found = _rendered(made, names, look, dress)
        problems += found
        if artifact is not None:
            ending = artifact.name.rpartition(".")[2]
            artifacts.append(replace(artifact, name=f"{base}.{ending}"))
    return tuple(artifacts), tuple(problems)


def _rendered(
    made: Redline, names: tuple[str, str], look: str, dress: Stationery
) -> tuple[Artifact | None, tuple[Problem, ...]]:
    if look == "docx":
        return _word_file(made, dress)
    from reportgen.rendering import html, pdf  # noqa: PLC0415 - WeasyPrint
    from reportgen.review.formats.redline import shown  # noqa: PLC0415 - as these

    if look.endswith("pdf"):
        return pdf.render(shown(made, names, changes_first=False), dress)
    return html.render(shown(made, names, changes_first=True), dress)


def _word_file(made: Redline, dress: Stationery) -> tuple[Artifact | None, tuple[Problem, ...]]:
    """Return the redline with tracked changes, proved against the files of its two drafts."""
    from reportgen.rendering import docx  # noqa: PLC0415 - python-docx
    from reportgen.review.returned.proving import prove  # noqa: PLC0415 - as this

    after = made.after
    tree = replace(after, document=made.document, charts=made.charts, pictures=made.pictures)
    revision = Revision(after.author, after.date, made.heads)
    artifact, problems = docx.render(tree, dress, revision=revision)
    old, found_old = docx.render(made.before, dress)
    new, found_new = docx.render(after, dress)
    problems = tuple(dict.fromkeys((*problems, *found_old, *found_new)))
    if artifact is None or old is None or new is None:
        return None, problems
    prove(artifact.content, old.content, new.content)
    return artifact, problems


def _write(
    artifacts: tuple[Artifact, ...], folder: Path
) -> tuple[tuple[Path, ...], tuple[Problem, ...]]:
    problems = folders.fill(folder, {each.name: each.content for each in artifacts})
    return (() if problems else tuple(folder / each.name for each in artifacts)), problems
