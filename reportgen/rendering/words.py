"""The words of a letter's inline elements as plain text, and the notes called among them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reportgen.rendering.typewriting import GLUE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportgen.letters.markup import Element

_UNBROKEN: Final = 17
"""The longest text, in characters, that is kept on one line: "February 23, 2026", "Table 1"."""
_BAR: Final = "█" * 8
"""What stands for a passage that the public may not read, of one width whatever it covers."""
_BLANKS: Final = re.compile(r"[ \t\r\n\f\v]+")
_RAISED: Final = str.maketrans("0123456789+-()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ")


class Words:
    """Reads the words of elements.

    Attributes:
        notes: The notes called in what was read: number and words, in the order of their calls.
    """

    def __init__(self) -> None:
        """Start without notes."""
        self.notes: list[tuple[str, str]] = []

    def of(self, nodes: Iterable[Element | str]) -> str:
        """Return the words of nodes with one blank between them; a line feed is a line's end."""
        return single("".join(map(self.inline, nodes)))

    def inline(self, node: Element | str) -> str:
        """Return the words of a node, the blanks at their ends kept."""
        if isinstance(node, str):
            return _BLANKS.sub(" ", node)
        if node.tag == "aside":
            return self._called(node)
        words = "".join(map(self.inline, node.children))
        match node.tag:
            case "br":
                words = "\n"
            case "img":
                words = node.get("alt") or ""
            case "q":
                words = f"“{words}”"
            case "sup":
                words = _raised(words)
            case "a":
                target = node.get("href") or ""
                words = _whole(words) if target.startswith("#") else words + _address(target, words)
            case "data" | "time":
                words = _whole(words)
            case "span" if node.has_class("bar"):
                words = _BAR
        return words

    def _called(self, note: Element) -> str:
        """Keep a note, and return its call. Its place is taken before notes within it are read."""
        number = note.get("value") or ""
        at = len(self.notes)
        self.notes.append((number, ""))
        self.notes[at] = (number, self.of(note.children))
        return f"[{number}]"


def single(words: str) -> str:
    """Return words with one blank between them, and none around them or a line's end."""
    return re.sub(" *\n *", "\n", re.sub(" {2,}", " ", words)).strip()


def _whole(words: str) -> str:
    """Return a figure, a date, the name of a table so that no line ends in it; others as they are."""
    short = len(words) <= _UNBROKEN and any(map(str.isdigit, words))
    return words.replace(" ", GLUE) if short else words


def _raised(words: str) -> str:
    """Return words in raised signs, where there is one for each: 10⁶, but 1st."""
    raised = words.translate(_RAISED)
    return words if any(sign in raised for sign in words) else raised


def _address(target: str, words: str) -> str:
    """Return where a link leads, unless its words say it."""
    shown = target.removeprefix("mailto:")
    if words.strip() in {target, shown, re.sub("^https?://", "", target)}:
        return ""
    return f" <{shown}>"
