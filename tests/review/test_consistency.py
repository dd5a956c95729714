"""What earlier letters said: the same, openly corrected, or told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.review.consistency import Earlier, read, said_otherwise, standing, submitted, written
from tests.letters.manuscripts import composed, quantity, shown, stated

if TYPE_CHECKING:
    from reportgen.letters.draft import Draft
    from reportgen.review.consistency import Submitted

FACTS = "output/archive/records/2026-06-10-north-2026-first/data/proof/facts.json"
PROSE = "There were {{ incident.exchanges }} exchanges from {{ incident.began }}."


def letter(said: str = "28.8 million", prose: str = PROSE) -> Draft:
    return composed(prose, incident=stated(facts={"exchanges": quantity(said)}))


def kept(draft: Draft, **change: Any) -> Submitted:  # noqa: ANN401 - as the model takes it
    said = submitted(draft, ("Ada Example",), ())
    return said.model_copy(update={"letter": "north-2026/first", **change})


def told(draft: Draft, *before: Submitted, corrects: tuple[str, ...] = ()) -> list[str]:
    earlier = (
        Earlier(
            f"{each.date}-{each.letter.replace('/', '-')}",
            each.letter,
            each.date,
            each.recipients,
            FACTS,
            each.facts,
        )
        for each in before
    )
    return [shown(each) for each in said_otherwise(draft, corrects, earlier)]


def test_what_is_said_as_before_is_fine() -> None:
    assert told(letter(), kept(letter())) == []


@pytest.mark.parametrize(
    ("earlier", "prose", "said"),
    [
        ("27 million", PROSE, "gave another value, “27 million”"),
        ("more than 28.7 million", PROSE, "gave another value, “more than 28.7 million”"),
        (
            "28.8 million",
            PROSE.replace("exchanges }}", "exchanges | approximately }}", 1),
            "gave another hedge, “approximately 28.8 million”",
        ),
    ],
)
def test_another_value_or_hedge_is_told_with_the_letter_and_its_words(
    earlier: str, prose: str, said: str
) -> None:
    (found,) = told(letter(), kept(letter(earlier, prose)))
    assert found == (
        "said-otherwise cases/north-2026/letters/committee.md:1:12 `north-2026.exchanges` is "
        "“28.8 million” here; the letter north-2026/first of June 10, 2026 to Ada Example "
        f"(record 2026-06-10-north-2026-first) {said}"
    )


@pytest.mark.parametrize("name", ["north-2026/first", "2026-06-10-north-2026-first"])
def test_a_correction_names_the_letter_or_the_record_that_it_corrects(name: str) -> None:
    before = kept(letter("27 million"))
    assert told(letter(), before, corrects=(name,)) == []
    assert len(told(letter(), before, corrects=("north-2026/other",))) == 1


def test_a_fact_that_was_said_in_two_ways_may_be_said_in_either() -> None:
    twice = f"{PROSE} They were {{{{ incident.exchanges | more_than('28 million') }}}}."
    assert told(letter(), kept(letter(prose=twice))) == []


def test_a_capital_at_the_beginning_of_a_sentence_is_no_other_word() -> None:
    capital = "{{ incident.exchanges | capitalized }} exchanges."
    assert told(letter("more than 13 million", capital), kept(letter("more than 13 million"))) == []


def test_the_letters_own_date_is_each_letters_own() -> None:
    prose = "As of {{ letter.date }}, {{ incident.exchanges }}."
    assert [each.address for each in kept(letter(prose=prose)).facts] == ["north-2026.exchanges"]


def test_facts_are_written_and_read_the_same() -> None:
    before = kept(letter())
    content = written(before)
    assert read(content, FACTS) == (before, ())
    assert content == written(before)


@given(st.binary(max_size=200))
def test_no_file_of_facts_breaks_the_reading(content: bytes) -> None:
    said, problems = read(content, FACTS)
    assert (said is None) == bool(problems)
    assert all(each.code == "facts-unreadable" for each in problems)


def test_after_a_correction_later_letters_are_held_against_what_it_said() -> None:
    first = kept(letter("27 million"))
    second = kept(letter(), letter="north-2026/second", corrects=("north-2026/first",))
    before = standing({"first": first, "second": second})
    assert said_otherwise(letter(), (), before) == ()
    assert [
        each.related[0].place.document for each in said_otherwise(letter("27 million"), (), before)
    ] == ["second"]
