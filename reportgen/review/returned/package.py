"""The package that a Word file is: a ZIP with XML in it, opened with suspicion.

How much is unpacked is bounded before and while it is, so that a small file cannot become a large
one. A document type, and with it every entity, is refused.
"""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET
from zipfile import BadZipFile, ZipFile

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAX_FILE: Final = 64 * 1024 * 1024
MAX_PART: Final = 48 * 1024 * 1024
MAX_PARTS: Final = 2_000
MAX_RATIO: Final = 250
"""How many times its size a part may have when unpacked: WordprocessingML has some 30."""
_SMALL: Final = 1024 * 1024
"""Parts below this size may be packed as well as they like."""
MAX_DEPTH: Final = 200
MAX_ELEMENTS: Final = 2_000_000


class UnreadableError(Exception):
    """Why a file is not read."""

    def __init__(
        self, message: str, help_: str = "save it as a Word document (.docx) again"
    ) -> None:
        """Give the reason, and what to do about it."""
        super().__init__(message)
        self.help = help_


class Package:
    """A package, opened.

    Attributes:
        names: The names of its parts: `word/document.xml`.
    """

    def __init__(self, content: bytes) -> None:
        """Open it.

        Raises:
            UnreadableError: When this is no Word file, or larger than any letter.
        """
        if len(content) > MAX_FILE:
            raise UnreadableError(f"the file is larger than {MAX_FILE >> 20} MiB")
        try:
            self._file = ZipFile(BytesIO(content))
        except (BadZipFile, ValueError, NotImplementedError, OSError):
            raise UnreadableError("this is no Word document: it is no package") from None
        self.names = frozenset(self._file.namelist())
        if len(self._file.infolist()) > MAX_PARTS:
            raise UnreadableError(f"the package has more than {MAX_PARTS:,} parts")
        if len(self._file.infolist()) > len(self.names):
            raise UnreadableError("the package has two parts of one name")
        if "word/document.xml" not in self.names:
            raise UnreadableError("this is no Word document: the package has no text")

    def has(self, name: str) -> bool:
        """Whether there is a part of that name."""
        return name in self.names

    def part(self, name: str) -> Element:
        """Return the root of a part.

        Raises:
            UnreadableError: When it is too large, damaged, or has what no Word document has.
        """
        info = self._file.getinfo(name)
        packed = max(info.compress_size, 1)
        if info.file_size > MAX_PART or info.file_size > max(_SMALL, packed * MAX_RATIO):
            raise UnreadableError(f"“{name}” would be far larger than the file it is packed in")
        try:
            with self._file.open(info) as stream:
                content = stream.read(MAX_PART + 1)
        except (BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError):
            raise UnreadableError(f"“{name}” is damaged, or locked with a password") from None
        if len(content) > MAX_PART:
            raise UnreadableError(f"“{name}” is larger than {MAX_PART >> 20} MiB")
        return _parsed(content, name)


class _Builder(ET.TreeBuilder):
    """Builds a tree that is neither too deep nor too large."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._depth = self._count = 0

    def start(self, tag: str, attrs: dict[str, str]) -> Element:
        self._depth += 1
        self._count += 1
        if self._depth > MAX_DEPTH or self._count > MAX_ELEMENTS:
            raise UnreadableError(f"“{self._name}” is nested too deep, or has too many elements")
        return super().start(tag, attrs)

    def end(self, tag: str) -> Element:
        self._depth -= 1
        return super().end(tag)

    def doctype(self, name: str, *_: str | None) -> None:
        raise UnreadableError(f"“{self._name}” declares a document type, {name[:40]!r}")


def _parsed(content: bytes, name: str) -> Element:
    # Entities need a document type, which the builder refuses before any is expanded.
    parser = ET.XMLParser(target=_Builder(name))  # noqa: S314
    try:
        parser.feed(content)
        return parser.close()
    except ET.ParseError as error:
        raise UnreadableError(f"“{name}” is no XML: {error}") from None
    except (LookupError, ValueError):
        raise UnreadableError(f"“{name}” is in an encoding that is not read") from None
