"""A Word file read for its words: what was put in, taken out and remarked on, by whom and when.

The file comes from outside and may be anything. It is unpacked within bounds, its XML is read
without document types, entities or depth beyond reason, and nothing in it is followed. Paragraphs,
tables, footnotes, heads and feet are read; drawings and their text boxes are not.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from reportgen.problems.model import Place, Problem
from reportgen.review.model import Remark
from reportgen.review.returned.package import Package, UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from xml.etree.ElementTree import Element

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHANGES: Final = {
    f"{W}ins": "ins",
    f"{W}moveTo": "ins",
    f"{W}del": "del",
    f"{W}moveFrom": "del",
    f"{W}cellIns": "ins",
    f"{W}cellDel": "del",
}
_SIGNS: Final = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_PASSED_OVER: Final = frozenset(
    f"{W}{name}"
    for name in ("pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "instrText", "object")
) | {f"{W}drawing", f"{W}pict"}
_DRAWN: Final = frozenset({f"{W}drawing", f"{W}pict", f"{W}object"})
PICTURE: Final = "\N{OBJECT REPLACEMENT CHARACTER}"
_PAGE: Final = "PAGE"
"""In the code of fields that number pages, or count them."""
_NOTES: Final = "word/footnotes.xml"
_BODY: Final = "word/document.xml"
_COMMENTS: Final = "word/comments.xml"


@dataclass(frozen=True, slots=True)
class Mark:
    """A tracked change: what was done, by whom, and when as the file says it."""

    kind: str
    author: str
    when: str


@dataclass(frozen=True, slots=True)
class Bit:
    """A stretch of text to which the same things were done.

    Attributes:
        text: The characters; a picture is one.
        marks: The changes that it stands in, from the outermost.
        facts: The facts whose bookmarks it stands in: `f-7`.
        comments: The ids of the comments on it.
        note: The id of the footnote that is called here, whose text is empty.
    """

    text: str
    marks: tuple[Mark, ...]
    facts: tuple[str, ...]
    comments: tuple[str, ...]
    note: str | None = None

    def stands(self, *, accepted: bool) -> bool:
        """Whether it is there when all changes are accepted, or when all are rejected."""
        return all(mark.kind != ("del" if accepted else "ins") for mark in self.marks)


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, or a cell of a table.

    Attributes:
        bits: What stands in it.
        end: The change of its end: where it is put in, one paragraph became two. None for the last
            of a cell, whose end cannot go.
        row: The number of its table and of its row in it, from 1; None outside of tables.
        gone: The changes of its row, and of its cell.
    """

    bits: tuple[Bit, ...]
    end: Mark | None = None
    row: tuple[int, int] | None = None
    gone: tuple[Mark, ...] = ()

    @property
    def text(self) -> str:
        """All its characters, whatever was done to them."""
        return "".join(bit.text for bit in self.bits)


@dataclass(frozen=True, slots=True)
class WordFile:
    """What a Word file says.

    Attributes:
        body: The paragraphs of its text.
        notes: Those of its footnotes, by their ids.
        heads: Those at the heads and feet of its pages.
        remarks: The comments on it.
    """

    body: tuple[Line, ...]
    notes: dict[str, tuple[Line, ...]]
    heads: tuple[Line, ...]
    remarks: tuple[Remark, ...]

    def lines(self, *, accepted: bool) -> tuple[Line, ...]:
        """Return the text as it is when all changes are accepted, or when all are rejected.

        Footnotes follow in the order of their calls. What says nothing is left out; rows are
        numbered as they are left.
        """
        body = tuple(_side(self.body, accepted=accepted))
        called = [bit.note for line in body for bit in line.bits if bit.note is not None]
        notes = (
            line for name in called for line in _side(self.notes.get(name, ()), accepted=accepted)
        )
        return tuple(line for line in (*_renumbered(body), *notes) if line.text.strip())

    def running(self, *, accepted: bool) -> tuple[Line, ...]:
        """Return the heads and feet of pages in the same way."""
        return tuple(line for line in _side(self.heads, accepted=accepted) if line.text.strip())


def _renumbered(lines: Iterable[Line]) -> Iterator[Line]:
    tables: dict[int, dict[int, int]] = {}
    for line in lines:
        if line.row is not None:
            table, row = line.row
            rows = tables.setdefault(table, {})
            numbers = list(tables).index(table) + 1, rows.setdefault(row, len(rows) + 1)
            yield replace(line, row=numbers)
        else:
            yield line


def _side(lines: tuple[Line, ...], *, accepted: bool) -> Iterator[Line]:
    waiting: tuple[Bit, ...] = ()
    dropped = "del" if accepted else "ins"
    for line in lines:
        if any(mark.kind == dropped for mark in line.gone):
            continue
        bits = tuple(bit for bit in line.bits if bit.stands(accepted=accepted))
        if line.end is not None and line.end.kind == dropped:
            waiting += bits
            continue
        yield replace(line, bits=(*waiting, *bits), end=None)
        waiting = ()
    if waiting:
        yield Line(waiting)


def read(content: bytes, shown_as: str) -> tuple[WordFile | None, tuple[Problem, ...]]:
    """Read a Word file.

    Args:
        content: The bytes of the file.
        shown_as: What problems call it.

    Returns:
        What it says and no problem, or None and one problem, `word-file-unreadable`.
    """
    try:
        package = Package(content)
        comments = dict(_comments(package))
        body = _Reader().lines(package.part(_BODY))
        notes = {}
        if package.has(_NOTES):
            reader = _Reader()
            for note in package.part(_NOTES):
                if note.get(f"{W}type", "normal") == "normal":
                    notes[note.get(f"{W}id", "")] = reader.lines(note)
        names = sorted(n for n in package.names if n.startswith(("word/header", "word/footer")))
        heads = tuple(line for name in names for line in _Reader().lines(package.part(name)))
        every = (*body, *(line for lines in notes.values() for line in lines), *heads)
        remarks = tuple(_remark(name, said, every) for name, said in comments.items())
        return WordFile(body, notes, heads, remarks), ()
    except UnreadableError as error:
        place = Place(shown_as)
        return None, (Problem("word-file-unreadable", str(error), place, error.help),)


def _comments(package: Package) -> Iterator[tuple[str, Element]]:
    if package.has(_COMMENTS):
        for comment in package.part(_COMMENTS):
            yield comment.get(f"{W}id", ""), comment


def _remark(name: str, said: Element, lines: tuple[Line, ...]) -> Remark:
    text = "\n".join(line.text for line in _Reader().lines(said)).strip()
    author, when = said.get(f"{W}author", ""), said.get(f"{W}date", "")
    marked = [(line, [name in bit.comments for bit in line.bits]) for line in lines]
    marked = [(line, on) for line, on in marked if any(on)]
    if not marked:
        return Remark(name, author, when, text, "")
    about = " ".join(
        "".join(bit.text for bit, is_on in zip(line.bits, on, strict=True) if is_on)
        for line, on in marked
    )
    (first, starts), (last, ends) = marked[0], marked[-1]
    begin, end = starts.index(True), len(ends) - ends[::-1].index(True)
    before, after = _sent(first.bits[:begin]), _sent(last.bits[end:])
    return Remark(name, author, when, text, " ".join(about.split()), before, after)


def _sent(bits: Iterable[Bit]) -> str:
    """Return what stood there before tracked changes."""
    return "".join(bit.text for bit in bits if bit.stands(accepted=False))


@dataclass(slots=True)
class _Reader:
    """Reads the lines of one part, in which bookmarks and comments may span several."""

    _facts: dict[str, str] = field(default_factory=dict)
    _comments: dict[str, None] = field(default_factory=dict)
    _tables: int = 0
    _fields: list[str] = field(default_factory=list)

    def lines(self, part: Element) -> tuple[Line, ...]:
        """Return the paragraphs of a part, or of anything that holds some."""
        return tuple(self._blocks(part, None, (), ()))

    def _blocks(
        self,
        holder: Element,
        row: tuple[int, int] | None,
        gone: tuple[Mark, ...],
        marks: tuple[Mark, ...],
    ) -> Iterator[Line]:
        for node in holder:
            if node.tag == f"{W}p":
                bits = tuple(self._bits(node, marks))
                yield Line(bits, _end(node), row, gone)
            elif node.tag == f"{W}tbl":
                self._tables += 1
                table = self._tables
                for number, each in enumerate(node.iterfind(f"{W}tr"), start=1):
                    changed = tuple(_marks_in(each.find(f"{W}trPr")))
                    yield from self._blocks(each, (table, number), (*gone, *changed), marks)
            elif node.tag == f"{W}tc":
                # The end of a cell is not that of a paragraph: it goes with its row or column.
                changed = tuple(_marks_in(node.find(f"{W}tcPr")))
                lines = list(self._blocks(node, row, (*gone, *changed), marks))
                lines[-1:] = (replace(each, end=None) for each in lines[-1:])
                yield from lines
            elif node.tag not in _PASSED_OVER:
                self._note_range(node)
                inside = (*marks, _mark(node)) if node.tag in _CHANGES else marks
                yield from self._blocks(node, row, gone, inside)

    def _bits(self, holder: Element, marks: tuple[Mark, ...]) -> Iterator[Bit]:
        for node in holder:
            text = _written(node)
            if text is not None:
                if not any(_PAGE in code for code in self._fields):
                    yield self._bit(text, marks)
            elif node.tag == f"{W}footnoteReference":
                yield replace(self._bit("", marks), note=node.get(f"{W}id", ""))
            elif node.tag == f"{W}commentReference":
                # A comment on no words stands at a place all the same.
                yield replace(self._bit("", marks), comments=(node.get(f"{W}id", ""),))
            elif node.tag == f"{W}instrText" and self._fields:
                self._fields[-1] += node.text or ""
            elif node.tag == f"{W}fldChar":
                self._field(node.get(f"{W}fldCharType", ""))
            elif node.tag not in _PASSED_OVER and _PAGE not in node.get(f"{W}instr", ""):
                self._note_range(node)
                inside = (*marks, _mark(node)) if node.tag in _CHANGES else marks
                yield from self._bits(node, inside)

    def _field(self, kind: str) -> None:
        """Follow the fields, of which the numbers of pages are what a printer makes of them."""
        if kind == "begin":
            self._fields.append("")
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _bit(self, text: str, marks: tuple[Mark, ...]) -> Bit:
        return Bit(text, marks, tuple(self._facts.values()), tuple(self._comments))

    def _note_range(self, node: Element) -> None:
        """Remember which bookmarks of facts, and which comments, have begun and not ended."""
        name = node.get(f"{W}id", "")
        match node.tag.removeprefix(W):
            case "bookmarkStart":
                bookmark = node.get(f"{W}name", "")
                if bookmark.startswith("f_") and bookmark[2:].isdecimal():
                    self._facts[name] = f"f-{bookmark[2:]}"
            case "bookmarkEnd":
                self._facts.pop(name, None)
            case "commentRangeStart":
                self._comments[name] = None
            case "commentRangeEnd":
                self._comments.pop(name, None)


def _written(node: Element) -> str | None:
    """Return the characters that an element is; None for one that is none."""
    if node.tag in {f"{W}t", f"{W}delText"}:
        return node.text or ""
    return PICTURE if node.tag in _DRAWN else _SIGNS.get(node.tag)


def _mark(node: Element) -> Mark:
    return Mark(_CHANGES[node.tag], node.get(f"{W}author", ""), node.get(f"{W}date", ""))


def _marks_in(properties: Element | None) -> Iterator[Mark]:
    for node in () if properties is None else properties:
        if node.tag in _CHANGES:
            yield _mark(node)


def _end(paragraph: Element) -> Mark | None:
    return next(_marks_in(paragraph.find(f"{W}pPr/{W}rPr")), None)
