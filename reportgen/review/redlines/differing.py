"""Two trees made into one that holds both: what was kept, what was put in, what was taken out.

Words are matched first, as many as can be, then the marks and spaces between them. So no more words
are touched than must be, and a word is never touched for the sake of a comma.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.letters.markup import Element
from reportgen.review.redlines import aligning
from reportgen.review.redlines.aligning import aligned
from reportgen.review.redlines.becoming import Placed
from reportgen.review.redlines.blocks import block
from reportgen.review.redlines.columns import paired
from reportgen.review.redlines.flowing import FLOWING, flow
from reportgen.review.redlines.merging import Merged, Piece, Status, shell_of
from reportgen.review.redlines.nesting import nested
from reportgen.review.redlines.sequences import common, trimmed
from reportgen.review.redlines.tokens import Sort, Token, significant

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

    from reportgen.review.redlines.aligning import Comparable, Step
    from reportgen.review.redlines.blocks import Block
    from reportgen.review.redlines.columns import Pair
    from reportgen.review.redlines.flowing import Leaf

    Columns = tuple[Pair, ...] | None


def merged(old: Element, new: Element, pictures: Mapping[str, str]) -> Merged:
    """Return both trees as one.

    Args:
        old: The tree of the old draft.
        new: That of the new; the root is taken for the same, whatever is in it.
        pictures: What each source of an image shows, by digest, the same for both.
    """
    return _Merger(pictures).both(block(old, pictures), block(new, pictures))


class _Merger:
    def __init__(self, pictures: Mapping[str, str]) -> None:
        self._pictures = pictures

    def both(self, old: Block, new: Block, columns: Columns = None) -> Merged:
        """Return two blocks as one that was kept; those of a table by its columns."""
        made = Merged(Status.KEPT, shell_of(new.element))
        tag = new.element.tag
        if tag == "table":
            columns = paired(old.element, new.element, self._words)
        if old.is_leaf and new.is_leaf:
            made.pieces = self._line(old.tokens, new.tokens)
        elif tag == "tr":
            made.parts = list(self._cells(old.parts, new.parts, columns))
        elif new.is_mixed and tag not in FLOWING:
            made.parts = [self.both(*pair) for pair in zip(old.parts, new.parts, strict=True)]
        else:
            steps = aligned(flow(old), flow(new), _comparable(columns))
            placed = [each for step in steps for each in self._step(step, columns)]
            made.parts, made.lost = nested(placed, self.one)
        return made

    def _words(self, cell: Element) -> Iterable[Hashable]:
        return block(cell, self._pictures).words

    def _cells(
        self, old: Sequence[Block], new: Sequence[Block], columns: Columns
    ) -> Iterator[Merged]:
        for left, right in columns or ((at, at) for at in range(len(new))):
            if left is None or right is None:
                cell, status = (
                    (new[right], Status.INSERTED)
                    if right is not None
                    else (old[left or 0], Status.DELETED)
                )
                yield self.one(cell, status)
            else:
                yield self.both(old[left], new[right])

    def _step(self, step: Step, columns: Columns) -> Iterator[Placed]:
        old, new = step.old, step.new
        if len(old) == len(new) == 1:
            yield Placed(old, new, self.both(old[0].block, new[0].block, columns))
        elif old and new:
            made = Merged(Status.KEPT, shell_of(new[0].block.element))
            made.pieces = self._line(_run(old), _run(new))
            yield Placed(old, new, made)
        else:
            for leaf in old:
                yield Placed((leaf,), (), self.one(leaf.block, Status.DELETED, columns))
            for leaf in new:
                yield Placed((), (leaf,), self.one(leaf.block, Status.INSERTED, columns))

    def one(self, given: Block, status: Status, columns: Columns = None) -> Merged:
        """Return a block that only one of the drafts has."""
        made = Merged(status, shell_of(given.element))
        made.parts = [self.one(part, status, columns) for part in given.parts]
        made.pieces = [self._piece(token, status) for token in given.tokens]
        if columns and given.element.tag == "tr":
            made.parts = list(_filled(made.parts, status, columns))
        return made

    def _piece(self, token: Token, status: Status) -> Piece:
        if token.sort is not Sort.NOTE or not isinstance(token.node, Element):
            return Piece(status, token)
        return Piece(status, token, self.one(block(token.node, self._pictures), status))

    def _kept(self, old: Token, new: Token) -> Piece:
        if not isinstance(old.node, Element) or not isinstance(new.node, Element):
            return Piece(Status.KEPT, new)
        if new.sort is not Sort.NOTE:
            return Piece(Status.KEPT, new)
        note = self.both(block(old.node, self._pictures), block(new.node, self._pictures))
        return Piece(Status.KEPT, new, note)

    def _line(self, old: Sequence[Token], new: Sequence[Token]) -> list[Piece]:
        """Return two runs of tokens as one."""
        words_old = [index for index, token in enumerate(old) if token.counts]
        words_new = [index for index, token in enumerate(new) if token.counts]
        keys_old = [old[index].key for index in words_old]
        keys_new = [new[index].key for index in words_new]
        pieces: list[Piece] = []
        left = right = 0
        same = [(words_old[a], words_new[b]) for a, b in common(keys_old, keys_new)]
        for at_old, at_new in (*same, (len(old), len(new))):
            pieces += self._between(old[left:at_old], new[right:at_new])
            if at_old < len(old):
                pieces.append(self._kept(old[at_old], new[at_new]))
            left, right = at_old + 1, at_new + 1
        return pieces

    def _between(self, old: Sequence[Token], new: Sequence[Token]) -> Iterator[Piece]:
        """Merge what stands between two words that were kept.

        Where words were changed, marks and spaces among them are changed with them, so that what
        is read is a phrase for a phrase.
        """
        left, right = list(map(_loose_key, old)), list(map(_loose_key, new))
        if any(token.sort is Sort.WORD for token in (*old, *new)):
            same = _ends(left, right)
        else:
            same = common(left, right)
        before = after = 0
        for at_old, at_new in (*same, (len(old), len(new))):
            yield from (self._piece(token, Status.DELETED) for token in old[before:at_old])
            yield from (self._piece(token, Status.INSERTED) for token in new[after:at_new])
            if at_old < len(old):
                yield self._kept(old[at_old], new[at_new])
            before, after = at_old + 1, at_new + 1


def _loose_key(token: Token) -> Hashable:
    """Return the key by which a note at the same place is the same note, whatever it says."""
    if token.sort is not Sort.NOTE or not isinstance(token.node, Element):
        return token.key
    return Sort.NOTE, token.surroundings, significant(token.node), block(token.node, {}).is_leaf


def _ends(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Return the indices of what both begin with and end with."""
    start, end = trimmed(old, new)
    last = ((len(old) - at, len(new) - at) for at in range(end, 0, -1))
    return [*((index, index) for index in range(start)), *last]


def _run(leaves: Iterable[Leaf]) -> list[Token]:
    """Return the tokens of paragraphs in a row, with a break between them."""
    run: list[Token] = []
    for each in leaves:
        if run:
            run.append(Token(Sort.BREAK, "", (), (Sort.BREAK,)))
        run += each.block.tokens
    return run


def _comparable(columns: Columns) -> Comparable:
    """Return whether two blocks can be told word by word; rows can, where their cells can be."""

    def of_one_form(old: Leaf, new: Leaf) -> bool:
        if columns is None or old.block.element.tag != "tr" != new.block.element.tag:
            return aligning.of_one_form(old, new)
        before, after = old.block, new.block
        return significant(before.element) == significant(after.element) and all(
            before.parts[left].form == after.parts[right].form
            for left, right in columns
            if left is not None and right is not None
        )

    return of_one_form


def _filled(cells: Sequence[Merged], status: Status, columns: Iterable[Pair]) -> Iterator[Merged]:
    """Yield the cells of a row that one draft has, with empty ones in the other's columns."""
    other = Status.DELETED if status is Status.INSERTED else Status.INSERTED
    for left, right in columns:
        at = right if status is Status.INSERTED else left
        yield Merged(other, Element("td")) if at is None else cells[at]
