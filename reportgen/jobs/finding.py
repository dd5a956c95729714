"""The files of the letters that a user calls by their names; none of them is opened here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.letters.naming import LETTERS

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.workspace import Workspace


def letters_in(workspace: Workspace) -> tuple[Path, ...]:
    """Return the files of all letters of a workspace, by case and name."""
    return tuple(sorted(workspace.cases.glob(f"*/{LETTERS}/*.yaml")))


def letter_path(workspace: Workspace, named: Path) -> Path:
    """Return the file of the letter that a user calls by its path or by `<case>/<letter>`.

    A path that leads nowhere is returned as it is: reading it says what is wrong.
    """
    if len(named.parts) != 2 or _is_there(named):
        return named
    case, letter = named.parts
    path = workspace.cases / case / LETTERS / f"{letter}.yaml"
    return path if _is_there(path) else named


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name that is too long, say
        return False
