"""What the layout engine complains of, as problems.

WeasyPrint says in its log what it had to do without, and goes on. For a letter that somebody will
be held to, a box in place of a name or an empty place for a chart is an error.
"""

from __future__ import annotations

import logging
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reportgen.problems.model import Place, Problem, Severity
from reportgen.rendering.page import CHARTS, FONTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportgen.letters.draft import Draft
    from reportgen.letters.markup import Element

_LOGGER: Final = logging.getLogger("weasyprint")
_EXCERPT: Final = 60
"""How many characters of a text a message quotes."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """One line of the engine's log: its template, its arguments, and both put together."""

    template: str
    arguments: tuple[object, ...]
    text: str


class _Listener(logging.Handler):
    """Keeps the warnings and errors that the thread which made it causes."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._thread = threading.get_ident()
        self.heard: list[Complaint] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self._thread:
            arguments = record.args if isinstance(record.args, tuple) else (record.args,)
            self.heard.append(Complaint(str(record.msg), arguments, record.getMessage()))


@contextmanager
def listening() -> Iterator[list[Complaint]]:
    """Collect what the engine complains of within the block, in this thread."""
    listener = _Listener()
    _LOGGER.addHandler(listener)
    try:
        yield listener.heard
    finally:
        _LOGGER.removeHandler(listener)


def of_styles(heard: Iterable[Complaint], style: str) -> Iterator[Problem]:
    """Yield what was not understood in a style sheet, or could not be fetched for it."""
    for complaint in dict.fromkeys(heard):
        if complaint.template.startswith("Font-face"):
            continue  # the font was not served: `of_refusals` says so
        yield Problem(
            "style-ignored",
            f"a part of this style sheet has no effect: {complaint.text}",
            Place(style),
            severity=Severity.WARNING,
        )


def of_layout(
    heard: Iterable[Complaint],
    refused: Iterable[str],
    document: Element,
    name: str,
    draft: Draft | None = None,
) -> Iterator[Problem]:
    """Yield what the layout of the letter called `name` had to do without.

    Args:
        heard: What the engine said.
        refused: The addresses that it asked for in vain, which `of_refusals` tells of.
        document: The letter.
        name: What the letter is called.
        draft: Where the letter is of a draft: it knows what is said where.
    """
    told = frozenset(refused)
    missing: dict[str, None] = {}
    for complaint in dict.fromkeys(heard):
        if complaint.template.startswith(".notdef glyph"):
            missing[str(complaint.arguments[0])] = None
        elif complaint.template.endswith("has no required alt description"):
            yield Problem(
                "missing-alternative",
                f"the drawing “{complaint.arguments[0]}” has no written alternative",
                Place(name),
                "say in words what the drawing shows, for those who cannot see it",
            )
        elif complaint.template.startswith("Using fontTools instead"):
            continue  # the fonts are subset all the same: `pdf.caveat` says what differs
        elif told.isdisjoint(map(str, complaint.arguments)):
            yield Problem(
                "layout-incomplete",
                f"the letter cannot be laid out as composed: {complaint.text}",
                Place(name),
            )
    if missing:
        yield from _missing_glyphs(frozenset(missing), document, name, draft)


def of_refusals(refused: Iterable[str], asker: str) -> Iterator[Problem]:
    """Yield what was asked for in vain, by the style sheet or the letter called `asker`."""
    for url in dict.fromkeys(refused):
        if url.startswith(FONTS):
            name = url.removeprefix(FONTS)
            yield Problem(
                "font-missing",
                f"the typeface file “{name}” is not among the fonts of the letter",
                Place(asker),
                "put it into templates/fonts/",
            )
        elif url.startswith(CHARTS):
            name = url.removeprefix(CHARTS).removesuffix(".svg")
            yield Problem(
                "resource-refused",
                f"the letter shows a chart “{name}”, and none of that name was drawn",
                Place(asker),
            )
        else:
            yield Problem(
                "resource-refused",
                f"“{url}” may not be fetched: a letter is made of its fonts and its charts alone",
                Place(asker),
            )


def of_the_undrawn(characters: int, name: str) -> Iterator[Problem]:
    """Yield that something of the letter is on none of its pages, where it is so."""
    if characters:
        yield Problem(
            "layout-incomplete",
            f"{characters} characters of the letter are on none of its pages",
            Place(name),
            "shorten the notes of the densest page, and report it: this is a defect of the layout",
        )


def _missing_glyphs(
    missing: frozenset[str], document: Element, name: str, draft: Draft | None
) -> Iterator[Problem]:
    """Yield one problem for each stretch of text that the typefaces cannot show."""
    help_ = "write it in letters that the typeface has, or add a typeface that has them"
    found: set[str] = set()
    for text, holder in dict.fromkeys(_texts(document, None)):
        lacking = tuple(dict.fromkeys(c for c in text if c in missing))
        if lacking:
            found.update(lacking)
            signs = ", ".join(f"“{c}” (U+{ord(c):04X})" for c in lacking)
            place, source = _said(text, lacking, holder, draft) if draft else (Place(name), "")
            message = f"the letter's typeface has no {signs}, needed in “{_excerpt(text, lacking)}”"
            yield Problem("missing-glyph", f"{message}{source}", place, help_)
    for sign in sorted(missing - found):
        message = f"the letter's typeface has no “{sign}” (U+{ord(sign):04X})"
        yield Problem("missing-glyph", message, Place(name), help_)


def _said(
    text: str, lacking: tuple[str, ...], holder: str | None, draft: Draft
) -> tuple[Place, str]:
    """Return where a text is said, and the fact that brings it, as far as the draft knows."""
    for piece in draft.bound:
        if piece.id == holder:
            return piece.place, f", which is {piece.address}"
    words = " ".join(text.split())
    for assertion in draft.assertions:
        if words in assertion.text or (
            assertion.text in words and any(sign in assertion.text for sign in lacking)
        ):
            return assertion.place, ""
    return Place(draft.name), ""


def _texts(element: Element, holder: str | None) -> Iterator[tuple[str, str | None]]:
    """Yield each text below an element, with the id of the nearest element that has one."""
    for child in element.children:
        if isinstance(child, str):
            yield child, holder
        else:
            yield from _texts(child, child.get("id") or holder)


def _excerpt(text: str, lacking: tuple[str, ...]) -> str:
    """Return the words around the first sign that is missing."""
    at = text.index(lacking[0])
    start = max(0, at - _EXCERPT // 2)
    return " ".join(text[start : at + _EXCERPT // 2].split())
