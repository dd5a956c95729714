"""All rules by their codes, and the handbook that is made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportgen.problems.model import Severity
from reportgen.problems.rules import (
    approving,
    archiving,
    cases,
    entries,
    files,
    handing,
    letters,
    lint,
    mailing,
    quantities,
    regimes,
    rendering,
    reviewing,
    signing,
    statistics,
    syntax,
    versions,
    workspaces,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.problems.rule import Rule

_CHAPTERS: Final = (
    files,
    syntax,
    entries,
    cases,
    quantities,
    statistics,
    regimes,
    letters,
    versions,
    rendering,
    lint,
    reviewing,
    approving,
    archiving,
    signing,
    handing,
    mailing,
    workspaces,
)

RULES: Final[Mapping[str, Rule]] = {
    rule.code: rule for chapter in _CHAPTERS for rule in chapter.RULES
}
"""Every rule by its code, in the order of the handbook."""


def explanation(rule: Rule) -> str:
    """Return what `reportgen explain` prints of a rule: Markdown without a heading."""
    example = f"\n```yaml\n{rule.example}\n```\n" if rule.example else ""
    kind = "" if rule.severity is Severity.ERROR else " *(a warning)*"
    return f"**{rule.title}.**{kind} {rule.explanation}\n\n{rule.way_out}\n{example}"


def handbook() -> str:
    """Return docs/problems.md: every rule, a chapter a room."""
    head = (
        "# Problems and what to do about them\n\n"
        "Each problem has a code, and each code has its section here. `reportgen explain CODE` "
        "prints it. Made with `make docs` from `reportgen/problems/rules/`: change it there.\n"
    )
    parts = [head]
    for chapter in _CHAPTERS:
        parts.append(f"\n## {(chapter.__doc__ or '').strip().rstrip('.')}\n")
        parts.extend(f"\n### {rule.code}\n\n{explanation(rule)}" for rule in chapter.RULES)
    return "".join(parts)
