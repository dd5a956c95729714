"""What a family requires of a case, and what of it the case does not state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportgen.cases.model import Event
from reportgen.letters.draft import Binding
from reportgen.letters.values import Value
from reportgen.problems.model import Place, Problem, Severity
from reportgen.quantities.dates import PartialDate, long_form

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.cases.model import Case
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


EVENTS: Final = {str(event).replace("-", "_"): event for event in Event}
"""Names of what a period of a reporting law begins with, `aware`: their dates are those of the
clocks of the law that a letter is sent under."""


def stated(case: Case, regime: str | None, view: CaseView, name: str) -> object:
    """Return what a case states under `name`: a value, a list; something empty when nothing.

    Args:
        case: The case.
        regime: The reporting law that the letter is sent under, whose clocks have dates.
        view: The case as templates see it.
        name: The name of a fact, of a list of the case, or of what begins a period.
    """
    if name in view:
        return view[name]
    if name in OWN and OWN[name] == (name,):
        return getattr(view, name)
    return _began(case, regime, name) if name in EVENTS else None


def _began(case: Case, regime: str | None, name: str) -> Value | None:
    """Return the day of a clock of the letter's reporting law, in the time zone of its moment."""
    assessment = case.regimes.get(regime or "")
    clock = assessment.clocks.get(EVENTS[name]) if assessment else None
    if clock is None:
        return None
    day = PartialDate.read(clock.at.date().isoformat())
    address = f"{case.id}.regimes.{regime}.clocks.{EVENTS[name]}"
    return Value(Binding.FACT, address, long_form(day), str(day), (), date=day)


def _place(manuscript: Manuscript, name: str) -> str:
    """Return where a case file states `name`."""
    if name in EVENTS:
        regime = manuscript.letter.regime or "<regime>"
        return f"regimes.{regime}.clocks.{EVENTS[name]}"
    return ".".join(OWN.get(name, ("facts", name)))


def missing(manuscript: Manuscript, view: CaseView) -> Iterator[Problem]:
    """Yield a warning for each requirement that the letter's case leaves open."""
    for name, requirement in manuscript.family.requires.items():
        if not stated(manuscript.incident, manuscript.letter.regime, view, name):
            citation = f" ({requirement.citation})" if requirement.citation else ""
            yield Problem(
                "required-fact-missing",
                f"the case {view.id} does not state `{name}`, which the family "
                f"`{manuscript.letter.family}` requires{citation}",
                Place(manuscript.path, ("cases", "incident")),
                f"state it as `{_place(manuscript, name)}` in its case.yaml: {requirement.question}",
                Severity.WARNING,
            )
