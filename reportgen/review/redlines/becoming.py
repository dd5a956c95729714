"""What the sections, lists and items of the old draft have become in the new one.

They say nothing themselves: what stands in them, and stands elsewhere now, tells which is which.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.review.redlines.blocks import ANONYMOUS
from reportgen.review.redlines.flowing import LISTS, WAS
from reportgen.review.redlines.tokens import significant

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

    from reportgen.letters.markup import Element
    from reportgen.review.redlines.flowing import Leaf
    from reportgen.review.redlines.merging import Merged

    _Match = tuple[int, int, int]
    """How deep a section, list or item stands, and the identities of the old and of the new."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Leaves of either draft or of both, as one.

    Attributes:
        old: Those of the old draft.
        new: Those of the new.
        made: What has become of them.
    """

    old: tuple[Leaf, ...]
    new: tuple[Leaf, ...]
    made: Merged


def become(flow: Sequence[Placed]) -> dict[int, int]:
    """Return which section, list or item of the old draft has become which, by their identities.

    It is the one that most words of it stand in now; else the section of its name.
    """
    votes = {**dict.fromkeys(_named_alike(flow), 0), **_votes(flow)}
    above = {
        id(holder): id(leaf.path[depth - 1]) if depth else 0
        for each in flow
        for leaf in (*each.old, *each.new)
        for depth, holder in enumerate(leaf.path)
    }
    found: dict[int, int] = {0: 0}
    # Of equals the first, as dictionaries keep their order.
    for depth, source, target in sorted(votes, key=lambda at: (at[0], -votes[at])):
        if source in found or target in found.values():
            continue
        if not depth or found.get(above[source]) == above[target]:
            found[source] = target
    return found


def _votes(flow: Iterable[Placed]) -> dict[_Match, int]:
    """Return how many words of an old section, list or item stand in a new one."""
    votes: dict[_Match, int] = {}
    for each in flow:
        if not each.old or not each.new:
            continue
        pairs = zip(each.old[-1].path, each.new[-1].path, strict=False)
        for depth, (one, other) in enumerate(pairs):
            if _look(one.element) != _look(other.element):
                break
            at = depth, id(one), id(other)
            votes[at] = votes.get(at, 0) + 1 + len(each.new[-1].block.words)
    return votes


def _named_alike(flow: Iterable[Placed]) -> Iterator[_Match]:
    """Yield the old and new sections of one name, in order where several have it."""
    named: dict[tuple[int, Hashable], tuple[dict[int, None], dict[int, None]]] = {}
    for each in flow:
        for leaves, side in ((each.old, 0), (each.new, 1)):
            for depth, holder in ((at, b) for leaf in leaves for at, b in enumerate(leaf.path)):
                element = holder.element
                if element.tag == "section" and element.attributes:
                    name = depth, (_look(element), element.get("id"))
                    named.setdefault(name, ({}, {}))[side][id(holder)] = None
    for (level, _), (old, new) in named.items():
        yield from ((level, *pair) for pair in zip(old, new, strict=False))


def _look(element: Element) -> tuple[Hashable, ...]:
    return element.tag, significant(element)


def recast(kept: Iterable[Placed]) -> Iterable[tuple[int, str]]:
    """Yield the paragraphs that were items and the items that were paragraphs: what they were."""
    for each in kept:
        old, new = each.old[-1], each.new[-1]
        if not (old.is_prose and new.is_prose) or old.block.element.tag == new.block.element.tag:
            continue
        if new.block.element.tag == "p":
            lists = [holder.element.tag for holder in old.path if holder.element.tag in LISTS]
            yield id(new), f"{WAS}{(lists or ['ul'])[-1]}"
        elif new.path:
            yield id(new.path[-1]), f"{WAS}p"


def mixed(kept: Iterable[Placed]) -> Iterator[int]:
    """Yield the texts of items that have come into one item with a text of another."""
    first: dict[int, Leaf] = {}
    for each in kept:
        old, new = each.old[-1], each.new[-1]
        if new.block.element.tag == ANONYMOUS and new.path:
            other = first.setdefault(id(new.path[-1]), old)
            both = {old.block.element.tag, other.block.element.tag}
            of_one = both == {ANONYMOUS} and old.path[-1] is other.path[-1]
            if other is not old and not of_one:
                yield id(new)
