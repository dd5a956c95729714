"""The numbers of drafts: given once, never changed, and told where two people gave the same."""

from __future__ import annotations

import pytest

from reportgen.problems.model import Refusal
from reportgen.review.log.drafts import named, number, sent
from reportgen.review.log.entries import KeptDraft, Person, identified
from tests.review.speaking import ADA, GRACE, LETTER, at, log

ONE, TWO, THREE = ("1a2b3c" + each * 58 for each in ("0", "1", "2"))


def kept(numbered: int, draft: str, minute: int = 0, by: Person = ADA) -> KeptDraft:
    return identified(
        KeptDraft(
            at=at(minute), by=by, letter=LETTER, number=numbered, draft=draft, content="0" * 64
        )
    )


def test_a_draft_that_is_sent_gets_the_next_number_and_keeps_it() -> None:
    assert number(log(), ONE) == 1
    two = log(kept(1, ONE), kept(2, TWO, 1))
    assert [number(two, each) for each in (ONE, TWO, THREE)] == [1, 2, 3]


def test_what_was_sent_again_was_sent_last() -> None:
    again = log(kept(1, ONE), kept(2, TWO, 1), kept(1, ONE, 2))
    assert [each.number for each in sent(again)] == [2, 1]


def test_a_number_that_two_people_gave_apart_is_told_and_changes_nothing() -> None:
    merged = log(kept(1, ONE), kept(2, TWO, 1, ADA), kept(2, "f" * 64, 2, GRACE))
    refused = named(merged, "2")
    assert isinstance(refused, Refusal)
    assert refused.code == "draft-ambiguous"
    assert "Ada Example" in (refused.help or "")
    assert "vFFFFFF (sent by Grace Example, 2026-06-01)" in (refused.help or "")
    assert named(merged, "vFFFFFF") == (2, "f" * 64)
    assert number(merged, THREE) == 3


def test_one_draft_that_two_people_sent_apart_has_both_their_numbers() -> None:
    merged = log(kept(1, ONE), kept(2, TWO, 1), kept(3, TWO, 2, GRACE))
    assert named(merged, "2") == (2, TWO)
    assert named(merged, "3") == (3, TWO)


@pytest.mark.parametrize("name", ["4", "v999999"])
def test_a_draft_that_nobody_sent_is_unknown(name: str) -> None:
    refused = named(log(kept(1, ONE)), name)
    assert isinstance(refused, Refusal)
    assert refused.code == "unknown-draft"
    assert "1 (v1A2B3C)" in (refused.help or "")


def test_versions_that_begin_alike_are_told_apart_by_more_of_their_digits() -> None:
    alike = log(kept(1, ONE), kept(2, TWO, 1))
    assert isinstance(named(alike, "v1A2B3C"), Refusal)
    assert named(alike, "v1a2b3c0") == (1, ONE)
