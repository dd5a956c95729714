"""Who holds an office on the day of a letter."""

from __future__ import annotations

from datetime import date

import pytest

from reportgen.letters.directory import Addressee, addressee, salutation
from reportgen.letters.model import Recipient
from reportgen.problems.model import Refusal


def tenure(name: str, first: str, last: str | None = None, **further: object) -> dict[str, object]:
    return {
        "name": f"{name} Example",
        "title": "Chair",
        "salutation": f"Chair {name}",
        "valid_from": first,
        "valid_to": last,
        "verified": None,
        **further,
    }


def committee(*tenures: dict[str, object]) -> Recipient:
    return Recipient.model_validate(
        {
            "name": "Committee on Examples",
            "short": "the Committee",
            "body": "Senate",
            "address": ["Room 1", "Washington, D.C."],
            "verified": None,
            "offices": {"chair": list(tenures), "ranking-member": [tenure("Eve", "2020")]},
        }
    )


ADA, BEA = tenure("Ada", "2021-03-01", "2025-01-02"), tenure("Bea", "2025-01-03")


def holder(day: str, *tenures: dict[str, object]) -> str:
    found = addressee("examples.chair", committee(*tenures), date.fromisoformat(day))
    return found.tenure.name if isinstance(found, Addressee) else found.code


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2021-02-28", "recipient-not-valid"),
        ("2021-03-01", "Ada Example"),
        ("2025-01-02", "Ada Example"),
        ("2025-01-03", "Bea Example"),
        ("2099-01-01", "Bea Example"),
    ],
)
def test_the_holder_is_whoever_held_the_office_that_day(day: str, expected: str) -> None:
    assert holder(day, ADA, BEA) == expected


def test_a_year_and_a_month_are_whole() -> None:
    only = tenure("Ada", "2021", "2024-02")
    assert holder("2021-01-01", only) == holder("2024-02-29", only) == "Ada Example"
    assert holder("2024-03-01", only) == "recipient-left-office"


def test_an_office_between_two_holders_is_refused_with_those_who_are_known() -> None:
    found = addressee(
        "examples.chair",
        committee(tenure("Ada", "2021", "2023"), tenure("Bea", "2025")),
        date(2024, 6, 1),
    )
    assert found == Refusal(
        "recipient-not-valid",
        "nobody in the directory holds `examples.chair` on June 1, 2024",
        "it has Ada Example from 2021 to 2023, Bea Example from 2025; add who held it then to "
        "directory/examples.yaml",
    )


def test_a_vacant_office_is_refused() -> None:
    assert holder("2026-06-10") == "recipient-not-valid"


def test_an_office_that_is_known_to_be_vacant_is_a_problem_of_its_own() -> None:
    vacant = tenure("Nobody", "2026-01-01", vacant=True)
    ended = tenure("Ada", "2021", "2025-12-31")
    assert holder("2025-12-31", ended, vacant) == "Ada Example"
    assert holder("2026-06-10", ended, vacant) == "office-vacant"


def test_a_holder_who_left_is_named() -> None:
    found = addressee(
        "examples.chair", committee(tenure("Ada", "2021", "2025-12-31")), date(2026, 6, 10)
    )
    assert isinstance(found, Refusal)
    assert found.code == "recipient-left-office"
    assert found.message.startswith("Ada Example left `examples.chair` on December 31, 2025")


def test_nobody_chooses_between_two_holders_of_one_day() -> None:
    found = addressee(
        "examples.chair",
        committee(tenure("Ada", "2021", "2025"), tenure("Bea", "2025-01-03")),
        date(2025, 6, 1),
    )
    assert isinstance(found, Refusal)
    assert found.code == "recipient-not-valid"
    assert found.message.startswith("`Ada Example` and `Bea Example` hold `examples.chair`")


def test_an_unknown_office_is_refused_with_the_nearest() -> None:
    recipient, day = committee(BEA), date(2026, 6, 10)
    near = addressee("examples.rankng-member", recipient, day)
    far = addressee("examples.clerk", recipient, day)
    assert isinstance(near, Refusal)
    assert isinstance(far, Refusal)
    assert (near.code, near.help) == (
        "unknown-recipient",
        "did you mean `examples.ranking-member`?",
    )
    assert far.help == "it has `examples.chair`, `examples.ranking-member`"


def test_the_inside_address_has_its_parts_in_order() -> None:
    found = addressee("examples.chair", committee(BEA), date(2026, 6, 10))
    assert isinstance(found, Addressee)
    assert found.lines == (
        "The Honorable Bea Example",
        "Chair",
        "Committee on Examples",
        "Senate",
        "Room 1",
        "Washington, D.C.",
    )


def test_an_addressee_is_verified_when_address_and_office_are() -> None:
    verified = {"date": "2026-01-02", "source": "a call"}
    recipient = committee(tenure("Bea", "2025", verified=verified))
    found = addressee("examples.chair", recipient, date(2026, 6, 10))
    whole = recipient.model_copy(update={"verified": recipient.offices["chair"][0].verified})
    again = addressee("examples.chair", whole, date(2026, 6, 10))
    assert isinstance(found, Addressee)
    assert isinstance(again, Addressee)
    assert not found.verified
    assert again.verified


def test_the_salutation_names_everybody() -> None:
    found = addressee("examples.chair", committee(BEA), date(2026, 6, 10))
    assert isinstance(found, Addressee)
    assert salutation([found]) == "Dear Chair Bea:"
    assert salutation([found, found]) == "Dear Chair Bea and Chair Bea:"
    assert salutation([found] * 3) == "Dear Chair Bea, Chair Bea, and Chair Bea:"
