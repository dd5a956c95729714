"""The directory, looked up: by id, by words, by role, as of a day."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen import workspace
from reportgen.files import modelling, yaml
from reportgen.files.shelf import Shelf
from reportgen.files.showing import show
from reportgen.letters.directory import Addressee, addressee
from reportgen.letters.model import Recipient
from reportgen.problems.model import Problem, Refusal
from reportgen.statistics import tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from reportgen.problems.model import Locating

_LONGEST = 72
_HEADS = ("Office", "Holder", "Recipient", "Verified")


@dataclass(frozen=True, slots=True)
class Found:
    """An office of the directory, on a day.

    Attributes:
        id: `us-senate-banking.chair`.
        recipient: The committee or agency.
        holder: Who holds it then; or why nobody can be named.
    """

    id: str
    recipient: Recipient
    holder: Addressee | Refusal

    @property
    def verified(self) -> bool:
        """Whether somebody looked up both the address and who holds the office."""
        return isinstance(self.holder, Addressee) and self.holder.verified


@dataclass(frozen=True, slots=True)
class LookedUp:
    """What the directory has.

    Attributes:
        day: The day for which it was asked.
        offices: The offices that were asked for, in the order of their ids.
        problems: What is wrong with the files.
        documents: The files that the problems speak of.
    """

    day: date
    offices: tuple[Found, ...]
    problems: tuple[Problem, ...]
    documents: Mapping[str, Locating]


def look_up(query: str, start: Path, day: date, role: str | None = None) -> LookedUp | Refusal:
    """Look offices up.

    Args:
        query: An id, `us-senate-banking` or `us-senate-banking.chair`, or words of a name, a
            jurisdiction, a chamber or a person; everything when empty.
        start: The folder from which the workspace is looked for.
        day: Who holds an office is told as of this day.
        role: Only this office of each: chair, ranking-member.

    Returns:
        What was found, or the refusal `no-workspace`.
    """
    house = workspace.find(start)
    if isinstance(house, Refusal):
        return house
    offices: list[Found] = []
    problems: list[Problem] = []
    for path in house.listing("directory", "*.yaml"):
        document, wrong = yaml.load(path, show(path))
        problems.extend(wrong)
        if document is None:
            continue
        recipient, wrong = modelling.build(Recipient, document)
        problems.extend(wrong)
        if recipient is not None:
            offices.extend(_offices(path.stem, recipient, day, role))
    # An id is exact; what is none is looked for in the words.
    exact = [each for each in offices if query in {each.id, each.id.partition(".")[0]}]
    words = query.casefold().split()
    chosen = exact or [each for each in offices if all(word in _words(each) for word in words)]
    return LookedUp(day, tuple(chosen), tuple(problems), Shelf())


def _offices(name: str, recipient: Recipient, day: date, role: str | None) -> Iterator[Found]:
    for office in recipient.offices:
        if role in {None, office}:
            id_ = f"{name}.{office}"
            yield Found(id_, recipient, addressee(id_, recipient, day))


def _words(found: Found) -> str:
    recipient, holder = found.recipient, found.holder
    parts = [
        found.id,
        recipient.name,
        recipient.body,
        recipient.chamber,
        recipient.jurisdiction,
        holder.tenure.name if isinstance(holder, Addressee) else None,
    ]
    return " ".join(part for part in parts if part).casefold()


def table(looked_up: LookedUp) -> str:
    """Return a list of the offices; a single one in full."""
    if not looked_up.offices:
        return "nothing in the directory is called so\n"
    if len({each.id.partition(".")[0] for each in looked_up.offices}) == 1:
        return "\n".join(_full(each) for each in looked_up.offices)
    return tables.aligned(_HEADS, [_row(each) for each in looked_up.offices])


def _row(found: Found) -> list[tables.Cell]:
    holder = found.holder
    name = holder.tenure.name if isinstance(holder, Addressee) else f"({holder.message})"
    whose = f"{found.recipient.name}, {found.recipient.body}" if found.recipient.body else ""
    told = whose or found.recipient.name
    told = told if len(told) <= _LONGEST else f"{told[: _LONGEST - 1].rstrip()}…"
    return [found.id, name, told, "yes" if found.verified else "no"]


def _full(found: Found) -> str:
    recipient, holder = found.recipient, found.holder
    lines = [found.id]
    if isinstance(holder, Refusal):
        lines.append(f"  {holder.message}")
    else:
        lines.extend(f"  {line}" for line in holder.lines)
        lines.append(f"  Dear {holder.tenure.salutation}:")
        until = f" to {holder.tenure.valid_to}" if holder.tenure.valid_to else ""
        lines.append(f"  in office from {holder.tenure.valid_from}{until}")
        seen = holder.tenure.verified
        lines.append(f"  holder: {_seen(seen.date, seen.source) if seen else 'not verified'}")
    if recipient.jurisdiction:
        lines.append(f"  deals with {recipient.jurisdiction}")
    seen = recipient.verified
    basis = f"; {recipient.basis}" if recipient.basis and seen is None else ""
    lines.append(f"  address: {_seen(seen.date, seen.source) if seen else 'not verified'}{basis}")
    return "\n".join(lines) + "\n"


def _seen(day: object, source: str) -> str:
    return f"verified {day}, {source}"


def as_json(looked_up: LookedUp) -> str:
    """Return what was found, for programs."""
    content = {
        "at": str(looked_up.day),
        "offices": [
            {
                "id": each.id,
                "name": each.recipient.name,
                "body": each.recipient.body,
                "chamber": each.recipient.chamber,
                "jurisdiction": each.recipient.jurisdiction,
                "holder": each.holder.tenure.name if isinstance(each.holder, Addressee) else None,
                "lines": each.holder.lines if isinstance(each.holder, Addressee) else None,
                "salutation": each.holder.tenure.salutation
                if isinstance(each.holder, Addressee)
                else None,
                "problem": each.holder.code if isinstance(each.holder, Refusal) else None,
                "verified": each.verified,
            }
            for each in looked_up.offices
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
