"""Tracked changes: who is said to have put in, taken out or moved what (ISO/IEC 29500-1, 17.13.5).

A redline comes as a tree in which `ins` and `del` stand around inline content, and the classes
`inserted` and `deleted` on blocks; `moved` beside these says that it stands elsewhere as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Final

from reportgen.rendering.wordprocessing.elements import qualified, w

if TYPE_CHECKING:
    from lxml.etree import _Element

    from reportgen.letters.markup import Element
    from reportgen.rendering.model import Revision

_NAMES: Final = {
    (True, False): "ins",
    (False, False): "del",
    (True, True): "moveTo",
    (False, True): "moveFrom",
}


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a stretch of text.

    Attributes:
        inserted: Whether it was put in; otherwise it was taken out.
        moved: Whether that is half of a move.
        number: The number of the move; empty where it has none.
    """

    inserted: bool
    moved: bool = False
    number: str = ""

    @property
    def name(self) -> str:
        """Its element's name."""
        return _NAMES[self.inserted, self.moved]


@dataclass(frozen=True, slots=True)
class Seams:
    """Where a paragraph was divided, or joined with another.

    Attributes:
        begun: Whether it goes on from the one before, in one of the drafts.
        goes_on: Whether it goes on in the one that follows.
    """

    begun: bool = False
    goes_on: bool = False


WHOLE: Final = Seams()


def change_of(node: Element) -> Change | None:
    """Return what became of an element, if it says so itself."""
    moved = node.has_class("moved")
    if node.tag in {"ins", "del"}:
        return Change(node.tag == "ins", moved, (node.get("value") or "") if moved else "")
    if node.has_class("inserted") or node.has_class("deleted"):
        return Change(node.has_class("inserted"), moved)
    return None


class Tracking:
    """Makes the marks of tracked changes, each with a number of its own."""

    def __init__(self, revision: Revision) -> None:
        """Make them in the name of a revision."""
        self._author = revision.author
        self._moment = f"{revision.date.isoformat()}T00:00:00Z"
        self._numbers = count(1)
        self._stretches: dict[tuple[bool, str], count[int]] = {}

    def mark(self, name: str, *content: _Element) -> _Element:
        """Return an element that says who did it: around content, or as a property."""
        return w(name, *content, id=next(self._numbers), author=self._author, date=self._moment)

    def around(self, change: Change) -> tuple[_Element, _Element]:
        """Return what stands before and after a stretch that was moved.

        Both ends of a move have one name. One that stands in several stretches has a name for each.
        """
        stretches = self._stretches.setdefault((change.inserted, change.number), count(1))
        start = self.mark(f"{change.name}RangeStart")
        start.set(qualified("w:name"), f"move{change.number}-{next(stretches)}")
        return start, w(f"{change.name}RangeEnd", id=start.get(qualified("w:id")) or "")


def struck(run: _Element) -> None:
    """Write the text of a run as text that was taken out, which has an element of its own."""
    for text in run.iter(qualified("w:t")):
        text.tag = qualified("w:delText")
