"""Drawings: charts and pictures in the text, for print and for those who cannot see them.

Word shows a chart's SVG, sharp at any size; readers that know no SVG show the picture beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reportgen.rendering.wordprocessing.elements import NAMESPACES, element, w

if TYPE_CHECKING:
    from lxml.etree import _Element

    from reportgen.letters.markup import Element
    from reportgen.rendering.wordprocessing.sheet import Sheet

_EMU: Final = 12_700
"""English metric units in a point."""
_SVG_EXTENSION: Final = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
"""Marks the SVG of a picture (MS-ODRAWXML, 2.3.1.6)."""


@dataclass(frozen=True, slots=True)
class Plate:
    """A drawing or a picture that lies ready in the package.

    Attributes:
        title: What it is called.
        width: In points.
        height: In points.
        picture: Id of the relationship to its pixels.
        vectors: Id of the relationship to its SVG, if it is a drawing.
    """

    title: str
    width: float
    height: float
    picture: str
    vectors: str | None = None


def drawing(image: Element, plate: Plate, number: int, sheet: Sheet) -> _Element:
    """Return `w:drawing` for an image of the letter, no larger than the text of a page.

    Args:
        image: The `img`, which has the written alternative.
        plate: What it shows.
        number: Its number in the file, from 1.
        sheet: The paper.
    """
    scale = min(1.0, sheet.measure / plate.width, sheet.depth / plate.height)
    extent = {
        "cx": str(round(plate.width * scale * _EMU)),
        "cy": str(round(plate.height * scale * _EMU)),
    }
    said = {
        "id": str(number),
        "name": f"Figure {number}",
        "descr": image.get("alt") or "",
        "title": plate.title,
    }
    unchanged = element("a:graphicFrameLocks", {"noChangeAspect": "1"})
    return w(
        "drawing",
        element(
            "wp:inline",
            dict.fromkeys(("distT", "distB", "distL", "distR"), "0"),
            element("wp:extent", extent),
            element("wp:docPr", said),
            element("wp:cNvGraphicFramePr", {}, unchanged),
            element(
                "a:graphic",
                {},
                element("a:graphicData", {"uri": NAMESPACES["pic"]}, _picture(plate, extent, said)),
            ),
        ),
    )


def _picture(plate: Plate, extent: dict[str, str], said: dict[str, str]) -> _Element:
    pixels = element("a:blip", {"r:embed": plate.picture})
    if plate.vectors:
        vectors = element("asvg:svgBlip", {"r:embed": plate.vectors})
        extension = element("a:ext", {"uri": _SVG_EXTENSION}, vectors)
        pixels.append(element("a:extLst", {}, extension))
    return element(
        "pic:pic",
        {},
        element(
            "pic:nvPicPr",
            {},
            element("pic:cNvPr", {"id": said["id"], "name": said["name"], "descr": said["descr"]}),
            element("pic:cNvPicPr", {}),
        ),
        element(
            "pic:blipFill",
            {},
            pixels,
            element("a:stretch", {}, element("a:fillRect", {})),
        ),
        element(
            "pic:spPr",
            {},
            element(
                "a:xfrm",
                {},
                element("a:off", {"x": "0", "y": "0"}),
                element("a:ext", extent),
            ),
            element("a:prstGeom", {"prst": "rect"}, element("a:avLst", {})),
        ),
    )
