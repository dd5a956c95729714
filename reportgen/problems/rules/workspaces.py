"""Workspaces: where the work lies."""

from __future__ import annotations

from reportgen.problems.rule import Rule

RULES = (
    Rule(
        "no-workspace",
        "There is no workspace here",
        "A workspace is a folder that holds `cases/` and `templates/`. It is looked for from the "
        "current folder upward.",
        "Go to your workspace, name it with `--workspace`, or make one with `reportgen init DIR`.",
    ),
    Rule(
        "folder-not-empty",
        "A new workspace would fall on top of other files",
        "`reportgen init` changes nothing that is there.",
        "Name a folder that is empty or does not exist yet.",
    ),
)
