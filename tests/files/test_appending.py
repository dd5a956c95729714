"""Lines added to a file by several at once: none lost, and what was torn stays on its own line."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from reportgen.files.appending import append

if TYPE_CHECKING:
    from pathlib import Path

WRITER = """
import sys
from pathlib import Path
from reportgen.files.appending import append
for number in range(200):
    line = f"{sys.argv[2]} {number} {'x' * 5000}\\n".encode()
    assert append(Path(sys.argv[1]), line) == ()
"""


def test_lines_stand_in_the_order_in_which_they_were_added(tmp_path: Path) -> None:
    path = tmp_path / "log"
    assert append(path, b"one\n") == ()
    assert append(path, b"two\nthree\n") == ()
    assert path.read_bytes() == b"one\ntwo\nthree\n"


def test_two_processes_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "log"
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(path), name])  # noqa: S603 - our own
        for name in ("ada", "grace")
    ]
    assert [writer.wait() for writer in writers] == [0, 0]
    lines = path.read_text().splitlines()
    assert len(lines) == 400
    for name in ("ada", "grace"):
        own = [line.split()[1] for line in lines if line.startswith(name)]
        assert own == [str(number) for number in range(200)]


def test_what_a_power_cut_left_stays_and_the_next_line_begins_anew(tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.write_bytes(b'{"whole": 1}\n{"torn')
    assert append(path, b'{"next": 1}\n') == ()
    assert path.read_bytes() == b'{"whole": 1}\n{"torn\n{"next": 1}\n'


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_a_problem(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    try:
        (problem,) = append(tmp_path / "log", b"one\n")
    finally:
        tmp_path.chmod(0o755)
    assert (problem.code, problem.message) == (
        "cannot-write",
        "the file cannot be written: permission denied",
    )


def test_what_is_no_regular_file_is_a_problem_and_nobody_waits(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    (tmp_path / "target").write_bytes(b"other\n")
    (tmp_path / "link").symlink_to(tmp_path / "target")
    for name in ("pipe", "folder", "link", "missing/log"):
        problems = append(tmp_path / name, b"one\n")
        assert [problem.code for problem in problems] == ["cannot-write"], name
    assert (tmp_path / "target").read_bytes() == b"other\n"
