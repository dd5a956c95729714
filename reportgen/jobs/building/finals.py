"""The final copy of a letter, as it lies ready to be sent: whether it is what the letter says today.

The copy is never built over: those may be the very bytes that somebody has sent. Where anything
changed since it was built, the letter is built again elsewhere, through the gate, and held against
it; another letter than the one that lies there is refused.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from reportgen.files.reading import read_bytes
from reportgen.files.showing import show
from reportgen.jobs.building import drafting
from reportgen.jobs.building.ordering import RENDERERS, Order
from reportgen.jobs.drafts import freshness
from reportgen.letters.naming import name_of
from reportgen.problems.model import Place, Problem, has_errors

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reportgen.jobs.drafts.freshness import BuildRecord
    from reportgen.workspace import Workspace

READABLE: Final = ("pdf", "txt")
"""The formats that every record has, whether they went out or not."""


@dataclass(frozen=True, slots=True)
class FinalCopy:
    """A final copy.

    Attributes:
        files: What went out, by name, in the order of the formats.
        copies: The letter in those of `READABLE` that are not among them.
        drafts: The digests of its drafts.
        pages: How many pages it has.
        places: Where each of its sentences begins, by id: the page and the line.
    """

    files: Mapping[str, bytes]
    copies: Mapping[str, bytes] = field(default_factory=dict)
    drafts: tuple[str, ...] = ()
    pages: int | None = None
    places: Mapping[str, tuple[int, int]] = field(default_factory=dict)


Found = tuple["FinalCopy | None", tuple[Problem, ...]]


def final(workspace: Workspace, letter: Path) -> Found:
    """Return the final copy of a letter.

    Returns:
        The copy, and what needs attention; or None and why there is none: `final-missing`,
        `final-altered`, or what stands in the letter's way today.
    """
    order = Order(workspace, workspace.output, (), final=True)
    folder = order.folder(name_of(letter))
    record = freshness.read(folder)
    if record is None or record.letter != name_of(letter) or not record.artifacts:
        return None, (_missing(letter, "there is no final copy of this letter"),)
    files, problems = _files(folder, record)
    if problems:
        return None, problems
    formats = tuple(each for each in RENDERERS if _has(files, each))
    lacking = tuple(each for each in READABLE if each not in formats)
    order = replace(order, formats=formats)
    fresh = drafting.fresh(order, letter) is not None
    wanted = lacking if fresh else (*formats, *lacking)
    if not wanted:
        return FinalCopy(files, {}, record.drafts, record.pages, record.places), ()
    made, again, problems = _again(replace(order, formats=wanted), letter)
    if again is None:
        return None, problems
    same = {name: made.get(name) for name in files} == files
    if again.drafts != record.drafts or not (fresh or same):
        message = "the final copy is not of what this letter says today"
        return None, (*problems, _missing(letter, message))
    copies = {name: content for name, content in made.items() if name not in files}
    pages, places = record.pages or again.pages, record.places or again.places
    return FinalCopy(files, copies, record.drafts, pages, places), problems


def _files(folder: Path, record: BuildRecord) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    found: dict[str, bytes] = {}
    problems: list[Problem] = []
    names = sorted(record.artifacts, key=lambda name: (_position(name), name))
    for name in names:
        # A record is a file like any other: a name in it leads to this folder alone.
        path = folder / Path(name).name
        content, wrong = read_bytes(path, show(path))
        problems += wrong
        if content is None:
            continue
        if sha256(content).hexdigest() != record.artifacts[name]:
            message = "this file is not what was built: somebody has changed it since"
            help_ = "build it again with `reportgen build --final --force`, and send that"
            problems.append(Problem("final-altered", message, Place(show(path)), help_))
        found[path.name] = content
    return found, tuple(problems)


def _again(
    order: Order, letter: Path
) -> tuple[dict[str, bytes], BuildRecord | None, tuple[Problem, ...]]:
    """Build the letter where nobody looks; return its files."""
    with TemporaryDirectory(prefix="reportgen-") as folder:
        (built,) = drafting.build(replace(order, output=Path(folder)), [letter])
        record = freshness.read(built.folder)
        if has_errors(built.problems) or record is None:
            return {}, None, built.problems
        files, problems = _files(built.folder, record)
        return files, None if problems else record, (*built.problems, *problems)


def _has(files: Iterable[str], format_: str) -> bool:
    return any(name.endswith(f".{format_}") for name in files)


def _position(name: str) -> int:
    formats = tuple(RENDERERS)
    ending = name.rpartition(".")[2]
    return formats.index(ending) if ending in formats else len(formats)


def _missing(letter: Path, message: str) -> Problem:
    help_ = f"build it, look at it and send it: `reportgen build {name_of(letter)} --final`"
    return Problem("final-missing", message, Place(show(letter)), help_)
