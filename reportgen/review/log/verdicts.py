"""The verdicts on a draft: which hold, which have lapsed and why.

A verdict holds for what a sentence says, wherever it stands. The checker is not the author of the
letter (GAO: the referencer is somebody who did not write it). Of several checkers each one's last
word counts, and one who says wrong outweighs those who say right: a finding is withdrawn by whoever
made it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.review.log.entries import Checked, subject
from reportgen.review.log.lapsing import reason, successors
from reportgen.review.model import Ruling, Signature, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reportgen.letters.draft import Assertion, Draft
    from reportgen.review.log.entries import Entry, Person


@dataclass(frozen=True, slots=True)
class Trust:
    """Whose word counts.

    Attributes:
        authors: Addresses of those who wrote the letter.
        signatures: What is known of the signature of each entry, by its id.
        required: Whether what is not signed counts for nothing.
    """

    authors: frozenset[str]
    signatures: Mapping[str, Signature]
    required: bool = False

    def of(self, entry: Entry) -> Signature:
        """Return what is known of who wrote an entry."""
        return self.signatures.get(entry.id, Signature.UNSIGNED)

    def wrote(self, person: Person) -> bool:
        """Whether somebody is an author of the letter."""
        return any(person.is_(email) for email in self.authors)

    def doubt(self, entry: Entry) -> str | None:
        """Return why an entry's author cannot be relied on; None when they can."""
        signature = self.of(entry)
        if signature is Signature.BAD:
            return "its signature is bad"
        if self.required and signature is not Signature.GOOD:
            return f"signatures are required, and it is {_SHORT[signature]}"
        return None


_SHORT = {Signature.UNSIGNED: "unsigned", Signature.UNVERIFIED: "signed by nobody who is known"}


def verdicts(draft: Draft, checks: Iterable[Checked], trust: Trust) -> Mapping[str, Verdict]:
    """Return the verdict on each sentence of a draft that has one, by the assertion's id.

    Args:
        draft: The letter as it is today.
        checks: The verdicts of the log, in the order of their times.
        trust: Whose word counts.
    """
    given: dict[str, list[Checked]] = {}
    for check in checks:
        given.setdefault(check.subject.digest, []).append(check)
    found: dict[str, Verdict] = {}
    unchecked: list[Assertion] = []
    for assertion in draft.assertions:
        if assertion.digest in given:
            check, lapsed = _weightiest(given[assertion.digest], trust)
            found[assertion.id] = _verdict(assertion, check, lapsed, trust)
        else:
            unchecked.append(assertion)
    today = {assertion.digest for assertion in draft.assertions}
    past = [checks for digest, checks in given.items() if digest not in today]
    # The state that was checked last is the one to tell the change from.
    past.sort(key=lambda checks: (checks[-1].at, checks[-1].id), reverse=True)
    before = [checks[-1].subject for checks in past]
    after = [subject(assertion, draft) for assertion in unchecked]
    for new, old in successors(before, after).items():
        check, _ = _weightiest(past[old], trust)
        why = reason(check.subject, after[new])
        found[unchecked[new].id] = _verdict(unchecked[new], check, why, trust)
    return found


def _weightiest(checks: Iterable[Checked], trust: Trust) -> tuple[Checked, str | None]:
    """Return the verdict that counts of those on one state, or the last and why none counts."""
    given = tuple(checks)
    last: dict[str, Checked] = {}
    for check in given:
        # What cannot be relied on takes nobody's word back.
        if _doubt(check, trust) is None:
            last.pop(check.by.email.casefold(), None)
            last[check.by.email.casefold()] = check
    if not last:
        return given[-1], _doubt(given[-1], trust)
    counting = tuple(reversed(last.values()))
    return next((check for check in counting if check.ruling is Ruling.WRONG), counting[0]), None


def _doubt(check: Checked, trust: Trust) -> str | None:
    if trust.wrote(check.by):
        return "its checker is an author of the letter"
    return trust.doubt(check)


def _verdict(assertion: Assertion, check: Checked, lapsed: str | None, trust: Trust) -> Verdict:
    return Verdict(
        assertion=assertion.id,
        digest=check.subject.digest,
        ruling=check.ruling,
        by=str(check.by),
        at=check.at,
        note=check.note,
        lapsed=lapsed,
        signature=trust.of(check),
    )
