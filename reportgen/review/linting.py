"""The lint: every rule asked, waivers and the organization's settings heeded, places found.

Findings are problems like any other. What counsel waives in a sentence is not told again, since the
index shows it; but a waiver of a rule that there is not, and one that waives nothing, is a finding.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reportgen.problems.catalog import RULES as CATALOG
from reportgen.problems.model import Place, Problem, Severity
from reportgen.problems.wording import quoted, suggestion
from reportgen.review.placing import Placing
from reportgen.review.rules.table import CODES, RULES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reportgen.files.text import Text
    from reportgen.letters.draft import Assertion
    from reportgen.review.matter import Finding, Matter

OFF: Final = "off"


def lint(
    matter: Matter,
    texts: Mapping[str, Text],
    elsewhere: str,
    levels: Mapping[str, str],
) -> tuple[Problem, ...]:
    """Return what counsel would object to, as `objections` does, without the sentences."""
    return tuple(each.problem for each in objections(matter, texts, elsewhere, levels))


@dataclass(frozen=True, slots=True)
class Objection:
    """A finding, told.

    Attributes:
        problem: What is wrong, with its place in the files.
        sentence: The sentence that it stands in; None for a heading and what is nowhere.
    """

    problem: Problem
    sentence: Assertion | None


def objections(
    matter: Matter,
    texts: Mapping[str, Text],
    elsewhere: str,
    levels: Mapping[str, str],
) -> tuple[Objection, ...]:
    """Return what counsel would object to, rule by rule.

    Args:
        matter: The letter.
        texts: The templates and the prose that it was made from, by their paths.
        elsewhere: The letter's own file, for what has no better place.
        levels: What the organization makes of rules: `off`, `warning` or `error`, by code.
    """
    placing = Placing(texts, matter.sentences)
    used: set[tuple[str, str]] = set()
    found = [
        Objection(
            _problem(finding, placing.place(finding, elsewhere), levels),
            finding.sentence.assertion if finding.sentence else None,
        )
        for finding in _found(matter, levels)
        if not _waived(finding, used)
    ]
    return (*found, *_idle_waivers(matter, placing, used, levels))


def unknown_levels(levels: Mapping[str, str], place: Place) -> Iterator[Problem]:
    """Yield a problem for each code of the settings that no rule has."""
    for code in levels:
        if code not in CODES:
            yield Problem(
                "unknown-lint-rule",
                f"the lint has no rule {quoted(code)}",
                Place(place.document, (*place.route, code)),
                suggestion(code, CODES) or "`reportgen explain` lists the rules",
            )


def _found(matter: Matter, levels: Mapping[str, str]) -> Iterator[Finding]:
    for find, codes in RULES.items():
        if all(levels.get(code) == OFF for code in codes):
            continue
        yield from (finding for finding in find(matter) if levels.get(finding.code) != OFF)


def _waived(finding: Finding, used: set[tuple[str, str]]) -> bool:
    """Whether the sentence of a finding has a waiver of it, which is then known to be needed."""
    sentence = finding.sentence
    if sentence is None or all(each.code != finding.code for each in sentence.assertion.waivers):
        return False
    used.add((sentence.assertion.id, finding.code))
    return True


def _problem(finding: Finding, place: Place, levels: Mapping[str, str]) -> Problem:
    level = levels.get(finding.code)
    severity = Severity(level) if level else CATALOG[finding.code].severity
    return Problem(finding.code, finding.message, place, finding.help, severity)


def _idle_waivers(
    matter: Matter, placing: Placing, used: set[tuple[str, str]], levels: Mapping[str, str]
) -> Iterator[Objection]:
    for sentence in matter.sentences:
        for waiver in sentence.assertion.waivers:
            place = placing.waiver(sentence, waiver.code)
            if waiver.code not in CODES:
                unknown = Problem(
                    "waiver-unknown",
                    f"{quoted(waiver.code)} is waived, and the lint has no such rule",
                    place,
                    suggestion(waiver.code, CODES) or "`reportgen explain` lists the rules",
                )
                yield Objection(unknown, sentence.assertion)
            elif (sentence.assertion.id, waiver.code) not in used and levels.get(
                waiver.code
            ) != OFF:
                unused = Problem(
                    "waiver-unused",
                    f"{quoted(waiver.code)} is waived here, and nothing is found",
                    place,
                    "take the waiver away: left alone, it would hide what comes later",
                    Severity.WARNING,
                )
                yield Objection(unused, sentence.assertion)
