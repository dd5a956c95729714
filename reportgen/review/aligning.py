"""Which block of the old draft has become which of the new: paired, put in, taken out, divided.

Blocks that read the same are paired first; between these, the pairing is chosen that keeps the most
words (as Gale and Church aligned sentences, 1993). A paragraph may have been divided in two, or two
joined. Order is kept; what has changed its place is found later, as a move.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reportgen.review.sequences import common, length

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.review.blocks import Block

_MANY: Final = 4_000
"""Of more pairs than this only those are looked at that have three words in a row in common."""
_LIKE: Final = 0.3
"""Which part of the shorter block two have in common, at least, to be taken for one."""
_SEAM: Final = 1.5
"""How many words a division must save, so that it is shown as one."""
_SAME_SECTION: Final = 5.0
_SAME_ROLE: Final = 0.5
_SETTLED: Final = frozenset({"h1", "h2", "caption", "thead", "tbody", "tfoot", "figcaption"})
"""Elements of which there is one where they stand, so that they are paired whatever they say."""
_DIVISIBLE: Final = frozenset({"article", "section", "blockquote"})
"""In what a paragraph can be divided, since its halves look like any other there."""


@dataclass(frozen=True, slots=True)
class Step:
    """Blocks of the old draft that have become blocks of the new: 1 and 1, 1 and 0, 1 and 2 ..."""

    old: tuple[Block, ...]
    new: tuple[Block, ...]


def aligned(old: Sequence[Block], new: Sequence[Block], within: str) -> list[Step]:
    """Return the steps from the old blocks to the new, in the order of reading.

    Args:
        old: The blocks of an element of the old draft.
        new: Those of the same element of the new.
        within: The element's tag.
    """
    steps: list[Step] = []
    left = right = 0
    same = common([each.key for each in old], [each.key for each in new])
    for at_old, at_new in (*same, (len(old), len(new))):
        steps += _between(old[left:at_old], new[right:at_new], within)
        if at_old < len(old):
            steps.append(Step((old[at_old],), (new[at_new],)))
        left, right = at_old + 1, at_new + 1
    return steps


def _between(old: Sequence[Block], new: Sequence[Block], within: str) -> list[Step]:
    if not old or not new:
        return [*(Step((each,), ()) for each in old), *(Step((), (each,)) for each in new)]
    candidates = _candidates(old, new)
    scores: dict[tuple[int, int], float] = {}
    for at in candidates:
        score = _likeness(old[at[0]], new[at[1]])
        if score is not None:
            scores[at] = score
    seams = dict(_seams(old, new, candidates, scores)) if within in _DIVISIBLE else {}
    return _best(old, new, scores, seams)


def _candidates(old: Sequence[Block], new: Sequence[Block]) -> list[tuple[int, int]]:
    """Return the pairs that may be one, in order."""
    if len(old) * len(new) <= _MANY:
        return [(left, right) for left in range(len(old)) for right in range(len(new))]
    places: dict[tuple[object, ...], set[int]] = {}
    for right, each in enumerate(new):
        for gram in _grams(each):
            places.setdefault(gram, set()).add(right)
    found: set[tuple[int, int]] = set()
    for left, each in enumerate(old):
        for gram in _grams(each):
            found.update((left, right) for right in places.get(gram, ()))
        if left < len(new):
            found.add((left, left))
    return sorted(found)


def _grams(block: Block) -> Iterator[tuple[object, ...]]:
    words = block.words
    yield from (words[at : at + 3] for at in range(max(1, len(words) - 2)))


def _likeness(old: Block, new: Block) -> float | None:
    """Return how many words two blocks keep when they are taken for one; None when they are not."""
    if old.form != new.form:
        return None
    role = _role(old, new)
    shorter = min(len(old.words), len(new.words))
    kept = (old.counted & new.counted).total()
    if old.is_leaf and kept:
        kept = length(old.words, new.words)
    if kept >= _LIKE * shorter:
        return kept + role + _SAME_ROLE / 2
    return kept + role if role else None


def _role(old: Block, new: Block) -> float:
    element = old.element
    if element.tag == "section" and element.get("id"):
        return _SAME_SECTION if element.get("id") == new.element.get("id") else 0.0
    settled = element.tag in _SETTLED or (element.get("class") and element.tag != "table")
    return _SAME_ROLE if settled else 0.0


def _seams(
    old: Sequence[Block],
    new: Sequence[Block],
    candidates: Sequence[tuple[int, int]],
    scores: dict[tuple[int, int], float],
) -> Iterator[tuple[tuple[int, int, int, int], float]]:
    """Yield what is kept when a paragraph was divided, or two were joined."""
    for left, right in candidates:
        single = scores.get((left, right), 0.0)
        for down, across in ((1, 2), (2, 1)):
            some = (*old[left : left + down], *new[right : right + across])
            if len(some) < 3 or any(e.element.tag != "p" or e.form != some[0].form for e in some):
                continue
            before = [word for each in old[left : left + down] for word in each.words]
            after = [word for each in new[right : right + across] for word in each.words]
            other = scores.get((left + down - 1, right + across - 1), 0.0)
            kept = length(before, after) - _SEAM
            if kept > max(single, other):
                yield (left, right, down, across), kept


def _best(
    old: Sequence[Block],
    new: Sequence[Block],
    scores: dict[tuple[int, int], float],
    seams: dict[tuple[int, int, int, int], float],
) -> list[Step]:
    """Return the steps that keep the most words; of several, those that pair the earliest."""
    rows, columns = len(old), len(new)
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    moves = [[(1, 0)] * (columns + 1) for _ in range(rows + 1)]
    for left in range(rows, -1, -1):
        for right in range(columns, -1, -1):
            options: list[tuple[float, tuple[int, int]]] = []
            if (left, right) in scores:
                options.append((scores[left, right] + best[left + 1][right + 1], (1, 1)))
            for down, across in ((1, 2), (2, 1)):
                seam = seams.get((left, right, down, across))
                if seam is not None:
                    options.append((seam + best[left + down][right + across], (down, across)))
            if left < rows:
                options.append((best[left + 1][right], (1, 0)))
            if right < columns:
                options.append((best[left][right + 1], (0, 1)))
            if options:
                best[left][right], moves[left][right] = max(options, key=lambda each: each[0])
    steps = []
    left = right = 0
    while left < rows or right < columns:
        down, across = moves[left][right]
        steps.append(Step(tuple(old[left : left + down]), tuple(new[right : right + across])))
        left, right = left + down, right + across
    return steps
