"""Folders that are made where they are needed, and that are folders: no link leads elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.files import atomic
from reportgen.files.showing import show
from reportgen.problems.model import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path


def fill(folder: Path, files: Mapping[str, bytes], gone: Iterable[str] = ()) -> tuple[Problem, ...]:
    """Write files into a folder, which is made with those above it; each is there whole, or not.

    Args:
        folder: The folder.
        files: What is written, by name, in this order.
        gone: Names of files that an earlier filling may have left, and that are taken away.

    Returns:
        Nothing, or the first problem: `cannot-write`.
    """
    problems = make(folder, show(folder), parents=True)
    if problems:
        return problems
    for name in set(gone) - files.keys():
        try:
            (folder / name).unlink(missing_ok=True)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            message = f"a file of before cannot be taken away: {reason}"
            return (Problem("cannot-write", message, Place(show(folder / name))),)
    for name, content in files.items():
        problems = atomic.write(folder / name, content, show(folder / name))
        if problems:
            return problems
    return ()


def make(path: Path, shown_as: str | None = None, *, parents: bool = False) -> tuple[Problem, ...]:
    """Make a folder in one that is there, or with those above it, unless it is there already.

    Returns:
        Nothing, or one problem `cannot-write`: also when a symbolic link stands in its place,
        which may lead anywhere.
    """
    try:
        path.mkdir(parents=parents, exist_ok=True)
        reason = "it is a symbolic link" if path.is_symlink() else ""
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
    if not reason:
        return ()
    message = f"the folder cannot be made: {reason}"
    return (Problem("cannot-write", message, Place(shown_as or str(path))),)
