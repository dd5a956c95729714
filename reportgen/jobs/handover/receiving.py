"""Take records in that another archive handed over.

Whatever comes in is verified before any of it is in the archive: it is unpacked where nothing is a
record yet, with bounds, while the ledger is locked. Either each record of a file is sound and new,
or the same as one that is here, or nothing is taken in. What happened to a record where it comes
from is entered again, line by line, after it.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from reportgen.archive import handover
from reportgen.archive.bags import packing
from reportgen.archive.bags.bagging import TAG_MANIFEST, digest
from reportgen.archive.bags.packing import UnsafeError
from reportgen.archive.handover import CONTENTS, EXTRACT, PAPERS, README, RECORDS, SEALING
from reportgen.archive.laterpapers import PATH, SHA256
from reportgen.archive.layout import Archive
from reportgen.archive.model import Event
from reportgen.files import atomic, folders
from reportgen.files.confining import confine
from reportgen.files.reading import read_bytes
from reportgen.files.showing import show
from reportgen.jobs.handover.handing import NOT_REPEATED, at, papers_of, unsound, unwritable
from reportgen.jobs.ledger import depositing
from reportgen.jobs.verification.judging import Inquiry
from reportgen.problems.model import Problem, Refusal, has_errors
from reportgen.problems.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from reportgen.archive.handover import Extract
    from reportgen.archive.ledger import Head
    from reportgen.archive.model import Entry
    from reportgen.jobs.ledger.booking import Book, OpenBook

_ORIGINS: Final = "_origins"
"""The folder among the papers for what was handed over of other ledgers; no record is called so."""
_IMPORT: Final = "import"
"""The folder, among what is being written, in which a file is unpacked."""
_LIMIT: Final = 1024 * 1024 * 1024
_SHOWN: Final = 12
"""How much of what does not fit together in a file is told."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of an import.

    Attributes:
        taken: The names of the records that were taken in.
        known: Those that were here already, the same.
        since: How many lines about these were entered, of what happened to them since.
        origin: The head of the ledger that they come from.
        proved: Whether its head vouches for them: else lines between were handed over as digests.
        problems: What stood in the way; then nothing was taken in, unless `taken` names some: the
            disk failed between two records.
    """

    taken: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    since: int = 0
    origin: Head | None = None
    proved: bool = True
    problems: tuple[Problem, ...] = field(default=())


def take_in(book: Book, source: Path, head: Head | None = None) -> Imported:
    """Take the records of a file into an archive.

    Args:
        book: The archive's ledger, and who takes them in.
        source: The file.
        head: A head of the origin's ledger that somebody wrote down; None when nobody did.

    Problems: `handover-unreadable`, `handover-unsafe`, `handover-too-large`, `handover-wrong`,
    `record-differs`; those of reading the file and of `depositing.deposit`.
    """
    archive = book.archive
    with book.open() as pages:
        problems = pages.problems or depositing.tidy(pages)
        problems = problems or folders.make(archive.staging, show(archive.staging))
        if problems:
            return Imported(problems=problems)
        staged = archive.staging / _IMPORT
        try:
            shutil.rmtree(staged, ignore_errors=True)
            try:
                with source.open("rb") as file:
                    names = packing.unpack(file, staged)
            except IsADirectoryError:
                return _stopped(source, Refusal("handover-unreadable", "this is a folder"))
            except UnsafeError as unsafe:
                return _stopped(source, unsafe.refusal)
            return _Import(pages, source, Archive(staged), head).take(names)
        except OSError as error:
            there = source.exists()
            return Imported(problems=(unwritable(archive.root if there else source, error),))
        finally:
            shutil.rmtree(staged, ignore_errors=True)


@dataclass(slots=True)
class _Import:
    """A file of records, unpacked where nothing is a record yet.

    Attributes:
        pages: The ledger that they come into, locked.
        source: The file.
        staged: What was unpacked, which has the places of an archive.
        head: What the head of the origin's ledger should be.
    """

    pages: OpenBook
    source: Path
    staged: Archive
    head: Head | None

    def take(self, names: Iterable[str]) -> Imported:
        contents = self._contents()
        if isinstance(contents, Refusal):
            return _stopped(self.source, contents)
        extract_content, problems = read_bytes(self.staged.root / EXTRACT, EXTRACT, _LIMIT)
        extract = handover.read(extract_content or b"")
        unread = [f"{EXTRACT}: {each.message}" for each in problems]
        wrong = unread or [*self._wrong(contents, extract, names)]
        if wrong:
            told = (Refusal("handover-wrong", each) for each in wrong[:_SHOWN])
            return _stopped(self.source, *told)
        inquiry = Inquiry(self.staged, self.pages.book.clock, rendering=False)
        found = [
            problem
            for name in contents.records
            for problem in unsound(inquiry, name, _lines_of(extract, name), "handover-wrong")
        ]
        new, known, differing = self._compared(contents.records)
        found += (each.at(at(self.source)) for each in differing)
        if found:
            return Imported(problems=tuple(found))
        return self._taken(new, known, extract, extract_content or b"")

    def _contents(self) -> handover.Contents | Refusal:
        content, problems = read_bytes(self.staged.root / CONTENTS, CONTENTS, _LIMIT)
        if content is None:
            reason = f"{CONTENTS}: {problems[0].message}"
            return Refusal("handover-unreadable", f"this is no file of records: {reason}")
        try:
            contents = handover.Contents.model_validate_json(content)
        except (ValidationError, RecursionError):
            message = f"this is no file of records, or of a later version: see {CONTENTS}"
            return Refusal("handover-unreadable", message)
        return contents

    def _wrong(
        self, contents: handover.Contents, extract: Extract, names: Iterable[str]
    ) -> Iterator[str]:
        """Yield what does not fit together in the file as a whole."""
        yield from (f"{EXTRACT}: {fault}" for fault in extract.faults)
        if str(extract.head) != contents.head:
            yield f"{EXTRACT} has the head {extract.head}, and {CONTENTS} says {contents.head}"
        if self.head is not None and extract.head_at(self.head.number) != self.head:
            yield f"the ledger that it comes from never had the head {self.head}"
        if self.head is not None and not extract.proved:
            yield (
                f"that the head {self.head} vouches for its records cannot be proved, since lines "
                "of others were handed over as digests; ask for an export without --private"
            )
        if list(contents.records) != sorted(set(contents.records)):
            yield f"{CONTENTS} does not list the records once each, in order"
        papers = {
            f"{PAPERS}{paper}"
            for record in contents.records
            for paper in papers_of(extract.of(record))
        }
        known = {README, CONTENTS, EXTRACT} | papers
        bags = tuple(f"{RECORDS}{record}/" for record in contents.records)
        for name in names:
            if name not in known and not name.startswith(bags):
                yield f"the part {quoted(name)} belongs to none of its records"

    def _compared(self, records: Iterable[str]) -> tuple[list[str], list[str], list[Refusal]]:
        """Return records that are new, those that are here, and why others cannot come in."""
        archive = self.pages.book.archive
        here: dict[str, list[Entry]] = {}
        for entry in self.pages.ledger.entries:
            here.setdefault(entry.record, []).append(entry)
        new, known, differing = [], [], []
        for record in records:
            lines = here.get(record, [])
            bags = {each.bag for each in lines if each.event in SEALING}
            if any(each.event is Event.DISPOSED for each in lines):
                message = f"{record} was here, and was disposed of"
                differing.append(Refusal("record-differs", message))
            elif not bags and not os.path.lexists(archive.bag(record)):
                new.append(record)
            elif bags == {_digest_of(self.staged, record)} == {_digest_of(archive, record)}:
                known.append(record)
            else:
                message = f"there is another record here that is called {record}"
                differing.append(Refusal("record-differs", message))
        return new, known, differing

    def _taken(
        self, new: list[str], known: list[str], extract: Extract, content: bytes
    ) -> Imported:
        made = sha256(content).hexdigest()
        told = {PATH: f"{_ORIGINS}/{extract.head}-{made[:8]}.txt", SHA256: made}
        problems: tuple[Problem, ...] = ()
        taken: list[str] = []
        if new:
            problems = self._paper(told[PATH], content)
        for record in new if not problems else ():
            entries = extract.of(record)
            sealed = next(each for each in entries if each.event in SEALING)
            problems += self._papers_of(entries)
            if has_errors(problems):
                break
            entry, found = depositing.deposit(
                self.pages,
                record,
                lambda folder, name=record: self._moved(name, folder),  # type: ignore[misc]
                Event.IMPORTED,
                {**sealed.details, **_origin(sealed, extract), **told},
            )
            problems += found
            if entry is None:
                break
            taken.append(record)
            problems += self._followed(record, extract)[1]
        since = 0
        for record in known if not has_errors(problems) else ():
            entered, found = self._followed(record, extract)
            since += entered
            problems += found
        problems = tuple(dict.fromkeys(problems))
        return Imported(tuple(taken), tuple(known), since, extract.head, extract.proved, problems)

    def _followed(self, record: str, extract: Extract) -> tuple[int, tuple[Problem, ...]]:
        """Enter what happened to a record where it comes from, as far as it is not entered here.

        So what was held or asked there since, or was not entered here by one that was killed,
        comes with the next file of the same record.
        """
        ledger = self.pages.ledger
        here = {_first_place(each) for each in ledger.entries if each.record == record}
        lines = [
            each
            for each in extract.of(record)
            if each.event not in NOT_REPEATED and _first_place(each) not in here
        ]
        problems = self._papers_of(lines)
        if problems:
            return 0, problems
        entered = 0
        for each in lines:
            details = {**_origin(each, extract), **each.details}
            entry, found = self.pages.enter(each.event, record, None, details)
            entered += entry is not None
            problems += found
        return entered, problems

    def _moved(self, record: str, folder: Path) -> str:
        """Put an unpacked bag where bags are staged, and return its digest."""
        self.staged.bag(record).rename(folder)
        return digest((folder / TAG_MANIFEST).read_bytes())

    def _papers_of(self, entries: Iterable[Entry]) -> tuple[Problem, ...]:
        problems: tuple[Problem, ...] = ()
        for paper in papers_of(entries):
            content, found = read_bytes(self.staged.papers / paper, show(self.source))
            problems += found or self._paper(paper, content or b"")
        return problems

    def _paper(self, name: str, content: bytes) -> tuple[Problem, ...]:
        """Keep a paper under the name that it had."""
        papers = self.pages.book.archive.papers
        problems = folders.make(papers, show(papers))
        path = confine(papers, name)
        if isinstance(path, Refusal):
            return (*problems, path.at(at(self.source)))
        problems = problems or folders.make(path.parent, show(path.parent))
        return problems or atomic.write(path, content, show(path))


def _origin(entry: Entry, extract: Extract) -> dict[str, str]:
    """Return what is said of where a line comes from; the place where it was first stays."""
    return {
        "origin": str(extract.head),
        "origin-line": str(entry.number),
        "origin-at": entry.at.isoformat(),
        "origin-by": entry.by,
    }


def _first_place(entry: Entry) -> tuple[str, str, str]:
    """Return what tells a line from all others, wherever it was entered again since."""
    said = entry.details
    number = said.get("origin-line", str(entry.number))
    return entry.event, number, said.get("origin-at", entry.at.isoformat())


def _lines_of(extract: Extract, record: str) -> list[Entry]:
    return [_without_origin(each) for each in extract.of(record)]


def _without_origin(entry: Entry) -> Entry:
    """Leave out what an earlier origin's ledger handed over: it stays with the earlier origin."""
    if entry.event not in SEALING:
        return entry
    kept = {key: value for key, value in entry.details.items() if key not in {PATH, SHA256}}
    return entry.model_copy(update={"details": kept})


def _digest_of(archive: Archive, record: str) -> str | None:
    """Return the digest of a bag that lies in an archive."""
    content, _ = read_bytes(archive.bag(record) / TAG_MANIFEST)
    return None if content is None else digest(content)


def _stopped(source: Path, *refusals: Refusal) -> Imported:
    return Imported(problems=tuple(each.at(at(source)) for each in refusals))
