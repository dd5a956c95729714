"""Verdicts: what says the same keeps its verdict; what changes loses it, and says why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from reportgen.review.log.verdicts import Trust, verdicts
from reportgen.review.model import Ruling, Signature
from tests.letters.manuscripts import composed, quantity, source, stated
from tests.review.speaking import ADA, GRACE, TRUST, check

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.cases.model import Case
    from reportgen.letters.draft import Draft
    from reportgen.review.model import Verdict

PROSE = """
We counted {{ incident.exchanges }} exchanges. They came through "fraudulent" accounts.

## Scale {#scale}

{{ ref("figures") }} has it all.

Table: What was counted {#figures}

| Count | Number |
|:------|-------:|
| Exchanges | {{ incident.exchanges }} |
| Accounts | {{ incident.accounts }} |
"""


TABLE = "Table: Before {#before}\n\n| A | B |\n|:--|--:|\n| C | {{ incident.accounts }} |\n\n"


def held(before: Draft, after: Draft) -> Mapping[str, Verdict]:
    """The verdicts on `after` when every sentence of `before` was checked."""
    checks = [check(before, each.number) for each in before.assertions]
    found = verdicts(after, checks, TRUST)
    return {each.text: found[each.id] for each in after.assertions if each.id in found}


def lapsed(before: Draft, after: Draft) -> dict[str, str]:
    return {text: each.lapsed for text, each in held(before, after).items() if each.lapsed}


def draft(prose: str = PROSE, **further: Any) -> Draft:  # noqa: ANN401 - as `composed` takes it
    return composed(prose, **further)


def case(exchanges: str = "28.8 million", **report: Any) -> Case:  # noqa: ANN401 - as `source`
    facts = {
        "exchanges": quantity(exchanges),
        "accounts": quantity("approximately 25,000", "accounts", counting="distinct"),
    }
    return stated(facts=facts, sources={"report": source(**report)})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("exchanges. They", "exchanges.\n  They"),
        ("exchanges. They", "exchanges.\n\nThey"),
        ("They came", "They\N{NO-BREAK SPACE}came"),
        ('"fraudulent"', "“fraudulent”"),
        ("fraudulent", "*fraudulent*"),
        ("We counted", "{% if true %}We counted{% endif %}"),
        ("{{ incident.exchanges }} exchanges", "{{ cases['north-2026'].exchanges }} exchanges"),
        ("## Scale {#scale}", "## The scale of it {#scale}"),
        ("has it all.", "has{% call note() %}We counted twice.{% endcall %} it all."),
        ("## Scale", "A further sentence says something else.\n\n## Scale"),
        (
            "{{ ref(",
            f"{TABLE}{{{{ ref(",
        ),
    ],
)
def test_what_says_the_same_keeps_its_verdict(old: str, new: str) -> None:
    assert old in PROSE
    before, after = draft(), draft(PROSE.replace(old, new, 1))
    found = held(before, after)
    assert [each.lapsed for each in found.values()] == [None] * len(before.assertions)


def test_another_table_in_its_place_is_not_the_same() -> None:
    both = PROSE + "\nTable: Others {#others}\n\n| A | B |\n|:--|--:|\n| C | D |\n"
    before = draft(both)
    after = draft(both.replace('ref("figures")', 'ref("others")'))
    assert lapsed(before, after) == {
        "Table 2 has it all.": "the table or figure that it mentions is another one"
    }


def test_a_figure_that_changes_is_named_with_what_it_was_and_is() -> None:
    found = lapsed(draft(incident=case()), draft(incident=case("31.2 million")))
    assert found == {
        "We counted 31.2 million exchanges.": "`north-2026.exchanges` was “28.8 million” and is "
        "“31.2 million”",
        "Exchanges | 31.2 million": "`north-2026.exchanges` was “28.8 million” and is "
        "“31.2 million”",
    }


def test_words_that_change_are_named_and_no_other_sentence_lapses() -> None:
    found = lapsed(draft(), draft(PROSE.replace("They came through", "They arrived through")))
    assert found == {
        "They arrived through “fraudulent” accounts.": "the words changed: - “came” + “arrived”"
    }


@pytest.mark.parametrize(
    ("further", "said"),
    [
        (
            {"publisher": "Another publisher"},
            (
                "the source of `north-2026.exchanges` changed: + Another publisher, “A report”, "
                "2026-06-10; the source of `north-2026.exchanges` changed: - A publisher, "
                "“A report”, 2026-06-10"
            ),
        ),
        (
            {"exhibit": {"file": "a.pdf", "sha256": "0" * 64}},
            "the exhibit for `north-2026.exchanges` is another file",
        ),
    ],
)
def test_a_source_that_changes_is_named(further: dict[str, Any], said: str) -> None:
    found = lapsed(draft(incident=case()), draft(incident=case(**further)))
    assert found["We counted 28.8 million exchanges."] == said
    assert "They came through “fraudulent” accounts." not in found


def test_a_row_says_what_it_says_under_the_heads_of_its_table() -> None:
    found = lapsed(draft(), draft(PROSE.replace("| Number |", "| Estimate |")))
    assert found.keys() == {"Exchanges | 28.8 million", "Accounts | approximately 25,000"}
    (said,) = set(found.values())
    assert said == (
        "the caption or the heads above its row changed: “What was counted | Count | Number” is "
        "now “What was counted | Count | Estimate”"
    )


def test_a_verdict_holds_again_when_the_change_is_undone() -> None:
    before, changed = draft(), draft(PROSE.replace("We counted", "We estimate"))
    checks = [check(before, 1), check(changed, 1, "wrong", minute=1)]
    (verdict,) = verdicts(before, checks, TRUST).values()
    assert (verdict.ruling, verdict.lapsed) == (Ruling.OK, None)


def test_a_new_sentence_has_no_verdict_and_no_past() -> None:
    after = draft(PROSE.replace("## Scale", "Nobody ever said anything of this kind.\n\n## Scale"))
    assert "Nobody ever said anything of this kind." not in held(draft(), after)


def test_an_author_does_not_check_their_own_letter() -> None:
    letter = draft()
    trust = Trust(frozenset({"ADA@example.com"}), {})
    (verdict,) = verdicts(letter, [check(letter, 1)], trust).values()
    assert verdict.lapsed == "its checker is an author of the letter"


def test_who_says_wrong_outweighs_who_says_right_until_they_withdraw_it() -> None:
    letter = draft()
    wrong, right = check(letter, 1, "wrong"), check(letter, 1, minute=1, by=GRACE)
    withdrawn = check(letter, 1, minute=2)
    assert [each.ruling for each in verdicts(letter, [wrong, right], TRUST).values()] == ["wrong"]
    found = verdicts(letter, [wrong, right, withdrawn], TRUST)
    assert [each.ruling for each in found.values()] == ["ok"]


def test_a_forged_verdict_neither_counts_nor_takes_another_back() -> None:
    letter = draft()
    good, forged = check(letter, 1), check(letter, 1, "wrong", minute=1)
    trust = Trust(frozenset(), {good.id: Signature.GOOD, forged.id: Signature.BAD})
    (verdict,) = verdicts(letter, [good, forged], trust).values()
    assert (verdict.ruling, verdict.lapsed, verdict.signature) == ("ok", None, Signature.GOOD)
    (verdict,) = verdicts(letter, [forged], trust).values()
    assert verdict.lapsed == "its signature is bad"


def test_where_signatures_are_required_what_is_unsigned_does_not_count() -> None:
    letter = draft()
    (verdict,) = verdicts(
        letter, [check(letter, 1)], Trust(frozenset(), {}, required=True)
    ).values()
    assert verdict.lapsed == "signatures are required, and it is unsigned"
    assert verdict.by == str(ADA)
