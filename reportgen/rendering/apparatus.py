"""What a review copy has in its margins: the numbers of its lines, and of its sentences.

The letter is laid out first, as if nobody would number it; then sheets of the same kind are laid
out that hold nothing but numbers, each beside its line, to be drawn over the letter's. So a copy
with numbers has the same pages and lines as one without.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from reportgen.letters.markup import Element, serialize

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reportgen.letters.draft import Draft
    from reportgen.rendering.lines import Line, Lineation
    from reportgen.rendering.model import Edition
    from reportgen.rendering.structure import Box

_RISE: Final = 20
"""How far above its baseline the box of a number begins, in CSS pixels: more than its height."""


def apparatus(pages: Sequence[Box], found: Lineation, draft: Draft, edition: Edition) -> str:
    """Return the HTML document of the sheets with the numbers that an edition asks for.

    Args:
        pages: The boxes of the letter's pages.
        found: Its lines and sentences.
        draft: The letter.
        edition: Which copy it is.
    """
    sentences = _sentences(draft, found) if edition.assertion_numbers else {}
    sheets = (
        _sheet(
            page,
            lines if edition.line_numbers else (),
            {line: sentences[line] for line in lines if line in sentences},
        )
        for page, lines in zip(pages, found.lines, strict=True)
    )
    return (
        f'<!DOCTYPE html><html lang="{escape(draft.language)}"><head><title>-</title></head>'
        f'<body class="{escape(draft.paper)}">{"".join(map(serialize, sheets))}</body></html>'
    )


def _sentences(draft: Draft, found: Lineation) -> Mapping[Line, list[int]]:
    """Return the numbers of the sentences that begin on each line."""
    numbers: dict[Line, list[int]] = {}
    for assertion in draft.assertions:
        if (line := found.starts.get(assertion.id)) is not None:
            numbers.setdefault(line, []).append(assertion.number)
    return numbers


def _sheet(page: Box, lines: Sequence[Line], sentences: Mapping[Line, list[int]]) -> Element:
    """Return a sheet with numbers to the left and to the right of where the letter's text is."""
    left, top = page.content_box_x(), page.content_box_y()
    at_left = f"left: {-left:g}px; width: {left:g}px"
    at_right = f"left: {page.width:g}px; width: {page.margin_width() - left - page.width:g}px"
    numbers = (
        *(_beside(line, top, "line-number", at_left, str(line.number)) for line in lines),
        *(
            _beside(line, top, "assertion-number", at_right, ", ".join(map(str, sentences[line])))
            for line in sorted(sentences)
        ),
    )
    return Element("section", (("class", "apparatus"),), numbers)


def _beside(line: Line, top: float, kind: str, margin: str, number: str) -> Element:
    """Return a number that stands on the baseline of a line, on a sheet whose text begins at `top`.

    A box without text stands on the baseline, and is as high as the number's box begins above it.
    """
    strut = Element("span", (("class", "strut"), ("style", f"height: {_RISE}px")))
    place = f"{margin}; top: {line.baseline - top - _RISE:g}px"
    return Element("p", (("class", kind), ("style", place)), (strut, number))
