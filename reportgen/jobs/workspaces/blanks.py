"""The blanks under `templates/new/`: filled in with what is known, and written where nothing is yet.

Nothing that is there is overwritten; whoever looks sees no new file, or a whole one.
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
from string import Template
from typing import TYPE_CHECKING, Final

from reportgen.files import atomic, forms
from reportgen.files.reading import read_text
from reportgen.files.showing import show
from reportgen.problems.model import Place, Problem, Refusal, has_errors
from reportgen.problems.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from reportgen.workspace import Workspace

Founded = tuple["tuple[Path, ...]", tuple[Problem, ...]]
"""The files that were written, and what is wrong; either may be empty."""

FORMS: Final = "new"
"""The folder of the forms, among the templates."""

_LONGEST: Final = 80
_WIDTH: Final = 100


def text(said: str) -> str:
    """Return words as YAML writes them on one line, whatever is in them."""
    return json.dumps(" ".join(said.split()), ensure_ascii=False)


def file(
    workspace: Workspace, name: str, path: Path, form: str, words: Mapping[str, str]
) -> Founded:
    """Write a file from a blank.

    Args:
        workspace: Whose blanks.
        name: What the file is called, without its ending: `name-unusable` when it will not do.
        path: Where it goes.
        form: The blank, by its path under `templates/new/`.
        words: What is filled in.
    """
    problems = _unusable(name, path)
    content, found = (None, ()) if problems else _filled(workspace, form, words)
    if content is None:
        return (), (*problems, *found)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return (), (_cannot(path, error),)
    problems = atomic.create(path, content, show(path))
    return () if problems else (path,), problems


def folder(
    workspace: Workspace,
    name: str,
    place: Path,
    files: Mapping[str, str],
    words: Mapping[str, str],
) -> Founded:
    """Write a folder of files from blanks, beside the new one, which then takes its name.

    Args:
        workspace: Whose blanks.
        name: What the folder is called: `name-unusable` when it will not do.
        place: Where it goes.
        files: Its files, each with its blank.
        words: What is filled in.
    """
    problems = _unusable(name, place)
    if problems:
        return (), problems
    if place.exists():
        return (), (atomic.already_there(Place(show(place))),)
    draft = place.with_name(f".{place.name}.{secrets.token_hex(4)}~")
    try:
        for member, form in files.items():
            content, found = _filled(workspace, form, words)
            problems += found
            if content is not None:
                (draft / member).parent.mkdir(parents=True, exist_ok=True)
                problems += atomic.write(draft / member, content, show(place / member))
        if not has_errors(problems):
            draft.rename(place)
    except OSError as error:
        problems += (_cannot(place, error),)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return () if problems else tuple(place / member for member in files), problems


def _unusable(name: str, place: Path) -> tuple[Problem, ...]:
    if re.search(forms.IDENTIFIER.pattern, name) and len(name) <= _LONGEST:
        return ()
    mended = forms.IDENTIFIER.mend(name)
    help_ = f"write {quoted(mended[:_LONGEST].strip('-'))}" if mended else forms.IDENTIFIER.rule
    message = f"nothing can be called {quoted(name)}"
    return (Problem("name-unusable", message, Place(show(place.parent)), help_),)


def _filled(
    workspace: Workspace, form: str, words: Mapping[str, str]
) -> tuple[bytes | None, tuple[Problem, ...]]:
    path = workspace.lookup(f"{FORMS}/{form}")
    if isinstance(path, Refusal):
        return None, (path.at(Place(f"templates/{FORMS}/{form}")),)
    text, problems = read_text(path, show(path))
    if text is None:
        return None, problems
    filled = Template(text).safe_substitute(words)
    # A comment keeps the width of the file: a family may describe itself at any length.
    return "\n".join(_folded(filled.split("\n"))).encode(), problems


def _folded(lines: Iterable[str]) -> Iterator[str]:
    from textwrap import wrap  # noqa: PLC0415

    for line in lines:
        if line.startswith("# ") and len(line) > _WIDTH:
            further = "#   " if line.startswith("# - ") else "# "
            yield from wrap(line, _WIDTH, subsequent_indent=further, break_long_words=False)
        else:
            yield line


def _cannot(path: Path, error: OSError) -> Problem:
    reason = (error.strerror or str(error)).lower()
    return Problem("cannot-write", f"nothing can be written here: {reason}", Place(show(path)))
