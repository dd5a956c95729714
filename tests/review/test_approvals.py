"""Approvals: given to the whole content, lapsed with exactly what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from reportgen.review.log import content
from reportgen.review.log.approvals import State, approvals
from reportgen.review.log.verdicts import Trust
from reportgen.review.model import Signature
from tests.letters.manuscripts import composed, quantity, stated
from tests.review.speaking import TRUST, approval

if TYPE_CHECKING:
    from reportgen.letters.draft import Draft
    from reportgen.review.log.approvals import Consent

PROSE = """
We counted {{ incident.exchanges }} exchanges.{{ cite(incident.exchanges) }} They came through
accounts. See [our page](https://example.com/a).

## Scale {#scale}

It was large.
"""


def consent(before: Draft, after: Draft, *known: Draft) -> Consent:
    """What became of counsel's approval of `before`, when only `known` drafts were kept."""
    kept = {each.digest: each for each in known}
    (found,) = approvals(after, [approval(before)], ["counsel"], TRUST, kept.get)
    return found


def why(before: Draft, after: Draft) -> tuple[str, ...]:
    found = consent(before, after, before)
    assert found.state is State.LAPSED
    return found.why


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("exchanges.{{", "exchanges.\n{{"),
        ("They came", "*They*  came"),
        ("accounts. See", "accounts.\n\nSee"),
    ],
)
def test_an_approval_outlives_what_is_set_otherwise(old: str, new: str) -> None:
    assert old in PROSE
    before = composed(PROSE)
    assert consent(before, composed(PROSE.replace(old, new))).state is State.GIVEN


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("It was large.", "It was huge.", ("sentence 4: the words changed: - “large.” + “huge.”",)),
        ("It was large.", "", ("a sentence is gone: “It was large.”",)),
        ("It was large.", "It was large. We know.", ("sentence 5 is new: “We know.”",)),
        ("## Scale {", "## Size {", ("the heading was “Scale” and is “Size”",)),
        (
            "example.com/a",
            "example.com/b",
            ("the link was “https://example.com/a” and is “https://example.com/b”",),
        ),
        (
            "It was large.",
            '{% call confidential("x") %}It was large.{% endcall %}',
            ("a confidential passage is new: “It was large.”",),
        ),
        ("They came", "They came{% call note() %}Probably.{% endcall %}", None),
    ],
)
def test_an_approval_lapses_with_exactly_what_changed(
    old: str, new: str, said: tuple[str, ...] | None
) -> None:
    assert old in PROSE
    found = why(composed(PROSE), composed(PROSE.replace(old, new)))
    assert found == (said or ("sentence 4 is new: “Probably.”", "a footnote is new: “Probably.”"))


def test_sentences_in_another_order_are_another_letter() -> None:
    prose = "One thing is so. Another is not."
    assert why(composed(prose), composed("Another is not. One thing is so.")) == (
        "its sentences stand in another order",
    )


def test_a_figure_of_the_case_that_changes_is_named_by_its_sentence() -> None:
    def letter(said: str) -> Draft:
        return composed(PROSE, incident=stated(facts={"exchanges": quantity(said)}))

    assert why(letter("28.8 million"), letter("31.2 million")) == (
        "sentence 1: `north-2026.exchanges` was “28.8 million” and is “31.2 million”",
    )


@pytest.mark.parametrize("key", ["subject", "date"])
def test_the_form_of_the_letter_is_approved_as_well(key: str) -> None:
    changed: dict[str, Any] = {"subject": "Another"} if key == "subject" else {"date": "2026-06-11"}
    (said, *_) = why(composed(PROSE), composed(PROSE, **changed))
    assert said.startswith(f"the {key} was “")


def test_an_approval_of_a_draft_that_nobody_has_is_shown_as_such() -> None:
    before, after = composed(PROSE), composed("Other words.")
    assert consent(before, after).state is State.UNKNOWN
    # Another draft under the digest of the one that was approved is not what was approved.
    (found,) = approvals(after, [approval(before)], [], TRUST, lambda _: after)
    assert found.state is State.UNKNOWN


def test_an_approval_holds_again_when_the_change_is_undone() -> None:
    before, after = composed(PROSE), composed("Other words.")
    given = [approval(before), approval(after, minute=1)]
    (found,) = approvals(before, given, ["counsel"], TRUST, lambda _: None)
    assert found.state is State.GIVEN


def test_roles_that_are_needed_come_first_and_others_are_shown() -> None:
    letter = composed(PROSE)
    found = approvals(letter, [approval(letter, "press")], ["counsel"], TRUST, lambda _: None)
    assert [(each.role, each.state) for each in found] == [
        ("counsel", State.MISSING),
        ("press", State.GIVEN),
    ]


def test_an_approval_whose_signature_is_bad_does_not_count() -> None:
    letter = composed(PROSE)
    given = approval(letter)
    trust = Trust(frozenset(), {given.id: Signature.BAD})
    (found,) = approvals(letter, [given], [], trust, lambda _: None)
    assert (found.state, found.why) == (State.DOUBTED, ("its signature is bad",))


def test_the_digest_of_the_content_is_the_same_for_the_same_content() -> None:
    assert content.digest(composed(PROSE)) == content.digest(composed(PROSE))
