"""Particulars of the file: the document's properties and Word's settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportgen.rendering.wordprocessing.elements import element, root, twips, w
from reportgen.rendering.wordprocessing.notes import SEPARATORS
from reportgen.rendering.wordprocessing.numbering import INDENT

if TYPE_CHECKING:
    from lxml.etree import _Element

    from reportgen.letters.draft import Draft

_WORD_2013: Final = 15
"""The mode in which Word sets what it has set the same way since 2013."""


def properties(draft: Draft) -> _Element:
    """Return the part `core.xml`: title, author, language and date, and nobody's name or program."""
    moment = f"{draft.date.isoformat()}T00:00:00Z"
    dated = {"xsi:type": "dcterms:W3CDTF"}
    return root(
        "cp:coreProperties",
        "cp dc dcterms xsi",
        element("dc:title", {}, draft.title),
        element("dc:subject", {}, draft.subject),
        element("dc:creator", {}, draft.author),
        element("dc:language", {}, draft.language),
        element("dcterms:created", dated, moment),
        element("dcterms:modified", dated, moment),
    )


def settings(draft: Draft, *, fonts: bool, final: bool) -> _Element:
    """Return the part `settings.xml`.

    Args:
        draft: The letter.
        fonts: Whether the file brings its own.
        final: Whether it is the copy that is sent. Otherwise it is there to be edited, and Word
            begins with tracking on.
    """
    mode = w(
        "compatSetting",
        name="compatibilityMode",
        uri="http://schemas.microsoft.com/office/word",
        val=_WORD_2013,
    )
    return root(
        "w:settings",
        "w",
        *((w("embedTrueTypeFonts"),) if fonts else ()),
        *(() if final else (w("trackRevisions"),)),
        w("defaultTabStop", val=twips(INDENT)),
        w("characterSpacingControl", val="doNotCompress"),
        w("footnotePr", *(w("footnote", id=number) for number in SEPARATORS.values())),
        w("compat", mode),
        w("themeFontLang", val=draft.language),
        w("decimalSymbol", val="."),
        w("listSeparator", val=","),
    )
