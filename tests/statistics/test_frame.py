"""Facts of any set of cases as frames: what may not be added shows why."""

from __future__ import annotations

import pandas as pd
import pytest

from reportgen.cases.model import Case
from reportgen.statistics import frame
from reportgen.statistics.model import Grouping

ATTRIBUTION = {
    "rung": "linked-to",
    "confidence": "low",
    "by": "A company",
    "basis": "not stated",
    "source": "press",
}


def _case(
    name: str,
    facts: dict[str, tuple[str, str, tuple[str, str] | None]],
    *,
    actors: tuple[str, ...] = (),
    techniques: tuple[str, ...] = (),
    kind: str = "misuse",
) -> Case:
    return Case.model_validate(
        {
            "id": name,
            "title": name.capitalize(),
            "kind": kind,
            "status": "alleged",
            "summary": "Somebody is said to have done something.",
            "dates": {"source": "press"},
            "affected": [{"name": "A company"}],
            "actors": [{"name": actor, "attribution": ATTRIBUTION} for actor in actors],
            "techniques": [{"framework": "mitre-atlas", "id": id_} for id_ in techniques],
            "facts": {
                fact: {
                    "quantity": quantity,
                    "counts": unit,
                    "counting": "distinct" if unit == "accounts" else "additive",
                    "source": "press",
                    **({"window": {"from": window[0], "to": window[1]}} if window else {}),
                }
                for fact, (quantity, unit, window) in facts.items()
            },
            "sources": {"press": {"title": "A report", "publisher": "Press", "kind": "article"}},
        }
    )


APRIL, MAY = ("2026-04-01", "2026-04-30"), ("2026-05-01", "2026-05-31")
ONE = _case(
    "one",
    {"april": ("100", "requests", APRIL), "may": ("150", "requests", MAY)},
    actors=("Somebody",),
    techniques=("AML.T0040", "AML.T0048"),
)
TWO = _case(
    "two",
    {
        "spring": ("more than 40", "requests", ("2026-04", "2026-05")),
        "accounts": ("20", "accounts", APRIL),
    },
    actors=("Somebody", "Somebody else"),
    techniques=("AML.T0040",),
)
THREE = _case(
    "three", {"ever": ("7", "requests", None), "accounts": ("5", "accounts", None)}, kind="fraud"
)
CASES = (ONE, TWO, THREE)


def _totals(by: Grouping) -> dict[tuple[str, str], tuple[str, str]]:
    rows = frame.records(frame.totals(CASES, by))
    return {
        (str(row["group"]), str(row["unit"])): (str(row["total"]), str(row["code"])) for row in rows
    }


def test_there_is_one_row_a_fact_with_its_bounds() -> None:
    facts = frame.frame(CASES)
    assert list(facts["fact"]) == [
        "one.april",
        "one.may",
        "two.spring",
        "two.accounts",
        "three.ever",
        "three.accounts",
    ]
    spring = facts.set_index("fact").loc["two.spring"]
    assert (spring["low"], spring["high"], spring["conventional"]) == (40.0, 50.0, True)
    assert spring["exact"] == "40<..<50~"
    assert spring["month"] == "2026-04..2026-05"
    assert spring["year"] == "2026"
    assert spring["actors"] == ("Somebody", "Somebody else")


def test_days_count_both_ends_and_are_missing_unless_known_to_the_day() -> None:
    days = frame.frame(CASES).set_index("fact")["days"]
    assert days["one.april"] == 30
    assert days["two.spring"] is pd.NA
    assert days["three.ever"] is pd.NA


def test_columns_have_the_types_that_are_documented_even_without_rows() -> None:
    for cases in (CASES, ()):
        assert {name: str(type_) for name, type_ in frame.frame(cases).dtypes.items()} == dict(
            frame.FACTS
        )
        for by in Grouping:
            columns = frame.totals(cases, by).dtypes.items()
            assert {name: str(type_) for name, type_ in columns} == dict(frame.GROUPS)


def test_a_group_that_may_be_added_has_its_total() -> None:
    assert _totals(Grouping.CASE)["one", "requests"] == ("250", "")
    assert _totals(Grouping.TECHNIQUE)["AML.T0048", "requests"] == ("250", "")


def test_a_group_that_may_not_be_added_has_the_reason() -> None:
    assert _totals(Grouping.ACTOR)["Somebody", "requests"] == ("", "overlapping-windows")
    reasons = frame.totals(CASES, Grouping.ACTOR).query("code == 'overlapping-windows'")["reason"]
    assert "their windows share days" in reasons.iloc[0]
    assert reasons.size == 1


def test_what_lies_within_a_month_counts_there_and_nothing_is_spread() -> None:
    totals = _totals(Grouping.MONTH)
    assert totals["2026-04", "requests"] == ("100", "")
    assert totals["2026-05", "requests"] == ("150", "")
    assert totals["2026-04..2026-05", "requests"] == ("more than 40", "")
    assert totals["not stated", "requests"] == ("7", "")


def test_members_of_sets_are_not_added_across_cases() -> None:
    both = (TWO, _case("four", {"accounts": ("9", "accounts", MAY)}))
    rows = frame.records(frame.totals(both, Grouping.KIND))
    assert [row["code"] for row in rows if row["unit"] == "accounts"] == ["sum-of-distinct"]


def test_growth_compares_a_month_with_the_month_before() -> None:
    rows = frame.records(frame.totals((ONE,), Grouping.MONTH))
    assert [row["growth"] for row in rows] == ["", "50 percent"]


def test_no_growth_over_a_gap() -> None:
    gap = _case("gap", {"a": ("1", "x", APRIL), "b": ("2", "x", ("2026-06-01", "2026-06-30"))})
    rows = frame.records(frame.totals((gap,), Grouping.MONTH))
    assert [row["growth"] for row in rows] == ["", ""]


def test_shares_and_ranks_are_of_the_groups_of_one_unit() -> None:
    alone = (ONE, THREE)
    rows = frame.records(frame.totals(alone, Grouping.CASE))
    requests = [row for row in rows if row["unit"] == "requests"]
    assert [row["rank"] for row in requests] == ["1", "2"]
    assert [row["share"] for row in requests] == [
        "approximately 97.3 percent",
        "approximately 2.72 percent",
    ]


@pytest.mark.parametrize("by", [Grouping.ACTOR, Grouping.TECHNIQUE])
def test_groups_that_may_hold_a_fact_twice_have_no_shares(by: Grouping) -> None:
    assert set(frame.totals(CASES, by)["share"]) == {""}


def test_records_are_plain_and_say_nothing_where_nothing_is_known() -> None:
    ever = frame.records(frame.frame((THREE,)))[0]
    assert (ever["low"], ever["high"]) == (7, 7)
    assert (ever["first"], ever["days"]) == (None, None)
    april = frame.records(frame.frame((ONE,)))[0]
    assert (april["first"], april["days"], april["distinct"]) == ("2026-04-01", 30, False)
