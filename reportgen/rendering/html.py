"""A draft as one web page that needs nothing else: no server, no script, no network.

A draft and the web stationery go in, `letter.html` comes out, the same bytes for the same input.
Its typefaces and drawings are within it, and its content security policy lets a browser load
nothing but these: the style sheet by its hash, fonts and drawings as data. It prints on sheets of
the letter's paper.
"""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from html import escape
from typing import TYPE_CHECKING, Final

from reportgen.letters.markup import Element, serialize
from reportgen.rendering.complaints import of_refusals
from reportgen.rendering.legends import legends
from reportgen.rendering.model import Artifact, Edition
from reportgen.rendering.page import continuation, font_url
from reportgen.rendering.pictures import missing, wordless
from reportgen.rendering.screen import letter, open_points

if TYPE_CHECKING:
    from reportgen.letters.draft import Draft
    from reportgen.problems.model import Problem
    from reportgen.rendering.model import Stationery

MEDIA_TYPE: Final = "text/html"
DRAFT: Final = Edition()

_FONT_TYPES: Final = {".woff2": "font/woff2", ".ttf": "font/ttf", ".otf": "font/otf"}
_TOKEN: Final = re.compile(
    r"""/\*.*?\*/                                      # a comment, which stays with us
      | url\(\s*(?P<quote>["']?)(?P<address>.*?)(?P=quote)\s*\)
      | "(?:\\.|[^"\\])*" | '(?:\\.|[^'\\])*'          # a string, in which neither of them counts
    """,
    re.DOTALL | re.IGNORECASE | re.VERBOSE,
)


def render(
    draft: Draft, stationery: Stationery, edition: Edition = DRAFT
) -> tuple[Artifact | None, tuple[Problem, ...]]:
    """Return the letter as a web page, and what was wrong with it.

    Args:
        draft: The composed letter.
        stationery: The style sheets for the web, and the fonts that these name.
        edition: Which copy it is. In a final one ids of facts and their values do not reach the
            file. In a draft each bound fact is an anchor, an unbound number is marked, and what is
            open stands on a sheet of its own. Lines are not numbered: a screen breaks them anew.

    Returns:
        The artifact, or None and the errors that stand in its way: `font-missing`,
        `missing-alternative`, `resource-refused`.
    """
    styles, refused = one_sheet(stationery)
    problems = (*refused, *missing(draft), *wordless(draft))
    if problems:
        return None, problems
    page = _page(draft, f"{styles}{_sheets(draft, edition)}", edition)
    return Artifact("letter.html", MEDIA_TYPE, page.encode()), ()


def _page(draft: Draft, styles: str, edition: Edition) -> str:
    """Return the whole document."""
    hashed = b64encode(sha256(styles.encode()).digest()).decode()
    drawn = any(node.tag == "img" for node in draft.document.walk())
    images = " img-src data:;" if drawn else ""
    policy = (
        f"default-src 'none'; style-src 'sha256-{hashed}'; font-src data:;{images} "
        "base-uri 'none'; form-action 'none'"
    )
    lines = tuple(Element("p", (), (legend,)) for legend in legends(draft, edition))
    parts = (
        *((Element("header", (("class", "legends"),), lines),) if lines else ()),
        Element("main", (), (letter(draft, final=edition.final),)),
        *open_points(edition),
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(draft.language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(draft.title)}</title>\n"
        f'<meta name="author" content="{escape(draft.author)}">\n'
        f'<meta name="description" content="{escape(draft.subject)}">\n'
        f"<style>{styles}</style>\n</head>\n<body>\n"
        f"{chr(10).join(map(serialize, parts))}\n</body>\n</html>\n"
    )


# --- styles -------------------------------------------------------------------------------------


def one_sheet(stationery: Stationery) -> tuple[str, tuple[Problem, ...]]:
    """Return all style sheets as one, the fonts within it, and what was refused."""
    problems: list[Problem] = []
    sheets: list[str] = []
    for name, text in stationery.styles:

        def replaced(token: re.Match[str], name: str = name) -> str:
            address = token["address"]
            if address is None:
                return "" if token[0].startswith("/*") else token[0]
            folder, _, file = address.rpartition("/")
            font = stationery.fonts.get(file)
            media_type = _FONT_TYPES.get(file[file.rfind(".") :])
            if folder != "fonts" or font is None or media_type is None:
                url = font_url(file) if folder == "fonts" else address
                problems.extend(of_refusals((url,), name))
                return "none"
            return f"url(data:{media_type};base64,{b64encode(font).decode()})"

        sheets.append(_TOKEN.sub(replaced, text))
    lines = (line.strip() for sheet in sheets for line in sheet.splitlines())
    # A style element ends at the first "</": in CSS the escaped slash means the same.
    return "\n".join(filter(None, lines)).replace("</", "<\\/"), tuple(problems)


def _sheets(draft: Draft, edition: Edition) -> str:
    """Return the style of the printed sheets: their size, and what stands in their margins.

    Browsers that know no margin boxes leave these empty; the legends then stand on the first sheet
    alone, where they are part of the page. There are no Bates numbers: these name the pages of the
    PDF that is produced, and a printer breaks pages elsewhere.
    """
    names, date = continuation(draft)
    size = "a4" if draft.paper == "a4" else "letter"
    return (
        f"\n@page{{size:{size};"
        f"@bottom-center{{content:{_quoted(chr(10).join(legends(draft, edition)))}}}"
        f"@top-left{{content:{_quoted(chr(10).join(names))}}}"
        f'@top-right{{content:{_quoted(date + chr(10))} "Page " counter(page) " of " '
        "counter(pages)}}"
        "\n@page:first{@top-left{content:none}@top-right{content:none}}"
    )


def _quoted(text: str) -> str:
    """Return a CSS string of the text in which no sign has a meaning of its own."""
    signs = (c if c.isalnum() or c == " " else f"\\{ord(c):x} " for c in text)
    return f'"{"".join(signs)}"'
