"""Inline content as tokens: words, the marks between them, and spaces; and what makes two the same.

A bound fact is one word, whatever it says, and so are a number with its unit, a date, a link and a
picture: none of them is ever changed by half. A token knows the emphasis that it stands in. Ids of
facts, exact values and the numbers of notes are how a draft keeps its books; two tokens that say
the same are the same whatever their books say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from typing import TYPE_CHECKING, Final

from reportgen.letters.markup import Element
from reportgen.quantities.finding import find

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping

Node = Element | str

_BOOKKEEPING: Final = frozenset(
    {"id", "value", "datetime", "data-fact", "data-statistic", "data-place"}
)
"""Attributes in which nothing is said to a reader."""
_BOOKKEEPING_CLASSES: Final = frozenset({"fact", "statistic", "comparison", "short", "unbound"})
_TRANSPARENT: Final = frozenset({"data", "time", "mark"})
"""What binds a text to something, or says that nothing does, and does not change what is read."""
_WHOLE: Final = frozenset({"data", "time", "a", "img", "br"})
_QUOTATION_MARKS: Final = (("“", "”"), ("‘", "’"))
_PIECE: Final = re.compile(r"\s+|\w+(?:['’.,/&@:\u2010\u2011-]\w+)*|.", re.DOTALL)


class Sort(Enum):
    """What a token is."""

    WORD = auto()
    MARK = auto()
    SPACE = auto()
    NOTE = auto()
    BREAK = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of inline content.

    Attributes:
        sort: What it is.
        node: The text, or the element that is one word, or the footnote that is called.
        path: The elements that it stands in, from the outermost, without their children.
        key: The same for tokens that read the same.
    """

    sort: Sort
    node: Node
    path: tuple[Element, ...]
    key: Hashable

    @property
    def counts(self) -> bool:
        """Whether it is a word to whoever counts words."""
        return self.sort in {Sort.WORD, Sort.NOTE}

    @property
    def surroundings(self) -> Hashable:
        """The same for tokens that stand in the same emphasis."""
        return _shells(self.path)


def tokens(nodes: Iterable[Node], pictures: Mapping[str, str]) -> tuple[Token, ...]:
    """Return inline content as tokens.

    Args:
        nodes: What stands in a paragraph.
        pictures: What each source of an image shows, by digest.
    """
    return tuple(_tokens(nodes, (), pictures, 0))


def _tokens(
    nodes: Iterable[Node], path: tuple[Element, ...], pictures: Mapping[str, str], quoted: int
) -> Iterator[Token]:
    for node in nodes:
        if isinstance(node, str):
            yield from _words(node, path)
        elif node.tag == "aside":
            said = reading(node, pictures)
            yield Token(Sort.NOTE, node, path, (said, _shells(path)))
        elif node.tag == "q":
            opening, closing = _QUOTATION_MARKS[quoted % 2]
            inside = (opening, *node.children, closing)
            yield from _tokens(inside, path, pictures, quoted + 1)
        elif node.tag == "mark":
            yield from _tokens(node.children, path, pictures, quoted)
        elif (node.tag in _WHOLE and not _calls_note(node)) or not node.children:
            said = reading(node, pictures)
            # A figure that has come to be bound, or is no longer, still reads the same.
            plain = said[0] if len(said) == 1 and isinstance(said[0], str) else said
            yield Token(Sort.WORD, node, path, (plain, _shells(path)))
        else:
            shell = Element(node.tag, node.attributes)
            yield from _tokens(node.children, (*path, shell), pictures, quoted)


def _calls_note(node: Element) -> bool:
    return any(below.tag == "aside" for below in node.walk())


def _words(text: str, path: tuple[Element, ...]) -> Iterator[Token]:
    shells = _shells(path)
    end = 0
    for number in (*find(text), None):
        start = len(text) if number is None else number.start
        for piece in _PIECE.findall(text[end:start]):
            yield Token(_sort(piece), piece, path, (piece, shells))
        if number is not None:
            whole = text[number.start : number.end]
            yield Token(Sort.WORD, whole, path, (whole, shells))
            end = number.end


def _sort(piece: str) -> Sort:
    if piece.isspace():
        return Sort.SPACE
    return Sort.WORD if piece[0] == "_" or piece[0].isalnum() else Sort.MARK


@cache
def _shells(path: tuple[Element, ...]) -> tuple[Hashable, ...]:
    return tuple((shell.tag, significant(shell)) for shell in path)


@cache
def _significant(attributes: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(_kept(attributes)))


def significant(node: Element) -> tuple[tuple[str, str], ...]:
    """Return the attributes that a reader would notice, in an order of their own."""
    return _significant(node.attributes)


def _kept(attributes: tuple[tuple[str, str], ...]) -> Iterator[tuple[str, str]]:
    for name, value in attributes:
        if name == "class":
            names = [each for each in value.split() if each not in _BOOKKEEPING_CLASSES]
            if names:
                yield name, " ".join(names)
        elif name == "src" or name in _BOOKKEEPING or (name == "href" and value.startswith("#")):
            continue
        else:
            yield name, value


def reading(node: Element, pictures: Mapping[str, str]) -> tuple[Hashable, ...]:
    """Return what an element says, in a form that is the same for all that read the same."""
    return tuple(_joined(_reading((node,), pictures, 0)))


def _reading(nodes: Iterable[Node], pictures: Mapping[str, str], quoted: int) -> Iterator[Hashable]:
    for node in nodes:
        if isinstance(node, str):
            yield node
        elif node.tag in _TRANSPARENT:
            yield from _reading(node.children, pictures, quoted)
        elif node.tag == "q":
            opening, closing = _QUOTATION_MARKS[quoted % 2]
            yield opening
            yield from _reading(node.children, pictures, quoted + 1)
            yield closing
        else:
            source = node.get("src")
            shown = () if source is None else (("src", pictures.get(source, source)),)
            inside = tuple(_joined(_reading(node.children, pictures, quoted)))
            yield (node.tag, (*significant(node), *shown), inside)


_MERGING: Final = frozenset({"strong", "em", "span", "cite", "sup"})
"""Elements of which two in a row say the same as one."""


def _joined(pieces: Iterable[Hashable]) -> Iterator[Hashable]:
    """Yield the pieces, those in a row joined that read as one."""
    last: Hashable = None
    for piece in pieces:
        if isinstance(last, str) and isinstance(piece, str):
            last += piece
        elif isinstance(last, tuple) and isinstance(piece, tuple) and _merge(last, piece):
            last = (*last[:2], tuple(_joined((*last[2], *piece[2]))))
        elif piece != "":
            if last is not None:
                yield last
            last = piece
    if last is not None:
        yield last


def _merge(left: tuple[Hashable, ...], right: tuple[Hashable, ...]) -> bool:
    return left[0] in _MERGING and left[:2] == right[:2] and bool(left[2]) and bool(right[2])
