"""Numbers that follow from facts: totals, shares, rates, ratios, growth, durations, ranks, means.

Every function returns a `Statistic`, whose bounds hold the true value whenever the facts' bounds
hold theirs, or a `Refusal` where the result would count nothing. Which facts may be added is
decided here, in `total`, and nowhere else.
"""

from __future__ import annotations

import operator
from fractions import Fraction
from itertools import accumulate, chain, combinations
from typing import TYPE_CHECKING

from reportgen.problems.model import Refusal
from reportgen.problems.wording import listed, quoted
from reportgen.quantities import quantity as arithmetic
from reportgen.quantities.bounds import Bounds
from reportgen.quantities.dates import long_form_of_period
from reportgen.quantities.quantity import PERCENT, Quantity
from reportgen.statistics.model import Input, Statistic, Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reportgen.quantities.dates import Period


def total(inputs: Sequence[Input]) -> Statistic | Refusal:
    """Add facts that count different things of one sort. A sum of floors is a floor.

    Two facts may count the same events when they state the same unit and belong to one case or to
    cases that share an actor; then their windows must be known and have no day in common. Facts of
    cases without a common actor count different events, whenever they happened.

    Returns:
        The sum, or a refusal: `nothing-to-count` for no facts, `different-units`,
        `sum-of-distinct` for members of sets (an account may be in both), `unknown-window` and
        `overlapping-windows` where the same events may be counted twice.
    """
    refusal = comparable(inputs) or _distinct(inputs) or _counted_twice(inputs)
    if refusal is not None:
        return refusal
    one, *more = inputs
    # A fact alone is its own total, in its own words.
    added = arithmetic.total(each.quantity for each in inputs) if more else one.quantity
    return _statistic("total", added, inputs, " + ".join(each.address for each in inputs))


def share(part: Input | Sequence[Input], whole: Sequence[Input]) -> Statistic | Refusal:
    """Return what percentage of the total of `whole`, its base, one or several of it make up.

    The part's uncertainty moves the base with it, so the bounds are as narrow as they can be.

    Returns:
        The percentage, or a refusal: `nothing-to-count`, `not-a-part` when some part is not among
        `whole`, what `total` refuses of the base, `division-by-zero`.
    """
    parts = (part,) if isinstance(part, Input) else tuple(part)
    if not parts:
        return nothing_to_count()
    named = {each.address for each in parts}
    foreign = named - {each.address for each in whole}
    if foreign:
        return Refusal(
            "not-a-part",
            f"{listed(sorted(foreign))} is no part of the total of "
            f"{listed(each.address for each in whole)}",
            "a share names a base that contains it",
        )
    mine = [each for each in whole if each.address in named]
    result = shares((mine, [each for each in whole if each.address not in named]))
    return result if isinstance(result, Refusal) else result[0]


def shares(parts: Sequence[Sequence[Input]]) -> tuple[Statistic, ...] | Refusal:
    """Return what percentage of the total of all parts, their base, each of them makes up.

    Returns:
        The percentages in the order of the parts, or a refusal: what `total` refuses of the base,
        `division-by-zero`.
    """
    whole = tuple(chain.from_iterable(parts))
    base = total(whole)
    if isinstance(base, Refusal):
        return base
    nothing = Bounds.at(0)
    sums = [sum((each.quantity.bounds for each in part), nothing) for part in parts]
    before = accumulate(sums[:-1], initial=nothing)
    after = reversed([*accumulate(reversed(sums[1:]), initial=nothing)])
    results = []
    for part, mine, rest in zip(parts, sums, map(operator.add, before, after), strict=True):
        fraction = _part_of(mine, rest)
        if fraction is None:
            return Refusal(
                "division-by-zero",
                f"the total of {listed(base.inputs)} may be zero, and nothing is a share of zero",
                "name a base whose bounds leave zero out",
            )
        terms = " + ".join(each.address for each in part)
        formula = f"{f'({terms})' if len(part) > 1 else terms} / ({base.formula})"
        results.append(Statistic("share", fraction, base.inputs, formula))
    return tuple(results)


def per_day(one: Input) -> Statistic | Refusal:
    """Return the average for each day of the fact's window, both its ends counted.

    A window known only to the month or year leaves its length open, and the rate with it.

    Returns:
        The rate, or a refusal: `unknown-window`, or `sum-of-distinct` for members of a set, since
        one of them may be there on many days.
    """
    if one.window is None:
        return _unknown_window((one,))
    if one.distinct:
        return Refusal(
            "sum-of-distinct",
            f"{quoted(one.address)} has no daily average: its {one.quantity.unit} are counted as "
            "members of a set, and one may be there on many days",
            "say how many there were over the whole window",
        )
    days = duration(one.window, one.address)
    rate = one.quantity.per(days.quantity, "day")
    return _statistic("per-day", rate, (one,), f"{one.address} / ({days.formula})")


def per(one: Input, other: Input, each: str) -> Statistic | Refusal:
    """Return how many of one sort there are for each of another: exchanges per account.

    Args:
        one: What is divided.
        other: Over how many.
        each: What a single one of `other` is called: "account".

    Returns:
        The rate, or a refusal: `different-windows` when the two were not counted over the same
        days, `division-by-zero`.
    """
    if one.window != other.window or (one.window is None and one.case != other.case):
        return Refusal(
            "different-windows",
            f"{quoted(one.address)} and {quoted(other.address)} were not counted over the same "
            "window",
            "a rate needs both numbers from the same days; give the facts their `window`",
        )
    return _statistic(
        "per",
        one.quantity.per(other.quantity, each),
        (one, other),
        f"{one.address} / {other.address}",
    )


def ratio(one: Term, other: Term) -> Statistic | Refusal:
    """Return how many times `other` goes into `one`; both count the same thing.

    Returns:
        A pure number, or a refusal: `different-units`, `division-by-zero`.
    """
    refusal = comparable((one, other))
    if refusal is not None:
        return refusal
    quotient = one.quantity / other.quantity
    return _statistic("ratio", quotient, (one, other), f"{_term(one)} / {_term(other)}")


def growth(one: Term, base: Term) -> Statistic | Refusal:
    """Return by what percentage `one` exceeds `base`; negative when it falls short of it.

    Returns:
        The percentage, or a refusal: `different-units`, `division-by-zero`.
    """
    times = ratio(one, base)
    if isinstance(times, Refusal):
        return times
    percentage = Quantity(times.quantity.bounds - 1).as_percentage()
    return _statistic("growth", percentage, (one, base), f"{times.formula} - 1")


def duration(window: Period, address: str, *, elapsed: bool = False) -> Statistic:
    """Return how many days a window has, both its ends counted, or how many passed within it.

    April 22 to June 5 has 45 days and 44 elapse within it. Where an end is known only to the month
    or year, the bounds leave open on which of its days the window began or ended.

    Args:
        window: The stretch of days.
        address: What states it: a fact, or `<case>.dates.occurred`.
        elapsed: Whether to count the midnights within instead of the days.
    """
    counted = 0 if elapsed else 1
    shortest = max((window.last.earliest - window.first.latest).days, 0) + counted
    longest = (window.last.latest - window.first.earliest).days + counted
    how = "days elapsed" if elapsed else "days, both ends counted"
    days = Quantity(Bounds(Fraction(shortest), Fraction(longest)), "days")
    return Statistic("duration", days, (address,), f"{long_form_of_period(window)}: {how}")


def rank(one: Term, among: Sequence[Term]) -> Statistic | Refusal:
    """Return the place of `one` among what has its unit, the greatest first; equals share a place.

    Where bounds overlap, the place has bounds as well: from one more than those that are surely
    greater to one more than those that may be.

    Returns:
        The place as a pure number, or a refusal: `nothing-to-count`, `different-units`.
    """
    others = tuple(each for each in among if each.formula != one.formula)
    refusal = comparable((one, *others))
    if refusal is not None:
        return refusal
    mine = one.quantity.bounds
    surely = sum(each.quantity.bounds.lies_above(mine) for each in others)
    possibly = sum(_may_exceed(each.quantity.bounds, mine) for each in others)
    place = Quantity(Bounds(Fraction(surely + 1), Fraction(possibly + 1)))
    among_which = ", ".join(map(_term, others))
    return _statistic("rank", place, (one, *others), f"rank of {_term(one)} among {among_which}")


def count(inputs: Sequence[Input], unit: str = "cases") -> Statistic | Refusal:
    """Return how many cases the facts come from, or `nothing-to-count`."""
    if not inputs:
        return nothing_to_count()
    cases = dict.fromkeys(each.case for each in inputs)
    number = Quantity.of(len(cases), unit)
    return _statistic("count", number, inputs, f"count of {', '.join(cases)}")


def mean(inputs: Sequence[Input]) -> Statistic | Refusal:
    """Return the average over facts that count different things of one sort.

    Members of sets may be averaged, though not added: the average says nothing of their union.

    Returns:
        The average, or a refusal: `nothing-to-count`, `different-units`, `unknown-window`,
        `overlapping-windows`.
    """
    refusal = comparable(inputs) or _counted_twice(inputs)
    if refusal is not None:
        return refusal
    added = arithmetic.total(each.quantity for each in inputs)
    average = added if isinstance(added, Refusal) else added / len(inputs)
    terms = ", ".join(each.address for each in inputs)
    return _statistic("mean", average, inputs, f"mean of {terms}")


def median(inputs: Sequence[Input]) -> Statistic | Refusal:
    """Return the middle value, or the average of the middle two; refusals as of `mean`."""
    refusal = comparable(inputs) or _counted_twice(inputs)
    if refusal is not None:
        return refusal
    upper = len(inputs) // 2
    middle = _ordered((each.quantity.bounds for each in inputs), upper)
    if len(inputs) % 2 == 0:
        lower = _ordered((each.quantity.bounds for each in inputs), upper - 1)
        middle = (lower + middle) / 2
    terms = ", ".join(each.address for each in inputs)
    value = Quantity(middle, inputs[0].quantity.unit)
    return _statistic("median", value, inputs, f"median of {terms}")


def comparable(terms: Sequence[Term]) -> Refusal | None:
    """Return `nothing-to-count` or `different-units` unless all of them count the same thing."""
    if not terms:
        return nothing_to_count()
    units = tuple(dict.fromkeys(each.quantity.unit for each in terms))
    if len(units) == 1:
        return None
    return Refusal(
        "different-units",
        f"{listed(_term(each) for each in terms)} count different things: {listed(units)}",
        "use facts that count the same thing, in the same words",
    )


def nothing_to_count() -> Refusal:
    """Return the refusal of whatever is computed from no fact."""
    return Refusal(
        "nothing-to-count",
        "there is no fact to compute this from",
        "name one fact at least; the cases may not state it",
    )


def _part_of(mine: Bounds, rest: Bounds) -> Quantity | None:
    """Return the percentage of `mine` in both together, or None where both may be zero.

    It is written so that each occurs once; then the bounds are as narrow as they can be.
    """
    one = Bounds.at(1)
    try:
        fraction = one - one / (mine / rest + 1) if mine.contains(0) else one / (rest / mine + 1)
    except ZeroDivisionError:
        return None
    return Quantity(fraction * 100, PERCENT)


def _statistic(
    name: str, quantity: Quantity | Refusal, terms: Iterable[Term], formula: str
) -> Statistic | Refusal:
    if isinstance(quantity, Refusal):
        return quantity
    inputs = dict.fromkeys(address for each in terms for address in each.inputs)
    return Statistic(name, quantity, tuple(inputs), formula)


def _term(one: Term) -> str:
    return one.address if isinstance(one, Input) else f"({one.formula})"


def _distinct(inputs: Sequence[Input]) -> Refusal | None:
    distinct = tuple(each for each in inputs if each.distinct)
    if len(inputs) < 2 or not distinct:
        return None
    unit = distinct[0].quantity.unit
    return Refusal(
        "sum-of-distinct",
        f"{unit} of {listed(each.address for each in inputs)} cannot be added: they are counted "
        "as members of a set, and one may be in several",
        f"state the {unit} of all together as a fact of its own, with its source",
    )


def _counted_twice(inputs: Sequence[Input]) -> Refusal | None:
    related: dict[tuple[str, str], list[Input]] = {}
    for each in inputs:
        related.setdefault(("case", each.case), []).append(each)
        for actor in each.actors:
            related.setdefault(("actor", actor), []).append(each)
    pairs = chain.from_iterable(combinations(facts, 2) for facts in related.values())
    for one, other in pairs:
        if one.address == other.address:
            return _overlapping(one, other, "they are the same fact")
        if one.window is None or other.window is None:
            return _unknown_window((one, other))
        if one.window.overlaps(other.window):
            windows = map(long_form_of_period, (one.window, other.window))
            return _overlapping(one, other, f"their windows share days ({'; '.join(windows)})")
    return None


def _overlapping(one: Input, other: Input, why: str) -> Refusal:
    return Refusal(
        "overlapping-windows",
        f"{quoted(one.address)} and {quoted(other.address)} cannot be added: {why}, so that "
        f"the same {one.quantity.unit} may be counted twice",
        "use facts whose windows have no day in common, or state the total as a fact of its own, "
        "with its source",
    )


def _unknown_window(inputs: Sequence[Input]) -> Refusal:
    silent = [each.address for each in inputs if each.window is None]
    return Refusal(
        "unknown-window",
        f"nobody says when {listed(silent)} {'was' if len(silent) == 1 else 'were'} counted",
        "give the fact its `window`, or the case its `dates.occurred`",
    )


def _may_exceed(one: Bounds, other: Bounds) -> bool:
    """Whether some value of `one` is greater than some value of `other`."""
    return one.high is None or other.low is None or one.high > other.low


def _ordered(bounds: Iterable[Bounds], index: int) -> Bounds:
    """Return the bounds of the value that comes at `index` when the true values are sorted."""
    every = tuple(bounds)
    low = sorted(every, key=lambda each: (each.low is not None, each.low or 0, each.low_open))
    high = sorted(every, key=lambda each: (each.high is None, each.high or 0, not each.high_open))
    below, above = low[index], high[index]
    return Bounds(
        below.low,
        above.high,
        below.low_open,
        above.high_open,
        below.low_conventional,
        above.high_conventional,
    )
