"""Options and arguments that several commands have in common."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from reportgen.problems.printing import Format

if TYPE_CHECKING:
    from collections.abc import Callable

    F = TypeVar("F", bound=Callable[..., object])


def workspace_option(command: F) -> F:
    """Add `-C/--workspace DIR`, which arrives as `start`: where the workspace is looked for."""
    return click.option(
        "-C",
        "--workspace",
        "start",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        default=Path(),
        metavar="DIR",
        envvar="REPORTGEN_WORKSPACE",
        help="The workspace, or a folder in it; when left out, what the variable "
        "REPORTGEN_WORKSPACE names, or the current folder.",
    )(command)


def format_option(command: F) -> F:
    """Add `--format`, which arrives as `format_`: how problems are printed."""
    return click.option(
        "--format",
        "format_",
        type=click.Choice(list(Format), case_sensitive=False),
        default=Format.FULL,
        help="How problems are printed: for people (full, concise) or programs (json, github).",
    )(command)
