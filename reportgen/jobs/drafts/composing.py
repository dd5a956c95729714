"""The draft of a letter as the commands of the review need it: composed, and nothing written.

Everything that is gathered stays at hand: the cases behind the draft, and the texts that it was
made from, in which problems have their places.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.jobs.drafts import charting
from reportgen.jobs.drafts.charting import Drawer
from reportgen.jobs.drafts.gathering import Gatherer
from reportgen.problems.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from reportgen.cases.model import Case
    from reportgen.jobs.drafts.gathering import Gathered
    from reportgen.letters.draft import Draft
    from reportgen.letters.loading import Manuscript
    from reportgen.problems.model import Problem
    from reportgen.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Composition:
    """A letter composed, with what it was composed from.

    Attributes:
        draft: The whole letter, confidential passages and all.
        manuscript: What it was made from.
        gathered: The styles and fonts that were asked for.
    """

    draft: Draft
    manuscript: Manuscript
    gathered: Gathered

    @property
    def cases(self) -> Mapping[str, Case]:
        """The cases that the letter draws on, by id."""
        manuscript = self.manuscript
        return {case.id: case for case in (manuscript.incident, *manuscript.compared)}


def composition(
    workspace: Workspace, letter: Path, formats: Iterable[str] = ("txt",)
) -> tuple[Composition | None, tuple[Problem, ...]]:
    """Compose a letter.

    Args:
        workspace: Where cases and templates are; drawn charts are kept under its output.
        letter: The letter's file.
        formats: The formats whose styles and fonts are wanted.

    Returns:
        The composition and the draft's open points, as warnings; or None and all that is wrong.
    """
    gathered = Gatherer(workspace).gather(letter, formats)
    manuscript = gathered.manuscript
    if manuscript is None or any(each.severity is Severity.ERROR for each in gathered.problems):
        return None, gathered.problems
    from reportgen.letters.composing import compose  # noqa: PLC0415 - Jinja and Markdown

    regular, bold = gathered.typeface
    draft, problems = compose(manuscript, Drawer(regular, bold, workspace.output / charting.FOLDER))
    problems = (*gathered.problems, *problems)
    return (None if draft is None else Composition(draft, manuscript, gathered)), problems
