"""The file: parts that belong together, in a ZIP that is the same for the same parts.

python-docx keeps the parts and their relationships; the ZIP is written here, since the library
dates its members by the clock.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.package import OpcPackage
from docx.opc.packuri import CONTENT_TYPES_URI, PACKAGE_URI, PackURI
from docx.opc.part import Part
from lxml import etree

from reportgen.rendering.wordprocessing.elements import serialized

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element

_EFFORT: Final = 6
"""Of the compression: more would take four times as long for a hundredth of the size."""
_PACKED: Final = (".png", ".jpeg")
_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The date of every member: the earliest that a ZIP can say."""

KINDS: Final = {
    "document": (CONTENT_TYPE.WML_DOCUMENT_MAIN, RELATIONSHIP_TYPE.OFFICE_DOCUMENT),
    "styles": (CONTENT_TYPE.WML_STYLES, RELATIONSHIP_TYPE.STYLES),
    "settings": (CONTENT_TYPE.WML_SETTINGS, RELATIONSHIP_TYPE.SETTINGS),
    "numbering": (CONTENT_TYPE.WML_NUMBERING, RELATIONSHIP_TYPE.NUMBERING),
    "footnotes": (CONTENT_TYPE.WML_FOOTNOTES, RELATIONSHIP_TYPE.FOOTNOTES),
    "footer": (CONTENT_TYPE.WML_FOOTER, RELATIONSHIP_TYPE.FOOTER),
    "header": (CONTENT_TYPE.WML_HEADER, RELATIONSHIP_TYPE.HEADER),
    "fontTable": (CONTENT_TYPE.WML_FONT_TABLE, RELATIONSHIP_TYPE.FONT_TABLE),
    "core": (CONTENT_TYPE.OPC_CORE_PROPERTIES, RELATIONSHIP_TYPE.CORE_PROPERTIES),
    "font": (
        "application/vnd.openxmlformats-officedocument.obfuscatedFont",
        RELATIONSHIP_TYPE.FONT,
    ),
    "png": (CONTENT_TYPE.PNG, RELATIONSHIP_TYPE.IMAGE),
    "jpeg": (CONTENT_TYPE.JPEG, RELATIONSHIP_TYPE.IMAGE),
    "svg": ("image/svg+xml", RELATIONSHIP_TYPE.IMAGE),
}
"""Content type and relationship of every kind of part that a letter has."""


class Tree(Part):
    """A part that is XML, written when the package is."""

    def __init__(self, name: str, kind: str, tree: _Element) -> None:
        """Make the part; `name` is its path in the package: `/word/document.xml`."""
        super().__init__(PackURI(name), KINDS[kind][0])
        self.root = tree

    @property
    def blob(self) -> bytes:
        """The part's bytes."""
        return serialized(self.root)


class Package:
    """A package under construction."""

    def __init__(self) -> None:
        """Begin an empty one."""
        self._package = OpcPackage()

    def tree(self, name: str, kind: str, content: _Element, *, of: Tree | None = None) -> Tree:
        """Add a part that is XML, related to `of` or to the package; return it."""
        part = Tree(name, kind, content)
        self._relate(part, kind, of)
        return part

    def related(self, name: str, kind: str, content: _Element, *, of: Tree) -> str:
        """Add a part that is XML, related to `of`; return the id of the relationship."""
        return self._relate(Tree(name, kind, content), kind, of)

    def binary(self, name: str, kind: str, content: bytes, *, of: Tree) -> str:
        """Add a part that is bytes, related to `of`; return the id of the relationship."""
        part = Part(PackURI(name), KINDS[kind][0], content)
        return self._relate(part, kind, of)

    def _relate(self, part: Part, kind: str, of: Tree | None) -> str:
        return (of or self._package).relate_to(part, KINDS[kind][1])

    def content(self) -> bytes:
        """Return the file: the same bytes for the same parts added in the same order."""
        buffer = BytesIO()
        with ZipFile(buffer, "w") as file:
            for name, content in self._members():
                member = ZipInfo(name.lstrip("/"), _EPOCH)
                packed_already = name.endswith(_PACKED)
                member.compress_type = ZIP_STORED if packed_already else ZIP_DEFLATED
                member.create_system = 0  # not the machine's own
                file.writestr(member, content, compresslevel=_EFFORT)
        return buffer.getvalue()

    def _members(self) -> Iterator[tuple[str, str | bytes]]:
        parts: list[Part] = list(self._package.iter_parts())
        yield CONTENT_TYPES_URI, serialized(_content_types(parts))
        yield PACKAGE_URI.rels_uri, self._package.rels.xml
        for part in parts:
            yield part.partname, part.blob
            if part.rels:
                yield part.partname.rels_uri, part.rels.xml


def _content_types(parts: Iterable[Part]) -> _Element:
    """Return what says of each part what it is (ECMA-376 Part 2, 10.1.2.2).

    Its namespace has no prefix, since LibreOffice knows none here.
    """
    types = etree.Element(f"{{{_TYPES}}}Types", nsmap={None: _TYPES})
    relationships = {"Extension": "rels", "ContentType": CONTENT_TYPE.OPC_RELATIONSHIPS}
    etree.SubElement(types, f"{{{_TYPES}}}Default", relationships)
    for part in parts:
        given = {"PartName": str(part.partname), "ContentType": part.content_type}
        etree.SubElement(types, f"{{{_TYPES}}}Override", given)
    return types


def linked(part: Tree, address: str) -> str:
    """Return the id of the part's relationship to a web address."""
    return part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
