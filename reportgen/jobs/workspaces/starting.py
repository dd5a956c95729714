"""A new workspace: its folders, two invented cases, and a letter that builds.

The files are those of `templates/starter/`. They are written into a folder beside the new one,
which then takes its name: whoever looks sees no workspace, or a whole one.
"""

from __future__ import annotations

import secrets
import shutil
from typing import TYPE_CHECKING

from reportgen.files import atomic, reading
from reportgen.problems.model import Place, Problem
from reportgen.workspace import Workspace, shipped_templates

if TYPE_CHECKING:
    from pathlib import Path

Problems = tuple[Problem, ...]


def start(folder: Path) -> tuple[Workspace | None, Problems]:
    """Make a workspace.

    Args:
        folder: Where; it must be missing or empty. Missing folders above it are made.

    Returns:
        The workspace and no problem; or None and what is in the way: `folder-not-empty` or
        `cannot-write`. Then `folder` is as it was.
    """
    place = folder.resolve()
    try:
        if _is_taken(place):
            return None, (_taken(folder),)
        place.parent.mkdir(parents=True, exist_ok=True)
        draft = place.with_name(f".{place.name[:80]}.{secrets.token_hex(4)}~")
        try:
            problems = _write(draft, shown_as=folder)
            if not problems:
                _move(draft, place)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        message = f"no workspace can be made here: {reason}"
        return None, (Problem("cannot-write", message, Place(str(folder))),)
    return (None, problems) if problems else (Workspace(place), ())


def _is_taken(folder: Path) -> bool:
    return folder.exists() and (not folder.is_dir() or any(folder.iterdir()))


def _taken(folder: Path) -> Problem:
    return Problem(
        "folder-not-empty",
        "something is here already, and nothing of it is overwritten",
        Place(str(folder)),
        "name a folder that does not exist yet, or an empty one",
    )


def _write(draft: Path, shown_as: Path) -> Problems:
    draft.mkdir()
    starter = shipped_templates() / "starter"
    for source in sorted(starter.rglob("*")):
        name = source.relative_to(starter)
        target = draft / name
        if source.is_dir():
            target.mkdir()
            continue
        content, problems = reading.read_bytes(source)
        if content is not None:
            problems = atomic.write(target, content, str(shown_as / name))
        if problems:
            return problems
    return ()


def _move(draft: Path, folder: Path) -> None:
    """Give `draft` the name `folder`, or its contents to the empty folder that is there.

    An empty folder is kept: it may be the one that the user stands in. `cases` comes last, since
    without it a folder is no workspace.
    """
    if not folder.exists():
        draft.rename(folder)
        return
    try:
        for child in sorted(draft.iterdir(), key=lambda child: child.name == "cases"):
            child.rename(folder / child.name)
    except OSError:
        for child in folder.iterdir():
            child.rename(draft / child.name)
        raise
