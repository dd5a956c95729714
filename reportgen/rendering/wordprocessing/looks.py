"""Looks: how paragraphs and runs are set, in points, and the properties that say so in XML."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from reportgen.rendering.wordprocessing.elements import element, twips, w

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element


_BLACK: Final = "000000"


@dataclass(frozen=True, slots=True)
class RunLook:
    """How a run of characters is set; None and False leave it as the style has it.

    Attributes:
        style: Id of a character style.
        size: In points; a multiple of one half.
        bold: Bold; upright weight where it is False.
        italic: Italic; upright where it is False.
        small_caps: Small capitals.
        spacing: Added between letters, in points.
        color: Six hexadecimal digits.
        raised: A superscript.
        dotted: Underlined by dots.
        barred: Covered by a black bar.
        rtl: Written from right to left.
        language: BCP 47.
        figures: Tabular or proportional, always lining.
    """

    style: str | None = None
    size: float | None = None
    bold: bool | None = None
    italic: bool | None = None
    small_caps: bool = False
    spacing: float | None = None
    color: str | None = None
    raised: bool = False
    dotted: bool = False
    barred: bool = False
    rtl: bool = False
    language: str | None = None
    figures: Literal["tabular", "proportional"] | None = None

    def slanted(self) -> RunLook:
        """Return the look of emphasis within this one: italic in upright, upright in italic."""
        return replace(self, italic=not self.italic)

    def properties(self) -> _Element | None:
        """Return `w:rPr`, or None when it would be empty."""
        made = tuple(self._properties())
        return w("rPr", *made) if made else None

    def _properties(self) -> Iterator[_Element]:
        if self.style:
            yield w("rStyle", val=self.style)
        # Complex scripts (Arabic, Hebrew) have toggles and a size of their own.
        for name, value in (("b", self.bold), ("i", self.italic)):
            if value is not None:
                yield from (_toggle(name, on=value), _toggle(f"{name}Cs", on=value))
        if self.size is not None:
            half_points = round(self.size * 2)
            yield from (w("sz", val=half_points), w("szCs", val=half_points))
        yield from self._decoration()
        if self.rtl:
            yield w("rtl")
        if self.language:
            yield w("lang", **{"bidi" if self.rtl else "val": self.language})
        if self.figures:
            yield element("w14:numForm", {"w14:val": "lining"})
            yield element("w14:numSpacing", {"w14:val": self.figures})

    def _decoration(self) -> Iterator[_Element]:
        if self.small_caps:
            yield w("smallCaps")
        if self.color:
            yield w("color", val=self.color)
        if self.spacing is not None:
            yield w("spacing", val=twips(self.spacing))
        if self.dotted:
            yield w("u", val="dotted")
        if self.raised:
            yield w("vertAlign", val="superscript")
        if self.barred:
            yield w("shd", val="clear", color="auto", fill=_BLACK)


@dataclass(frozen=True, slots=True)
class ParagraphLook:
    """How a paragraph is set; None and False leave it as the style has it. Lengths are points.

    Attributes:
        line: The least distance of baselines.
        exact: Whether `line` is kept whatever stands in it.
        before: Space above. Between two paragraphs stands the larger of what both ask for, as in
            CSS (ISO/IEC 29500-1, 17.3.1.33).
        after: Space below.
        left: Indent at the left.
        right: Indent at the right.
        hanging: How far the first line stands out at the left.
        align: `left`, `center`, `right`.
        with_next: Kept on the page of the next paragraph.
        whole: Not divided between pages.
        new_page: Begins a page.
        unnumbered: Its lines are not counted where lines are numbered.
        close: No space between paragraphs of the same style.
        level: Outline level from 0, for headings.
        tabs: Stops: (kind, place).
        rule_below: Distance of a thin rule below the text, or None for no rule.
    """

    line: float | None = None
    exact: bool = False
    before: float | None = None
    after: float | None = None
    left: float | None = None
    right: float | None = None
    hanging: float | None = None
    align: str | None = None
    with_next: bool = False
    whole: bool = False
    new_page: bool = False
    unnumbered: bool = False
    close: bool = False
    level: int | None = None
    tabs: tuple[tuple[str, float], ...] = ()
    rule_below: float | None = None

    def properties(self) -> tuple[_Element, ...]:
        """Return what stands in `w:pPr`."""
        return tuple(self._properties())

    def _properties(self) -> Iterator[_Element]:
        if self.with_next:
            yield w("keepNext")
        if self.whole:
            yield w("keepLines")
        if self.new_page:
            yield w("pageBreakBefore")
        if self.unnumbered:
            yield w("suppressLineNumbers")
        yield from self._lines()
        indents = {"left": self.left, "right": self.right, "hanging": self.hanging}
        if given := {key: twips(value) for key, value in indents.items() if value is not None}:
            yield w("ind", **given)
        if self.close:
            yield w("contextualSpacing")
        if self.align:
            yield w("jc", val=self.align)
        if self.level is not None:
            yield w("outlineLvl", val=self.level)

    def _lines(self) -> Iterator[_Element]:
        if self.rule_below is not None:
            rule = w("bottom", val="single", sz=4, space=round(self.rule_below), color=_BLACK)
            yield w("pBdr", rule)
        if self.tabs:
            stops = (w("tab", val=kind, pos=twips(place)) for kind, place in self.tabs)
            yield w("tabs", *stops)
        if spacing := self._spacing():
            yield w("spacing", **spacing)

    def _spacing(self) -> dict[str, str | float]:
        spacing: dict[str, str | float] = {}
        if self.before is not None:
            spacing["before"] = twips(self.before)
        if self.after is not None:
            spacing["after"] = twips(self.after)
        if self.line is not None:
            spacing["line"] = twips(self.line)
            spacing["lineRule"] = "exact" if self.exact else "atLeast"
        return spacing


def _toggle(name: str, *, on: bool) -> _Element:
    return w(name) if on else w(name, val="0")
