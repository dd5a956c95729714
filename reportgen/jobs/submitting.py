"""What submitted letters said: kept when a letter was sent, and held against what is said next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.files import atomic, folders
from reportgen.files.reading import read_bytes
from reportgen.files.showing import show
from reportgen.jobs import freshness
from reportgen.jobs.papers import submitted, submitted_path
from reportgen.problems.model import Place, Problem
from reportgen.review import consistency

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.jobs.composing import Composition
    from reportgen.letters.draft import Draft
    from reportgen.letters.loading import Manuscript
    from reportgen.review.consistency import Submitted
    from reportgen.workspace import Workspace


def before(workspace: Workspace) -> tuple[dict[str, Submitted], tuple[Problem, ...]]:
    """Return what submitted letters said, by the paths of their files."""
    found: dict[str, Submitted] = {}
    problems: list[Problem] = []
    for path in submitted(workspace):
        content, wrong = read_bytes(path, show(path), consistency.LIMIT)
        problems.extend(wrong)
        if content is not None:
            said, wrong = consistency.read(content, show(path))
            problems.extend(wrong)
            if said is not None:
                found[show(path)] = said
    return found, tuple(problems)


def said_otherwise(
    workspace: Workspace, manuscript: Manuscript, draft: Draft
) -> tuple[Problem, ...]:
    """Return what a draft says otherwise than submitted letters did."""
    known, problems = before(workspace)
    corrects = manuscript.letter.corrects
    return (*problems, *consistency.said_otherwise(draft, corrects, known, manuscript.path))


def sent(
    letter: Path, composed: Composition, final: Path
) -> tuple[Path | None, tuple[Problem, ...]]:
    """Keep what a letter says, once its final copy has been sent.

    Args:
        letter: The letter's file.
        composed: The letter as it is today.
        final: The folder of its final copy.

    Returns:
        The file of facts and no problem; or None and why nothing is kept: `final-missing`, when
        there is no final copy of what the letter says today; `cannot-write`.
    """
    from reportgen.letters.versions import versions  # noqa: PLC0415 - only here

    draft, manuscript = composed.draft, composed.manuscript
    copies, _ = versions(draft, manuscript.letter.confidentiality, manuscript.path)
    record = freshness.read(final)
    if record is None or record.drafts != tuple(each.digest for each in copies):
        message = "there is no final copy of what this letter says today"
        help_ = f"build it first: `reportgen build {draft.name} --final`"
        return None, (Problem("final-missing", message, Place(show(letter)), help_),)
    names = (each.tenure.name for each in manuscript.addressees)
    said = consistency.submitted(draft, names, manuscript.letter.corrects)
    path = submitted_path(letter)
    problems = folders.make(path.parent, show(path.parent)) or atomic.write(
        path, consistency.written(said), show(path)
    )
    return (None if problems else path), problems
