"""Moves: what was taken out in one place and put in at another, word for word.

A stretch is a move when it has as many words as a short sentence; anything shorter comes about by
chance. The longest stretch is taken at each place, and no word is moved twice.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Final

from reportgen.review.redlines.merging import Merged, Piece, Status
from reportgen.review.redlines.tokens import Sort

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator

FEWEST: Final = 5
"""How many words a move has at least."""
_TRIED: Final = 16
"""How many places are tried for one stretch, so that a text of one phrase takes no longer."""


def mark_moves(tree: Merged) -> int:
    """Number what was moved, in both of its places; return how many moves there are."""
    leaves = list(tree.leaves())
    inserted = [run for leaf in leaves for run in _runs(leaf, Status.INSERTED)]
    deleted = [run for leaf in leaves for run in _runs(leaf, Status.DELETED)]
    places: dict[tuple[Hashable, ...], list[tuple[list[Piece], int]]] = {}
    for run in inserted:
        for at in range(len(run) - FEWEST + 1):
            places.setdefault(_gram(run, at), []).append((run, at))
    numbers = count(1)
    for run in deleted:
        at = 0
        while at <= len(run) - FEWEST:
            size, other, start = _longest(run, at, places.get(_gram(run, at), [])[:_TRIED])
            if size:
                number = next(numbers)
                for piece in (*run[at : at + size], *other[start : start + size]):
                    piece.move = number
            at += size or 1
    for leaf in leaves:
        _close(leaf)
    return next(numbers) - 1


def _runs(leaf: Merged, status: Status) -> Iterator[list[Piece]]:
    """Yield the pieces of a status that stand in a row, spaces left out."""
    run: list[Piece] = []
    for piece in leaf.pieces:
        if piece.token.sort is Sort.SPACE:
            continue
        if piece.status is status and piece.token.sort is not Sort.BREAK:
            run.append(piece)
        elif piece.status is Status.KEPT or piece.token.sort is Sort.BREAK:
            yield run
            run = []
    yield run


def _gram(run: list[Piece], at: int) -> tuple[Hashable, ...]:
    return tuple(piece.token.key for piece in run[at : at + FEWEST])


def _longest(
    run: list[Piece], at: int, places: Iterable[tuple[list[Piece], int]]
) -> tuple[int, list[Piece], int]:
    """Return the longest stretch from `at` that stands elsewhere: its size, the run, the place."""
    best: tuple[int, list[Piece], int] = (0, [], 0)
    for other, start in places:
        size = 0
        for left, right in zip(run[at:], other[start:], strict=False):
            if left.token.key != right.token.key or left.move or right.move:
                break
            size += 1
        words = sum(piece.token.counts for piece in run[at : at + size])
        if words >= FEWEST and size > best[0]:
            best = (size, other, start)
    return best


def _close(leaf: Merged) -> None:
    """Move the spaces within a move, and the block itself where all of it was moved."""
    last: dict[Status, Piece | None] = {}
    waiting: dict[Status, list[Piece]] = {Status.INSERTED: [], Status.DELETED: []}
    for piece in leaf.pieces:
        if piece.status is Status.KEPT:
            last.clear()
            for spaces in waiting.values():
                spaces.clear()
        elif piece.token.sort is Sort.SPACE:
            waiting[piece.status].append(piece)
        else:
            before = last.get(piece.status)
            if before is not None and before.move and before.move == piece.move:
                for space in waiting[piece.status]:
                    space.move = piece.move
            waiting[piece.status].clear()
            last[piece.status] = piece
    said = [piece for piece in leaf.pieces if piece.token.sort is not Sort.SPACE]
    if leaf.status is not Status.KEPT and said and all(each.move for each in said):
        leaf.move = said[0].move
        for piece in leaf.pieces:
            piece.move = piece.move or leaf.move
