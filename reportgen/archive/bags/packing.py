"""Zip files of records: written so that the same parts give the same bytes, and read with distrust.

Parts are stored and never packed, so that nothing can unfold beyond the file's own size, and a
reader needs no more than its bytes. What is read has to be just what is written here: any name that
leads elsewhere, stands twice, or is the same to some disks, any link, device, encryption, packing,
overlap or gap is an objection. Whether the parts hold what they should is for others to tell.
"""

from __future__ import annotations

import os
import re
import stat
import struct
import unicodedata
import zipfile
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, Final

from reportgen.archive.bags.manifests import likeness
from reportgen.files.syncing import sync_all
from reportgen.problems.model import Refusal
from reportgen.problems.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

PARTS: Final = 200_000
"""How many parts a file may have."""
SIZE: Final = 64 * 1024**3
"""How many bytes all parts may have together."""
_DIRECTORY: Final = 64 * 1024**2
"""How many bytes the list of parts may have."""
_NAME: Final = 1024
_BLOCK: Final = 1024 * 1024
_LOCAL: Final = 30
"""How many bytes a part has before its name."""
_DRIVE: Final = re.compile(r"[A-Za-z]:")
_UTF_8: Final = 0x800
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


class UnsafeError(Exception):
    """A file cannot be taken; carries why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.message)
        self.refusal = refusal


def pack(parts: Iterable[tuple[str, bytes | Path]], file: BinaryIO) -> None:
    """Write parts into a zip file, in the order of their names.

    Args:
        parts: Their contents, or the files that have them, by name.
        file: Where to write.

    Raises:
        OSError: A file cannot be read, or the disk is full.
    """
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED, allowZip64=True) as packed:
        for name, content in sorted(parts, key=lambda part: part[0].encode()):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.create_system = 3  # on every system
            info.external_attr = (stat.S_IFREG | 0o644) << 16
            if isinstance(content, bytes):
                packed.writestr(info, content)
                continue
            info.file_size = content.stat().st_size
            with content.open("rb") as source, packed.open(info, "w") as target:
                while block := source.read(_BLOCK):
                    target.write(block)


def unpack(source: BinaryIO, folder: Path) -> tuple[str, ...]:
    """Write the parts of a zip file into a folder that is not there yet, all on the disk.

    Returns:
        The names of the parts, sorted.

    Raises:
        UnsafeError: `handover-unreadable`, `handover-unsafe` or `handover-too-large`; what was
            written so far is left to whoever called.
        OSError: The disk is full, say.
    """
    _look_at_the_end(source)
    try:
        with zipfile.ZipFile(source) as packed:
            infos = packed.infolist()
            if packed.comment:
                raise _unsafe("it has a comment")
            _look_through(infos, source.seek(0, os.SEEK_END))
            _look_between(infos, source, packed.start_dir)
            folder.mkdir()
            made = {folder}
            for info in infos:
                _write(packed, info, folder, made)
            sync_all((*(folder / info.filename for info in infos), *made))
            return tuple(sorted(info.filename for info in infos))
    except (zipfile.BadZipFile, NotImplementedError, EOFError, struct.error, ValueError) as error:
        raise _unreadable(str(error)) from error


def _look_at_the_end(source: BinaryIO) -> None:
    """Refuse a file without a list of parts, or with one that is longer than any of ours."""
    size = source.seek(0, os.SEEK_END)
    if size < 22:
        raise _unreadable("it is too short to be a zip file")
    source.seek(size - 22)
    signature, listed = struct.unpack("<4s8xI", source.read(16))
    if signature != b"PK\x05\x06":
        raise _unreadable("it does not end as a zip file of ours does")
    if listed > _DIRECTORY:
        raise _too_large("the list of its parts is too long")
    source.seek(0)
    if source.read(4) != b"PK\x03\x04":
        raise _unreadable("it does not begin as a zip file does")


def _look_through(infos: list[zipfile.ZipInfo], size: int) -> None:
    """Refuse parts that are not as they are written here."""
    if len(infos) > PARTS:
        raise _too_large(f"it has {len(infos):,} parts")
    if sum(info.file_size for info in infos) > min(SIZE, size):
        raise _too_large("its parts are larger than the file that they stand in")
    seen: dict[str, str] = {}
    for info in sorted(infos, key=lambda each: each.header_offset):
        objection = _named(info) or _formed(info)
        if objection:
            raise _unsafe(f"the part {quoted(info.orig_filename)} {objection}")
        alike = likeness(info.filename)
        if alike in seen:
            told = "stands twice" if seen[alike] == info.filename else "differs by case alone"
            raise _unsafe(f"the part {quoted(info.filename)} {told}")
        seen[alike] = info.filename
    for alike in seen:
        for above in PurePosixPath(alike).parents:
            if str(above) in seen:
                raise _unsafe(f"the part {quoted(seen[str(above)])} is a file and a folder")


def _look_between(infos: list[zipfile.ZipInfo], source: BinaryIO, end: int) -> None:
    """Refuse a file in which a part does not begin where the one before ends: nothing hides there."""
    at = 0
    for info in sorted(infos, key=lambda each: each.header_offset):
        source.seek(at)
        header = source.read(_LOCAL)
        if info.header_offset != at or len(header) < _LOCAL:
            message = "overlaps another one, or something stands before it"
            raise _unsafe(f"the part {quoted(info.filename)} {message}")
        name, extra = struct.unpack("<26x2H", header)
        at += _LOCAL + name + extra + info.file_size
    if at != end:
        raise _unsafe("something stands behind its last part")


def _named(info: zipfile.ZipInfo) -> str:
    """Say why a part may not be called so; empty when it may."""
    name = info.orig_filename
    if name != info.filename or "\\" in name or "\0" in name:
        return "has a name that systems read differently"
    if name.startswith(("/", "~")) or _DRIVE.match(name):
        return "is not relative to the folder"
    if any(part in {"", ".", ".."} for part in name.split("/")):
        return "leads elsewhere, or is a folder"
    if len(name.encode()) > _NAME or any(len(part.encode()) > 255 for part in name.split("/")):
        return "has a name that is too long"
    if any(unicodedata.category(letter).startswith("C") for letter in name):
        return "has a sign in its name that nobody sees"
    return ""


def _formed(info: zipfile.ZipInfo) -> str:
    """Say why a part may not be as it is; empty when it may."""
    if info.flag_bits & 0x1:
        return "is encrypted"
    if info.flag_bits & ~_UTF_8:
        return "is not written as reportgen writes it"
    if info.compress_type != zipfile.ZIP_STORED or info.compress_size != info.file_size:
        return "is packed, or its two sizes differ"
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind == stat.S_IFLNK:
        return "is a symbolic link"
    if kind != stat.S_IFREG or info.create_system != 3:
        return "is no plain file"
    return ""


def _write(packed: zipfile.ZipFile, info: zipfile.ZipInfo, folder: Path, made: set[Path]) -> None:
    path = folder / info.filename
    _make(path.parent, made)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
    descriptor = os.open(path, flags, 0o444)
    with open(descriptor, "wb") as file:  # noqa: PTH123 - it is a descriptor, not a path
        file.writelines(_blocks(packed, info))


def _blocks(packed: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    left = info.file_size
    with packed.open(info) as part:
        while block := part.read(_BLOCK):
            left -= len(block)
            yield block
    if left:
        raise _unreadable(f"the part {quoted(info.filename)} has another size than it says")


def _make(folder: Path, made: set[Path]) -> None:
    if folder not in made:
        _make(folder.parent, made)
        folder.mkdir()
        made.add(folder)


def _unsafe(reason: str) -> UnsafeError:
    return UnsafeError(Refusal("handover-unsafe", f"this is not taken in: {reason}"))


def _unreadable(reason: str) -> UnsafeError:
    message = f"this is no file of records, or it is damaged: {quoted(reason)}"
    return UnsafeError(Refusal("handover-unreadable", message))


def _too_large(reason: str) -> UnsafeError:
    return UnsafeError(Refusal("handover-too-large", f"this is not taken in: {reason}"))
