"""The verdict on one record: each question asked of its bag, of the ledger's lines, of its papers.

What a bag's own sources give is only tried after bag and ledger were found to belong together: what
was not proved to be what was sealed is not run.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from reportgen.archive import laterpapers, layout, records
from reportgen.archive.signatures.trust import Trusted
from reportgen.archive.verdicts import Answer, Fault, RecordVerdict, named, size_of
from reportgen.archive.verification import contents, verifying
from reportgen.files.reading import read_bytes
from reportgen.letters import keeping
from reportgen.problems.printing import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path

    from reportgen.archive.layout import Archive
    from reportgen.archive.ledger import Head
    from reportgen.archive.model import Entry, Record, SentFile
    from reportgen.archive.verification.fixity import Fixity
    from reportgen.archive.verification.verifying import Account

_NOT_READ: Final = "not asked, since the record cannot be read"
_SIGNED: Final = b"/ByteRange"
"""What every signed PDF has, and no letter that was only built (ISO 32000-1, 12.8.1)."""


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


def judged(
    inquiry: Inquiry, name: str, found: Fixity, account: Account | None, entries: list[Entry]
) -> RecordVerdict:
    """Return the verdict on a record.

    Args:
        inquiry: What is asked.
        name: The record.
        found: What lies in its bag.
        account: What the ledger says of it; None when it says nothing.
        entries: The ledger's lines that are about it.
    """
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
        unknown = Answer(_NOT_READ, asked=False)
        sent = Answer("no record", (unreadable,))
        return RecordVerdict(name, held, in_ledger, sent, unknown, unknown, papers)
    return RecordVerdict(
        name,
        held,
        in_ledger,
        contents.sent(name, record, found, _drafts(bag, found), _inputs(bag, found)),
        signatures_of(inquiry, bag, record),
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


def signatures_of(inquiry: Inquiry, bag: Path, record: Record) -> Answer:
    """Say whether the signatures of what was sent hold, and whether the record tells of each.

    Whoever alters a signed letter, and has the record keep silent of its signature, would else not
    be asked for it.
    """
    faults: list[Fault] = []
    remarks: list[str] = []
    signed = [each for each in record.sent if each.unsigned is not None]
    for each in record.sent:
        if each.unsigned is None and not _is_letter(each):
            continue
        content, problems = read_bytes(bag / each.path)
        if content is None:
            faults.append(Fault(each.path, f"{named(each.path)}: {problems[0].message}"))
        elif each.unsigned is not None:
            from reportgen.archive.signatures import examining as signatures  # noqa: PLC0415 - pyHanko

            told = signatures.examine(content, each.unsigned, inquiry.trusted, inquiry.clock())
            faults += (Fault(each.path, f"{named(each.path)}: {fault}") for fault in told.faults)
            remarks += (f"{named(each.path)}: {sentence}" for sentence in told.told)
        elif _SIGNED in content:
            message = f"{named(each.path)} is signed, and the record does not say so"
            faults.append(Fault(each.path, message))
    if not signed and not faults:
        return Answer("not signed", there=False)
    return Answer(counted(len(signed), "signed file"), tuple(faults), tuple(remarks))


def _is_letter(sent: SentFile) -> bool:
    """Whether a file is the letter as PDF; what went with it may be signed by anybody."""
    return sent.path.endswith(".pdf") and not sent.path.startswith(f"{layout.ENCLOSURES}/")


def _rerendering(inquiry: Inquiry, bag: Path, record: Record, *, sealed: bool) -> Answer:
    if not inquiry.rendering:
        return Answer("left out, as was asked", asked=False)
    if not sealed:
        # What was not proved to be what was sealed is not run.
        return Answer("not tried, since the bag is not what was sealed", asked=False)
    from reportgen.jobs.verification import rerendering  # noqa: PLC0415 - WeasyPrint, Jinja, Markdown

    return rerendering.rerender(bag, record)
