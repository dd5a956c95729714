"""Paths as people write them: from the current folder, where the file lies beneath it."""

from __future__ import annotations

from pathlib import Path


def show(path: Path) -> str:
    """Return how a path is shown, and can be opened from the current folder."""
    if not path.is_absolute():
        return str(path)
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
