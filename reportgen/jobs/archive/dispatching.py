"""How a letter left the house: to whom, when, and whether it had left before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from reportgen.archive.model import Event
from reportgen.problems.model import Place, Problem, Refusal, Severity
from reportgen.problems.wording import listed, quoted, suggestion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from reportgen.archive.ledger import Ledger
    from reportgen.archive.model import Record
    from reportgen.archive.signatures.signing import Signed
    from reportgen.jobs.drafts.composing import Composition
    from reportgen.workspace import Workspace

_SKEW: Final = timedelta(minutes=5)
"""How far two clocks may be apart."""


@dataclass(frozen=True, slots=True)
class Sending:
    """How a letter left the house.

    Attributes:
        at: When, with the offset from UTC.
        via: How: `electronic mail`.
        by: Who sent it: `Ada Example <ada@example.com>`.
        to: To which of its recipients, by their ids in the directory; to all when empty.
        enclosures: Files that went with it and are not bound into it.
        serial: Whether it went to many, each with a copy of their own.
        with_review: Whether comments and earlier drafts go into the record.
        sign: Signs a PDF before it is sealed; None when it stays as it is.
    """

    at: datetime
    via: str
    by: str
    to: tuple[str, ...] = ()
    enclosures: tuple[Path, ...] = ()
    serial: bool = False
    with_review: bool = False
    sign: Callable[[bytes], Signed | Refusal] | None = None


def timed(sending: Sending, composed: Composition, now: datetime) -> Iterator[Problem]:
    """Yield what is odd about when a letter is said to have been sent.

    `sent-in-future`, an error; `sent-before-dated`, a warning.
    """
    place = Place(composed.manuscript.path)
    at = sending.at
    if at > now + _SKEW:
        message = f"it is said to have been sent on {at.isoformat()}, and it is {_short(now)} now"
        help_ = "submit a letter when it has been sent, or set the clock"
        yield Problem("sent-in-future", message, place, help_)
    dated = composed.draft.date
    if at.date() < dated:
        yield Problem(
            "sent-before-dated",
            f"it is said to have been sent on {at.date()}, and bears the date {dated}",
            place,
            "see whether `--at` is right; it stands in the record as it was said",
            Severity.WARNING,
        )


def recipients(
    workspace: Workspace, composed: Composition, to: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Return to whom a letter was sent: all whom it addresses when nobody is named.

    Those who got a copy may be named too, as long as the directory has them; else
    `unknown-recipient`.
    """
    letter, place = composed.manuscript.letter, Place(composed.manuscript.path)
    if not to:
        return letter.recipients, ()
    known = [path.stem for path in workspace.listing("directory", "*.yaml")]
    problems = tuple(
        Problem(
            "unknown-recipient",
            f"{quoted(each)} is neither an addressee of this letter nor in the directory",
            place,
            suggestion(each, (*letter.recipients, *known)),
        )
        for each in to
        if each not in letter.recipients and each.partition(".")[0] not in known
    )
    return tuple(dict.fromkeys(to)), problems


def details(record: Record) -> dict[str, str]:
    """Return what the ledger says of a submission, so that it can be told without the bag."""
    return {
        "letter": record.letter,
        "to": ", ".join(record.recipients),
        "via": record.submitted.via,
        "sent": record.submitted.at.isoformat(),
        "drafts": ", ".join(record.drafts),
    }


def submitted_before(record: Record, ledger: Ledger, shown: str) -> tuple[Problem, ...]:
    """Return that the same letter went to one of the same recipients already, if it did.

    Another letter under the same name is another submission, and so is the same letter to others:
    each is a record. What was withdrawn may be sent again.
    """
    withdrawn = {each.record for each in ledger.entries if each.event is Event.WITHDRAWN}
    mine = details(record)
    for entry in ledger.entries:
        said = entry.details
        if (
            entry.event is not Event.SUBMITTED
            or entry.record in withdrawn
            or any(said.get(key) != mine[key] for key in ("letter", "drafts"))
        ):
            continue
        earlier = set(filter(None, said.get("to", "").split(", ")))
        both = earlier & set(record.recipients)
        if both or not (earlier or record.recipients):
            whom = f" to {listed(sorted(both))}" if both else ""
            return (
                Problem(
                    "already-submitted",
                    f"this very letter was sent{whom} already, as the record {entry.record}",
                    Place(shown),
                    "a letter that went to others since: name these with `--to`; one that says "
                    "something else: change it, and build it again",
                ),
            )
    return ()


def _short(at: datetime) -> str:
    return at.replace(microsecond=0).isoformat()
