"""The tag tree of a PDF as text, as somebody would hear it."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any, TypeAlias

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Iterator

Entry: TypeAlias = Any
"""An object of a PDF: pikepdf finds its entries as attributes."""


def marked_text(page: pikepdf.Page) -> dict[int, str]:
    """The text of each marked content of a page, decoded by its fonts' ToUnicode maps."""
    fonts = {str(key): _unicode_map(font) for key, font in page.Resources.Font.items()}
    texts: dict[int, str] = {}
    stack: list[int | None] = []
    table: dict[int, str] = {}
    for instruction in pikepdf.parse_content_stream(page):
        operands, operator = list(instruction.operands), instruction.operator
        match str(operator):
            case "BDC":
                properties: Any = operands[1]
                stack.append(int(properties.MCID) if "/MCID" in properties else None)
            case "BMC":
                stack.append(None)
            case "EMC":
                stack.pop()
            case "Tf":
                table = fonts[str(operands[0])]
            case "TJ" | "Tj":
                number = next((n for n in reversed(stack) if n is not None), None)
                if number is not None:
                    shown = operands[0] if str(operator) == "TJ" else [operands[0]]
                    for item in shown:
                        if isinstance(item, pikepdf.String):
                            raw = bytes(item)
                            texts[number] = texts.get(number, "") + "".join(
                                table.get(int.from_bytes(raw[i : i + 2], "big"), "?")
                                for i in range(0, len(raw), 2)
                            )
    return texts


def _unicode_map(font: Entry) -> dict[int, str]:
    text = font.ToUnicode.read_bytes().decode("ascii")
    pairs = re.findall(r"<([0-9a-f]+)> <([0-9a-f]+)>", text)
    return {int(code, 16): bytes.fromhex(value).decode("utf-16-be") for code, value in pairs}


class Tags:
    """A PDF's structure tree, opened for questions."""

    def __init__(self, content: bytes) -> None:
        self.pdf = pikepdf.open(BytesIO(content))
        self.root: Any = self.pdf.Root.StructTreeRoot
        self._texts = [marked_text(page) for page in self.pdf.pages]
        self._pages = {page.obj.objgen: index for index, page in enumerate(self.pdf.pages)}

    def elements(self, kind: str | None = None) -> list[Entry]:
        """All elements, or those of a kind, in the order of reading."""
        found: list[Any] = []
        self._collect(self.root.K, kind, found)
        return found

    def _collect(self, element: Entry, kind: str | None, found: list[Any]) -> None:
        if kind is None or str(element.S) == f"/{kind}":
            found.append(element)
        for kid in self.kids(element):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                self._collect(kid, kind, found)

    @staticmethod
    def kids(element: Entry) -> list[Entry]:
        if "/K" not in element:
            return []
        return list(element.K) if isinstance(element.K, pikepdf.Array) else [element.K]

    def text(self, element: Entry) -> str:
        """The words of an element and all below it, lines joined by a space."""
        pieces: list[str] = []
        for kid in self.kids(element):
            if isinstance(kid, int):
                pieces.append(self._texts[self._page(element)].get(kid, ""))
            elif "/MCID" in kid:
                pieces.append(self._texts[self._page(kid)].get(int(kid.MCID), ""))
            elif "/S" in kid:
                pieces.append(self.text(kid))
        return " ".join(" ".join(pieces).split())

    def own(self, element: Entry, kid: Entry) -> str:
        """The words of a piece of content that stands directly in an element."""
        holder, number = (element, kid) if isinstance(kid, int) else (kid, int(kid.MCID))
        return self._texts[self._page(holder)].get(number, "")

    def _page(self, element: Entry) -> int:
        return self._pages[element.Pg.objgen]

    def outline(self) -> str:
        """The whole tree, one element a line, its own words after it."""
        lines: list[str] = []
        self._outline(self.root.K, 0, lines)
        return "\n".join(lines)

    def _outline(self, element: Entry, depth: int, lines: list[str]) -> None:
        own = [kid for kid in self.kids(element) if isinstance(kid, int) or "/S" not in kid]
        words = " ".join(
            self._texts[self._page(element if isinstance(kid, int) else kid)].get(
                int(kid if isinstance(kid, int) else kid.MCID), ""
            )
            for kid in own
            if isinstance(kid, int) or "/MCID" in kid
        )
        lines.append(f"{'  ' * depth}{str(element.S)[1:]} {' '.join(words.split())}".rstrip())
        for kid in self.kids(element):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                self._outline(kid, depth + 1, lines)


class Aloud:
    """A PDF as a screen reader says it: its structure in words, a line each."""

    def __init__(self, content: bytes) -> None:
        self._tags = Tags(content)

    def __str__(self) -> str:
        return "".join(f"{line}\n" for line in self._said(self._tags.root.K))

    def words(self) -> str:
        """All that is read of the letter, in order, without its spaces and its lists' signs."""
        return "".join(self._words(self._tags.root.K))

    def _words(self, element: Entry) -> Iterator[str]:
        for kid in self._tags.kids(element):
            if isinstance(kid, int) or "/MCID" in kid:
                yield "".join(self._tags.own(element, kid).split())
            elif "/S" in kid and not (str(kid.S) == "/Lbl" and str(element.S) == "/LI"):
                yield from self._words(kid)

    def _said(self, element: Entry) -> Iterator[str]:
        kind = str(element.S)[1:]
        match kind:
            case "H1" | "H2" | "H3":
                yield f"heading level {kind[1]}: {self._running(element)}"
            case "L":
                yield from self._list(element)
            case "Table":
                yield from self._table(element)
            case "Figure":
                yield f"graphic: {element.Alt}"
            case "BlockQuote":
                yield "quotation"
                yield from self._inside(element)
            case "P" | "Caption" | "TD" | "TH" | "LBody":
                yield self._running(element)
            case _:
                yield from self._inside(element)

    def _inside(self, element: Entry) -> Iterator[str]:
        for kid in self._tags.kids(element):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield from self._said(kid)

    def _running(self, element: Entry) -> str:
        """Running text: links, and notes where they are called."""
        pieces = []
        for kid in self._tags.kids(element):
            if isinstance(kid, int) or "/MCID" in kid:
                pieces.append(self._tags.own(element, kid))
            elif "/Obj" in kid:
                pieces.append(f"(to {kid.Obj.Contents})")
            elif str(kid.S) != "/L":
                inside = self._running(kid)
                name = {"Note": "note", "Link": "link", "Reference": "call"}.get(str(kid.S)[1:])
                pieces.append(f"{{{name} {inside}}}" if name else inside)
        return " ".join(" ".join(pieces).split())

    def _list(self, element: Entry) -> Iterator[str]:
        entries = self._tags.kids(element)
        yield f"list of {len(entries)}, {element.A.ListNumbering}"
        for entry in entries:
            label, body = "", []
            for part in self._tags.kids(entry):
                if str(part.S) == "/Lbl":
                    label = self._running(part)
                else:
                    nested = [
                        kid
                        for kid in self._tags.kids(part)
                        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid and kid.S == "/L"
                    ]
                    body = [self._running(part)]
                    body += [line for each in nested for line in self._list(each)]
            yield f"  {' '.join((label, *body[:1])).strip()}"
            yield from (f"    {line}" for line in body[1:])

    def _table(self, element: Entry) -> Iterator[str]:
        """A table cell by cell, each with the head of its column, as it is gone through."""
        rows = list(self._rows(element))
        yield f"table with {len(rows)} rows and {len(self._tags.kids(rows[0]))} columns"
        for part in self._tags.kids(element):
            if str(part.S) == "/Caption":
                yield f"  caption: {self._running(part)}"
        heads: list[str] = []
        for row in rows:
            cells = self._tags.kids(row)
            texts = [self._running(cell) for cell in cells]
            if all(str(cell.S) == "/TH" and cell.A.Scope == "/Column" for cell in cells):
                heads = texts
                yield f"  heads: {'; '.join(texts)}"
            else:
                pairs = (
                    f"{head} {text or '(empty)'}" for head, text in zip(heads, texts, strict=True)
                )
                yield f"  row: {'; '.join(pairs)}"

    def _rows(self, element: Entry) -> Iterator[Entry]:
        for kid in self._tags.kids(element):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                if str(kid.S) == "/TR":
                    yield kid
                else:
                    yield from self._rows(kid)
