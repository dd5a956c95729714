"""Disposal of a record whose time is over: proposed by one person, confirmed by another.

The ledger's line comes first and names a certificate, which is kept; then the bag is removed. One
who is killed in between leaves a bag that the ledger says is disposed of: whoever calls this next
removes it. Nothing is removed of which the ledger does not say so.
"""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reportgen.archive import records
from reportgen.archive.finding.searching import held_for
from reportgen.archive.formats.terms import why
from reportgen.archive.layout import Archive
from reportgen.archive.model import Event
from reportgen.archive.retaining import proposal
from reportgen.files.showing import show
from reportgen.files.syncing import sync
from reportgen.jobs.archive import retaining
from reportgen.jobs.archive.following import keep, known
from reportgen.jobs.ledger.booking import Book
from reportgen.jobs.papers import allowed_signers
from reportgen.jobs.people.signing import sign, verify
from reportgen.problems.model import Place, Problem, Refusal
from reportgen.review.log.entries import Person
from reportgen.review.model import Signature

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from reportgen.archive.model import Entry
    from reportgen.archive.retaining import Term
    from reportgen.jobs.ledger.booking import Entered, OpenBook
    from reportgen.jobs.people.identifying import Identity
    from reportgen.workspace import Workspace

_AWAY: Final = "disposed-"
"""How a bag is called, in the folder of what is being written, while it is removed."""
_BARRED: Final = (
    "a hold ends with `reportgen archive release`, a question with a letter that answers it, and a "
    "correction when it is submitted"
)


@dataclass(frozen=True, slots=True)
class Disposer:
    """One who proposes and confirms disposals.

    Attributes:
        workspace: Where the archive is, and the settings of its organizations.
        who: Who does.
        clock: Tells the time, with its offset from UTC.
    """

    workspace: Workspace
    who: Identity
    clock: Callable[[], datetime]

    def dispose(self, name: str, reason: str = "") -> Entered:
        """Propose the disposal of a record; or confirm it, when somebody else proposed it.

        Args:
            name: A record, or a letter whose latest record is meant.
            reason: What is to be added.

        Problems: `unknown-record`, `not-due`, `disposal-barred`, `disposal-own`, `signature-bad`,
        `cannot-sign`, `cannot-write`, those of the settings and of the book.
        """
        archive = Archive(self.workspace.archive)
        terms, problems = retaining.terms(self.workspace)
        with Book(archive, str(self.who.person), self.clock).open() as pages:
            if not pages.problems:
                _finish(pages)
            record, wrong = known(pages, name)
            if record is None:
                return None, (*problems, *wrong)
            term = next((each for each in terms if each.record.id == record), None)
            wrong = self._barred(pages, record, term)
            if wrong or term is None:
                return None, (*problems, *wrong)
            standing = proposal([each for each in pages.ledger.entries if each.record == record])
            if standing is None:
                return self._propose(pages, term, reason)
            wrong = self._same_or_bad(pages, standing, record)
            if wrong:
                return None, wrong
            return self._confirm(pages, term, standing, reason)

    def _barred(self, pages: OpenBook, record: str, term: Term | None) -> tuple[Problem, ...]:
        place = Place(show(pages.book.archive.bag(record)))
        if term is None:
            message = f"nothing is known of the retention of {record}"
            return (Problem("not-due", message, place),)
        found = [
            Problem("disposal-barred", f"{record} is not disposed of: {each}", place, _BARRED)
            for each in term.against
        ]
        if not term.is_due(self.clock().date()):
            message = f"{record} is kept; {why(term)}"
            help_ = "`reportgen archive due` lists what may be disposed of"
            if term.rule is None:
                help_ = "give its family a class under `archive: retention:` of the organization"
            found.append(Problem("not-due", message, place, help_))
        # A hold that came while the ledger was not locked yet.
        held = [each for each in pages.ledger.entries if each.record == record]
        if not found and held_for(held):
            found.append(Problem("disposal-barred", f"{record} is held", place, _BARRED))
        return tuple(found)

    def _propose(self, pages: OpenBook, term: Term, reason: str) -> Entered:
        said = {"why": why(term)} | ({"reason": reason} if reason else {})
        return self._enter(pages, Event.PROPOSED, term, said)

    def _confirm(self, pages: OpenBook, term: Term, standing: Entry, reason: str) -> Entered:
        archive = pages.book.archive
        content = self._certificate(archive, term, standing, reason)
        paper, problems = keep(archive, term.record.id, content, ".json")
        if problems:
            return None, problems
        said = {"why": why(term), "proposed": f"line {standing.number}, by {standing.by}", **paper}
        entry, problems = self._enter(pages, Event.DISPOSED, term, said)
        return entry, problems if entry is None else (*problems, *_finish(pages))

    def _enter(self, pages: OpenBook, event: Event, term: Term, said: dict[str, str]) -> Entered:
        """Enter a line, signed when whoever it is has a key."""
        if self.who.key is not None:
            signature = sign(_statement(event, term.record.id, term.record.bag), self.who.key)
            if isinstance(signature, Refusal):
                return None, (signature.at(Place(show(pages.book.archive.ledger))),)
            said |= {"signature": signature}
        return pages.enter(event, term.record.id, term.record.bag or None, said)

    def _same_or_bad(self, pages: OpenBook, standing: Entry, record: str) -> tuple[Problem, ...]:
        """Say why a proposal cannot be confirmed: it is one's own, or not who it says it is."""
        place = Place(show(pages.book.archive.ledger))
        person = _person(standing.by)
        if person is None or person.email.casefold() == self.who.person.email.casefold():
            message = f"{standing.by} proposed the disposal of {record}, and does not confirm it"
            help_ = "a second person confirms: they call the same command"
            return (Problem("disposal-own", message, place, help_),)
        signature = standing.details.get("signature")
        if signature is not None:
            content = _statement(Event.PROPOSED, record, standing.bag or "")
            allowed = allowed_signers(self.workspace)
            if verify(content, signature, person, standing.at, allowed) is Signature.BAD:
                message = f"the signature of line {standing.number} is not that of {standing.by}"
                return (Problem("signature-bad", message, place),)
        return ()

    def _certificate(self, archive: Archive, term: Term, standing: Entry, reason: str) -> bytes:
        """Return the certificate: what was disposed of, by which rule, by whom."""
        sealed, _ = records.read(archive.bag(term.record.id))
        content = {
            "format": "reportgen-disposal",
            "version": 1,
            "record": term.record.id,
            "bag": term.record.bag,
            "what": sealed.model_dump(mode="json") if sealed else None,
            "why": why(term),
            "reasons": [each for each in (standing.details.get("reason", ""), reason) if each],
            "proposed": {
                "by": standing.by,
                "at": standing.at.isoformat(),
                "line": standing.number,
            },
            "confirmed": {
                "by": str(self.who.person),
                "at": self.clock().replace(microsecond=0).isoformat(),
            },
        }
        return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()


def _statement(event: Event, record: str, bag: str) -> bytes:
    """Return what is signed of a line: what is to be done, of which record, with which bag."""
    return f"reportgen disposal\n{event}\n{record}\n{bag}\n".encode()


def _person(by: str) -> Person | None:
    name, _, rest = by.rpartition(" <")
    try:
        return Person(name=name, email=rest.removesuffix(">"))
    except ValueError:
        return None


# --- the bag ------------------------------------------------------------------------------------


def _finish(pages: OpenBook) -> tuple[Problem, ...]:
    """Remove every bag of which the ledger says last that it was disposed of."""
    archive = pages.book.archive
    last: dict[str, Event] = {}
    for each in pages.ledger.entries:
        if each.event.brings_a_record or each.event is Event.DISPOSED:
            last[each.record] = each.event
    problems: list[Problem] = []
    for record, event in last.items():
        if event is Event.DISPOSED:
            try:
                _remove(archive, record)
            except OSError as error:
                reason = (error.strerror or str(error)).lower()
                message = f"the bag cannot be removed: {reason}"
                help_ = "the ledger says that it is disposed of: call the command again to finish"
                problems.append(
                    Problem("cannot-write", message, Place(show(archive.bag(record))), help_)
                )
    return tuple(problems)


def _remove(archive: Archive, record: str) -> None:
    """Take a bag out of the records in one step, then remove it."""
    bag, away = archive.bag(record), archive.staging / f"{_AWAY}{record}"
    if os.path.lexists(bag) and not os.path.lexists(away):
        archive.staging.mkdir(exist_ok=True)
        bag.rename(away)
        sync(archive.records)
        sync(archive.staging)
    if away.is_symlink():
        away.unlink()
    elif away.is_dir():
        shutil.rmtree(away)
        sync(archive.staging)
