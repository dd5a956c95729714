"""A draft as a DOCX: the file that counsel edits.

A draft and the stationery go in, bytes come out: the same bytes for the same input. The letter is
made of Word's own things (styles, footnotes, header rows, fields), so that it can be worked on.
What cannot be shown is a problem, and there is no artifact while one of them is an error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportgen.problems.model import Place, Problem, Severity
from reportgen.rendering.model import Artifact, Edition
from reportgen.rendering.pictures import missing, wordless
from reportgen.rendering.wordprocessing.elements import illegal
from reportgen.rendering.wordprocessing.letter import write
from reportgen.rendering.wordprocessing.tables import MAX_COLUMNS, fits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.letters.draft import Draft
    from reportgen.rendering.model import Revision, Stationery

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_DRAFT: Final = Edition()
_EXCERPT: Final = 60
"""How many characters of a text a message quotes."""


def render(
    draft: Draft,
    stationery: Stationery,
    edition: Edition = _DRAFT,
    revision: Revision | None = None,
) -> tuple[Artifact | None, tuple[Problem, ...]]:
    """Return the letter as a DOCX, and what was wrong with it.

    Args:
        draft: The composed letter.
        stationery: Its fonts; its style sheets are for other formats.
        edition: Which copy is made, a draft unless it says otherwise. In a draft each fact is
            bookmarked by its id (`f_7` for `f-7`), and what is unbound is marked; a final copy has
            none of it.
        revision: What is said of its tracked changes, where its tree is that of a redline.

    Returns:
        The artifact, or None and the errors that stand in its way: `layout-incomplete`,
        `missing-alternative`, `resource-refused`.
    """
    problems = [*_unwritable(draft, edition), *missing(draft), *wordless(draft), *_too_wide(draft)]
    pictures: dict[str, bytes] = {}
    shown = {image.get("src") for image in draft.document.walk() if image.tag == "img"}
    for chart in draft.charts:
        if f"chart:{chart.name}" in shown:
            # Only a letter with a chart needs the layout engine.
            from reportgen.rendering.raster import picture  # noqa: PLC0415

            pictures[chart.name], incomplete = picture(chart, draft)
            problems += incomplete
    if any(problem.severity is Severity.ERROR for problem in problems):
        return None, tuple(problems)
    content = write(draft, stationery, edition, pictures, revision)
    return Artifact("letter.docx", MEDIA_TYPE, content), tuple(problems)


def _too_wide(draft: Draft) -> Iterator[Problem]:
    """Yield a problem for each table with more columns than Word has."""
    for table in (node for node in draft.document.walk() if node.tag == "table"):
        if not fits(table):
            name = table.get("id") or " ".join(table.text(notes=False)[:_EXCERPT].split())
            yield Problem(
                "layout-incomplete",
                f"the table “{name}” has more than {MAX_COLUMNS} columns, the most that Word has",
                Place(draft.name),
                "divide it into several tables",
            )


def _unwritable(draft: Draft, edition: Edition) -> Iterator[Problem]:
    """Yield a problem for each text with a character that no Word file can hold."""
    for text in dict.fromkeys(_texts(draft, edition)):
        sign = illegal(text)
        if sign is not None:
            shown = "".join(character for character in text if not illegal(character))
            yield Problem(
                "layout-incomplete",
                f"no Word file can hold the character U+{ord(sign):04X}, which stands in "
                f"“{' '.join(shown[:_EXCERPT].split())}”",
                Place(draft.name),
                "take the character out of the text",
            )


def _texts(draft: Draft, edition: Edition) -> Iterator[str]:
    """Yield every text that the file would hold."""
    yield from (draft.title, draft.author, draft.subject, draft.language, draft.marking or "")
    yield from draft.continuation
    yield from () if edition.final else edition.open_points
    if draft.production is not None:
        yield from (draft.production.legend, draft.production.prefix)
    yield from (chart.title for chart in draft.charts)
    for node in draft.document.walk():
        yield from (value for _, value in node.attributes)
        yield from (child for child in node.children if isinstance(child, str))
