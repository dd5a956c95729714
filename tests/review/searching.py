"""A search for letters that a redline does not give back: `python -m tests.review.searching 2000`.

Each number makes a letter of either kind, some edits of it in a row, and redlines there and back
again; of every tenth the Word files too. What is found is printed with the numbers that make it
again, and becomes a test of its own. Nothing of this runs with the tests, which have to end.
"""

from __future__ import annotations

import sys
from random import Random
from typing import TYPE_CHECKING

from reportgen.review.redlines.redlining import UnprovedError, redline
from tests.review import letters_edited
from tests.review.letters_made import draft, edited, made
from tests.review.test_redline_docx import given_back

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.letters.draft import Draft

_WORD_FILES = 10
"""Of every so many letters the Word files are read back."""
_TOLD = 100
"""After every so many, how far the search is."""


def main() -> int:
    """Search from the first number to the second, or from 0."""
    numbers = [int(each) for each in sys.argv[1:3]] or [1000]
    found = 0
    for number in range(*numbers):
        if not number % _TOLD:
            print(f"from {number} on", file=sys.stderr, flush=True)  # noqa: T201
        for kind, drafts in (("odd", _odd(number)), ("edited", _edited(number))):
            for old, new in _ways(len(drafts)):
                try:
                    if number % _WORD_FILES:
                        redline(drafts[old], drafts[new])
                    else:
                        given_back(drafts[old], drafts[new])
                except (UnprovedError, AssertionError) as error:
                    found += 1
                    print(f"{kind} {number}, {old} to {new}: {error!s:.100}", flush=True)  # noqa: T201
    print(f"{found} not given back")  # noqa: T201
    return 1 if found else 0


def _odd(number: int) -> list[Draft]:
    """Letters as no one writes them, each the one before after an edit."""
    random = Random(number)  # noqa: S311 - repeatable, and no secret
    documents = [made(number, tuple(random.randint(0, 4) for _ in range(random.randint(1, 3))))]
    for step in range(random.choice((1, 1, 1, 2, 3))):
        documents.append(edited(documents[-1], 7 * number + step))
    return [draft(each) for each in documents]


def _edited(number: int) -> list[Draft]:
    """A letter as one is written, and the same after some edits, and some more."""
    old, new, _ = letters_edited.pair(number)
    return [old, new, letters_edited.pair(3 * number + 1, new)[1]]


def _ways(drafts: int) -> Iterator[tuple[int, int]]:
    """Yield which draft is held against which: the first, the last, and those between."""
    last = drafts - 1
    yield from ((0, last), (last, 0))
    if last > 1:
        yield from ((0, 1), (last, 1))


if __name__ == "__main__":
    sys.exit(main())
