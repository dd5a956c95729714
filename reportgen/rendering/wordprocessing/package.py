"""The file: parts that belong together, in a ZIP that is the same for the same parts.

python-docx keeps parts, relationships and content types; the ZIP is written here, since the
library dates its members by the clock.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.package import OpcPackage
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from reportgen.rendering.wordprocessing.elements import serialized

if TYPE_CHECKING:
    from lxml.etree import _Element

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

    def __init__(self, name: str, kind: str, root: _Element) -> None:
        """Make the part; `name` is its path in the package: `/word/document.xml`."""
        super().__init__(PackURI(name), KINDS[kind][0])
        self.root = root

    @property
    def blob(self) -> bytes:
        """The part's bytes."""
        return serialized(self.root)


class Package:
    """A package under construction."""

    def __init__(self) -> None:
        """Begin an empty one."""
        self._package = OpcPackage()

    def tree(self, name: str, kind: str, root: _Element, *, of: Tree | None = None) -> Tree:
        """Add a part that is XML, related to `of` or to the package; return it."""
        part = Tree(name, kind, root)
        self._relate(part, kind, of)
        return part

    def related(self, name: str, kind: str, root: _Element, *, of: Tree) -> str:
        """Add a part that is XML, related to `of`; return the id of the relationship."""
        return self._relate(Tree(name, kind, root), kind, of)

    def binary(self, name: str, kind: str, content: bytes, *, of: Tree) -> str:
        """Add a part that is bytes, related to `of`; return the id of the relationship."""
        part = Part(PackURI(name), KINDS[kind][0], content)
        return self._relate(part, kind, of)

    def _relate(self, part: Part, kind: str, of: Tree | None) -> str:
        return (of or self._package).relate_to(part, KINDS[kind][1])

    def content(self) -> bytes:
        """Return the file: the same bytes for the same parts added in the same order."""
        loose = BytesIO()
        self._package.save(loose)
        packed = BytesIO()
        with (
            ZipFile(loose) as source,
            ZipFile(packed, "w", ZIP_DEFLATED, compresslevel=9) as target,
        ):
            for name in source.namelist():
                member = ZipInfo(name, _EPOCH)
                packed_already = name.endswith((".png", ".jpeg"))
                member.compress_type = ZIP_STORED if packed_already else ZIP_DEFLATED
                member.create_system = 0  # not the machine's own
                target.writestr(member, source.read(name))
        return packed.getvalue()


def linked(part: Tree, address: str) -> str:
    """Return the id of the part's relationship to a web address."""
    return part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
