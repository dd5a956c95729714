"""The index for reading: a table of sentences and what stands behind each.

What comes out is the content of a page, in the closed tag set; whoever renders it makes of it a web
page or a PDF.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from reportgen.letters.markup import Element
from reportgen.problems.printing import counted
from reportgen.quantities.dates import long_form
from reportgen.quantities.notation import in_figures
from reportgen.review.formats.columns import citations, within

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.review.model import Evidence, Index, Row, Verdict

Node = Element | str

_HEADS = (
    ("number", "No."),
    ("sentence", "Sentence as it will be sent"),
    ("facts", "Facts, exact values, and what the words leave open"),
    ("sources", "Sources and quoted words"),
    ("standing", "Status and attribution"),
    ("verdict", "Verdict"),
)


def body(index: Index) -> tuple[Element, ...]:
    """Return the content of the page."""
    columns = (Element("th", (("scope", "col"), ("class", name)), (head,)) for name, head in _HEADS)
    head = Element("thead", (), (Element("tr", (), tuple(columns)),))
    rows = Element("tbody", (), tuple(map(_row, index.rows)))
    return (
        Element(
            "header",
            (("class", "title"),),
            (
                Element("h1", (), (f"Index of {index.letter}",)),
                Element("p", (), (f"{index.title}. Draft {index.digest[:12]}.",)),
                Element("p", (("class", "summary"),), (_summary(index),)),
                *(Element("p", (("class", "waiver"),), (each,)) for each in index.let_pass),
            ),
        ),
        Element("table", (("class", "index"),), (head, rows)),
    )


def _summary(index: Index) -> str:
    verdicts = [row.verdict for row in index.rows if row.verdict]
    lapsed = sum(verdict.lapsed is not None for verdict in verdicts)
    standing = [verdict.ruling for verdict in verdicts if verdict.lapsed is None]
    unchecked = len(index.rows) - len(verdicts)
    parts = (
        (standing.count("ok"), "found right"),  # type: ignore[arg-type] # StrEnum
        (standing.count("wrong"), "found wrong"),  # type: ignore[arg-type]
        (
            lapsed,
            "changed since it was checked" if lapsed == 1 else "changed since they were checked",
        ),
        (unchecked, "not checked"),
    )
    said = ", ".join(f"{number} {words}" for number, words in parts if number)
    alone = sum(not row.evidence for row in index.rows)
    rest = f" {alone} rest{'s' * (alone == 1)} on no fact of a case." if alone else ""
    return f"{counted(len(index.rows), 'sentence')}: {said or 'nothing to check'}.{rest}"


def _row(row: Row) -> Element:
    number = str(row.assertion.number)
    place: tuple[Node, ...] = (number,)
    if row.position is not None:
        where = f"p. {row.position.page}, l. {row.position.line}"
        place = (number, Element("br"), Element("span", (("class", "place"),), (where,)))
    cells = (
        Element("th", (("scope", "row"), ("class", "number")), place),
        _cell("sentence", *_sentence(row)),
        _cell("facts", *_facts(row)),
        _cell("sources", *_sources(row)),
        _cell("standing", *_standings(row)),
        _cell("verdict", *_verdict(row.verdict)),
    )
    return Element("tr", (("id", row.assertion.id),), cells)


def _cell(name: str, *children: Node) -> Element:
    return Element("td", (("class", name),), children)


def _block(name: str, *children: Node) -> Element:
    return Element("p", (("class", name),), children)


def _quiet(*children: Node) -> Element:
    return Element("span", (("class", "quiet"),), children)


def _sentence(row: Row) -> Iterator[Node]:
    yield _block("words", row.assertion.text)
    for waiver in row.assertion.waivers:
        yield _block("waiver", f"Waived: {waiver.code}. {waiver.reason}")
    yield _block("identity", row.assertion.id)


def _facts(row: Row) -> Iterator[Node]:
    if not row.evidence:
        yield _block("open", "rests on no fact of a case")
    for each in row.evidence:
        yield _block("fact", *_fact(each))


def _fact(evidence: Evidence) -> Iterator[Node]:
    if evidence.words:
        yield Element("strong", (), (f"“{within(evidence.words)}”",))
        yield " "
    yield _quiet(evidence.address)
    value = _value(evidence)
    if value:
        yield Element("br")
        yield f"= {value}"
    if evidence.rule:
        yield Element("br")
        yield evidence.rule


def _value(evidence: Evidence) -> str:
    """Return the exact value; nothing where the words say it, or the rule says its bounds."""
    value = evidence.value
    if evidence.rule and ".." in value:
        return ""
    with suppress(ValueError):
        value = long_form(date.fromisoformat(value))
    return "" if value == evidence.words else in_figures(value)


def _sources(row: Row) -> Iterator[Node]:
    for each in citations(row):
        parts: list[Node] = [each.text, "."]
        for quote in each.quotes:
            parts += [Element("br"), f"“{within(quote)}”"]
        if each.exhibit:
            parts += [Element("br"), _quiet(f"{each.exhibit}, SHA-256 {each.sha256}")]
        yield _block("source", *parts)


def _standings(row: Row) -> Iterator[Node]:
    for each in row.standings:
        yield _block("case", Element("strong", (), (each.case,)), f": {each.status}")
        for line in each.attributions:
            yield _block("actor", line)


def _verdict(verdict: Verdict | None) -> Iterator[Node]:
    if verdict is None:
        yield _block("open", "not checked")
        return
    said = f"{verdict.by}, {long_form(verdict.at.date())}, {verdict.signature}"
    if verdict.lapsed is not None:
        yield _block("lapsed", f"lapsed: {verdict.lapsed}")
        yield _block("checker", f"was {verdict.ruling} ({said})")
    else:
        yield _block(str(verdict.ruling), Element("strong", (), (str(verdict.ruling),)))
        yield _block("checker", said)
    if verdict.note:
        yield _block("note", verdict.note)
