"""What the ledger proves: its own chain, and which bags and papers it vouches for.

A ledger goes in, with what is known of the bags; answers come out. A time in the ledger is what a
machine's clock said: it is never relied upon, and one that ran backwards is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from reportgen.archive.model import Event
from reportgen.archive.verdicts import Answer, Fault, named
from reportgen.problems.printing import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reportgen.archive.ledger import Chained, Head, Ledger
    from reportgen.archive.model import Entry

LEDGER: Final = "ledger.jsonl"
_SEALING: Final = frozenset({Event.SUBMITTED, Event.IMPORTED})
"""With these a bag comes into an archive."""


@dataclass(frozen=True, slots=True)
class Account:
    """What a ledger says of one record.

    Attributes:
        sealed: The lines with which its bag came into the archive: one, if all is well.
        disposed: The line that says that its bag was disposed of.
        others: The numbers of all other lines.
    """

    sealed: tuple[Entry, ...] = ()
    disposed: Entry | None = None
    others: tuple[int, ...] = ()


def accounts(ledger: Ledger) -> Mapping[str, Account]:
    """Return what a ledger says of each record, also where a line of it does not hold."""
    entries: dict[str, list[Entry]] = {}
    for entry in ledger.entries:
        if entry.record:
            entries.setdefault(entry.record, []).append(entry)
    return {record: account(found) for record, found in entries.items()}


def account(entries: list[Entry]) -> Account:
    """Return what lines that are all about one record say of it."""
    disposed = [each for each in entries if each.event is Event.DISPOSED]
    return Account(
        sealed=tuple(each for each in entries if each.event in _SEALING),
        disposed=disposed[-1] if disposed else None,
        others=tuple(
            each.number
            for each in entries
            if each.event not in _SEALING and each.event is not Event.DISPOSED
        ),
    )


# --- the chain -----------------------------------------------------------------------------------


def chain(ledger: Ledger, head: Head | None = None) -> Answer:
    """Say whether a ledger is one chain, and whether it still has a head that was written down.

    Args:
        ledger: The ledger.
        head: What its head was at some time; None when nobody gives one.
    """
    faults = [
        Fault(f"{LEDGER}:{each.line}", f"line {each.line} of the ledger: {each.fault}")
        for each in ledger.faults
    ]
    remarks = [*_backwards(ledger.lines)]
    if ledger.torn:
        remarks.append(
            f"the ledger ends in {counted(len(ledger.torn), 'byte')} of a line that was not "
            "written to its end; it was never a line, and the next one takes its place"
        )
    if head is not None:
        message = _other_head(ledger, head)
        if message:
            faults.append(Fault(LEDGER, message))
        else:
            since = len(ledger.lines) - head.number
            told = f"{counted(since, 'line')} came since" if since else "no line came since"
            remarks.append(f"the ledger has the head {head} after line {head.number}; {told}")
    return Answer(counted(len(ledger.lines), "line"), tuple(faults), tuple(remarks))


def _other_head(ledger: Ledger, head: Head) -> str:
    """Say why a head is not that of a ledger, or never was; empty when it is or was."""
    lines = len(ledger.lines)
    if head.number > lines:
        return (
            f"the ledger has {counted(lines, 'line')}, and the head {head} is of one that has "
            f"{head.number:,}: lines were cut off its end, or the head is not of this ledger"
        )
    if ledger.head_at(head.number) != head:
        return (
            f"line {head.number} of the ledger does not give the head {head}: the ledger was "
            "written anew up to there, or the head is not of this ledger"
        )
    return ""


def _backwards(lines: Iterable[Chained]) -> Iterator[str]:
    """Yield each time that a clock ran backwards from one line to the next.

    Lines that follow go on from there: a clock that was years ahead for one line does not put all
    later ones in doubt.
    """
    for before, entry in pairwise(each.entry for each in lines if each.entry is not None):
        if entry.at < before.at:
            yield (
                f"line {entry.number} says {entry.at.isoformat()}, which is before line "
                f"{before.number}: a clock ran backwards, and no time of the ledger proves when"
            )


# --- bags and lines ------------------------------------------------------------------------------


def in_ledger(record: str, account: Account | None, digest: str | None) -> Answer:
    """Say whether the ledger vouches for the bag of a record.

    Args:
        record: Its id.
        account: What the ledger says of it; None when it says nothing.
        digest: The bag's digest; None when it has none.
    """
    if account is None or not account.sealed:
        message = f"no line of the ledger seals {named(record)}: its bag was slipped in, or its line cut out"
        return Answer("no line", (Fault(record, message),))
    first = account.sealed[0]
    faults = []
    if len(account.sealed) > 1:
        lines = " and ".join(str(each.number) for each in account.sealed)
        faults.append(f"the ledger seals {named(record)} more than once, in lines {lines}")
    if account.disposed is not None:
        faults.append(
            f"line {account.disposed.number} of the ledger says that {named(record)} was disposed "
            "of, and its bag is there"
        )
    if first.bag is None:
        faults.append(
            f"line {first.number} of the ledger does not say which bag {named(record)} is"
        )
    elif digest is None:
        faults.append(
            f"the bag {named(record)} has no tag manifest that the ledger could vouch for"
        )
    elif digest != first.bag:
        faults.append(
            f"the bag {named(record)} is not the one that was sealed: its digest is {digest[:16]}…, "
            f"and line {first.number} of the ledger has {first.bag[:16]}…"
        )
    found = f"line {first.number}, {first.event} on {first.at:%Y-%m-%d}"
    return Answer(found, tuple(Fault(record, message) for message in faults))


def completeness(
    accounts: Mapping[str, Account], bags: Iterable[str], strangers: Iterable[str]
) -> tuple[Fault, ...]:
    """Return what is missing from an archive, or is in it without having been sealed.

    That a bag has no line is told with the bag.

    Args:
        accounts: What the ledger says of each record.
        bags: The records whose bags are there.
        strangers: The names of what else lies among the records.
    """
    there = set(bags)
    faults = [
        Fault(f"records/{name}", f"{named(f'records/{name}')} is no record, and lies among them")
        for name in strangers
    ]
    for record, account in accounts.items():
        if not account.sealed:
            lines = " and ".join(map(str, account.others[:3]))
            if record not in there and lines:
                message = f"line {lines} of the ledger is of {named(record)}, which no line seals"
                faults.append(Fault(record, message))
        elif account.disposed is None:
            if record not in there:
                message = (
                    f"line {account.sealed[0].number} of the ledger seals {named(record)}, and its "
                    "bag is gone without having been disposed of"
                )
                faults.append(Fault(record, message))
        elif account.disposed.bag not in {None, account.sealed[0].bag}:
            message = (
                f"line {account.disposed.number} of the ledger disposes of another bag of "
                f"{named(record)} than line {account.sealed[0].number} sealed"
            )
            faults.append(Fault(record, message))
    return tuple(faults)
