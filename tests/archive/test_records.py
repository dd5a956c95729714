"""Records in an archive: found by their folders, read with care."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportgen.archive import layout, records
from reportgen.archive.bags import bagging
from reportgen.archive.layout import Archive
from tests.archive.sealed import payload, put, record_of, small

if TYPE_CHECKING:
    from pathlib import Path


def test_a_record_is_read_as_it_was_written(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    record = put(archive)
    assert records.read(archive.bag(record.id)) == (record, ())
    assert bagging.objections(archive.bag(record.id)) == ()


def test_records_are_listed_by_their_folders_and_nothing_else_is(tmp_path: Path) -> None:
    archive = small(tmp_path, 2)
    (archive.records / "notes.txt").write_text("")
    (archive.records / "Not a record").mkdir()
    (archive.records / "linked").symlink_to(tmp_path)
    assert records.record_ids(archive) == (
        "2026-06-10-example-2026-committee",
        "2026-06-11-example-2026-committee",
    )


def test_an_archive_that_is_not_there_has_no_records(tmp_path: Path) -> None:
    assert records.record_ids(Archive(tmp_path / "nowhere")) == ()


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff", b'{"format": "reportgen-facts"}'])
def test_a_record_that_is_none_is_told(content: bytes, tmp_path: Path) -> None:
    record = record_of()
    contents = {**payload(record, "", ()), layout.RECORD: content}
    bagging.write(tmp_path / "bag", contents)
    found, problems = records.read(tmp_path / "bag")
    assert found is None
    assert [each.code for each in problems] == ["record-unreadable"]


def test_a_record_that_is_a_link_out_of_its_bag_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere.json").write_bytes(records.written(record_of()))
    (tmp_path / "bag/data").mkdir(parents=True)
    (tmp_path / "bag" / layout.RECORD).symlink_to(tmp_path / "elsewhere.json")
    found, problems = records.read(tmp_path / "bag")
    assert found is None
    assert [each.code for each in problems] == ["path-escapes"]
