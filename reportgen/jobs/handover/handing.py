"""Hand records over to another archive, as a file: each is verified first.

The same records and the same ledger give the same bytes. How they are taken in is told by
`jobs.handover.receiving`.
"""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from reportgen.archive import handover
from reportgen.archive.bags import packing
from reportgen.archive.bags.reckoning import survey
from reportgen.archive.handover import CONTENTS, EXTRACT, PAPERS, README, RECORDS, SEALING
from reportgen.archive.laterpapers import PATH
from reportgen.archive.model import Event
from reportgen.files.showing import show
from reportgen.jobs.verification import verifying
from reportgen.jobs.verification.judging import Inquiry
from reportgen.problems.model import Place, Problem
from reportgen.problems.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from reportgen.archive.layout import Archive
    from reportgen.archive.ledger import Head, Ledger
    from reportgen.archive.model import Entry

NOT_REPEATED: Final = SEALING | {Event.PROPOSED, Event.DISPOSED}
"""What of a record's lines is not entered again where it is taken in."""
_SHOWN: Final = 12
"""How many faults of a record are told."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What became of an export.

    Attributes:
        records: The names of the records that were handed over.
        head: The head of the ledger that they come from.
        sha256: The digest of the file.
        problems: What stood in the way.
    """

    records: tuple[str, ...] = ()
    head: Head | None = None
    sha256: str = ""
    problems: tuple[Problem, ...] = ()


def export(
    archive: Archive,
    names: Iterable[str],
    target: Path,
    clock: Callable[[], datetime],
    *,
    private: bool = False,
) -> Exported:
    """Write records into a file: the same bytes for the same records and the same ledger.

    Args:
        archive: The archive; nothing is written there.
        names: The records, by their names.
        target: The file; one that is there is replaced.
        clock: Tells the time, for certificates.
        private: Whether the ledger's lines of others are handed over as digests alone.

    Problems: `unknown-record`, `record-unsound`, `ledger-broken`, `cannot-write`.
    """
    wanted = tuple(sorted(set(names)))
    ledger, problems = sound(archive, wanted, clock)
    if ledger is None:
        return Exported(problems=problems)
    contents = handover.Contents(head=str(ledger.head), records=wanted)
    parts: list[tuple[str, bytes | Path]] = [
        (README, handover.NOTE.encode()),
        (CONTENTS, handover.written(contents)),
        (EXTRACT, handover.extract(ledger, wanted, private=private)),
    ]
    for name in wanted:
        bag = archive.bag(name)
        parts += ((f"{RECORDS}{name}/{path}", bag / path) for path in survey(bag).sizes)
        parts += (
            (f"{PAPERS}{paper}", archive.papers / paper) for paper in papers_of(_of(ledger, name))
        )
    try:
        written = _written(target, dict(parts).items())
    except OSError as error:
        return Exported(problems=(unwritable(target, error),))
    return Exported(wanted, ledger.head, written)


def sound(
    archive: Archive, names: Iterable[str], clock: Callable[[], datetime]
) -> tuple[Ledger | None, tuple[Problem, ...]]:
    """Return a ledger that holds, as do the records that are named; or why one does not.

    Problems: `ledger-broken`, `unknown-record`, `record-unsound`.
    """
    ledger, unread = verifying.ledger_of(archive)
    if unread is not None or ledger.faults or ledger.head is None:
        message = unread.message if unread else "the ledger does not hold, or has no line"
        help_ = "look into it with `reportgen verify --all`"
        return None, (Problem("ledger-broken", message, at(archive.ledger), help_),)
    inquiry = Inquiry(archive, clock, rendering=False)
    problems = tuple(problem for name in names for problem in _kept_from(inquiry, name, ledger))
    return (None if problems else ledger), problems


def _kept_from(inquiry: Inquiry, name: str, ledger: Ledger) -> Iterator[Problem]:
    """Yield why a record cannot be handed over."""
    entries = _of(ledger, name)
    if not entries:
        message = f"there is no record {quoted(name)} in the archive"
        help_ = "`reportgen archive list` shows what there is"
        yield Problem("unknown-record", message, at(inquiry.archive.root), help_)
        return
    yield from unsound(inquiry, name, entries, "record-unsound")


def _of(ledger: Ledger, name: str) -> list[Entry]:
    return [each for each in ledger.entries if each.record == name]


def _written(target: Path, parts: Iterable[tuple[str, bytes | Path]]) -> str:
    """Write the file whole or not at all, and return its digest."""
    temporary = target.with_name(f".{target.name[:80]}.{secrets.token_hex(8)}~")
    descriptor = os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
    try:
        with open(descriptor, "w+b") as file:  # noqa: PTH123 - it is a descriptor, not a path
            packing.pack(parts, file)
            file.flush()
            os.fsync(descriptor)
            file.seek(0)
            made = sha256()
            while block := file.read(1 << 20):
                made.update(block)
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    return made.hexdigest()


# --- what is handed over and taken in ------------------------------------------------------------


def unsound(inquiry: Inquiry, name: str, entries: list[Entry], code: str) -> Iterator[Problem]:
    """Yield why a record cannot be handed over, or taken in.

    Args:
        inquiry: The archive that it lies in, and whom to trust.
        name: The record.
        entries: The lines of the ledger that are about it.
        code: What such a problem is called.
    """
    place = at(inquiry.archive.bag(name))
    if any(each.event is Event.DISPOSED for each in entries):
        yield Problem(code, f"{name} was disposed of", place)
        return
    verdict = verifying.verdict(inquiry, name, entries)
    for _, answer in verdict.answers:
        for fault in answer.faults[:_SHOWN]:
            yield Problem(code, fault.message, place)


def papers_of(entries: Iterable[Entry]) -> tuple[str, ...]:
    """Return the papers that came later, beneath `papers/`; not those of other ledgers."""
    return tuple(
        each.details[PATH]
        for each in entries
        if PATH in each.details and each.event not in NOT_REPEATED
    )


def at(path: Path) -> Place:
    """Return the place of a problem that is about a file or a folder."""
    return Place(show(path))


def unwritable(path: Path, error: OSError) -> Problem:
    """Return the problem `cannot-write`."""
    reason = (error.strerror or str(error)).lower()
    return Problem("cannot-write", f"it cannot be read or written: {reason}", at(path))
