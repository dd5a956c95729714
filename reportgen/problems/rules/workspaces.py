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
    Rule(
        "already-there",
        "A new file or folder would take the place of another",
        "`reportgen new` writes what is not there yet, and overwrites nothing.",
        "Choose another name, or change what is there.",
    ),
    Rule(
        "name-unusable",
        "A new case, letter, regime or family is called what none can be called",
        "Names are folders, files and parts of addresses: lower-case letters and digits, joined by "
        "single hyphens.",
        "Write the name that the message proposes.",
    ),
)
