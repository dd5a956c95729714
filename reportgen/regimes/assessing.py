"""What a case says of reporting laws, held against what the laws ask: unknown names, missing clocks.

Whether a law applies, and when a period began, is never doubted here; only what cannot be computed
with, or cannot be so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.cases.model import Decision
from reportgen.problems.model import Part, Place, Problem, Related, Severity
from reportgen.problems.wording import listed, quoted, suggestion
from reportgen.quantities.dates import long_form, when
from reportgen.regimes import answering
from reportgen.regimes.model import Force
from reportgen.regimes.places import ZONES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import datetime

    from reportgen.cases.model import Assessment, Case
    from reportgen.problems.model import Key
    from reportgen.regimes.model import Regime, Regimes


def assessed(
    case: Case, document: str, regimes: Regimes, names: Collection[str], now: datetime
) -> Iterator[Problem]:
    """Yield what is wrong with what a case says of reporting laws.

    Args:
        case: The case.
        document: Its file.
        regimes: Those that it names, as far as their files could be read.
        names: The names of all regimes that there are.
        now: The present, with its offset: nothing began later.
    """
    for name, assessment in case.regimes.items():
        checking = _Checking(case, document, name, assessment)
        yield from checking.times(now)
        regime = regimes.get(name)
        if regime is not None:
            yield from checking.against(regime)
        elif name not in names:
            yield Problem(
                "unknown-regime",
                f"there is no regime {quoted(name)}",
                Place(document, ("regimes", name), Part.KEY),
                suggestion(name, names, "regimes")
                or f"correct the name, or add templates/regimes/{name}.yaml",
            )


class _Checking:
    """One assessment of one case."""

    def __init__(self, case: Case, document: str, name: str, assessment: Assessment) -> None:
        self.case = case
        self.document = document
        self.name = name
        self.assessment = assessment

    def place(self, *route: Key, part: Part = Part.VALUE) -> Place:
        return Place(self.document, ("regimes", self.name, *route), part)

    def times(self, now: datetime) -> Iterator[Problem]:
        """Yield a problem for each moment that cannot be."""
        occurred = self.case.dates.occurred
        for event, clock in self.assessment.clocks.items():
            at = self.place("clocks", event, "at")
            if clock.at > now:
                yield Problem(
                    "clock-in-future",
                    f"this clock began {moment(clock.at)}, which is still to come",
                    at,
                    "correct the day, the time or the offset",
                )
            elif occurred is not None and clock.at.date() < occurred.first.earliest:
                yield Problem(
                    "clock-before-incident",
                    f"this clock began {moment(clock.at)}, before the incident began "
                    f"{when(occurred.first)}",
                    at,
                    "correct the moment, or the dates of the incident",
                    related=(
                        Related(
                            Place(self.document, ("dates", "occurred", "from")), "it began here"
                        ),
                    ),
                )
        for stage, submission in self.assessment.submitted.items():
            if submission.at > now:
                yield Problem(
                    "submitted-in-future",
                    f"this report was submitted {moment(submission.at)}, which is still to come",
                    self.place("submitted", stage, "at"),
                    "correct the day, the time or the offset",
                )

    def against(self, regime: Regime) -> Iterator[Problem]:
        """Yield what does not go with what the law asks."""
        yield from self._names(regime)
        if self.assessment.reported:
            yield from self._missing(regime)
            if self.assessment.decision is Decision.APPLIES:
                yield from self._force(regime)
        elif self.assessment.clocks and self.assessment.decision is Decision.NOT_REQUIRED:
            yield Problem(
                "clock-idle",
                f"a clock is given for {regime.short}, which is said not to be required",
                self.place("clocks", part=Part.KEY),
                "take the clock away, or correct `decision`",
                Severity.WARNING,
            )

    def _names(self, regime: Regime) -> Iterator[Problem]:
        """Yield a problem for each name that the regime does not have."""
        assessment = self.assessment
        for event in assessment.clocks:
            if event not in regime.events:
                used = sorted(each.value for each in regime.events)
                yield Problem(
                    "clock-idle",
                    f"no period of {regime.short} begins with {quoted(event.value)}",
                    self.place("clocks", event, part=Part.KEY),
                    f"its periods begin with {listed(used, 'or')}",
                    Severity.WARNING,
                )
        for stage, submission in assessment.submitted.items():
            if stage not in regime.stages:
                yield self._unknown("unknown-stage", stage, regime.stages, "submitted", stage)
                continue
            started = {each.starts for each in regime.stages[stage].bounds}
            begun = [clock.at for event, clock in assessment.clocks.items() if event in started]
            if begun and submission.at < min(begun):
                yield Problem(
                    "submitted-before-clock",
                    f"this report was submitted {moment(submission.at)}, before its clock began "
                    f"{moment(min(begun))}",
                    self.place("submitted", stage, "at"),
                    "correct the one that is wrong",
                    Severity.WARNING,
                )
        limb = assessment.limb
        if limb is not None and limb not in regime.limbs:
            yield self._unknown("unknown-limb", limb, regime.limbs, "limb")
        for element, path in assessment.answers.items():
            if element not in regime.elements:
                yield self._unknown("unknown-element", element, regime.elements, "answers", element)
            elif answering.words(self.case, assessment, path) is None:
                yield Problem(
                    "answer-missing",
                    f"{quoted(path)} leads to nothing in this case",
                    self.place("answers", element),
                    "name a fact that the case states, such as `facts.cause`, or state it",
                )

    def _unknown(self, code: str, name: str, known: Collection[str], *route: Key) -> Problem:
        kind = code.partition("-")[2]
        message = f"{quoted(self.name)} has no {kind} {quoted(name)}"
        part = Part.VALUE if kind == "limb" else Part.KEY
        help_ = suggestion(name, known, f"{kind}s")
        return Problem(code, message, self.place(*route, part=part), help_)

    def _missing(self, regime: Regime) -> Iterator[Problem]:
        """Yield a problem for each thing without which no deadline can be computed."""
        assessment = self.assessment
        here = self.place(part=Part.KEY)
        if regime.limbs and assessment.limb is None:
            cases = "; ".join(f"`{name}`: {words}" for name, words in regime.limbs.items())
            yield Problem(
                "limb-missing",
                f"how long {regime.short} gives depends on what happened, and `limb` does not say",
                here,
                f"let counsel name one of {cases}",
            )
        if regime.by_place and assessment.place is None:
            yield Problem(
                "place-missing",
                f"each Member State has its own authority under {regime.short}, and `place` does "
                "not say which",
                here,
                "write the country whose authority is told: `place: DE`",
            )
        elif regime.by_place and assessment.place not in ZONES:
            yield Problem(
                "unknown-place",
                f"{quoted(assessment.place)} is no Member State",
                self.place("place"),
                f"the Member States are {listed(ZONES)}",
            )
        wanted = [
            each.starts
            for stage in regime.stages.values()
            if stage.only_if is None
            for each in stage.bounds
            if each.starts is not None
            and (assessment.limb is None or each.limb in {None, assessment.limb})
        ]
        if wanted and not any(event in assessment.clocks for event in wanted):
            events = listed(dict.fromkeys(event.value for event in wanted), "or")
            yield Problem(
                "clock-missing",
                f"{regime.short} applies, and nobody says when its clock began",
                here,
                f"add {events} under `clocks`: `at`, `by` and `because`",
            )

    def _force(self, regime: Regime) -> Iterator[Problem]:
        """Yield a warning where the law was not, or may not have been, in force."""
        standing = regime.standing
        began = min((clock.at.date() for clock in self.assessment.clocks.values()), default=None)
        told = None
        if standing.force is Force.PROPOSED:
            told = f"{regime.short} was not in force as of {long_form(standing.as_of)}"
        elif began and standing.first and began < standing.first.earliest:
            told = (
                f"{regime.short} takes effect {when(standing.first)}, and its clock is said to have "
                f"begun on {long_form(began)}"
            )
        elif began and standing.last and began > standing.last.latest:
            told = f"{regime.short} ended {when(standing.last)}"
        if told:
            yield Problem(
                "regime-not-in-force",
                told,
                self.place("decision"),
                "let counsel look again; what is reported without a duty is `decision: voluntary`",
                Severity.WARNING,
            )


def moment(at: datetime) -> str:
    """Return "on March 16, 2026 at 10:20 (-07:00)"."""
    offset = at.strftime("%z")
    return f"on {long_form(at.date())} at {at:%H:%M} ({offset[:3]}:{offset[3:5]})"
