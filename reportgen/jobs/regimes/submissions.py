"""What was submitted of the reports that a case owes: the one place where deadlines ask for it.

A case file names what went through a portal; what the archive sealed comes from the archive.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Final

from reportgen.archive import ledger, records
from reportgen.archive.model import Event
from reportgen.regimes.deadlines import Submitted

if TYPE_CHECKING:
    from reportgen.archive.layout import Archive
    from reportgen.archive.model import Record
    from reportgen.cases.model import Case

_DATE: Final = len("2026-06-10-")
"""How many characters of a record's name are its date."""

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


def sealed(archive: Archive) -> Submissions:
    """Return what tells of the records of an archive; what was withdrawn was not submitted.

    A letter says in its file which report of which law it is, `regime` and `stage`. Whether records
    are whole is told by `reportgen verify`.
    """
    withdrawn: set[str] = set()
    if archive.ledger.exists():
        entries = ledger.read(archive.ledger.read_bytes()).entries
        withdrawn = {each.record for each in entries if each.event is Event.WITHDRAWN}
    # A record is called after its date, the case that its letter is of, and the letter.
    ids = [each for each in records.record_ids(archive) if each not in withdrawn]
    named = sorted((each[_DATE:], each) for each in ids)

    @cache
    def reports(case: str) -> tuple[tuple[str, Record], ...]:
        """Return the records of a case that are reports under a law."""
        found = []
        for _, id_ in named[bisect_left(named, (f"{case}-",)) :]:
            if not id_.startswith(f"{case}-", _DATE):
                break
            record = records.read(archive.bag(id_))[0]
            if record is not None and record.stage is not None and case in record.cases:
                found.append((id_, record))
        return tuple(found)

    def submitted(case: Case, regime: str) -> Mapping[str, Submitted]:
        found: dict[str, Submitted] = {}
        for id_, record in reports(case.id):
            if record.regime != regime or record.stage is None:
                continue
            sent, known = record.submitted, found.get(record.stage)
            if known is None or sent.at > known.at:
                found[record.stage] = Submitted(sent.at, sent.by, id_)
        return found

    return submitted


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
