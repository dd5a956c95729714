"""Verify an archive: read all of it, believe nothing, write nothing.

Bags are read by threads, some ahead of the one that is told of; what is kept of a bag is its
verdict, so that memory stays flat however many there are. What a bag's own sources give is only
tried after bag and ledger were found to belong together.
"""

from __future__ import annotations

import json
import os
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from reportgen.archive import contents, fixity, laterpapers, layout, ledger, records, verifying
from reportgen.archive.formats.verification import as_json, as_text
from reportgen.archive.layout import Archive
from reportgen.archive.ledger import Head
from reportgen.archive.trust import Trusted
from reportgen.archive.verdicts import Answer, Fault, RecordVerdict, Verification, named, size_of
from reportgen.files.reading import read_bytes
from reportgen.files.showing import show
from reportgen.jobs import booking, heading
from reportgen.letters import keeping
from reportgen.problems.model import Refusal
from reportgen.problems.printing import counted
from reportgen.problems.wording import quoted, suggestion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from concurrent.futures import Future
    from datetime import datetime
    from pathlib import Path

    from reportgen.archive.fixity import Fixity
    from reportgen.archive.ledger import Ledger
    from reportgen.archive.model import Entry, Record
    from reportgen.archive.verifying import Account

FORMATS: Final = {"text": as_text, "json": as_json}
"""How a verdict is told."""

NOT_READ: Final = "not asked, since the record cannot be read"
_THREADS: Final = min(8, os.cpu_count() or 1)


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What is to be verified.

    Attributes:
        archive: The archive.
        clock: Tells the time, with its offset from UTC, for certificates.
        records: The ids of the records; all of the archive's when empty.
        head: The ledger's head as somebody wrote it down, if anybody did.
        rendering: Whether letters are built again.
        trusted: Whose signatures are known.
        told: Is called after each record with how many are done, of how many.
    """

    archive: Archive
    clock: Callable[[], datetime]
    records: tuple[str, ...] = ()
    head: Head | None = None
    rendering: bool = True
    trusted: Trusted = field(default_factory=Trusted)
    told: Callable[[int, int], None] = lambda _done, _all: None


def verify(inquiry: Inquiry) -> Verification | Refusal:
    """Verify records, and the ledger that vouches for them.

    Returns:
        The verdict; or `unknown-record`, when somebody asks for one that neither the archive nor
        its ledger knows.
    """
    archive = inquiry.archive
    there = records.record_ids(archive)
    book, unread = ledger_of(archive, needed=bool(there or inquiry.head))
    accounts = verifying.accounts(book)
    for name in inquiry.records:
        if name not in there and name not in accounts:
            known = (*there, *accounts)
            message = f"there is no record {quoted(name)} in this archive"
            return Refusal("unknown-record", message, suggestion(name, known, "records"))
    entries: dict[str, list[Entry]] = {}
    for entry in book.entries:
        entries.setdefault(entry.record, []).append(entry)
    wanted = tuple(dict.fromkeys(inquiry.records)) or there
    verdicts = []
    for done, (name, found) in enumerate(_fixities(archive, wanted), 1):
        verdicts.append(_verdict(inquiry, name, found, accounts.get(name), entries.get(name, [])))
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
    return _verdict(inquiry, name, found, account, entries)


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


# --- one record ----------------------------------------------------------------------------------


def _verdict(
    inquiry: Inquiry, name: str, found: Fixity, account: Account | None, entries: list[Entry]
) -> RecordVerdict:
    bag = inquiry.archive.bag(name)
    papers = laterpapers.examine(inquiry.archive, entries)
    if not found.sizes and not os.path.lexists(bag):
        return _gone(name, account, papers)
    held = Answer(
        f"{counted(len(found.sizes), 'file')}, {size_of(sum(found.sizes.values()))}", found.faults
    )
    in_ledger = verifying.in_ledger(name, account, found.digest)
    record, problems = records.read(bag)
    if record is None:
        unreadable = Fault(layout.RECORD, f"{named(layout.RECORD)}: {problems[0].message}")
        unknown = Answer(NOT_READ, asked=False)
        sent = Answer("no record", (unreadable,))
        return RecordVerdict(name, held, in_ledger, sent, unknown, unknown, papers)
    return RecordVerdict(
        name,
        held,
        in_ledger,
        contents.sent(name, record, found, _drafts(bag, found), _inputs(bag, found)),
        _signatures(inquiry, bag, record),
        _rerendering(inquiry, bag, record, sealed=not held.faults and not in_ledger.faults),
        papers,
    )


def _gone(name: str, account: Account | None, papers: Answer) -> RecordVerdict:
    """Return what is to be said of a record that has no bag any more."""
    nothing = Answer("no bag", there=False)
    if account is not None and account.disposed is not None:
        line = account.disposed
        found = Answer(f"line {line.number}, disposed of on {line.at:%Y-%m-%d}")
        return RecordVerdict(name, nothing, found, nothing, nothing, nothing, papers)
    message = f"the bag of {named(name)} is gone without having been disposed of"
    gone = Answer("no bag", (Fault(name, message),))
    return RecordVerdict(name, nothing, gone, nothing, nothing, nothing, papers)


def _drafts(bag: Path, found: Fixity) -> dict[str, str | None]:
    """Return the digest that each draft in a bag bears; None of one that cannot be read.

    The drafts are not read as such, which takes a hundred times as long: that they are what was
    sealed is told by their digests, and what they say, by building the letter again.
    """
    paths = (path for path in found.sizes if path.startswith(f"{layout.DRAFTS}/"))
    return {path: _draft(bag / path) for path in paths}


def _draft(path: Path) -> str | None:
    try:
        digest = _json(path, keeping.LIMIT)["draft"]["digest"]
    except (KeyError, TypeError, ValueError, RecursionError):
        return None
    return digest if isinstance(digest, str) else None


def _inputs(bag: Path, found: Fixity) -> Mapping[str, str | None] | None:
    """Return the digests of what the letter was made from; None when they cannot be read."""
    if layout.INPUTS not in found.sizes:
        return None
    try:
        said = _json(bag / layout.INPUTS, keeping.LIMIT)
        return {str(name): None if digest is None else str(digest) for name, digest in said.items()}
    except (AttributeError, ValueError, RecursionError):
        return None


def _json(path: Path, limit: int) -> Any:  # noqa: ANN401 - whatever the file has
    content, _ = read_bytes(path, limit=limit)
    return json.loads(content or b"null")


def _signatures(inquiry: Inquiry, bag: Path, record: Record) -> Answer:
    """Say whether the signatures of what was sent hold."""
    signed = [each for each in record.sent if each.unsigned is not None]
    if not signed:
        return Answer("not signed", there=False)
    from reportgen.archive import signatures  # noqa: PLC0415 - pyHanko

    faults: list[Fault] = []
    remarks: list[str] = []
    for each in signed:
        content, problems = read_bytes(bag / each.path)
        if content is None:
            faults.append(Fault(each.path, f"{named(each.path)}: {problems[0].message}"))
            continue
        told = signatures.examine(content, each.unsigned, inquiry.trusted, inquiry.clock())
        faults += (Fault(each.path, f"{named(each.path)}: {fault}") for fault in told.faults)
        remarks += (f"{named(each.path)}: {sentence}" for sentence in told.told)
    return Answer(counted(len(signed), "signed file"), tuple(faults), tuple(remarks))


def _rerendering(inquiry: Inquiry, bag: Path, record: Record, *, sealed: bool) -> Answer:
    if not inquiry.rendering:
        return Answer("left out, as was asked", asked=False)
    if not sealed:
        # What was not proved to be what was sealed is not run.
        return Answer("not tried, since the bag is not what was sealed", asked=False)
    from reportgen.jobs import rerendering  # noqa: PLC0415 - WeasyPrint, Jinja, Markdown

    return rerendering.rerender(bag, record)
