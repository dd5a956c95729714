"""Serial letters: one letter to many recipients, each a file of their own, made side by side.

Every copy that is done is noted in a journal, with the digest of its files. Whoever is stopped, by
a power cut or by hand, goes on where they were, as long as nothing has changed that the copies are
made from; else all begins anew. At the end stand a manifest and one file for the printer.
"""

from __future__ import annotations

import gc
import json
from collections import deque
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reportgen.files import folders
from reportgen.files.reading import read_bytes
from reportgen.files.showing import show
from reportgen.jobs import papers
from reportgen.jobs.catalog import earlier
from reportgen.jobs.drafts import freshness
from reportgen.jobs.drafts.composing import Composition
from reportgen.jobs.drafts.gathering import Gatherer
from reportgen.jobs.people import looking_up
from reportgen.jobs.review import gating
from reportgen.jobs.series import manifest
from reportgen.jobs.series.copying import Copier
from reportgen.jobs.series.journaling import Journal
from reportgen.letters import mailing
from reportgen.letters.mailing import Listed
from reportgen.letters.naming import name_of
from reportgen.problems.model import Place, Problem, Refusal, has_errors
from reportgen.problems.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from reportgen.jobs.series.copying import Copied, CopyFile
    from reportgen.workspace import Workspace

_COLLECTED_AFTER: Final = 50_000
"""How many new objects make a worker look for circles among them."""

_AHEAD: Final = 4
"""How many copies are handed to each worker before it has done the first."""


@dataclass(frozen=True, slots=True)
class Series:
    """A letter and all to whom it goes.

    Attributes:
        workspace: Where cases, templates and output are.
        letter: The letter's file.
        recipients: Who gets a copy, in the order of the list.
        formats: The formats of each copy.
        final: Whether the copies that are sent are made.
        workers: How many processes work side by side.
    """

    workspace: Workspace
    letter: Path
    recipients: tuple[Listed, ...]
    formats: tuple[str, ...] = ("pdf",)
    final: bool = False
    workers: int = 1

    @property
    def folder(self) -> Path:
        """Where the copies are written."""
        return manifest.folder(self.workspace, self.letter, final=self.final)


@dataclass(frozen=True, slots=True)
class Posted:
    """What became of a series.

    Attributes:
        folder: Where its files are.
        copies: The files of each copy, by the number of its recipient.
        kept: How many copies were there already.
        attention: What needs attention in those, a line each.
        papers: The manifest, and the file for the printer.
        problems: What is wrong.
    """

    folder: Path
    copies: Mapping[int, tuple[CopyFile, ...]]
    kept: int
    papers: tuple[Path, ...]
    problems: tuple[Problem, ...]
    attention: tuple[str, ...] = ()


def listed(
    workspace: Workspace, letter: Path, file: Path, encoding: str
) -> tuple[tuple[Listed, ...], tuple[Problem, ...]]:
    """Read the list of those to whom a letter goes; see `letters.mailing.read`."""
    day, problems = _day(workspace, letter)
    if day is None:
        return (), problems
    content, problems = read_bytes(file, show(file), mailing.LIMIT)
    if content is None:
        return (), problems
    return mailing.read(content, day, show(file), encoding)


def looked_up(
    workspace: Workspace, letter: Path, query: str, role: str | None
) -> tuple[tuple[Listed, ...], tuple[Problem, ...]]:
    """Return those offices of the directory to which a letter goes; see `jobs.people.looking_up`.

    An office that nobody holds on the day of the letter is a problem, and then nobody gets one.
    """
    day, problems = _day(workspace, letter)
    if day is None:
        return (), problems
    found = looking_up.look_up(query, workspace.root, day, role)
    if isinstance(found, Refusal):
        return (), (found.at(Place(show(letter))),)
    recipients: list[Listed] = []
    wrong = list(found.problems)
    for number, office in enumerate(found.offices, 1):
        name, _, held = office.id.partition(".")
        path = workspace.lookup(f"directory/{name}.yaml")
        place = Place(show(path) if isinstance(path, Path) else name, ("offices", held))
        if isinstance(office.holder, Refusal):
            wrong.append(office.holder.at(place))
        else:
            recipients.append(Listed(number, office.holder, place))
    if not found.offices:
        message = f"the directory has no office for {quoted(query)}"
        help_ = "`reportgen directory` lists them"
        wrong.append(Problem("unknown-recipient", message, Place(show(letter)), help_))
    return (() if has_errors(wrong) else tuple(recipients)), tuple(wrong)


def _day(workspace: Workspace, letter: Path) -> tuple[date | None, tuple[Problem, ...]]:
    """Return the date that a letter bears."""
    gathered = Gatherer(workspace).gather(letter)
    if gathered.manuscript is None:
        return None, gathered.problems
    return gathered.manuscript.letter.date.earliest, ()


def write(series: Series, told: Callable[[int], object]) -> Posted:
    """Make every copy of a series that is not there yet, and the papers about all of them.

    Args:
        series: What is to be made.
        told: Called with how many copies are done, whenever there are more.

    Returns:
        What was made. Problems are those of the letter, for a final one those of its gate, and of
        each copy; `serial-differs`; `serial-stopped` when a worker was killed; `cannot-write`.
    """
    copier = Copier(series.workspace, series.letter, series.formats, final=series.final)
    problems = (*copier.problems, *_gate(series, copier))
    if copier.draft is None or has_errors(problems):
        return Posted(series.folder, {}, 0, (), problems)
    unmade = folders.make(series.folder, show(series.folder), parents=True)
    if unmade:
        return Posted(series.folder, {}, 0, (), (*problems, *unmade))
    journal = Journal(series.folder, _key(series, copier))
    manifest.discard(series.folder)
    wrong, there = journal.begin()
    copies = {number: done.files for number, done in there.items()}
    told(len(copies))
    left = [each for each in series.recipients if each.number not in copies]
    found: list[Problem] = [*wrong]
    for copied in _made(series, left, found) if not wrong else ():
        found += copied.problems
        if copied.files:
            copies[copied.number] = copied.files
            found += journal.note(copied)
            told(len(copies))
    written: tuple[Path, ...] = ()
    if len(copies) == len(series.recipients) and not has_errors(found):
        entries = [(to, each) for to in series.recipients for each in copies[to.number]]
        mailed = manifest.Mailed(name_of(series.letter), copier.drafts, series.final)
        written, wrong = manifest.write(mailed, entries, series.folder)
        found += wrong
    attention = tuple(line for done in there.values() for line in done.attention)
    problems = (*problems, *found)
    return Posted(series.folder, copies, len(there), written, problems, attention)


def _gate(series: Series, copier: Copier) -> tuple[Problem, ...]:
    """Return what stands between the letter, as its file addresses it, and its final copies."""
    if copier.manuscript is None or copier.draft is None:
        return ()
    said = earlier.said_otherwise(series.workspace, copier.manuscript, copier.draft)
    if not series.final:
        return said
    composed = Composition(copier.draft, copier.manuscript, copier.gathered)
    return (*said, *gating.passed(series.workspace, composed, None))


def _key(series: Series, copier: Copier) -> str:
    """Return a digest of all that copies are made from."""
    inputs = freshness.digests(copier.gathered.files)
    said = (
        freshness.program(),
        series.formats,
        series.final,
        papers.state(series.workspace, series.letter, final=series.final),
        sorted(inputs.items()),
        [(each.number, repr(each.addressee)) for each in series.recipients],
    )
    return sha256(json.dumps(said).encode()).hexdigest()


# --- the copies ---------------------------------------------------------------------------------


class _Worker:
    """What a process keeps between copies."""

    copier: Copier
    folder: Path


def _begin(workspace: Workspace, letter: Path, formats: tuple[str, ...], final: bool) -> None:  # noqa: FBT001 - of a process
    # What a copy is made with stays to its end; Python's own 700 costs a sixth of each.
    gc.set_threshold(_COLLECTED_AFTER)
    _Worker.copier = Copier(workspace, letter, formats, final=final)


def _copy(to: Listed, folder: Path) -> Copied:
    return _Worker.copier.copy(to, folder)


def _made(series: Series, left: list[Listed], problems: list[Problem]) -> Iterator[Copied]:
    """Yield copies as they are done; only a few wait for a worker, so that memory stays flat."""
    if not left:
        return
    pool = ProcessPoolExecutor(
        max(1, min(series.workers, len(left))),
        # Not forked: the libraries that set type have threads and locks of their own.
        mp_context=get_context("spawn"),
        initializer=_begin,
        initargs=(series.workspace, series.letter, series.formats, series.final),
    )
    waiting = deque(left)
    running: set[Future[Copied]] = set()
    try:
        while waiting or running:
            while waiting and len(running) < _AHEAD * series.workers:
                running.add(pool.submit(_copy, waiting.popleft(), series.folder))
            done, running = wait(running, return_when=FIRST_COMPLETED)
            yield from (each.result() for each in done)
    except BrokenProcessPool:
        message = "a process that made copies was stopped from outside"
        help_ = "run the command again: it goes on where it was; --jobs 1 takes least memory"
        problems.append(Problem("serial-stopped", message, Place(show(series.letter)), help_))
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
