"""Sign the head of the archive's ledger, and examine the signatures that were made.

What is signed, and why that is no circle, is told by `archive.heads`.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Final

from reportgen.archive import heads
from reportgen.archive.ledger import Head
from reportgen.archive.model import Event
from reportgen.archive.verdicts import Answer, Fault, named
from reportgen.files import atomic, folders
from reportgen.files.confining import confine
from reportgen.files.reading import read_bytes
from reportgen.files.showing import show
from reportgen.problems.model import Place, Problem, Refusal
from reportgen.problems.printing import counted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from reportgen.archive.layout import Archive
    from reportgen.archive.ledger import Ledger
    from reportgen.archive.model import Entry
    from reportgen.archive.signatures.signing import Terms
    from reportgen.archive.signatures.trust import Trusted
    from reportgen.jobs.ledger.booking import Book

_LIMIT: Final = 4 * 1024 * 1024
"""How many bytes a detached signature may have."""


def sign(book: Book, terms: Terms) -> tuple[Path | None, tuple[Problem, ...]]:
    """Sign the head of a ledger as it is.

    Args:
        book: The ledger.
        terms: How to sign.

    Returns:
        The file of the signature, with warnings; or None and why there is none: `ledger-empty`,
        `head-signed`, those of `signing.sign_text`, `cannot-write` and those of `OpenBook.enter`.
    """
    from reportgen.archive.signatures.signing import sign_text  # noqa: PLC0415 - pyHanko

    archive = book.archive
    with book.open() as pages:
        if pages.problems:
            return None, pages.problems
        place = Place(show(archive.ledger))
        number = heads.to_be_signed(pages.ledger)
        if number is None:
            return None, (_nothing(pages.ledger, place),)
        digest = pages.ledger.lines[number - 1].digest
        said = heads.statement(number, digest)
        signature = sign_text(said, terms)
        if isinstance(signature, Refusal):
            return None, (signature.at(place),)
        path = archive.heads / f"{number}{heads.SIGNATURE}"
        statement = path.with_suffix(heads.STATEMENT)
        problems = (
            folders.make(archive.heads, show(archive.heads))
            or atomic.write(statement, said, show(statement))
            or atomic.write(path, signature, show(path))
        )
        if problems:
            return None, problems
        details = {
            heads.HEAD: str(Head.of(number, digest)),
            heads.FILE: path.name,
            heads.SHA256: sha256(signature).hexdigest(),
        }
        entry, problems = pages.enter(Event.SIGNED, details=details)
        return (None if entry is None else path), problems


def examined(archive: Archive, ledger: Ledger, trusted: Trusted, at: datetime) -> Answer:
    """Say whether the signatures over a ledger's heads are there, and hold."""
    signed = [entry for entry in ledger.entries if entry.event is Event.SIGNED]
    faults: list[Fault] = []
    remarks: list[str] = []
    for entry in signed:
        told = tuple(_examined(archive, ledger, entry, trusted, at))
        faults += (each for each in told if isinstance(each, Fault))
        remarks += (each for each in told if isinstance(each, str))
    found = counted(len(signed), "signed head")
    return Answer(found, tuple(faults), tuple(remarks), there=bool(signed))


def _nothing(ledger: Ledger, place: Place) -> Problem:
    if not ledger.lines:
        message = "nothing was submitted yet, so there is nothing that a head could stand for"
        return Problem("ledger-empty", message, place)
    return Problem("head-signed", "nothing has happened since the ledger's head was signed", place)


def _examined(
    archive: Archive, ledger: Ledger, entry: Entry, trusted: Trusted, at: datetime
) -> Iterator[Fault | str]:
    """Yield what is wrong with a signature that a line tells of, and what is to be said of it."""
    from reportgen.archive.signatures.examining import examine_text  # noqa: PLC0415 - pyHanko

    name = entry.details.get(heads.FILE, "")
    place = f"heads/{name}"
    head = Head.read(entry.details.get(heads.HEAD, ""))
    line = f"line {entry.number} of the ledger"
    path = confine(archive.heads, name)
    if head is None or isinstance(path, Refusal) or head.number >= entry.number:
        yield Fault(place, f"{line} does not tell which head was signed where")
        return
    if ledger.head_at(head.number) != head:
        yield Fault(place, f"{line} tells of a head, {head}, that this ledger never had")
        return
    signature, problems = read_bytes(path, place, _LIMIT)
    if signature is None:
        yield Fault(place, f"{named(place)}, of which {line} tells: {problems[0].message}")
        return
    if sha256(signature).hexdigest() != entry.details.get(heads.SHA256):
        yield Fault(place, f"{named(place)} is another signature than {line} tells of")
        return
    content = heads.statement(head.number, ledger.lines[head.number - 1].digest)
    report = examine_text(content, signature, trusted, at)
    for fault in report.faults:
        yield Fault(place, f"{named(place)}: {fault}")
    for sentence in report.told:
        yield f"head {head}: {sentence}"
