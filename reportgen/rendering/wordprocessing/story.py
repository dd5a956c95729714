"""A story, as Word calls it: the body of a document or its notes, and what all of them share.

Bookmarks, notes, lists and drawings are numbered over the whole file; links are related to the
part in which they stand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from reportgen.rendering.wordprocessing.elements import w
from reportgen.rendering.wordprocessing.numbering import Numbering

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element

    from reportgen.letters.markup import Element
    from reportgen.rendering.wordprocessing.drawings import Plate
    from reportgen.rendering.wordprocessing.fonts import Ruler
    from reportgen.rendering.wordprocessing.package import Tree
    from reportgen.rendering.wordprocessing.sheet import Sheet
    from reportgen.rendering.wordprocessing.tracking import Change, Tracking

_PLAIN_ID: Final = re.compile("[a-z][a-z0-9-]{0,39}")
"""Ids that make a bookmark's name by themselves: Word takes 40 characters, and no case."""


def bookmark_name(identifier: str) -> str:
    """Return the bookmark's name for an id of the draft: `f_7` for `f-7`, `table_1` for `table-1`.

    Word takes letters, digits and underscores. An id that has anything else, or is longer than 40
    characters, gets a name made of its digest.
    """
    if _PLAIN_ID.fullmatch(identifier):
        return identifier.replace("-", "_")
    return f"id_{sha256(identifier.encode()).hexdigest()[:32]}"


@dataclass(slots=True)
class Register:
    """What is unique in the whole file.

    Attributes:
        final: Whether facts leave no trace.
        targets: The ids that links within the letter lead to.
        plates: The drawings and pictures, by the sources that images name: `chart:comparison`.
        sheet: The paper.
        ruler: Measures words in the letter's typeface.
        tracking: Makes the marks of tracked changes; None where there are none.
        numbering: The lists.
        notes: The footnotes so far, in the order in which they are called.
        drawn: How many drawings there are so far.
    """

    final: bool
    targets: frozenset[str]
    plates: Mapping[str, Plate]
    sheet: Sheet
    ruler: Ruler
    tracking: Tracking | None = None
    numbering: Numbering = field(default_factory=Numbering)
    notes: list[Element] = field(default_factory=list)
    drawn: int = 0
    _marked: set[str] = field(default_factory=set)

    def bookmark(self, identifier: str) -> tuple[_Element, _Element] | None:
        """Return the start and the end of a bookmark, or None where the name is taken."""
        name = bookmark_name(identifier)
        if name in self._marked:
            return None
        number = len(self._marked)
        self._marked.add(name)
        return w("bookmarkStart", id=number, name=name), w("bookmarkEnd", id=number)

    def note(self, aside: Element) -> int:
        """Take in a footnote that is called; return its id, which is its number.

        Word counts calls as they are read, and so does whoever composes a draft.

        Raises:
            ValueError: When the draft gives it another number: "see note 2" would then mislead.
        """
        self.notes.append(aside)
        number = len(self.notes)
        if aside.get("value") != f"{number}":
            raise ValueError(
                f"note {number} in the order of reading is called {aside.get('value')}"
            )
        return number


@dataclass(slots=True)
class Story:
    """A part that has text.

    Attributes:
        part: The part.
        register: What it shares with the others.
        calls_notes: Whether it may call footnotes, which a footnote may not.
        pending: Ids of blocks that have begun, to be marked in the next paragraph.
        change: What became of the blocks that are being made, where they are tracked.
        former_list: The list of which the last paragraph was an item in an earlier draft.
    """

    part: Tree
    register: Register
    calls_notes: bool = True
    pending: list[str] = field(default_factory=list)
    change: Change | None = None
    former_list: int | None = None

    def begin(self, block: Element) -> None:
        """Remember the id of a block that a link leads to."""
        identifier = block.get("id")
        if identifier in self.register.targets and identifier:
            self.pending.append(identifier)

    def marks(self) -> list[_Element]:
        """Return the bookmarks of the blocks that begin here."""
        pairs = [self.register.bookmark(identifier) for identifier in self.pending]
        self.pending.clear()
        return [mark for pair in pairs if pair for mark in pair]
