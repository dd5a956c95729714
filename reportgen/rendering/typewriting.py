"""Text in lines of a fixed number of columns, as a typewriter sets it.

Columns are what a reader's fixed-width typeface shows: wide East Asian characters take two,
combining ones none. Words are not hyphenated, and a word that is longer than a line (an address of
the web, mostly) has a line of its own, whole, so that it can be copied.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from reportgen.problems.terminal import width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

GLUE: Final = "\N{NO-BREAK SPACE}"
"""Stands between words that stay on one line; it becomes a blank in the end."""

_INVISIBLE: Final = str.maketrans(dict.fromkeys("\N{SOFT HYPHEN}\N{WORD JOINER}", ""))
_BREAK: Final = "\N{ZERO WIDTH SPACE}"
_JOINER: Final = "\N{ZERO WIDTH JOINER}"
_NEVER_FIRST: Final = frozenset("、。,.:;!?，．：；！？ー々〜・%％°℃")  # noqa: RUF001 - they are meant
"""What no line of East Asian writing begins with, beside closing brackets (JIS X 4051)."""


def columns(text: str) -> int:
    """Return how many columns a line of text takes."""
    return width(text.replace(_BREAK, "").replace(_JOINER, ""))


def wrapped(text: str, size: int, first: str = "", rest: str | None = None) -> tuple[str, ...]:
    """Return the lines of a text.

    Args:
        text: Words, `GLUE` where two may not be parted, line feeds where a line must end.
        size: How many columns a line has, with its indent.
        first: What the first line begins with.
        rest: What the others begin with; blanks of the same width when left out.

    Returns:
        The lines, none of them ending in a blank; one at least.
    """
    rest = " " * columns(first) if rest is None else rest
    lines: list[str] = []
    for part in text.translate(_INVISIBLE).split("\n"):
        line, empty = (rest if lines else first), True
        for gap, piece in _pieces(part):
            glue = "" if empty else gap
            if not empty and columns(line) + columns(glue) + columns(piece) > size:
                lines.append(line)
                line, glue = rest, ""
            line, empty = f"{line}{glue}{piece}", False
        lines.append(line)
    return tuple(line.replace(GLUE, " ").rstrip() for line in lines)


def natural(text: str) -> int:
    """Return how many columns a text takes when only its own line ends break it."""
    return max(columns(line) for line in text.translate(_INVISIBLE).split("\n"))


def narrowest(text: str) -> int:
    """Return how many columns the longest piece of a text takes that cannot be broken."""
    pieces = _pieces(text.translate(_INVISIBLE).replace("\n", " "))
    return max((columns(piece) for _, piece in pieces), default=0)


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Yield what cannot be broken, each with the blank or nothing that stands before it."""
    for word in re.split(r"[ \t\r\f\v]+", text.strip(" \t\r\f\v")):
        gap = " "
        for piece in _breakable(word):
            if piece:
                yield gap, piece
                gap = ""


def _breakable(word: str) -> Iterable[str]:
    """Part a word where a line may end in it: in East Asian writing, and after a dash."""
    if word.isascii():
        return (word,)
    pieces, start = [], 0
    for at in range(1, len(word)):
        if _may_part(word[at - 1], word[at]):
            pieces.append(word[start:at].replace(_BREAK, ""))
            start = at
    return (*pieces, word[start:].replace(_BREAK, ""))


def _may_part(before: str, after: str) -> bool:
    if _BREAK in {before, after}:
        return True
    if GLUE in {before, after} or _JOINER in {before, after} or not columns(after):
        return False
    if unicodedata.category(after) in {"Pe", "Pf"} or after in _NEVER_FIRST:
        return False
    if unicodedata.category(before) in {"Ps", "Pi"}:
        return False
    return before == "\N{EM DASH}" or columns(before) == 2 or columns(after) == 2
