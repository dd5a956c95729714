"""What was said of a fact, and what is known of one record: for people, or as JSON for programs."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from reportgen.archive.formats.records import first, joined, states, wrapped
from reportgen.problems.terminal import Style, styled, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.archive.found import Mistaken, Statement, Story
    from reportgen.archive.model import Entry, Record


def table(address: str, statements: Sequence[Statement], *, color: bool = False) -> str:
    """Return everything that was said of a fact, latest first; a correction before its error."""
    return "\n".join(_facts(address, statements, color=color)) + "\n"


def as_json(statements: Sequence[Statement]) -> str:
    """Return what was said as JSON: a list of objects."""
    content = [
        {
            "record": each.record.id,
            "letter": each.record.letter,
            "date": each.record.date,
            "submitted": each.record.submitted,
            "recipients": each.record.recipients,
            **asdict(each.said),
            "corrected_by": each.corrected,
            "not_told": each.untold,
        }
        for each in statements
    ]
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def _facts(address: str, statements: Sequence[Statement], *, color: bool) -> Iterator[str]:
    heading = ""
    for each in statements:
        if each.said.address != heading:
            if heading:
                yield ""
            heading = each.said.address
            computed = "" if heading == address else "computed from it: "
            yield styled(f"{computed}{visible(heading)}", Style.STRONG, color=color)
        value = f" ({visible(each.said.value)})" if each.said.value else ""
        to = joined(first(each.record.addressees or each.record.recipients))
        day = each.record.submitted[:10] or each.record.date
        yield f"  {day}  “{visible(each.said.text)}”{value}"
        yield from wrapped(f"{each.record.id}, to {to}", indent=" " * 14)
        if each.corrected:
            text = f"corrected by {joined(each.corrected)}"
            yield from wrapped(text, color=color, style=Style.WARNING, indent=" " * 14)
        if each.untold:
            text = f"not told so: {joined(each.untold)}"
            yield from wrapped(text, color=color, style=Style.ERROR, indent=" " * 14)


# --- one record ---------------------------------------------------------------------------------


def story(told: Story, record: Record | None, *, color: bool = False) -> str:
    """Return all that is known of a record.

    Args:
        told: What the catalog and the ledger know.
        record: What its bag says; None when that is not believed.
        color: Whether the terminal has colors.
    """
    return "\n".join(_story(told, record, color=color)) + "\n"


def story_as_json(told: Story, record: Record | None) -> str:
    """Return all that is known of a record as JSON."""
    content = {
        **asdict(told.record),
        "sent": [each.model_dump(mode="json") for each in record.sent] if record else [],
        "drafts": list(record.drafts) if record else [],
        "events": [
            each.model_dump(mode="json", include={"number", "event", "at", "by", "details"})
            for each in told.events
        ],
        "mistaken": [asdict(each) for each in told.mistaken],
    }
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def _story(told: Story, record: Record | None, *, color: bool) -> Iterator[str]:
    listed = told.record
    yield styled(listed.id, Style.STRONG, color=color)
    if listed.title:
        yield from wrapped(listed.title)
    for state in states(listed):
        yield from wrapped(state, color=color, style=Style.WARNING)
    if record is not None:
        yield ""
        yield from _row("letter", f"{record.letter}, of {record.date}")
        yield from _row("from", record.organization)
        yield from _row("to", joined(first(record.addressees or record.recipients)))
        yield from _row("cases", joined(record.cases))
        sent = record.submitted
        yield from _row("sent", f"{sent.at:%Y-%m-%d %H:%M %z}, by {sent.via}, by {sent.by}")
        for file in record.sent:
            pages = f", {file.pages} pages" if file.pages else ""
            yield from _row("file", f"{file.path}{pages}, {file.size:,} bytes")
            yield f"            sha256 {file.sha256}"
        yield from _row("bag", listed.bag)
    if told.mistaken:
        yield ""
        yield "Corrected since"
        for each in told.mistaken:
            yield from _mistaken(each, color=color)
    yield ""
    yield "In the ledger"
    for entry in told.events:
        yield from _event(entry)


def _row(name: str, text: str) -> Iterator[str]:
    lines = list(wrapped(text, indent=" " * 12))
    if lines:
        yield f"  {name:<10}{lines[0].lstrip()}"
        yield from lines[1:]


def _mistaken(each: Mistaken, *, color: bool) -> Iterator[str]:
    later = joined([f"“{said.text}” in {record}" for record, said in each.now.items()])
    yield from wrapped(f"{each.said.address} was “{each.said.text}”, is {later}")
    if each.untold:
        text = f"not told so: {joined(each.untold)}"
        yield from wrapped(text, color=color, style=Style.ERROR, indent="    ")


def _event(entry: Entry) -> Iterator[str]:
    details = "; ".join(
        f"{name} {text}" for name, text in entry.details.items() if name not in _UNSAID
    )
    said = f": {details}" if details else ""
    yield from wrapped(f"{entry.number}  {entry.at:%Y-%m-%d}  {entry.event}, {entry.by}{said}")


_UNSAID = {"sha256", "signature", "drafts"}
"""Details that only programs read."""
