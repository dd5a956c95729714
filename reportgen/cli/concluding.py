"""The end of a command that did something in the archive: told to people, or to programs.

People get what was made on stdout and the talk about it on stderr. Programs get one JSON object on
stdout: `done`, what was done under keys of the command's own, and `problems` as everywhere.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeVar

import click

from reportgen.cli.reporting import PROBLEMS_FOUND, exit_with, refuse, report
from reportgen.files.shelf import Shelf
from reportgen.problems.model import Refusal, has_errors
from reportgen.problems.printing import Format, render
from reportgen.workspace import find

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path
    from typing import NoReturn

    from reportgen.jobs.people.identifying import Identity
    from reportgen.problems.model import Problem
    from reportgen.workspace import Workspace

    F = TypeVar("F", bound=Callable[..., object])


def outcome_option(command: F) -> F:
    """Add `--format text|json`, which arrives as `format_`."""
    return click.option(
        "--format",
        "format_",
        type=click.Choice(("text", "json"), case_sensitive=False),
        default="text",
        help="For people (text) or programs (json).",
    )(command)


def conclude(
    format_: str,
    problems: tuple[Problem, ...],
    said: Mapping[str, object] | None,
    printed: Iterable[object] = (),
    talk: Iterable[str] = (),
    *,
    failed: bool = False,
) -> NoReturn:
    """End a command.

    Args:
        format_: `text` or `json`.
        problems: What stood in the way, and what is to be known.
        said: What was done, for programs; None when nothing was.
        printed: What was made, for people, a line each.
        talk: What there is to say of it, a line each.
        failed: Whether it counts as failed though it was done.
    """
    failed = failed or said is None or has_errors(problems)
    code = PROBLEMS_FOUND if failed else 0
    if format_ == "json":
        told = json.loads(render(problems, Shelf(), Format.JSON))["problems"]
        content = {"done": said is not None, **(said or {}), "problems": told}
        click.echo(json.dumps(content, indent=1, ensure_ascii=False, default=str))
        exit_with(code)
    report(problems, Shelf(), Format.CONCISE if said is not None and not failed else Format.FULL)
    for line in talk:
        click.echo(line, err=True)
    for each in printed:
        click.echo(each)
    exit_with(code)


def workspace_at(start: Path) -> Workspace:
    """Return the workspace that a folder lies in, or end the command as wrong use."""
    workspace = find(start)
    if isinstance(workspace, Refusal):
        refuse(workspace)
    return workspace


def identity_at(start: Path) -> Identity:
    """Return who calls, or end the command when nobody has said who they are."""
    from reportgen.jobs.people import identifying  # noqa: PLC0415 - Pydantic

    identity = identifying.identity(start)
    if isinstance(identity, Refusal):
        refuse(identity)
    return identity
