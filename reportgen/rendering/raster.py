"""A chart as a picture of print quality: for readers that know no SVG.

The SVG goes through the same engine as the PDF, and from there through PDFium, so that the picture
shows what the PDF prints; it depends on the chart and on their versions, and on nothing of the
machine.
"""

from __future__ import annotations

import zlib
from contextlib import closing
from functools import lru_cache
from html import escape
from struct import pack
from typing import TYPE_CHECKING, Final

from lxml import etree
from pypdfium2 import PdfDocument

from reportgen.problems.model import Place, Problem
from reportgen.rendering.complaints import listening, of_layout, of_refusals
from reportgen.rendering.engine import CSS, HTML
from reportgen.rendering.page import BASE_URL, chart_url
from reportgen.rendering.serving import Shelf
from reportgen.rendering.typefaces import OwnTypefaces

if TYPE_CHECKING:
    from reportgen.letters.draft import Draft
    from reportgen.rendering.complaints import Complaint
    from reportgen.statistics.model import Chart

DOTS: Final = 300
"""Dots per inch, as printers want them."""
_KEPT: Final = 32
"""How many drawings are kept: the versions of a letter show the same ones."""


def picture(chart: Chart, draft: Draft) -> tuple[bytes, tuple[Problem, ...]]:
    """Return the draft's chart as a PNG on white, and what of it could not be drawn.

    Lettering has to be outlines: there is no typeface here, and each reader would set it in another.
    """
    if _has_lettering(chart.svg):
        problem = Problem(
            "layout-incomplete",
            f"the lettering of the drawing “{chart.name}” is not outlined",
            Place(draft.name),
            "draw its letters as paths",
        )
        return b"", (problem,)
    content, heard, refused = _drawn(chart.name, chart.svg, chart.width, chart.height)
    problems = (
        *of_refusals(refused, draft.name),
        *of_layout(heard, refused, draft.document, draft.name),
    )
    return content, problems


@lru_cache(_KEPT)
def _drawn(
    name: str, svg: bytes, width: float, height: float
) -> tuple[bytes, tuple[Complaint, ...], tuple[str, ...]]:
    """Return a drawing as PNG, what the engine said of it, and what it asked for in vain."""
    shelf = Shelf({chart_url(name): svg})
    sheet = CSS(
        string=f"@page{{size:{width:g}pt {height:g}pt;margin:0}}"
        f"body{{margin:0}}img{{display:block;width:{width:g}pt;height:{height:g}pt}}"
    )
    # No alternative text: where the drawing fails there must be no words to set either.
    page = f'<!DOCTYPE html><html lang="en"><img alt="" src="{escape(chart_url(name))}">'
    with listening() as heard:
        content = HTML(string=page, base_url=BASE_URL, url_fetcher=shelf).write_pdf(
            font_config=OwnTypefaces(), stylesheets=[sheet]
        )
    with closing(PdfDocument(content)) as document:
        bitmap = document[0].render(scale=DOTS / 72, rev_byteorder=True)
        pixels = _png(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride)
    return pixels, tuple(heard), tuple(shelf.refused)


def _has_lettering(svg: bytes) -> bool:
    """Whether an SVG has text; one that is no XML has none, and fails when it is drawn."""
    try:
        root = etree.fromstring(svg, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return False
    return any(True for _ in root.iter("{*}text", "{*}foreignObject"))


def _png(pixels: bytes, width: int, height: int, stride: int) -> bytes:
    """Return 8-bit RGB as PNG (ISO/IEC 15948), its lines not filtered."""
    lines = b"".join(
        b"\0" + pixels[at : at + 3 * width] for at in range(0, stride * height, stride)
    )
    per_meter = round(DOTS / 0.0254)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(kind, data)
        for kind, data in (
            (b"IHDR", pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
            (b"pHYs", pack(">IIB", per_meter, per_meter, 1)),
            (b"IDAT", zlib.compress(lines)),
            (b"IEND", b""),
        )
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))
