"""Cases: what must agree between the entries of a case, and between cases."""

from __future__ import annotations

from reportgen.problems.model import Severity
from reportgen.problems.rule import Rule

RULES = (
    Rule(
        "id-not-folder",
        "A case is called otherwise than its folder",
        "Letters name a case by its id, people by its folder. If the two differ, one is taken for "
        "another case.",
        "Rename the folder, or change the `id`.",
    ),
    Rule(
        "duplicate-case",
        "Two cases have one id",
        "A letter that draws on the id could mean either, and a figure could come from "
        "the wrong one.",
        "Give one of them another id, and its folder the same name.",
    ),
    Rule(
        "unknown-source",
        "A source is named that nobody defines",
        "Every statement has a source that can be looked up under `sources`. A name "
        "that leads nowhere is no source.",
        "Define the source, or correct the name; the message names the nearest.",
        example="sources:\n  letter-aicnbc:\n    title: …\n    publisher: AICNBC\n    kind: article",
    ),
    Rule(
        "window-reversed",
        "A window ends before it begins",
        "A window is written from its first day to its last, and both belong to it.",
        "Exchange the two dates, or correct the one that is wrong.",
        example="window: { from: 2026-04-22, to: 2026-06-05 }",
    ),
    Rule(
        "window-outside-case",
        "A count was made over days on which the incident did not happen",
        "The window of a fact reaches beyond `dates.occurred`. That may be meant, if more was "
        "counted than the incident; often a date is wrong.",
        "Correct the dates. If the window is meant, say so in the fact's `note`.",
        severity=Severity.WARNING,
    ),
    Rule(
        "stated-before-window-ends",
        "A count is stated for a day before its window ends",
        "Nobody can have counted, on the day `as_of`, what was still to come.",
        "Correct the fact's `as_of` or its `window`.",
    ),
    Rule(
        "disclosed-before-occurred",
        "An incident was made public before it began",
        "`dates.disclosed` is earlier than the first day of `dates.occurred`.",
        "Correct the date that is wrong.",
    ),
    Rule(
        "detected-before-occurred",
        "An incident was noticed before it began",
        "`dates.detected` is earlier than the first day of `dates.occurred`. Preparations may have "
        "been noticed; more often a date is wrong.",
        "Correct the date that is wrong, or let the incident begin with its preparations.",
        severity=Severity.WARNING,
    ),
    Rule(
        "response-before-occurred",
        "A response is older than what it responds to",
        "The `as_of` of a response is earlier than the first day of `dates.occurred`.",
        "Correct the date that is wrong.",
    ),
    Rule(
        "accessed-before-published",
        "A source was read before it was published",
        "`accessed` is earlier than `published`. One of the two is wrong, and letters rely on both.",
        "Correct the date that is wrong.",
    ),
    Rule(
        "exhibit-missing",
        "An exhibit is not there",
        "The case says that it keeps a file which proves something, and the file cannot be read "
        "at the place that it names.",
        "Put the file there, or correct the path, which is relative to the case's folder.",
    ),
    Rule(
        "exhibit-changed",
        "An exhibit is not the file that it was",
        "The SHA-256 of the file differs from the one in the case: the file was changed, or "
        "replaced, or the digest was copied wrongly.",
        "Find out which of the two is right before anything else. `sha256sum FILE` prints the "
        "digest of a file.",
    ),
)
