"""From which draft a file was made that came back: by the version on its pages, else by its words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reportgen.files.showing import show
from reportgen.jobs import finding
from reportgen.jobs.review import keeping, reviewing
from reportgen.jobs.review.keeping import Kept
from reportgen.letters.naming import name_of, whole
from reportgen.problems.model import Place, Problem
from reportgen.review.log import drafts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from reportgen.workspace import Workspace

_ALIKE: Final = 0.5
"""Which part of a draft's runs of words a file has, at least, to have been made from it."""
_RUN: Final = 3
"""How many words in a row are looked for: single ones are the same in all letters of a case."""
_LEGEND: Final = re.compile(r"\bv([0-9A-F]{6})\b")


def origin(
    workspace: Workspace, file: Path, text: str, letter: Path | None = None
) -> tuple[tuple[Path, Kept] | None, tuple[Problem, ...]]:
    """Return the letter and the draft that a file was made from.

    Args:
        workspace: Where letters and their kept drafts are.
        file: The file, for what is said of it.
        text: What its pages say, heads and feet too.
        letter: The letter that it is of, when somebody has said so.

    Returns:
        Both and no problem; or None and one problem, `returned-unknown`.
    """
    letters = finding.letters_in(workspace) if letter is None else (letter,)
    letters = tuple(each for each in map(whole, letters) if keeping.folder_of(each).is_dir())
    versions = {match.lower() for match in _LEGEND.findall(text)}
    said = _words(text)
    best: tuple[Path, Kept] | None = None
    most = _ALIKE
    # The legend tells drafts of one letter apart, which say nearly the same.
    for path, kept in _kept(letters, versions) if versions else ():
        likeness = 1 + _likeness(kept, said)
        if likeness > most:
            best, most = (path, kept), likeness
    # Pages with a version of which nothing was kept are of another draft, unless somebody says so.
    by_words = best is None and not (versions and letter is None)
    for path, kept in _kept(letters, {""}) if by_words else ():
        likeness = _likeness(kept, said)
        if likeness > most:
            best, most = (path, kept), likeness
    return (best, ()) if best else (None, (_unknown(file, letters, letter, versions),))


def _kept(letters: Iterable[Path], beginnings: Iterable[str]) -> Iterator[tuple[Path, Kept]]:
    """Yield the drafts whose digests begin so, of each letter the one that was sent last first."""
    for letter in letters:
        numbers = {each.digest: each.number for each in drafts.sent(reviewing.read_log(letter))}
        order = list(numbers)
        found = [
            draft
            for beginning in beginnings
            for draft in keeping.every(letter, beginning)
            if draft.name == name_of(letter)
        ]
        found.sort(key=lambda d: order.index(d.digest) if d.digest in numbers else -1, reverse=True)
        yield from ((letter, Kept(numbers.get(each.digest), each)) for each in found)


def _likeness(kept: Kept, said: set[tuple[str, ...]]) -> float:
    words = _words(kept.draft.document.text())
    return len(words & said) / max(len(words), 1)


def _words(text: str) -> set[tuple[str, ...]]:
    """Return the runs of words of a text; all of it where it has no more words than one run."""
    said = [word.casefold() for word in text.split()]
    return {tuple(said[at : at + _RUN]) for at in range(max(len(said) - _RUN + 1, 1))}


def _unknown(
    file: Path, letters: tuple[Path, ...], letter: Path | None, versions: set[str]
) -> Problem:
    if not letters:
        message = "no draft of any letter was kept, with which the file could be compared"
    elif letter is None and versions:
        borne = " and ".join(f"v{each.upper()}" for each in sorted(versions)[:3])
        message = f"its pages bear {borne}, of which no draft was kept"
    elif letter is None:
        message = "the file was made from no draft that was kept"
    else:
        message = f"the file was made from no draft of {name_of(letter)} that was kept"
    help_ = "`reportgen review LETTER` keeps the draft that it sends"
    if letters and letter is None:
        help_ += "; `--letter LETTER` compares the file with the drafts of that letter"
    return Problem("returned-unknown", message, Place(show(file)), help_)
