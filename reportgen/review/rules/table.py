"""The rules of the lint: what each objects to, and the function that finds it.

The weight of a rule, why it is one and the way out stand in the catalog of problems, under the same
code. An organization switches rules off or gives them another weight in its settings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportgen.review.rules import (
    addressees,
    answers,
    attribution,
    bindings,
    chronology,
    conclusions,
    days,
    hedging,
    likelihood,
    privacy,
    quotations,
    superlatives,
    terms,
    totals,
    units,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from reportgen.review.matter import Finding, Matter

    Find = Callable[[Matter], Iterator[Finding]]

RULES: Final[Mapping[Find, tuple[str, ...]]] = {
    bindings.unbound_number: ("unbound-number",),
    attribution.alleged_act_unhedged: ("alleged-act-unhedged",),
    attribution.attribution_above_case: ("attribution-above-case",),
    attribution.state_not_in_case: ("state-not-in-case",),
    likelihood.likelihood_with_confidence: ("likelihood-with-confidence",),
    likelihood.likelihood_terms_mixed: ("likelihood-terms-mixed",),
    hedging.hedge_not_borne_out: ("hedge-not-borne-out", "hedge-doubled", "hedge-contradicted"),
    hedging.hedge_dropped: ("hedge-dropped",),
    hedging.fact_in_two_ways: ("fact-in-two-ways",),
    units.unit_of_another: ("unit-of-another",),
    units.peak_as_total: ("peak-as-total",),
    totals.total_does_not_tie: ("total-does-not-tie",),
    days.day_counts_mixed: ("day-counts-mixed",),
    days.day_count_unexplained: ("day-count-unexplained",),
    superlatives.superlative_unscoped: ("superlative-unscoped",),
    superlatives.growth_without_base: ("growth-without-base",),
    terms.term_before_definition: ("term-before-definition",),
    terms.term_in_two_forms: ("term-in-two-forms",),
    conclusions.conclusory_word: ("conclusory-word",),
    quotations.quotation_not_in_source: ("quotation-not-in-source",),
    quotations.quotation_of_another: ("quotation-of-another",),
    answers.position_undated: ("position-undated",),
    answers.positions_contradict: ("positions-contradict",),
    chronology.source_may_be_younger: ("source-may-be-younger",),
    chronology.stated_after_letter: ("stated-after-letter",),
    chronology.relative_date: ("relative-date",),
    addressees.addressee_mismatch: ("addressee-mismatch",),
    privacy.personal_data: ("personal-data",),
}
"""Each rule, in the order of the handbook, with the codes that it finds."""

CODES: Final = tuple(code for codes in RULES.values() for code in codes)
"""What can be switched and waived."""
