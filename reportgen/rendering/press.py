"""A stationery made ready to print with: its fonts known, its style sheets parsed.

A press prints any number of drafts; each is laid out, drawn and tagged anew. It knows nothing of
files, and keeps of the last draft but where its sentences stand, which is asked for once more when
an index is made.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from datetime import UTC, datetime, time
from importlib.resources import files
from io import BytesIO
from itertools import zip_longest
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen.letters.markup import Element
from reportgen.problems.model import Place, Problem
from reportgen.rendering import linefilling, notekeeping  # noqa: F401 - mend the layout
from reportgen.rendering.apparatus import apparatus
from reportgen.rendering.complaints import (
    Complaint,
    listening,
    of_layout,
    of_refusals,
    of_styles,
    of_the_undrawn,
)
from reportgen.rendering.completeness import undrawn_characters
from reportgen.rendering.engine import CSS, HTML, ColorProfile, CounterStyle, harfbuzz_subset
from reportgen.rendering.lines import Lineation, lineation
from reportgen.rendering.page import BASE_URL, chart_url, font_url, page, picture_url
from reportgen.rendering.pagination import block_to_move
from reportgen.rendering.serving import Shelf
from reportgen.rendering.standards import declare
from reportgen.rendering.tagging import RecordedPage, retag
from reportgen.rendering.typefaces import OwnTypefaces

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from xml.etree.ElementTree import Element as Node

    from reportgen.letters.draft import Assertion, Draft, Picture
    from reportgen.rendering.engine import Document, Page
    from reportgen.rendering.lines import Line
    from reportgen.rendering.model import Edition, Report, Stationery
    from reportgen.rendering.structure import Box
    from reportgen.rendering.tagging import Pdf
    from reportgen.statistics.model import Chart

_VARIANT: Final = "pdf/a-2a"
_ACCESSIBLE: Final = "pdf/ua-1"
_COLORS: Final = "letter"
"""The name of the color space that the file declares, within one layout."""
_LAYOUTS: Final = 4
"""How often a letter is laid out, at most, to bring all notes onto their pages."""


class Print(NamedTuple):
    """A letter on paper, as far as paper could take it.

    Attributes:
        content: The PDF.
        pages: How many pages it has.
        problems: What is missing from it or otherwise than meant; warnings too.
        starts: Where each sentence begins in the copy that is sent; nothing for a draft.
    """

    content: bytes
    pages: int
    problems: tuple[Problem, ...]
    starts: Mapping[str, Line] = MappingProxyType({})


class _Seen(NamedTuple):
    """What lines depend on: the page as it is laid out, what it shows, and its sentences."""

    text: str
    charts: tuple[Chart, ...]
    pictures: tuple[Picture, ...]
    assertions: tuple[Assertion, ...]

    @classmethod
    def of(cls, draft: Draft, edition: Edition) -> _Seen:
        """Return what lines of a draft depend on; its numbers in the margin are none of it."""
        return cls(page(draft, edition), draft.charts, draft.pictures, draft.assertions)


class Press:
    """Prints drafts in the look of one stationery."""

    def __init__(self, stationery: Stationery) -> None:
        """Register the fonts and parse the styles."""
        self._typefaces = OwnTypefaces()
        self._counters = CounterStyle()
        self._sheets: list[CSS] = []
        problems: list[Problem] = []
        fonts = {font_url(name): content for name, content in stationery.fonts.items()}
        for name, text in stationery.styles:
            shelf = Shelf(fonts)
            with listening() as heard:
                sheet = CSS(
                    string=text,
                    base_url=BASE_URL,
                    url_fetcher=shelf,
                    font_config=self._typefaces,
                    counter_style=self._counters,
                )
            self._sheets.append(sheet)
            problems += of_styles(heard, name)
            problems += of_refusals(shelf.refused, name)
        if not self._typefaces and not problems:
            problems.append(
                Problem(
                    "font-missing",
                    "the styles of the letter name no typeface",
                    Place(", ".join(name for name, _ in stationery.styles)),
                )
            )
        self._problems = tuple(problems)
        self._options = {"pdf_variant": _VARIANT, "output_intent": _COLORS}
        self._colors = {_COLORS: _Srgb()}
        self._read: tuple[_Seen, Lineation] | None = None

    def print(self, draft: Draft, edition: Edition) -> Print:
        """Lay the draft out, draw it and tag it; nothing of it when the stationery is broken."""
        if not self._typefaces:
            return Print(b"", 0, self._problems)
        shelf = self._shelf(draft)
        html, laid_out, heard = self._laid_out(draft, edition, shelf)
        over = self._apparatus(laid_out, draft, edition)
        document = laid_out.copy(
            [RecordedPage(*each) for each in zip_longest(laid_out.pages, over)]
        )
        with listening() as heard_drawing, dated(draft.date):
            content, undrawn = self._finished(document, html)
        problems = (
            *self._problems,
            *of_refusals(shelf.refused, draft.name),
            *of_layout((*heard, *heard_drawing), shelf.refused, draft.document, draft.name, draft),
            *of_the_undrawn(undrawn, draft.name),
        )
        # What is sent is laid out once: whoever seals it asks where its sentences stand.
        starts = self._lines(laid_out, draft, edition).starts if edition.final else {}
        return Print(content, len(document.pages), problems, starts)

    def _finished(self, document: Document, html: HTML) -> tuple[bytes, int]:
        """Draw recorded pages; return the PDF, and how many characters are missing from it."""
        undrawn = 0

        def finish(document: Document, pdf: Pdf) -> None:
            """Make of a PDF/A-2a one that is PDF/UA-1 as well, and reads as the letter does."""
            nonlocal undrawn
            tree = retag(document.pages, pdf, html.etree_element)
            undrawn = undrawn_characters(tree, _letter_of(html))
            declare(pdf)

        content = document.write_pdf(finisher=finish, **self._options)
        return content, undrawn

    def print_report(self, text: str, report: Report) -> Print:
        """Lay out and draw the HTML of a report: tagged, with its fonts and its drawings alone."""
        if not self._typefaces:
            return Print(b"", 0, self._problems)
        shelf = Shelf({chart_url(name): drawing for name, drawing in report.drawings})
        undrawn = 0
        with listening() as heard, dated(report.date):
            if report.lasting:
                html, document = self._set(text, shelf)
                document = document.copy([RecordedPage(sheet) for sheet in document.pages])
                content, undrawn = self._finished(document, html)
            else:
                document = HTML(string=text, base_url=BASE_URL, url_fetcher=shelf).render(
                    font_config=self._typefaces,
                    counter_style=self._counters,
                    stylesheets=self._sheets,
                    pdf_variant=_ACCESSIBLE,
                )
                content = document.write_pdf(pdf_variant=_ACCESSIBLE)
        problems = (
            *self._problems,
            *of_refusals(shelf.refused, report.name),
            *of_layout(heard, shelf.refused, Element("section", (), report.body), report.name),
            *of_the_undrawn(undrawn, report.name),
        )
        return Print(content, len(document.pages), problems)

    def lineation(self, draft: Draft, edition: Edition) -> Lineation:
        """Return the lines of the draft, and its sentences on them, without drawing it."""
        if not self._typefaces:
            return Lineation((), {})
        if self._read is not None and self._read[0] == _Seen.of(draft, edition):
            return self._read[1]
        _, laid_out, _ = self._laid_out(draft, edition, self._shelf(draft))
        return self._lines(laid_out, draft, edition)

    def _lines(self, laid_out: Document, draft: Draft, edition: Edition) -> Lineation:
        found = lineation(_boxes(laid_out), draft)
        self._read = _Seen.of(draft, edition), found
        return found

    @staticmethod
    def _shelf(draft: Draft) -> Shelf:
        """Lay out what the draft may ask for: its drawings and its pictures."""
        drawings = {chart_url(chart.name): chart.svg for chart in draft.charts}
        pictures = {picture_url(each.name): each.content for each in draft.pictures}
        return Shelf(drawings | pictures)

    def _laid_out(
        self, draft: Draft, edition: Edition, shelf: Shelf
    ) -> tuple[HTML, Document, list[Complaint]]:
        """Lay the draft out, again while notes stand elsewhere than they are called."""
        first: frozenset[str] = frozenset()
        for _ in range(_LAYOUTS):
            with listening() as heard:
                html, laid_out = self._set(page(draft, edition, first=first), shelf)
            block = block_to_move(_boxes(laid_out))
            if block is None or block in first:
                break
            first |= {block}
        return html, laid_out, heard

    def _apparatus(self, laid_out: Document, draft: Draft, edition: Edition) -> Sequence[Page]:
        """Lay out what is drawn over the pages of a review copy."""
        if not edition.numbered:
            return ()
        lines = self._lines(laid_out, draft, edition)
        sheets = apparatus(_boxes(laid_out), lines, draft, edition)
        pages: list[Page] = self._set(sheets, Shelf({}))[1].pages
        return pages

    def _set(self, text: str, shelf: Shelf) -> tuple[HTML, Document]:
        """Lay out a page of HTML."""
        html = HTML(string=text, base_url=BASE_URL, url_fetcher=shelf)
        laid_out = html.render(
            font_config=self._typefaces,
            counter_style=self._counters,
            stylesheets=self._sheets,
            color_profiles=self._colors,
            **self._options,
        )
        return html, laid_out


def _boxes(laid_out: Document) -> list[Box]:
    return [sheet._page_box for sheet in laid_out.pages]  # noqa: SLF001 - see tagging


class _Srgb(ColorProfile):  # type: ignore[misc] # WeasyPrint has no annotations
    """The profile of sRGB that comes with WeasyPrint, byte for byte as it comes.

    WeasyPrint would read it anew for each letter, leave the file open, and have it written again
    by a library whose versions, and whose second call, give other bytes.
    """

    def __init__(self) -> None:
        name = "sRGB2014.icc"
        self._bytes = (files("weasyprint.pdf") / name).read_bytes()
        super().__init__(BytesIO(self._bytes), name, "relative-colorimetric", (["r"], ["g"], ["b"]))

    @property
    def content(self) -> bytes:
        """The profile as the file takes it."""
        return self._bytes


def _letter_of(html: HTML) -> Node:
    """Return the letter itself, without what stands in the margins."""
    article: Node | None = html.etree_element.find("body/article")
    if article is None:
        raise ValueError("the page holds no letter")
    return article


@contextmanager
def dated(day: date) -> Iterator[None]:
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
