"""All letters of one case, held against each other before any of them leaves.

The same incident goes to several recipients, each in its own form; what is said of a fact is the same
in all of them. And a letter that a reporting law asks for says what that law requires. Nothing is
built while anything of this is not so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reportgen.jobs.drafts.composing import Composition, composition
from reportgen.jobs.regimes.laws import Laws
from reportgen.letters.naming import LETTERS
from reportgen.problems.model import Place, Problem, Refusal, Related, Severity
from reportgen.problems.wording import quoted, suggestion
from reportgen.regimes.answering import answers
from reportgen.review.consistency import Earlier, said_otherwise, submitted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from reportgen.workspace import Workspace


@dataclass(frozen=True, slots=True)
class LetterSet:
    """The letters of a case.

    Attributes:
        letters: The files of the letters, the earliest first, and by name where they bear one date.
        problems: What is wrong with them together, and what keeps one from being composed.
    """

    letters: tuple[Path, ...]
    problems: tuple[Problem, ...]


def of_case(workspace: Workspace, case: str) -> LetterSet | Refusal:
    """Compose all letters of a case, and hold them against each other and what laws require.

    Args:
        workspace: Where cases and templates are.
        case: The id of the case: the folder that has the letters.

    Returns:
        The letters, or the refusal `unknown-case`. Problems are those of composing, as far as they
        are errors, `set-disagrees` and `element-missing`.
    """
    folder = workspace.cases / case / LETTERS
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        known = sorted(
            {path.parent.parent.name for path in workspace.cases.glob(f"*/{LETTERS}/*.yaml")}
        )
        message = f"there is no case {quoted(case)} that has letters"
        return Refusal("unknown-case", message, suggestion(case, known, "cases with letters"))
    composed: dict[Path, Composition] = {}
    problems: list[Problem] = []
    for path in paths:
        made, found = composition(workspace, path)
        if made is not None:
            composed[path] = made
        else:
            problems += [each for each in found if each.severity is Severity.ERROR]
    order = sorted(composed, key=lambda path: (composed[path].draft.date, path))
    problems += _disagreements([composed[path] for path in order])
    laws = Laws(workspace)
    for path in order:
        problems += _missing(composed[path], laws)
    left = [path for path in paths if path not in composed]
    return LetterSet((*order, *left), tuple(dict.fromkeys(problems)))


def _disagreements(letters: Sequence[Composition]) -> Iterator[Problem]:
    """Yield what a letter says otherwise than one before it that it does not correct."""
    for index, each in enumerate(letters):
        before = tuple(map(_earlier, letters[:index]))
        for problem in said_otherwise(each.draft, each.manuscript.letter.corrects, before):
            yield _of_set(problem)


def _earlier(composed: Composition) -> Earlier:
    """Return what a letter says as if it had left."""
    draft, path = composed.draft, composed.manuscript.path
    said = submitted(draft, (), ()).facts
    return Earlier(draft.name, draft.name, draft.date, (), path, said)


def _of_set(problem: Problem) -> Problem:
    """Return what was said otherwise than in a letter that left, as said of one of the set."""
    related = tuple(Related(each.place, "the other letter is this") for each in problem.related)
    help_ = "let all letters of a case say a fact in the same words, or correct one openly"
    return replace(
        problem, code="set-disagrees", severity=Severity.ERROR, related=related, help=help_
    )


def _missing(composed: Composition, laws: Laws) -> Iterator[Problem]:
    """Yield what the law under which a letter is sent requires, and its case does not say."""
    letter, case = composed.manuscript.letter, composed.manuscript.incident
    if letter.regime is None:
        return
    assessment = case.regimes.get(letter.regime)
    regimes, _ = laws.regimes((letter.regime,))
    regime = regimes.get(letter.regime)
    if assessment is None or regime is None:
        return  # told when the letter was composed
    place = Place(composed.manuscript.path, ("regime",))
    for answer in answers(case, assessment, regime, letter.stage):
        if answer.missing:
            yield Problem(
                "element-missing",
                f"{regime.name} requires {quoted(answer.element.name)}, and the case does not say it",
                place,
                f"{answer.element.question} ({answer.element.citation})",
            )
