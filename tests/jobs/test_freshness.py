"""The record of a build, and whether it still holds."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from reportgen.jobs.drafts.freshness import NAME, BuildRecord, digests, program, read

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def record(tmp_path: Path) -> BuildRecord:
    """A record of a letter made of one file that is there and one that is not."""
    (tmp_path / "input").write_text("input")
    (tmp_path / "letter.pdf").write_text("letter")
    return BuildRecord(
        letter="north-2026/committee",
        program=program(),
        options=("pdf",),
        inputs=digests([tmp_path / "input", tmp_path / "absent"]),
        artifacts={"letter.pdf": sha256(b"letter").hexdigest()},
        drafts=("d",),
        pages=3,
        attention=("look",),
        places={"a-1": (1, 12)},
    )


def test_a_record_is_read_as_it_was_written(tmp_path: Path, record: BuildRecord) -> None:
    (tmp_path / NAME).write_bytes(record.content())
    assert read(tmp_path) == record


def test_a_record_holds_while_nothing_changes(tmp_path: Path, record: BuildRecord) -> None:
    assert record.holds(tmp_path)


@pytest.mark.parametrize("name", ["input", "absent", "letter.pdf"])
def test_a_record_holds_no_longer_when_a_file_changes(
    tmp_path: Path, record: BuildRecord, name: str
) -> None:
    (tmp_path / name).write_text("other")
    assert not record.holds(tmp_path)


@pytest.mark.parametrize("name", ["input", "letter.pdf"])
def test_a_record_holds_no_longer_when_a_file_is_gone(
    tmp_path: Path, record: BuildRecord, name: str
) -> None:
    (tmp_path / name).unlink()
    assert not record.holds(tmp_path)


def test_a_record_of_another_program_does_not_hold(tmp_path: Path, record: BuildRecord) -> None:
    assert not replace(record, program="older").holds(tmp_path)


def test_there_is_no_record_where_nothing_was_built(tmp_path: Path) -> None:
    assert read(tmp_path) is None
    assert read(tmp_path / "nothing") is None


def test_a_record_that_was_cut_off_is_none(tmp_path: Path, record: BuildRecord) -> None:
    content = record.content()
    for end in range(0, len(content) - 2, 7):
        (tmp_path / NAME).write_bytes(content[:end])
        assert read(tmp_path) is None
