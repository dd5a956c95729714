"""How reports of one letter contradicted each other: 22 ways, each as a letter that repeats it.

The list is that of the disagreements that the press printed on the letter of June 10, 2026 and on
what came before it. For each the table says what catches it when a letter falls into it: a rule of
the lint, or composing itself, which refuses to print what the bounds do not bear out.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from reportgen.problems.model import Severity
from tests.letters.manuscripts import quantity
from tests.review.linted import FACTS, compared, incident, problems, refused


class Contradiction(NamedTuple):
    """One of the disagreements.

    Attributes:
        number: Its number in the list.
        about: What the reports disagree on.
        prose: A letter that falls into it.
        caught: The code that is found; empty where none can.
        refused: Whether composing refuses the letter, so that there is none to lint.
        why: Why no rule can catch it.
    """

    number: int
    about: str
    prose: str
    caught: str = ""
    refused: bool = False
    why: str = ""


TABLE = (
    Contradiction(
        1,
        "the exchanges: 28.8 million, more than that, up to that",
        "It made more than {{ incident.exchanges }} exchanges.\n\n"
        "It made up to {{ incident.exchanges }} exchanges.",
        "hedge-not-borne-out",
    ),
    Contradiction(
        2,
        "the accounts: nearly 25,000, roughly 25,000",
        "It used roughly {{ incident.accounts }} accounts.",
        "hedge-contradicted",
    ),
    Contradiction(
        3,
        "the accounts of February: approximately and over 24,000, by one issuer",
        "It used {{ incident.approximate }} accounts.",
        "hedge-dropped",
    ),
    Contradiction(
        4,
        "a floor that lost its “over” when it was repeated",
        "It made {{ incident.dropped }} exchanges.",
        "hedge-dropped",
    ),
    Contradiction(
        5,
        "the window: 44 days, 45 days",
        "It ran for {{ stats.days(incident) }} days, the first and the last day counted. Within "
        "those 44 days it changed its ways.",
        "day-counts-mixed",
    ),
    Contradiction(
        6,
        "the rate: divided by 44 in place of 45 days",
        'That is {{ stats.per_day(incident.exchanges) | approximately("654,000") }} a day.',
        "wording-not-borne-out",
        refused=True,
    ),
    Contradiction(
        7,
        "the letter’s day: its own, or that of the report on it",
        "We inform you of a campaign that was disclosed this week.",
        "relative-date",
    ),
    Contradiction(
        8,
        "who reported first",
        "",
        why="a letter does not say who reported first; the case file says whose reporting a source "
        "repeats (`after`), and the citation prints it",
    ),
    Contradiction(
        9,
        "the answer of the accused: none, declined, denied, all on one day",
        "As of {{ incident.responses[0].as_of }}, Acme had not responded. As of "
        "{{ incident.responses[1].as_of }}, Acme had declined to comment.",
        "positions-contradict",
    ),
    Contradiction(
        10,
        "the committee: that on Examples, or that on Commerce",
        "We write to the Senate Commerce Committee of a campaign.",
        "addressee-mismatch",
    ),
    Contradiction(
        11,
        "the actor: operators affiliated with a company, or the company",
        "Example Models alleges that Acme executed the campaign.",
        "attribution-above-case",
    ),
    Contradiction(
        12,
        "the part of a state, which one report has and no other",
        "We allege that the Norwegian government was complicit.",
        "state-not-in-case",
    ),
    Contradiction(
        13,
        "a quotation that drifts: its words, and others in its place",
        "The disclosure calls it {{ incident.paraphrase }}.",
        "quotation-not-in-source",
    ),
    Contradiction(
        14,
        "the investment: billions, or hundreds of billions of dollars",
        "It took billions of dollars to build them. Hundreds of billions of dollars are at stake.",
        "unbound-number",
    ),
    Contradiction(
        15,
        "whose words: the phrase of another letter, given to this one",
        "A publisher calls it {{ incident.economy }}.",
        "quotation-of-another",
    ),
    Contradiction(
        16,
        "the reach of a superlative: known to us, or in the history of the industry",
        "It is the largest such attack in the history of the industry.",
        "superlative-unscoped",
    ),
    Contradiction(
        17,
        "the day of the disclosure: the 23rd, or the 24th",
        "The campaign was disclosed on February 24, 2026.",
        "unbound-number",
    ),
    Contradiction(
        18,
        "a total that counts a part twice",
        "| Campaign | Exchanges |\n|:--|--:|\n| One | {{ incident.part }} |\n"
        "| Other | {{ incident.other }} |\n| Total | {{ incident.wrong_whole }} |\n",
        "total-does-not-tie",
    ),
    Contradiction(
        19,
        "two figures of overlapping windows, added",
        "Together that is {{ stats.total([incident.exchanges, incident.part_of_it]) }} exchanges.",
        "overlapping-windows",
        refused=True,
    ),
    Contradiction(
        20,
        "what was counted: exchanges, requests, tokens",
        "They sent {{ incident.exchanges }} requests.",
        "unit-of-another",
    ),
    Contradiction(
        21,
        "a number at its peak, and a number over all the time",
        "They used {{ incident.peak }} accounts.",
        "peak-as-total",
    ),
    Contradiction(
        22,
        "a growth whose base nobody names",
        "The volume has more than doubled.",
        "growth-without-base",
    ),
)


@pytest.mark.parametrize("each", TABLE, ids=lambda each: f"{each.number}-{each.caught}")
def test_a_contradiction_is_caught_where_one_can_be(each: Contradiction) -> None:
    further: dict[str, Any] = {
        "incident": incident(facts={**FACTS, "part_of_it": quantity("151 million")}),
        "compared": (compared(),),
    }
    if not each.prose:
        assert each.why
    elif each.refused:
        assert each.caught in refused(each.prose, **further)
    else:
        found = problems(each.prose, **further)
        assert each.caught in [problem.code for problem in found]
        assert all(problem.severity in Severity for problem in found)


def test_the_table_has_all_of_them_and_says_how_many_are_caught() -> None:
    assert [each.number for each in TABLE] == list(range(1, 23))
    caught = [each for each in TABLE if each.caught]
    assert len(caught) == 21
    assert sum(each.refused for each in caught) == 2
