"""Writing: the old bytes or the new ones, whatever happens."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reportgen.files.atomic import write


def test_what_is_written_is_there_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    for content in (b"", b"old", b"x" * 1_000_000):
        assert write(path, content) == ()
        assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_the_umask_says_who_may_read(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write(tmp_path / "a", b"x")
    finally:
        os.umask(before)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o640


def test_a_long_name_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 250)
    assert write(path, b"x") == ()
    assert path.read_bytes() == b"x"


def test_what_cannot_be_written_is_a_problem_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("x")
    for name in ("folder", "missing/a", "file/a", "x" * 300):
        (problem,) = write(tmp_path / name, b"x", "shown")
        assert problem.code == "cannot-write"
        assert problem.place.document == "shown"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder"]


def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a"
    write(path, b"old")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, hard))
    try:
        problems = write(path, b"x" * 100_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, handler)
    assert [problem.code for problem in problems] == ["cannot-write"]
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_takes_no_file_is_a_problem() -> None:
    if not Path("/proc").exists():
        pytest.skip("there is no /proc here")
    assert [problem.code for problem in write(Path("/proc/a"), b"x")] == ["cannot-write"]


_WRITER = """
import sys
from pathlib import Path
from reportgen.files.atomic import write
path = Path(sys.argv[1])
print("ready", flush=True)
while True:
    for letter in (b"a", b"b"):
        write(path, letter * 5_000_000)
"""


def test_a_killed_process_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "a"
    for pause in (0.03, 0.05, 0.08, 0.13):
        write(path, b"a" * 5_000_000)
        with subprocess.Popen(  # noqa: S603 - it is our own script
            [sys.executable, "-c", _WRITER, str(path)], stdout=subprocess.PIPE
        ) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(pause)
            process.kill()
        content = path.read_bytes()
        assert len(content) == 5_000_000
        assert len(set(content)) == 1
