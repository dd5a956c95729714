"""The words of a letter, as a draft has them, as a DOCX has them, and as an ODT has them.

All three come in one form, so that they can be compared: the paragraphs in the order of reading,
each on one line, `[^3]` where note 3 is called; and the notes.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from reportgen.letters.markup import BLOCK_TAGS, Element
from reportgen.rendering.wordprocessing.elements import qualified

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportgen.letters.draft import Draft

Node = Element | str


@dataclass(frozen=True)
class Words:
    """What a letter says.

    Attributes:
        paragraphs: Its paragraphs, cells and lines of addresses, in the order of reading.
        notes: Its footnotes, from the first.
    """

    paragraphs: tuple[str, ...]
    notes: tuple[str, ...]


def _line(text: str) -> str:
    return " ".join(text.split())


def _told(paragraphs: Iterable[str]) -> tuple[str, ...]:
    return tuple(line for text in paragraphs if (line := _line(text)))


# --- a draft ------------------------------------------------------------------------------------


def of_draft(draft: Draft) -> Words:
    notes = [node for node in draft.document.walk() if node.tag == "aside"]
    return Words(_told(_blocks((draft.document,))), _told(_text(note.children) for note in notes))


def _blocks(nodes: Iterable[Node]) -> Iterator[str]:
    inline: list[Node] = []
    for node in nodes:
        if isinstance(node, Element) and node.tag in BLOCK_TAGS:
            yield _text(inline)
            inline.clear()
            if node.tag == "address":
                yield from _text(node.children).split("\n")
            else:
                yield from _blocks(node.children)
        else:
            inline.append(node)
    yield _text(inline)


def _text(nodes: Iterable[Node]) -> str:
    parts: list[str] = []
    for node in nodes:
        if isinstance(node, str):
            parts.append(" ".join(node.split("\n")))
        elif node.tag == "br":
            parts.append("\n")
        elif node.tag == "aside":
            parts.append(f"[^{node.get('value')}]")
        elif node.tag == "q":
            parts += ("“", _text(node.children), "”")
        else:
            parts.append(_text(node.children))
    return "".join(parts)


# --- a DOCX -------------------------------------------------------------------------------------


def parts(content: bytes) -> dict[str, bytes]:
    """The parts of a package by their names."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def tree(content: bytes, part: str) -> etree._Element:
    """A part of a package, such as `word/document.xml`."""
    return etree.fromstring(parts(content)[part])


def of_docx(content: bytes) -> Words:
    notes = tree(content, "word/footnotes.xml").iter(qualified("w:footnote"))
    return Words(
        _told(_paragraphs(tree(content, "word/document.xml"))),
        _told(" ".join(_paragraphs(note)) for note in notes),
    )


def _paragraphs(root: etree._Element) -> Iterator[str]:
    for paragraph in root.iter(qualified("w:p")):
        yield "".join(map(_piece, paragraph.iter()))


def _piece(node: etree._Element) -> str:
    match etree.QName(node).localname:
        case "t":
            return node.text or ""
        case "tab" | "br":
            return " "
        case "footnoteReference":
            return f"[^{node.get(qualified('w:id'))}]"
        case _:
            return ""


# --- an ODT -------------------------------------------------------------------------------------

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def of_odt(content: bytes) -> Words:
    body = tree(content, "content.xml")
    citations = [note.findtext(f"{_TEXT}note-citation") for note in body.iter(f"{_TEXT}note")]
    assert citations == [str(number) for number in range(1, len(citations) + 1)]
    notes = [" ".join(_odt_paragraphs(note)) for note in body.iter(f"{_TEXT}note-body")]
    for note in list(body.iter(f"{_TEXT}note")):
        body_of_note = note.find(f"{_TEXT}note-body")
        assert body_of_note is not None
        note.remove(body_of_note)
    return Words(_told(_odt_paragraphs(body)), _told(notes))


def _odt_paragraphs(root: etree._Element) -> Iterator[str]:
    for paragraph in root.iter(f"{_TEXT}p", f"{_TEXT}h"):
        yield _odt_text(paragraph)


def _odt_text(node: etree._Element) -> str:
    match str(node.tag).removeprefix(_TEXT):
        case "s":
            return " " * int(node.get(f"{_TEXT}c") or 1)
        case "tab" | "line-break":
            return " "
        case "note":
            return f"[^{node.findtext(f'{_TEXT}note-citation')}]"
        case _:
            # The words of the page are in elements of this kind; a drawing's title is not.
            spoken = node.text or "" if str(node.tag).startswith(_TEXT) else ""
            return spoken + "".join(_odt_text(child) + (child.tail or "") for child in node)
