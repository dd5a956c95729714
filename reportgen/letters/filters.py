"""The filters of templates: other words for a value, as far as its bounds bear them out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.letters.registry import Law
from reportgen.letters.values import Value
from reportgen.problems.model import Refusal
from reportgen.quantities import wording

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from reportgen.quantities.quantity import Quantity


def _worded(
    name: str, word: Callable[[Quantity, str | None], str | Refusal]
) -> Callable[..., Value | Refusal]:
    def filter_(value: object, at: object = None) -> Value | Refusal:
        if not isinstance(value, Value) or value.quantity is None:
            return Refusal(
                "not-a-quantity",
                f"`{name}` words a quantity, and this is none",
                "give it a fact with a `quantity`, or a statistic",
            )
        words = word(value.quantity, None if at is None else str(at))
        return words if isinstance(words, Refusal) else value.said(words)

    filter_.__name__ = name
    return filter_


def _law(citation: object) -> Law:
    """Mark a legal citation, whose numbers need no fact: `{{ "18 U.S.C. 1001" | law }}`."""
    return Law(str(citation))


def _capitalized(value: object) -> object:
    """Begin a value's words with a capital, at the start of a sentence."""
    text = value.text if isinstance(value, Value) else str(value)
    words = text[:1].upper() + text[1:]
    return value.said(words) if isinstance(value, Value) else words


FILTERS: Mapping[str, Callable[..., object]] = {
    "approximately": _worded("approximately", wording.approximately),
    "more_than": _worded("more_than", wording.more_than),
    "at_least": _worded("at_least", wording.at_least),
    "at_most": _worded("at_most", wording.at_most),
    "fewer_than": _worded("fewer_than", wording.fewer_than),
    "nearly": _worded("nearly", wording.nearly),
    "exactly": _worded("exactly", wording.exactly),
    "between": _worded("between", wording.between),
    "law": _law,
    "capitalized": _capitalized,
}
