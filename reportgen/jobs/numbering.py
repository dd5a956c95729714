"""The drafts of a letter that were sent to review, by their numbers.

Each is kept beside what is made of the letter, as `drafts/1.json`, `drafts/2.json`: the first sent
has the number 1. The same draft sent twice keeps its number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportgen.files import atomic
from reportgen.files.reading import read_bytes
from reportgen.files.showing import show
from reportgen.letters import keeping
from reportgen.problems.model import Place, Problem

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.letters.draft import Draft

FOLDER: Final = "drafts"


def numbers(folder: Path) -> tuple[int, ...]:
    """Return the numbers of the drafts kept in the folder of a letter, from the first."""
    names = (path.stem for path in (folder / FOLDER).glob("*.json"))
    return tuple(sorted(int(name) for name in names if name.isascii() and name.isdecimal()))


def read(folder: Path, number: int) -> tuple[Draft | None, tuple[Problem, ...]]:
    """Return the draft of a number, or None and what stands in its way.

    Problems: `unknown-draft`, those of reading, `draft-unreadable`, `draft-altered`.
    """
    path = folder / FOLDER / f"{number}.json"
    known = numbers(folder)
    if number not in known:
        kept = ", ".join(map(str, known))
        return None, (
            Problem(
                "unknown-draft",
                f"no draft {number} of this letter was kept",
                Place(show(folder / FOLDER)),
                f"these were: {kept}" if kept else "`reportgen review` keeps one",
            ),
        )
    content, problems = read_bytes(path, show(path), keeping.LIMIT)
    return (None, problems) if content is None else keeping.read(content, show(path))


def keep(draft: Draft, folder: Path) -> tuple[int, tuple[Problem, ...]]:
    """Keep a draft under the next number, or find the number under which it is kept already.

    Returns:
        Its number and nothing else, or 0 and what stands in the way.
    """
    known = numbers(folder)
    content = keeping.keep(draft)
    if known and (folder / FOLDER / f"{known[-1]}.json").read_bytes() == content:
        return known[-1], ()
    number = known[-1] + 1 if known else 1
    path = folder / FOLDER / f"{number}.json"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        message = f"the folder cannot be made: {reason}"
        return 0, (Problem("cannot-write", message, Place(show(path.parent))),)
    problems = atomic.write(path, content, show(path))
    return (0, problems) if problems else (number, ())
