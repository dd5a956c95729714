"""Totals: what is said to be the sum of parts has to be what the parts add up to, within bounds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import TYPE_CHECKING, Final

from reportgen.letters.draft import Binding
from reportgen.letters.markup import Element
from reportgen.quantities.finding import Kind, find
from reportgen.quantities.quantity import PERCENT, Quantity
from reportgen.quantities.reading import read
from reportgen.quantities.wording import spread
from reportgen.review.indexing import quantity_of
from reportgen.review.matter import Finding
from reportgen.review.sourcing import fact_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.letters.draft import BoundFact
    from reportgen.quantities.bounds import Bounds
    from reportgen.review.matter import Matter, Sentence

_BARE: Final = re.compile(
    r"(?:(?:grand |sub)?totals?|sum|all|together|in (?:all|total)|overall|combined|aggregate)",
    re.IGNORECASE,
)
_TOTAL: Final = re.compile(
    r"\b(?:total(?:s|ing|ed)?|together|altogether|in all|combined|in the aggregate|sum)\b",
    re.IGNORECASE,
)
_PARTIAL: Final = re.compile(
    r"\b(?:of which|including|among (?:them|these)|of these)\b", re.IGNORECASE
)
_COUNTS: Final = frozenset({Kind.FIGURE, Kind.WORDS})
_LEAST_PARTS: Final = 2


@dataclass(frozen=True)
class _Cell:
    """A number of a table or a sentence.

    Attributes:
        text: Its words.
        bounds: What they leave open.
        facts: The facts that it rests on; none for a number that is bound to nothing.
        distinct: Whether it counts members of a set.
    """

    text: str
    bounds: Bounds
    facts: frozenset[str] = frozenset()
    distinct: bool = False


def _bound(piece: BoundFact, matter: Matter) -> _Cell | None:
    quantity = quantity_of(piece, matter.cases)
    if quantity is None:
        return None
    fact = fact_at(piece.address, matter.cases)
    distinct = str(getattr(fact, "counting", "")) == "distinct"
    return _Cell(piece.text, quantity.bounds, frozenset(piece.facts), distinct)


def _read(text: str) -> _Cell | None:
    quantity = read(text)
    if isinstance(quantity, Quantity) and quantity.unit != PERCENT:
        return _Cell(text, quantity.bounds)
    return None


# --- tables -------------------------------------------------------------------------------------


def total_does_not_tie(matter: Matter) -> Iterator[Finding]:
    """Find totals, of a table's column or in a sentence, that their parts do not add up to."""
    pieces = {piece.id: piece for piece in matter.draft.bound}
    for table in matter.draft.document.walk():
        if table.tag == "table":
            yield from _of_table(table, pieces, matter)
    for sentence in matter.prose:
        yield from _of_sentence(sentence, matter)


def _of_table(table: Element, pieces: dict[str, BoundFact], matter: Matter) -> Iterator[Finding]:
    rows = [
        [cell for cell in row.children if isinstance(cell, Element)]
        for part in table.children
        if isinstance(part, Element) and part.tag in {"tbody", "tfoot"}
        for row in part.children
        if isinstance(row, Element)
    ]
    columns: dict[int, list[_Cell]] = {}
    for row in rows:
        label = " ".join(row[0].text(notes=False).split()) if row else ""
        for number, cell in enumerate(row[1:], 1):
            found = _cell(cell, pieces, matter)
            if found is None:
                continue
            if not _TOTAL.search(label):
                columns.setdefault(number, []).append(found)
                continue
            objection = _objection(label, found, columns.get(number, []), pieces)
            if objection:
                yield _finding(objection, found.text, _sentence_of(row, matter))


def _cell(cell: Element, pieces: dict[str, BoundFact], matter: Matter) -> _Cell | None:
    bound = [pieces[i] for each in cell.walk() if (i := each.get("id")) and i in pieces]
    if bound:
        return _bound(bound[0], matter) if len(bound) == 1 else None
    return _read(" ".join(cell.text(notes=False).split()))


def _objection(
    label: str, total: _Cell, parts: Sequence[_Cell], pieces: dict[str, BoundFact]
) -> str | None:
    """Return why a row called `label` is no total of the parts above it; None when it is."""
    if len(parts) < _LEAST_PARTS:
        return None
    bare = _BARE.fullmatch(label.strip(" :")) is not None
    computed = any(
        piece.binding is Binding.STATISTIC and frozenset(piece.facts) == total.facts
        for piece in pieces.values()
    )
    above = frozenset(fact for part in parts for fact in part.facts)
    if computed and total.facts:
        if total.facts - above:
            return "the total is made of other figures than stand above it"
        missing = above - total.facts
        return (
            f"the total leaves out {len(missing)} of the figures above it"
            if bare and missing
            else None
        )
    return _does_not_tie(total, parts) if bare else None


def _does_not_tie(total: _Cell, parts: Sequence[_Cell]) -> str | None:
    if any(part.distinct for part in parts):
        return None  # what is counted twice makes any sum too large, and statistics refuse it
    added = reduce(add, (part.bounds for part in parts))
    if added.overlaps(total.bounds):
        return None
    return f"the parts add up to a number that {spread(Quantity(added))}"


def _sentence_of(row: Sequence[Element], matter: Matter) -> Sentence | None:
    text = " | ".join(" ".join(cell.text(notes=False).split()) for cell in row)
    return next((each for each in matter.sentences if each.row and each.text == text), None)


def _finding(objection: str, words: str, sentence: Sentence | None) -> Finding:
    start = sentence.text.rfind(words) if sentence else 0
    return Finding(
        "total-does-not-tie",
        f"“{words}” is said to be a total: {objection}",
        "let the template add it up: `stats.total(…)`; a sum of floors is a floor",
        sentence,
        max(start, 0),
        max(start, 0) + len(words),
    )


# --- sentences ----------------------------------------------------------------------------------


def _of_sentence(sentence: Sentence, matter: Matter) -> Iterator[Finding]:
    """Check a sentence that names a total and at least two parts of the same things."""
    text = sentence.bare
    if not _TOTAL.search(text) or _PARTIAL.search(text):
        return
    by_noun: dict[str, list[_Cell]] = {}
    for start, end, cell in _numbers(sentence, matter):
        noun = next(iter(re.findall(r"\A(?:\s+\w+){0,1}?\s+([a-z]+s)\b", text[end:])), "")
        by_noun.setdefault(noun, []).append(cell)
        del start
    # "150,000, 3.4 million and 13 million, together 16.55 million exchanges": only the last has it.
    cells = [cell for cells in by_noun.values() for cell in cells]
    nouns = [noun for noun in by_noun if noun]
    if len(nouns) > 1 or len(cells) <= _LEAST_PARTS:
        return
    total = max(cells, key=lambda cell: cell.bounds.low or cell.bounds.high or 0)
    parts = [cell for cell in cells if cell is not total]
    objection = _does_not_tie(total, parts)
    if objection:
        yield _finding(objection, total.text, sentence)


def _numbers(sentence: Sentence, matter: Matter) -> Iterator[tuple[int, int, _Cell]]:
    """Yield the counts of a sentence: bound ones, and those that are bound to nothing."""
    covered: list[tuple[int, int]] = []
    for said in sentence.said:
        covered.append((said.start, said.end))
        cell = _bound(said.piece, matter)
        if cell is not None and said.piece.binding is not Binding.COMPARISON:
            yield said.start, said.end, cell
    for found in find(sentence.bare):
        if any(start < found.end and found.start < end for start, end in covered):
            continue
        cell = _read(found.text) if found.kind in _COUNTS else None
        if cell is not None:
            yield found.start, found.end, cell
