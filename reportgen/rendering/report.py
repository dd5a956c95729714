"""A paper of the house, such as the index, as a web page or as a PDF.

A report and its styles go in, bytes come out: the same bytes for the same report. The web page
needs nothing else and loads nothing; the PDF is tagged and meets PDF/UA-1.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html import escape
from typing import TYPE_CHECKING

from reportgen.letters.markup import Element, serialize
from reportgen.problems.model import Severity
from reportgen.rendering.model import Artifact

if TYPE_CHECKING:
    from reportgen.problems.model import Problem
    from reportgen.rendering.model import Report, Stationery


def web_page(report: Report, stationery: Stationery) -> tuple[Artifact | None, tuple[Problem, ...]]:
    """Return a report as one web page, and what was wrong with it.

    Returns:
        The artifact, or None and the errors that stand in its way: `font-missing`,
        `resource-refused`.
    """
    from reportgen.rendering.html import one_sheet  # noqa: PLC0415 - loads the layout engine

    styles, problems = one_sheet(stationery)
    if problems:
        return None, problems
    hashed = b64encode(sha256(styles.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'sha256-{hashed}'; font-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    head = (
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<style>{styles}</style>\n"
    )
    page = _document(report, head)
    return Artifact(f"{report.name}.html", "text/html", page.encode()), ()


def pdf(report: Report, stationery: Stationery) -> tuple[Artifact | None, tuple[Problem, ...]]:
    """Return a report as a PDF/UA-1, PDF/A-2a too where it is to last, and what was wrong with it.

    Returns:
        The artifact and warnings (`style-ignored`), or None and the errors that stand in its way:
        `font-missing`, `missing-glyph`, `resource-refused`.
    """
    from reportgen.rendering.press import Press  # noqa: PLC0415 - loads the layout engine

    drawn = replace(report, body=tuple(map(_with_drawings, report.body)))
    made = Press(stationery).print_report(_document(drawn, ""), report)
    if any(problem.severity is Severity.ERROR for problem in made.problems):
        return None, made.problems
    artifact = Artifact(f"{report.name}.pdf", "application/pdf", made.content, made.pages)
    return artifact, made.problems


def _with_drawings(element: Element) -> Element:
    """Return an element whose images lead to where drawings are served."""
    from reportgen.rendering.page import chart_url  # noqa: PLC0415 - loads the layout engine

    def placed(name: str, value: str) -> str:
        return chart_url(value.removeprefix("chart:")) if name == "src" else value

    return Element(
        element.tag,
        tuple((name, placed(name, value)) for name, value in element.attributes),
        tuple(
            _with_drawings(child) if isinstance(child, Element) else child
            for child in element.children
        ),
    )


def _document(report: Report, head: str) -> str:
    day = report.date.isoformat()
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(report.language)}">\n<head>\n'
        f'<meta charset="utf-8">\n<title>{escape(report.title)}</title>\n'
        f'<meta name="author" content="{escape(report.author)}">\n'
        f'<meta name="dcterms.created" content="{day}T00:00:00Z">\n'
        f'<meta name="dcterms.modified" content="{day}T00:00:00Z">\n'
        f"{head}</head>\n<body>\n{chr(10).join(map(serialize, report.body))}\n</body>\n</html>\n"
    )
