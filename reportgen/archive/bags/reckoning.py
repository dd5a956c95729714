"""The digests of all files beneath a folder, in one pass, at the speed of the disk and the hash.

Which files there are is found without following a link; what is no regular file, and a folder with
nothing in it, is a fault. Both digests are computed over each piece as it is read, so that memory
stays flat; hashlib lets go of Python's lock meanwhile, so that threads help.
"""

from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256, sha512
from typing import TYPE_CHECKING, Final

from reportgen.archive.verdicts import Fault, named

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

Digests = tuple[str, str]
"""The SHA-256 and the SHA-512 of a file, in hexadecimal."""

MOST: Final = 100_000
"""How many files and folders a bag may have."""
DEEPEST: Final = 64
"""How deep they may lie in each other."""

_PIECE: Final = 256 * 1024
"""How many bytes are read at a time: both digests find them in the processor's cache."""


class TooLargeError(Exception):
    """A file has more bytes than it may have."""


@dataclass(frozen=True, slots=True)
class Found:
    """What lies beneath a folder.

    Attributes:
        sizes: How many bytes each regular file has, by its path with slashes, in order.
        faults: What is no regular file, and cannot be looked at.
    """

    sizes: Mapping[str, int]
    faults: tuple[Fault, ...]


def survey(folder: Path) -> Found:
    """Return the regular files beneath a folder, and what else is there."""
    sizes: dict[str, int] = {}
    faults: list[Fault] = []
    if folder.is_symlink():
        return Found({}, (Fault(folder.name, f"{named(folder.name)} is a symbolic link"),))
    count = 0
    waiting = [("", 0)]
    while waiting:
        within, depth = waiting.pop()
        empty = True
        try:
            with os.scandir(folder / within) as entries:
                for entry in entries:
                    empty = False
                    count += 1
                    path = f"{within}{entry.name}"
                    wrong = _entered(entry, path, depth, sizes, waiting)
                    if wrong:
                        faults.append(Fault(shown(path), f"{named(shown(path))} {wrong}"))
                    if count > MOST:
                        message = f"there are more than {MOST:,} files, and the rest was not read"
                        return Found(sizes, (*faults, Fault(shown(within) or ".", message)))
        except OSError as error:
            name = shown(within.rstrip("/")) or "."
            reason = (error.strerror or str(error)).lower()
            message = f"the folder {named(name)} cannot be looked into: {reason}"
            faults.append(Fault(name, message))
        else:
            if empty and within:
                name = shown(within.rstrip("/"))
                message = f"the folder {named(name)} was added or emptied: no bag has an empty one"
                faults.append(Fault(name, message))
    return Found(dict(sorted(sizes.items())), tuple(faults))


def _entered(
    entry: os.DirEntry[str],
    path: str,
    depth: int,
    sizes: dict[str, int],
    waiting: list[tuple[str, int]],
) -> str:
    """Enter a file or a folder; say why it is neither."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return "has a name that is not UTF-8"
    try:
        status = entry.stat(follow_symlinks=False)
    except OSError as error:
        return f"cannot be looked at: {(error.strerror or str(error)).lower()}"
    if stat.S_ISDIR(status.st_mode):
        if depth == DEEPEST:
            return f"lies deeper than {DEEPEST} folders"
        waiting.append((f"{path}/", depth + 1))
        return ""
    if stat.S_ISREG(status.st_mode):
        sizes[path] = status.st_size
        return ""
    return "is a symbolic link" if stat.S_ISLNK(status.st_mode) else "is no regular file"


def shown(path: str) -> str:
    """Return a path that can be printed, whatever bytes its name has."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def reckon(
    folder: Path, files: Mapping[str, int], threads: int = 1
) -> tuple[dict[str, Digests], tuple[Fault, ...]]:
    """Return the digests of files beneath a folder, and which cannot be read.

    Args:
        folder: The folder.
        files: How many bytes each file has, by its path; one that has grown meanwhile is not read
            to its end.
        threads: How many are read at a time.
    """
    faults: list[Fault] = []
    found: dict[str, Digests] = {}
    for path, result in _all(folder, files, threads):
        if isinstance(result, Fault):
            faults.append(result)
        else:
            found[path] = result
    return found, tuple(faults)


def _all(
    folder: Path, files: Mapping[str, int], threads: int
) -> Iterator[tuple[str, Digests | Fault]]:
    def work(paths: list[str]) -> list[tuple[str, Digests | Fault]]:
        return [(path, _one(folder, path, files[path])) for path in paths]

    shares = _shares(files, threads)
    if len(shares) < 2:
        for share in shares:
            yield from work(share)
        return
    with ThreadPoolExecutor(len(shares)) as pool:
        for done in pool.map(work, shares):
            yield from done


def _shares(files: Mapping[str, int], threads: int) -> list[list[str]]:
    """Divide files among threads, about as many bytes for each."""
    shares: list[list[str]] = [[] for _ in range(threads)]
    loads = [0] * threads
    for path in sorted(files, key=files.__getitem__, reverse=True):
        least = loads.index(min(loads))
        shares[least].append(path)
        loads[least] += files[path] + 64 * 1024  # what opening a file costs, in bytes read
    return [share for share in shares if share]


def _one(folder: Path, path: str, size: int) -> Digests | Fault:
    try:
        return digests(f"{folder}/{path}", size)
    except TooLargeError:
        return Fault(path, f"{named(path)} grew while it was read")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        return Fault(path, f"{named(path)} cannot be read: {reason}")


def digests(path: str | Path, limit: int) -> Digests:
    """Return the digests of a regular file of at most `limit` bytes; no link is followed.

    Raises:
        OSError: It cannot be read, or is no regular file.
        TooLargeError: It is larger.
    """
    descriptor = _opened(path)
    try:
        first, second = sha256(), sha512()
        left = limit
        while piece := os.read(descriptor, _PIECE):
            left -= len(piece)
            if left < 0:
                raise TooLargeError
            first.update(piece)
            second.update(piece)
        return first.hexdigest(), second.hexdigest()
    finally:
        os.close(descriptor)


def small(path: Path, limit: int) -> bytes:
    """Return the bytes of a small regular file; no link is followed.

    Raises:
        OSError: It cannot be read, or is no regular file.
        TooLargeError: It has more than `limit` bytes.
    """
    descriptor = _opened(path)
    try:
        with open(descriptor, "rb", closefd=False) as file:
            content = file.read(limit + 1)
    finally:
        os.close(descriptor)
    if len(content) > limit:
        raise TooLargeError
    return content


def _opened(path: str | Path) -> int:
    # Without O_NONBLOCK, opening a pipe waits for somebody to write into it.
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    descriptor = os.open(path, flags)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(0, "it is no regular file")
    return descriptor
