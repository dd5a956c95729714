"""The filters of templates: other words for a value, as far as its bounds bear them out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reportgen.letters.registry import Law
from reportgen.letters.values import Value
from reportgen.problems.model import Refusal
from reportgen.problems.wording import quoted
from reportgen.quantities import wording

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from reportgen.quantities.quantity import Quantity


_LONGEST_CITATION: Final = 200


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


# The reporters and codes that American letters cite, and the forms of European law; what names none
# of them is no citation, and its numbers want a fact.
_REPORTER = re.compile(
    r"U\.S\.C?\.|C\.F\.R\.|CFR|Fed\. Reg\.|F\.[23]d|F\. Supp\.|S\. Ct\.|Stat\.|Pub\. L\.|H\.R\.|S\. Res\."
    r"|\bS\. \d|Form \d+-[KQ]\b|\bItem \d+\.\d\d\b|Cong\.|Code"
    r"|Law|§|Art\.|Article|Act|Regulation|Directive|Rule|Rel\.|Exec\. Order|E\.O\."
)


def _law(citation: object) -> Law | Refusal:
    """Mark a legal citation, whose numbers need no fact: `{{ "18 U.S.C. 1001" | law }}`."""
    text = str(citation)
    if isinstance(citation, Value) or not _REPORTER.search(text) or len(text) > _LONGEST_CITATION:
        return Refusal(
            "not-a-citation",
            f"{quoted(text)} cites no statute, regulation, bill or court",
            "cite as “18 U.S.C. 1001”, “17 C.F.R. 200.83”, “H.R. 8283”; print other numbers as facts",
        )
    return Law(text)


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
