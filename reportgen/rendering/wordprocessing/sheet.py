"""The sheet of paper: its size and its margins, those of the PDF.

One top margin serves all pages. The running head of the pages after the first is taller than that,
and pushes their text down to where the PDF begins it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reportgen.rendering.wordprocessing.elements import element, twips, w

if TYPE_CHECKING:
    from lxml.etree import _Element

_INCH: Final = 72.0
_SIDE: Final = 1.125 * _INCH
_TOP: Final = 0.875 * _INCH
_LATER_TOP: Final = 1.4 * _INCH
_BOTTOM: Final = 1.0 * _INCH
_LINE: Final = 16.0
_HEAD: Final = 0.42 * _INCH
_FOOT: Final = 0.45 * _INCH


@dataclass(frozen=True, slots=True)
class Sheet:
    """A size of paper; lengths are points.

    Attributes:
        width: Of the paper.
        height: Of the paper.
    """

    width: float
    height: float

    @property
    def measure(self) -> float:
        """The width of the text."""
        return self.width - 2 * _SIDE

    @property
    def depth(self) -> float:
        """The height of the text below the running head, with room for a line."""
        return self.height - _LATER_TOP - _BOTTOM - _LINE

    def section(
        self, first_head: str | None, head: str | None, foot: str | None, *, numbered: bool = False
    ) -> _Element:
        """Return `w:sectPr`; running heads and feet are given by the ids of their relationships.

        Args:
            first_head: The head of the first page, where it has one of its own.
            head: The head of the other pages.
            foot: The foot of every page.
            numbered: Whether lines are numbered, on each page from 1.
        """
        around = (
            ("header", "first", first_head),
            ("header", "default", head),
            ("footer", "first", foot if first_head else None),
            ("footer", "default", foot),
        )
        margins = {
            "top": _TOP,
            "right": _SIDE,
            "bottom": _BOTTOM,
            "left": _SIDE,
            "header": _HEAD,
            "footer": _FOOT,
            "gutter": 0.0,
        }
        return w(
            "sectPr",
            *(
                element(f"w:{kind}Reference", {"w:type": pages, "r:id": identifier})
                for kind, pages, identifier in around
                if identifier
            ),
            *((w("lnNumType", countBy=1, restart="newPage"),) if numbered else ()),
            w("pgSz", w=twips(self.width), h=twips(self.height)),
            w("pgMar", **{name: twips(length) for name, length in margins.items()}),
            *((w("titlePg"),) if first_head else ()),
        )


SHEETS: Final = {
    "letter": Sheet(8.5 * _INCH, 11 * _INCH),
    "a4": Sheet(210 / 25.4 * _INCH, 297 / 25.4 * _INCH),
}
"""The papers that a draft may ask for."""
