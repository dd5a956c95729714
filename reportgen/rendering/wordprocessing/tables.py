"""Tables: the data of a letter in rows and columns, and addressees side by side."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from reportgen.letters.markup import Element
from reportgen.rendering.wordprocessing.elements import qualified, twips, w
from reportgen.rendering.wordprocessing.looks import ParagraphLook
from reportgen.rendering.wordprocessing.paragraphs import adjusted
from reportgen.rendering.wordprocessing.tracking import change_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from lxml.etree import _Element

    from reportgen.rendering.wordprocessing.fonts import Ruler
    from reportgen.rendering.wordprocessing.tracking import Change, Tracking

    Fill = Callable[[Element, str], Sequence[_Element]]

MAX_COLUMNS: Final = 63
"""As many as Word has."""
_EMPTY: Final = Element("td")
_SIZE: Final = 9.5
"""Of the type in tables, in points."""
_GAP: Final = 9.0
"""Between columns, in points; a little more than the cells' margin."""


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell at its place.

    Attributes:
        node: The `th` or `td`; None where one from the row above reaches down.
        column: Its first column, from 0.
        across: How many columns it spans.
        down: How many rows it spans, itself among them.
    """

    node: Element | None
    column: int
    across: int = 1
    down: int = 1


@dataclass(frozen=True, slots=True)
class _Row:
    """A row.

    Attributes:
        part: The part of the table that it belongs to: thead, tbody, tfoot.
        cells: Its cells.
        change: What became of it as a whole.
    """

    part: str
    cells: tuple[_Cell, ...]
    change: Change | None = None

    @property
    def end(self) -> int:
        """The first column after its last cell."""
        return max((cell.column + cell.across for cell in self.cells), default=0)

    def filled(self, count: int) -> _Row:
        """Return the row with an empty cell where it has fewer columns than the table."""
        if self.end == count:
            return self
        return replace(self, cells=(*self.cells, _Cell(_EMPTY, self.end, count - self.end)))


def data_table(
    node: Element, measure: float, ruler: Ruler, fill: Fill, tracking: Tracking | None = None
) -> _Element | None:
    """Return `w:tbl` for a `table`, as wide as the text; None for one without cells.

    Args:
        node: The table; its caption is set by the caller, above it.
        measure: Width of the text in points.
        ruler: Measures what stands in the cells.
        fill: Makes the paragraphs of a cell, in a style.
        tracking: Marks rows that were put in or taken out, where changes are tracked.
    """
    rows = _rows(node)
    if not rows:
        return None
    widths = _widths(rows, rows[0].end, measure, ruler)
    table = _table(node, widths, rows)
    for number, row in enumerate(rows):
        # The heads stay with a row, and the last row is not alone on its page; a short table is
        # not divided at all.
        held = row.part == "thead" or number == len(rows) - 2 or node.has_class("short")
        held = held and number < len(rows) - 1
        made = _row(row, widths, fill, held=held)
        if tracking is not None:
            _track(made, row, tracking)
        table.append(made)
    return table


def _track(made: _Element, row: _Row, tracking: Tracking) -> None:
    """Mark a row that was put in or taken out, and the cells of a column that was."""
    if row.change is not None:
        made[0].append(tracking.mark("ins" if row.change.inserted else "del"))
    cells = (each for each in made if each.tag == qualified("w:tc"))
    for cell, placed in zip(cells, row.cells, strict=True):
        change = None if placed.node is None else change_of(placed.node)
        if change is not None and (
            row.change is None or change.inserted is not row.change.inserted
        ):
            cell[0].append(tracking.mark("cellIns" if change.inserted else "cellDel"))


def side_by_side(cells: Sequence[Sequence[_Element]], measure: float) -> _Element:
    """Return a table without rules that sets blocks in two columns, read one after the other."""
    half = twips(measure / 2)
    blank = w("p", w("pPr", w("pStyle", val="InsideAddress")))
    padded = [*cells, *(((blank,),) if len(cells) % 2 else ())]
    table = w(
        "tbl",
        w(
            "tblPr",
            w("tblStyle", val="NormalTable"),
            w("tblW", w=2 * half, type="dxa"),
            w("tblLayout", type="fixed"),
            w("tblLook", val="0000"),
        ),
        w("tblGrid", w("gridCol", w=half), w("gridCol", w=half)),
    )
    for left, right in zip(padded[::2], padded[1::2], strict=True):
        made = (
            w(
                "tc",
                w(
                    "tcPr",
                    w("tcW", w=half, type="dxa"),
                    w("tcMar", w("right", w=twips(14), type="dxa")),
                ),
                *content,
            )
            for content in (left, right)
        )
        table.append(w("tr", w("trPr", w("cantSplit")), *made))
    return table


def fits(node: Element) -> bool:
    """Whether every cell of a table finds room within the columns that Word has."""
    placed = [cell.node for row in _rows(node) for cell in row.cells if cell.node is not None]
    return all(
        any(cell is each for each in placed) for _, row in _parts(node) for cell in _given(row)
    )


def _rows(node: Element) -> tuple[_Row, ...]:
    """Return the rows with every cell at its place, those that reach down from above among them."""
    rows: list[_Row] = []
    reaching: dict[int, _Cell] = {}
    for part, row in _parts(node):
        cells: list[_Cell] = []
        given = _given(row)
        column = 0
        while column < MAX_COLUMNS and (given or any(place >= column for place in reaching)):
            cell = reaching.pop(column, None)
            if cell is None and given:
                cell = _placed(given.pop(0), column, reaching, len(given))
            cell = cell or _Cell(_EMPTY, column)
            cells.append(cell)
            column += cell.across
        reaching = {
            cell.column: replace(cell, node=None, down=cell.down - 1)
            for cell in cells
            if cell.down > 1
        }
        rows.append(_Row(part, tuple(cells), change_of(row)))
    count = max((row.end for row in rows), default=0)
    return tuple(row.filled(count) for row in rows if row.cells)


def _given(row: Element) -> list[Element]:
    return [c for c in row.children if isinstance(c, Element) and c.tag in {"td", "th"}]


def _parts(node: Element) -> Iterator[tuple[str, Element]]:
    for child in node.children:
        if isinstance(child, Element):
            if child.tag == "tr":
                yield "tbody", child
            elif child.tag in {"thead", "tbody", "tfoot"}:
                for row in child.children:
                    if isinstance(row, Element) and row.tag == "tr":
                        yield child.tag, row


def _placed(node: Element, column: int, reaching: dict[int, _Cell], following: int) -> _Cell:
    """Return the cell in its first column, as wide as those that follow leave room."""
    limit = min((place for place in reaching if place > column), default=MAX_COLUMNS - following)
    across = max(1, min(_span(node, "colspan"), limit - column))
    return _Cell(node, column, across, _span(node, "rowspan"))


def _span(node: Element, name: str) -> int:
    given = node.get(name) or "1"
    return max(1, int(given)) if given.isascii() and given.isdecimal() and len(given) < 6 else 1


def _widths(rows: Iterable[_Row], count: int, measure: float, ruler: Ruler) -> tuple[int, ...]:
    """Return the widths of the columns in twips, by what stands in them.

    Each gets the width of its longest word, and of what is left a part after its longest text.
    """
    least, most = [_GAP] * count, [_GAP] * count
    for row in rows:
        for cell in row.cells:
            if cell.node is None or cell.across > 1:
                continue
            text = cell.node.text(notes=False)
            words = (text,) if cell.node.has_class("number") else text.split()
            longest = max((ruler.width(word, _SIZE) for word in words), default=0.0)
            least[cell.column] = max(least[cell.column], longest + _GAP)
            most[cell.column] = max(most[cell.column], ruler.width(text, _SIZE) + _GAP)
    if sum(least) >= measure:
        shares = least
    else:
        wanted = (
            most
            if sum(most) <= measure
            else [high - low for low, high in zip(least, most, strict=True)]
        )
        base = [0.0] * count if sum(most) <= measure else least
        rest = measure - sum(base)
        shares = [low + rest * part / sum(wanted) for low, part in zip(base, wanted, strict=True)]
    total = sum(shares)
    return tuple(twips(share / total * measure) for share in shares)


def _table(node: Element, widths: Sequence[int], rows: Sequence[_Row]) -> _Element:
    caption = next(
        (c for c in node.children if isinstance(c, Element) and c.tag == "caption"), None
    )
    said = " ".join(caption.text(notes=False).split()) if caption else ""
    heads = (
        " ".join(cell.node.text(notes=False).split())
        for row in rows
        if row.part == "thead"
        for cell in row.cells
        if cell.node is not None
    )
    named = any(
        cell.node is not None and cell.node.get("scope") == "row"
        for row in rows
        for cell in row.cells
    )
    headed = any(row.part == "thead" for row in rows)
    body = sum(row.part == "tbody" for row in rows)
    return w(
        "tbl",
        w(
            "tblPr",
            w("tblStyle", val="LetterTable"),
            w("tblW", w=sum(widths), type="dxa"),
            w(
                "tblLook",
                val=f"{headed * 0x20 + named * 0x80 + 0x600:04X}",
                firstRow=int(headed),
                lastRow=0,
                firstColumn=int(named),
                lastColumn=0,
                noHBand=1,
                noVBand=1,
            ),
            w("tblCaption", val=said),
            w("tblDescription", val=f"Columns: {'; '.join(heads)}. Rows: {body}."),
        ),
        w("tblGrid", *(w("gridCol", w=width) for width in widths)),
    )


def _row(row: _Row, widths: Sequence[int], fill: Fill, *, held: bool) -> _Element:
    properties = w("trPr", w("cantSplit"), *((w("tblHeader"),) if row.part == "thead" else ()))
    return w("tr", properties, *(_cell(cell, row, widths, fill, held=held) for cell in row.cells))


def _cell(cell: _Cell, row: _Row, widths: Sequence[int], fill: Fill, *, held: bool) -> _Element:
    end = cell.column + cell.across
    properties = w("tcPr", w("tcW", w=sum(widths[cell.column : end]), type="dxa"))
    if cell.across > 1:
        properties.append(w("gridSpan", val=cell.across))
    if cell.node is None:
        properties.append(w("vMerge"))
    elif cell.down > 1:
        properties.append(w("vMerge", val="restart"))
    if row.part != "tbody":
        side = "bottom" if row.part == "thead" else "top"
        rule = w(side, val="single", sz=4, space=0, color="000000")
        properties.append(w("tcBorders", rule))
    number = cell.node is not None and cell.node.has_class("number")
    if number:
        properties.append(w("noWrap"))
    if end == len(widths):
        properties.append(w("tcMar", w("right", w=0, type="dxa")))
    if row.part == "thead":
        properties.append(w("vAlign", val="bottom"))
    style = "Table Number" if number else "Table Text"
    content = fill(cell.node or _EMPTY, style)
    for made in content:
        if held and made.tag == qualified("w:p"):
            adjusted(made, ParagraphLook(with_next=True))
    return w("tc", properties, *content)
