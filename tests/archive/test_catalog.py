"""The catalog: what it finds, that it follows the ledger, and that nothing it is given is trusted."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, contextmanager, suppress
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.archive.finding import saying, searching
from reportgen.archive.finding.querying import expression
from reportgen.archive.found import Hit, Sought, Standing
from reportgen.archive.layout import Archive
from reportgen.archive.model import Event
from reportgen.jobs.catalog import retrieving
from reportgen.jobs.catalog.cataloging import ask, reindex
from reportgen.problems.model import Refusal
from tests.archive import sealed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


FACT = "example-2026.exchanges"
FIRST = "2026-06-10-example-2026-committee"
LATER = "2026-07-09-example-2026-correction"


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """Two letters, the second of which corrects the first and goes to somebody else."""
    archive = sealed.small(tmp_path)
    correct(archive)
    return archive


def correct(archive: Archive) -> None:
    record = sealed.record_of(
        "example-2026/correction",
        number=30,
        title="Correction of a figure",
        corrects=(FIRST,),
        recipients=("us-senate-banking.chair",),
        addressees=("Robin Señor",),
    )
    facts = [(FACT, "1.4 million", "1400000", ""), (f"{FACT} / days", "many", "", "")]
    sealed.put(archive, record, "There were 1.4 million exchanges. Café.", facts)


def hits(archive: Archive, words: str = "", **filters: object) -> tuple[Hit, ...]:
    found, problems = ask(
        archive,
        lambda catalog: searching.search(catalog, Sought(words, **filters)),  # type: ignore[arg-type]
    )
    assert not isinstance(found, Refusal), found
    assert problems == ()
    return found


def names(archive: Archive, words: str = "", **filters: object) -> list[str]:
    return [each.record.id for each in hits(archive, words, **filters)]


def dump(archive: Archive) -> list[tuple[object, ...]]:
    """All that a catalog holds, whatever the order in which its index was written."""
    tables = ("state", "records", "statements", "named", "corrections", "events", "texts")
    connection = sqlite3.connect(archive.catalog)
    try:
        return [row for each in tables for row in connection.execute(f"SELECT * FROM {each}")]  # noqa: S608
    finally:
        connection.close()


# --- finding ------------------------------------------------------------------------------------


def test_a_letter_is_found_by_a_word_of_it_which_is_shown(archive: Archive) -> None:
    (hit,) = hits(archive, "proxy", until=date(2026, 6, 30), limit=1)[-1:]
    assert [text for is_found, text in hit.snippet if is_found] == ["Proxy"]
    assert "".join(text for _, text in hit.snippet).startswith("In April 2026 about 1.2 million")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("exchanges", [LATER, FIRST]),
        ('"1.4 million exchanges"', [LATER]),
        ("“1.4 million exchanges”", [LATER]),
        ("CAFE", [LATER]),
        ("senor", [LATER]),
        ("distil*", [LATER, FIRST]),  # only the first says it; what corrects it comes first
        ("exchanges -proxy", [LATER]),
        ("exchanges elephant", []),
    ],
)
def test_a_query_has_words_phrases_beginnings_and_what_is_not_wanted(
    archive: Archive, query: str, found: list[str]
) -> None:
    assert names(archive, query) == found


@pytest.mark.parametrize(
    "query",
    [
        'exchanges"',
        '"',
        "AND",
        "NEAR(a b)",
        "words: x",
        "^exchanges",
        "(((",
        "a'; DROP TABLE records; --",
        "*",
        "-",
        "- -",
        "\0",
        "\udcff",
        "{title words}: x",
    ],
)
def test_nothing_that_is_typed_is_syntax(archive: Archive, query: str) -> None:
    found, problems = ask(archive, lambda catalog: searching.search(catalog, Sought(query)))
    assert problems == ()
    assert isinstance(found, tuple) or found.code == "query-refused"


@given(st.text(max_size=60))
def test_every_query_is_an_expression_or_refused(query: str) -> None:
    match = expression(query)
    if isinstance(match, Refusal):
        assert match.code == "query-refused"
    elif match:
        connection = sqlite3.connect(":memory:")
        connection.execute("CREATE VIRTUAL TABLE texts USING fts5(title, names, words)")
        connection.execute("SELECT * FROM texts WHERE texts MATCH ?", (match,)).fetchall()
        connection.close()


def test_filters_hold_together_with_words(archive: Archive) -> None:
    assert names(archive, to="senate") == [LATER]
    assert names(archive, to="Señor") == names(archive, to="senor") == [LATER]
    assert names(archive, since=date(2026, 7, 1)) == [LATER]
    assert names(archive, until=date(2026, 6, 30))[-1] == FIRST
    assert names(archive, case="example-2026") == [LATER, FIRST]
    assert names(archive, case="example-202") == []
    assert names(archive, fact=f"{FACT}") == [LATER, FIRST]
    assert names(archive, "exchanges", fact="example-2026.other") == []


def test_a_correction_comes_before_what_it_corrects_though_nobody_asked_for_it(
    archive: Archive,
) -> None:
    first, second = hits(archive, "proxy")
    assert (first.record.id, first.for_correction, first.snippet) == (LATER, True, ())
    assert (second.record.id, second.for_correction) == (FIRST, False)
    assert (first.record.corrects, second.record.corrected) == ((FIRST,), (LATER,))


def test_everything_ever_said_of_a_fact_is_told_with_who_was_not_told(archive: Archive) -> None:
    said, _ = ask(archive, lambda catalog: saying.facts(catalog, FACT))
    assert [(each.record.id, each.said.text, each.corrected, each.untold) for each in said] == [
        (LATER, "1.4 million", (), ()),
        (FIRST, "about 1.2 million", (LATER,), ("example-committee",)),
        (LATER, "many", (), ()),
    ]
    assert said[2].said.address == f"{FACT} / days"


# --- following the ledger -----------------------------------------------------------------------


def test_what_was_added_line_by_line_is_what_is_made_at_once(tmp_path: Path) -> None:
    archive = sealed.small(tmp_path, 3)
    assert len(names(archive)) == 3
    correct(archive)
    sealed.book(archive).enter(Event.HELD, FIRST, None, {"matter": "Example v. Example"})
    assert hits(archive)[0].record.id == LATER
    followed = dump(archive)
    count, bad, problems = reindex(archive)
    assert (count, bad, problems) == (4, (), ())
    assert dump(archive) == followed


def test_only_new_lines_are_read_when_lines_were_added(archive: Archive) -> None:
    names(archive)
    told: list[str] = []
    before = archive.catalog.stat().st_ino
    sealed.put(archive, sealed.record_of(number=40))
    assert len(names(archive)) == 3
    assert archive.catalog.stat().st_ino == before
    reindex(archive, told.append)
    assert len(told) == 3


def test_a_bag_that_was_altered_is_listed_so_and_not_believed(archive: Archive) -> None:
    path = archive.bag(FIRST) / "data/proof/facts.json"
    path.chmod(0o644)
    path.write_text(path.read_text().replace("1200000", "1300000"))
    assert reindex(archive)[1] == (FIRST,)
    (found,) = (each.record for each in hits(archive) if each.record.id == FIRST)
    assert found.standing is Standing.ALTERED
    assert found.fault == "data/proof/facts.json of its bag is not what was sealed"
    assert names(archive, "proxy") == []


def test_a_bag_that_goes_and_comes_back_is_missed_and_found(archive: Archive) -> None:
    names(archive)
    away = archive.root / "away"
    archive.bag(FIRST).rename(away)
    assert names(archive, "proxy") == []
    away.rename(archive.bag(FIRST))
    assert names(archive, "proxy")[-1] == FIRST


def test_a_ledger_that_was_altered_is_told_with_every_answer(archive: Archive) -> None:
    names(archive)
    text = archive.ledger.read_text()
    archive.ledger.write_text(text.replace("Ada Example", "Eve Example", 1))
    found, problems = ask(archive, lambda catalog: searching.search(catalog, Sought()))
    assert isinstance(found, tuple)
    assert [each.code for each in problems] == ["ledger-broken"]


def test_what_a_killed_writer_left_of_a_line_is_no_line(archive: Archive) -> None:
    with archive.ledger.open("ab") as file:
        file.write(b'{"number":3,')
    assert len(names(archive)) == 2


def test_where_there_is_no_archive_nothing_is_found_and_nothing_is_made(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    assert names(archive) == []
    assert not archive.root.exists()


# --- never trusted ------------------------------------------------------------------------------


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _garbage(path: Path) -> None:
    path.write_bytes(os.urandom(100_000))


def _torn(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096:20_000] = b"\xff" * (20_000 - 4096)
    path.write_bytes(content)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5_000])


def _older(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 0")
    connection.close()


def _trigger(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TRIGGER t AFTER INSERT ON events BEGIN DELETE FROM records; END")
    connection.close()


def _view(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.executescript(
            "ALTER TABLE records RENAME TO kept; CREATE VIEW records AS SELECT * FROM kept"
        )
    connection.close()


def _folder(path: Path) -> None:
    path.unlink()
    (path / "inside").mkdir(parents=True)


def _link(path: Path) -> None:
    elsewhere = path.parent.parent / "elsewhere.sqlite"
    path.rename(elsewhere)
    path.symlink_to(elsewhere)


def _pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _journal(path: Path) -> None:
    path.with_name(f"{path.name}-journal").write_bytes(b"\xd9\xd5\x05\xf9 \xa1c\xd7" + b"\0" * 600)


def _other(path: Path) -> None:
    """A catalog of another archive, as far as its lines go."""
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE state SET prefix = 'x'")
        connection.execute("DELETE FROM records")
    connection.close()


_OWN_TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'texts%'"


@pytest.mark.parametrize(
    "spoil",
    [
        _empty, _garbage, _torn, _cut, _older, _trigger, _view, _link, _pipe, _journal, _other,
        pytest.param(lambda path: path.unlink(), id="_deleted"),
    ],
)  # fmt: skip
def test_a_catalog_that_is_none_is_made_again(
    archive: Archive, spoil: Callable[[Path], None]
) -> None:
    names(archive)
    spoil(archive.catalog)
    assert names(archive, "exchanges") == [LATER, FIRST]
    assert stat_is_file(archive.catalog)
    assert not list(archive.root.glob("catalog.sqlite-*"))


def test_whatever_somebody_writes_into_a_catalog_it_answers(archive: Archive) -> None:
    """A column that holds what was never written there is no reason to fall: a new one is made."""
    names(archive)
    sound = archive.catalog.read_bytes()
    with closing(sqlite3.connect(archive.catalog)) as connection:
        tables = [name for (name,) in connection.execute(_OWN_TABLES)]
        columns = [
            (table, column)
            for table in tables
            for _, column, *_ in connection.execute(f"PRAGMA table_info({table})")
        ]
    assert len(columns) > 30
    for table, column in columns:
        for odd in ("[1", 1e300):
            archive.catalog.write_bytes(sound)
            with closing(sqlite3.connect(archive.catalog)) as connection, suppress(sqlite3.Error):
                connection.execute(f"UPDATE {table} SET {column} = ?", (odd,))  # noqa: S608 - ours
                connection.commit()
            retrieving.search(archive, Sought(), "json")
            retrieving.tell(archive, "example-2026/committee", "table")
            retrieving.facts(archive, "example-2026.exchanges", "table")
            retrieving.questions(archive, date(2026, 7, 1), "table", all_=True)


def stat_is_file(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def test_a_folder_in_the_place_of_the_catalog_is_left_and_said(archive: Archive) -> None:
    names(archive)
    _folder(archive.catalog)
    found, problems = ask(archive, lambda catalog: searching.search(catalog, Sought("exchanges")))
    assert isinstance(found, tuple)
    assert len(found) == 2
    assert [each.code for each in problems] == ["catalog-elsewhere"]
    assert (archive.catalog / "inside").is_dir()


@contextmanager
def nobody(folder: Path) -> Iterator[None]:
    """Be a user who may read a folder and not write in it."""
    folder.chmod(0o555)
    if os.getuid() == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        if os.getuid() == 0:
            os.seteuid(0)
        folder.chmod(0o755)


@pytest.fixture
def kept() -> Iterator[Archive]:
    """An archive in a folder that others may look into."""
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        archive = sealed.small(Path(folder) / "house", 2)
        names(archive)
        yield archive


def test_a_catalog_that_is_current_is_read_where_nothing_can_be_written(kept: Archive) -> None:
    with nobody(kept.root):
        assert len(names(kept, "exchanges")) == 2


def test_a_catalog_that_lags_is_made_elsewhere_where_nothing_can_be_written(kept: Archive) -> None:
    sealed.put(kept, sealed.record_of(number=40))
    before = kept.catalog.read_bytes()
    with nobody(kept.root):
        found, problems = ask(kept, lambda catalog: searching.search(catalog, Sought("exchanges")))
    assert isinstance(found, tuple)
    assert len(found) == 3
    assert [each.code for each in problems] == ["catalog-elsewhere"]
    assert kept.catalog.read_bytes() == before
    assert sorted(each.name for each in kept.root.iterdir()) == [
        "catalog.sqlite", "ledger.jsonl", "records",
    ]  # fmt: skip
