"""Folders that are made where they are needed, and that are folders: no link leads elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.problems.model import Place, Problem

if TYPE_CHECKING:
    from pathlib import Path


def make(path: Path, shown_as: str | None = None) -> tuple[Problem, ...]:
    """Make a folder in one that is there, unless it is there already.

    Returns:
        Nothing, or one problem `cannot-write`: also when a symbolic link stands in its place,
        which may lead anywhere.
    """
    try:
        path.mkdir(exist_ok=True)
        reason = "it is a symbolic link" if path.is_symlink() else ""
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
    if not reason:
        return ()
    message = f"the folder cannot be made: {reason}"
    return (Problem("cannot-write", message, Place(shown_as or str(path))),)
