"""Problems on their way to the user: on stdout, with one line on stderr, as an exit code."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from reportgen.problems.model import Severity
from reportgen.problems.printing import Format, render, summary

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import NoReturn

    from reportgen.problems.model import Locating, Problem, Refusal

PROBLEMS_FOUND = 1


def report(
    problems: tuple[Problem, ...],
    documents: Mapping[str, Locating],
    format_: Format = Format.FULL,
    fine: str = "",
) -> int:
    """Print problems, and say how many there are.

    Args:
        problems: What is wrong; may be nothing.
        documents: The files that the problems speak of.
        format_: How they are printed.
        fine: What is said when nothing is wrong; nothing when empty.

    Returns:
        The exit code: 1 when there are errors, 0 when there are none or only warnings.
    """
    text = render(problems, documents, format_, color=wants_color())
    click.echo(text, nl=False, color=True)
    said = summary(problems) if problems else fine
    if said:
        click.echo(said, err=True)
    errors = any(problem.severity is Severity.ERROR for problem in problems)
    return PROBLEMS_FOUND if errors else 0


def refuse(refusal: Refusal) -> NoReturn:
    """End the command as wrong use, for the reason that the refusal gives."""
    advice = f"\n{refusal.help}" if refusal.help else ""
    raise click.UsageError(f"{refusal.message}{advice}")


def exit_with(code: int) -> NoReturn:
    """End the command with an exit code."""
    raise click.exceptions.Exit(code)


def wants_color() -> bool:
    """Whether stdout is a terminal that shows colors, and nobody asked for none (no-color.org)."""
    return (
        sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )
