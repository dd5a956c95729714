"""How long records are kept, as a table for people or as JSON for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from reportgen.archive.formats.records import wrapped
from reportgen.problems.terminal import Style, styled, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from reportgen.archive.retaining import Term


def table(terms: Iterable[Term], today: date, *, color: bool = False) -> str:
    """Return terms as text: what is due and why, and what stands against it."""
    return "\n".join("\n".join(_lines(each, today, color=color)) + "\n" for each in terms)


def as_json(terms: Iterable[Term], today: date) -> str:
    """Return terms as JSON: a list of objects."""
    content = [
        {
            "record": each.record.id,
            "class": each.rule.name if each.rule else None,
            "keep": each.rule.keep if each.rule else None,
            "after": each.rule.after if each.rule else None,
            "since": each.since,
            "through": each.through,
            "due": each.is_due(today),
            "against": each.against,
            "proposed_by": each.proposed.by if each.proposed else None,
        }
        for each in terms
    ]
    return json.dumps(content, indent=1, ensure_ascii=False, default=str) + "\n"


def _lines(term: Term, today: date, *, color: bool) -> Iterator[str]:
    record = styled(term.record.id, Style.STRONG, color=color)
    yield f"{record}  {'may be disposed of' if _may(term, today) else 'is kept'}"
    if term.record.title:
        yield from wrapped(term.record.title)
    yield from wrapped(why(term))
    for each in term.against:
        yield from wrapped(each, color=color, style=Style.WARNING)
    if term.proposed is not None:
        at = f"{term.proposed.at:%Y-%m-%d}"
        yield from wrapped(f"{visible(term.proposed.by)} proposed its disposal on {at}")


def _may(term: Term, today: date) -> bool:
    return term.is_due(today) and not term.against


def why(term: Term) -> str:
    """Say for how long a record is kept, and by what."""
    if term.rule is None:
        return "no class of retention is for it: it is kept for ever"
    begins = {"submitted": "it was submitted", "acknowledged": "it was acknowledged"}
    after = begins.get(term.rule.after, "its matter was closed")
    if term.since is None or term.through is None:
        return f"{term.rule.name}: {term.rule.keep} after {after}, which has not happened"
    return f"{term.rule.name}: {term.rule.keep} after {after}, {term.since}, through {term.through}"
