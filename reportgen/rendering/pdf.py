"""A draft as a PDF that meets PDF/A-2a and PDF/UA-1 at once.

A draft and the stationery go in, bytes come out: the same bytes for the same input, in any process,
time zone and folder, whatever fonts the machine has. Whatever the layout had to do without (a
glyph, a drawing, a style) is a problem, and there is no artifact while one of them is an error.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from datetime import UTC, datetime, time
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Final

from reportgen.problems.model import Place, Problem, Severity
from reportgen.rendering.complaints import listening, of_layout, of_styles
from reportgen.rendering.engine import CSS, HTML, harfbuzz_subset
from reportgen.rendering.model import Artifact
from reportgen.rendering.page import BASE_URL, chart_url, font_url, page
from reportgen.rendering.serving import Shelf
from reportgen.rendering.standards import declare_accessibility
from reportgen.rendering.tagging import RecordedPage, retag
from reportgen.rendering.typefaces import OwnTypefaces

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from xml.etree.ElementTree import Element

    from reportgen.letters.draft import Draft
    from reportgen.rendering.engine import Document
    from reportgen.rendering.model import Stationery
    from reportgen.rendering.tagging import Pdf

MEDIA_TYPE: Final = "application/pdf"
_VARIANT: Final = "pdf/a-2a"
_PRESSES: Final = 4
"""How many stationeries are kept ready in one process."""


def render(draft: Draft, stationery: Stationery) -> tuple[Artifact | None, tuple[Problem, ...]]:
    """Return the letter as a PDF, and what was wrong with it.

    Args:
        draft: The composed letter; ids of its facts and their values do not reach the file.
        stationery: Its styles and fonts. Those of the last few calls are kept ready.

    Returns:
        The artifact and warnings (`style-ignored`), or None and the errors that stand in its way:
        `missing-glyph`, `missing-alternative`, `resource-refused`, `layout-incomplete`.
    """
    return _press(_ByDigest(stationery)).print(draft)


class _ByDigest:
    """A stationery as a key: two are the same when their content is."""

    def __init__(self, stationery: Stationery) -> None:
        self.stationery = stationery
        self._digest = stationery.digest()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByDigest) and self._digest == other._digest

    def __hash__(self) -> int:
        return hash(self._digest)


class _Press:
    """A stationery made ready: its fonts known, its style sheets parsed."""

    def __init__(self, stationery: Stationery) -> None:
        self._typefaces = OwnTypefaces()
        self._sheets: list[CSS] = []
        problems: list[Problem] = []
        shelf = Shelf({font_url(name): content for name, content in stationery.fonts.items()})
        for name, text in stationery.styles:
            with listening() as heard:
                sheet = CSS(
                    string=text,
                    base_url=BASE_URL,
                    url_fetcher=shelf,
                    font_config=self._typefaces,
                )
            self._sheets.append(sheet)
            problems += of_styles(heard, name)
            problems += _refusals(shelf, name)
            shelf.refused.clear()
        self._problems = tuple(problems)

    def print(self, draft: Draft) -> tuple[Artifact | None, tuple[Problem, ...]]:
        """Lay the draft out and write it."""
        shelf = Shelf({chart_url(chart.name): chart.svg for chart in draft.charts})
        with listening() as heard:
            html = HTML(string=page(draft), base_url=BASE_URL, url_fetcher=shelf)
            laid_out = html.render(
                font_config=self._typefaces, stylesheets=self._sheets, pdf_variant=_VARIANT
            )
            document = laid_out.copy([RecordedPage(sheet) for sheet in laid_out.pages])
            with _dated(draft.date):
                content = document.write_pdf(
                    finisher=partial(_finish, html.etree_element), pdf_variant=_VARIANT
                )
        problems = (
            *self._problems,
            *_refusals(shelf, draft.name),
            *of_layout(heard, draft.document, draft.name),
        )
        if any(problem.severity is Severity.ERROR for problem in problems):
            return None, problems
        return Artifact("letter.pdf", MEDIA_TYPE, content, len(document.pages)), problems


@lru_cache(_PRESSES)
def _press(key: _ByDigest) -> _Press:
    return _Press(key.stationery)


def _finish(root: Element, document: Document, pdf: Pdf) -> None:
    """Make of a PDF/A-2a one that is PDF/UA-1 as well, and reads as the letter does."""
    retag(document.pages, pdf, root)
    declare_accessibility(pdf)


def _refusals(shelf: Shelf, name: str) -> Iterator[Problem]:
    for url in dict.fromkeys(shelf.refused):
        yield Problem(
            "resource-refused",
            f"“{url}” was asked for, and a letter is made only of its fonts and charts",
            Place(name),
            "put fonts into templates/fonts/ and name drawings as the charts of the letter",
        )


@contextmanager
def _dated(day: date) -> Iterator[None]:
    """Let fonts be subset as if on `day`, where that is done by fontTools.

    fontTools writes the time into each font and has but the environment to be told another. With
    HarfBuzz's own subsetter nothing is dated, and the environment is left alone.
    """
    if harfbuzz_subset is not None:
        yield
        return
    before = os.environ.get("SOURCE_DATE_EPOCH")
    midnight = datetime.combine(day, time(), UTC)
    os.environ["SOURCE_DATE_EPOCH"] = str(max(0, int(midnight.timestamp())))
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before
