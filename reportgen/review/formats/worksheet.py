"""Reading a workbook that came back: the cells of one sheet, bounded, nothing carried out.

An XLSX file is a zip of XML parts (ISO/IEC 29500-1, 18). Four parts are read and no other: which
sheets there are, where they are, their shared texts, and one sheet. Each is read to a bound however
small it was packed; a document type declaration, which alone could define entities, is refused.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Final
from xml.parsers import expat

from reportgen.review.formats.cells import (
    MOST_COLUMNS,
    MOST_ROWS,
    Cell,
    Line,
    UnreadableError,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LIMIT: Final = 32 * 1024 * 1024
"""How many bytes a workbook may have, and each of its parts when it is unpacked."""
_MOST_PARTS: Final = 4_096
_BOOK: Final = "xl/workbook.xml"
_REFERENCE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_ESCAPE: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")


def read(content: bytes, sheet: str) -> tuple[Line, ...]:
    """Return the rows of a sheet, or of the first one when none is called so.

    Raises:
        UnreadableError: When the bytes are no workbook, or one beyond all bounds.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            return _Book(package).lines(sheet)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise UnreadableError(f"this is no XLSX file, or a damaged one ({error})") from None
    except (RuntimeError, ValueError) as error:  # zipfile's words for what is encrypted
        raise UnreadableError(f"this XLSX file cannot be opened ({error})") from None
    except expat.ExpatError as error:
        raise UnreadableError(f"the XML in this XLSX file is broken ({error})") from None


@dataclass(frozen=True, slots=True)
class _Book:
    """A workbook that is open."""

    package: zipfile.ZipFile

    def lines(self, sheet: str) -> tuple[Line, ...]:
        if len(self.package.infolist()) > _MOST_PARTS:
            raise UnreadableError(f"this XLSX file has more than {_MOST_PARTS} parts")
        sheets = _Sheets()
        self._parse(_BOOK, sheets.start)
        links = _Links()
        self._parse("xl/_rels/workbook.xml.rels", links.start)
        if not sheets.found:
            raise UnreadableError("this XLSX file has no sheet")
        relation = sheets.found.get(sheet, next(iter(sheets.found.values())))
        target = links.found.get(relation, "")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        texts = _Texts()
        for shared in (each for each in links.found.values() if each.endswith("sharedStrings.xml")):
            name = shared.lstrip("/") if shared.startswith("/") else f"xl/{shared}"
            self._parse(name, texts.start, texts.end, texts.text)
        rows = _Rows(texts.found)
        self._parse(path, rows.start, rows.end, rows.text)
        return tuple(rows.found)

    def _parse(
        self,
        name: str,
        start: Callable[[str, Mapping[str, str]], None],
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> None:
        try:
            with self.package.open(name) as part:
                content = part.read(LIMIT + 1)
        except KeyError:
            raise UnreadableError(f"this XLSX file lacks its part {name[:80]}") from None
        if len(content) > LIMIT:
            raise UnreadableError(f"a part of this XLSX file is larger than {LIMIT >> 20} MiB")
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = lambda tag, attributes: start(_local(tag), attributes)
        if end is not None:
            parser.EndElementHandler = lambda tag: end(_local(tag))
        if text is not None:
            parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = _refuse_declaration
        parser.Parse(content, True)


def _refuse_declaration(*_: object) -> None:
    raise UnreadableError("the XML in this XLSX file declares a document type")


def _local(tag: str) -> str:
    return tag.rpartition(" ")[2]


@dataclass(slots=True)
class _Sheets:
    """The sheets of a workbook: the relation that leads to each, by its name."""

    found: dict[str, str] = field(default_factory=dict)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "sheet":
            relation = next((v for k, v in attributes.items() if k.endswith(" id")), "")
            self.found.setdefault(attributes.get("name", ""), relation)


@dataclass(slots=True)
class _Links:
    """The parts of a workbook by their relations."""

    found: dict[str, str] = field(default_factory=dict)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "Relationship":
            self.found[attributes.get("Id", "")] = attributes.get("Target", "")


@dataclass(slots=True)
class _Texts:
    """The shared texts of a workbook, in order; what is only how to pronounce them is left out."""

    found: list[str] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _in_text: bool = False
    _aside: bool = False

    def start(self, tag: str, _: Mapping[str, str]) -> None:
        if tag == "si":
            self._parts = []
        self._aside = self._aside or tag == "rPh"
        self._in_text = tag == "t" and not self._aside

    def end(self, tag: str) -> None:
        if tag == "si":
            self.found.append(_unescaped("".join(self._parts)))
        elif tag == "rPh":
            self._aside = False
        self._in_text = False

    def text(self, data: str) -> None:
        if self._in_text:
            self._parts.append(data)


@dataclass(slots=True)
class _Rows:
    """The rows of a sheet."""

    texts: list[str]
    found: list[Line] = field(default_factory=list)
    _row: int = 0
    _column: int = -1
    _kind: str = ""
    _formula: bool = False
    _parts: list[str] = field(default_factory=list)
    _reading: bool = False
    _aside: bool = False
    _line: Line | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "row":
            given = attributes.get("r", "")
            self._row = int(given) if given.isdecimal() and len(given) < 8 else self._row + 1
            self._column = -1
            self._line = Line(self._row, {})
            if len(self.found) >= MOST_ROWS:
                raise UnreadableError(f"the sheet has more than {MOST_ROWS:,} rows")
        elif tag == "c":
            self._column = _column(attributes.get("r", ""), self._column + 1)
            self._kind = attributes.get("t", "n")
            self._formula, self._parts = False, []
        elif tag == "f":
            self._formula = True
        self._aside = self._aside or tag == "rPh"
        self._reading = tag in {"v", "t"} and not self._aside

    def end(self, tag: str) -> None:
        self._reading = False
        self._aside = self._aside and tag != "rPh"
        if self._line is None:
            return
        if tag == "c":
            text = self._value("".join(self._parts))
            if (text or self._formula) and self._column < MOST_COLUMNS:
                self._line.cells[self._column] = Cell(text, self._formula)
        elif tag == "row":
            if self._line.cells:
                self.found.append(self._line)
            self._line = None

    def text(self, data: str) -> None:
        if self._reading:
            self._parts.append(data)

    def _value(self, text: str) -> str:
        if self._kind == "s":
            known = text.isdecimal() and len(text) < 10 and int(text) < len(self.texts)
            return self.texts[int(text)] if known else ""
        return _unescaped(text) if self._kind in {"str", "inlineStr"} else text


def _column(reference: str, following: int) -> int:
    """Return the number of the column, from 0, that "C7" names."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return following
    number = 0
    for letter in match[1]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _unescaped(text: str) -> str:
    """Return a text with what XML cannot hold put back: `_x000D_` (ISO/IEC 29500-1, 22.9.2.19)."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
