"""What a checker wrote into the table of an index: verdicts and notes, and nothing else.

A row is known by the identity of its sentence, never by where it stands; a column by its head. What
was changed elsewhere changes nothing in the letter, and is told. What changes by itself from one
table to the next, as a page does, is not compared.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from reportgen.problems.model import Place, Problem, Severity
from reportgen.problems.wording import quoted
from reportgen.review.formats.cells import Cell
from reportgen.review.formats.columns import COLUMNS, IDENTITY, NOTE, VERDICT
from reportgen.review.model import Marking, Ruling

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reportgen.review.formats.cells import Line
    from reportgen.review.model import Index, Row

_NEEDED: Final = (IDENTITY, VERDICT, NOTE)
_TOLD: Final = 50
"""Of how many changed cells each is told; of the others, how many there are."""
_NAMED: Final = 10
"""How many sentences are named that a table lacks."""
_EMPTY: Final = Cell("")


def markings(
    index: Index, lines: Sequence[Line], shown_as: str
) -> tuple[tuple[Marking, ...], tuple[Problem, ...]]:
    """Return what a checker marked in a table, and what is wrong with the table.

    Args:
        index: The index of the letter as it stands.
        lines: The table that came back.
        shown_as: What problems call it.

    Returns:
        A marking for each sentence whose verdict or note is another than the index has, in the
        order of the letter, and problems: `index-columns`, after which nothing is taken;
        `index-formula`, `unknown-verdict`, `unknown-assertion` and `duplicate-verdict`, each of
        which leaves its row out; and the warnings `index-moved` and `index-edited`.
    """
    return _Reader(index, shown_as).read(lines)


@dataclass(slots=True)
class _Reader:
    """Reads one table."""

    index: Index
    shown_as: str
    problems: list[Problem] = field(default_factory=list)
    _edited: int = 0

    def read(self, lines: Sequence[Line]) -> tuple[tuple[Marking, ...], tuple[Problem, ...]]:
        columns = self._columns(lines[0].cells) if lines else self._columns({})
        found: dict[str, list[tuple[int, Marking]]] = {}
        if columns is not None:
            rows = {row.assertion.id: row for row in self.index.rows}
            for line in lines[1:]:
                marking = self._marking(line, columns, rows)
                if marking is not None:
                    found.setdefault(marking.assertion, []).append((line.number, marking))
            self._missing(line.cells.get(columns[IDENTITY], _EMPTY) for line in lines[1:])
        if self._edited > _TOLD:
            self._tell("index-edited", f"{self._edited - _TOLD} further cells were changed", None)
        return tuple(self._settled(found)), tuple(self.problems)

    def _columns(self, heads: Mapping[int, Cell]) -> Mapping[str, int] | None:
        """Return the number of each column by its head; None where one is missing that counts."""
        known = {_plain(column.head): column.head for column in COLUMNS}
        columns: dict[str, int] = {}
        twice: set[str] = set()
        for number, cell in sorted(heads.items()):
            head = known.get(_plain(cell.text))
            if head is None:
                self._tell("index-edited", f"a column {quoted(cell.text)} was added", None)
            elif head in columns:
                twice.add(head)
            else:
                columns[head] = number
        wrong = [head for head in _NEEDED if head not in columns or head in twice]
        if wrong:
            said = " and ".join(f"“{head}”" for head in wrong)
            self._tell("index-columns", f"the table needs one column {said}", None)
            return None
        for column in COLUMNS:
            if column.head not in columns:
                self._tell("index-edited", f"the column “{column.head}” was taken out", None)
        order = [column.head for column in COLUMNS if column.head in columns]
        if sorted(order, key=columns.__getitem__) != order:
            self._tell("index-moved", "the columns stand in another order", None)
        return columns

    def _missing(self, identities: Iterable[Cell]) -> None:
        """Tell which sentences the table has no row of: nobody says anything of them."""
        there = {cell.text.strip() for cell in identities}
        gone = [str(r.assertion.number) for r in self.index.rows if r.assertion.id not in there]
        if gone:
            some = ", ".join(gone[:_NAMED]) + (" and others" if len(gone) > _NAMED else "")
            rows = "row of sentence" if len(gone) == 1 else f"{len(gone)} rows of sentences"
            self._tell("index-edited", f"the table lacks the {rows} {some}", None)

    def _marking(
        self, line: Line, columns: Mapping[str, int], rows: Mapping[str, Row]
    ) -> Marking | None:
        """Return what a checker marked in a row; None when that is nothing, or will not do."""

        def cell(head: str) -> Cell:
            return line.cells.get(columns[head], _EMPTY)

        for head in _NEEDED:
            if cell(head).formula:
                self._tell("index-formula", f"“{head}” holds a formula", line.number)
                return None
        identity = cell(IDENTITY).text.strip()
        said, note = cell(VERDICT).text.strip(), _plain_lines(cell(NOTE).text)
        row = rows.get(identity)
        if row is None:
            if said or note:
                name = (
                    f"the sentence {quoted(identity)}" if identity else "a sentence without an id"
                )
                self._tell("unknown-assertion", f"{name} is not in the letter", line.number)
            return None
        for column in COLUMNS:
            if column.head in columns and not (column.returned or column.moves):
                self._compare(column.cell(row), cell(column.head), column.head, line.number)
        if said and said.casefold() not in {str(each) for each in Ruling}:
            self._tell("unknown-verdict", f"{quoted(said)} is neither ok nor wrong", line.number)
            return None
        return self._news(row, Ruling(said.casefold()) if said else None, note, line.number)

    def _compare(self, own: str, cell: Cell, head: str, number: int) -> None:
        if cell.formula or _plain(cell.text) != _plain(own):
            self._edited += 1
            if self._edited <= _TOLD:
                self._tell("index-edited", f"“{head}” was changed, which changes nothing", number)

    def _news(self, row: Row, ruling: Ruling | None, note: str, number: int) -> Marking | None:
        """Return the marking where it says something that the index does not say already."""
        verdict = row.verdict if row.verdict and row.verdict.lapsed is None else None
        before = (verdict.ruling, _plain_lines(verdict.note)) if verdict else (None, "")
        if (ruling, note) == before:
            return None
        if verdict is not None and ruling is None:
            message = "a verdict was taken out; one is replaced, never taken back"
            self._tell("index-edited", message, number)
            return None
        return Marking(row.assertion.id, row.assertion.digest, ruling, note)

    def _settled(self, found: Mapping[str, list[tuple[int, Marking]]]) -> Iterator[Marking]:
        for row in self.index.rows:
            each = found.get(row.assertion.id, [])
            if len({marking for _, marking in each}) > 1:
                numbers = " and ".join(str(number) for number, _ in each)
                message = f"rows {numbers} mark sentence {row.assertion.number} otherwise"
                self._tell("duplicate-verdict", message, None)
            elif each:
                yield each[0][1]

    def _tell(self, code: str, message: str, number: int | None) -> None:
        warned = code in {"index-edited", "index-moved"}
        severity = Severity.WARNING if warned else Severity.ERROR
        where = f"row {number}: " if number is not None else ""
        place = Place(self.shown_as)
        self.problems.append(Problem(code, f"{where}{message}", place, _HELP.get(code), severity))


_HELP: Final = {
    "index-columns": "make the index again, and leave its columns and their heads as they are",
    "index-formula": "write a word or a text in place of the formula",
    "unknown-verdict": "write ok or wrong, and anything else in the note",
    "unknown-assertion": "it was changed since the table was made: make the index again",
    "duplicate-verdict": "delete one of the rows, or make them the same",
    "index-edited": "only verdicts and notes are taken over",
}


def _plain(text: str) -> str:
    """Return a cell's text as it is compared: programs change line breaks and white space."""
    return " ".join(text.split())


def _plain_lines(text: str) -> str:
    """Return a note as it is kept: its lines, without white space at their ends."""
    return "\n".join(" ".join(line.split()) for line in text.strip().splitlines())
