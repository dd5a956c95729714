"""The ledger's only writer: one line for each thing that happens, chained to the line before.

The ledger is locked from before it is read until after the line is on the disk, so that writers
wait for each other. A line goes in whole or not at all; what a writer that was killed left of one
is cut off, since it was never a line. A ledger whose chain is broken is not written to: what
happened to it has to be seen first.
"""

from __future__ import annotations

import fcntl
import os
import stat
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from reportgen.archive import ledger as ledgers
from reportgen.archive.layout import Archive
from reportgen.archive.ledger import Ledger
from reportgen.archive.model import Entry, Event
from reportgen.files import folders
from reportgen.files.reading import read_bytes
from reportgen.files.showing import show
from reportgen.files.syncing import sync
from reportgen.problems.model import Place, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from reportgen.archive.ledger import Head
    from reportgen.workspace import Workspace

Entered = tuple["Entry | None", tuple[Problem, ...]]
"""The line as it stands in the ledger, with what there is to say of it; or None and why not."""

LIMIT: Final = 1024 * 1024 * 1024
"""How many bytes a ledger may have."""


@dataclass(frozen=True, slots=True)
class Book:
    """An archive's ledger, for one who writes in it.

    Attributes:
        archive: The archive; its folder is made when it is not there.
        by: Who writes: `Ada Example <ada@example.com>`.
        clock: Tells the time, with its offset from UTC.
    """

    archive: Archive
    by: str
    clock: Callable[[], datetime]

    @contextmanager
    def open(self) -> Iterator[OpenBook]:
        """Lock the ledger, for several steps that belong together.

        The book that is handed out says in `problems` why it cannot be written in, if so:
        `cannot-write`, `ledger-broken`.
        """
        archive = self.archive
        problems = _made(archive)
        if problems:
            yield OpenBook(self, -1, Ledger(()), problems)
            return
        try:
            descriptor = _opened(self)
        except OSError as error:
            yield OpenBook(self, -1, Ledger(()), (_unwritable(archive, error),))
            return
        try:
            yield _read(self, descriptor)
        finally:
            os.close(descriptor)

    def enter(
        self,
        event: Event,
        record: str = "",
        bag: str | None = None,
        details: Mapping[str, str] | None = None,
    ) -> Entered:
        """Write one line, whatever the ledger says; see `OpenBook.enter`."""
        with self.open() as book:
            return book.enter(event, record, bag, details)


@dataclass(slots=True)
class OpenBook:
    """A ledger that is locked, as it is now.

    Attributes:
        book: Whose it is.
        descriptor: The open file.
        ledger: What it says, also of what was entered since.
        problems: Why nothing can be entered; empty when something can.
    """

    book: Book
    descriptor: int
    ledger: Ledger
    problems: tuple[Problem, ...] = ()

    def enter(
        self,
        event: Event,
        record: str = "",
        bag: str | None = None,
        details: Mapping[str, str] | None = None,
    ) -> Entered:
        """Write one line; when this returns, it is on the disk.

        Args:
            event: What happened.
            record: To which record; empty where it is of the whole archive.
            bag: The digest of the record's bag.
            details: What else there is to say.

        Returns:
            The line, with the warning `clock-backwards` when the line before is later by its own
            clock; or None and why there is none: `cannot-write`, `ledger-broken`, `entry-refused`.
        """
        if self.problems:
            return None, self.problems
        path = self.book.archive.ledger
        before = self.ledger
        try:
            entry = Entry(
                number=len(before.lines) + 1,
                event=event,
                record=record,
                at=self.book.clock().replace(microsecond=0),
                by=self.book.by,
                bag=bag,
                details=dict(details or {}),
                before=before.digest,
            )
        except ValidationError as error:
            detail = error.errors(include_url=False)[0]
            where = ".".join(map(str, detail["loc"]))
            return None, (_refused(path, f"`{where}` will not do: {detail['msg'].lower()}"),)
        line = ledgers.written(entry)
        if len(line) > ledgers.LIMIT:
            return None, (_refused(path, f"it is longer than {ledgers.LIMIT // 1024} KiB"),)
        try:
            _append(self.descriptor, line)
        except OSError as error:
            return None, (_unwritable(self.book.archive, error),)
        self.ledger = _after(before, line)
        return entry, tuple(_backwards(before, entry, show(path)))


def head(workspace: Workspace) -> tuple[Head | None, tuple[Problem, ...]]:
    """Return the head of a ledger as it is on the disk; nothing is written or locked.

    Problems: those of `read_bytes`; `ledger-broken`, since such a head would vouch for what does
    not hold; `ledger-empty`.
    """
    path = Archive(workspace.archive).ledger
    shown = show(path)
    if not path.exists():
        return None, (_empty(shown),)
    content, problems = read_bytes(path, shown, LIMIT)
    if content is None:
        return None, problems
    ledger = ledgers.read(content)
    if ledger.faults:
        return None, _broken(ledger, shown)
    return (None, (_empty(shown),)) if ledger.head is None else (ledger.head, ())


def _empty(shown: str) -> Problem:
    message = "nothing was submitted yet, so there is nothing that a head could stand for"
    return Problem("ledger-empty", message, Place(shown))


def _made(archive: Archive) -> tuple[Problem, ...]:
    """Make the archive's folder, and those above it."""
    missing = [archive.root, *archive.root.parents]
    while missing and missing[-1].is_dir():
        missing.pop()
    for folder in reversed(missing):
        problems = folders.make(folder, show(folder))
        if problems:
            return problems
        with suppress(OSError):
            sync(folder.parent)
    return ()


def _opened(book: Book) -> int:
    path = book.archive.ledger
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
    descriptor = os.open(path, flags, 0o666)
    try:
        _look_at(os.fstat(descriptor))
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        if not os.fstat(descriptor).st_size:
            sync(path.parent)  # a new file's entry in its folder
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _look_at(status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise OSError(0, "it is no regular file")
    if status.st_size > LIMIT:
        raise OSError(0, f"it is larger than {LIMIT // 1024 // 1024} MiB")


def _read(book: Book, descriptor: int) -> OpenBook:
    shown = show(book.archive.ledger)
    try:
        size = os.fstat(descriptor).st_size
        ledger = ledgers.read(_whole(descriptor, size))
        faults = _broken(ledger, shown)
        if ledger.torn and not faults:
            os.ftruncate(descriptor, size - len(ledger.torn))
            os.fsync(descriptor)
            ledger = Ledger(ledger.lines)
    except OSError as error:
        return OpenBook(book, descriptor, Ledger(()), (_unwritable(book.archive, error),))
    return OpenBook(book, descriptor, ledger, faults)


def _broken(ledger: Ledger, shown: str) -> tuple[Problem, ...]:
    return tuple(
        Problem(
            "ledger-broken",
            f"line {each.line} of the ledger does not hold: {each.fault}",
            Place(shown),
            "look into it with `reportgen verify --all`, and restore the ledger from a copy; "
            "nothing is written to a ledger that somebody has altered",
        )
        for each in ledger.faults[:1]
    )


def _whole(descriptor: int, size: int) -> bytes:
    parts = []
    position = 0
    while position < size and (part := os.pread(descriptor, size - position, position)):
        parts.append(part)
        position += len(part)
    return b"".join(parts)


def _append(descriptor: int, line: bytes) -> None:
    size = os.fstat(descriptor).st_size
    try:
        rest = memoryview(line)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)
    except BaseException:
        with suppress(OSError):
            os.ftruncate(descriptor, size)
            os.fsync(descriptor)
        raise


def _after(ledger: Ledger, line: bytes) -> Ledger:
    """Return a ledger with one line more; the lines before are not read again."""
    content = line.rstrip(b"\n")
    chained = ledgers.Chained(
        len(ledger.lines) + 1, sha256(content).hexdigest(), Entry.model_validate_json(content)
    )
    return Ledger((*ledger.lines, chained))


def _backwards(before: Ledger, entry: Entry, shown: str) -> Iterator[Problem]:
    latest = max(before.entries, key=lambda each: each.at, default=entry)
    if latest.at > entry.at:
        yield Problem(
            "clock-backwards",
            f"the clock says {entry.at.isoformat()}, and line {latest.number} of the ledger says "
            f"{latest.at.isoformat()} already",
            Place(shown),
            "set the machine's clock, unless it was wrong then and is right now; the order of what "
            "happened is that of the ledger's lines, whatever their times say",
            Severity.WARNING,
        )


def _refused(path: object, reason: str) -> Problem:
    message = f"what is to be entered in the ledger cannot be: {reason}"
    return Problem("entry-refused", message, Place(str(path)))


def _unwritable(archive: Archive, error: OSError) -> Problem:
    reason = (error.strerror or str(error)).lower()
    message = f"the ledger cannot be written: {reason}"
    return Problem("cannot-write", message, Place(show(archive.ledger)))
