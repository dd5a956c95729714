"""A draft as a PDF that meets PDF/A-2a and PDF/UA-1 at once.

A draft and the stationery go in, bytes come out: the same bytes for the same input, in any process,
time zone and folder, whatever fonts the machine has. Whatever the layout had to do without (a
glyph, a drawing, a note) is a problem, and there is no artifact while one of them is an error.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from reportgen.problems.model import Problem, Severity
from reportgen.rendering.engine import harfbuzz_subset
from reportgen.rendering.model import Artifact, Edition
from reportgen.rendering.press import Press

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.letters.draft import Draft
    from reportgen.rendering.lines import Line
    from reportgen.rendering.model import Stationery

NAME: Final = "letter.pdf"
MEDIA_TYPE: Final = "application/pdf"
DRAFT: Final = Edition()
_PRESSES: Final = 4
"""How many stationeries are kept ready in one process."""


def render(
    draft: Draft,
    stationery: Stationery,
    edition: Edition = DRAFT,
) -> tuple[Artifact | None, tuple[Problem, ...]]:
    """Return the letter as a PDF, and what was wrong with it.

    Args:
        draft: The composed letter; ids of its facts and their values do not reach the file.
        stationery: Its styles and fonts. Those of the last few calls are kept ready.
        edition: Which copy it is: a draft bears its legend on every page and ends with a sheet of
            what is open. Its lines and its sentences are numbered in the margins where it says so.

    Returns:
        The artifact and warnings (`style-ignored`), or None and the errors that stand in its way:
        `missing-glyph`, `missing-alternative`, `font-missing`, `resource-refused`,
        `layout-incomplete`.
    """
    made = _press(_Look(stationery)).print(draft, edition)
    if any(problem.severity is Severity.ERROR for problem in made.problems):
        return None, made.problems
    return Artifact(NAME, MEDIA_TYPE, made.content, made.pages, _places(made.starts)), made.problems


def positions(
    draft: Draft, stationery: Stationery, edition: Edition = DRAFT
) -> Mapping[str, tuple[int, int]]:
    """Return where each assertion begins on paper, by its id: the page and the line, from 1.

    Lines are counted as `Edition.line_numbers` shows them; they are the same for an edition with
    numbers and without. An assertion that is on no line is missing.
    """
    return _places(_press(_Look(stationery)).lineation(draft, edition).starts)


def _places(starts: Mapping[str, Line]) -> Mapping[str, tuple[int, int]]:
    return {identity: (line.page, line.number) for identity, line in starts.items()}


def caveat() -> str | None:
    """Return what sets the bytes that are made here apart from another machine's, if anything."""
    if harfbuzz_subset is not None:
        return None
    return (
        "without libharfbuzz-subset0 a PDF says the same in other bytes than on a machine that has "
        "it; they are the same from run to run"
    )


class _Look:
    """A stationery as a key: two are the same when their content is."""

    def __init__(self, stationery: Stationery) -> None:
        self.stationery = stationery
        self._digest = stationery.digest()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Look) and self._digest == other._digest

    def __hash__(self) -> int:
        return hash(self._digest)


@lru_cache(_PRESSES)
def _press(look: _Look) -> Press:
    return Press(look.stationery)
