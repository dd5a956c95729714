"""An editor of Word files, as far as tests need one: it changes runs as Word does."""

from __future__ import annotations

import io
import zipfile
from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element

URI = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{URI}}}"
BODY, NOTES = "word/document.xml", "word/footnotes.xml"
WHEN = "2026-06-12T10:00:00Z"


class Editor:
    """A Word file that is open in the hands of somebody."""

    def __init__(self, content: bytes, author: str = "Counsel Example") -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            self._parts = {name: file.read(name) for name in file.namelist()}
        self._trees: dict[str, _Element] = {}
        self._author = author
        self._number = 9000
        self._comments: list[tuple[str, str]] = []

    def tree(self, part: str) -> _Element:
        if part not in self._trees:
            self._trees[part] = etree.fromstring(self._parts[part])
        return self._trees[part]

    def replace(
        self, old: str, new: str, *, part: str = BODY, after: str = "", tracked: bool = True
    ) -> None:
        """Replace words of one run; a new text of nothing deletes them."""
        run, at = self._found(old, part, after)
        before, middle, behind = self._split(run, at, len(old))
        if not tracked:
            self._set(middle, new)
            return
        inserted = deepcopy(middle)
        for text in middle.iter(f"{W}t"):
            text.tag = f"{W}delText"
        self._around("del", middle)
        if new:
            self._set(inserted, new)
            behind.addprevious(inserted)
            self._around("ins", inserted)
        del before

    def insert(self, new: str, *, before: str, part: str = BODY, tracked: bool = True) -> None:
        run, at = self._found(before, part, "")
        _, middle, _ = self._split(run, at, len(before))
        added = deepcopy(middle)
        self._set(added, new)
        middle.addprevious(added)
        if tracked:
            self._around("ins", added)

    def comment(self, text: str, *, on: str, after: str = "") -> None:
        run, at = self._found(on, BODY, after)
        _, middle, _ = self._split(run, at, len(on))
        name = str(len(self._comments))
        self._comments.append((name, text))
        middle.addprevious(self._made("commentRangeStart", id=name))
        middle.addnext(self._made("commentRangeEnd", id=name))

    def saved(self) -> bytes:
        parts: dict[str, bytes] = dict(self._parts)
        parts.update({name: etree.tostring(tree) for name, tree in self._trees.items()})
        if self._comments:
            root = self._made("comments")
            for name, text in self._comments:
                comment = self._made("comment", id=name, author=self._author, date=WHEN)
                paragraph, run, words = map(self._made, ("p", "r", "t"))
                words.text = text
                run.append(words)
                paragraph.append(run)
                comment.append(paragraph)
                root.append(comment)
            parts["word/comments.xml"] = etree.tostring(root)
        return zipped(parts)

    # --- how ------------------------------------------------------------------------------------

    def _found(self, words: str, part: str, after: str) -> tuple[_Element, int]:
        passed = not after
        for run in self.tree(part).iter(f"{W}r"):
            text = run.findtext(f"{W}t") or ""
            if passed and words in text:
                return run, text.index(words)
            passed = passed or after in text
        raise AssertionError(f"{words!r} is in no run of {part}")

    def _split(self, run: _Element, at: int, size: int) -> tuple[_Element, _Element, _Element]:
        text = run.findtext(f"{W}t") or ""
        middle, behind = deepcopy(run), deepcopy(run)
        self._set(run, text[:at])
        self._set(middle, text[at : at + size])
        self._set(behind, text[at + size :])
        run.addnext(middle)
        middle.addnext(behind)
        return run, middle, behind

    def _set(self, run: _Element, text: str) -> None:
        node = run.find(f"{W}t")
        assert node is not None
        node.text = text
        node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")

    def _around(self, name: str, run: _Element) -> None:
        self._number += 1
        mark = self._made(name, id=str(self._number), author=self._author, date=WHEN)
        run.addprevious(mark)
        mark.append(run)

    @staticmethod
    def _made(name: str, **attributes: str) -> _Element:
        made = etree.Element(f"{W}{name}", nsmap={"w": URI})
        for key, value in attributes.items():
            made.set(f"{W}{key}", value)
        return made


def zipped(parts: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return buffer.getvalue()
