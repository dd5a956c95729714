"""Which block of the old draft has become which of the new: paired, put in, taken out, divided.

The pairing is chosen that keeps the most words (as Gale and Church aligned sentences, 1993). A
paragraph may have been divided, or several joined. Order is kept; what has changed its place is
found later, as a move.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reportgen.review.redlines.flowing import LISTS
from reportgen.review.redlines.sequences import common, length
from reportgen.review.redlines.tokens import significant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from reportgen.review.redlines.flowing import Leaf

    Comparable = Callable[[Leaf, Leaf], bool]

_MANY: Final = 4_000
"""Of more pairs than this only those are looked at that have three words in a row in common."""
_VERY_MANY: Final = 40_000
"""With more pairs than this, blocks that read the same are paired first."""
_COMMON: Final = 8
"""Three words that stand in more blocks than this tell nothing of which is which."""
_LIKE: Final = 0.3
"""Which part of the shorter block two have in common, at least, to be taken for one."""
_SEAM: Final = 1.5
"""How many words a division must save, so that it is shown as one."""
_PARTS: Final = 4
"""Into how many a paragraph is divided at most."""
_WHOLE: Final = 1.5
"""How much more a word is worth in a block that reads the same: a move is clearer than a mixture."""
_SAME: Final = 0.5
"""What reading the same is worth beyond the words, and having the same part in a letter."""
_SAME_HOME: Final = 0.1
_SETTLED: Final = frozenset({"h1", "h2", "caption", "thead", "tbody", "tfoot", "figcaption"})
"""Elements of which there is one where they stand, so that they are paired whatever they say."""


@dataclass(frozen=True, slots=True)
class Step:
    """Blocks of the old draft that have become blocks of the new: 1 and 1, 1 and 0, 1 and 2 ..."""

    old: tuple[Leaf, ...]
    new: tuple[Leaf, ...]


def of_one_form(old: Leaf, new: Leaf) -> bool:
    """Whether it can be told word by word what became of a block."""
    return old.block.form == new.block.form or (old.is_prose and new.is_prose)


def aligned(
    old: Sequence[Leaf], new: Sequence[Leaf], comparable: Comparable = of_one_form
) -> list[Step]:
    """Return the steps from the old blocks to the new, in the order of reading.

    Args:
        old: The blocks of an element of the old draft.
        new: Those of the same element of the new.
        comparable: Whether two blocks can be taken for one.
    """
    same = common([each.key for each in old], [each.key for each in new])
    if len(old) * len(new) <= _VERY_MANY:
        # Only what both begin and end with is certain: between, more words may be kept elsewhere.
        same = _ends(same, len(old), len(new))
    steps: list[Step] = []
    left = right = 0
    for at_old, at_new in (*same, (len(old), len(new))):
        steps += _between(old[left:at_old], new[right:at_new], comparable)
        if at_old < len(old):
            steps.append(Step((old[at_old],), (new[at_new],)))
        left, right = at_old + 1, at_new + 1
    return steps


def _ends(same: Sequence[tuple[int, int]], old: int, new: int) -> list[tuple[int, int]]:
    """Return of pairs in order those that both sequences begin with, and end with."""
    starting = (pair for at, pair in enumerate(same) if pair == (at, at))
    backward = enumerate(reversed(same), start=1)
    ending = (pair for back, pair in backward if pair == (old - back, new - back))
    return sorted({*starting, *ending})


def _between(old: Sequence[Leaf], new: Sequence[Leaf], comparable: Comparable) -> list[Step]:
    if not old or not new:
        return [*(Step((each,), ()) for each in old), *(Step((), (each,)) for each in new)]
    candidates = _candidates(old, new)
    scores: dict[tuple[int, int], float] = {}
    for at in candidates:
        score = _likeness(old[at[0]], new[at[1]], comparable)
        if score is not None:
            scores[at] = score
    seams = dict(_seams(old, new, candidates, scores))
    return _best(old, new, scores, seams)


def _candidates(old: Sequence[Leaf], new: Sequence[Leaf]) -> list[tuple[int, int]]:
    """Return the pairs that may be one, in order."""
    if len(old) * len(new) <= _MANY:
        return [(left, right) for left in range(len(old)) for right in range(len(new))]
    places: dict[object, set[int]] = {}
    for right, each in enumerate(new):
        for gram in _grams(each):
            places.setdefault(gram, set()).add(right)
    found: set[tuple[int, int]] = set()
    for left, each in enumerate(old):
        for gram in _grams(each):
            others = places.get(gram, set())
            if len(others) <= _COMMON:
                found.update((left, right) for right in others)
    # Between those that read the same, all pairs are looked at.
    same = common([each.key for each in old], [each.key for each in new])
    left = right = 0
    for at_old, at_new in (*same, (len(old), len(new))):
        if (at_old - left) * (at_new - right) <= _MANY:
            found.update((a, b) for a in range(left, at_old) for b in range(right, at_new))
        else:
            found.update(zip(range(left, at_old), range(right, at_new), strict=False))
        left, right = at_old + 1, at_new + 1
    return sorted(found)


def _grams(leaf: Leaf) -> Iterator[object]:
    words = leaf.block.words
    yield leaf.key
    yield from (words[at : at + 3] for at in range(max(1, len(words) - 2)))


def _likeness(old: Leaf, new: Leaf, comparable: Comparable) -> float | None:
    """Return how many words two blocks keep when they are taken for one; None when they are not."""
    home = _SAME_HOME * (old.home == new.home)
    before, after = old.block, new.block
    if old.said == new.said:
        return _WHOLE * len(before.words) + _SAME + _SAME * (old.key == new.key) + home
    if not comparable(old, new):
        return None
    role = _role(old, new)
    shorter = min(len(before.words), len(after.words))
    kept = (before.counted & after.counted).total()
    if before.is_leaf and after.is_leaf and kept:
        kept = length(before.words, after.words)
    # What is empty is paired with what says nothing either, but not with what is only a space.
    silent = not (before.words or after.words) and bool(before.tokens) is bool(after.tokens)
    if kept >= _LIKE * shorter and (kept or silent):
        return kept + role + _SAME / 2 + home
    return kept + role + home if role else None


def _role(old: Leaf, new: Leaf) -> float:
    element = old.block.element
    settled = element.tag in _SETTLED or (element.get("class") and element.tag != "table")
    return _SAME if settled or _named(old) == _named(new) is not None else 0.0


def _named(row: Leaf) -> object:
    """Return what a row of a table is called; None for anything else."""
    if row.block.element.tag != "tr":
        return None
    return next((c.key for c in row.block.parts if c.element.get("scope") == "row"), None)


def _seams(
    old: Sequence[Leaf],
    new: Sequence[Leaf],
    candidates: Sequence[tuple[int, int]],
    scores: dict[tuple[int, int], float],
) -> Iterator[tuple[tuple[int, int, int, int], float]]:
    """Yield what is kept when a paragraph was divided, or several were joined.

    It has to be more than the one paragraph keeps anywhere, whatever became of the others.
    """
    most_old, most_new = [0.0] * len(old), [0.0] * len(new)
    for (left, right), score in scores.items():
        most_old[left] = max(most_old[left], score)
        most_new[right] = max(most_new[right], score)
    for left, right in candidates:
        for down, across in ((0, 1), (1, 0)):
            best = most_old[left] if across else most_new[right]
            if (old[left] if across else new[right]).size <= best + _SEAM:
                continue
            for count in range(1, _PARTS):
                size = 1 + down * count, 1 + across * count
                before, after = old[left : left + size[0]], new[right : right + size[1]]
                if (len(before), len(after)) != size or not (_one(before) and _one(after)):
                    break
                least = _LIKE * min(map(len, (_words(before), _words(after))))
                if _most(before, after) < max(best + _SEAM * count, least):
                    continue
                kept: float = length(_words(before), _words(after))
                if kept - _SEAM * count > best and kept >= least:
                    kept -= _SEAM * count
                    yield (left, right, *size), kept
                    best = kept


def _one(some: Sequence[Leaf]) -> bool:
    """Whether paragraphs can be one: nothing but the end of a paragraph stands between them."""
    first = some[0]
    if not all(each.is_prose and each.block.form == first.block.form for each in some):
        return False
    if not all(each.block.words for each in some):
        return False
    if not all(each.closes for each in some[:-1]) or not all(each.opens for each in some[1:]):
        return False
    if len(some) > 1 and not first.opens:
        return False
    homes = {_holder(each) for each in some}
    looks = {significant(each.path[-1].element) for each in some if each.path}
    return len(homes) == 1 and len(looks) < 2


def _holder(leaf: Leaf) -> tuple[object, ...]:
    """Return the section, or the list, that a paragraph stands in."""
    path = leaf.path
    of_item = len(path) > 1 and path[-2].element.tag in LISTS
    return tuple(map(id, path[:-1] if of_item else path))


def _words(some: Sequence[Leaf]) -> list[object]:
    return [word for each in some for word in each.block.words]


def _most(old: Sequence[Leaf], new: Sequence[Leaf]) -> int:
    """Return how many words can be kept at most."""
    one, others = (old[0], new) if len(old) == 1 else (new[0], old)
    return sum((one.block.counted & each.block.counted).total() for each in others)


def _best(
    old: Sequence[Leaf],
    new: Sequence[Leaf],
    scores: dict[tuple[int, int], float],
    seams: dict[tuple[int, int, int, int], float],
) -> list[Step]:
    """Return the steps that keep the most words; of several, those that pair the earliest."""
    rows, columns = len(old), len(new)
    starts: dict[tuple[int, int], list[tuple[float, int, int]]] = {}
    for at, score in scores.items():
        starts.setdefault(at, []).append((score, 1, 1))
    for (left, right, down, across), score in seams.items():
        starts.setdefault((left, right), []).append((score, down, across))
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    moves: dict[tuple[int, int], tuple[int, int]] = {}
    for left in range(rows - 1, -1, -1):
        here, below = best[left], best[left + 1]
        for right in range(columns - 1, -1, -1):
            # Nothing is said of a step that takes out one block, or else puts one in.
            most = max(below[right], here[right + 1])
            for score, down, across in starts.get((left, right), ()):
                whole = score + best[left + down][right + across]
                if whole > most or (whole == most and (left, right) not in moves):
                    most = whole
                    moves[left, right] = down, across
            here[right] = most
    steps = []
    left = right = 0
    while left < rows or right < columns:
        if left < rows and right < columns and (left, right) in moves:
            down, across = moves[left, right]
        elif right == columns or (left < rows and best[left][right] == best[left + 1][right]):
            down, across = 1, 0
        else:
            down, across = 0, 1
        steps.append(Step(tuple(old[left : left + down]), tuple(new[right : right + across])))
        left, right = left + down, right + across
    return steps
