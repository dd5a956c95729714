"""The styles of a letter, named as a law firm knows them, and measured as the PDF's style sheets.

Only what a letter is made of is there; the several hundred styles that Word brings along stay
hidden (`w:latentStyles`). Body text, headings and notes are Word's own styles by name, so that its
navigation, its reader and its footnote command know them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reportgen.rendering.wordprocessing.elements import element, root, twips, w
from reportgen.rendering.wordprocessing.looks import ParagraphLook, RunLook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_BUILT_IN: Final = frozenset(
    {
        "Normal",
        "Body Text",
        "Block Text",
        "Date",
        "Salutation",
        "Closing",
        "Signature",
        "header",
        "heading 1",
        "heading 2",
        "footnote text",
        "footnote reference",
        "List Bullet",
        "List Continue",
        "List Number",
    }
)
"""Names that Word itself gives a meaning; all others are marked as the letter's own."""

_LISTED: Final = 22.0
"""How far a list, a quotation or a definition is moved in, in points."""
_SMALL: Final = 9.5
_PLAIN: Final = RunLook()


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style.

    Attributes:
        name: As Word shows it.
        look: What it adds to the style that it is based on.
        run: The same of its characters.
        based_on: Name of that style.
        next: Name of the style of a paragraph begun after it; the same style where None.
    """

    name: str
    look: ParagraphLook
    run: RunLook = _PLAIN
    based_on: str | None = "Normal"
    next: str | None = None


def identifier(name: str) -> str:
    """Return the id of a style: its name's words put together, each with a capital."""
    return "".join(f"{word[0].upper()}{word[1:]}" for word in name.split())


def _paragraph_styles(measure: float) -> tuple[Style, ...]:
    """Return the styles for text `measure` points wide."""
    half = measure / 2
    body = "Body Text"
    return (
        Style("Normal", ParagraphLook(), based_on=None),
        # The running heads
        Style(
            "Marking",
            ParagraphLook(line=10, exact=True, after=10, align="center", unnumbered=True),
            RunLook(size=8, small_caps=True, spacing=0.4, color="5F5F5F"),
        ),
        Style(
            "Legend",
            ParagraphLook(line=10, exact=True, align="center", unnumbered=True),
            RunLook(size=8, spacing=0.3, color="5F5F5F"),
        ),
        Style(
            "header",
            ParagraphLook(line=12, exact=True, tabs=(("right", measure),), unnumbered=True),
            RunLook(size=9),
        ),
        # Before the body
        Style(
            "Letterhead",
            ParagraphLook(line=24, after=3, align="center", with_next=True, unnumbered=True),
            RunLook(size=19, small_caps=True, spacing=1.15),
            next="Letterhead Lines",
        ),
        Style(
            "Letterhead Lines",
            ParagraphLook(line=12, align="center", unnumbered=True),
            RunLook(size=9),
        ),
        Style("Date", ParagraphLook(after=14), next="Delivery"),
        Style("Delivery", ParagraphLook(after=14), RunLook(italic=True), next="Inside Address"),
        Style(
            "Inside Address",
            ParagraphLook(after=18, left=11, hanging=11, close=True, whole=True),
        ),
        Style(
            "Subject",
            ParagraphLook(after=18, left=30, hanging=30, with_next=True, whole=True),
            RunLook(bold=True),
            next="Salutation",
        ),
        Style("Salutation", ParagraphLook(after=8, with_next=True), next=body),
        # The cover of a filing
        Style(
            "Form Title",
            ParagraphLook(before=6, after=6, align="center", with_next=True),
            RunLook(size=13, bold=True),
            next="Form Line",
        ),
        Style("Form Line", ParagraphLook(after=4, align="center")),
        # The body
        Style(body, ParagraphLook(after=8)),
        Style(
            "heading 1",
            ParagraphLook(
                before=16, after=6, left=20, hanging=20, with_next=True, whole=True, level=0
            ),
            RunLook(size=11.5, bold=True),
            next=body,
        ),
        Style(
            "heading 2",
            ParagraphLook(before=12, after=4, with_next=True, whole=True, level=1),
            RunLook(italic=True),
            next=body,
        ),
        Style("Block Text", ParagraphLook(left=_LISTED, right=_LISTED), based_on=body),
        Style("List Number", ParagraphLook(after=4), based_on=body),
        Style("List Bullet", ParagraphLook(after=4), based_on=body),
        Style("List Continue", ParagraphLook(after=4), based_on=body),
        Style(
            "Term", ParagraphLook(after=0, with_next=True), RunLook(bold=True), body, "Definition"
        ),
        Style("Definition", ParagraphLook(after=6, left=_LISTED), based_on=body),
        # Tables and figures
        Style(
            "Table Caption",
            ParagraphLook(line=13, before=12, after=5, with_next=True, whole=True),
            RunLook(size=_SMALL),
        ),
        Style(
            "Table Text",
            ParagraphLook(line=12.5, before=2.75, after=2.75),
            RunLook(size=_SMALL, figures="tabular"),
        ),
        Style("Table Number", ParagraphLook(align="right"), based_on="Table Text"),
        Style(
            "Figure",
            ParagraphLook(line=12, before=14, after=6, with_next=True, unnumbered=True),
            next="Figure Caption",
        ),
        Style(
            "Figure Caption",
            ParagraphLook(line=13, after=14, whole=True),
            RunLook(size=_SMALL),
            next=body,
        ),
        Style(
            "footnote text",
            ParagraphLook(
                line=11.5,
                after=3,
                left=13,
                hanging=13,
                tabs=(("left", 13),),
                whole=True,
                unnumbered=True,
            ),
            RunLook(size=9),
        ),
        # After the body: held together, and held to what stands before it
        Style(
            "Closing",
            ParagraphLook(before=18, after=40, left=half, with_next=True, whole=True),
            next="Signature",
        ),
        Style("Signature", ParagraphLook(left=half, with_next=True, whole=True)),
        Style(
            "Enclosures",
            ParagraphLook(line=13, before=14, after=1, close=True, whole=True),
            RunLook(size=_SMALL),
        ),
        Style("Copies", ParagraphLook(), based_on="Enclosures"),
    )


def styles(family: str, language: str, measure: float, *, final: bool) -> _Element:
    """Return the part `styles.xml`.

    Args:
        family: Name of the typeface.
        language: BCP 47.
        measure: Width of the text in points.
        final: Whether it is of a final copy, which has no style for facts.
    """
    hidden = w(
        "latentStyles",
        defLockedState=0,
        defUIPriority=99,
        defSemiHidden=1,
        defUnhideWhenUsed=1,
        defQFormat=0,
        count=376,
    )
    return root(
        "w:styles",
        "w w14 mc",
        _defaults(family, language),
        hidden,
        *map(_paragraph_style, _paragraph_styles(measure)),
        *_character_styles(final=final),
        *_table_styles(),
        _style("numbering", "No List", default=True),
    )


def _defaults(family: str, language: str) -> _Element:
    run = w(
        "rPr",
        w("rFonts", ascii=family, hAnsi=family, eastAsia=family, cs=family),
        w("kern", val=2),  # kerning from one point on: at every size
        w("sz", val=22),
        w("szCs", val=22),
        w("lang", val=language, eastAsia=language, bidi=language),
        element("w14:ligatures", {"w14:val": "standard"}),
        element("w14:numForm", {"w14:val": "lining"}),
        element("w14:numSpacing", {"w14:val": "proportional"}),
    )
    paragraph = w("pPr", w("widowControl"), *ParagraphLook(line=15.5, after=0).properties())
    return w("docDefaults", w("rPrDefault", run), w("pPrDefault", paragraph))


def _paragraph_style(style: Style) -> _Element:
    following = (w("next", val=identifier(style.next)),) if style.next else ()
    look = w("pPr", *style.look.properties())
    run = style.run.properties()
    return _style(
        "paragraph",
        style.name,
        *following,
        w("qFormat"),
        *((look,) if len(look) else ()),
        *(() if run is None else (run,)),
        based_on=style.based_on,
        default=style.name == "Normal",
    )


def _character_styles(*, final: bool) -> Iterator[_Element]:
    yield _style("character", "Default Paragraph Font", default=True)
    raised = RunLook(raised=True).properties()
    yield _style(
        "character",
        "footnote reference",
        *(() if raised is None else (raised,)),
        based_on="Default Paragraph Font",
    )
    if not final:
        # Looks like the text around it: it is there to be found, not to be seen.
        yield _style("character", "Fact", based_on="Default Paragraph Font")


def _table_styles() -> Iterator[_Element]:
    none = (w(side, w=0, type="dxa") for side in ("top", "left", "bottom", "right"))
    yield _style("table", "Normal Table", w("tblPr", w("tblCellMar", *none)), default=True)
    rules = (w(side, val="single", sz=6, space=0, color="000000") for side in ("top", "bottom"))
    yield _style(
        "table",
        "Letter Table",
        w(
            "tblPr",
            w("tblBorders", *rules),
            w("tblCellMar", w("left", w=0, type="dxa"), w("right", w=twips(8), type="dxa")),
        ),
        based_on="Normal Table",
    )


def _style(
    kind: str,
    name: str,
    *children: _Element,
    based_on: str | None = None,
    default: bool = False,
) -> _Element:
    """Return `w:style`; a default one is what text has that names no style."""
    attributes: dict[str, str | float] = {"type": kind, "styleId": identifier(name)}
    if default:
        attributes["default"] = 1
    elif name not in _BUILT_IN:
        attributes["customStyle"] = 1
    base = (w("basedOn", val=identifier(based_on)),) if based_on else ()
    return w("style", w("name", val=name), *base, *children, **attributes)
