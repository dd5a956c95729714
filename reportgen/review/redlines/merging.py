"""Two drafts as one: what was kept, what was put in, what was taken out."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from reportgen.letters.markup import Element

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.review.redlines.tokens import Token


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
        lost: Whether the outline of the old draft cannot be told from it: a list became
            paragraphs, say. Its paragraphs and tables still can.
    """

    status: Status
    shell: Element
    parts: list[Merged] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    move: int = 0
    lost: bool = False

    def leaves(self) -> Iterator[Merged]:
        """Yield the blocks that hold inline content, notes where they are called."""
        if self.pieces:
            yield self
        for piece in self.pieces:
            if piece.note is not None:
                yield from piece.note.leaves()
        for part in self.parts:
            yield from part.leaves()


def shell_of(element: Element) -> Element:
    """Return an element without what is in it."""
    return Element(element.tag, element.attributes)
