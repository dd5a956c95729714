"""What comes after a letter was sent, put on record: receipts, questions, holds, a withdrawal.

Each is a line of the ledger. A file that came with it is kept among the archive's papers under its
digest, before the line is written: what a line names is always there. The sealed bag is not touched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from reportgen.archive import followup
from reportgen.archive.finding.searching import held_for
from reportgen.archive.laterpapers import PATH, SHA256
from reportgen.archive.model import Event
from reportgen.files import atomic, folders
from reportgen.files.reading import read_bytes
from reportgen.files.showing import show
from reportgen.jobs.archive.linking import meant
from reportgen.jobs.ledger.booking import Book
from reportgen.problems.model import Place, Problem, Severity
from reportgen.problems.wording import listed, quoted, suggestion

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime
    from pathlib import Path

    from reportgen.archive.layout import Archive
    from reportgen.archive.model import Entry
    from reportgen.jobs.ledger.booking import Entered, OpenBook

_SUFFIX: Final = re.compile(r"\.[a-z0-9]{1,8}")


@dataclass(frozen=True, slots=True)
class Follower:
    """Puts on record what came after.

    Attributes:
        archive: The archive.
        by: Who does: `Ada Example <ada@example.com>`.
        clock: Tells the time, with its offset from UTC.
    """

    archive: Archive
    by: str
    clock: Callable[[], datetime]

    def received(
        self, record: str, file: Path, kind: Event, at: datetime, note: str = ""
    ) -> Entered:
        """Put on record that a letter was delivered, or that its receipt was acknowledged.

        Args:
            record: The name of a record, or of a letter, whose latest record is meant.
            file: What proves it.
            kind: `Event.DELIVERED` or `Event.ACKNOWLEDGED`.
            at: When that happened.
            note: What is to be added.

        Problems: `unknown-record`, `untimely`, `already-entered` (a warning), those of reading
        the file, of the book.
        """
        content, problems = read_bytes(file, show(file))
        if content is None:
            return None, problems
        with self._book().open() as pages:
            name, problems = known(pages, record)
            if name is None:
                return None, problems
            problems = self._untimely(pages, name, at)
            if problems:
                return None, problems
            said = {"at": at.isoformat(timespec="minutes"), "name": file.name[:200]}
            if note:
                said["note"] = note
            digest = sha256(content).hexdigest()
            before = [each for each in _of(pages, name, kind) if each.details.get(SHA256) == digest]
            if before:
                return before[-1], (self._known_already(before[-1]),)
            paper, problems = self._keep(name, content, file.suffix)
            return (None, problems) if problems else pages.enter(kind, name, None, said | paper)

    def asked(
        self,
        record: str,
        text: str,
        asker: str,
        due: date | None = None,
        file: Path | None = None,
    ) -> Entered:
        """Open a question for the record that came back after a letter.

        Args:
            record: The name of a record, or of a letter, whose latest record is meant.
            text: The question.
            asker: Who asked.
            due: The day by which it is to be answered.
            file: The paper that it came on.
        """
        content, problems = read_bytes(file, show(file)) if file is not None else (b"", ())
        if content is None:
            return None, problems
        with self._book().open() as pages:
            name, problems = known(pages, record)
            if name is None:
                return None, problems
            number = sum(each.event is Event.ASKED for each in pages.ledger.entries)
            question = followup.question_id(name, text, asker, number)
            said = {"question": question, "from": asker, "text": text}
            if due is not None:
                said["due"] = due.isoformat()
            if file is not None:
                paper, problems = self._keep(name, content, file.suffix)
                if problems:
                    return None, problems
                said |= paper
            return pages.enter(Event.ASKED, name, None, said)

    def held(self, record: str, matter: str) -> Entered:
        """Stop the disposal of a record for the sake of a matter, until it is released."""
        with self._book().open() as pages:
            name, problems = known(pages, record)
            if name is None:
                return None, problems
            if matter in held_for(_of(pages, name)):
                return _last(pages, name, Event.HELD), (
                    self._already(f"{name} is held for {quoted(matter)} already"),
                )
            return pages.enter(Event.HELD, name, None, {"matter": matter})

    def released(self, record: str, matter: str = "") -> Entered:
        """End a hold; the matter may be left out when there is only one."""
        with self._book().open() as pages:
            name, problems = known(pages, record)
            if name is None:
                return None, problems
            matters = held_for(_of(pages, name))
            if not matter and len(matters) == 1:
                matter = matters[0]
            if matter not in matters:
                of = f"for {quoted(matter)}" if matter else "without a matter being named"
                what = f"it is held for {listed(matters)}" if matters else "it is not held"
                message = f"{name} cannot be released {of}: {what}"
                help_ = "name the matter with `--matter`" if matters else None
                return None, (Problem("not-held", message, self._place(), help_),)
            return pages.enter(Event.RELEASED, name, None, {"matter": matter})

    def withdrawn(self, record: str, reason: str) -> Entered:
        """Put on record that a letter was withdrawn, and why."""
        with self._book().open() as pages:
            name, problems = known(pages, record)
            if name is None:
                return None, problems
            before = _last(pages, name, Event.WITHDRAWN)
            if before is not None:
                return before, (self._already(f"{name} is withdrawn already"),)
            return pages.enter(Event.WITHDRAWN, name, None, {"reason": reason})

    def closed(self, record: str, on: date, note: str = "") -> Entered:
        """Put on record that the matter of a letter was closed, from which retention may count."""
        with self._book().open() as pages:
            name, problems = known(pages, record)
            if name is None:
                return None, problems
            said = {"on": on.isoformat()} | ({"note": note} if note else {})
            return pages.enter(Event.CLOSED, name, None, said)

    # --- what they have in common -----------------------------------------------------------------

    def _book(self) -> Book:
        return Book(self.archive, self.by, self.clock)

    def _place(self) -> Place:
        return Place(show(self.archive.ledger))

    def _keep(
        self, record: str, content: bytes, suffix: str
    ) -> tuple[dict[str, str], tuple[Problem, ...]]:
        """Keep a paper under its digest; return what the ledger says of it."""
        return keep(self.archive, record, content, suffix)

    def _untimely(self, pages: OpenBook, record: str, at: datetime) -> tuple[Problem, ...]:
        sent = _sent(pages, record)
        if at > self.clock():
            message = f"{at.isoformat(timespec='minutes')} is not yet"
        elif sent is not None and at.date() < sent:
            message = f"{at.isoformat(timespec='minutes')} is before {record} was sent"
        else:
            return ()
        return (
            Problem(
                "receipt-untimely",
                message,
                self._place(),
                "see whether `--at` and the machine's clock are right",
            ),
        )

    def _already(self, message: str) -> Problem:
        return Problem("already-entered", message, self._place(), severity=Severity.WARNING)

    def _known_already(self, entry: Entry) -> Problem:
        return self._already(f"line {entry.number} of the ledger has this file already")


def keep(
    archive: Archive, record: str, content: bytes, suffix: str
) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """Keep a paper of a record under its digest.

    Returns:
        What the ledger says of it, its path beneath `papers/` and its digest, and no problem; or
        nothing and `cannot-write`.
    """
    digest = sha256(content).hexdigest()
    ending = suffix.lower() if _SUFFIX.fullmatch(suffix.lower()) else ""
    path = archive.papers / record / f"{digest[:16]}{ending}"
    problems = (
        folders.make(archive.papers, show(archive.papers))
        or folders.make(path.parent, show(path.parent))
        or atomic.write(path, content, show(path))
    )
    return ({} if problems else {PATH: f"{record}/{path.name}", SHA256: digest}), problems


def known(pages: OpenBook, name: str) -> tuple[str | None, tuple[Problem, ...]]:
    """Return the record of a name, or the latest of a letter's name.

    Returns:
        The record's name; or None and `unknown-record`, or why the ledger cannot be written.
    """
    if pages.problems:
        return None, pages.problems
    gone = {each.record for each in pages.ledger.entries if each.event is Event.DISPOSED}
    found = meant(pages.book.archive, pages.ledger, name)
    left = [each for each in found if each not in gone]
    if left:
        return left[-1], ()
    place = Place(show(pages.book.archive.root))
    if found:
        message = f"{found[-1]} was disposed of; nothing can be added to it"
        return None, (Problem("unknown-record", message, place),)
    message = f"there is no record {quoted(name)} in the archive"
    ids = (each.record for each in pages.ledger.entries if each.event.brings_a_record)
    help_ = suggestion(name, ids, "records")
    help_ = help_ or "`reportgen archive list` shows what there is"
    return None, (Problem("unknown-record", message, place, help_),)


def _of(pages: OpenBook, record: str, *kinds: Event) -> list[Entry]:
    return [
        each
        for each in pages.ledger.entries
        if each.record == record and (not kinds or each.event in kinds)
    ]


def _last(pages: OpenBook, record: str, kind: Event) -> Entry | None:
    found = _of(pages, record, kind)
    return found[-1] if found else None


def _sent(pages: OpenBook, record: str) -> date | None:
    """Return the day on which a record says that it was sent."""
    from reportgen.archive import records  # noqa: PLC0415

    read, _ = records.read(pages.book.archive.bag(record))
    return read.submitted.at.date() if read is not None else None
