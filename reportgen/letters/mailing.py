"""A list of recipients for serial letters: a CSV file in, addressees out, each with its line.

Spreadsheets write such a file in several ways: separated by commas, semicolons or tabs, with a byte
order mark or without. All of these are read; what would put a wrong name on a letter is refused.
"""

from __future__ import annotations

import csv
import io
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from reportgen.files.reading import decode
from reportgen.letters.directory import Addressee
from reportgen.letters.model import Recipient
from reportgen.problems.model import Place, Problem, Related, Span
from reportgen.problems.wording import listed, quoted, suggestion

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

LIMIT: Final = 8 * 1024 * 1024
"""How many bytes a list may have."""

MOST: Final = 10_000
"""How many recipients a list may have."""

NEEDED: Final = ("name", "title", "salutation", "office", "address")
COLUMNS: Final = (*NEEDED, "honorific", "short", "body", "verified", "source")
"""The columns: `office` is the committee or agency, `body` what that belongs to; the lines of an
`address` are parted by `|`; `verified` is the day on which somebody looked the entry up, and
`source` where."""

_SEPARATORS: Final = ",;\t"
_ENCODED: Final = (
    "save it as UTF-8, or say how it is encoded: `--encoding cp1252`, `--encoding utf-16`"
)
_FORMULA: Final = re.compile(r"[=@+]|-(?!\s)")
_TURNING: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""What a spreadsheet takes for a formula, and signs that turn the direction of writing."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A recipient of a list.

    Attributes:
        number: Its place in the list, from 1.
        addressee: Who is written to.
        place: Its row in the file.
    """

    number: int
    addressee: Addressee
    place: Place


def read(
    content: bytes, day: date, shown_as: str, encoding: str = "utf-8"
) -> tuple[tuple[Listed, ...], tuple[Problem, ...]]:
    """Read a list of recipients.

    Args:
        content: The file's bytes.
        day: The date of the letter, on which the list is taken to hold.
        shown_as: What problems call the file.
        encoding: How its text is encoded: a name that Python knows.

    Returns:
        The recipients in their order, and problems: those of reading a text, `recipients-columns`,
        `recipients-row` and `duplicate-recipient`. With any problem there are no recipients: a
        letter that was left out is not noticed.
    """
    if encoding == "utf-8" and content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        encoding = "utf-16"  # "Unicode text" of a spreadsheet says so itself
    if encoding != "utf-8":
        try:
            content = content.decode(encoding).encode()
        except (UnicodeError, LookupError) as error:
            message = f"the file is not in {encoding}: {str(error).lower()}"
            return (), (Problem("wrong-encoding", message, Place(shown_as), _ENCODED),)
    text, problems = decode(content, shown_as)
    if text is None:
        # A list may be read as it is, unlike other files.
        return (), tuple(
            replace(each, help=_ENCODED) if each.code == "wrong-encoding" else each
            for each in problems
        )
    return _List(text, day, shown_as).read()


class _List:
    """Reads one list."""

    def __init__(self, text: str, day: date, shown_as: str) -> None:
        self._text = text
        self._day = day
        self._shown_as = shown_as
        self._problems: list[Problem] = []

    def read(self) -> tuple[tuple[Listed, ...], tuple[Problem, ...]]:
        rows = _without_empty_ends(list(self._rows()))
        columns = self._columns(rows[0][1]) if rows else None
        if not rows:
            self._tell("recipients-columns", "the list is empty", 1)
        if columns is None:
            return (), tuple(self._problems)
        found = tuple(self._listed(rows[1:], columns))
        if not rows[1:]:
            self._tell("recipients-row", "the list names nobody", rows[0][0])
        self._tell_repeated(found)
        return (() if self._problems else found), tuple(self._problems)

    def _rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield each row that is not empty, with the line that it begins on."""
        first = self._text.partition("\n")[0]
        separator = max(_SEPARATORS, key=first.count)
        reader = csv.reader(io.StringIO(self._text), delimiter=separator, strict=True)
        line = 1
        try:
            for row in reader:
                if any(cell.strip() for cell in row):
                    yield line, [cell.strip() for cell in row]
                line = reader.line_num + 1
        except csv.Error as error:
            help_ = "a quotation mark that begins a cell ends it as well; within one it is doubled"
            self._tell("recipients-row", f"this is no row of a CSV file: {error}", line, help_)

    def _columns(self, heads: list[str]) -> Mapping[str, int] | None:
        """Return where each column is; None where one is missing, unknown or there twice."""
        names = [head.lower().replace(" ", "_") for head in heads]
        for name in dict.fromkeys(names):
            if name not in COLUMNS:
                advice = suggestion(name, COLUMNS, "columns")
                message = f"a list has no column {quoted(name)}" if name else "a column has no name"
                self._tell("recipients-columns", message, 1, advice)
            elif names.count(name) > 1:
                self._tell("recipients-columns", f"the column `{name}` is there twice", 1)
        missing = [name for name in NEEDED if name not in names]
        if missing:
            columns = "column" if len(missing) == 1 else "columns"
            message = f"the list has no {columns} {listed(missing)}"
            self._tell("recipients-columns", message, 1, f"its columns are {', '.join(COLUMNS)}")
        return None if self._problems else {name: names.index(name) for name in names}

    def _listed(
        self, rows: list[tuple[int, list[str]]], columns: Mapping[str, int]
    ) -> Iterator[Listed]:
        if len(rows) > MOST:
            message = f"the list names {len(rows):,} recipients, and {MOST:,} are the most"
            self._tell("recipients-row", message, rows[MOST][0], "make two lists of it")
            return
        for number, (line, cells) in enumerate(rows, 1):
            if len(cells) != len(columns):
                message = f"the row has {len(cells)} cells, and the head {len(columns)}"
                help_ = "put a cell that holds the separator into quotation marks"
                self._tell("recipients-row", message, line, help_)
                continue
            said = {name: cells[column] for name, column in columns.items()}
            if self._misread(said, line):
                continue
            addressee = self._addressee(number, said, line)
            if addressee is not None:
                yield Listed(number, addressee, self._place(line))

    def _misread(self, said: Mapping[str, str], line: int) -> bool:
        """Tell of cells that say something else than a spreadsheet shows."""
        before = len(self._problems)
        for name, cell in said.items():
            if _FORMULA.match(cell) and (name != "address" or cell[0] in "=@"):
                message = f"`{name}` begins with {quoted(cell[0])}, as a formula does"
                self._tell("recipients-row", message, line, "write what the cell shows")
            if "\n" in cell and name != "address":
                message = f"`{name}` has a line break in it"
                self._tell("recipients-row", message, line, "only an address has several lines")
            if _TURNING.search(cell):
                message = f"`{name}` has a sign that turns the direction of writing"
                help_ = "such a name is not what it looks like; write it without"
                self._tell("recipients-row", message, line, help_)
        return len(self._problems) > before

    def _addressee(self, number: int, said: Mapping[str, str], line: int) -> Addressee | None:
        empty = [name for name in NEEDED if not said[name]]
        if empty:
            self._tell("recipients-row", f"the row has no {listed(empty, 'or')}", line)
            return None
        day, source = said.get("verified", ""), said.get("source", "")
        if bool(day) != bool(source):
            message = "what is verified needs a day under `verified`, and a `source`"
            self._tell("recipients-row", message, line)
            return None
        verified = {"date": day, "source": source} if day else None
        address = said["address"].replace("\n", "|").split("|")
        tenure = {
            "name": said["name"],
            **({"honorific": honorific} if (honorific := said.get("honorific")) else {}),
            "title": said["title"],
            "salutation": said["salutation"],
            "valid_from": self._day.isoformat(),
            "verified": verified,
        }
        recipient = {
            "name": said["office"],
            "short": said.get("short") or said["office"],
            "body": said.get("body") or None,
            "address": [part.strip() for part in address if part.strip()],
            "verified": verified,
            "offices": {"holder": [tenure]},
        }
        try:
            valid = Recipient.model_validate(recipient)
        except ValidationError as error:
            detail = error.errors(include_url=False)[0]
            where = next((str(s) for s in reversed(detail["loc"]) if s in COLUMNS), "this row")
            self._tell("recipients-row", f"`{where}` will not do: {detail['msg'].lower()}", line)
            return None
        holder = valid.offices["holder"][0]
        if not honorific:
            holder = holder.model_copy(update={"honorific": ""})
        return Addressee(f"recipient-{number}", valid, holder)

    def _tell_repeated(self, found: tuple[Listed, ...]) -> None:
        first: dict[tuple[str, ...], Listed] = {}
        for each in found:
            lines = tuple(" ".join(line.casefold().split()) for line in each.addressee.lines)
            before = first.setdefault(lines, each)
            if before is not each:
                name = each.addressee.tenure.name
                self._problems.append(
                    Problem(
                        "duplicate-recipient",
                        f"{name} is in the list twice, and would get two letters",
                        each.place,
                        "delete one of the rows",
                        related=(Related(before.place, "the first is here"),),
                    )
                )

    def _tell(self, code: str, message: str, line: int, help_: str | None = None) -> None:
        self._problems.append(Problem(code, message, self._place(line), help_))

    def _place(self, line: int) -> Place:
        return Place(self._shown_as, span=Span(line, 1, line, 2))


def _without_empty_ends(rows: list[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """Return rows without the columns at their end that have neither a name nor a cell filled in."""
    while (
        rows and rows[0][1] and not any(cells[len(rows[0][1]) - 1 :] != [""] for _, cells in rows)
    ):
        rows = [(line, cells[:-1]) for line, cells in rows]
    return rows
