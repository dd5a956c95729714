"""The gate before a final letter: what its review leaves open, and what was let pass on record.

The gate stands where the organization's file has `review:`; without it, a final letter needs no
review. What earlier letters said is held against a letter in any case.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.jobs.catalog import earlier
from reportgen.jobs.people.identifying import identity
from reportgen.jobs.review import linting, reviewing
from reportgen.jobs.review.recording import Recorder
from reportgen.problems.model import Place, Problem, Refusal, Severity
from reportgen.problems.wording import quoted, suggestion
from reportgen.review.formats import standing
from reportgen.review.log.status import obstacles

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportgen.jobs.drafts.composing import Composition
    from reportgen.jobs.people.identifying import Identity
    from reportgen.jobs.review.reviewing import Review
    from reportgen.workspace import Workspace

_FORMATS = {"table": standing.table, "json": standing.as_json}


@dataclass(frozen=True, slots=True)
class Waiving:
    """What somebody lets pass in a final letter.

    Attributes:
        codes: The kinds of findings.
        reason: Why; it is on record for ever.
        identity: Who; or why nobody knows.
        clock: Tells the time, with its offset from UTC.
    """

    codes: tuple[str, ...]
    reason: str
    identity: Identity | Refusal
    clock: Callable[[], datetime]


def waiving(workspace: Workspace, codes: tuple[str, ...], reason: str) -> Waiving:
    """Return what whoever is at work in a workspace lets pass, now."""
    who = identity(workspace.root)
    return Waiving(codes, reason, who, lambda: datetime.now().astimezone())


def findings(workspace: Workspace, review: Review) -> tuple[Problem, ...]:
    """Return what is found in a letter besides what its review leaves open."""
    composed = review.composed
    unbound = tuple(each for each in review.problems if each.code == linting.UNBOUND)
    return (
        *linting.findings(composed, unbound, workspace),
        *earlier.said_otherwise(workspace, composed.manuscript, composed.draft),
    )


def told(workspace: Workspace, review: Review, format_: str) -> tuple[str, tuple[Problem, ...]]:
    """Return the status of a review as text, and the problems to be told after it.

    Args:
        workspace: Where the letter is.
        review: Its review.
        format_: `table` or `json`; the latter has the problems in it.
    """
    status = review.status(findings(workspace, review))
    problems = () if format_ == "json" else (*status.log.problems, *status.findings)
    return _FORMATS[format_](status), problems


def passed(
    workspace: Workspace,
    composed: Composition,
    waiving: Waiving | None,
) -> tuple[Problem, ...]:
    """Return what stands between a letter and its final copy; put on record what is let pass.

    What is let pass is a warning. It is put on record only when nothing else is in the way, and
    holds for what the letter says today.

    Args:
        workspace: Where the letter is.
        composed: The letter.
        waiving: What somebody lets pass, if anything.
    """
    if composed.manuscript.organization.review is None:
        return () if waiving is None else (_nothing_to_waive(composed),)
    review = reviewing.review_of(workspace, Path(composed.manuscript.path), composed, ())
    found = linting.findings(composed, (), workspace)
    before = obstacles(review.status(found), composed.manuscript.path)
    if waiving is None:
        return before
    return _waived(workspace, review, found, before, waiving)


def _waived(
    workspace: Workspace,
    review: Review,
    found: tuple[Problem, ...],
    before: tuple[Problem, ...],
    waiving: Waiving,
) -> tuple[Problem, ...]:
    place = Place(review.composed.manuscript.path)
    codes = tuple(dict.fromkeys(each.code for each in before))
    unknown = tuple(
        Problem(
            "unknown-waiver",
            f"nothing of the kind {quoted(code)} stands in the way of this letter",
            place,
            suggestion(code, codes, "kinds that do"),
        )
        for code in waiving.codes
        if code not in codes
    )
    left = [
        each
        for each in before
        if each.severity is Severity.ERROR and each.code not in waiving.codes
    ]
    if unknown or left:
        return (*before, *unknown)
    if isinstance(waiving.identity, Refusal):
        return (waiving.identity.at(place),)
    recorder = Recorder(review, waiving.identity, waiving.clock)
    for code in waiving.codes:
        messages = tuple(
            each.message for each in before
            if each.code == code and each.severity is Severity.ERROR
        )  # fmt: skip
        if messages:
            _, problems = recorder.waive(code, waiving.reason, messages)
            if problems:
                return problems
    after = reviewing.review_of(workspace, review.letter, review.composed, review.problems)
    return obstacles(after.status(found), place.document)


def _nothing_to_waive(composed: Composition) -> Problem:
    return Problem(
        "unknown-waiver",
        "there is nothing to waive: the organization asks for no review",
        Place(composed.manuscript.path),
        "leave `--waive` out; a review is asked for by `review:` in the organization's file",
    )
