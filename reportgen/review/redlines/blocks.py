"""A letter as blocks, for comparing: what holds inline content, and what holds other blocks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from reportgen.letters.markup import BLOCK_TAGS, Element
from reportgen.review.redlines.columns import columns_of, rows_of, width
from reportgen.review.redlines.tokens import Token, reading, significant, tokens

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

ANONYMOUS = ""
"""The tag of inline content that stands between blocks, in an entry of a list, say."""


@dataclass(frozen=True, eq=False)
class Block:
    """A block of a letter.

    Attributes:
        element: The element, or one of no tag around inline content that stands between blocks.
        tokens: What stands in it, where it holds no other block.
        parts: The blocks in it.
        key: The same for blocks that read the same.
    """

    element: Element
    tokens: tuple[Token, ...]
    parts: tuple[Block, ...]
    key: tuple[Hashable, ...]

    @property
    def is_leaf(self) -> bool:
        """Whether it holds inline content and no other block."""
        return not self.parts

    @property
    def is_mixed(self) -> bool:
        """Whether inline content and blocks stand side by side in it."""
        return any(part.element.tag == ANONYMOUS for part in self.parts)

    @property
    def inside(self) -> Hashable:
        """The same for blocks in which the same is said, whatever element they are."""
        whole = self.key[0]
        return whole[2] if isinstance(whole, tuple) else whole

    @cached_property
    def words(self) -> tuple[Hashable, ...]:
        """The keys of all words in it and below, in the order of reading."""
        own = (each.key for each in self.tokens if each.counts)
        return (*own, *(word for part in self.parts for word in part.words))

    @cached_property
    def counted(self) -> Counter[Hashable]:
        """How often each word stands in it and below."""
        return Counter(self.words)

    @cached_property
    def form(self) -> tuple[str, Hashable, Hashable, int]:
        """What two blocks have in common that can be told word by word.

        Rows have the same cells, entries the same run of text and lists. So have tables the same
        columns, unless their cells stand in columns that can be told from each other.
        """
        element = self.element
        inside: Hashable = None
        match element.tag:
            case "tr":
                inside = tuple(part.form for part in self.parts)
            case "table":
                inside = (
                    None if columns_of(element) else max(map(width, rows_of(element)), default=0)
                )
            case _:
                inside = bool(self.parts)
                if self.is_mixed:
                    inside = tuple(part.form for part in self.parts)
        labels = sum(
            isinstance(child, Element) and (child.has_class("number") or child.has_class("label"))
            for child in element.children
        )
        return element.tag, significant(element), inside, labels


def block(element: Element, pictures: Mapping[str, str]) -> Block:
    """Return an element as a block.

    Args:
        element: The element; a footnote, too, can be read as a block.
        pictures: What each source of an image shows, by digest.
    """
    key = reading(element, pictures)
    if not any(map(_is_block, element.children)):
        return Block(element, tokens(element.children, pictures), (), key)
    parts: list[Block] = []
    for is_block, children in groupby(element.children, _is_block):
        if is_block:
            parts += (block(child, pictures) for child in children if isinstance(child, Element))
        else:
            parts.append(block(Element(ANONYMOUS, (), tuple(children)), pictures))
    return Block(element, (), tuple(parts), key)


def _is_block(node: Element | str) -> bool:
    return isinstance(node, Element) and node.tag in BLOCK_TAGS
