"""A bag put into the archive: all of it and its line in the ledger, or nothing.

Everything happens while the ledger is locked, so that one bag is put in at a time. The steps, each
on the disk before the next:

1. the intent, `.staging/intent`, names the record;
2. the bag is written under `.staging/`;
3. the intent names the bag's digest;
4. the bag is renamed into `records/`;
5. the ledger gets its line: from here on, and not before, there is a record;
6. the intent is removed.

Whoever comes after one that was killed, or that a full disk stopped, finds the intent and undoes
what it names: a bag of that record and that digest which the ledger does not know. Anything else
that lies there is not touched; `reportgen verify` tells of it.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reportgen.archive import ledger as ledgers
from reportgen.archive import notes, records
from reportgen.archive.bags import bagging
from reportgen.files.reading import read_bytes
from reportgen.files.showing import show
from reportgen.files.syncing import sync
from reportgen.problems.model import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from reportgen.archive.layout import Archive
    from reportgen.archive.model import Entry, Event
    from reportgen.jobs.ledger.booking import OpenBook

INTENT: Final = "intent"
"""The file, in the folder of what is being written, that says what is being done."""

_LIMIT: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class Intent:
    """What somebody was about to do.

    Attributes:
        record: The record.
        bag: The digest of its bag; empty while that is not written, and so not renamed either.
    """

    record: str
    bag: str = ""


def deposit(
    pages: OpenBook,
    record: str,
    stage: Callable[[Path], str],
    event: Event,
    details: Mapping[str, str],
) -> tuple[Entry | None, tuple[Problem, ...]]:
    """Put a bag into the archive.

    Args:
        pages: The ledger, locked; what others left undone is undone already, see `tidy`.
        record: The name of the record, which nothing in the archive has; see `free`.
        stage: Writes the bag into a folder that is not there yet, all of it on the disk, and
            returns its digest; raises OSError.
        event: What the ledger says of it.
        details: What else the ledger says.

    Returns:
        The ledger's line, and warnings; or None and why there is no record: `cannot-write` (the
        disk is full, say), `bag-unsound`, and those of `OpenBook.enter`. Then the archive is as
        it was.
    """
    archive = pages.book.archive
    try:
        digest = _staged(archive, record, stage)
        if isinstance(digest, Problem):
            problems: tuple[Problem, ...] = (digest,)
        else:
            _placed(archive, record)
            entry, problems = pages.enter(event, record, digest, details)
            if entry is not None:
                # Whoever comes next finds the line, and knows that it is done.
                with suppress(OSError):
                    (archive.staging / INTENT).unlink()
                return entry, problems
    except OSError as error:
        problems = (_unwritable(archive, error),)
    return None, (*problems, *tidy(pages))


def tidy(pages: OpenBook) -> tuple[Problem, ...]:
    """Undo what one that was killed left in an archive; nothing when nobody was.

    Returns:
        Nothing, or one problem `cannot-write`; then the next one will try again.
    """
    archive = pages.book.archive
    try:
        intent = _intent(archive)
        if intent is not None and not _known(archive, intent):
            _undo(archive, intent)
        with suppress(FileNotFoundError):
            (archive.staging / INTENT).unlink()
    except OSError as error:
        return (_unwritable(archive, error),)
    return ()


def free(pages: OpenBook, name: str) -> str:
    """Return the first of `name`, `name-2`, `name-3` that no record has or ever had."""
    taken = {each.record for each in pages.ledger.entries}
    number, free = 1, name
    while free in taken or os.path.lexists(pages.book.archive.bag(free)):
        number += 1
        free = f"{name}-{number}"
    return free


# --- forward ------------------------------------------------------------------------------------


def _staged(archive: Archive, record: str, stage: Callable[[Path], str]) -> str | Problem:
    """Write the bag where it is no record yet, and have it read by somebody else's program."""
    _folders(archive)
    _say(archive, record)
    folder = archive.staging / record
    digest = stage(folder)
    objections = bagging.objections(folder)
    if objections:
        message = f"the bag that was written does not hold: {objections[0]}"
        help_ = "look at the disk; nothing was put into the archive"
        return Problem("bag-unsound", message, Place(show(folder)), help_)
    sync(archive.staging)
    _say(archive, digest)
    return digest


def _placed(archive: Archive, record: str) -> None:
    target = archive.bag(record)
    if os.path.lexists(target):
        raise FileExistsError(0, f"something lies at {show(target)}")
    (archive.staging / record).rename(target)
    sync(archive.records)
    sync(archive.staging)


def _folders(archive: Archive) -> None:
    made = False
    for folder in (archive.records, archive.staging):
        if folder.is_symlink():
            raise OSError(0, f"{show(folder)} is a symbolic link")
        if not folder.is_dir():
            folder.mkdir()
            made = True
    readme = archive.root / notes.NAME
    if not os.path.lexists(readme):
        # Under a name of its own first, which the next one writes over.
        temporary = archive.staging / notes.NAME
        try:
            temporary.unlink(missing_ok=True)
            _add(temporary, notes.OF_THE_ARCHIVE)
            temporary.rename(readme)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise
        made = True
    if made:
        sync(archive.root)


def _say(archive: Archive, line: str) -> None:
    """Add a line to the intent: first the record, later the digest of its bag."""
    _add(archive.staging / INTENT, f"{line}\n")
    sync(archive.staging)


def _add(path: Path, text: str) -> None:
    """Add a text to a file, which is made when it is not there, and force it to the disk."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW
    descriptor = os.open(path, flags, 0o666)
    try:
        rest = memoryview(text.encode())
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


# --- backward -----------------------------------------------------------------------------------


def _intent(archive: Archive) -> Intent | None:
    """Return what somebody left undone. A line that was cut off was never acted upon."""
    path = archive.staging / INTENT
    content = None if path.is_symlink() else read_bytes(path, limit=_LIMIT)[0]
    lines = (content or b"").decode("utf-8", errors="replace").split("\n")[:-1]
    if not lines or not records.is_id(lines[0]):
        return None
    return Intent(lines[0], lines[1] if len(lines) > 1 else "")


def _known(archive: Archive, intent: Intent) -> bool:
    """Whether the ledger, as it is on the disk, has the line by which it became a record."""
    content, _ = read_bytes(archive.ledger, limit=1 << 30)
    entries = ledgers.read(content or b"").entries
    return any((each.record, each.bag) == (intent.record, intent.bag) for each in entries)


def _undo(archive: Archive, intent: Intent) -> None:
    staged, placed = archive.staging / intent.record, archive.bag(intent.record)
    if intent.bag and not os.path.lexists(staged) and _is_bag(placed, intent.bag):
        # Out of the records in one step; what is half removed is in nobody's way.
        placed.rename(staged)
        sync(archive.records)
        sync(archive.staging)
    if staged.is_dir() and not staged.is_symlink():
        shutil.rmtree(staged)
        sync(archive.staging)


def _is_bag(folder: Path, digest: str) -> bool:
    if folder.is_symlink():
        return False
    content, _ = read_bytes(folder / bagging.TAG_MANIFEST)
    return content is not None and bagging.digest(content) == digest


def _unwritable(archive: Archive, error: OSError) -> Problem:
    reason = (error.strerror or str(error)).lower()
    message = f"the archive cannot be written: {reason}"
    return Problem("cannot-write", message, Place(show(archive.root)))
