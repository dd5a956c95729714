"""A comparison keeps its name when a figure changes, and says by what it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.review import consistency
from reportgen.review.log.entries import subject
from reportgen.review.log.lapsing import reason
from reportgen.review.redlines.redlining import redline
from tests.letters.manuscripts import composed, quantity, stated

if TYPE_CHECKING:
    from reportgen.letters.draft import Draft

PROSE = "It is the {{ stats.largest(incident.exchanges, compared.exchanges) }} of these."
NAME = "largest: north-2026.exchanges, south-2026.exchanges"


def letter(said: str) -> Draft:
    return composed(PROSE, incident=stated(facts={"exchanges": quantity(said)}))


OLD, NEW = letter("28.8 million"), letter("31.2 million")


def test_a_redline_tells_one_change_of_it_and_neither_gone_nor_new() -> None:
    (change,) = [each for each in redline(OLD, NEW).facts if each.address == NAME]
    (before,), (after,) = change.before, change.after
    assert before.words == after.words == "largest"
    assert "28.75 million" in before.value
    assert "31.15 million" in after.value


def test_a_verdict_lapses_and_names_the_values_that_it_rested_on() -> None:
    old, new = (subject(each.assertions[0], each) for each in (OLD, NEW))
    assert old.digest != new.digest
    assert reason(old, new).startswith(f"the value of `{NAME}` was north-2026.exchanges (")


def test_it_is_said_as_before_while_it_holds() -> None:
    said = consistency.submitted(OLD, (), ())
    assert consistency.said_otherwise(NEW, (), consistency.standing({"a": said})) == ()
