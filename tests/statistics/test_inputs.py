"""From a case to the facts that statistics may be made of."""

from __future__ import annotations

from datetime import date

from reportgen.cases.model import Case
from reportgen.quantities.dates import PartialDate
from reportgen.statistics.inputs import inputs_of
from tests.statistics.stated import period


def _case(**changes: object) -> Case:
    said: dict[str, object] = {
        "id": "somebody-2026",
        "title": "Somebody",
        "kind": "misuse",
        "status": "alleged",
        "summary": "Somebody is said to have done something.",
        "dates": {"occurred": {"from": "2026-04-22", "to": "2026-06-05"}, "source": "press"},
        "affected": [{"name": "A company"}],
        "facts": {
            "requests": {"quantity": "at most 5 million", "counts": "requests", "source": "press"},
            "people": {
                "quantity": "20",
                "counts": "people",
                "counting": "distinct",
                "window": {"from": "2026-05", "to": "2026-06"},
                "source": "press",
            },
            "product": {"name": "A product", "source": "press"},
        },
        "sources": {"press": {"title": "A report", "publisher": "A paper", "kind": "article"}},
    }
    return Case.model_validate({**said, **changes})


def test_only_quantities_are_counted_and_in_the_order_of_the_file() -> None:
    inputs = inputs_of(_case())
    assert [each.address for each in inputs] == ["somebody-2026.requests", "somebody-2026.people"]


def test_a_fact_brings_its_unit_its_label_and_how_it_counts() -> None:
    requests, people = inputs_of(_case())
    assert (requests.quantity.unit, requests.distinct) == ("requests", False)
    assert (people.quantity.unit, people.distinct) == ("people", True)
    assert requests.label == "Somebody"
    assert requests.case == "somebody-2026"


def test_a_fact_without_a_window_was_counted_over_that_of_the_case() -> None:
    requests, people = inputs_of(_case())
    assert requests.window == period("2026-04-22..2026-06-05")
    assert people.window == period("2026-05..2026-06")


def test_nothing_is_counted_fewer_than_zero_times() -> None:
    requests, _ = inputs_of(_case())
    assert requests.quantity.bounds.low == 0


def test_actors_are_known_by_their_names_however_they_are_typed() -> None:
    attribution = {
        "rung": "linked-to",
        "confidence": "low",
        "by": "A company",
        "basis": "not stated",
        "source": "press",
    }
    actor = {"name": "Some  Body", "attribution": attribution}
    requests, people = inputs_of(_case(actors=[actor]))
    assert requests.actors == people.actors == {"some body"}


def test_what_became_known_after_the_letter_is_left_out() -> None:
    dates = {"detected": "2026-06-07", "disclosed": "2026-06-24", "source": "press"}
    early, late = date(2026, 6, 10), date(2026, 6, 24)
    assert inputs_of(_case(dates=dates), until=early)[0].detected == PartialDate(2026, 6, 7)
    assert inputs_of(_case(dates=dates), until=early)[0].disclosed is None
    assert inputs_of(_case(dates=dates), until=late)[0].disclosed == PartialDate(2026, 6, 24)
    assert inputs_of(_case(dates=dates))[0].disclosed == PartialDate(2026, 6, 24)
