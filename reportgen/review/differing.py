"""Two trees made into one that holds both: what was kept, what was put in, what was taken out.

Words are matched first, as many as can be, then the marks and spaces between them. So no more words
are touched than must be, and a word is never touched for the sake of a comma.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from reportgen.letters.markup import Element
from reportgen.review.aligning import aligned
from reportgen.review.blocks import block
from reportgen.review.sequences import common
from reportgen.review.tokens import Sort, Token, significant

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

    from reportgen.review.blocks import Block


class Status(StrEnum):
    """What became of a piece between two drafts."""

    KEPT = "kept"
    INSERTED = "inserted"
    DELETED = "deleted"


@dataclass(slots=True)
class Piece:
    """A token of either draft or of both.

    Attributes:
        status: What became of it.
        token: The token, as the new draft has it where it was kept.
        note: Its content, where it calls a footnote.
        move: The number of the move that it belongs to; 0 for none.
    """

    status: Status
    token: Token
    note: Merged | None = None
    move: int = 0


@dataclass(slots=True)
class Merged:
    """A block of either draft or of both.

    Attributes:
        status: What became of it.
        shell: The element without its children, as the new draft has it where it was kept.
        parts: The blocks in it.
        pieces: What stands in it, where it holds no other block.
        move: The number of the move that it belongs to as a whole; 0 for none.
    """

    status: Status
    shell: Element
    parts: list[Merged] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    move: int = 0

    def leaves(self) -> Iterator[Merged]:
        """Yield the blocks that hold inline content, notes where they are called."""
        if self.pieces:
            yield self
        for piece in self.pieces:
            if piece.note is not None:
                yield from piece.note.leaves()
        for part in self.parts:
            yield from part.leaves()


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

    def both(self, old: Block, new: Block) -> Merged:
        """Return two blocks as one that was kept."""
        made = Merged(Status.KEPT, _shell(new.element))
        if old.is_leaf and new.is_leaf:
            made.pieces = self._line(old.tokens, new.tokens)
        elif new.element.tag == "tr" or new.is_mixed:
            made.parts = [self.both(*pair) for pair in zip(old.parts, new.parts, strict=True)]
        else:
            for step in aligned(old.parts, new.parts, new.element.tag):
                made.parts += self._step(step.old, step.new)
        return made

    def _step(self, old: Sequence[Block], new: Sequence[Block]) -> Iterator[Merged]:
        if len(old) == len(new) == 1:
            yield self.both(old[0], new[0])
        elif old and new:
            made = Merged(Status.KEPT, _shell(new[0].element))
            made.pieces = self._line(_run(old), _run(new))
            yield made
        else:
            yield from (self.one(each, Status.DELETED) for each in old)
            yield from (self.one(each, Status.INSERTED) for each in new)

    def one(self, given: Block, status: Status) -> Merged:
        """Return a block that only one of the drafts has."""
        made = Merged(status, _shell(given.element))
        made.parts = [self.one(part, status) for part in given.parts]
        made.pieces = [self._piece(token, status) for token in given.tokens]
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
    shorter = min(len(old), len(new))
    start = 0
    while start < shorter and old[start] == new[start]:
        start += 1
    end = 0
    while end < shorter - start and old[-1 - end] == new[-1 - end]:
        end += 1
    last = ((len(old) - at, len(new) - at) for at in range(end, 0, -1))
    return [*((index, index) for index in range(start)), *last]


def _run(blocks: Iterable[Block]) -> list[Token]:
    """Return the tokens of paragraphs in a row, with a break between them."""
    run: list[Token] = []
    for each in blocks:
        if run:
            run.append(Token(Sort.BREAK, "", (), (Sort.BREAK,)))
        run += each.tokens
    return run


def _shell(element: Element) -> Element:
    return Element(element.tag, element.attributes)
