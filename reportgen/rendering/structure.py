"""The letter as those hear it who cannot see it: a tree of its parts in the order of reading.

The laid-out pages go in, with what was drawn on them under which number; a tree in the words of
ISO 32000-1, 14.8.4 comes out. It follows the letter and not the sheets: a paragraph, a list or a
table that runs over a page break is one; a note stands where it is called; what repeats on every
page (running header, page number, a table's head on its later pages) is no part of the letter. The
marking is read once, before everything else. Nothing is written here; `tagging` does that.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from reportgen.rendering.engine import AbsolutePlaceholder, MarginBox

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from xml.etree.ElementTree import Element

_TABLE: Final = {
    "caption": "Caption",
    "thead": "THead",
    "tbody": "TBody",
    "tfoot": "TFoot",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
}
_KINDS: Final = {
    "article": "Art",
    "header": "Div",
    "footer": "Div",
    "section": "Sect",
    "div": "Div",
    "figure": "Div",
    "h1": "H1",
    "h2": "H2",
    "h3": "H3",
    "p": "P",
    "address": "P",
    "blockquote": "BlockQuote",
    "ol": "L",
    "ul": "L",
    "dl": "L",
    **_TABLE,
    "table": "Table",
    "figcaption": "Caption",
    "img": "Figure",
    "a": "Link",
}
"""What each tag is called. A figure is a group: its caption would go unheard inside a `Figure`,
whose written alternative is read in place of all that is in it."""

_NUMBERING: Final = {
    "decimal": "Decimal",
    "lower-alpha": "LowerAlpha",
    "upper-alpha": "UpperAlpha",
    "lower-roman": "LowerRoman",
    "upper-roman": "UpperRoman",
}
"""What the numbers of a list are called; every other mark is a kind of bullet."""
Box: TypeAlias = Any
"""A box of WeasyPrint's, which has no annotations."""

_REPEATED: Final = frozenset(["thead", "tfoot"])
_POINT: Final = 0.75
"""A CSS pixel in points."""


class Content(NamedTuple):
    """Something drawn: the page, from 0, and its number among the marked content of that page."""

    page: int
    number: int


class Annotation(NamedTuple):
    """A link's place on a page: the page, from 0, and the annotation as the writer knows it."""

    page: int
    entry: Any


@dataclass(slots=True)
class Part:
    """A part of the letter.

    Attributes:
        kind: A standard structure type: `P`, `TH`, `Note`.
        attributes: Attributes by owner: `{"Table": {"Scope": "Column"}}`.
        entries: Entries of the part itself: `ID`, `Alt`, `Lang`.
        kids: What is in it, in the order of reading.
        text: The words directly in it.
    """

    kind: str
    attributes: dict[str, dict[str, Any]] = field(default_factory=dict)
    entries: dict[str, str] = field(default_factory=dict)
    kids: list[Part | Content | Annotation] = field(default_factory=list)
    text: str = ""

    def walk(self) -> Iterator[Part]:
        """Yield this part and all below it, in the order of reading."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Part):
                yield from kid.walk()


class Sheet(NamedTuple):
    """A page as it was drawn: its box, the number of each box drawn, its height in points."""

    box: Box
    drawn: Mapping[Box, int]
    height: float


def structure_of(sheets: Sequence[Sheet], root: Element) -> tuple[Part, frozenset[Content]]:
    """Return the tree of the letter, and what on the pages is no part of it.

    Args:
        sheets: The pages in order.
        root: The page's `html` element, from which the sheets were laid out.
    """
    reader = _Reader(root)
    for page, sheet in enumerate(sheets):
        reader.read(page, sheet)
    return reader.document, frozenset(reader.aside)


class _Reader:
    """Puts what was drawn, page after page, where it belongs in the letter."""

    def __init__(self, root: Element) -> None:
        self.document = Part("Document")
        self.aside: set[Content] = set()
        self._parents = {child: parent for parent in root.iter() for child in parent}
        self._parts: dict[tuple[Element, str], Part] = {}
        self._first_pages: dict[Element, int] = {}

    def read(self, page: int, sheet: Sheet) -> None:
        """Read one page: what stands in its margins first."""
        margins = [box for box in sheet.box.children if isinstance(box, MarginBox)]
        bodies = [box for box in sheet.box.children if not isinstance(box, MarginBox)]
        for box in margins:
            self._read(box, page, sheet, in_letter=page == 0)
        for box in bodies:
            self._read(box, page, sheet, in_letter=True)

    def _read(self, box: Box, page: int, sheet: Sheet, *, in_letter: bool) -> None:
        if isinstance(box, AbsolutePlaceholder):
            box = box._box  # noqa: SLF001 - WeasyPrint 70 has no other way to it
        if getattr(box, "link_annotation", None) and in_letter:
            self._part(box).kids.append(Annotation(page, box.link_annotation))
        number = sheet.drawn.get(box)
        if number is not None:
            content = Content(page, number)
            if in_letter and not self._is_repeated(box.element, page):
                self._place(box, content, sheet)
            else:
                self.aside.add(content)
        for child in getattr(box, "children", ()):
            self._read(child, page, sheet, in_letter=in_letter)

    def _is_repeated(self, element: Element, page: int) -> bool:
        """Whether this is the head or foot of a table on a page after its first."""
        while element.tag not in _REPEATED:
            if (parent := self._parents.get(element)) is None:
                return False
            element = parent
        return self._first_pages.setdefault(element, page) != page

    def _place(self, box: Box, content: Content, sheet: Sheet) -> None:
        part = self._part(box)
        part.kids.append(content)
        part.text += getattr(box, "text", "")
        if part.kind == "Figure":
            part.attributes["Layout"] = _layout_of(box, sheet.height)

    def _part(self, box: Box) -> Part:
        """Return the part that a box belongs to, made if it is the first of it."""
        element, pseudo = box.element, box.element_tag.partition("::")[2]
        if _is_note(element):
            return self._note_part(element, pseudo)
        if element.tag == "li" and pseudo == "marker":
            numbering = _NUMBERING.get(box.style["list_style_type"], "Disc")
            self._above(element).attributes["List"] = {"ListNumbering": f"/{numbering}"}
            return self._entry_part(element, element, "Lbl", first=True)
        return self._of(element)

    def _of(self, element: Element) -> Part:
        """Return the part for what stands in an element, or in the nearest that is a part."""
        if _is_note(element):
            return self._note_part(element, "")
        match element.tag:
            case "li":
                return self._entry_part(element, element, "LBody")
            case "dt":
                return self._entry_part(element, element, "Lbl", first=True)
            case "dd":
                return self._entry_part(self._term_of(element), element, "LBody")
        if (kind := _kind(element)) is None:
            return self._above(element)
        return self._made(element, kind)

    def _above(self, element: Element) -> Part:
        parent = self._parents.get(element)
        return self.document if parent is None else self._of(parent)

    def _made(self, element: Element, kind: str) -> Part:
        """Return the element's part, the first time put after all that its parent holds so far."""
        key = (element, kind)
        if key not in self._parts:
            above = self._above(element)  # a table brings its rows and cells: look again
            if key not in self._parts:
                part = self._parts[key] = _new(element, kind)
                above.kids.append(part)
                if element.tag == "table":
                    self._lay_out(element, part)
        return self._parts[key]

    def _lay_out(self, element: Element, part: Part) -> None:
        """Make a table's rows and cells at once, so that an empty cell has its place too."""
        for child in element:
            if (kind := _TABLE.get(child.tag)) is not None:
                kid = self._parts[child, kind] = _new(child, kind)
                part.kids.append(kid)
                self._lay_out(child, kid)

    def _entry_part(
        self, entry: Element, element: Element, kind: str, *, first: bool = False
    ) -> Part:
        """Return the label or the body of a list's entry."""
        key = (element, kind)
        if key not in self._parts:
            part = self._parts[key] = Part(kind)
            around = self._made(entry, "LI")
            around.kids.insert(0 if first else len(around.kids), part)
        return self._parts[key]

    def _term_of(self, description: Element) -> Element:
        """Return the term that a `dd` describes, or the `dd` itself when it has none."""
        term = description
        for sibling in self._parents[description]:
            if sibling.tag == "dt":
                term = sibling
            if sibling is description:
                break
        return term

    def _note_part(self, element: Element, pseudo: str) -> Part:
        """Return a note's call, its label or its text; all are made where the note is called."""
        if (element, "Note") not in self._parts:
            label = Part("Lbl")
            number = element.get("data-number", "")
            note = Part("Note", entries={"ID": f"note-{number}"}, kids=[label])
            call = Part("Reference")
            self._above(element).kids += [call, note]
            self._parts[element, "Reference"] = call
            self._parts[element, "Lbl"] = label
            self._parts[element, "Note"] = note
        kind = {"footnote-call": "Reference", "footnote-marker": "Lbl"}.get(pseudo, "Note")
        return self._parts[element, kind]


def _is_note(element: Element) -> bool:
    return element.get("class") == "note"


def _kind(element: Element) -> str | None:
    """Return what an element is called, or None when its content is its parent's."""
    kind = _KINDS.get(element.tag)
    return "Span" if kind is None and element.get("lang") and element.tag != "html" else kind


def _new(element: Element, kind: str) -> Part:
    part = Part(kind)
    if kind == "L":
        part.attributes["List"] = {"ListNumbering": "/None"}  # until a mark is seen
    if kind == "TH":
        scope = "Row" if element.get("scope") == "row" else "Column"
        part.attributes["Table"] = {"Scope": f"/{scope}"}
    if kind in ("TH", "TD"):
        for name, entry in (("colspan", "ColSpan"), ("rowspan", "RowSpan")):
            if (span := int(element.get(name, "1"))) > 1:
                part.attributes.setdefault("Table", {})[entry] = span
    if element.get("alt"):
        part.entries["Alt"] = element.get("alt", "")
    if element.get("lang") and element.tag != "html":
        part.entries["Lang"] = element.get("lang", "")
    return part


def _layout_of(box: Box, height: float) -> dict[str, Any]:
    """Return where a drawing stands, in points from the lower left corner of the sheet."""
    left, top = box.content_box_x() * _POINT, box.content_box_y() * _POINT
    right, bottom = left + box.width * _POINT, top + box.height * _POINT
    return {"Placement": "/Block", "BBox": (left, height - bottom, right, height - top)}
