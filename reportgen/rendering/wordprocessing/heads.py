"""Running heads and feet: what stands on every page around the text.

On page 1 the head is the marking, since the letterhead follows in the text; on the others it is
marking, addressees, date and page. The foot has what belongs to one copy: the legend of a draft,
the legend and the page's number of a confidential version.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportgen.rendering.page import continuation
from reportgen.rendering.wordprocessing.elements import w
from reportgen.rendering.wordprocessing.looks import ParagraphLook
from reportgen.rendering.wordprocessing.paragraphs import adjusted
from reportgen.rendering.wordprocessing.runs import run, words
from reportgen.rendering.wordprocessing.styles import identifier

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element

    from reportgen.letters.draft import Draft, Production

_FEWEST_LINES: Final = 2
"""Date and page take a line each, however few addressees there are."""
_RULE: Final = ParagraphLook(after=16, rule_below=5)


def first_head(draft: Draft) -> Iterator[_Element]:
    """Yield the head of page 1."""
    yield _line("Marking", words(draft.marking) if draft.marking else None)


def head(draft: Draft) -> Iterator[_Element]:
    """Yield the head of the pages after it."""
    yield from first_head(draft)
    names, date = continuation(draft)
    page = (words("Page "), *_field("PAGE", "1"), words(" of "), *_field("NUMPAGES", "1"))
    right = ((words(date),), page)
    left = (*names, *("",) * (_FEWEST_LINES - len(names)))
    made = [
        _line("header", words(name), run(w("tab")), *content)
        for name, content in zip(left, right, strict=True)
    ]
    adjusted(made[-1], _RULE)
    yield from made


def foot(draft: Draft, legend: str | None) -> Iterator[_Element]:
    """Yield the foot of every page; the final copy of a whole letter has none."""
    if legend is not None:
        yield _line("Legend", words(legend))
    production = draft.production
    if production is not None:
        yield _line("Legend", words(production.legend))
        yield _line("Legend", words(f"{production.prefix}-"), *_number(production))


def _number(production: Production) -> Iterable[_Element]:
    """Return the runs of the page's number, six digits, from the first that is given."""
    shown = f"{production.first:06}"
    if production.first == 1:
        return _field('PAGE \\# "000000"', shown)
    # A field within a field: Word adds, since the page itself is counted from 1.
    return (
        run(w("fldChar", fldCharType="begin")),
        run(w("instrText", " = ")),
        *_field("PAGE", "1"),
        run(w("instrText", f' + {production.first - 1} \\# "000000" ')),
        run(w("fldChar", fldCharType="separate")),
        words(shown),
        run(w("fldChar", fldCharType="end")),
    )


def _line(style: str, *content: _Element | None) -> _Element:
    properties = w("pPr", w("pStyle", val=identifier(style)))
    return w("p", properties, *(made for made in content if made is not None))


def _field(code: str, shown: str) -> Iterator[_Element]:
    """Yield the runs of a field, which Word works out whenever it lays out the page."""
    yield run(w("fldChar", fldCharType="begin"))
    yield run(w("instrText", f" {code} "))
    yield run(w("fldChar", fldCharType="separate"))
    yield words(shown)
    yield run(w("fldChar", fldCharType="end"))
