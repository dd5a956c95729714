"""Options and arguments that several commands have in common."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from reportgen.problems.printing import Format
from reportgen.problems.wording import suggestion

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


def formats_option(command: F) -> F:
    """Add `--format pdf,docx`, which arrives as `formats`: which files are built."""
    return click.option(
        "--format",
        "formats",
        callback=_formats,
        default="pdf",
        metavar="pdf,docx,html,txt",
        help="The formats to build, separated by commas; PDF when left out.",
    )(command)


def _formats(_context: click.Context, _: click.Parameter, value: str) -> tuple[str, ...]:
    from reportgen.jobs.building.ordering import RENDERERS  # noqa: PLC0415

    wanted = tuple(dict.fromkeys(each.strip().lower() for each in value.split(",")))
    for each in wanted:
        if each not in RENDERERS:
            advice = suggestion(each, RENDERERS, "formats")
            raise click.BadParameter(f"there is no format {each!r}; {advice}")
    return wanted
