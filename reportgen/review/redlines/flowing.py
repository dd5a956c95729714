"""The flow of a letter: its paragraphs and tables in the order of reading, and what each stands in.

Sections and lists hold the flow and say nothing themselves. So two drafts can be compared whatever
became of their sections and lists: a paragraph that has become an item of a list is still the same
paragraph.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from reportgen.letters.markup import Element
from reportgen.review.redlines.blocks import ANONYMOUS, Block, block
from reportgen.review.redlines.tokens import reading

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping

FLOWING: Final = frozenset({"article", "section", "ol", "ul", "li"})
LISTS: Final = frozenset({"ol", "ul"})
WAS: Final = "was-"
"""How the class begins that says in what a paragraph stood in the old draft: `was-ol`, `was-p`."""


@dataclass(frozen=True, eq=False)
class Leaf:
    """A block in the flow of a letter, or anything else in a row of its like.

    Attributes:
        block: The block; that of an item's own text has no tag.
        path: What it stands in, from the outermost.
        opens: Whether it is the first of the item of a list that it stands in.
        closes: Whether it is the last.
    """

    block: Block
    path: tuple[Block, ...] = ()
    opens: bool = True
    closes: bool = True

    @cached_property
    def said(self) -> Hashable:
        """The same for leaves that read the same; for running text, wherever it stands."""
        return self.block.inside if self.is_prose else self.block.key

    @cached_property
    def key(self) -> Hashable:
        """The same for leaves that read the same and stand in the same."""
        return self.said, self.block.element.tag, self.path[-1].element.tag if self.path else ""

    @cached_property
    def is_prose(self) -> bool:
        """Whether it is a paragraph of running text, or the text of an item of a list."""
        tag, attributes, inside, labels = self.block.form
        return tag in {"p", ANONYMOUS} and (attributes, inside, labels) == ((), False, 0)

    @property
    def size(self) -> int:
        """How many words it has."""
        return len(self.block.words)

    @property
    def home(self) -> str | None:
        """The id of the section that it stands in."""
        sections = (each.element for each in reversed(self.path) if each.element.tag == "section")
        return next((each.get("id") for each in sections), None)


def flow(root: Block) -> list[Leaf]:
    """Return what a block holds as leaves, in the order of reading."""
    return list(_leaves(root, ()))


def _leaves(holder: Block, path: tuple[Block, ...]) -> Iterator[Leaf]:
    of_item = holder.element.tag == "li"
    last = len(holder.parts) - 1
    for at, part in enumerate(holder.parts):
        tag = part.element.tag
        if tag == "li" and part.is_leaf:
            yield Leaf(_text_of(part), (*path, part))
        elif tag in FLOWING and part.parts:
            yield from _leaves(part, (*path, part))
        else:
            yield Leaf(part, path, not of_item or at == 0, not of_item or at == last)


def _text_of(item: Block) -> Block:
    """Return what an item of a list says as a block without a tag, as if other blocks followed."""
    element = Element(ANONYMOUS, (), item.element.children)
    return Block(element, item.tokens, (), ((ANONYMOUS, (), item.inside),))


def readings(document: Element, shown: Mapping[str, str]) -> tuple[Hashable, ...]:
    """Return what each leaf says, whatever sections and lists there are.

    An item's text and a paragraph are told apart, as the class says that begins with `was-` where
    there is one.
    """
    found = []
    for leaf in flow(block(document, shown)):
        element, item = leaf.block.element, leaf.path[-1].element if leaf.path else None
        of_item = item is not None and item.tag == "li" and element.tag == ANONYMOUS
        was = _was(item if of_item and item is not None else element)
        if was is None:
            found.append(reading(element, shown))
        else:
            tag = "p" if was == "p" else ANONYMOUS
            found.append(reading(Element(tag, (), element.children), shown))
    return tuple(found)


def _was(element: Element) -> str | None:
    names = (element.get("class") or "").split()
    return next((name.removeprefix(WAS) for name in names if name.startswith(WAS)), None)
