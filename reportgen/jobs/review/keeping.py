"""Drafts kept beside their letter, under their digests: what was sent to review or approved.

Which number a draft was given stands in the letter's log; see `review.log.drafts`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reportgen.files import atomic, folders
from reportgen.files.reading import read_bytes
from reportgen.files.showing import show
from reportgen.letters import keeping
from reportgen.problems.model import Place, Problem, Refusal
from reportgen.review.log import drafts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reportgen.letters.draft import Draft
    from reportgen.review.log.lines import Log

SUFFIX: Final = ".drafts"
"""What the folder of a letter's kept drafts is called, after the letter's name."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft that was kept, and the number under which it was sent; None when it never was."""

    number: int | None
    draft: Draft

    def __str__(self) -> str:
        """Return what people call it."""
        return drafts.called(self.number, self.draft.digest)


def folder_of(letter: Path) -> Path:
    """Return the folder of a letter's kept drafts, whether it is there or not."""
    return letter.with_suffix(SUFFIX)


def path_of(letter: Path, digest: str) -> Path:
    """Return where the draft of a digest is kept, whether it is there or not."""
    return folder_of(letter) / f"{digest[:16]}.json"


def every(letter: Path, beginning: str = "") -> Iterator[Draft]:
    """Yield the drafts of a letter whose digests begin so, but for those that cannot be read."""
    for path in sorted(folder_of(letter).glob(f"{beginning}*.json")):
        content, _ = read_bytes(path, show(path), keeping.LIMIT)
        draft, _ = keeping.read(content, show(path)) if content is not None else (None, ())
        if draft is not None and path == path_of(letter, draft.digest):
            yield draft


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


def is_name(text: str) -> bool:
    """Whether a text can be the number or the version of a draft."""
    return drafts.NAME.fullmatch(text) is not None


def named(letter: Path, log: Log, name: str) -> tuple[Kept | None, tuple[Problem, ...]]:
    """Return the draft that somebody calls by its number or its version.

    Problems: `unknown-draft`, `draft-ambiguous`, those of reading, `draft-unreadable`,
    `draft-altered`.
    """
    found = drafts.named(log, name)
    if isinstance(found, Refusal):
        return None, (found.at(Place(show(letter))),)
    return _read(letter, *found)


def last(letter: Path, log: Log, but: str = "") -> tuple[Kept | None, tuple[Problem, ...]]:
    """Return the draft that was sent to review last, if any was; the one of digest `but` is not."""
    for each in reversed(drafts.sent(log)):
        if each.digest != but:
            return _read(letter, each.number, each.digest)
    return None, ()


def _read(letter: Path, number: int | None, digest: str) -> tuple[Kept | None, tuple[Problem, ...]]:
    draft, problems = kept(letter, digest)
    if draft is not None:
        return Kept(number, draft), ()
    place = Place(show(path_of(letter, digest)))
    message = "this is another draft than the one that was kept"
    altered = Problem("draft-altered", message, place, "restore it from version control")
    return None, problems or (altered,)
