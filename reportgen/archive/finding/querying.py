"""What a user types to search, as an expression of SQLite's full-text search (FTS5).

Words are all to be found; a phrase stands in quotation marks; a word that ends in `*` is a
beginning; what follows a `-` is not to be found. Every word goes in quoted, so that nothing a user
types is ever syntax to FTS5.
"""

from __future__ import annotations

import re
from typing import Final

from reportgen.problems.model import Refusal
from reportgen.problems.wording import quoted

LONGEST: Final = 1_000
"""How many characters a query may have."""

_TERM: Final = re.compile(r"""(?P<minus>(?<!\S)-)?(?:["“”„«»](?P<phrase>[^"“”„«»]*)["“”„«»]?|(?P<word>[^\s"“”„«»]+))""")  # fmt: skip


def expression(query: str) -> str | Refusal:
    """Return the expression that finds what a query asks for; empty when it asks for anything.

    Returns:
        The expression, or the refusal `query-refused`: too long, or nothing but what is not wanted.
    """
    if len(query) > LONGEST:
        return _refused(f"the query has more than {LONGEST:,} characters")
    wanted: list[str] = []
    unwanted: list[str] = []
    # What is no character, as a terminal may hand it over, is no word either.
    text = query.encode("utf-8", "replace").decode().replace("\0", " ")
    for match in _TERM.finditer(text):
        term = _term(match["phrase"], match["word"] or "")
        if term:
            (unwanted if match["minus"] else wanted).append(term)
    if not wanted and unwanted:
        return _refused(f"{quoted(query)} says only what is not to be found")
    if not wanted and query.strip():
        return _refused(f"there is no word in {quoted(query)}")
    found = " AND ".join(wanted)
    return f"({found}) NOT ({' OR '.join(unwanted)})" if unwanted else found


def _term(phrase: str | None, word: str) -> str:
    """Return a phrase or a word as FTS5 takes it literally; empty when there is no word in it."""
    text = word.rstrip("*") if phrase is None else phrase
    if not any(character.isalnum() for character in text):
        return ""
    begins = phrase is None and word.endswith("*")
    return f'"{text.replace(chr(34), chr(34) * 2)}"{"*" if begins else ""}'


def _refused(message: str) -> Refusal:
    return Refusal(
        "query-refused",
        message,
        'words are all to be found, "phrases" in quotation marks; `begin*`; `-without`',
    )
