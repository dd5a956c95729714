"""The catalog: tables with full-text search, made of the ledger's lines and of what bags hold.

It is there for finding, proves nothing, and can be made again at any time. What it was made from
stands in it, so that it is known when it lags behind; a file that is anything but a catalog of
this format is refused, and whoever asked makes a new one. The one door of sqlite3.
"""

from __future__ import annotations

import json
import os
import sqlite3
import stat
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from reportgen.archive.found import Standing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from reportgen.archive.found import Contents
    from reportgen.archive.model import Entry

FORMAT: Final = 2
"""Raised whenever a table changes: a catalog of another format is made again."""

_APPLICATION: Final = 0x7265706F  # "repo"
_TABLES: Final = {
    "state": """CREATE TABLE state (
        lines INTEGER NOT NULL, digest TEXT NOT NULL, octets INTEGER NOT NULL,
        prefix TEXT NOT NULL, fault TEXT NOT NULL, bags TEXT NOT NULL)""",
    "records": """CREATE TABLE records (
        number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, letter TEXT NOT NULL,
        family TEXT NOT NULL, title TEXT NOT NULL, date TEXT NOT NULL,
        organization TEXT NOT NULL, recipients TEXT NOT NULL, addressees TEXT NOT NULL,
        cases TEXT NOT NULL, submitted TEXT NOT NULL, day TEXT NOT NULL, via TEXT NOT NULL,
        by TEXT NOT NULL, bag TEXT NOT NULL, sought TEXT NOT NULL, standing TEXT NOT NULL,
        fault TEXT NOT NULL)""",
    "records_by_letter": "CREATE INDEX records_by_letter ON records (letter)",
    "records_by_day": "CREATE INDEX records_by_day ON records (day)",
    "statements": """CREATE TABLE statements (
        record INTEGER NOT NULL, place INTEGER NOT NULL, address TEXT NOT NULL,
        text TEXT NOT NULL, value TEXT NOT NULL, hedge TEXT NOT NULL,
        PRIMARY KEY (record, place)) WITHOUT ROWID""",
    "statements_by_address": "CREATE INDEX statements_by_address ON statements (address, record)",
    "named": """CREATE TABLE named (
        record INTEGER NOT NULL, address TEXT NOT NULL, formula TEXT NOT NULL,
        PRIMARY KEY (address, formula, record)) WITHOUT ROWID""",
    "corrections": """CREATE TABLE corrections (
        later INTEGER NOT NULL, name TEXT NOT NULL,
        PRIMARY KEY (later, name)) WITHOUT ROWID""",
    "corrections_by_name": "CREATE INDEX corrections_by_name ON corrections (name)",
    "events": """CREATE TABLE events (
        number INTEGER PRIMARY KEY, event TEXT NOT NULL, record TEXT NOT NULL, line TEXT NOT NULL)""",
    "events_by_record": "CREATE INDEX events_by_record ON events (record, event)",
    "events_by_event": "CREATE INDEX events_by_event ON events (event)",
    "texts": """CREATE VIRTUAL TABLE texts USING fts5(
        title, names, words, tokenize = 'unicode61 remove_diacritics 2')""",
}
_SHADOWS: Final = {f"texts_{each}" for each in ("data", "idx", "content", "docsize", "config")}
"""The tables that FTS5 keeps its index in (SQLite, FTS5 extension, section 9)."""
_BUSY: Final = 20.0
"""How many seconds one waits for another who writes."""

Row = tuple[object, ...]


class UnusableError(Exception):
    """A file is no catalog of this format, or is damaged: a new one has to be made."""


@dataclass(frozen=True, slots=True)
class State:
    """What a catalog was made from.

    Attributes:
        lines: How many lines of the ledger.
        digest: The digest of the last one.
        octets: How many bytes they are.
        prefix: The SHA-256 of these bytes.
        fault: What is wrong with the first line that does not hold; empty when all do.
        bags: What the folder of the bags was like; see `jobs.catalog.cataloging`.
    """

    lines: int
    digest: str
    octets: int
    prefix: str
    fault: str
    bags: str


class Catalog:
    """An open catalog."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def rows(self, statement: str, values: Sequence[object] = ()) -> list[Row]:
        """Return the rows of a query.

        Raises:
            UnusableError: The file is damaged.
        """
        try:
            return cast("list[Row]", self._connection.execute(statement, tuple(values)).fetchall())
        except sqlite3.DatabaseError as error:
            raise UnusableError(str(error)) from error

    @property
    def state(self) -> State:
        """What it was made from."""
        ((lines, digest, octets, prefix, fault, bags),) = self.rows("SELECT * FROM state")
        return State(
            int(str(lines)), str(digest), int(str(octets)), *map(str, (prefix, fault, bags))
        )

    @contextmanager
    def change(self) -> Iterator[None]:
        """Take what is done within as one change, or as none when it fails.

        Raises:
            UnusableError: The file is damaged, or cannot be written.
        """
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.rollback()
                raise
            self._connection.commit()
        except sqlite3.DatabaseError as error:
            raise UnusableError(str(error)) from error

    def remember(self, state: State) -> None:
        """Say what the catalog has been made from."""
        self._connection.execute("DELETE FROM state")
        self._connection.execute(
            "INSERT INTO state VALUES (?, ?, ?, ?, ?, ?)",
            (state.lines, state.digest, state.octets, state.prefix, state.fault, state.bags),
        )

    def enter(self, number: int, entry: Entry, line: bytes) -> None:
        """Enter what a line of the ledger says."""
        self._connection.execute(
            "INSERT INTO events VALUES (?, ?, ?, ?)",
            (number, str(entry.event), entry.record, line.decode("utf-8", "replace")),
        )

    def put(self, number: int, entry: Entry, contents: Contents) -> None:
        """Enter what a record's bag holds, in place of what the catalog has of it.

        Args:
            number: The line of the ledger that brought the record into the archive.
            entry: That line.
            contents: What the bag holds, or why that is not known.
        """
        self.drop(entry.record)
        record = contents.record
        row = _row(number, entry, contents)
        marks = ", ".join("?" * len(row))
        self._connection.execute(f"INSERT INTO records VALUES ({marks})", row)  # noqa: S608 - marks
        if record is None:
            return
        self._connection.execute(
            "INSERT INTO texts (rowid, title, names, words) VALUES (?, ?, ?, ?)",
            (number, record.title, " · ".join(record.addressees), contents.words),
        )
        self._connection.executemany(
            "INSERT INTO statements VALUES (?, ?, ?, ?, ?, ?)",
            (
                (number, place, each.address, each.text, each.value, each.hedge)
                for place, each in enumerate(contents.said)
            ),
        )
        self._connection.executemany(
            "INSERT OR IGNORE INTO named VALUES (?, ?, ?)",
            (
                (number, address, each.address)
                for each in contents.said
                for address in addresses_in(each.address)
            ),
        )
        self._connection.executemany(
            "INSERT OR IGNORE INTO corrections VALUES (?, ?)",
            ((number, name) for name in record.corrects),
        )

    def drop(self, record: str) -> None:
        """Forget what a record's bag held."""
        for (number,) in self.rows("SELECT number FROM records WHERE id = ?", (record,)):
            for statement in (
                "DELETE FROM texts WHERE rowid = ?",
                "DELETE FROM statements WHERE record = ?",
                "DELETE FROM named WHERE record = ?",
                "DELETE FROM corrections WHERE later = ?",
                "DELETE FROM records WHERE number = ?",
            ):
                self._connection.execute(statement, (number,))

    def brought(self, record: str) -> int | None:
        """Return the number of the line that brought a record into the archive, if any did."""
        rows = self.rows("SELECT number FROM records WHERE id = ?", (record,))
        return int(str(rows[0][0])) if rows else None

    def brought_all(self) -> list[tuple[int, str, Standing]]:
        """Return of every record the line that brought it, its name and how it stands."""
        rows = self.rows("SELECT number, id, standing FROM records ORDER BY number")
        return [(int(str(number)), str(name), Standing(str(how))) for number, name, how in rows]

    def line(self, number: int) -> str:
        """Return a line of the ledger as it stands there."""
        ((line,),) = self.rows("SELECT line FROM events WHERE number = ?", (number,))
        return str(line)

    def close(self) -> None:
        """Close it; what is temporary is gone then."""
        self._connection.close()


def addresses_in(formula: str) -> tuple[str, ...]:
    """Return the addresses of facts that stand in an address or a formula."""
    cleaned = "".join(c if c.isalnum() or c in "._-" else " " for c in formula)
    return tuple(dict.fromkeys(each.strip(".-") for each in cleaned.split() if "." in each))


def _row(number: int, entry: Entry, contents: Contents) -> Row:
    record, bag = contents.record, entry.bag or ""
    standing = (str(contents.standing), contents.fault)
    if record is None:
        known = ("letter", "family", "title", "date", "organization")
        said = tuple(entry.details.get(name, "") for name in known)
        day = entry.at.date().isoformat() if entry.event.brings_a_record else ""
        return (number, entry.record, *said, "[]", "[]", "[]", "", day, "", "", bag, "", *standing)
    sent = record.submitted
    people = (*record.recipients, *record.addressees)
    return (
        number,
        record.id,
        record.letter,
        record.family,
        record.title,
        record.date.isoformat(),
        record.organization,
        *(_listed(each) for each in (record.recipients, record.addressees, record.cases)),
        sent.at.isoformat(),
        sent.at.date().isoformat(),
        sent.via,
        sent.by,
        bag,
        "\n".join(map(folded, people)),
        *standing,
    )


def _listed(names: Sequence[str]) -> str:
    return json.dumps(names, ensure_ascii=False)


def folded(text: str) -> str:
    """Return a text without case and diacritics, as names are looked for."""
    import unicodedata  # noqa: PLC0415 - most commands look for no name

    parts = unicodedata.normalize("NFKD", text)
    return "".join(each for each in parts if not unicodedata.combining(each)).casefold()


# --- files --------------------------------------------------------------------------------------


def create(path: Path | None) -> Catalog:
    """Return a new, empty catalog.

    Args:
        path: The file, which must not be there; None for one that is on no path, is kept on the
            disk as far as it is large, and is gone when it is closed.

    Raises:
        UnusableError: It cannot be written.
    """
    try:
        connection = sqlite3.connect("" if path is None else path, isolation_level=None)
        connection.execute("PRAGMA journal_mode = MEMORY")
        connection.execute("PRAGMA synchronous = OFF")  # whoever made it forces it to the disk
        connection.execute(f"PRAGMA application_id = {_APPLICATION}")
        connection.execute(f"PRAGMA user_version = {FORMAT}")
        for each in _TABLES.values():
            connection.execute(each)
        connection.execute("PRAGMA temp_store = FILE")
        connection.execute("PRAGMA cache_size = -16384")  # kibibytes
    except sqlite3.DatabaseError as error:
        raise UnusableError(str(error)) from error
    return Catalog(connection)


def open_(path: Path, *, write: bool = False) -> Catalog:
    """Open a catalog that is there.

    Args:
        path: The file.
        write: Whether it is to be changed.

    Raises:
        UnusableError: It is not there, is no catalog of this format, or something else lies in
            its tables; or somebody who wrote in it was stopped amid that.
    """
    for beside in ("-journal", "-wal", "-shm"):
        if os.path.lexists(f"{path}{beside}"):
            raise UnusableError("somebody who wrote in it was stopped")
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            raise UnusableError("it is no regular file")
        mode = "rw" if write else "ro"
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None, timeout=_BUSY
        )
    except (OSError, sqlite3.DatabaseError) as error:
        raise UnusableError(str(error)) from error
    try:
        _examine(connection)
    except (sqlite3.DatabaseError, UnusableError) as error:
        connection.close()
        raise UnusableError(str(error)) from error
    return Catalog(connection)


def _examine(connection: sqlite3.Connection) -> None:
    """Refuse what is no catalog of this format: no trigger and no view of others is ever run."""
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    pragmas = ("application_id", "user_version")
    found = tuple(connection.execute(f"PRAGMA {each}").fetchone()[0] for each in pragmas)
    if found != (_APPLICATION, FORMAT):
        raise UnusableError("it is of another format")
    fault = _schema(connection)
    if fault:
        raise UnusableError(fault)
    if connection.execute("SELECT count(*) FROM state").fetchone() != (1,):
        raise UnusableError("it was never finished")


def _schema(connection: sqlite3.Connection) -> str:
    """Say what is wrong with the tables; empty when they are those of a catalog and no others."""
    found = set()
    for kind, name, sql in connection.execute("SELECT type, name, sql FROM sqlite_schema"):
        if kind not in {"table", "index"}:
            return f"it has a {kind}"
        if sql == _TABLES.get(name, ""):
            found.add(name)
        elif name not in _SHADOWS and sql is not None:
            return f"the {kind} {name} is none of a catalog's"
    return "" if found == _TABLES.keys() else "it lacks a table"
