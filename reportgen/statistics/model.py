"""A statistic: what follows from facts, with its bounds and its inputs; and a chart of such."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from reportgen.quantities.dates import PartialDate, Period
from reportgen.quantities.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Input:
    """A fact that a statistic may be made of, as the statistics need to know it.

    Attributes:
        address: `<case>.<fact>`.
        quantity: The number with its bounds; its unit is what is counted.
        distinct: Whether members of a set are counted, which may not be added.
        window: When it was counted; None when nobody says.
        case: Id of the case.
        label: What a table or a chart calls the case.
        actors: Who is said to have done it, folded for comparing: two cases of one actor may count
            the same events.
        detected: When the case was noticed, as far as it may be told.
        disclosed: When the case became public, as far as it may be told.
    """

    address: str
    quantity: Quantity
    distinct: bool
    window: Period | None
    case: str
    label: str
    actors: frozenset[str] = frozenset()
    detected: PartialDate | None = None
    disclosed: PartialDate | None = None

    @property
    def inputs(self) -> tuple[str, ...]:
        """The fact itself, as a statistic names what it is made of."""
        return (self.address,)

    @property
    def formula(self) -> str:
        """The fact's address, as a term in a formula."""
        return self.address


@dataclass(frozen=True, slots=True)
class Statistic:
    """A number derived from facts.

    Attributes:
        name: What is computed: total, share, per-day, per, ratio, growth, duration, rank, count,
            mean, median.
        quantity: The result with its bounds and unit.
        inputs: Addresses of the facts, in order, each once.
        formula: How it was computed, in words that the index can show:
            "deepseek-2026.exchanges + moonshot-2026.exchanges".
    """

    name: str
    quantity: Quantity
    inputs: tuple[str, ...]
    formula: str

    @property
    def conventional(self) -> bool:
        """Whether a bound rests on the conventional reading of a hedge."""
        return self.quantity.bounds.conventional


Term = Input | Statistic
"""What a statistic or a comparison may be made of: a fact, or what follows from facts."""


class Grouping(StrEnum):
    """By what facts of several cases may be put together."""

    CASE = "case"
    ACTOR = "actor"
    KIND = "kind"
    TECHNIQUE = "technique"
    MONTH = "month"
    YEAR = "year"


class Layout(StrEnum):
    """How a table of statistics is printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A superlative or a comparison that holds for every value within the bounds.

    Attributes:
        words: The phrase that may be said: "largest", "more than twice".
        inputs: Addresses of the facts, in order.
        formula: Why it holds: "28,750,000 > 2 x 14,000,000".
        conventional: Whether it would fail without the conventional reading of a hedge ("more than
            13 million" as below 14 million).
    """

    words: str
    inputs: tuple[str, ...]
    formula: str
    conventional: bool = False

    @property
    def identity(self) -> str:
        """What it is called, whatever the values are: "largest: a.exchanges, b.exchanges"."""
        return f"{self.words}: {', '.join(self.inputs)}"


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing of data, for print, with its words and its numbers.

    Attributes:
        name: comparison, activity, timeline.
        title: What the figure's caption says after "Figure N.".
        svg: The drawing: UTF-8 SVG, glyphs as paths, in the letter's typeface.
        width: Width in points.
        height: Height in points.
        alternative: The written alternative, made from the data.
        columns: Heads of the data table.
        rows: The data table, each cell worded as in the letter.
        inputs: Addresses of the facts drawn.
    """

    name: str
    title: str
    svg: bytes = field(repr=False)
    width: float
    height: float
    alternative: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    inputs: tuple[str, ...]
