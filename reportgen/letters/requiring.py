"""What a family requires of a case, and what of it the case does not state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportgen.problems.model import Place, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.letters.loading import Manuscript
    from reportgen.letters.values import CaseView

OWN: Final = {
    "window": ("dates", "occurred"),
    "began": ("dates", "occurred"),
    "ended": ("dates", "occurred"),
    "detected": ("dates", "detected"),
    "disclosed": ("dates", "disclosed"),
    "actors": ("actors",),
    "techniques": ("techniques",),
    "targets": ("targets",),
    "responses": ("responses",),
}
"""Names of what is no fact of its own, and where it stands in a case file."""


def stated(view: CaseView, name: str) -> object:
    """Return what a case states under `name`: a value, a list; something empty when nothing."""
    if name in view:
        return view[name]
    return getattr(view, name) if name in OWN and OWN[name] == (name,) else None


def missing(manuscript: Manuscript, view: CaseView) -> Iterator[Problem]:
    """Yield a warning for each requirement that the letter's case leaves open."""
    for name, requirement in manuscript.family.requires.items():
        if not stated(view, name):
            where = ".".join(OWN.get(name, ("facts", name)))
            citation = f" ({requirement.citation})" if requirement.citation else ""
            yield Problem(
                "required-fact-missing",
                f"the case {view.id} does not state `{name}`, which the family "
                f"`{manuscript.letter.family}` requires{citation}",
                Place(manuscript.path, ("cases", "incident")),
                f"state it as `{where}` in its case.yaml: {requirement.question}",
                Severity.WARNING,
            )
