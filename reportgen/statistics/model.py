"""A statistic: what follows from facts, with its bounds and its inputs; and a chart of such."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportgen.quantities.dates import Period
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
    """

    address: str
    quantity: Quantity
    distinct: bool
    window: Period | None
    case: str
    label: str


@dataclass(frozen=True, slots=True)
class Statistic:
    """A number derived from facts.

    Attributes:
        name: What is computed: total, share, per-day, ratio, growth, duration, rank, count.
        quantity: The result with its bounds and unit.
        inputs: Addresses of the facts, in order.
        formula: How it was computed, in words that the index can show:
            "deepseek-2026.exchanges + moonshot-2026.exchanges".
        conventional: Whether a bound rests on the conventional reading of a floor.
    """

    name: str
    quantity: Quantity
    inputs: tuple[str, ...]
    formula: str
    conventional: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """A superlative or a comparison that holds for every value within the bounds.

    Attributes:
        words: The phrase that may be said: "largest", "more than twice".
        inputs: Addresses of the facts, in order.
        formula: Why it holds: "28,750,000 > 2 x 14,000,000".
        conventional: Whether it rests on the conventional reading of a floor.
    """

    words: str
    inputs: tuple[str, ...]
    formula: str
    conventional: bool = False


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
