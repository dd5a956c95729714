"""Lists: what numbers or marks their items, as Word counts them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportgen.rendering.wordprocessing.elements import root, twips, w
from reportgen.rendering.wordprocessing.looks import RunLook

if TYPE_CHECKING:
    from lxml.etree import _Element

INDENT: Final = 22.0
"""How far each level is moved in, in points."""
_GAP: Final = 5.0
"""Between a number, which ends there, and the text, in points."""
LEVELS: Final = 9
"""As many as Word has."""
_FORMATS: Final = ("decimal", "lowerLetter", "lowerRoman")
_BULLETED: Final = 0
_NUMBERED: Final = 1


class Numbering:
    """The lists of one document, each counted for itself."""

    def __init__(self) -> None:
        """Begin without any list."""
        self._lists: list[tuple[int, int, int]] = []

    def add(self, *, ordered: bool, level: int, start: int) -> int:
        """Begin a list at `level` (from 0) that counts from `start`; return its number."""
        self._lists.append((_NUMBERED if ordered else _BULLETED, level, start))
        return len(self._lists)

    def part(self) -> _Element:
        """Return the part `numbering.xml`."""
        return root(
            "w:numbering",
            "w w14 mc",
            _definition(_BULLETED),
            _definition(_NUMBERED),
            *(
                w(
                    "num",
                    w("abstractNumId", val=kind),
                    w("lvlOverride", w("startOverride", val=start), ilvl=level),
                    numId=number,
                )
                for number, (kind, level, start) in enumerate(self._lists, start=1)
            ),
        )


def _definition(kind: int) -> _Element:
    return w(
        "abstractNum",
        w("multiLevelType", val="multilevel"),
        *(_level(kind, level) for level in range(LEVELS)),
        abstractNumId=kind,
    )


def _level(kind: int, level: int) -> _Element:
    figures = RunLook(figures="tabular").properties()
    numbered = kind == _NUMBERED
    return w(
        "lvl",
        w("start", val=1),
        w("numFmt", val=_FORMATS[level % len(_FORMATS)] if numbered else "bullet"),
        w("lvlText", val=f"%{level + 1}." if numbered else "•"),
        w("lvlJc", val="right"),
        w("pPr", w("ind", left=twips(INDENT * (level + 1)), hanging=twips(_GAP))),
        *(() if figures is None else (figures,)),
        ilvl=level,
    )
