"""What a letter of correction says of the letters before it: what was stated, and what is so now.

What was stated stands in the letter's file, as the record has it; what is so now comes from the
cases, as any figure of a letter does. A statement that was computed is not computed again here: it
is stated again by the letter's own prose.
"""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Final

from reportgen.letters.draft import Binding
from reportgen.letters.values import Value
from reportgen.quantities.dates import long_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reportgen.letters.model import Correction, EarlierStatement, Letter
    from reportgen.letters.values import CaseView

EARLIER: Final = "earlier:"
"""How the addresses begin of what an earlier letter said: it is no statement of this one."""


def corrections(letter: Letter, views: Iterable[CaseView]) -> tuple[SimpleNamespace, ...]:
    """Return what templates see of each letter that is corrected.

    Each has its `date`, its `title`, the `changes` of facts, and what was `computed` from facts.
    A change has a `label`, what it `was`, and what it is `now`, or nothing when the case states it
    no more.
    """
    known = by_address(views)
    return tuple(_seen(each, known) for each in letter.correction)


def by_address(views: Iterable[CaseView]) -> Mapping[str, Value]:
    """Return everything that cases state, by its address."""
    return {each.address: each for view in views for each in view.everything()}


def _seen(correction: Correction, known: Mapping[str, Value]) -> SimpleNamespace:
    day = Value(
        Binding.FACT, "letter.correction", long_form(correction.date), str(correction.date), (),
        date=correction.date,
    )  # fmt: skip
    facts = [each for each in correction.statements if each.is_fact]
    return SimpleNamespace(
        date=day,
        title=correction.title,
        changes=tuple(_change(correction, each, known.get(each.fact)) for each in facts),
        computed=tuple(
            _was(correction, each) for each in correction.statements if not each.is_fact
        ),
    )


def _change(correction: Correction, stated: EarlierStatement, now: Value | None) -> SimpleNamespace:
    label = now.label if now is not None else ""
    name = stated.fact.partition(".")[2].rpartition(".")[2].replace("_", " ")
    return SimpleNamespace(
        label=label or name.capitalize(), was=_was(correction, stated), now=now or ""
    )


def _was(correction: Correction, stated: EarlierStatement) -> Value:
    """Return an earlier statement: words that are bound to the record, and to nothing else."""
    address = f"{EARLIER}{correction.record}:{stated.fact}"
    return replace(Value(Binding.FACT, address, stated.said, stated.value, ()), label=stated.fact)
