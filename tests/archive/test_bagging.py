"""Bags: whole, the same for the same contents, and read by somebody else's program."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from reportgen.archive.bags import bagging

if TYPE_CHECKING:
    from pathlib import Path

PAYLOAD = {
    "data/record.json": b"{}\n",
    "data/sent/letter.pdf": b"%PDF-1.7\n" * 1000,
    "data/sources/100% true\nand odd.txt": "ünï\n".encode(),
    "data/empty": b"",
}
INFO = [("Bagging-Date", "2026-06-10"), ("Source-Organization", "Example Models, Inc.")]


def tree(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_library_of_congress_program_reads_a_bag_and_finds_it_whole(tmp_path: Path) -> None:
    bagging.write(tmp_path / "bag", PAYLOAD, INFO)
    assert bagging.objections(tmp_path / "bag") == ()
    assert (tmp_path / "bag/bagit.txt").read_text().startswith("BagIt-Version: 1.0\n")


def test_that_program_names_the_file_in_which_a_bit_was_flipped(tmp_path: Path) -> None:
    bagging.write(tmp_path / "bag", PAYLOAD, INFO)
    letter = tmp_path / "bag/data/sent/letter.pdf"
    content = bytearray(letter.read_bytes())
    content[5] ^= 1
    letter.chmod(0o644)
    letter.write_bytes(content)
    objections = bagging.objections(tmp_path / "bag")
    assert len(objections) == 2  # by each of two digests
    assert all(each.startswith("data/sent/letter.pdf") for each in objections)


def test_the_shell_can_check_a_bag_with_sha256sum_alone(tmp_path: Path) -> None:
    payload = {name: content for name, content in PAYLOAD.items() if "%" not in name}
    bagging.write(tmp_path / "bag", payload, INFO)
    command = shutil.which("sha256sum")
    assert command is not None
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        subprocess.run(  # noqa: S603 - sha256sum itself
            [command, "--check", "--strict", "--quiet", manifest], cwd=tmp_path / "bag", check=True
        )


def test_the_same_contents_give_the_same_bag_in_whatever_order_they_come(tmp_path: Path) -> None:
    one = bagging.write(tmp_path / "one", PAYLOAD, INFO)
    turned = dict(reversed(PAYLOAD.items()))
    before = os.umask(0o077)
    try:
        other = bagging.write(tmp_path / "other", turned, INFO)
    finally:
        os.umask(before)
    assert one == other
    assert tree(tmp_path / "one") == tree(tmp_path / "other")


def test_a_file_is_taken_into_a_bag_as_its_bytes_are(tmp_path: Path) -> None:
    large = tmp_path / "large"
    large.write_bytes(b"0123456789" * 300_000)
    from_path = bagging.write(tmp_path / "one", {"data/large": large})
    from_bytes = bagging.write(tmp_path / "other", {"data/large": large.read_bytes()})
    assert from_path == from_bytes
    assert from_path.size == 3_000_000


def test_a_bag_counts_its_payload(tmp_path: Path) -> None:
    bagged = bagging.write(tmp_path / "bag", PAYLOAD, INFO)
    size = sum(map(len, PAYLOAD.values()))
    assert (bagged.files, bagged.size) == (4, size)
    assert (tmp_path / "bag/bag-info.txt").read_text().endswith(f"Payload-Oxum: {size}.4\n")


def test_the_digest_of_a_bag_is_that_of_its_tag_manifest(tmp_path: Path) -> None:
    bagged = bagging.write(tmp_path / "bag", PAYLOAD, INFO)
    content = (tmp_path / "bag" / bagging.TAG_MANIFEST).read_bytes()
    assert bagged.digest == bagging.digest(content)


def test_what_is_there_already_is_never_written_into(tmp_path: Path) -> None:
    (tmp_path / "bag").mkdir()
    with pytest.raises(FileExistsError):
        bagging.write(tmp_path / "bag", PAYLOAD)
    assert not any((tmp_path / "bag").iterdir())


def test_the_files_of_a_bag_are_for_reading_only(tmp_path: Path) -> None:
    bagging.write(tmp_path / "bag", PAYLOAD)
    modes = {
        path.stat().st_mode & 0o222 for path in (tmp_path / "bag").rglob("*") if path.is_file()
    }
    assert modes == {0}


@pytest.mark.parametrize(
    "name",
    ["letter.pdf", "data", "data/", "/data/a", "data/../a", "data//a", "data/./a", "data/a\0b"],
)
def test_a_path_that_is_none_in_a_payload_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no path"):
        bagging.write(tmp_path / "bag", {name: b""})
    assert not (tmp_path / "bag").exists()


def test_info_of_several_lines_is_refused_before_it_is_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no line"):
        bagging.write(tmp_path / "bag", {"data/a": b""}, [("Contact-Name", "A\nB: C")])
