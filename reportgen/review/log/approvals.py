"""The approvals of a draft, role by role: given, lapsed and by which sentences, or missing.

An approval holds for the content that was approved and for nothing else. It lapses when the content
changes, and holds again should the content change back.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from reportgen.review.log import content
from reportgen.review.model import Signature

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from reportgen.letters.draft import Draft
    from reportgen.review.log.entries import Approval
    from reportgen.review.log.verdicts import Trust


class State(StrEnum):
    """Whether a role has approved what the letter says today."""

    GIVEN = "given"
    LAPSED = "lapsed"
    UNKNOWN = "for a draft that nobody has"
    DOUBTED = "not counted"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Consent:
    """What a role said of a letter last.

    Attributes:
        role: The role.
        state: Whether it holds.
        approval: The entry that says so; None when there is none.
        why: What changed since, or why it does not count, a sentence each.
        signature: What is known of who gave it.
    """

    role: str
    state: State
    approval: Approval | None = None
    why: tuple[str, ...] = ()
    signature: Signature = Signature.UNSIGNED


def approvals(
    draft: Draft,
    given: Sequence[Approval],
    roles: Iterable[str],
    trust: Trust,
    kept: Callable[[str], Draft | None],
) -> tuple[Consent, ...]:
    """Return what each role says of a draft: those that are needed, then those that spoke besides.

    Args:
        draft: The letter as it is today.
        given: The approvals of the log, in the order of their times.
        roles: The roles whose approval is needed.
        trust: Whose word counts.
        kept: Returns the draft of a digest that was approved, if anybody has it.
    """
    today = content.digest(draft)

    def fate(approval: Approval) -> tuple[State, tuple[str, ...]]:
        """Return what became of an approval of other content than today's."""
        then = kept(approval.draft)
        if then is None or content.digest(then) != approval.content:
            return State.UNKNOWN, ()
        return State.LAPSED, content.changes(then, draft)

    every = dict.fromkeys((*roles, *(each.role for each in given)))
    return tuple(
        _consent(role, [each for each in given if each.role == role], today, trust, fate)
        for role in every
    )


def _consent(
    role: str,
    given: Sequence[Approval],
    today: str,
    trust: Trust,
    fate: Callable[[Approval], tuple[State, tuple[str, ...]]],
) -> Consent:
    if not given:
        return Consent(role, State.MISSING)
    counting = [each for each in given if trust.doubt(each) is None]
    if not counting:
        last = given[-1]
        return Consent(role, State.DOUBTED, last, (trust.doubt(last) or "",), trust.of(last))
    holding = [each for each in counting if each.content == today]
    last = (holding or counting)[-1]
    state, why = (State.GIVEN, ()) if holding else fate(last)
    return Consent(role, state, last, why, trust.of(last))
