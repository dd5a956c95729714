"""Lint letters: compose each, ask the rules, heed what its organization makes of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.files.showing import show
from reportgen.jobs.drafts.composing import composition
from reportgen.problems.model import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reportgen.files.text import Text
    from reportgen.jobs.drafts.composing import Composition
    from reportgen.problems.model import Problem
    from reportgen.review.linting import Objection
    from reportgen.review.matter import Matter
    from reportgen.workspace import Workspace

UNBOUND = "unbound-number"
"""What composing finds and the lint tells, with the sentence, so that it can be waived."""


@dataclass(frozen=True, slots=True)
class Linted:
    """What the lint made of a letter.

    Attributes:
        sentences: How many sentences it has; 0 when it could not be composed.
        problems: What is wrong with it, what it leaves open, and what counsel would object to.
    """

    sentences: int
    problems: tuple[Problem, ...]


def lint(workspace: Workspace, letter: Path) -> Linted:
    """Lint one letter."""
    composed, problems = composition(workspace, letter)
    if composed is None:
        return Linted(0, problems)
    others = tuple(problem for problem in problems if problem.code != UNBOUND)
    unbound = tuple(problem for problem in problems if problem.code == UNBOUND)
    return Linted(
        len(composed.draft.assertions), (*others, *findings(composed, unbound, workspace))
    )


def unwaived(composed: Composition, unbound: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Return the unbound numbers of a letter but for those that are waived in their sentence.

    What an organization makes of the rule does not count here: in a letter that is sent, a number
    is bound to a fact, or somebody has said why it need not be.
    """
    if not any(each.waivers for each in composed.draft.assertions):
        return unbound
    from reportgen.review import linting  # noqa: PLC0415 - as in `findings`
    from reportgen.review.matter import matter_of  # noqa: PLC0415

    matter = matter_of(composed.draft, composed.cases, unbound=unbound)
    found = linting.lint(matter, _texts(composed), composed.manuscript.path, {})
    return tuple(each for each in found if each.code == UNBOUND)


def findings(
    composed: Composition, unbound: tuple[Problem, ...], workspace: Workspace
) -> tuple[Problem, ...]:
    """Return what the rules find in a composed letter, and what is wrong with their settings."""
    from reportgen.review import linting  # noqa: PLC0415 - some thirty rules

    levels, place = _levels(composed, workspace)
    found = objections(composed, unbound, workspace)
    return (*linting.unknown_levels(levels, place), *(each.problem for each in found))


def objections(
    composed: Composition, unbound: tuple[Problem, ...], workspace: Workspace
) -> tuple[Objection, ...]:
    """Return what the rules find in a composed letter, with the sentences.

    Args:
        composed: The letter.
        unbound: What composing said of numbers that are bound to nothing.
        workspace: Where the organization's settings are.
    """
    from reportgen.review import linting  # noqa: PLC0415 - as above

    levels, _ = _levels(composed, workspace)
    matter = _matter(composed, unbound)
    return linting.objections(matter, _texts(composed), composed.manuscript.path, levels)


def _levels(composed: Composition, workspace: Workspace) -> tuple[dict[str, str], Place]:
    """Return what the organization makes of the rules, and where it says so."""
    manuscript = composed.manuscript
    levels = {code: str(level) for code, level in manuscript.organization.lint.items()}
    settings = workspace.lookup(f"organization/{manuscript.letter.organization}.yaml")
    return levels, Place(show(settings) if isinstance(settings, Path) else "", ("lint",))


def _matter(composed: Composition, unbound: tuple[Problem, ...]) -> Matter:
    from reportgen.review.matter import matter_of  # noqa: PLC0415 - as above

    return matter_of(
        composed.draft,
        composed.cases,
        contact=composed.manuscript.organization.contact,
        recipients=tuple(dict.fromkeys(_names(composed))),
        unbound=unbound,
    )


def _names(composed: Composition) -> Iterator[str]:
    for each in composed.manuscript.addressees:
        recipient = each.recipient
        yield from filter(None, (recipient.name, recipient.short, recipient.body))


def _texts(composed: Composition) -> Mapping[str, Text]:
    manuscript = composed.manuscript
    texts = (*manuscript.templates.values(), *((manuscript.prose,) if manuscript.prose else ()))
    return {text.path: text for text in texts}
