"""What people say of a letter, written into its log: signed where they have a key, dated, for ever.

The clock and the identity are handed in; the log is locked while a line is written.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.files.showing import show
from reportgen.jobs.review import keeping
from reportgen.jobs.review.writing import Pen
from reportgen.problems.model import Place, Problem, Refusal
from reportgen.problems.wording import listed, quoted, suggestion
from reportgen.review.log import content, drafts
from reportgen.review.log.entries import (
    Approval,
    Checked,
    Comment,
    Dispute,
    GateWaiver,
    KeptDraft,
    Resolution,
    subject,
)
from reportgen.review.log.status import unresolved

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from reportgen.jobs.people.identifying import Identity
    from reportgen.jobs.review.reviewing import Review
    from reportgen.jobs.review.writing import Said
    from reportgen.letters.draft import Assertion
    from reportgen.review.log.entries import Entry
    from reportgen.review.model import Ruling

Recorded = tuple["Entry | None", tuple[Problem, ...]]
"""The entry as it stands in the log; or None and what stood in its way."""


@dataclass(frozen=True, slots=True)
class Recorder:
    """Writes what one person says of one letter.

    Attributes:
        review: The letter's review.
        identity: Who speaks.
        clock: Tells the time, with its offset from UTC.
    """

    review: Review
    identity: Identity
    clock: Callable[[], datetime]

    def comment(self, text: str, on: str | None = None) -> Recorded:
        """Ask or remark something: on a sentence, by its number or id, or on the whole letter."""
        assertion = self._assertion(on) if on is not None else None
        if isinstance(assertion, Refusal):
            return self._refused(assertion)
        spoken_of = subject(assertion, self.review.draft) if assertion else None
        today = content.digest(self.review.draft)
        return self._record(Comment, text=text, draft=today, subject=spoken_of)

    def resolve(self, of: str, text: str = "") -> Recorded:
        """End a comment or a dispute, by its id or the beginning of it."""
        log = self.review.log
        asked = {each.id for each in (*log.of(Comment), *log.of(Dispute))}
        meant = sorted(each for each in asked if each.startswith(of))
        if len(meant) != 1:
            left = unresolved(self.review.draft, log, self.review.terms.trust)
            still = sorted(each.id for each in left)
            help_ = f"those that are open are {listed(still)}" if still else "none is open"
            many = f"{listed(meant)} begin so" if meant else "there is no such comment or dispute"
            return self._refused(Refusal("unknown-comment", f"{quoted(of)}: {many}", help_))
        return self._record(Resolution, of=meant[0], text=text)

    def verdict(self, on: str, ruling: Ruling, note: str = "") -> Recorded:
        """Say whether a sentence's evidence bears it out."""
        assertion = self._assertion(on)
        if isinstance(assertion, Refusal):
            return self._refused(assertion)
        entries, problems = self.verdicts([(assertion, ruling, note)])
        return (entries[0] if entries else None), problems

    def verdicts(
        self, given: Iterable[tuple[Assertion, Ruling, str]]
    ) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
        """Record verdicts on several sentences, all or none; nobody checks what they wrote."""
        person = self.identity.person
        if self.review.terms.trust.wrote(person):
            message = f"{person} is an author of this letter, and cannot check it"
            help_ = (
                "have it checked by somebody who did not write it; authors are those whom "
                "`authors` in the letter's file names, or else git"
            )
            return (), self._refused(Refusal("verdict-own", message, help_))[1]
        return self._write(
            [
                (Checked, {"subject": subject(each, self.review.draft), "ruling": r, "note": n})
                for each, r, n in given
            ]
        )

    def approve(self, role: str, note: str = "") -> Recorded:
        """Approve the whole letter as it is, for a role; the draft is kept."""
        roles = self.review.terms.roles
        if roles and role not in roles:
            message = f"the organization asks for no approval by {quoted(role)}"
            return self._refused(Refusal("unknown-role", message, suggestion(role, roles, "roles")))
        problems = keeping.keep(self.review.draft, self.review.letter)
        if problems:
            return None, problems
        draft = self.review.draft
        today = content.digest(draft)
        return self._record(Approval, role=role, content=today, draft=draft.digest, note=note)

    def send(self) -> tuple[int, tuple[Problem, ...]]:
        """Keep the draft of today, which is sent to review.

        Returns:
            Its number, also when it was the last one sent before, and no problem; or 0.
        """
        draft, log = self.review.draft, self.review.log
        problems = keeping.keep(draft, self.review.letter)
        if problems:
            return 0, problems
        number, known = drafts.number(log, draft.digest), drafts.sent(log)
        if known and known[-1].digest == draft.digest:
            return number, ()
        today = content.digest(draft)
        entry, problems = self._record(KeptDraft, number=number, draft=draft.digest, content=today)
        return (number if entry else 0), problems

    def waive(self, code: str, reason: str, findings: Iterable[str]) -> Recorded:
        """Let findings of one kind pass, in the letter as it is, and say why."""
        today = content.digest(self.review.draft)
        let_pass = tuple(findings)
        return self._record(GateWaiver, code=code, reason=reason, content=today, findings=let_pass)

    def _record(self, model: type[Entry], **said: object) -> Recorded:
        entries, problems = self._write([(model, said)])
        return (entries[0] if entries else None), problems

    def _write(self, said: Iterable[Said]) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
        review = self.review
        return Pen(review.letter, review.log, self.identity, self.clock).write(said)

    def _assertion(self, on: str) -> Assertion | Refusal:
        """Return the sentence of a number or of an id."""
        assertions = self.review.draft.assertions
        for each in assertions:
            if on in {str(each.number), each.id}:
                return each
        return Refusal(
            "unknown-assertion",
            f"this letter has no sentence {quoted(on)}",
            f"its sentences are numbered from 1 to {len(assertions)}; `reportgen status` and "
            "`reportgen index` show them",
        )

    def _refused(self, refusal: Refusal) -> tuple[None, tuple[Problem, ...]]:
        return None, (refusal.at(Place(show(self.review.letter))),)
