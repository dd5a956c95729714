"""Files written so that a reader, or a power cut, sees the old bytes or the new ones."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING

from reportgen.files.syncing import sync
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


def create(path: Path, content: bytes, shown_as: str | None = None) -> tuple[Problem, ...]:
    """Write `content` to a new file, whole or not at all; nothing that is there is overwritten.

    Returns:
        Nothing, or one problem: `already-there`, or `cannot-write`.
    """
    place = Place(shown_as or str(path))
    draft = path.with_name(f".{path.name[:80]}.{secrets.token_hex(8)}~")
    try:
        _write(draft, content)
        try:
            path.hardlink_to(draft)
        finally:
            draft.unlink(missing_ok=True)
        sync(path.parent)
    except FileExistsError:
        return (already_there(place),)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        return (Problem("cannot-write", f"the file cannot be written: {reason}", place),)
    return ()


def already_there(place: Place) -> Problem:
    """Return the problem that something is where something new was to be written."""
    return Problem(
        "already-there",
        "something is here already, and nothing of it is overwritten",
        place,
        "choose another name",
    )


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
    sync(path.parent)
