"""The names of letters, `<case>/<letter>`, and where their files stand; nothing is read here."""

from __future__ import annotations

import os
from pathlib import Path

LETTERS = "letters"
"""The folder of a case that holds its letters."""


def whole(path: Path) -> Path:
    """Return the absolute path, without `..`, symbolic links as they are."""
    return Path(os.path.abspath(path))  # noqa: PTH100 - Path.resolve would follow links


def name_of(path: Path) -> str:
    """Return a letter's name, `<case>/<letter>`, from the path of its file."""
    absolute = whole(path)
    return f"{absolute.parent.parent.name}/{absolute.stem}"
