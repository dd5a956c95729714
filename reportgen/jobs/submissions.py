"""What was submitted of the reports that a case owes: the one place where deadlines ask for it.

A case file names what went through a portal; what the archive sealed comes from the archive.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from reportgen.regimes.deadlines import Submitted

if TYPE_CHECKING:
    from reportgen.cases.model import Case

Submissions = Callable[["Case", str], Mapping[str, Submitted]]
"""Returns what a case submitted under a regime, by stage; of several reports of a stage, the last."""


def named_in_case(case: Case, regime: str) -> Mapping[str, Submitted]:
    """Return what the case file names as submitted."""
    assessment = case.regimes.get(regime)
    if assessment is None or not assessment.submitted:
        return {}
    return {
        stage: Submitted(each.at, each.by, each.receipt or "case file")
        for stage, each in assessment.submitted.items()
    }


def both(first: Submissions, second: Submissions) -> Submissions:
    """Return what either of two tells; of the same stage, what was submitted last."""

    def submitted(case: Case, regime: str) -> Mapping[str, Submitted]:
        found = dict(first(case, regime))
        for stage, each in second(case, regime).items():
            known = found.get(stage)
            if known is None or each.at > known.at:
                found[stage] = each
        return found

    return submitted
