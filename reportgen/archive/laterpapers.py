"""Papers that came after a letter was sent: receipts, questions, certificates of disposal.

They lie outside the sealed bags; a line of the ledger has the digest of each. Files are read here,
and nothing is written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportgen.archive.bags.reckoning import TooLargeError, digests, survey
from reportgen.archive.verdicts import Answer, Fault, named
from reportgen.files.confining import confine
from reportgen.problems.model import Refusal
from reportgen.problems.printing import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from reportgen.archive.layout import Archive
    from reportgen.archive.model import Entry

PATH: Final = "paper"
"""The key among an entry's details that names a paper: its path beneath `papers/`."""
SHA256: Final = "sha256"
"""The key that has its digest."""
LIMIT: Final = 1 << 34
"""How many bytes a paper may have."""


def examine(archive: Archive, entries: Iterable[Entry]) -> Answer:
    """Say whether the papers that lines of the ledger name are there, and as they were."""
    named_ = [entry for entry in entries if PATH in entry.details]
    faults = tuple(fault for entry in named_ for fault in _examined(archive.papers, entry))
    return Answer(counted(len(named_), "paper"), faults, there=bool(named_))


def strangers(archive: Archive, entries: Iterable[Entry]) -> tuple[Fault, ...]:
    """Return what lies among the papers and no line of the ledger names."""
    known = {entry.details.get(PATH) for entry in entries}
    if not archive.papers.is_dir():
        return ()
    found = survey(archive.papers)
    added = (
        Fault(f"papers/{path}", f"no line of the ledger names {named(f'papers/{path}')}")
        for path in found.sizes
        if path not in known
    )
    odd = (fault for fault in found.faults if "an empty one" not in fault.message)
    return (*odd, *added)


def _examined(papers: Path, entry: Entry) -> Iterator[Fault]:
    name = entry.details[PATH]
    place = f"papers/{name}"
    path = confine(papers, name)
    if isinstance(path, Refusal):
        yield Fault(
            place, f"line {entry.number} of the ledger names a paper that is none: {path.message}"
        )
        return
    digest = entry.details.get(SHA256)
    if digest is None:
        yield Fault(place, f"line {entry.number} of the ledger has no digest of {named(place)}")
        return
    try:
        found, _ = digests(f"{papers}/{name}", LIMIT)
    except FileNotFoundError:
        yield Fault(
            place, f"{named(place)} is missing, which line {entry.number} of the ledger names"
        )
    except (OSError, TooLargeError):
        yield Fault(place, f"{named(place)} cannot be read")
    else:
        if found != digest:
            message = (
                f"{named(place)} is not what it was when line {entry.number} of the ledger was "
                "written: its digest is another"
            )
            yield Fault(place, message)
