"""Records as a list for people, or as JSON for programs.

A list has for each record a line that begins with its name, and below it what the letter was
about, the words that were found, and what happened to it since. Texts of others are made visible:
nothing in a letter steers a terminal.
"""

from __future__ import annotations

import json
import textwrap
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from reportgen.archive.found import Standing
from reportgen.problems.terminal import Style, styled, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reportgen.archive.found import Hit, Listed

_WIDTH: Final = 100
_INDENT: Final = "  "
_MOST: Final = 6
"""How many of those to whom a letter went are named."""


def table(hits: Iterable[Hit], *, color: bool = False) -> str:
    """Return records as text, in their order."""
    return "\n".join("\n".join(_lines(each, color=color)) + "\n" for each in hits)


def as_json(hits: Iterable[Hit]) -> str:
    """Return records as JSON: a list of objects."""
    content = [
        {
            **asdict(each.record),
            "snippet": "".join(text for _, text in each.snippet),
            "found": [text for is_found, text in each.snippet if is_found],
            "for_correction": each.for_correction,
        }
        for each in hits
    ]
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def _lines(hit: Hit, *, color: bool) -> Iterator[str]:
    record = hit.record
    yield f"{styled(record.id, Style.STRONG, color=color)}{_sent(record)}"
    if record.title:
        yield from wrapped(record.title)
    if hit.snippet:
        yield from _snippet(hit, color=color)
    for state in states(record):
        yield from wrapped(state, color=color, style=Style.WARNING)


def _sent(record: Listed) -> str:
    day = record.submitted[:10]
    to = f", to {visible(joined(first(record.addressees or record.recipients)))}" if day else ""
    return f"  {day}{to}" if day else ""


def states(record: Listed) -> Iterator[str]:
    """Yield in a sentence each what one has to know of a record."""
    if record.standing is Standing.DISPOSED:
        yield record.fault
    elif record.standing is not Standing.KEPT:
        yield f"{record.standing}: {record.fault}; see `reportgen verify {record.id}`"
    if record.corrected:
        yield f"corrected by {joined(record.corrected)}"
    if record.corrects:
        yield f"corrects {joined(record.corrects)}"
    if record.withdrawn:
        yield "withdrawn"
    for matter in record.held:
        yield f"held for {matter}"


def first(names: Sequence[str]) -> Sequence[str]:
    """Return the names, of many the first few and how many more there are."""
    if len(names) <= _MOST:
        return names
    return (*names[: _MOST - 1], f"{len(names) - _MOST + 1:,} others")


def joined(names: Sequence[str]) -> str:
    """Return names as a sentence has them: `a, b and c`."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def wrapped(
    text: str, *, color: bool = False, style: Style = Style.NONE, indent: str = _INDENT
) -> Iterator[str]:
    """Yield a text of others in lines, indented."""
    lines = textwrap.wrap(
        visible(text), _WIDTH - len(indent), break_long_words=False, break_on_hyphens=False
    )
    for line in lines:
        yield f"{indent}{styled(line, style, color=color)}"


def _snippet(hit: Hit, *, color: bool) -> Iterator[str]:
    """Yield the words around what was found; that is bold, or between asterisks without color."""
    words: list[tuple[bool, str]] = []
    glued = False
    for is_found, text in hit.snippet:
        for position, word in enumerate(text.split(" ")):
            shown = visible(word)
            if is_found and shown:
                shown = styled(shown, Style.STRONG, color=True) if color else f"*{shown}*"
            if position or not glued or not words:
                words.append((is_found, shown))
            else:
                words[-1] = (is_found, words[-1][1] + shown)
        glued = True
    line = f"{_INDENT}“"
    for number, (_, word) in enumerate(words):
        if number and len(line) + len(word) > _WIDTH:
            yield line
            line = _INDENT + word
        else:
            line += f" {word}" if number else word
    yield f"{line}”"
