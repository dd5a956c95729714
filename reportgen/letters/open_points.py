"""What a draft may leave open, and a final letter may not.

Numbers that are bound to nothing, recipients that nobody has looked up, and places that still hold
brackets where a name belongs. Each is a warning while one drafts, and stands on the draft's last
page; `--final` refuses while there is one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportgen.letters.prose import COMMENT, split
from reportgen.problems.model import Place, Problem, Severity
from reportgen.problems.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportgen.letters.draft import Unbound
    from reportgen.letters.loading import Manuscript
    from reportgen.problems.model import Key

_PLACEHOLDER = re.compile(r"\[[^\[\]]{1,80}\]")


def open_points(manuscript: Manuscript, unbound: Iterable[Unbound]) -> Iterator[Problem]:
    """Yield a warning for each point that is open."""
    for each in unbound:
        yield Problem(
            "unbound-number",
            f"“{each.text}” is bound to no fact",
            each.place,
            "print a fact in its place, `{{ incident.name }}`, or a statistic; a legal citation "
            'is written `{{ "18 U.S.C. 1001" | law }}`',
            Severity.WARNING,
        )
    yield from _unverified(manuscript)
    yield from _placeholders(manuscript)
    if manuscript.questions is not None and manuscript.family.answers:
        yield from manuscript.questions.unanswered(_written(manuscript))


def _written(manuscript: Manuscript) -> frozenset[str]:
    """Return the names of the sections of the letter's own prose that say something."""
    prose = manuscript.prose
    sections = split(prose.text, prose.path) if prose else ()
    said = (COMMENT.sub("", section.text).strip() for section in sections)
    return frozenset(
        section.name
        for section, text in zip(sections, said, strict=True)
        if text and not _PLACEHOLDER.fullmatch(text)
    )


def _unverified(manuscript: Manuscript) -> Iterator[Problem]:
    """Yield a warning for each recipient whom nobody has looked up, unless that is acknowledged."""
    acknowledged = {each.recipient for each in manuscript.letter.acknowledged}
    unverified = {each.id for each in manuscript.addressees if not each.verified}
    for index, each in enumerate(manuscript.addressees):
        if each.id in unverified - acknowledged:
            name = each.id.partition(".")[0]
            yield Problem(
                "recipient-unverified",
                f"nobody has verified the address or the office of {each.tenure.name}",
                Place(manuscript.path, ("recipients", index)),
                "look them up, and write date and source under `verified` in "
                f"directory/{name}.yaml; or let somebody answer for it under `acknowledged`",
                Severity.WARNING,
            )
    for index, entry in enumerate(manuscript.letter.acknowledged):
        if entry.recipient not in unverified:
            yield Problem(
                "acknowledgement-idle",
                f"{quoted(entry.recipient)} is acknowledged, and is no recipient of this letter that "
                "nobody has looked up",
                Place(manuscript.path, ("acknowledged", index, "recipient")),
                "take the entry away: left alone, it would let pass what changes later",
                Severity.WARNING,
            )


def _placeholders(manuscript: Manuscript) -> Iterator[Problem]:
    for route, text in _filled_in(manuscript):
        for match in _PLACEHOLDER.finditer(text):
            yield Problem(
                "placeholder-left",
                f"{quoted(match[0])} is to be filled in",
                Place(manuscript.path, route),
                "write what belongs there; in a letter that is sent nothing stands in brackets",
                Severity.WARNING,
            )


def _filled_in(manuscript: Manuscript) -> Iterator[tuple[tuple[Key, ...], str]]:
    """Yield the texts around the body, each with the entry of the letter that brings it."""
    letter = manuscript.letter
    yield ("subject",), letter.subject
    yield ("signatory", "name"), letter.signatory.name
    if letter.signatory.title:
        yield ("signatory", "title"), letter.signatory.title
    for index, entry in enumerate(letter.enclosures):
        yield ("enclosures", index), entry.title
    for index, copy in enumerate(letter.copies):
        yield ("copies", index), copy
    organization = manuscript.organization
    for line in (organization.name, *organization.address, *organization.contact):
        yield ("organization",), line
    for index, each in enumerate(manuscript.addressees):
        for line in each.lines:
            yield ("recipients", index), line
