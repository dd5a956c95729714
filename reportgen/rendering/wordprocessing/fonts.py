"""The typeface of a letter, put into the file so that every reader sees the page as it was set.

The licence of the fonts has to allow it; the OpenType field that says so (OS/2 fsType) is obeyed.
They are put in whole, so that counsel can type what no draft has contained.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, Final
from uuid import UUID

from fontTools.ttLib import TTFont, TTLibError

from reportgen.rendering.wordprocessing.elements import element, w

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lxml.etree import _Element

FALLBACK: Final = "Georgia"
"""Stands in where a reader has not the typeface and takes none from the file."""

_RESTRICTED: Final = 0x0002
_BITMAPS_ONLY: Final = 0x0200
_ITALIC: Final = 0x0001
_BOLD: Final = 0x0020
_KEPT: Final = 16
"""How many font files are kept ready in one process."""
_OBFUSCATED: Final = 32
"""How many bytes at the beginning of a font are obfuscated (ECMA-376 Part 1, 17.8.1)."""


@dataclass(frozen=True, slots=True)
class Face:
    """One style of a typeface.

    Attributes:
        family: Name of the typeface: "Source Serif 4".
        slot: Where the font table has it: embedRegular, embedBold, embedItalic, embedBoldItalic.
        panose: The ten digits that classify its design, in hexadecimal.
        coverage: What the font says of its scripts and code pages, for `w:sig`.
        key: The GUID with which it is obfuscated; made of its content, so the same every time.
        content: The font, obfuscated.
    """

    family: str
    slot: str
    panose: str
    coverage: tuple[tuple[str, str], ...]
    key: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Ruler:
    """Tells how wide words are, so that columns can be as wide as what stands in them.

    Attributes:
        advances: Width of each character of the bold, the wider face, in parts of the size.
    """

    advances: Mapping[int, float]

    def width(self, text: str, size: float) -> float:
        """Return the width of a text in points; a sign that is not known is half as wide as high."""
        return size * sum(self.advances.get(ord(sign), 0.5) for sign in text)


def ruler(fonts: Mapping[str, bytes]) -> Ruler:
    """Return a ruler for the first bold among the files."""
    bold = (content for _, content in sorted(fonts.items()) if _is_bold(_face(content)))
    return Ruler(_advances(next(bold, b"")))


def _is_bold(face: Face | None) -> bool:
    return face is not None and face.slot == "embedBold"


@lru_cache(_KEPT)
def _advances(content: bytes) -> Mapping[int, float]:
    if not content:
        return {}
    font = TTFont(BytesIO(content), lazy=True)
    unit, metrics = font["head"].unitsPerEm, font["hmtx"].metrics
    names = font.getBestCmap() or {}
    return {sign: metrics[name][0] / unit for sign, name in names.items()}


def faces(fonts: Mapping[str, bytes]) -> tuple[Face, ...]:
    """Return the faces of the first family among the files, in the order of the font table.

    A file that is no font, or that its maker forbids to embed, is passed over: the letter is then
    set in whatever the reader has instead.
    """
    found = tuple(face for _, content in sorted(fonts.items()) if (face := _face(content)))
    family = min((face.family for face in found if face.slot == "embedRegular"), default=None)
    slots = {face.slot: face for face in found if face.family == family}
    order = ("embedRegular", "embedBold", "embedItalic", "embedBoldItalic")
    return tuple(slots[slot] for slot in order if slot in slots)


@lru_cache(_KEPT)
def _face(content: bytes) -> Face | None:
    try:
        font = TTFont(BytesIO(content), lazy=True)
        measures, names = font["OS/2"], font["name"]
    except (TTLibError, KeyError):
        return None
    if measures.fsType & (_RESTRICTED | _BITMAPS_ONLY):
        return None
    bold, italic = measures.fsSelection & _BOLD, measures.fsSelection & _ITALIC
    slot = f"embed{'Bold' if bold else ''}{'Italic' if italic else ''}"
    digest = sha256(content).digest()
    key = UUID(bytes=digest[:16])
    coverage = {
        **{f"usb{n}": getattr(measures, f"ulUnicodeRange{n + 1}") for n in range(4)},
        **{f"csb{n}": getattr(measures, f"ulCodePageRange{n + 1}", 0) for n in range(2)},
    }
    return Face(
        family=names.getBestFamilyName(),
        slot="embedRegular" if slot == "embed" else slot,
        panose="".join(f"{value:02X}" for value in vars(measures.panose).values()),
        coverage=tuple((name, f"{value:08X}") for name, value in coverage.items()),
        key=f"{{{key}}}".upper(),
        content=_obfuscated(content, key),
    )


def _obfuscated(content: bytes, key: UUID) -> bytes:
    """Return the font with its first bytes exclusive-ored with the key, its last byte first."""
    mask = key.bytes[::-1] * 2
    head = bytes(byte ^ masked for byte, masked in zip(content[:_OBFUSCATED], mask, strict=False))
    return head + content[_OBFUSCATED:]


def declared(embedded: Iterable[tuple[Face, str]]) -> Iterator[_Element]:
    """Yield the entry of the family for the font table.

    Args:
        embedded: The faces of one family, each with the id of its relationship.
    """
    given = tuple(embedded)
    if not given:
        return
    regular = given[0][0]
    yield w(
        "font",
        w("altName", val=FALLBACK),
        w("panose1", val=regular.panose),
        w("charset", val="00"),
        w("family", val="roman"),
        w("pitch", val="variable"),
        w("sig", **dict(regular.coverage)),
        *(
            element(f"w:{face.slot}", {"r:id": identifier, "w:fontKey": face.key})
            for face, identifier in given
        ),
        name=regular.family,
    )
