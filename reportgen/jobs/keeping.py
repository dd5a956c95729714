"""Drafts kept beside their letter, under their digests: what was sent to review or approved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportgen.files import atomic, folders
from reportgen.files.reading import read_bytes
from reportgen.files.showing import show
from reportgen.letters import keeping

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.letters.draft import Draft
    from reportgen.problems.model import Problem

SUFFIX: Final = ".drafts"
"""What the folder of a letter's kept drafts is called, after the letter's name."""


def path_of(letter: Path, digest: str) -> Path:
    """Return where the draft of a digest is kept, whether it is there or not."""
    return letter.with_suffix(SUFFIX) / f"{digest[:16]}.json"


def keep(draft: Draft, letter: Path) -> tuple[Problem, ...]:
    """Keep a draft of a letter; one that is kept already stays as it is.

    Returns:
        Nothing, or one problem `cannot-write`.
    """
    path = path_of(letter, draft.digest)
    if kept(letter, draft.digest)[0] is not None:
        return ()
    return folders.make(path.parent, show(path.parent)) or atomic.write(
        path, keeping.keep(draft), show(path)
    )


def kept(letter: Path, digest: str) -> tuple[Draft | None, tuple[Problem, ...]]:
    """Return the draft of a digest that was kept of a letter, if it is there and whole."""
    path = path_of(letter, digest)
    content, problems = read_bytes(path, show(path), keeping.LIMIT)
    if content is None:
        return None, problems
    draft, problems = keeping.read(content, show(path))
    return (draft if draft is not None and draft.digest == digest else None), problems
