"""Bags (RFC 8493, version 1.0): names and their contents in, a folder with manifests out.

The same contents and the same info give the same bytes, whoever writes them and wherever. Nothing
is ever written into a folder that is there already, and all that was written is on the disk when
`write` returns. The manifests are our own, since what the `bagit` package writes is of version
0.97, in the order in which the disk lists files, and not forced to the disk; it is asked
afterwards, as somebody else's reading of what stands there: see `objections`.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from reportgen.files.syncing import sync_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

ALGORITHMS: Final = ("sha256", "sha512")
"""How files are digested, by names that RFC 8493 and `hashlib` share."""

DECLARATION: Final = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
TAG_MANIFEST: Final = "tagmanifest-sha256.txt"
"""The file whose SHA-256 is the bag's digest: it vouches for the manifests, and these for the rest."""

_BLOCK: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Bagged:
    """A bag that was written.

    Attributes:
        digest: The SHA-256 of its `tagmanifest-sha256.txt`.
        files: How many files its payload has.
        size: How many bytes these have.
    """

    digest: str
    files: int
    size: int


def write(
    folder: Path, payload: Mapping[str, bytes | Path], info: Iterable[tuple[str, str]] = ()
) -> Bagged:
    """Write a bag into a folder that is not there yet, and force all of it to the disk.

    Its files are for reading only, as far as the umask lets anybody read them.

    Args:
        folder: The bag's folder; the one that it lies in must be there.
        payload: The contents by their paths in the bag (`data/...`); a path is a file to be
            copied, which is never whole in memory.
        info: What stands in `bag-info.txt`, in its order; `Payload-Oxum` is added.

    Raises:
        ValueError: A path leads out of `data/`, or a value of `info` is no line.
        OSError: The disk is full, say; what was written so far is left to whoever called.
    """
    _look_through(payload)
    folder.mkdir()
    made = {folder}
    written: list[Path] = []
    manifest: dict[str, tuple[str, ...]] = {}
    size = 0
    for name in sorted(payload, key=str.encode):
        path = folder / name
        _make(path.parent, made)
        manifest[name], octets = _put(path, _blocks(payload[name]))
        written.append(path)
        size += octets
    oxum = ("Payload-Oxum", f"{size}.{len(manifest)}")
    tags = {
        "bagit.txt": DECLARATION,
        "bag-info.txt": "".join(_tag(*each) for each in (*info, oxum)).encode(),
        **manifests("manifest", manifest),
    }
    tagged = {name: _digests(tags[name]) for name in sorted(tags)}
    tags |= manifests("tagmanifest", tagged)
    for name, content in tags.items():
        _put(folder / name, (content,))
        written.append(folder / name)
    # Written first and forced afterwards: the disk then does the most of it at once.
    sync_all((*written, *made))
    return Bagged(digest(tags[TAG_MANIFEST]), len(manifest), size)


def digest(tag_manifest: bytes) -> str:
    """Return the digest of the bag that has this `tagmanifest-sha256.txt`."""
    return hashlib.sha256(tag_manifest).hexdigest()


def objections(folder: Path) -> tuple[str, ...]:
    """Return what the `bagit` package, which had no part in writing it, has against a bag.

    Nothing when the bag is whole. To be asked of one's own bags only: it reads without bounds.
    """
    import logging  # noqa: PLC0415 - as the next

    import bagit  # noqa: PLC0415 - a tenth of a second

    class Bag(bagit.Bag):  # type: ignore[misc] # it has no types
        """A bag as RFC 8493 has it: version 1.9 forgets that a manifest has `%25` for `%`."""

        def _load_manifests(self) -> None:
            super()._load_manifests()
            for names in (self.entries, self.normalized_manifest_names):
                for name in [each for each in names if "%25" in each]:
                    names[name.replace("%25", "%")] = names.pop(name)

    logging.getLogger("bagit").setLevel(logging.CRITICAL)
    try:
        Bag(str(folder)).validate()
    except bagit.BagError as error:
        return tuple(map(str, getattr(error, "details", None) or [error]))
    return ()


def _look_through(payload: Iterable[str]) -> None:
    for name in payload:
        parts = PurePosixPath(name).parts
        if (
            parts[:1] != ("data",)
            or len(parts) == 1
            or ".." in parts
            or "/".join(parts) != name
            or "\0" in name
        ):
            raise ValueError(f"{name!r} is no path in the payload of a bag")


def _make(folder: Path, made: set[Path]) -> None:
    """Make a folder and those above it, as far as they are not made yet."""
    if folder not in made:
        _make(folder.parent, made)
        folder.mkdir()
        made.add(folder)


def _blocks(content: bytes | Path) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
        return
    with content.open("rb") as file:
        while block := file.read(_BLOCK):
            yield block


def _put(path: Path, blocks: Iterable[bytes]) -> tuple[tuple[str, ...], int]:
    """Write a new file; return its digests, one of each algorithm, and its size."""
    hashes = [hashlib.new(algorithm, usedforsecurity=False) for algorithm in ALGORITHMS]
    size = 0
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
    descriptor = os.open(path, flags, 0o444)
    try:
        for block in blocks:
            for each in hashes:
                each.update(block)
            size += len(block)
            rest = memoryview(block)
            while rest:
                rest = rest[os.write(descriptor, rest) :]
    finally:
        os.close(descriptor)
    return tuple(each.hexdigest() for each in hashes), size


def _digests(content: bytes) -> tuple[str, ...]:
    return tuple(hashlib.new(each, content).hexdigest() for each in ALGORITHMS)


def manifests(kind: str, digests: Mapping[str, tuple[str, ...]]) -> dict[str, bytes]:
    """Return the manifests of a kind, one of each algorithm, as `sha256sum` reads and writes them.

    Args:
        kind: `manifest` or `tagmanifest`.
        digests: The digests of each file, one of each algorithm, in the order of their paths.
    """
    return {
        f"{kind}-{algorithm}.txt": "".join(
            f"{each[position]}  {_encoded(name)}\n" for name, each in digests.items()
        ).encode()
        for position, algorithm in enumerate(ALGORITHMS)
    }


def _encoded(name: str) -> str:
    """Return a path as a manifest has it (RFC 8493, 2.1.3)."""
    return name.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _tag(label: str, value: str) -> str:
    if value.splitlines() not in ([value], []) or ":" in label:
        raise ValueError(f"{label}: {value!r} is no line of bag-info.txt")
    return f"{label}: {value}\n"
