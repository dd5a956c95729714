"""The columns of the index as a table of plain texts, for a spreadsheet program.

One list for every format that has cells, and for reading them back: what is compared with what
comes back is what was written.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reportgen.quantities.notation import in_figures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from reportgen.review.model import Row

SHEET: Final = "Index"
"""What the sheet of a workbook is called that holds the table."""

LONGEST: Final = 32_000
"""How many characters a cell has at most; Excel takes 32,767."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table.

    Attributes:
        head: What stands above it; it is found again by this.
        width: How wide it is, in characters.
        text: What stands in it for a sentence.
        returned: Whether what a checker writes there is taken over.
        moves: Whether it changes without the sentence: its number, its page, who checked it.
    """

    head: str
    width: int
    text: Callable[[Row], str]
    returned: bool = False
    moves: bool = False

    def cell(self, row: Row) -> str:
        """Return what stands in the cell of a row; a text that no cell could hold is cut."""
        text = self.text(row)
        return text if len(text) <= LONGEST else f"{text[:LONGEST]} […]"


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(texts)


def _position(row: Row) -> str:
    return f"p. {row.position.page}, l. {row.position.line}" if row.position else ""


def _facts(row: Row) -> Iterator[str]:
    for each in row.evidence:
        words = f"“{within(each.words)}”" if each.words else "(rests on)"
        value = f" = {in_figures(each.value)}" if each.value else ""
        yield f"{words}: {each.address}{value}"


def _rules(row: Row) -> Iterator[str]:
    for each in row.evidence:
        if each.rule:
            yield f"“{within(each.words)}”: {each.rule}"


@dataclass(frozen=True, slots=True)
class Source:
    """A source of a sentence, with all that is quoted of it.

    Attributes:
        text: The source as a letter cites it.
        quotes: The words that the case quotes, in the order of the facts.
        exhibit: The file that the case keeps of it; empty when it keeps none.
        sha256: That file's digest.
    """

    text: str
    quotes: tuple[str, ...]
    exhibit: str
    sha256: str


def citations(row: Row) -> tuple[Source, ...]:
    """Return the sources of a sentence, each once, in the order of its facts."""
    found: dict[tuple[str, str, str], dict[str, None]] = {}
    for each in (each for one in row.evidence for each in one.citations):
        quotes = found.setdefault((each.text, each.exhibit, each.sha256), {})
        if each.quote:
            quotes[each.quote] = None
    return tuple(
        Source(text, tuple(quotes), exhibit, digest)
        for (text, exhibit, digest), quotes in found.items()
    )


def within(text: str) -> str:
    """Return a text for quotation marks around it: its own become single (Chicago, 13.30)."""
    return text.replace("“", "‘").replace("”", "’")


def _sources(row: Row) -> Iterator[str]:
    for each in citations(row):
        quoted = "; ".join(f"“{within(quote)}”" for quote in each.quotes)
        yield f"{each.text}.{f' Quoted: {quoted}' if quoted else ''}"


def _exhibits(row: Row) -> Iterator[str]:
    for each in citations(row):
        if each.exhibit:
            yield f"{each.exhibit} (SHA-256 {each.sha256})"


def _standings(row: Row) -> Iterator[str]:
    for each in row.standings:
        said = "; ".join((each.status, *each.attributions))
        yield f"{each.case}: {said}"


def _waivers(row: Row) -> Iterator[str]:
    for each in row.assertion.waivers:
        yield f"{each.code}: {each.reason}"


def _ruling(row: Row) -> str:
    verdict = row.verdict
    return str(verdict.ruling) if verdict and verdict.lapsed is None else ""


def _note(row: Row) -> str:
    return row.verdict.note if row.verdict and row.verdict.lapsed is None else ""


def _checked(row: Row) -> str:
    verdict = row.verdict
    if verdict is None:
        return ""
    said = f"{verdict.by}, {verdict.at.date().isoformat()}"
    return said if verdict.lapsed is None else f"lapsed ({said}): {verdict.lapsed}"


COLUMNS: Final = (
    Column("No.", 5, lambda row: str(row.assertion.number), moves=True),
    Column("Sentence ID", 16, lambda row: row.assertion.id),
    Column("Place in the PDF", 11, _position, moves=True),
    Column("Sentence as it will be sent", 50, lambda row: row.assertion.text),
    Column("Facts and exact values", 42, lambda row: _lines(_facts(row))),
    Column("What the words leave open", 32, lambda row: _lines(_rules(row))),
    Column("Sources, with pin cites and quoted words", 50, lambda row: _lines(_sources(row))),
    Column("Exhibits", 24, lambda row: _lines(_exhibits(row))),
    Column("Status and attribution", 28, lambda row: _lines(_standings(row))),
    Column("Waived findings", 24, lambda row: _lines(_waivers(row))),
    Column("Verdict (ok or wrong)", 10, _ruling, returned=True),
    Column("Note", 36, _note, returned=True),
    Column("Checked by, on", 18, _checked, moves=True),
)
"""The columns, in the order of the table."""

IDENTITY: Final = COLUMNS[1].head
SENTENCE: Final = COLUMNS[3].head
VERDICT, NOTE = (column.head for column in COLUMNS if column.returned)
