"""The cases that a user calls by their names: their folders, none of them opened here.

Apart from `jobs.finding`, since a letter that is up to date is found without what reads cases.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.cases import loading
from reportgen.files.showing import show
from reportgen.problems.model import Problem, Refusal
from reportgen.problems.wording import quoted, suggestion

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from reportgen.workspace import Workspace


def cases(
    workspace: Workspace, names: Iterable[str]
) -> tuple[tuple[Path, ...], tuple[Problem, ...]] | Refusal:
    """Return the folders of cases that a user names, each once; all of them when none is named.

    Returns:
        The folders and what is wrong with the place where they lie, or a refusal: `unknown-case`.
    """
    folders, problems = loading.folders_in(workspace.cases, show)
    known = {folder.name: folder for folder in folders}
    wanted = tuple(dict.fromkeys(names))
    for name in wanted:
        if name not in known:
            help_ = suggestion(name, known, "cases")
            return Refusal("unknown-case", f"there is no case {quoted(name)}", help_)
    return tuple(known[name] for name in wanted) or tuple(folders), problems
