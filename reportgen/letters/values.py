"""What templates see of cases: values that know what they are bound to.

A template never gets a bare number or date of a case. It gets a `Value`, which carries its address
and its sources into the letter whatever filter or statistic it passes through.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, SupportsIndex

from reportgen.cases.model import (
    Case,
    Confidence,
    DateFact,
    NameFact,
    QuantityFact,
    Rung,
    TextFact,
)
from reportgen.letters.citing import Cited
from reportgen.letters.draft import Binding
from reportgen.quantities import wording
from reportgen.quantities.dates import long_form, long_form_of_period
from reportgen.statistics.model import Input

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from reportgen.cases.model import Actor, Fact, Reference, Response
    from reportgen.quantities.dates import PartialDate, Period
    from reportgen.quantities.quantity import Quantity
    from reportgen.statistics.model import Comparison, Statistic


@dataclass(frozen=True, slots=True)
class Value:
    """A piece of text that is bound to a fact, or to what follows from facts.

    Attributes:
        binding: Whether it is a fact itself or derived.
        address: `<case>.<fact>`, the statistic's formula, or the comparison's identity.
        text: The words that a letter prints.
        exact: The machine form: a number, bounds, an ISO date; of a comparison the formula with
            the bounds for which it holds; empty for words.
        facts: Addresses of the facts that it rests on.
        sources: Where these come from.
        quantity: The number, where it is one.
        date: The date, where it is one.
        term: What statistics can be made of: the fact as they know it, or a statistic.
        label: What a table calls the fact.
        confidential: Why it may not stand in a public version, if it may not.
    """

    binding: Binding
    address: str
    text: str
    exact: str
    facts: tuple[str, ...]
    sources: tuple[Cited, ...] = field(repr=False, default=())
    quantity: Quantity | None = None
    date: PartialDate | None = None
    term: Input | Statistic | None = field(repr=False, default=None)
    label: str = ""
    confidential: str | None = None

    @property
    def distinct(self) -> bool:
        """Whether it counts members of a set, which may not be added."""
        return isinstance(self.term, Input) and self.term.distinct

    def __str__(self) -> str:
        """Return the words, unbound: what a template glues together loses its facts."""
        return self.text

    def said(self, words: str) -> Value:
        """Return the same value in other words."""
        return replace(self, text=words)


@dataclass(frozen=True, slots=True)
class ActorView:
    """An actor as templates see it: its words never stand higher than its attribution."""

    name: Value
    description: str | None
    rung: str
    confidence: str | None
    by: str
    basis: Value

    @property
    def phrase(self) -> str:
        """What comes before the name: "was carried out by operators affiliated with"."""
        return _PHRASES[Rung(self.rung)]


_PHRASES = {
    Rung.CONSISTENT_WITH: "is consistent with activity of",
    Rung.LINKED_TO: "was carried out by operators linked to",
    Rung.AFFILIATED_WITH: "was carried out by operators affiliated with",
    Rung.ATTRIBUTED_TO: "is attributable to",
    Rung.CARRIED_OUT_BY: "was carried out by",
}


@dataclass(frozen=True, slots=True)
class ResponseView:
    """What an accused party said, as templates see it."""

    party: str
    answer: str
    as_of: Value
    words: Value | None


class CaseView:
    """A case as templates see it: its properties, and its facts by name."""

    def __init__(
        self,
        case: Case,
        inputs: Mapping[str, Input],
        known: Callable[[Value], bool] = lambda _: True,
    ) -> None:
        """Wrap a case.

        Args:
            case: The case.
            inputs: Its quantity facts, as the statistics know them, by address.
            known: Whether something of it was known when the letter was written: figures that
                were stated later, and what a party answered later, are not among the lists.
        """
        self.id = case.id
        self.title = case.title
        self.kind = str(case.kind)
        self.status = str(case.status)
        self.summary = case.summary
        self._case = case
        self._values: dict[str, Value] = dict(self._dates())
        self._values |= {
            name: replace(
                self._fact(name, fact, inputs.get(f"{case.id}.{name}")),
                label=fact.label or name.replace("_", " ").capitalize(),
                confidential=fact.confidential,
            )
            for name, fact in case.facts.items()
        }
        self.quantities = tuple(
            self._values[name]
            for name, fact in case.facts.items()
            if isinstance(fact, QuantityFact) and known(self._values[name])
        )
        self.actors = tuple(self._actor(index, actor) for index, actor in enumerate(case.actors))
        self.affected = tuple(party.name for party in case.affected)
        self.targets = tuple(
            self._words(f"targets.{index}", target.name, target.source)
            for index, target in enumerate(case.targets)
        )
        self.techniques = tuple(
            self._words(
                f"techniques.{index}",
                f"{technique.name} ({technique.id})" if technique.name else technique.id,
                technique.source or (),
            )
            for index, technique in enumerate(case.techniques)
        )
        responses = (self._response(index, each) for index, each in enumerate(case.responses))
        self.responses = tuple(each for each in responses if known(each.as_of))

    def __getattr__(self, name: str) -> Value:
        """Return the fact or date `name`."""
        try:
            return self.__dict__["_values"][name]  # type: ignore[no-any-return]
        except KeyError:
            raise AttributeError(name) from None

    def __getitem__(self, name: str) -> Value:
        """Return the fact or date `name`, where a template has it in a variable."""
        return self._values[name]

    def __contains__(self, name: object) -> bool:
        """Whether the case states `name`, for `{% if 'accounts' in incident %}`."""
        return name in self._values

    @property
    def sources(self) -> Mapping[str, tuple[Cited, ...]]:
        """Where each fact of the case comes from, by address."""
        return {value.address: value.sources for value in self.everything()}

    def everything(self) -> tuple[Value, ...]:
        """Return all that the case states, each once."""
        further = (
            *self.targets,
            *self.techniques,
            *(value for actor in self.actors for value in (actor.name, actor.basis)),
            *(response.as_of for response in self.responses),
            *(response.words for response in self.responses if response.words),
        )
        return (*self._values.values(), *further)

    @property
    def period(self) -> Period | None:
        """When it happened, for the statistics."""
        occurred = self._case.dates.occurred
        return None if occurred is None else occurred.period

    def names(self) -> tuple[str, ...]:
        """Return every name that a template may ask of this case."""
        own = (name for name in vars(self) if not name.startswith("_"))
        return tuple(sorted({*self._values, *own}))

    def cited(self, references: Sequence[Reference]) -> tuple[Cited, ...]:
        """Return the sources of the case that are referred to."""
        sources = self._case.sources
        return tuple(
            Cited(self.id, reference, sources[reference.id])
            for reference in references
            if reference.id in sources
        )

    def _words(self, name: str, text: str, references: Sequence[Reference]) -> Value:
        address = f"{self.id}.{name}"
        return Value(Binding.FACT, address, text, "", (address,), self.cited(references))

    def _date(self, name: str, when: PartialDate, references: Sequence[Reference]) -> Value:
        said = self._words(name, long_form(when), references)
        return replace(said, exact=str(when), date=when)

    def _dates(self) -> Iterator[tuple[str, Value]]:
        dates = self._case.dates
        if dates.occurred is not None:
            window = dates.occurred
            yield "began", self._date("dates.occurred.from", window.first, dates.source)
            yield "ended", self._date("dates.occurred.to", window.last, dates.source)
            said = self._words("dates.occurred", long_form_of_period(window.period), dates.source)
            yield "window", replace(said, exact=f"{window.first}/{window.last}")
        if dates.detected is not None:
            yield "detected", self._date("dates.detected", dates.detected, dates.source)
        if dates.disclosed is not None:
            yield "disclosed", self._date("dates.disclosed", dates.disclosed, dates.source)

    def _fact(self, name: str, fact: Fact, term: Input | None) -> Value:
        match fact:
            case QuantityFact():
                said = self._words(name, wording.say(fact.quantity), fact.source)
                exact = wording.exact_value(fact.quantity)
                return replace(said, exact=exact, quantity=fact.quantity, term=term)
            case DateFact():
                return self._date(name, fact.date, fact.source)
            case NameFact():
                return self._words(name, fact.name, fact.source)
            case TextFact():
                return self._words(name, fact.text, fact.source)

    def _actor(self, index: int, actor: Actor) -> ActorView:
        attribution = actor.attribution
        sure = attribution.confidence
        where = f"actors.{index}"
        return ActorView(
            name=self._words(f"{where}.name", actor.name, attribution.source),
            description=actor.description,
            rung=str(attribution.rung),
            confidence=None if sure is Confidence.NOT_STATED else str(sure),
            by=attribution.by,
            basis=self._words(f"{where}.attribution.basis", attribution.basis, attribution.source),
        )

    def _response(self, index: int, response: Response) -> ResponseView:
        where = f"responses.{index}"
        return ResponseView(
            party=response.party,
            answer=str(response.answer),
            as_of=self._date(f"{where}.as_of", response.as_of, response.source),
            words=self._words(f"{where}.words", response.words, response.source)
            if response.words
            else None,
        )


class CaseGroup(tuple[CaseView, ...]):
    """Several cases, in order; a fact asked of the group is asked of each that states it."""

    __slots__ = ()

    def __getattr__(self, name: str) -> tuple[Value, ...]:
        """Return the values of `name`, of the cases that state it."""
        values = tuple(getattr(view, name) for view in self if name in view)
        if not values:
            raise AttributeError(name)
        return values

    def __getitem__(self, key: SupportsIndex | slice | str) -> Any:  # noqa: ANN401
        """Return a case by its position or by its id; other names are those of facts."""
        if isinstance(key, str):
            for view in self:
                if view.id == key:
                    return view
            raise KeyError(key)
        found = super().__getitem__(key)
        return CaseGroup(found) if isinstance(found, tuple) else found

    @property
    def shared(self) -> tuple[str, ...]:
        """The names of the quantities that every case of the group states, in the first's order."""
        stated = [{value.address.partition(".")[2] for value in view.quantities} for view in self]
        first = (value.address.partition(".")[2] for value in self[0].quantities) if self else ()
        return tuple(name for name in first if all(name in names for names in stated))

    @property
    def by_kind(self) -> tuple[tuple[str, CaseGroup], ...]:
        """The cases of each kind, and what it is called, in the order of the first of each."""
        return self._by("kind")

    @property
    def by_status(self) -> tuple[tuple[str, CaseGroup], ...]:
        """The cases of each status, and what it is called, in the order of the first of each."""
        return self._by("status")

    def _by(self, name: str) -> tuple[tuple[str, CaseGroup], ...]:
        groups: dict[str, list[CaseView]] = {}
        for view in self:
            groups.setdefault(vars(view)[name], []).append(view)
        return tuple((name.replace("-", " "), CaseGroup(each)) for name, each in groups.items())

    def names(self) -> tuple[str, ...]:
        """Return every name that a template may ask of the group."""
        return tuple(sorted({name for view in self for name in view.names()}))


def of_statistic(statistic: Statistic, inputs: Sequence[Value], words: str | None = None) -> Value:
    """Return the value of a statistic, bound to all facts that it was made of."""
    return Value(
        Binding.STATISTIC,
        statistic.formula,
        words or wording.say(statistic.quantity),
        wording.exact_value(statistic.quantity),
        statistic.inputs,
        tuple(cited for value in inputs for cited in value.sources),
        quantity=statistic.quantity,
        term=statistic,
        confidential=reason_of(inputs),
    )


def of_comparison(comparison: Comparison, inputs: Sequence[Value]) -> Value:
    """Return the value of a comparison that holds, bound to all facts that it compares."""
    return Value(
        Binding.COMPARISON,
        comparison.identity,
        comparison.words,
        comparison.formula,
        comparison.inputs,
        tuple(cited for value in inputs for cited in value.sources),
        confidential=reason_of(inputs),
    )


def reason_of(values: Iterable[Value]) -> str | None:
    """Return why what rests on the values may not be public: the reason of the first that may not.

    A total or a ratio would let the public work out the figure that it was made of.
    """
    return next((value.confidential for value in values if value.confidential), None)
