"""The drafts of a letter that were sent to review, by the numbers that they were given.

A number stands in the log beside the draft's digest, and never changes. Where two people who worked
apart gave one number to two drafts, it tells neither of them; every draft can be called by its
version too, as its pages bear it: `v1A2B3C`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reportgen.problems.model import Refusal
from reportgen.problems.wording import quoted
from reportgen.review.log.entries import Approval, KeptDraft

if TYPE_CHECKING:
    from reportgen.review.log.lines import Log

NAME: Final = re.compile(r"[1-9][0-9]{0,5}|[vV][0-9A-Fa-f]{6,64}")
"""What a draft can be called: its number, or its version."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A draft that was sent to review.

    Attributes:
        number: The number that it was given.
        digest: `Draft.digest`, under which it is kept.
        sent: The entry that says so.
    """

    number: int
    digest: str
    sent: KeptDraft

    def __str__(self) -> str:
        """Return `2 (v1A2B3C)`."""
        return f"{self.number} ({version(self.digest)})"


def version(digest: str) -> str:
    """Return what the pages of a draft call it."""
    return f"v{digest[:6].upper()}"


def called(number: int | None, digest: str) -> str:
    """Return what people call a draft: `draft 2`, or its version when it has no number."""
    return f"draft {number}" if number else f"draft {version(digest)}"


def sent(log: Log) -> tuple[Numbered, ...]:
    """Return the drafts that were sent to review: each once, the one that was sent last at last."""
    found: dict[tuple[int, str], Numbered] = {}
    for each in log.of(KeptDraft):
        found.pop((each.number, each.draft), None)
        found[each.number, each.draft] = Numbered(each.number, each.draft, each)
    return tuple(found.values())


def number(log: Log, digest: str) -> int:
    """Return the number that a draft was given last, or the next one that is free."""
    known = sent(log)
    own = [each.number for each in known if each.digest == digest]
    return own[-1] if own else max((each.number for each in known), default=0) + 1


def named(log: Log, name: str) -> tuple[int | None, str] | Refusal:
    """Return the draft that somebody calls by its number or its version.

    Returns:
        Its number, None when it was approved but never sent, and its digest; or the refusal
        `unknown-draft` or `draft-ambiguous`.
    """
    known = sent(log)
    if name.isdecimal():
        found = {each.digest: each.number for each in known if each.number == int(name)}
    else:
        prefix = name[1:].lower()
        digests = (*(each.draft for each in log.of(Approval)), *(each.digest for each in known))
        numbers = {each.digest: each.number for each in known}
        found = {each: numbers.get(each, 0) for each in digests if each.startswith(prefix)}
    if len(found) == 1:
        ((digest, own),) = found.items()
        return own or None, digest
    if found:
        who = ", ".join(
            f"{version(each.digest)} (sent by {each.sent.by.name}, {each.sent.at:%Y-%m-%d})"
            for each in known
            if each.digest in found
        )
        message = f"{len(found)} drafts of this letter are called {quoted(name)}"
        return Refusal("draft-ambiguous", message, f"call it by its version: {who}")
    listed = ", ".join(dict.fromkeys(map(str, known)))
    return Refusal(
        "unknown-draft",
        f"no draft {quoted(name)} of this letter was kept",
        f"these were: {listed}" if listed else "`reportgen review` keeps one",
    )
