"""Paths that files name, kept within the folder that they may name files of."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath, PureWindowsPath

from reportgen.problems.model import Refusal
from reportgen.problems.wording import quoted


def confine(root: Path, relative: str) -> Path | Refusal:
    """Return the file beneath `root` that `relative` names, symbolic links followed.

    The file need not exist. Neither `..`, nor an absolute path, nor a symbolic link at any step
    leads out of `root`.

    Returns:
        The real path, or the refusal `path-escapes`.
    """
    windows = PureWindowsPath(relative)
    if "\0" in relative or not relative.strip():
        return _refusal(f"{quoted(relative)} is no path")
    if PurePosixPath(relative).is_absolute() or windows.drive or windows.root:
        return _refusal(f"{quoted(relative)} is not relative to the folder")
    if ".." in PurePosixPath(relative).parts or ".." in windows.parts:
        return _refusal(f"{quoted(relative)} leads out of the folder by `..`")
    inside = Path(os.path.realpath(root))
    try:
        real = Path(os.path.realpath(inside / relative))
    except OSError:
        return _refusal(f"{quoted(relative)} cannot be followed")
    if not real.is_relative_to(inside):
        return _refusal(f"{quoted(relative)} leads out of the folder by a symbolic link")
    return real


def _refusal(message: str) -> Refusal:
    return Refusal(
        "path-escapes", message, "name a file in the folder itself or in a folder beneath it"
    )
