"""A record is there or it is not: killed at any step, on a full disk, with others at once."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from reportgen.archive import ledger
from reportgen.archive.bags import bagging
from reportgen.archive.layout import Archive
from reportgen.archive.model import Event
from reportgen.jobs.ledger import depositing
from tests.archive.sealed import AT, book, payload, put, record_of, small

if TYPE_CHECKING:
    from reportgen.problems.model import Problem

ROOT = Path(__file__).parents[2]


MEMORY = Path("/dev/shm")  # noqa: S108 - a disk in memory, for what is made and removed at once


def tried(what: str) -> tuple[int, list[str]]:
    """What came of `killing`: how many attempts, and what was wrong."""
    memory = MEMORY if os.access(MEMORY, os.W_OK) else None
    with TemporaryDirectory(prefix="reportgen-killing-", dir=memory) as folder:
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-m", "tests.archive.killing", what, folder],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            check=True,
        )
    attempts, faults = json.loads(done.stdout)
    return attempts, faults


def deposited(archive: Archive, text: str = "Words.\n") -> tuple[Problem, ...]:
    record = record_of(text=text)
    with book(archive, AT + timedelta(days=30)).open() as pages:
        name = depositing.free(pages, record.id)
        entry, problems = depositing.deposit(
            pages,
            name,
            lambda folder: bagging.write(folder, payload(record, text, ())).digest,
            Event.SUBMITTED,
            {},
        )
        assert (entry is None) == bool(problems)
        return problems


@pytest.mark.slow
def test_killed_at_each_step_it_leaves_no_record_or_a_whole_one() -> None:
    attempts, faults = tried("kill")
    assert attempts > 80
    assert faults == []


@pytest.mark.slow
def test_killed_while_undoing_what_a_killed_one_left_it_is_undone_by_the_next() -> None:
    attempts, faults = tried("undoing")
    assert attempts > 200
    assert faults == []


@pytest.mark.slow
@pytest.mark.parametrize("how", ["full", "broken"])
def test_a_disk_that_is_full_at_any_step_leaves_the_archive_as_it_was(how: str) -> None:
    """`full` once, so that all is undone at once; `broken` from then on, so that the next undoes."""
    attempts, faults = tried(how)
    assert attempts > 80
    assert faults == []


def test_many_at_once_lose_nothing_and_take_no_name_twice() -> None:
    records, faults = tried("at-once")
    assert records == 1 + 6 * 5
    assert faults == []


def test_a_file_that_is_too_large_for_the_disk_is_told(tmp_path: Path) -> None:
    """Refused by the system itself, in the middle of a file."""
    archive = small(tmp_path)
    before = archive.ledger.read_bytes()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024, limits[1]))
    try:
        problems = deposited(archive, "Words.\n" * 20_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert [each.code for each in problems] == ["cannot-write"]
    assert "file too large" in problems[0].message
    assert archive.ledger.read_bytes() == before
    assert len(list(archive.records.iterdir())) == 1
    assert not list(archive.staging.iterdir())
    assert not deposited(archive)


def test_a_name_that_anything_has_or_had_is_not_taken_again(tmp_path: Path) -> None:
    archive = small(tmp_path)
    name = record_of().id
    (archive.records / f"{name}-2").write_text("somebody else's")
    with book(archive).open() as pages:
        assert depositing.free(pages, name) == f"{name}-3"
        pages.enter(Event.DISPOSED, f"{name}-3")
        assert depositing.free(pages, name) == f"{name}-4"


def test_what_no_intent_names_is_not_removed(tmp_path: Path) -> None:
    archive = small(tmp_path)
    archive.staging.mkdir()
    for place in (archive.staging / "mine", archive.records / "2020-01-01-mine"):
        place.mkdir()
        (place / "words.txt").write_text("mine")
    (archive.staging / depositing.INTENT).write_text("../../elsewhere\n" + "0" * 64 + "\n")
    assert not deposited(archive)
    assert (archive.staging / "mine/words.txt").read_text() == "mine"
    assert (archive.records / "2020-01-01-mine/words.txt").read_text() == "mine"


def test_a_bag_that_the_ledger_does_not_know_stays_unless_the_intent_names_it(
    tmp_path: Path,
) -> None:
    archive = small(tmp_path)
    record = record_of(number=2)
    theirs = bagging.write(archive.bag(record.id), payload(record, "Words.\n", ()))
    archive.staging.mkdir()
    intent = archive.staging / depositing.INTENT
    intent.write_text(f"{record.id}\n{'0' * 64}\n")  # another bag of that name
    with book(archive).open() as pages:
        assert not depositing.tidy(pages)
    assert archive.bag(record.id).is_dir()
    intent.write_text(f"{record.id}\n{theirs.digest}\n")  # that very bag
    with book(archive).open() as pages:
        assert not depositing.tidy(pages)
    assert not archive.bag(record.id).exists()
    assert not list(archive.staging.iterdir())


def test_a_record_whose_line_is_written_stays_though_its_intent_was_left(tmp_path: Path) -> None:
    archive = small(tmp_path)
    (entry,) = ledger.read(archive.ledger.read_bytes()).entries
    archive.staging.mkdir()
    (archive.staging / depositing.INTENT).write_text(f"{entry.record}\n{entry.bag}\n")
    with book(archive).open() as pages:
        assert not depositing.tidy(pages)
    assert archive.bag(entry.record).is_dir()


def test_an_archive_whose_folders_are_links_is_not_written_to(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    archive.root.mkdir()
    (tmp_path / "elsewhere").mkdir()
    archive.records.symlink_to(tmp_path / "elsewhere")
    problems = deposited(archive)
    assert [each.code for each in problems] == ["cannot-write"]
    assert not list((tmp_path / "elsewhere").iterdir())


def test_the_archive_tells_what_it_is_to_somebody_who_has_no_program(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    put(archive)
    assert not deposited(archive)
    readme = (archive.root / "README.txt").read_text()
    for name in ("sha256sum --check", "ledger.jsonl", "does not prove"):
        assert name in readme


def test_the_head_is_found_with_the_commands_of_the_readme(tmp_path: Path) -> None:
    archive = small(tmp_path, 7)
    assert not deposited(archive)
    readme = (archive.root / "README.txt").read_text()
    begin = readme.index("sed -n 7p")
    command = readme[begin : readme.index("If it is", begin)].strip()
    told = subprocess.run(  # noqa: S602 - what the archive tells people to type
        command, shell=True, cwd=archive.root, stdout=subprocess.PIPE, check=True, text=True
    )
    expected = ledger.read(archive.ledger.read_bytes()).head_at(7)
    assert f"7-{told.stdout.strip()}" == str(expected)


def test_a_folder_that_may_not_be_written_to_is_told(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    archive = small(tmp_path)
    archive.records.chmod(0o555)
    try:
        problems = deposited(archive)
    finally:
        archive.records.chmod(0o755)
    assert [each.code for each in problems] == ["cannot-write"]
