"""Running heads and feet: what stands on every page around the text.

On page 1 the head is the marking, since the letterhead follows in the text; on the others it is
marking, addressees, date and page. The foot has what belongs to one copy: the legend of a draft,
the legend and the page's number of a confidential version.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from reportgen.letters.markup import Element
from reportgen.rendering.page import continuation
from reportgen.rendering.wordprocessing.elements import w
from reportgen.rendering.wordprocessing.looks import ParagraphLook
from reportgen.rendering.wordprocessing.paragraphs import adjusted
from reportgen.rendering.wordprocessing.runs import run, runs, words
from reportgen.rendering.wordprocessing.styles import identifier

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element

    from reportgen.letters.draft import Draft, Production
    from reportgen.rendering.model import Edition
    from reportgen.rendering.wordprocessing.story import Story

_FEWEST_LINES: Final = 2
"""Date and page take a line each, however few addressees there are."""
_RULE: Final = ParagraphLook(after=16, rule_below=5)


Nodes = tuple[Element | str, ...]


@dataclass(frozen=True, slots=True)
class Running:
    """What stands at the head and the foot of pages, a line each.

    Attributes:
        marking: The line at the head of every page; nothing when there is none.
        names: The addressees.
        date: The date.
        legend: What a draft says of itself; nothing in a final copy.
    """

    marking: Nodes
    names: tuple[Nodes, ...]
    date: Nodes
    legend: Nodes


def running(draft: Draft, edition: Edition) -> Running:
    """Return the lines of a letter."""
    names, date = continuation(draft)
    legend = edition.legend(draft.digest)
    return Running(
        (draft.marking,) if draft.marking else (),
        tuple((name,) for name in names),
        (date,),
        () if legend is None else (legend,),
    )


def revised(heads: Element) -> Running:
    """Return the lines of a redline, the changes in them; see `Revision.heads`."""
    lines = [line for line in heads.children if isinstance(line, Element)]

    def of(role: str) -> tuple[Nodes, ...]:
        return tuple(line.children for line in lines if line.has_class(role))

    def joined(role: str) -> Nodes:
        return tuple(node for line in of(role) for node in line)

    return Running(joined("marking"), of("name"), joined("date"), joined("legend"))


def first_head(lines: Running, story: Story) -> Iterator[_Element]:
    """Yield the head of page 1."""
    yield _line("Marking", *runs(lines.marking, story))


def head(lines: Running, story: Story) -> Iterator[_Element]:
    """Yield the head of the pages after it."""
    yield from first_head(lines, story)
    page = (words("Page "), *_field("PAGE", "1"), words(" of "), *_field("NUMPAGES", "1"))
    right = (runs(lines.date, story), page)
    left = (*lines.names, *((),) * (_FEWEST_LINES - len(lines.names)))
    made = [
        _line("header", *runs(name, story), run(w("tab")), *content)
        for name, content in zip_longest(left, right, fillvalue=())
    ]
    adjusted(made[-1], _RULE)
    yield from made


def foot(draft: Draft, lines: Running, story: Story) -> Iterator[_Element]:
    """Yield the foot of every page; the final copy of a whole letter has none."""
    if lines.legend:
        yield _line("Legend", *runs(lines.legend, story))
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


def _line(style: str, *content: _Element) -> _Element:
    return w("p", w("pPr", w("pStyle", val=identifier(style))), *content)


def _field(code: str, shown: str) -> Iterator[_Element]:
    """Yield the runs of a field, which Word works out whenever it lays out the page."""
    yield run(w("fldChar", fldCharType="begin"))
    yield run(w("instrText", f" {code} "))
    yield run(w("fldChar", fldCharType="separate"))
    yield words(shown)
    yield run(w("fldChar", fldCharType="end"))
