"""The tag tree of a PDF as text, as somebody would hear it."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any, TypeAlias

import pikepdf

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
        kids = element.get("/K", [])
        return list(kids) if isinstance(kids, pikepdf.Array) else [kids]

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
