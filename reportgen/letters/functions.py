"""What templates can call: statistics over facts, citations, charts, mentions of tables.

Each function takes values and gives a value, an item to print, or a refusal. None of them reads
anything but its arguments.
"""

from __future__ import annotations

from dataclasses import replace
from inspect import signature
from string import ascii_uppercase
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from reportgen.letters.draft import Binding, Waiver
from reportgen.letters.registry import CrossReference, Drawing, Note, Passage
from reportgen.letters.templating import offered
from reportgen.letters.values import CaseView, Value, of_comparison, of_statistic, reason_of
from reportgen.problems.model import Refusal
from reportgen.quantities import wording
from reportgen.statistics import comparing, measures
from reportgen.statistics.model import Chart, Comparison, Input, Statistic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from reportgen.letters.citing import Cited

    Draw = Callable[[str, tuple[Input, ...]], Chart | Refusal]
    """Draws the chart of a kind over inputs, or says why it cannot; it may keep what it drew."""

# What a template calls, and the measure behind it. Those of the second table take what was
# computed as well as facts: `stats.ratio(incident.exchanges, stats.total(compared.exchanges))`.
_OVER_FACTS: Mapping[str, Callable[..., Statistic | Comparison | Refusal]] = {
    "total": measures.total,
    "share": measures.share,
    "per_day": measures.per_day,
    "per": measures.per,
    "rank": measures.rank,
    "mean": measures.mean,
    "median": measures.median,
    "largest": comparing.largest,
    "smallest": comparing.smallest,
    "together": comparing.more_than_together,
}
_OVER_TERMS: Mapping[str, Callable[..., Statistic | Comparison | Refusal]] = {
    "ratio": measures.ratio,
    "growth": measures.growth,
    "more": comparing.more,
    "fewer": comparing.fewer,
    "times": comparing.times,
}


def functions(
    draw: Draw, citable: Callable[[Cited], bool], required: Callable[[str], object]
) -> Mapping[str, object]:
    """Return everything that templates of a letter can call, by name.

    Args:
        draw: Draws charts.
        citable: Whether a source may be cited by this letter; one that is younger may not.
        required: Gives what the family requires of the case, by its name.
    """
    computed = {
        **{name: _computed(name, measure, Input) for name, measure in _OVER_FACTS.items()},
        **{
            name: _computed(name, measure, Input | Statistic)
            for name, measure in _OVER_TERMS.items()
        },
        "days": _days,
        "count": _count,
    }
    return {
        "stats": SimpleNamespace(**{name: offered(each) for name, each in computed.items()}),
        "cite": offered(_citing(citable)),
        "required": offered(_requiring(required)),
        "note": offered(_note),
        "chart": offered(_charting(draw)),
        "lettered": offered(_lettered),
        "ref": offered(_ref),
        "confidential": offered(_confidential),
        "waive": offered(_waive),
    }


def _flat(values: Iterable[object]) -> Iterator[Value]:
    """Yield the values among arguments and in their lists."""
    for value in values:
        if isinstance(value, Value):
            yield value
        elif isinstance(value, list | tuple):
            yield from _flat(value)


def _terms(argument: object, accepted: Any) -> Any:  # noqa: ANN401 - as deep as the argument
    """Return the argument with each value as the fact or statistic that it is."""
    if isinstance(argument, list | tuple):
        return tuple(_terms(each, accepted) for each in argument)
    if not isinstance(argument, Value):
        return argument
    if not isinstance(argument.term, accepted):
        raise _NoTermError(argument)
    return argument.term


class _NoTermError(Exception):
    """A value that nothing can be computed of."""

    def __init__(self, value: Value) -> None:
        super().__init__(value.address)
        self.refusal = Refusal(
            "not-a-quantity",
            f"nothing can be computed of `{value.address}`",
            "a statistic takes facts that state a `quantity`",
        )


def _computed(
    name: str,
    measure: Callable[..., Statistic | Comparison | Refusal],
    accepted: object,
) -> Callable[..., object]:
    """Let templates call a measure: values in, a value out that is bound to all of them."""

    def function(*arguments: object, **named: object) -> Value | Refusal:
        try:
            result = measure(*(_terms(each, accepted) for each in arguments), **named)
        except _NoTermError as error:
            return error.refusal
        except (AttributeError, TypeError):
            # A template may hand over anything: words for facts, one fact for several.
            return Refusal(
                "not-a-quantity",
                f"`{name}` cannot be computed of what it is given here",
                f"it is written `stats.{name}{_parameters(measure)}`",
            )
        values = tuple(_flat(arguments))
        if isinstance(result, Refusal):
            return result
        if isinstance(result, Comparison):
            return of_comparison(result, values)
        return of_statistic(result, values)

    function.__name__ = name
    return function


def _parameters(measure: Callable[..., object]) -> str:
    """Return what a measure takes: `(one, others, noun)`."""
    return f"({', '.join(signature(measure).parameters)})"


def _days(case: object) -> Value | Refusal:
    """Return how many days a case's window has, both ends counted."""
    if not isinstance(case, CaseView) or case.period is None:
        return Refusal(
            "unknown-window",
            "nobody says when this happened, so its days cannot be counted",
            "give the case its `dates.occurred`",
        )
    statistic = measures.duration(case.period, case.window.address)
    return of_statistic(statistic, (case.window,))


def _count(cases: object) -> Value | Refusal:
    """Return how many cases there are, spelled out as letters do."""
    views = (
        [case for case in cases if isinstance(case, CaseView)] if isinstance(cases, tuple) else []
    )
    if not views:
        return measures.nothing_to_count()
    ids = ", ".join(view.id for view in views)
    words = wording.spelled(len(views))
    return Value(Binding.STATISTIC, f"count of {ids}", words, str(len(views)), ())


def _citing(citable: Callable[[Cited], bool]) -> Callable[..., object]:
    def cite(*values: object) -> Note:
        """Return a footnote that cites what the values rest on."""
        sources = (cited for value in _flat(values) for cited in value.sources)
        return Note(tuple(cited for cited in sources if citable(cited)))

    return cite


def _note(*, caller: Callable[[], str]) -> Note:
    """Return a footnote in words of its own: `{% call note() %}...{% endcall %}`."""
    return Note((), str(caller()))


def _requiring(given: Callable[[str], object]) -> Callable[..., object]:
    def required(name: object) -> object:
        """Return what the case states of a requirement; the question in brackets when nothing."""
        return given(str(name))

    return required


def _charting(draw: Draw) -> Callable[..., object]:
    def chart(
        kind: object,
        *values: object,
        name: object = None,
        title: object = None,
        unnamed: object = False,
    ) -> Drawing | Refusal:
        """Return a figure.

        `name` is what `ref` calls it, `title` what its caption says; `unnamed` cases are called
        Incident A, Incident B, as by `lettered`, since a title may name somebody.
        """
        try:
            inputs = tuple(_terms(value, Input) for value in _flat(values))
        except _NoTermError as error:
            return error.refusal
        if unnamed:
            cases = list(dict.fromkeys(each.case for each in inputs))
            inputs = tuple(
                replace(each, label=f"Incident {_letter(cases.index(each.case))}")
                for each in inputs
            )
        drawn = draw(str(kind), inputs)
        if isinstance(drawn, Refusal):
            return drawn
        reason = reason_of(_flat(values))
        return Drawing(drawn, str(name or kind), str(title or drawn.title), reason)

    return chart


def _lettered(cases: object) -> tuple[tuple[str, object], ...]:
    """Return each case with a letter for its name: A, B, ... Z, AA."""
    views = cases if isinstance(cases, tuple) else ()
    return tuple((_letter(index), view) for index, view in enumerate(views))


def _letter(index: int) -> str:
    before, rest = divmod(index, len(ascii_uppercase))
    return (_letter(before - 1) if before else "") + ascii_uppercase[rest]


def _ref(name: object) -> CrossReference:
    """Return "Table 1" or "Figure 1", a link to the table or figure of that name."""
    return CrossReference(str(name))


def _confidential(reason: object, *, caller: Callable[[], str]) -> Passage:
    """Mark a passage: `{% call confidential("FOIA Exemption 4") %}...{% endcall %}`."""
    return Passage(str(reason), str(caller()))


def _waive(code: object, reason: object) -> Waiver:
    """Let a finding of the lint stand in this sentence: `{{ waive("conclusory-word", "why") }}`."""
    return Waiver(str(code), str(reason))
