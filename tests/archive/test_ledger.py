"""The ledger's chain: what is written is read again, and whatever was tampered with is named."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from reportgen.archive.ledger import Head, read, written
from reportgen.archive.model import BEGINNING, Entry, Event


def ledger(count: int) -> bytes:
    content = b""
    for number in range(1, count + 1):
        content += written(
            Entry(
                number=number,
                event=Event.SUBMITTED,
                record=f"2026-06-10-case-letter-{number}",
                at=datetime(2026, 6, 10, 15, 4, tzinfo=UTC),
                by="[Archivist] <archivist@example.com>",
                bag=f"{number:064x}",
                before=read(content).digest,
            )
        )
    return content


def test_what_is_written_is_read_again() -> None:
    said = read(ledger(3))
    assert [each.number for each in said.entries] == [1, 2, 3]
    assert said.entries[0].before == BEGINNING
    assert said.faults == ()


def test_a_head_is_read_however_it_was_copied() -> None:
    head = read(ledger(3)).head
    assert head is not None
    assert Head.read(f" {str(head).upper()[:9]} {str(head).upper()[9:]}\n") == head
    assert Head.read("twelve") is None
    assert len(str(head)) < 40


def test_an_earlier_head_stays_the_head_of_its_day() -> None:
    assert read(ledger(5)).head_at(3) == read(ledger(3)).head


@pytest.mark.parametrize(
    ("attack", "line"),
    [
        (lambda lines: [lines[0].replace(b"2026-06-10T15", b"2026-06-10T16"), *lines[1:]], 2),
        (lambda lines: [lines[0], *lines[2:]], 2),
        (lambda lines: [lines[1], lines[0], *lines[2:]], 1),
        (lambda lines: [*lines[:2], lines[1], *lines[2:]], 3),
        (lambda lines: [lines[0], b"", *lines[1:]], 2),
        (lambda lines: [lines[0].replace(b'":', b'": ', 1), *lines[1:]], 1),
    ],
    ids=["changed", "cut", "swapped", "repeated", "blank", "rewritten"],
)
def test_a_line_that_was_tampered_with_is_named(attack, line: int) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001
    lines = attack(ledger(4).splitlines())
    faults = read(b"\n".join(lines) + b"\n").faults
    assert faults[0].line == line


def test_what_a_killed_writer_left_is_no_line() -> None:
    content = ledger(3)
    said = read(content[:-20])
    assert len(said.lines) == 2
    assert said.torn
    assert said.faults == ()
