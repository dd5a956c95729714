"""Files written so that a reader, or a power cut, sees the old bytes or the new ones."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING

from reportgen.problems.model import Place, Problem

if TYPE_CHECKING:
    from pathlib import Path


def write(path: Path, content: bytes, shown_as: str | None = None) -> tuple[Problem, ...]:
    """Write `content` to `path`, whole or not at all.

    A temporary file in the same folder is written, forced to the disk and renamed; then the
    folder is forced to the disk. The temporary file is removed when anything fails. The folder
    must be there.

    Returns:
        Nothing, or one problem `cannot-write`; then `path` is as it was.
    """
    try:
        _write(path, content)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        message = f"the file cannot be written: {reason}"
        return (Problem("cannot-write", message, Place(shown_as or str(path))),)
    return ()


def _write(path: Path, content: bytes) -> None:
    temporary = path.with_name(f".{path.name[:80]}.{secrets.token_hex(8)}~")
    # Created by number, so that the umask decides who may read it, as for any new file.
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
    try:
        with open(descriptor, "wb") as file:  # noqa: PTH123 - it is a descriptor, not a path
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
