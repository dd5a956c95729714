"""Verify an archive: read all of it, believe nothing, write nothing.

Bags are read by threads, some ahead of the one that is told of; what is kept of a bag is its
verdict, so that memory stays flat however many there are.
"""

from __future__ import annotations

import fcntl
import os
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from reportgen.archive import laterpapers, ledger, records
from reportgen.archive.formats.verification import as_json, as_text
from reportgen.archive.layout import Archive
from reportgen.archive.ledger import Head
from reportgen.archive.verdicts import Answer, Fault, Verification
from reportgen.archive.verification import fixity, verifying
from reportgen.files.reading import read_bytes
from reportgen.files.showing import show
from reportgen.jobs.ledger import booking, heading
from reportgen.jobs.verification.judging import judged
from reportgen.problems.model import Refusal
from reportgen.problems.printing import counted
from reportgen.problems.wording import quoted, suggestion

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from concurrent.futures import Future
    from pathlib import Path

    from reportgen.archive.ledger import Ledger
    from reportgen.archive.model import Entry
    from reportgen.archive.verdicts import RecordVerdict
    from reportgen.archive.verification.fixity import Fixity
    from reportgen.archive.verification.verifying import Account
    from reportgen.jobs.verification.judging import Inquiry

FORMATS: Final = {"text": as_text, "json": as_json}
"""How a verdict is told."""

_THREADS: Final = min(8, os.cpu_count() or 1)


def verify(inquiry: Inquiry) -> Verification | Refusal:
    """Verify records, and the ledger that vouches for them.

    Returns:
        The verdict; or `unknown-record`, when somebody asks for one that neither the archive nor
        its ledger knows.
    """
    archive = inquiry.archive
    with _unwritten(archive):
        there = records.record_ids(archive)
        book, unread = ledger_of(archive, needed=bool(there or inquiry.head))
    accounts = verifying.accounts(book)
    for name in inquiry.records:
        if name not in there and name not in accounts:
            known = dict.fromkeys((*there, *accounts))
            message = f"there is no record {quoted(name)} in this archive"
            return Refusal("unknown-record", message, suggestion(name, known, "records"))
    entries: dict[str, list[Entry]] = {}
    for entry in book.entries:
        entries.setdefault(entry.record, []).append(entry)
    wanted = tuple(dict.fromkeys(inquiry.records)) or there
    verdicts = []
    for done, (name, found) in enumerate(_fixities(archive, wanted), 1):
        verdicts.append(judged(inquiry, name, found, accounts.get(name), entries.get(name, [])))
        inquiry.told(done, len(wanted))
    chain = verifying.chain(book, inquiry.head)
    if unread is not None:
        chain = Answer("no ledger", (unread, *chain.faults), chain.remarks)
    signed = heading.examined(archive, book, inquiry.trusted, inquiry.clock())
    if signed.there:
        chain = Answer(
            f"{chain.found}, {signed.found}",
            (*chain.faults, *signed.faults),
            (*chain.remarks, *signed.remarks),
        )
    return Verification(
        archive=show(archive.root),
        chain=chain,
        completeness=_completeness(inquiry, accounts, there, book),
        records=tuple(verdicts),
        head=str(book.head or ""),
        against=str(inquiry.head or ""),
    )


def verdict(inquiry: Inquiry, name: str, entries: list[Entry]) -> RecordVerdict:
    """Verify one record of the archive against the lines of a ledger that are about it."""
    account = verifying.account(entries) if entries else None
    found = fixity.examine(inquiry.archive.bag(name), _THREADS)
    return judged(inquiry, name, found, account, entries)


@contextmanager
def _unwritten(archive: Archive) -> Iterator[None]:
    """Let nobody write meanwhile: between a bag and its line, all looks as if it were slipped in.

    Where the ledger cannot be locked, on some disks that are read only, nobody writes anyway.
    """
    descriptor = -1
    with suppress(OSError):
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        descriptor = os.open(archive.ledger, flags)
        fcntl.flock(descriptor, fcntl.LOCK_SH)
    try:
        yield
    finally:
        if descriptor >= 0:
            os.close(descriptor)


def archive_at(folder: Path) -> Archive:
    """Return the archive in a folder."""
    return Archive(folder)


def head_of(text: str) -> Head | None:
    """Return a head as somebody wrote it down; None when it is none."""
    return Head.read(text)


def ledger_of(archive: Archive, *, needed: bool = True) -> tuple[Ledger, Fault | None]:
    """Return the ledger, an empty one where it cannot be read, and why it cannot.

    An archive in which nothing lies needs none.
    """
    path = archive.ledger
    if not needed and not os.path.lexists(path):
        return ledger.read(b""), None
    content, problems = (None, ()) if path.is_symlink() else read_bytes(path, limit=booking.LIMIT)
    if content is None:
        reason = problems[0].message if problems else "it is a symbolic link"
        message = f"the ledger cannot be read: {reason}"
        return ledger.read(b""), Fault(verifying.LEDGER, message)
    return ledger.read(content), None


def _completeness(
    inquiry: Inquiry, accounts: Mapping[str, Account], there: tuple[str, ...], book: Ledger
) -> Answer:
    if inquiry.records:
        return Answer("only some records were asked for", asked=False)
    archive = inquiry.archive
    elsewhere = [entry for entry in book.entries if entry.record not in there]
    papers = laterpapers.examine(archive, elsewhere)
    faults = (
        *verifying.completeness(accounts, there, _strangers(archive, there)),
        *papers.faults,
        *laterpapers.strangers(archive, book.entries),
    )
    disposed = sum(1 for each in accounts.values() if each.disposed is not None)
    found = counted(len(there), "record")
    return Answer(f"{found}, {disposed:,} disposed of" if disposed else found, faults)


def _strangers(archive: Archive, there: tuple[str, ...]) -> tuple[str, ...]:
    """Return what lies among the records and is none."""
    if archive.records.is_symlink() or not archive.records.is_dir():
        return ()
    names = (entry.name for entry in os.scandir(archive.records))
    return tuple(sorted(name for name in names if name not in there))


def _fixities(archive: Archive, names: tuple[str, ...]) -> Iterator[tuple[str, Fixity]]:
    """Yield what lies in each bag, in order; a few are read ahead."""
    if len(names) < 2 * _THREADS:
        for name in names:
            yield name, fixity.examine(archive.bag(name), _THREADS)
        return
    waiting: deque[tuple[str, Future[Fixity]]] = deque()
    left = iter(names)
    with ThreadPoolExecutor(_THREADS) as pool:
        try:
            for name in left:
                waiting.append((name, pool.submit(fixity.examine, archive.bag(name))))
                if len(waiting) > 2 * _THREADS:
                    first, future = waiting.popleft()
                    yield first, future.result()
            while waiting:
                first, future = waiting.popleft()
                yield first, future.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
