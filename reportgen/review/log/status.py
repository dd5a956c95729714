"""How far the review of a letter is: what is checked, lapsed, open, approved, missing.

A draft, its log and what the organization asks for go in; the status comes out, and the list of
what stands between the letter and its final copy.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reportgen.letters.markup import words
from reportgen.problems.model import Place, Problem, Severity
from reportgen.review.log import content
from reportgen.review.log.approvals import Consent, State, approvals
from reportgen.review.log.entries import (
    Approval,
    Checked,
    Comment,
    Dispute,
    GateWaiver,
    Resolution,
    asker,
)
from reportgen.review.log.verdicts import verdicts
from reportgen.review.model import Ruling, Signature, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from reportgen.letters.draft import Assertion, Draft
    from reportgen.review.log.lines import Log
    from reportgen.review.log.verdicts import Trust


@dataclass(frozen=True, slots=True)
class Terms:
    """What counts in a review.

    Attributes:
        roles: The roles whose approval is needed.
        trust: Whose word counts.
        kept: Returns the draft of a digest that was approved, if anybody has it.
    """

    roles: tuple[str, ...]
    trust: Trust
    kept: Callable[[str], Draft | None]


@dataclass(frozen=True, slots=True)
class Open:
    """A comment or a dispute that nobody has resolved.

    Attributes:
        entry: The entry itself.
        number: The number that its sentence has today; None when it speaks of the whole letter,
            or of a sentence that is not there any more.
    """

    entry: Comment | Dispute
    number: int | None


@dataclass(frozen=True, slots=True)
class Status:
    """How far a review is.

    Attributes:
        draft: The letter as it is today.
        content: The digest of its content.
        log: The entries, and what is wrong with their file.
        terms: What counts, and for whom.
        verdicts: The verdict on each sentence that has one, by the assertion's id.
        consents: What each role says.
        open: Comments and disputes that nobody has resolved.
        waivers: What was let pass of what the letter says today.
        findings: What the lint finds, and what was said otherwise before.
    """

    draft: Draft
    content: str
    log: Log
    terms: Terms
    verdicts: Mapping[str, Verdict]
    consents: tuple[Consent, ...]
    open: tuple[Open, ...]
    waivers: tuple[GateWaiver, ...]
    findings: tuple[Problem, ...] = ()

    @property
    def checked(self) -> tuple[Assertion, ...]:
        """The sentences whose verdict holds and is ok."""
        return tuple(
            assertion
            for assertion in self.draft.assertions
            if (verdict := self.verdicts.get(assertion.id)) is not None
            and verdict.lapsed is None
            and verdict.ruling is Ruling.OK
        )


def status(draft: Draft, log: Log, terms: Terms, findings: Iterable[Problem] = ()) -> Status:
    """Return how far the review of a draft is.

    Args:
        draft: The letter as it is today.
        log: Its log.
        terms: What counts, and for whom.
        findings: What the lint finds, and what was said otherwise before.
    """
    trust = terms.trust
    today = content.digest(draft)
    numbers = {each.digest: each.number for each in draft.assertions}
    still = unresolved(draft, log, trust)
    return Status(
        draft=draft,
        content=today,
        log=log,
        terms=terms,
        verdicts=verdicts(draft, log.of(Checked), trust),
        consents=approvals(draft, log.of(Approval), terms.roles, trust, terms.kept),
        open=tuple(Open(e, numbers.get(e.subject.digest) if e.subject else None) for e in still),
        waivers=tuple(
            each
            for each in log.of(GateWaiver)
            if each.content == today and trust.doubt(each) is None
        ),
        findings=tuple(findings),
    )


def unresolved(draft: Draft, log: Log, trust: Trust) -> tuple[Comment | Dispute, ...]:
    """Return the comments and disputes that neither an answer nor the case file has ended."""
    ended = {each.of for each in log.of(Resolution) if trust.doubt(each) is None}
    ended.update(each.id for each in log.of(Dispute) if _settled(each, draft))
    return tuple(
        each.entry
        for each in log.lines
        if isinstance(each.entry, Comment | Dispute) and each.entry.id not in ended
    )


def _settled(dispute: Dispute, draft: Draft) -> bool:
    """Whether a letter says today what a dispute proposed: the case file was mended.

    It is open again when the case file is changed back.
    """
    if not dispute.fact or not dispute.proposed:
        return False
    before = dispute.subject.bound if dispute.subject else ()
    old = {words(each.text) for each in before if each.address == dispute.fact}
    new = {words(each.text) for each in draft.bound if each.address == dispute.fact}
    return words(dispute.proposed) in new and not old & new


# --- the gate -----------------------------------------------------------------------------------


def obstacles(status: Status, letter: str) -> tuple[Problem, ...]:
    """Return what stands between a letter and its final copy.

    Args:
        status: How far its review is.
        letter: The letter's file, as the user would write it.

    Returns:
        An error for each obstacle; a warning for what was waived for this very content.
    """
    waived = {each.code for each in status.waivers}
    found = (
        *status.log.problems,
        *_unknown_authors(status, letter),
        *_unchecked(status),
        *_unapproved(status, letter),
        *_open(status, letter),
        *_forged(status),
        *(each for each in status.findings if each.severity is Severity.ERROR),
    )
    return tuple(
        replace(each, severity=Severity.WARNING) if each.code in waived else each for each in found
    )


def _unknown_authors(status: Status, letter: str) -> Iterator[Problem]:
    if not status.terms.trust.authors:
        yield Problem(
            "authors-unknown",
            "nobody is known as the author of this letter, so that nobody can be told from them",
            Place(letter),
            "name them in the letter's file, `authors: [ada@example.com]`",
        )


def _unchecked(status: Status) -> Iterator[Problem]:
    for each in status.draft.assertions:
        verdict = status.verdicts.get(each.id)
        help_ = f"have it checked: `reportgen verdict {status.draft.name} {each.number} ok`"
        if verdict is None:
            message = f"sentence {each.number} is unchecked: “{_brief(each.text)}”"
            yield Problem("unchecked-assertion", message, each.place, help_)
        elif verdict.lapsed is not None:
            message = f"the verdict on sentence {each.number} does not hold: {verdict.lapsed}"
            yield Problem("unchecked-assertion", message, each.place, help_)
        elif verdict.ruling is Ruling.WRONG:
            note = f": {verdict.note}" if verdict.note else ""
            message = f"{verdict.by} finds sentence {each.number} wrong{note}"
            help_ = "mend the sentence or its case file; a finding is withdrawn by whoever made it"
            yield Problem("assertion-wrong", message, each.place, help_)


def _unapproved(status: Status, letter: str) -> Iterator[Problem]:
    for consent in status.consents:
        if consent.role not in status.terms.roles or consent.state is State.GIVEN:
            continue
        help_ = f"ask for it: `reportgen approve {status.draft.name} --role {consent.role}`"
        if consent.approval is None:
            message = f"the role `{consent.role}` has not approved this letter"
            yield Problem("approval-missing", message, Place(letter), help_)
            continue
        who = f"the approval of {consent.approval.by} for `{consent.role}`"
        place = status.log.place(consent.approval)
        match consent.state:
            case State.LAPSED:
                for why in consent.why:
                    yield Problem("approval-lapsed", f"{who} lapsed: {why}", place, help_)
            case State.UNKNOWN:
                digest = consent.approval.draft[:12]
                message = f"{who} is of a draft that nobody has ({digest})"
                yield Problem("approval-unknown", message, place, help_)
            case _:
                why = "; ".join(consent.why)
                yield Problem("approval-missing", f"{who} does not count: {why}", place, help_)


def _open(status: Status, letter: str) -> Iterator[Problem]:
    for each in status.open:
        is_comment = isinstance(each.entry, Comment)
        code, what = ("comment-open", "comment") if is_comment else ("dispute-open", "dispute")
        where = f" on sentence {each.number}" if each.number else ""
        yield Problem(
            code,
            f"a {what} of {asker(each.entry)}{where} is open: “{_brief(each.entry.text)}”",
            status.log.place(each.entry) if status.log.lines else Place(letter),
            f'answer it: `reportgen resolve {status.draft.name} {each.entry.id} "..."`',
        )


def _forged(status: Status) -> Iterator[Problem]:
    for each in status.log.lines:
        if status.terms.trust.of(each.entry) is Signature.BAD:
            yield Problem(
                "signature-bad",
                f"the signature of this {each.entry.kind} is not that of {each.entry.by}",
                status.log.place(each.entry),
                "it counts for nothing; ask them to say it again, and find out who wrote the line",
            )


def _brief(text: str) -> str:
    said = " ".join(text.split())
    return said if len(said) <= 100 else f"{said[:99]}…"
