"""What a report has to say, and what of a case says it: the words, where they stand, what is missing.

A path leads into a case: `dates.occurred`, `facts.cause`, `actors`, `clocks.aware`. The words are those
that a letter would print, so nothing is claimed that no fact of the case bears out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.cases.model import Case, DateFact, Event, NameFact, QuantityFact, TextFact
from reportgen.quantities import wording
from reportgen.quantities.dates import long_form, long_form_of_period

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from reportgen.cases.model import Actor, Assessment, Fact
    from reportgen.regimes.model import Element, Regime


@dataclass(frozen=True, slots=True)
class Answer:
    """What a case says of one thing that a report has to say.

    Attributes:
        name: The element's name within the regime.
        element: What is asked.
        path: Where the case answers it; empty where it does not.
        words: The words that answer it; empty where none do.
    """

    name: str
    element: Element
    path: str = ""
    words: str = ""

    @property
    def missing(self) -> bool:
        """Whether the report cannot do without it, and the case does not say it."""
        return not self.words and self.element.only_if is None


def answers(
    case: Case, assessment: Assessment, regime: Regime, stage: str | None = None
) -> Iterator[Answer]:
    """Yield what a case says of each thing that a regime requires.

    Args:
        case: The case.
        assessment: What it says of the regime; it may name other paths than the regime does.
        regime: The regime.
        stage: The report that is meant; all of them when None.
    """
    for name, element in regime.elements.items():
        if stage is not None and element.stages and stage not in element.stages:
            continue
        own = assessment.answers.get(name)
        yield _answer(name, element, (own,) if own else element.paths, case, assessment)


def _answer(
    name: str, element: Element, paths: tuple[str, ...], case: Case, assessment: Assessment
) -> Answer:
    for path in paths:
        said = words(case, assessment, path)
        if said:
            return Answer(name, element, path, said)
    return Answer(name, element)


def words(case: Case, assessment: Assessment, path: str) -> str | None:
    """Return the words of a case at a path, or None where it leads to nothing."""
    head, _, rest = path.partition(".")
    if head == "facts":
        fact = case.facts.get(rest)
        return None if fact is None else _said(fact)
    if head == "dates":
        return _dates(case).get(rest) or None
    if head == "clocks":
        clock = assessment.clocks.get(Event(rest)) if rest in set(Event) else None
        return None if clock is None else f"{long_form(clock.at.date())}, {clock.at:%H:%M %z}"
    return _PARTS[head](case) or None if head in _PARTS and not rest else None


def _said(fact: Fact) -> str:
    match fact:
        case QuantityFact():
            return f"{wording.say(fact.quantity)} {fact.counts}"
        case DateFact():
            return long_form(fact.date)
        case NameFact():
            return fact.name
        case TextFact():
            return fact.text


def _dates(case: Case) -> Mapping[str, str]:
    dates = case.dates
    return {
        "occurred": long_form_of_period(dates.occurred.period) if dates.occurred else "",
        "detected": long_form(dates.detected) if dates.detected else "",
        "disclosed": long_form(dates.disclosed) if dates.disclosed else "",
    }


def _actor(actor: Actor) -> str:
    """Return who it is, no higher than the attribution stands."""
    rung = actor.attribution.rung.value.replace("-", " ")
    return f"{actor.name} ({rung}, by {actor.attribution.by})"


_PARTS: Mapping[str, Callable[[Case], str]] = {
    "summary": lambda case: case.summary,
    "title": lambda case: case.title,
    "kind": lambda case: case.kind.value.replace("-", " "),
    "affected": lambda case: "; ".join(party.name for party in case.affected),
    "actors": lambda case: "; ".join(map(_actor, case.actors)),
    "targets": lambda case: "; ".join(target.name for target in case.targets),
    "techniques": lambda case: "; ".join(
        f"{each.name} ({each.id})" if each.name else each.id for each in case.techniques
    ),
    "responses": lambda case: "; ".join(
        f"{each.party}: {each.answer.value}" for each in case.responses
    ),
}
"""The parts of a case that a path can name whole."""
