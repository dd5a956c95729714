"""Reporting laws: what a case says of them, and the files that state them."""

from __future__ import annotations

from reportgen.problems.model import Severity
from reportgen.problems.rule import Rule

RULES = (
    Rule(
        "unknown-regime",
        "A reporting law is named that is not there",
        "A reporting law is a file under `templates/regimes/`: its words, its periods, what its "
        "reports have to say.",
        "Correct the name, or add the file.",
        example="regimes:\n  us-ca-sb53:\n    decision: applies\n    …",
    ),
    Rule(
        "clock-missing",
        "A law applies, and nobody says when its clock began",
        "Without the moment that began a period no deadline can be told. The program decides it as "
        "little as it decides whether the law applies.",
        "Let whoever decides it say when it began, and on what ground.",
        example="clocks:\n  discovered:\n    at: 2026-03-16T10:20-07:00\n    by: Counsel\n"
        "    because: the security team found the file that morning",
    ),
    Rule(
        "clock-before-incident",
        "A clock began before the incident did",
        "Nobody is aware of what has not happened yet.",
        "Correct the moment, or the dates of the incident.",
    ),
    Rule(
        "clock-in-future",
        "A clock began at a time that is still to come",
        "What has not happened begins no period. Often the offset is wrong, or the year.",
        "Correct the day, the time or the offset from UTC.",
    ),
    Rule(
        "clock-idle",
        "A clock begins nothing",
        "The law has no period that begins with this event, or is said not to be required. A clock "
        "that is never read may be one that was meant for another event.",
        "Correct the name of the event, or take the clock away.",
        severity=Severity.WARNING,
    ),
    Rule(
        "submitted-in-future",
        "A report was submitted at a time that is still to come",
        "A report that is planned is not submitted; it would no longer be shown as due.",
        "Correct the day, the time or the offset from UTC, or take the entry away.",
    ),
    Rule(
        "submitted-before-clock",
        "A report was submitted before its clock began",
        "Either moment is wrong, or the report was made under another law.",
        "Correct the one that is wrong.",
        severity=Severity.WARNING,
    ),
    Rule(
        "limb-missing",
        "Nobody says which case of the law it is",
        "Some laws give more or less time by what happened: Article 73 of the AI Act gives 2, 10 or "
        "15 days. Which it is decides counsel.",
        "Name the limb; the message quotes each.",
        example="limb: death",
    ),
    Rule(
        "unknown-limb",
        "A case of the law is named that it does not have",
        "The limbs of a regime stand in its file, in the words of the law.",
        "Correct the name.",
    ),
    Rule(
        "place-missing",
        "Nobody says which Member State's authority is told",
        "Its time zone and its holidays decide when a period ends.",
        "Write the country as two letters.",
        example="place: DE",
    ),
    Rule(
        "unknown-place",
        "A country is no Member State",
        "The law has an authority in each Member State of the Union or the European Economic Area.",
        "Correct the country.",
    ),
    Rule(
        "unknown-stage",
        "A report is named that the regime does not have",
        "A regime has its reports by name: initial, intermediate, final.",
        "Correct the name.",
    ),
    Rule(
        "unknown-element",
        "An element is named that the regime does not require",
        "What a report has to say stands in the regime's file, by name.",
        "Correct the name; `reportgen complete` lists them.",
    ),
    Rule(
        "answer-missing",
        "An answer leads to nothing in the case",
        "What a report says rests on a fact of the case. The path names none.",
        "Name a fact that the case states, or state it.",
        example="answers:\n  cause: facts.root_cause",
    ),
    Rule(
        "regime-not-in-force",
        "A law that applies was not in force",
        "By the regime's file the law takes effect later, has ended, or is only proposed.",
        "Let counsel look again. What is reported without a duty is `decision: voluntary`.",
        severity=Severity.WARNING,
    ),
    Rule(
        "period-unreadable",
        "A period is not written as periods are",
        "A period is a number and hours, days, business days, weeks or months.",
        "Write it so.",
        example="period: 72 hours",
    ),
    Rule(
        "bound-start",
        "A limit has no beginning, or two",
        "A limit begins with an event of the case, or with the submission of another report.",
        "Give it `starts` or `after`.",
        example="bounds:\n  - words: …\n    starts: aware\n    period: 72 hours",
    ),
    Rule(
        "unknown-calendar",
        "A calendar of holidays is not there",
        "Holidays are those of a country, or of a part of one, by ISO 3166.",
        "Correct the name: US, US-CA, DE.",
    ),
    Rule(
        "unknown-zone",
        "A time zone is not there",
        "Time zones have the names of the IANA database.",
        "Correct the name: America/New_York, Europe/Brussels.",
    ),
)
