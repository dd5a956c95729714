"""XML elements of WordprocessingML, and the order in which its schema wants them.

Word repairs or refuses a file whose properties stand in another order than the schema's, so the
order is kept here as data and put right in one place, when a part is written.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMESPACES: Final[Mapping[str, str]] = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}

_DECLARED: Final = {prefix: {prefix: uri} for prefix, uri in NAMESPACES.items()}

_ILLEGAL: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_BORDERS: Final = "top left start bottom right end insideH insideV tl2br tr2bl"
_MARGINS: Final = "top left start bottom right end"
_SEQUENCES: Final[Mapping[str, tuple[str, ...]]] = {
    tag: tuple(sequence.split())
    for tag, sequence in {
        # ECMA-376 Part 1, 17.3.1.26 (CT_PPrBase, CT_PPr)
        "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr "
        "suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct "
        "topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind "
        "contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
        "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
        # 17.3.2.28 (EG_RPrBase), then what Word 2010 added
        "rPr": "ins del moveFrom moveTo rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss "
        "imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs "
        "highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish "
        "oMath w14:glow w14:shadow w14:reflection w14:textOutline w14:textFill w14:scene3d "
        "w14:props3d w14:ligatures w14:numForm w14:numSpacing w14:stylisticSets w14:cntxtAlts "
        "rPrChange",
        "pBdr": "top left bottom right between bar",
        # 17.4.60, 17.4.70, 17.4.82
        "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize "
        "tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption "
        "tblDescription tblPrChange",
        "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection "
        "tcFitText vAlign hideMark headers cellIns cellDel cellMerge tcPrChange",
        "tblBorders": _BORDERS,
        "tcBorders": _BORDERS,
        "tblCellMar": _MARGINS,
        "tcMar": _MARGINS,
        # 17.6.17
        "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc "
        "pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi "
        "rtlGutter docGrid printerSettings sectPrChange",
        # 17.7.4.17
        "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden "
        "unhideWhenUsed qFormat locked personal personalCompose personalReply rsid pPr rPr tblPr "
        "trPr tcPr tblStylePr",
        # 17.9.1, 17.9.6, 17.9.15
        "abstractNum": "nsid multiLevelType tmpl name styleLink numStyleLink lvl",
        "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc "
        "pPr rPr",
        "num": "abstractNumId lvlOverride",
        # 17.8.3.10
        "font": "altName panose1 charset family notTrueType pitch sig embedRegular embedBold "
        "embedItalic embedBoldItalic",
        # 17.15.1.78, as far as settings are used here
        "settings": "zoom embedTrueTypeFonts trackRevisions defaultTabStop characterSpacingControl "
        "footnotePr compat themeFontLang decimalSymbol listSeparator",
    }.items()
}


@cache
def qualified(name: str) -> str:
    """Return `w:p` as `{http://...}p`; a name without a prefix as it is."""
    prefix, _, local = name.rpartition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if prefix else local


def element(
    name: str, attributes: Mapping[str, str], *children: etree._Element | str
) -> etree._Element:
    """Return an element; names of tag and attributes have their prefixes: `wp:inline`."""
    made = etree.Element(qualified(name), nsmap=_DECLARED[name.partition(":")[0]])
    for key, value in attributes.items():
        made.set(qualified(key), value)
    for child in children:
        if isinstance(child, str):
            made.text = (made.text or "") + child
        else:
            made.append(child)
    return made


def w(tag: str, *children: etree._Element | str, **attributes: str | float) -> etree._Element:
    """Return an element of the main namespace; its attributes are of that namespace too."""
    named = {f"w:{key}": f"{value}" for key, value in attributes.items()}
    return element(f"w:{tag}", named, *children)


def root(name: str, prefixes: str, *children: etree._Element) -> etree._Element:
    """Return the root of a part, with the prefixes declared that the part may use.

    What Word 2010 added is declared as ignorable: readers that don't know it pass over it.
    """
    made = etree.Element(qualified(name), nsmap={key: NAMESPACES[key] for key in prefixes.split()})
    if "w14" in prefixes:
        made.set(qualified("mc:Ignorable"), "w14")
    made.extend(children)
    return made


def serialized(tree: etree._Element) -> bytes:
    """Return the part's bytes, everything in the order of the schema."""
    for parent in tree.iter(etree.Element):
        sequence = _SEQUENCES.get(etree.QName(parent).localname)
        if sequence and len(parent) > 1:
            parent[:] = sorted(parent, key=lambda child: sequence.index(_short(child)))
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _short(node: etree._Element) -> str:
    """Return the name as the sequences have it: without the prefix of the main namespace."""
    name = etree.QName(node)
    return (
        name.localname if name.namespace == NAMESPACES["w"] else f"{node.prefix}:{name.localname}"
    )


def illegal(text: str) -> str | None:
    """Return the first character that no XML file can hold (XML 1.0, 2.2), or None."""
    found = _ILLEGAL.search(text)
    return found.group() if found else None


def twips(points: float) -> int:
    """Return points as twentieths of a point, the unit of most lengths."""
    return round(points * 20)
