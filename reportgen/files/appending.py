"""Lines added to a file that only grows, by several people at once, and none lost.

The file is locked while a line is written, so that writers wait for each other; the line is forced
to the disk before the lock is given up. What a power cut left of somebody's line stays where it is,
and the next line begins on a line of its own.
"""

from __future__ import annotations

import fcntl
import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from reportgen.files.syncing import sync
from reportgen.problems.model import Place, Problem

if TYPE_CHECKING:
    from pathlib import Path


def append(path: Path, lines: bytes, shown_as: str | None = None) -> tuple[Problem, ...]:
    r"""Append lines to a regular file, which is made when it is not there.

    Args:
        path: The file; its folder must be there. A symbolic link is not followed.
        lines: One line or several, the last one ended by `\n` too.
        shown_as: What problems call the file.

    Returns:
        Nothing, or one problem `cannot-write`; then the file is as it was.
    """
    try:
        _append(path, lines)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        message = f"the file cannot be written: {reason}"
        return (Problem("cannot-write", message, Place(shown_as or str(path))),)
    return ()


def _append(path: Path, lines: bytes) -> None:
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
    descriptor = os.open(path, flags, 0o666)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(0, "it is no regular file")
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        # The size is that after waiting: others may have written meanwhile.
        size = os.fstat(descriptor).st_size
        torn = size > 0 and os.pread(descriptor, 1, size - 1) != b"\n"
        try:
            _write(descriptor, b"\n" + lines if torn else lines)
            os.fsync(descriptor)
        except BaseException:
            with suppress(OSError):
                os.ftruncate(descriptor, size)
            raise
    finally:
        os.close(descriptor)
    if size == 0:
        sync(path.parent)


def _write(descriptor: int, content: bytes) -> None:
    while content:
        content = content[os.write(descriptor, content) :]
