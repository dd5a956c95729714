"""Fixity: a bag holds what was sealed and nothing else, and whatever was done to it is named."""

from __future__ import annotations

import os
import shutil
import socket
import unicodedata
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.archive.bags import bagging, manifests
from reportgen.archive.verification import fixity

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PAYLOAD = {
    "data/record.json": b"{}\n",
    "data/sent/letter.pdf": b"%PDF-1.7\n" * 100_000,
    "data/sent/letter.txt": b"A letter.\n",
    "data/sources/cases/100% true.yaml": "ünï\n".encode(),
    "data/sources/cases/café.md": b"Prose.\n",
    "data/empty": b"",
}
INFO = [("Bagging-Date", "2026-06-10")]


@pytest.fixture
def bag(tmp_path: Path) -> Path:
    bagging.write(tmp_path / "bag", PAYLOAD, INFO)
    return tmp_path / "bag"


def told(bag: Path) -> dict[str, str]:
    return {fault.place: fault.message for fault in fixity.examine(bag).faults}


def put(path: Path, content: bytes) -> None:
    """Write a file, whatever its permissions are."""
    path.unlink(missing_ok=True)
    path.write_bytes(content)


def manifest(bag: Path, change: Callable[[str], str], name: str = "manifest-sha256.txt") -> None:
    put(bag / name, change((bag / name).read_text()).encode())


def files(bag: Path) -> list[str]:
    return sorted(str(path.relative_to(bag)) for path in bag.rglob("*") if path.is_file())


def test_a_sealed_bag_holds_with_its_digest_and_those_of_its_files(bag: Path) -> None:
    found = fixity.examine(bag)
    assert found.faults == ()
    assert found.digest == sha256((bag / bagging.TAG_MANIFEST).read_bytes()).hexdigest()
    assert set(found.digests) == set(files(bag))
    for path, content in PAYLOAD.items():
        assert found.digests[path] == sha256(content).hexdigest()


def test_the_threads_make_no_difference(bag: Path) -> None:
    assert fixity.examine(bag, threads=3) == fixity.examine(bag)


def test_a_bit_flipped_in_each_file_in_turn_is_found_and_named(bag: Path) -> None:
    names = files(bag)
    assert len(names) == 12
    for name in names:
        path = bag / name
        sound = path.read_bytes()
        for bit in {0, 5, 8 * (len(sound) // 2), 8 * len(sound) - 3} if sound else ():
            content = bytearray(sound)
            content[bit // 8] ^= 1 << bit % 8
            put(path, bytes(content))
            assert name in told(bag), (name, bit)
        put(path, sound)
    assert told(bag) == {}


def test_every_bit_of_the_small_files_counts(bag: Path) -> None:
    """`bagit` lets pass a digest in capitals, or a tab in the place of a blank."""
    for name in ("bagit.txt", "bag-info.txt", "tagmanifest-sha256.txt", "tagmanifest-sha512.txt"):
        path = bag / name
        sound = path.read_bytes()
        for bit in range(0, 8 * len(sound), 13):  # each bit of a byte in its turn
            content = bytearray(sound)
            content[bit // 8] ^= 1 << bit % 8
            put(path, bytes(content))
            assert name in told(bag), (name, bit)
        put(path, sound)


def test_every_file_that_is_cut_off_is_found_and_named(bag: Path) -> None:
    for name in files(bag):
        sound = (bag / name).read_bytes()
        if sound:
            put(bag / name, sound[:-1])
            assert name in told(bag)
            put(bag / name, sound)


@pytest.mark.parametrize("kind", ["manifest", "tagmanifest"])
@pytest.mark.parametrize("algorithm", bagging.ALGORITHMS)
def test_a_manifest_that_was_emptied_is_told(bag: Path, kind: str, algorithm: str) -> None:
    name = f"{kind}-{algorithm}.txt"
    put(bag / name, b"")
    assert any(f"`{name}` lists nothing" in each.message for each in fixity.examine(bag).faults)


def test_every_file_that_is_gone_is_found_and_named(bag: Path) -> None:
    for name in files(bag):
        sound = (bag / name).read_bytes()
        (bag / name).unlink()
        assert name in told(bag)
        put(bag / name, sound)


@pytest.mark.parametrize("name", ["data/sent/more.pdf", "data/.hidden", "notes.txt", "data2/x"])
def test_an_added_file_is_named(bag: Path, name: str) -> None:
    (bag / name).parent.mkdir(exist_ok=True)
    put(bag / name, b"more")
    assert told(bag)[name] == f"`{name}` was added: no manifest lists it"


def test_an_added_folder_is_named_though_no_manifest_could_list_it(bag: Path) -> None:
    (bag / "data/sent/more").mkdir()
    assert "an empty one" in told(bag)["data/sent/more"]


def test_a_renamed_file_is_called_by_both_names(bag: Path) -> None:
    (bag / "data/sent/letter.txt").rename(bag / "data/sent/note.txt")
    assert told(bag) == {
        "data/sent/letter.txt": "`data/sent/letter.txt` was renamed: `data/sent/note.txt` has its content"
    }


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("data/sent/letter.txt", "data/sent/Letter.TXT"),
        ("data/sources/cases/café.md", unicodedata.normalize("NFD", "data/sources/cases/café.md")),
    ],
)
def test_a_name_that_some_disks_take_for_the_same_is_another(
    bag: Path, name: str, other: str
) -> None:
    (bag / name).rename(bag / other)
    assert "differs only by case or by how its letters are encoded" in told(bag)[name]


def test_two_files_exchanged_are_both_named(bag: Path) -> None:
    first, second = bag / "data/record.json", bag / "data/sent/letter.txt"
    one, other = first.read_bytes(), second.read_bytes()
    put(first, other)
    put(second, one)
    assert {"data/record.json", "data/sent/letter.txt"} <= set(told(bag))


def test_links_pipes_and_sockets_are_named_and_not_followed(bag: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "record.json").write_bytes(PAYLOAD["data/record.json"])
    (bag / "data/record.json").unlink()
    (bag / "data/record.json").symlink_to(outside / "record.json")
    (bag / "data/folder").symlink_to(outside)
    os.mkfifo(bag / "data/pipe")
    here = os.open(bag / "data", os.O_RDONLY)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(f"/proc/self/fd/{here}/s")
    os.close(here)
    said = told(bag)
    assert "is a symbolic link" in said["data/folder"]
    assert "is no regular file" in said["data/pipe"]
    assert "is no regular file" in said["data/s"]
    assert "data/record.json" in said


def test_a_bag_that_is_itself_a_link_is_no_bag(bag: Path, tmp_path: Path) -> None:
    (tmp_path / "other").symlink_to(bag)
    assert "is a symbolic link" in told(tmp_path / "other")["other"]


def test_a_name_that_is_no_text_is_told_in_signs_that_can_be_printed(bag: Path) -> None:
    (bag / "data" / os.fsdecode(b"\xff\x1b[2J")).write_bytes(b"")
    (message,) = (said for said in told(bag).values() if "not UTF-8" in said)
    assert message.isprintable()


@pytest.mark.parametrize(
    "lie",
    [
        "../outside.txt",
        "/etc/passwd",
        "~root/x",
        "data/../../outside.txt",
        "data/./record.json",
        "data//record.json",
        "data\\record.json",
        "C:/data/record.json",
        "bagit.txt",
        "data",
    ],
)
def test_a_manifest_that_names_what_is_no_file_of_the_payload_lies(bag: Path, lie: str) -> None:
    manifest(bag, lambda text: f"{text}{'0' * 64}  {lie}\n")
    lied = [each for each in fixity.examine(bag).faults if "line 7" in each.message]
    assert [each.place for each in lied] == ["manifest-sha256.txt"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda text: text + text.splitlines(keepends=True)[0], "once more"),
        (lambda text: text.upper().replace("DATA", "data"), "no line of a manifest"),
        (lambda text: text.replace("  ", " *"), "no line of a manifest"),
        (lambda text: "\n" + text, "no line of a manifest"),
        (lambda text: text.removesuffix("\n"), "has no end"),
        (lambda text: "".join(reversed(text.splitlines(keepends=True))), "not in their order"),
        (lambda text: text.replace("\n", "\r\n"), "neither there nor sealed"),
    ],
)
def test_a_manifest_that_was_written_otherwise_is_told(
    bag: Path, change: Callable[[str], str], reason: str
) -> None:
    manifest(bag, change)
    assert any(reason in each.message for each in fixity.examine(bag).faults)
    assert "manifest-sha256.txt" in told(bag)


def test_a_file_that_only_one_manifest_lists_is_named(bag: Path) -> None:
    manifest(bag, lambda text: "".join(text.splitlines(keepends=True)[1:]), "manifest-sha512.txt")
    said = [each.message for each in fixity.examine(bag).faults]
    assert "`manifest-sha512.txt` does not list `data/empty`" in said


def test_a_digest_rewritten_in_one_manifest_is_found_by_the_other(bag: Path) -> None:
    digest = sha256(PAYLOAD["data/sent/letter.txt"]).hexdigest()
    manifest(bag, lambda text: text.replace(digest, "0" * 64))
    said = [each.message for each in fixity.examine(bag).faults]
    assert (
        "`manifest-sha256.txt` gives a digest of `data/sent/letter.txt` that is not its digest, "
        "and the other manifest gives the right one"
    ) in said


@pytest.mark.parametrize("name", ["manifest-md5.txt", "Manifest-SHA256.txt", "fetch.txt"])
def test_what_sealing_never_writes_is_named(bag: Path, name: str) -> None:
    put(bag / name, b"")
    assert name in told(bag)


@pytest.mark.parametrize("oxum", ["0.0", "one", "900010.6\nPayload-Oxum: 900010.6"])
def test_the_count_of_bytes_and_files_must_be_right(bag: Path, oxum: str) -> None:
    info = "".join(
        line
        for line in (bag / "bag-info.txt").read_text().splitlines(keepends=True)
        if "Oxum" not in line
    )
    put(bag / "bag-info.txt", f"{info}Payload-Oxum: {oxum}\n".encode())
    assert any("how many bytes" in each.message or "counts" in each.message
               for each in fixity.examine(bag).faults)  # fmt: skip


def test_an_endless_file_is_not_read_to_its_end(bag: Path) -> None:
    with (bag / "data/sent/endless.pdf").open("wb") as file:
        file.truncate(1 << 43)
    faults = fixity.examine(bag).faults
    assert any("larger than all that was sealed" in each.message for each in faults)


def test_a_file_that_may_not_be_read_is_named(bag: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    (bag / "data/sent/letter.txt").chmod(0)
    assert "cannot be read" in told(bag)["data/sent/letter.txt"]


def test_no_folder_is_no_bag(tmp_path: Path) -> None:
    found = fixity.examine(tmp_path / "nothing")
    assert found.digest is None
    assert found.faults


def test_reading_writes_nothing(bag: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in (bag, *bag.rglob("*"))}
    fixity.examine(bag, threads=2)
    assert {path: path.stat().st_mtime_ns for path in (bag, *bag.rglob("*"))} == before


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_whatever_bagit_objects_to_is_found_here_too(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """`bagit` is somebody else's reading of the standard: ours may be stricter, never laxer."""
    bag = tmp_path_factory.mktemp("bags") / "bag"
    small = {**PAYLOAD, "data/sent/letter.pdf": b"%PDF"}
    bagging.write(bag, small, INFO)
    name = data.draw(st.sampled_from(files(bag)))
    content = (bag / name).read_bytes()
    match data.draw(st.sampled_from(["flip", "cut", "add", "remove", "insert"])):
        case "flip" if content:
            bit = data.draw(st.integers(0, 8 * len(content) - 1))
            changed = bytearray(content)
            changed[bit // 8] ^= 1 << bit % 8
            put(bag / name, bytes(changed))
        case "cut" if content:
            put(bag / name, content[: data.draw(st.integers(0, len(content) - 1))])
        case "add":
            put((bag / name).with_name("added"), b"")
        case "insert":
            at = data.draw(st.integers(0, len(content)))
            put(bag / name, content[:at] + data.draw(st.binary(min_size=1)) + content[at:])
        case _:
            (bag / name).unlink()
    try:
        objections: tuple[str, ...] = bagging.objections(bag)
    except ValueError as error:  # it cannot read a tag file that is not UTF-8, and does not say so
        objections = (str(error),)
    faults = fixity.examine(bag).faults
    assert len(faults) >= (1 if objections else 0)
    assert faults, "stricter than bagit: every change is found"
    shutil.rmtree(bag)


def test_what_bagit_finds_whole_is_whole_here(bag: Path) -> None:
    assert bagging.objections(bag) == ()
    assert fixity.examine(bag).faults == ()


@settings(max_examples=200)
@given(st.binary(max_size=400))
def test_no_manifest_is_too_strange_to_be_read(content: bytes) -> None:
    found = manifests.read("manifest-sha256.txt", content)
    assert all(each.place == "manifest-sha256.txt" for each in found.faults)
    assert not content or found.faults or found.digests
