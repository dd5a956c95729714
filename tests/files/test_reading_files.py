"""Reading: bytes within bounds, and a problem for whatever is no file."""

from __future__ import annotations

import codecs
import hashlib
import os
import socket
from pathlib import Path

import pytest

from reportgen.files.reading import decode, read_bytes, read_text, sha256
from reportgen.problems.model import Span


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "a"
    for content in (b"", b"x", b"x" * 100_000):
        path.write_bytes(content)
        assert read_bytes(path) == (content, ())
        assert sha256(path) == (hashlib.sha256(content).hexdigest(), ())


def test_the_limit_is_the_last_size_that_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x" * 100)
    assert read_bytes(path, limit=100)[0] is not None
    content, (problem,) = read_bytes(path, "shown", limit=99)
    assert content is None
    assert (problem.code, problem.place.document) == ("file-too-large", "shown")
    assert "99 bytes" in problem.message
    assert sha256(path, limit=99)[0] is None


def test_a_file_that_says_it_is_empty_is_not_read_without_end() -> None:
    # Files under /proc have no size and still give bytes.
    path = Path("/proc/self/stat")
    if not path.exists():
        pytest.skip("there is no /proc here")
    assert read_bytes(path)[0]
    assert [each.code for each in read_bytes(path, limit=3)[1]] == ["file-too-large"]


def test_whatever_is_no_file_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "broken").symlink_to("nowhere")
    with socket.socket(socket.AF_UNIX) as listener:
        folder = os.open(tmp_path, os.O_RDONLY)
        listener.bind(f"/proc/self/fd/{folder}/socket")
        os.close(folder)
    expected = {
        "missing": "file-missing",
        "file/below": "file-missing",
        "broken": "file-missing",
        ".": "not-a-file",
        "pipe": "not-a-file",
        "loop": "file-unreadable",
        "socket": "file-unreadable",
        "\0": "file-unreadable",
        "x" * 300: "file-unreadable",
    }
    for name, code in expected.items():
        for read in (read_bytes, read_text, sha256):
            nothing, (problem,) = read(tmp_path / name)
            assert nothing is None
            assert problem.code == code, name
    assert read_bytes(Path("/dev/zero"))[1][0].code == "not-a-file"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("x")
    path.chmod(0)
    (problem,) = read_bytes(path)[1]
    assert problem.code == "file-unreadable"
    assert "permission denied" in problem.message


def test_text_comes_without_mark_and_with_one_kind_of_line_break(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(codecs.BOM_UTF8 + "é\r\nb\rc\n".encode())
    assert read_text(path) == ("é\nb\nc\n", ())


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_another_encoding_is_named(encoding: str) -> None:
    mark = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}.get(encoding, b"")
    text, (problem,) = decode(mark + "id: é".encode(encoding), "a.yaml")
    assert text is None
    assert problem.code == "wrong-encoding"
    assert f"UTF-{encoding[4:6]}" in problem.message
    assert "UTF-8" in (problem.help or "")


def test_bytes_that_are_not_utf_8_are_shown_where_they_stand() -> None:
    text, (problem,) = decode("a: é\r\nb: ".encode() + b"caf\xe9 au lait", "a.yaml")
    assert text is None
    assert problem.code == "wrong-encoding"
    assert "“é”" in problem.message
    assert problem.place.span == Span(2, 7, 2, 8)


def test_a_null_character_is_shown_where_it_stands() -> None:
    text, (problem,) = decode(b"a: b\nc: \0", "a.yaml")
    assert text is None
    assert problem.code == "control-character"
    assert problem.place.span == Span(2, 4, 2, 5)
