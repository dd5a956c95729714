"""Dates: windows run forward, and things follow one another in the order in which they can.

A date of which only the month or the year is known counts as every day of it: a rule speaks only
when no day that may be meant would do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.cases.model import QuantityFact
from reportgen.problems.model import Problem, Related, Severity
from reportgen.quantities.dates import long_form, when

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.cases.model import Case, Window
    from reportgen.cases.places import CaseFile, Route
    from reportgen.quantities.dates import PartialDate


def window_reversed(case: Case, file: CaseFile) -> Iterator[Problem]:
    """Yield a problem for each window that ends before it begins."""
    for route, window in _windows(case):
        if _reversed(window):
            yield Problem(
                "window-reversed",
                f"the window ends {when(window.last)}, before it begins {when(window.first)}",
                file.place(*route, "to"),
                "exchange the two dates, or correct the one that is wrong",
            )


def window_outside_case(case: Case, file: CaseFile) -> Iterator[Problem]:
    """Yield a warning for each count over days on which the incident did not happen."""
    occurred = case.dates.occurred
    if occurred is None or _reversed(occurred):
        return
    for name, fact in case.facts.items():
        window = fact.window if isinstance(fact, QuantityFact) else None
        if window is None or _reversed(window):
            continue
        first, last = window.first.latest, window.last.earliest
        if first < occurred.first.earliest or last > occurred.last.latest:
            yield Problem(
                "window-outside-case",
                "the window reaches beyond the days on which the incident happened",
                file.place("facts", name, "window"),
                "correct the dates; if the window is meant, its `note` may say why",
                Severity.WARNING,
                (Related(file.place("dates", "occurred"), "the incident happened then"),),
            )


def stated_before_window_ends(case: Case, file: CaseFile) -> Iterator[Problem]:
    """Yield a problem for each count that was stated before the last day that it counts."""
    for name, fact in case.facts.items():
        if not isinstance(fact, QuantityFact) or fact.window is None or fact.as_of is None:
            continue
        if not _reversed(fact.window) and fact.as_of.latest < fact.window.last.earliest:
            yield Problem(
                "stated-before-window-ends",
                f"this was stated for {long_form(fact.as_of)}, before its window ends "
                f"{when(fact.window.last)}",
                file.place("facts", name, "as_of"),
                "correct the fact's `as_of` or its `window`",
                related=(Related(file.place("facts", name, "window", "to"), "it ends here"),),
            )


def disclosed_before_occurred(case: Case, file: CaseFile) -> Iterator[Problem]:
    """Yield a problem when the incident was made public before it began."""
    began = _began(case)
    if began and case.dates.disclosed and case.dates.disclosed.latest < began.earliest:
        yield Problem(
            "disclosed-before-occurred",
            f"the incident was made public {when(case.dates.disclosed)}, before it began "
            f"{when(began)}",
            file.place("dates", "disclosed"),
            "correct the date that is wrong",
            related=(_beginning(file),),
        )


def detected_before_occurred(case: Case, file: CaseFile) -> Iterator[Problem]:
    """Yield a warning when the incident was noticed before it began."""
    began = _began(case)
    if began and case.dates.detected and case.dates.detected.latest < began.earliest:
        yield Problem(
            "detected-before-occurred",
            f"the incident was noticed {when(case.dates.detected)}, before it began {when(began)}",
            file.place("dates", "detected"),
            "correct the date that is wrong, or let the incident begin with its preparations",
            Severity.WARNING,
            (_beginning(file),),
        )


def response_before_occurred(case: Case, file: CaseFile) -> Iterator[Problem]:
    """Yield a problem for each response that is older than the incident."""
    began = _began(case)
    if began is None:
        return
    for index, response in enumerate(case.responses):
        if response.as_of.latest < began.earliest:
            yield Problem(
                "response-before-occurred",
                f"the response is of {long_form(response.as_of)}, before the incident began "
                f"{when(began)}",
                file.place("responses", index, "as_of"),
                "correct the date that is wrong",
                related=(_beginning(file),),
            )


def _windows(case: Case) -> Iterator[tuple[Route, Window]]:
    if case.dates.occurred is not None:
        yield ("dates", "occurred"), case.dates.occurred
    for name, fact in case.facts.items():
        if isinstance(fact, QuantityFact) and fact.window is not None:
            yield ("facts", name, "window"), fact.window


def _reversed(window: Window) -> bool:
    return window.last.latest < window.first.earliest


def _began(case: Case) -> PartialDate | None:
    occurred = case.dates.occurred
    return None if occurred is None or _reversed(occurred) else occurred.first


def _beginning(file: CaseFile) -> Related:
    return Related(file.place("dates", "occurred", "from"), "it began here")
