"""A flow put back into sections and lists: those of the new draft, and those that are gone.

What was kept or put in stands in the sections and lists of the new draft. What was taken out stands
where it stood, as far as what it stood in is still there; else in what is open at that place. Where
a list became paragraphs, or two sections one, not everything has a place of its own: a redline then
gives back the old draft's paragraphs and tables, in their order, and not its outline.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from reportgen.letters.markup import Element
from reportgen.review.redlines.becoming import Placed, become, mixed, recast
from reportgen.review.redlines.blocks import ANONYMOUS
from reportgen.review.redlines.flowing import FLOWING, LISTS, WAS
from reportgen.review.redlines.merging import Merged, Status, shell_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from reportgen.review.redlines.blocks import Block
    from reportgen.review.redlines.flowing import Leaf

    Path = tuple[Block, ...]
    Only = Callable[[Block, Status], Merged]

_ITEM: Final = Element("li")


@dataclass(frozen=True, eq=False)
class _Shell:
    """Something to stand in: a section, a list, an item.

    Attributes:
        holder: The block of either draft.
        status: What became of it.
    """

    holder: Block | None
    status: Status
    was: str = ""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Shell) and self.holder is not None and self.holder is other.holder

    def __hash__(self) -> int:
        return hash(id(self.holder))

    @property
    def tag(self) -> str:
        return _ITEM.tag if self.holder is None else self.holder.element.tag

    def begun(self) -> Merged:
        element = _ITEM if self.holder is None else shell_of(self.holder.element)
        return Merged(self.status, _classed(element, self.was))


def nested(flow: Sequence[Placed], only: Only) -> tuple[list[Merged], bool]:
    """Return a flow in its sections and lists, and whether the outline of the old draft is lost.

    Args:
        flow: Leaves of both drafts, in the order of reading.
        only: Makes a block that only one of the drafts has.
    """
    nest = _Nest(flow, only)
    while any(map(nest.is_astray, nest.flow)):
        # Without it, what stood in its items and lists may have become of others.
        nest = _Nest([each for placed in nest.flow for each in nest.parted(placed)], only)
    return nest.made()


@dataclass(slots=True)
class _Stack:
    """What is open while a tree is built."""

    root: Merged = field(default_factory=lambda: Merged(Status.KEPT, Element("")))
    open: list[tuple[_Shell, Merged]] = field(default_factory=list)
    closed: set[_Shell] = field(default_factory=set)
    lost: bool = False

    @property
    def path(self) -> tuple[_Shell, ...]:
        return tuple(shell for shell, _ in self.open)

    def put(self, path: Sequence[_Shell], leaf: Merged) -> None:
        shared = _shared(self.path, path)
        self.closed.update(self.path[shared:])
        del self.open[shared:]
        for shell in path[shared:]:
            self.lost = self.lost or shell in self.closed
            made = shell.begun()
            self.top.parts.append(made)
            self.open.append((shell, made))
        parts = self.top.parts
        if leaf.shell.tag == ANONYMOUS and parts and parts[-1].shell.tag == ANONYMOUS:
            self.set_apart(leaf if leaf.status is Status.DELETED else parts[-1])
        parts.append(leaf)

    def set_apart(self, gone: Merged) -> None:
        """Make a paragraph of an old item's text, which came into an item that has one."""
        gone.shell = Element("p", (("class", f"{WAS}ul"),))
        self.lost = True

    @property
    def top(self) -> Merged:
        return self.open[-1][1] if self.open else self.root


class _Nest:
    def __init__(self, flow: Sequence[Placed], only: Only) -> None:
        self.flow = flow
        self._only = only
        self._become = become(flow)
        kept = [each for each in flow if each.old and each.new]
        self._left = {id(b) for each in kept for leaf in each.old for b in leaf.path}
        self._was = dict(recast(kept))
        self._mixed = set(mixed(kept))
        self._stack = _Stack()
        self._lost = False

    def is_astray(self, each: Placed) -> bool:
        """Whether the text of an item was kept, and could not be told from what is beside it.

        An item that said nothing was no more than its place: elsewhere, beside a list, it is gone.
        And of texts that came into one item from several, no more than the first can stay.
        """
        if not each.old or not each.new or each.new[-1].block.element.tag != ANONYMOUS:
            return False
        leaf = each.new[-1]
        if each.old[-1].said != () or not leaf.path:
            return id(leaf) in self._mixed
        return bool(self._was.get(id(leaf.path[-1]))) or not self._same_place(each)

    def parted(self, each: Placed) -> Iterator[Placed]:
        """Yield what is astray as an item that is gone and another that is new."""
        if not self.is_astray(each):
            yield each
            return
        for leaf in each.old:
            yield Placed((leaf,), (), self._only(leaf.block, Status.DELETED))
        for leaf in each.new:
            yield Placed((), (leaf,), self._only(leaf.block, Status.INSERTED))

    def made(self) -> tuple[list[Merged], bool]:
        ahead: list[tuple[_Shell, ...]] = [()]
        for each in reversed(self.flow):
            ahead.append(self._new_path(each.new[-1].path) if each.new else ahead[-1])
        ahead.reverse()
        for each, following in zip(self.flow, ahead[1:], strict=True):
            if each.new:
                self._put_new(each)
            else:
                self._put_old(each, following)
        for part in self._stack.root.parts:
            _settle(part)
        return self._stack.root.parts, self._lost or self._stack.lost

    def _put_new(self, each: Placed) -> None:
        leaf, made = each.new[-1], each.made
        if each.old:
            was = self._was.get(id(leaf), "")
            if made.shell.tag == "p":
                made = replace(made, shell=_classed(made.shell, was))
            self._lost = self._lost or bool(was) or not self._same_place(each)
        self._stack.put(self._new_path(leaf.path), made)

    def _same_place(self, each: Placed) -> bool:
        """Whether leaves that were kept stand in what they stood in."""
        mapped = [self._become.get(id(holder)) for holder in each.old[-1].path]
        path = [id(holder) for holder in each.new[-1].path]
        return mapped == path and len({len(leaf.path) for leaf in (*each.old, *each.new)}) == 1

    def _new_path(self, path: Path) -> tuple[_Shell, ...]:
        return tuple(_Shell(holder, Status.KEPT, self._was.get(id(holder), "")) for holder in path)

    def _put_old(self, each: Placed, following: tuple[_Shell, ...]) -> None:
        (leaf,) = each.old
        current = tuple(s for s in self._stack.path if s.status is not Status.DELETED)
        known: list[int] = []
        for holder in leaf.path:
            become = self._become.get(id(holder))
            if become is None:
                break
            known.append(become)
        behind = _reached(known, current)
        before = _reached(known, following)
        within = max(behind, _shared(current, following))
        base = current[:within] if behind >= before else following[:before]
        gone = leaf.path[min(len(known), max(behind, before)) :]
        rest = [_Shell(holder, Status.DELETED) for holder in gone if self._is_gone(holder)]
        if base and base[-1].tag in LISTS:
            while rest and rest[0].tag != "li":
                del rest[0]
            rest = rest or [_Shell(None, Status.DELETED)]
        path = (*base, *rest)
        if each.made.shell.tag == ANONYMOUS and not self._is_own(leaf, path):
            self._stack.set_apart(each.made)
        self._stack.put(path, each.made)
        exact = len(base) == len(known) == max(behind, before)
        self._lost = self._lost or not exact or len(rest) != len(gone)

    def _is_own(self, leaf: Leaf, path: Sequence[_Shell]) -> bool:
        """Whether the text of an old item comes into that item, or what has become of it alone."""
        if not path or not leaf.path:
            return True
        holder, item = path[-1].holder, leaf.path[-1]
        if holder is None or holder is item:
            return True
        return id(holder) == self._become.get(id(item)) and not path[-1].was

    def _is_gone(self, holder: Block) -> bool:
        """Whether what a leaf stood in is shown: an item with its list, or all of a section."""
        return holder.element.tag != "section" or id(holder) not in self._left


def _settle(made: Merged) -> None:
    """Take what holds nothing of the old draft for put in."""
    if made.status is Status.KEPT and made.shell.tag in FLOWING and made.parts:
        for part in made.parts:
            _settle(part)
        if all(part.status is Status.INSERTED for part in made.parts):
            made.status = Status.INSERTED


def _reached(known: Sequence[int], path: Sequence[_Shell]) -> int:
    """Return how far a path is the one that is known."""
    reached = 0
    while (
        reached < min(len(known), len(path))
        and path[reached].holder is not None
        and id(path[reached].holder) == known[reached]
    ):
        reached += 1
    return reached


def _shared(one: Sequence[_Shell], other: Sequence[_Shell]) -> int:
    reached = 0
    while reached < min(len(one), len(other)) and one[reached] == other[reached]:
        reached += 1
    return reached


def _classed(element: Element, name: str) -> Element:
    """Return a shell of one class more."""
    if not name:
        return element
    others = tuple(each for each in element.attributes if each[0] != "class")
    names = f"{element.get('class') or ''} {name}".strip()
    return replace(element, attributes=(("class", names), *others))
