"""Every deadline rule of every regime, on dates worked out by hand from the words of the law.

Each case quotes the rule that it is worked out from. Weekdays and holidays: March 16, 2026 is a Monday;
summer time begins on March 8, 2026 in the United States and on March 29 in the Union, and ends on
November 1 and October 25; 2028 is a leap year.
"""

from __future__ import annotations

from typing import NamedTuple

import pytest

from reportgen.regimes.deadlines import State
from tests.regimes.laws import owed, shipped


class Worked(NamedTuple):
    """One deadline worked out by hand.

    `start` is `event moment`, several of them divided by semicolons; `+stage moment` is a submission.
    """

    regime: str
    stage: str
    start: str
    due: str
    rule: str
    limb: str | None = None
    place: str | None = None
    relief: bool = False


_CA = "Cal. Gov. Code § 6800: excluding the first day, and including the last, unless a holiday"
_CA_15 = f"§ 22757.13(c)(1): within 15 days of discovering; {_CA}"
_CA_24 = "§ 22757.13(c)(2): within 24 hours; hours pass as they pass"
_NY = "Gen. Bus. Law § 1422(3)(a): within seventy-two hours from a determination, or from belief"
_73_2 = "Art. 73(2): not later than 15 days after ... becomes aware; Reg. 1182/71, Art. 3(1), (4)"
_73_3 = "Art. 73(3): not later than two days; Reg. 1182/71, Art. 3(5): at least two working days"
_73_4 = "Art. 73(4): not later than 10 days after the date; Reg. 1182/71, Art. 3(4)"
_CODE = "GPAI Code, Measure 9.3; no rule extends its periods"
_8K = "Form 8-K, General Instruction B.1: within four business days after occurrence"
_8K_OFF = "B.1: the period shall begin to run on, and include, the first business day thereafter"
_CIRCIA = "6 U.S.C. 681b(a): not later than 72 hours; 24 hours after the ransom payment"
_HOUR = "Reg. 1182/71, Art. 3(1): the hour during which that event occurs is not counted"
_MONTH = "NIS2 Art. 23(4)(d): one month after the submission; Reg. 1182/71, Art. 3(2)(c), (4)"
_DORA = "Del. Reg. 2025/301, Art. 5(1)(a): four hours from classification, 24 hours from awareness"
_DORA_2 = "Art. 5(2): not classified within 24 hours: within four hours from the classification"
_DORA_4 = "Art. 5(4): on a weekend day, by noon of the next working day, where that is open"
_33 = f"GDPR Art. 33(1): 72 hours after having become aware; {_HOUR}"
_1798 = f"Cal. Civ. Code § 1798.82: 30 calendar days, 15 calendar days; {_CA}"
_500 = "23 NYCRR 500.17: 72 hours after determining; 24 hours, 30 days of the payment"
_60 = "45 CFR 164.404(b): no later than 60 calendar days after discovery"
_YEAR = "45 CFR 164.408(c): not later than 60 days after the end of each calendar year"
_FTC = "16 CFR 314.4(j)(1): no later than 30 days after discovery"
_180 = "15 CFR 764.5(c)(2)(iii): within 180 days of OEE's receipt of the initial notification"

_INFRA, _PLACE = "widespread-or-infrastructure", "DE"

WORKED = (
    # California SB 53
    Worked("us-ca-sb53", "report", "discovered 2026-03-16T10:20-07:00", "2026-03-31T23:59:59-07:00", _CA_15),
    Worked("us-ca-sb53", "report", "discovered 2026-03-13T10:00-07:00", "2026-03-30T23:59:59-07:00", f"{_CA_15}; March 28 is a Saturday"),
    Worked("us-ca-sb53", "report", "discovered 2026-06-19T10:00-07:00", "2026-07-06T23:59:59-07:00", f"{_CA_15}; July 4 is a Saturday"),
    # July 3 is kept by the Union, not for certain by the State: the earlier day is given.
    Worked("us-ca-sb53", "report", "discovered 2026-06-18T10:00-07:00", "2026-07-03T23:59:59-07:00", _CA_15),
    Worked("us-ca-sb53", "report", "discovered 2026-12-10T10:00-08:00", "2026-12-28T23:59:59-08:00", f"{_CA_15}; Christmas Day is a Friday"),
    Worked("us-ca-sb53", "report", "discovered 2026-10-23T09:00-07:00", "2026-11-09T23:59:59-08:00", f"{_CA_15}; over the end of summer time, November 7 is a Saturday"),
    Worked("us-ca-sb53", "report", "discovered 2028-02-14T10:00-08:00", "2028-02-29T23:59:59-08:00", f"{_CA_15}; a leap day"),
    Worked("us-ca-sb53", "report", "discovered 2026-03-17T05:30+00:00", "2026-03-31T23:59:59-07:00", f"{_CA_15}; March 16 in California"),
    Worked("us-ca-sb53", "imminent-risk", "imminent-risk 2026-03-07T20:00-08:00", "2026-03-08T21:00:00-07:00", _CA_24),
    Worked("us-ca-sb53", "imminent-risk", "imminent-risk 2026-10-31T20:00-07:00", "2026-11-01T19:00:00-08:00", _CA_24),
    # New York RAISE
    Worked("us-ny-raise", "report", "determined 2027-01-15T17:00-05:00", "2027-01-18T17:00:00-05:00", f"{_NY}; a holiday, not extended"),
    Worked("us-ny-raise", "report", "determined 2027-01-15T17:00-05:00; reasonable-belief 2027-01-14T09:00-05:00", "2027-01-17T09:00:00-05:00", f"{_NY}; the first of the two"),
    Worked("us-ny-raise", "report", "determined 2027-03-12T08:00-05:00", "2027-03-15T09:00:00-04:00", f"{_NY}; over the beginning of summer time"),
    Worked("us-ny-raise", "imminent-risk", "imminent-risk 2027-03-13T12:00-05:00", "2027-03-14T13:00:00-04:00", "§ 1422(3)(b): within twenty-four hours"),
    # EU AI Act, Article 73
    Worked("eu-ai-act-73", "report", "aware 2026-09-01T10:00+02:00", "2026-09-16T23:59:59+02:00", _73_2, "other", _PLACE),
    Worked("eu-ai-act-73", "report", "aware 2026-09-04T10:00+02:00", "2026-09-21T23:59:59+02:00", f"{_73_2}; September 19 is a Saturday", "other", _PLACE),
    Worked("eu-ai-act-73", "report", "aware 2026-10-15T10:00+02:00", "2026-10-30T23:59:59+01:00", f"{_73_2}; over the end of summer time", "other", _PLACE),
    Worked("eu-ai-act-73", "report", "aware 2026-09-01T23:30-04:00", "2026-09-17T23:59:59+02:00", f"{_73_2}; September 2 in Berlin", "other", _PLACE),
    Worked("eu-ai-act-73", "report", "aware 2026-09-01T10:00+02:00", "2026-09-11T23:59:59+02:00", _73_4, "death", _PLACE),
    Worked("eu-ai-act-73", "report", "aware 2026-12-15T10:00+01:00", "2026-12-28T23:59:59+01:00", f"{_73_4}; Christmas, and a weekend", "death", _PLACE),
    Worked("eu-ai-act-73", "report", "aware 2026-09-07T10:00+02:00", "2026-09-09T23:59:59+02:00", _73_3, _INFRA, _PLACE),
    Worked("eu-ai-act-73", "report", "aware 2026-09-10T10:00+02:00", "2026-09-14T23:59:59+02:00", f"{_73_3}; Friday and Monday", _INFRA, _PLACE),
    Worked("eu-ai-act-73", "report", "aware 2026-09-11T10:00+02:00", "2026-09-15T23:59:59+02:00", f"{_73_3}; Monday and Tuesday", _INFRA, _PLACE),
    Worked("eu-ai-act-73", "report", "aware 2026-09-12T10:00+02:00", "2026-09-15T23:59:59+02:00", f"{_73_3}; Monday and Tuesday", _INFRA, _PLACE),
    Worked("eu-ai-act-73", "report", "aware 2026-04-02T10:00+02:00", "2026-04-08T23:59:59+02:00", f"{_73_3}; Good Friday and Easter Monday in Germany", _INFRA, _PLACE),
    Worked("eu-ai-act-73", "report", "aware 2026-04-02T10:00+02:00", "2026-04-07T23:59:59+02:00", f"{_73_3}; no Good Friday in France", _INFRA, "FR"),
    # GPAI Code of Practice
    Worked("eu-gpai-code", "initial", "aware 2026-03-16T10:00+01:00", "2026-03-18T23:59:59+01:00", _CODE, "critical-infrastructure"),
    Worked("eu-gpai-code", "initial", "aware 2026-03-16T10:20-07:00", "2026-03-21T23:59:59+01:00", f"{_CODE}; a Saturday", "cybersecurity-breach"),
    Worked("eu-gpai-code", "initial", "aware 2026-03-16T10:00+01:00", "2026-03-26T23:59:59+01:00", _CODE, "death"),
    Worked("eu-gpai-code", "initial", "aware 2026-03-16T10:00+01:00", "2026-03-31T23:59:59+02:00", _CODE, "other"),
    Worked("eu-gpai-code", "intermediate", "+initial 2026-03-20T12:00+01:00", "2026-04-17T23:59:59+02:00", "at least every four weeks after the initial report", "other"),
    Worked("eu-gpai-code", "intermediate", "+initial 2026-03-20T12:00+01:00; +intermediate 2026-04-15T12:00+02:00", "2026-05-13T23:59:59+02:00", "at least every four weeks", "other"),
    Worked("eu-gpai-code", "final", "resolved 2028-01-01T12:00+01:00", "2028-03-01T23:59:59+01:00", "not later than 60 days after ... resolved; a leap year", "other"),
    # SEC Form 8-K
    Worked("us-sec-8k", "report", "materiality-determined 2026-03-16T10:00-04:00", "2026-03-20T17:30:00-04:00", _8K),
    Worked("us-sec-8k", "report", "materiality-determined 2026-03-20T19:00-04:00", "2026-03-26T17:30:00-04:00", _8K),
    Worked("us-sec-8k", "report", "materiality-determined 2026-03-21T10:00-04:00", "2026-03-26T17:30:00-04:00", _8K_OFF),
    Worked("us-sec-8k", "report", "materiality-determined 2026-11-26T10:00-05:00", "2026-12-02T17:30:00-05:00", f"{_8K_OFF}; Thanksgiving Day"),
    Worked("us-sec-8k", "report", "materiality-determined 2026-11-24T10:00-05:00", "2026-12-01T17:30:00-05:00", f"{_8K}; over Thanksgiving Day"),
    Worked("us-sec-8k", "report", "materiality-determined 2026-12-24T10:00-05:00", "2026-12-31T17:30:00-05:00", f"{_8K}; over Christmas Day"),
    Worked("us-sec-8k", "report", "materiality-determined 2026-07-01T10:00-04:00", "2026-07-08T17:30:00-04:00", f"{_8K}; July 3 is kept for July 4"),
    Worked("us-sec-8k", "report", "materiality-determined 2026-06-18T10:00-04:00", "2026-06-25T17:30:00-04:00", f"{_8K}; over Juneteenth"),
    Worked("us-sec-8k", "report", "materiality-determined 2027-12-29T10:00-05:00", "2028-01-05T17:30:00-05:00", f"{_8K}; December 31 is kept for January 1"),
    Worked("us-sec-8k", "report", "materiality-determined 2028-02-28T10:00-05:00", "2028-03-03T17:30:00-05:00", f"{_8K}; over a leap day"),
    Worked("us-sec-8k", "amendment", "determined 2026-04-06T10:00-04:00", "2026-04-10T17:30:00-04:00", "Item 1.05, Instruction 2: within four business days"),
    # CIRCIA
    Worked("us-circia", "incident", "reasonable-belief 2026-03-06T18:00-05:00", "2026-03-09T19:00:00-04:00", f"{_CIRCIA}; over the beginning of summer time"),
    Worked("us-circia", "ransom", "ransom-paid 2026-12-24T20:00-05:00", "2026-12-25T20:00:00-05:00", f"{_CIRCIA}; a holiday, not extended"),
    # NIS2, Article 23
    Worked("eu-nis2", "early-warning", "aware 2026-03-16T18:20+01:00", "2026-03-17T19:00:00+01:00", f"Art. 23(4)(a): within 24 hours; {_HOUR}", None, _PLACE),
    Worked("eu-nis2", "early-warning", "aware 2026-03-16T14:00+01:00", "2026-03-17T15:00:00+01:00", f"Art. 23(4)(a); {_HOUR}", None, _PLACE),
    Worked("eu-nis2", "early-warning", "aware 2026-03-28T20:10+01:00", "2026-03-29T22:00:00+02:00", f"Art. 23(4)(a); {_HOUR}; summer time begins", None, _PLACE),
    Worked("eu-nis2", "notification", "aware 2026-03-16T18:20+01:00", "2026-03-19T19:00:00+01:00", f"Art. 23(4)(b): within 72 hours; {_HOUR}", None, _PLACE),
    Worked("eu-nis2", "final", "+notification 2026-01-31T10:00+01:00", "2026-03-02T23:59:59+01:00", f"{_MONTH}; no February 31, and February 28 is a Saturday", None, _PLACE),
    Worked("eu-nis2", "final", "+notification 2026-03-19T10:00+01:00", "2026-04-20T23:59:59+02:00", f"{_MONTH}; April 19 is a Sunday", None, _PLACE),
    Worked("eu-nis2", "final", "+notification 2028-01-30T10:00+01:00", "2028-02-29T23:59:59+01:00", f"{_MONTH}; a leap day", None, _PLACE),
    # DORA, Article 19
    Worked("eu-dora", "initial", "classified-major 2026-03-16T10:00+01:00; aware 2026-03-16T08:00+01:00", "2026-03-16T14:00:00+01:00", _DORA, None, _PLACE),
    Worked("eu-dora", "initial", "classified-major 2026-03-17T06:00+01:00; aware 2026-03-16T08:00+01:00", "2026-03-17T08:00:00+01:00", f"{_DORA}; the first of the two", None, _PLACE),
    Worked("eu-dora", "initial", "classified-major 2026-03-18T09:00+01:00; aware 2026-03-16T08:00+01:00", "2026-03-18T13:00:00+01:00", _DORA_2, None, _PLACE),
    Worked("eu-dora", "initial", "aware 2026-03-16T08:00+01:00", "2026-03-17T08:00:00+01:00", _DORA, None, _PLACE),
    Worked("eu-dora", "initial", "classified-major 2026-03-21T10:00+01:00; aware 2026-03-21T09:00+01:00", "2026-03-21T14:00:00+01:00", "Art. 5(5): not open to credit institutions and others", None, _PLACE),
    Worked("eu-dora", "initial", "classified-major 2026-03-21T10:00+01:00; aware 2026-03-21T09:00+01:00", "2026-03-23T12:00:00+01:00", _DORA_4, None, _PLACE, relief=True),
    Worked("eu-dora", "intermediate", "+initial 2026-03-16T13:00+01:00", "2026-03-19T13:00:00+01:00", "Art. 5(1)(b): 72 hours from the submission", None, _PLACE),
    Worked("eu-dora", "final", "+intermediate 2026-03-19T13:00+01:00", "2026-04-19T23:59:59+02:00", "Art. 5(1)(c): one month after the submission", None, _PLACE),
    Worked("eu-dora", "final", "+intermediate 2026-03-19T13:00+01:00", "2026-04-20T12:00:00+02:00", _DORA_4, None, _PLACE, relief=True),
    # GDPR, Article 33
    Worked("eu-gdpr-33", "notification", "aware 2026-03-17T08:30-07:00", "2026-03-20T17:00:00+01:00", _33, None, _PLACE),
    Worked("eu-gdpr-33", "notification", "aware 2026-12-24T10:15+01:00", "2026-12-27T11:00:00+01:00", f"{_33}; over Christmas, not extended", None, _PLACE),
    Worked("eu-gdpr-33", "notification", "aware 2026-10-24T10:30+02:00", "2026-10-27T10:00:00+01:00", f"{_33}; summer time ends", None, _PLACE),
    Worked("eu-gdpr-33", "notification", "aware 2026-03-17T08:30-07:00", "2026-03-20T18:00:00+02:00", f"{_33}; in Finland", None, "FI"),
    # California Civ. Code 1798.82
    Worked("us-ca-breach", "residents", "discovered 2026-03-17T08:30-07:00", "2026-04-16T23:59:59-07:00", _1798),
    Worked("us-ca-breach", "residents", "discovered 2026-03-19T08:30-07:00", "2026-04-20T23:59:59-07:00", f"{_1798}; April 18 is a Saturday"),
    Worked("us-ca-breach", "attorney-general", "individuals-notified 2026-04-16T09:00-07:00", "2026-05-01T23:59:59-07:00", _1798),
    # New York DFS
    Worked("us-ny-dfs", "incident", "determined 2026-03-13T09:00-04:00", "2026-03-16T09:00:00-04:00", f"{_500}; over a weekend"),
    Worked("us-ny-dfs", "payment", "ransom-paid 2026-10-31T20:00-04:00", "2026-11-01T19:00:00-05:00", f"{_500}; summer time ends"),
    Worked("us-ny-dfs", "explanation", "ransom-paid 2026-01-30T20:00-05:00", "2026-03-01T23:59:59-05:00", _500),
    # HIPAA
    Worked("us-hipaa", "individuals", "discovered 2027-12-31T12:00-05:00", "2028-02-29T23:59:59-05:00", f"{_60}; a leap day", "500-or-more"),
    Worked("us-hipaa", "individuals", "discovered 2026-12-31T12:00-05:00", "2027-03-01T23:59:59-05:00", _60, "500-or-more"),
    Worked("us-hipaa", "secretary", "discovered 2026-03-16T12:00-04:00", "2026-05-15T23:59:59-04:00", f"45 CFR 164.408(b): contemporaneously; {_60}", "500-or-more"),
    Worked("us-hipaa", "secretary", "discovered 2027-05-05T12:00-04:00", "2028-02-29T23:59:59-05:00", f"{_YEAR}; a leap year", "fewer-than-500"),
    Worked("us-hipaa", "secretary", "discovered 2026-05-05T12:00-04:00", "2027-03-01T23:59:59-05:00", _YEAR, "fewer-than-500"),
    # FTC Safeguards Rule
    Worked("us-ftc-safeguards", "notification", "discovered 2026-03-16T12:00-04:00", "2026-04-15T23:59:59-04:00", _FTC),
    Worked("us-ftc-safeguards", "notification", "discovered 2028-01-31T12:00-05:00", "2028-03-01T23:59:59-05:00", f"{_FTC}; a leap year"),
    # EAR voluntary self-disclosure
    Worked("us-ear-vsd", "narrative", "notice-received 2026-03-31T11:00-04:00", "2026-09-27T23:59:59-04:00", f"{_180}; a Sunday"),
)  # fmt: skip


@pytest.mark.parametrize(
    "worked", WORKED, ids=lambda each: f"{each.regime}-{each.stage}-{each.start}"
)
def test_a_deadline_is_what_the_words_of_the_law_come_to(worked: Worked) -> None:
    clocks: dict[str, str] = {}
    submitted: dict[str, str] = {}
    for part in worked.start.split("; "):
        name, moment = part.split()
        (submitted if name[0] == "+" else clocks)[name.removeprefix("+")] = moment
    found = owed(
        worked.regime,
        clocks,
        submitted,
        limb=worked.limb,
        place=worked.place,
        relief=worked.relief,
    )[worked.stage]
    assert found.due is not None
    assert found.due.isoformat() == worked.due, worked.rule


def test_every_limit_with_a_time_has_a_date_worked_out_by_hand() -> None:
    worked = {(each.regime, each.stage, each.limb) for each in WORKED}
    stages = {(each.regime, each.stage) for each in WORKED}
    assert len(WORKED) >= 40
    for name, regime in shipped().items():
        for stage_name, stage in regime.stages.items():
            for bound in stage.bounds:
                if bound.period is not None:
                    assert (name, stage_name) in stages
                    assert bound.limb is None or (name, stage_name, bound.limb) in worked


def test_where_the_law_names_no_time_none_is_made_up() -> None:
    disclosure = owed("us-ofac-vsd", {"discovered": "2026-03-16T10:00-04:00"})
    assert disclosure["notification"].state is State.OPEN
    assert disclosure["notification"].due is None
    assert disclosure["report"].state is State.WAITING
    assert owed("us-ear-vsd", {"discovered": "2026-03-16T10:00-04:00"})["initial"].due is None
    complete = owed(
        "eu-ai-act-73",
        {"aware": "2026-09-01T10:00+02:00"},
        {"report": "2026-09-02T10:00+02:00"},
        limb="death",
        place="DE",
    )["complete"]
    assert (complete.state, complete.due) == (State.OPEN, None)
