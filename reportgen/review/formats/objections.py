"""What the lint found, for counsel to read: sentence by sentence, without files and lines."""

from __future__ import annotations

from itertools import groupby
from textwrap import fill
from typing import TYPE_CHECKING, Final

from reportgen.problems.printing import counted
from reportgen.review.log.drafts import version
from reportgen.review.rules.table import CODES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportgen.letters.draft import Assertion, Draft
    from reportgen.review.linting import Objection

_WIDTH: Final = 88
_INDENT: Final = "    "


def listed(found: Iterable[Objection], draft: Draft) -> str:
    """Return the objections to a draft as plain text, in the order of its sentences."""
    rest = len(draft.assertions) + 1
    ordered = sorted(found, key=lambda each: each.sentence.number if each.sentence else rest)
    said = counted(len(ordered), "objection") if ordered else "nothing to object to"
    asked = f"{len(CODES)} rules, {counted(len(draft.assertions), 'sentence')}: {said}."
    head = f"What a reader might object to in {draft.name}, {version(draft.digest)}\n\n{asked}\n"
    return head + "".join(
        f"\n{fill(_where(sentence), _WIDTH)}\n{''.join(map(_told, some))}"
        for sentence, some in groupby(ordered, key=lambda each: each.sentence)
    )


def _where(sentence: Assertion | None) -> str:
    return f"Sentence {sentence.number}: “{sentence.text}”" if sentence else "The letter"


def _told(each: Objection) -> str:
    problem = each.problem
    said = f"{problem.severity}: {problem.message} ({problem.code})"
    return f"{_within(said)}{_within(f'way out: {problem.help}') if problem.help else ''}"


def _within(text: str) -> str:
    lines = fill(
        text, _WIDTH, initial_indent=_INDENT, subsequent_indent=_INDENT, break_on_hyphens=False
    )
    return f"{lines}\n"
