"""The book: one line for each thing that happens, whoever writes and whatever fails."""

from __future__ import annotations

from multiprocessing import get_context
from typing import TYPE_CHECKING

from reportgen.archive import ledger
from reportgen.archive.layout import Archive
from reportgen.archive.model import Event
from reportgen.jobs.ledger.booking import Book
from tests.archive.sealed import BY, book, clock

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

BAG = "ab" * 32


def read(archive: Archive) -> ledger.Ledger:
    return ledger.read(archive.ledger.read_bytes())


def test_the_first_line_makes_the_ledger(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "output/archive")
    entry, problems = book(archive).enter(Event.SUBMITTED, "2026-06-10-a", BAG, {"via": "mail"})
    assert not problems
    assert read(archive).entries == (entry,)
    assert not read(archive).faults


def test_several_lines_are_entered_under_one_lock(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    with book(archive).open() as pages:
        for number in range(3):
            entry, _ = pages.enter(Event.HELD, f"record-{number}")
            assert entry is not None
        assert pages.ledger == read(archive)
    assert len(read(archive).lines) == 3
    assert not read(archive).faults


def test_what_was_left_of_a_line_is_cut_off(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    book(archive).enter(Event.SUBMITTED, "one", BAG)
    whole = archive.ledger.read_bytes()
    archive.ledger.write_bytes(whole + whole[:-7])
    entry, problems = book(archive).enter(Event.SUBMITTED, "two", BAG)
    assert entry is not None
    assert not problems
    assert [each.record for each in read(archive).entries] == ["one", "two"]
    assert archive.ledger.read_bytes().startswith(whole)


def test_a_broken_chain_is_not_written_to(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    for name in ("one", "two", "three"):
        book(archive).enter(Event.SUBMITTED, name, BAG)
    broken = archive.ledger.read_bytes().replace(b'"two"', b'"too"')
    archive.ledger.write_bytes(broken)
    entry, problems = book(archive).enter(Event.SUBMITTED, "four", BAG)
    assert entry is None
    assert [each.code for each in problems] == ["ledger-broken"]
    assert archive.ledger.read_bytes() == broken


def test_a_link_in_the_place_of_the_ledger_is_not_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("")
    archive = Archive(tmp_path / "archive")
    archive.root.mkdir()
    archive.ledger.symlink_to(elsewhere)
    entry, problems = book(archive).enter(Event.SUBMITTED, "one", BAG)
    assert entry is None
    assert [each.code for each in problems] == ["cannot-write"]
    assert not elsewhere.read_text()


def test_what_is_no_line_is_refused_and_not_written(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    for record, details in (("../../elsewhere", {}), ("one", {"words": "x" * 30_000})):
        entry, problems = book(archive).enter(Event.HELD, record, details=details)
        assert entry is None
        assert [each.code for each in problems] == ["entry-refused"]
    assert archive.ledger.read_bytes() == b""


def _write(root: Path, name: str) -> None:
    for number in range(20):
        Book(Archive(root), BY, clock()).enter(Event.HELD, f"{name}-{number}")


def test_many_writers_lose_no_line(tmp_path: Path) -> None:
    several = get_context("spawn")
    writers = [several.Process(target=_write, args=(tmp_path, f"w{n}")) for n in range(4)]
    for each in writers:
        each.start()
    for each in writers:
        each.join()
    found = read(Archive(tmp_path))
    assert not found.faults
    assert len({each.record for each in found.entries}) == 80


def test_a_folder_that_cannot_be_made_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "output").write_text("a file")
    entry, problems = book(Archive(tmp_path / "output/archive")).enter(Event.HELD, "one")
    assert entry is None
    assert [each.code for each in problems] == ["cannot-write"]
