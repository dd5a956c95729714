"""Tracked changes of a Word file taken or left, as Word does it, by hands that are not the product's.

And how many words they touch. A change of any kind counts alike: what was moved is taken out in one
place and put in at another, whether its author calls that a move or not, and counts in both. A word
of which a part is touched is touched; a number with its unit and a date are one word, and so is the
call of a note. The words of a note come and go with its call, whether they are marked or not.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from lxml import etree

from reportgen.quantities.finding import find

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TOUCHED = "touched"

_WORD = re.compile(r"\w+(?:['’.,/&@:\u2010\u2011-]\w+)*")


def parts(content: bytes) -> dict[str, _Element]:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {
            name: etree.fromstring(file.read(name))
            for name in sorted(file.namelist())
            if re.fullmatch(r"word/(document|footnotes|header\d|footer\d)\.xml", name)
        }


def settled(root: _Element, *, accept: bool) -> _Element:
    """The part after "accept all" or "reject all"."""
    kept, gone = ("ins", "moveTo"), ("del", "moveFrom")
    if not accept:
        kept, gone = gone, kept
    _take_out_of_tables(root, gone, "cellDel" if accept else "cellIns")
    for node in _around_content(root, gone):
        _take_out(node)
    for node in _around_content(root, kept):
        holder = node.getparent()
        assert holder is not None
        at = holder.index(node)
        holder[at : at + 1] = list(node)
    for paragraph in list(root.iter(f"{W}p")):
        if any(paragraph.find(f"{W}pPr/{W}rPr/{W}{name}") is not None for name in gone):
            _join(paragraph)
    return root


def _take_out_of_tables(root: _Element, gone: tuple[str, str], gone_cell: str) -> None:
    """Take out the rows and the cells that are gone, and tables that have none left."""
    for row in list(root.iter(f"{W}tr")):
        if any(row.find(f"{W}trPr/{W}{name}") is not None for name in gone):
            _take_out(row)
    for cell in list(root.iter(f"{W}tc")):
        if cell.find(f"{W}tcPr/{W}{gone_cell}") is not None:
            _take_out(cell)
    for table in list(root.iter(f"{W}tbl")):
        if table.find(f"{W}tr") is None:
            _take_out(table)


def _around_content(root: _Element, names: tuple[str, str]) -> list[_Element]:
    """The marks that stand around content, and not in the properties of something."""
    properties = {f"{W}rPr", f"{W}trPr", f"{W}tcPr"}
    found = root.iter(*(f"{W}{name}" for name in names))
    return [node for node in found if (up := node.getparent()) is None or up.tag not in properties]


def _take_out(node: _Element) -> None:
    holder = node.getparent()
    assert holder is not None
    holder.remove(node)


def _join(paragraph: _Element) -> None:
    """Let a paragraph run into the next, as when its end is deleted."""
    following = paragraph.getnext()
    content = [node for node in paragraph if node.tag != f"{W}pPr"]
    holder = paragraph.getparent()
    assert holder is not None
    if following is not None and following.tag == f"{W}p":
        at = 1 if following.find(f"{W}pPr") is not None else 0
        following[at:at] = content
        holder.remove(paragraph)
    elif not any(node.iter(f"{W}r") for node in content):
        holder.remove(paragraph)


def said(root: _Element) -> Iterator[str]:
    """The paragraphs of a part, and where tables, rows and cells begin."""
    for node in root.iter(f"{W}p", f"{W}tbl", f"{W}tr", f"{W}tc"):
        if node.tag != f"{W}p":
            yield str(node.tag)
            continue
        text = "".join(
            {f"{W}tab": "\t", f"{W}br": "\n", f"{W}drawing": "[drawing]"}.get(
                str(each.tag), "[note]" if each.tag == f"{W}footnoteReference" else each.text or ""
            )
            for each in node.iter(
                f"{W}t", f"{W}delText", f"{W}tab", f"{W}br", f"{W}drawing", f"{W}footnoteReference"
            )
            if each.getparent() is not None and each.getparent().tag == f"{W}r"  # type: ignore[union-attr]
        )
        if text.strip():
            yield " ".join(text.split())


def called(body: _Element, notes: _Element) -> list[str]:
    """The texts of the notes that are called, in the order of their calls."""
    by_id = {node.get(f"{W}id"): node for node in notes}
    references = body.iter(f"{W}footnoteReference")
    return [" ".join(said(by_id[each.get(f"{W}id")])) for each in references]


def whole(content: bytes, *, accept: bool) -> dict[str, list[str]]:
    settled_parts = {name: settled(root, accept=accept) for name, root in parts(content).items()}
    notes = settled_parts.pop("word/footnotes.xml")
    made = {name: list(said(root)) for name, root in settled_parts.items()}
    return {**made, "notes": called(settled_parts["word/document.xml"], notes)}


# --- how many words -------------------------------------------------------------------------------


def touched(content: bytes) -> int:
    """How many words are put in, and how many are taken out, in all parts together."""
    return sum(_touched(content, accept=accept) for accept in (True, False))


def _touched(content: bytes, *, accept: bool) -> int:
    names = ("ins", "moveTo") if accept else ("del", "moveFrom")
    found = {}
    for name, root in parts(content).items():
        for node in root.iter(f"{W}t", f"{W}delText", f"{W}footnoteReference"):
            if any(_is_changed(up, names) for up in node.iterancestors()):
                node.set(_TOUCHED, "1")
        found[name] = settled(root, accept=accept)
    notes = {node.get(f"{W}id"): node for node in found.pop("word/footnotes.xml")}
    for call in found["word/document.xml"].iter(f"{W}footnoteReference"):
        note = notes[call.get(f"{W}id")]
        if call.get(_TOUCHED):
            for text in note.iter(f"{W}t", f"{W}delText"):
                text.set(_TOUCHED, "1")
        found[f"note {call.get(f'{W}id')}"] = note
    return sum(map(_words, found.values()))


def _is_changed(node: _Element, names: tuple[str, str]) -> bool:
    if node.tag == f"{W}tc":
        name = "cellIns" if "ins" in names else "cellDel"
        return node.find(f"{W}tcPr/{W}{name}") is not None
    if node.tag == f"{W}tr":
        return any(node.find(f"{W}trPr/{W}{name}") is not None for name in names)
    return node.tag in {f"{W}{name}" for name in names}


def _words(root: _Element) -> int:
    """How many words below have a touched character."""
    count = 0
    for paragraph in root.iter(f"{W}p"):
        text, marks = "", ""
        for node in paragraph.iter(
            f"{W}t", f"{W}delText", f"{W}tab", f"{W}br", f"{W}footnoteReference"
        ):
            if node.tag == f"{W}footnoteReference":
                count += node.get(_TOUCHED) is not None
            said = node.text or "" if node.tag in {f"{W}t", f"{W}delText"} else " "
            text += said
            marks += ("1" if node.get(_TOUCHED) else "0") * len(said)
        spans = [(number.start, number.end) for number in find(text)]
        blank = text
        for start, end in spans:
            blank = blank[:start] + " " * (end - start) + blank[end:]
        spans += (match.span() for match in _WORD.finditer(blank))
        count += sum("1" in marks[start:end] for start, end in spans)
    return count
