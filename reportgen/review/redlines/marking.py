"""A merged tree as the elements of a redline, and back: as either draft has it.

A redline is a letter with three things more than the closed tag set has. `ins` and `del` stand
around inline content; a block that is all new or all gone has the class `inserted` or `deleted`;
and an `ins` or `del` of the class `break` stands where a paragraph was divided or two were joined.
A class that begins with `was-` says what a paragraph or an item of a list was in the old draft.
What was moved has the class `moved`, and within it the number of the move as `value`.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import count, groupby
from typing import TYPE_CHECKING, Final

from reportgen.letters.markup import Element
from reportgen.review.redlines.blocks import ANONYMOUS
from reportgen.review.redlines.flowing import WAS
from reportgen.review.redlines.merging import Merged, Piece, Status
from reportgen.review.redlines.tokens import Sort, significant

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Node = Element | str

_TAGS: Final = {Status.INSERTED: "ins", Status.DELETED: "del"}
_BREAK: Final = Element("br", (("class", "break"),))
"""Where a paragraph ends, while a tree is taken apart."""
_EMPTIED: Final = frozenset({"strong", "em", "span", "cite", "sup"})
"""Elements that are nothing without what is in them."""


def marked(tree: Merged) -> Element:
    """Return the tree of a redline, its notes numbered as they are called."""
    (element,) = _elements(tree)
    assert isinstance(element, Element)  # noqa: S101 - the root has a tag
    return _numbered(element, count(1))


def accepted(tree: Element) -> Element:
    """Return the letter as the new draft has it."""
    return _side(tree, Status.INSERTED, Status.DELETED)


def rejected(tree: Element) -> Element:
    """Return the letter as the old draft has it."""
    return _side(tree, Status.DELETED, Status.INSERTED)


# --- out ----------------------------------------------------------------------------------------


def _elements(made: Merged) -> Iterator[Node]:
    inside = tuple(node for part in made.parts for node in _elements(part))
    children = inside or tuple(_inline(made.pieces, 0))
    if made.shell.tag == ANONYMOUS:
        yield from children
        return
    shell = made.shell
    if made.status is not Status.KEPT:
        shell = _shut_off(shell) if made.status is Status.DELETED else shell
        moved = made.move or all(part.shell.tag == ANONYMOUS and part.move for part in made.parts)
        name = f"{made.status} moved" if moved and (made.move or made.parts) else str(made.status)
        shell = _with_class(shell, name)
    yield replace(shell, children=children)


def _inline(pieces: Sequence[Piece], depth: int) -> Iterator[Node]:
    """Return pieces as nodes: the emphasis around them, and within it what became of them."""

    def group(piece: Piece) -> object:
        if len(piece.token.path) > depth:
            shell = piece.token.path[depth]
            return shell.tag, significant(shell)
        return piece.status, piece.move, piece.token.sort is Sort.BREAK

    for _, run in groupby(pieces, group):
        some = list(run)
        first = some[0]
        if len(first.token.path) > depth:
            # The new draft's own attributes, where it has any.
            named = next((each for each in some if each.status is not Status.DELETED), first)
            yield replace(named.token.path[depth], children=tuple(_inline(some, depth + 1)))
            continue
        nodes = tuple(_joined(map(_node, some)))
        if first.status is Status.KEPT:
            yield from nodes
            continue
        attributes: tuple[tuple[str, str], ...] = ()
        if first.token.sort is Sort.BREAK:
            nodes, attributes = (), (("class", "break"),)
        elif first.move:
            attributes = (("class", "moved"), ("value", str(first.move)))
        yield Element(_TAGS[first.status], attributes, nodes)


def _node(piece: Piece) -> Node:
    node = piece.token.node
    if piece.note is not None:
        (made,) = _elements(replace(piece.note, status=Status.KEPT))
        node = made
    if isinstance(node, Element) and piece.status is Status.DELETED:
        return _shut_off(node)
    return node


def _joined(nodes: Iterator[Node]) -> Iterator[Node]:
    text = ""
    for node in nodes:
        if isinstance(node, str):
            text += node
            continue
        yield from (text,) if text else ()
        yield node
        text = ""
    yield from (text,) if text else ()


def _shut_off(node: Element) -> Element:
    """Return an element of the old draft to which nothing leads, and which leads nowhere within."""
    attributes = tuple(
        (name, value)
        for name, value in node.attributes
        if name != "id" and not (name == "href" and value.startswith("#"))
    )
    children = tuple(
        child if isinstance(child, str) else _shut_off(child) for child in node.children
    )
    return Element(node.tag, attributes, children)


def _numbered(node: Element, numbers: count[int]) -> Element:
    attributes = node.attributes
    if node.tag == "aside":
        number = next(numbers)
        kept = tuple(each for each in attributes if each[0] not in {"id", "value"})
        attributes = (*kept, ("id", f"note-{number}"), ("value", str(number)))
    children = tuple(
        child if isinstance(child, str) else _numbered(child, numbers) for child in node.children
    )
    return Element(node.tag, attributes, children)


def _with_class(node: Element, names: str) -> Element:
    others = tuple(each for each in node.attributes if each[0] != "class")
    already = node.get("class")
    return replace(
        node, attributes=(("class", f"{already} {names}" if already else names), *others)
    )


# --- back ---------------------------------------------------------------------------------------


def _side(tree: Element, kept: Status, dropped: Status) -> Element:
    (made,) = _of_side(tree, kept, dropped)
    assert isinstance(made, Element)  # noqa: S101 - the root is neither put in nor taken out
    return made


def _of_side(node: Element, kept: Status, dropped: Status) -> Iterator[Node]:
    if node.tag == _TAGS[dropped] or node.has_class(dropped):
        return
    if node.tag == _TAGS[kept] and node.has_class("break"):
        yield _BREAK
        return
    children = tuple(
        each
        for child in node.children
        for each in ((child,) if isinstance(child, str) else _of_side(child, kept, dropped))
    )
    if node.tag == _TAGS[kept]:
        yield from children
    elif children or not node.children or node.tag not in _EMPTIED:
        shell = Element(node.tag, tuple(_without(node, kept)))
        for is_break, run in groupby(children or ("",), lambda each: each == _BREAK):
            if not is_break:
                yield replace(shell, children=tuple(each for each in run if each != ""))


def _is_past(name: str, kept: Status) -> bool:
    """Whether a class says what a paragraph was, which the new draft does not know."""
    return kept is Status.INSERTED and name.startswith(WAS)


def _without(node: Element, kept: Status) -> Iterator[tuple[str, str]]:
    gone = {kept, "moved"}
    for name, value in node.attributes:
        names = [each for each in value.split() if each not in gone and not _is_past(each, kept)]
        if name != "class":
            yield name, value
        elif names:
            yield name, " ".join(names)
