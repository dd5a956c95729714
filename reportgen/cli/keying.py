"""The options of commands that sign, and who is asked for a secret.

A passphrase or a PIN is typed, or comes from the environment; no option takes one, since others
could read it in a list of processes.
"""

from __future__ import annotations

import sys
from datetime import datetime
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import NoReturn

    from reportgen.jobs.people.keyring import Signing, Wanted
    from reportgen.problems.model import Problem
    from reportgen.workspace import Workspace


def signing_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add `--sign KEY`, `--level` and `--timestamps URL`, which arrive as `wanted`."""

    @click.option(
        "--sign",
        "key",
        metavar="KEY",
        help="Sign with a PKCS#12 file, or with a key on a token: pkcs11:token=T;object=KEY. When "
        "left out, as the organization's file says.",
    )
    @click.option(
        "--level",
        type=click.Choice(("B-B", "B-T", "B-LTA")),
        help="What the signature holds: B-T a time stamp, B-LTA what proves it years later.",
    )
    @click.option(
        "--timestamps", metavar="URL", help="The address of a time-stamping authority (RFC 3161)."
    )
    @wraps(command)
    def with_wanted(
        *arguments: Any,  # noqa: ANN401 - those of the command
        key: str | None,
        level: str | None,
        timestamps: str | None,
        **named: Any,  # noqa: ANN401
    ) -> None:
        from reportgen.jobs.people.keyring import Wanted  # noqa: PLC0415 - Pydantic

        command(*arguments, wanted=Wanted(key, level, timestamps), **named)

    return with_wanted


def signing_terms(
    workspace: Workspace,
    wanted: Wanted,
    refused: Callable[[tuple[Problem, ...]], NoReturn],
    letter: Path | None = None,
) -> Signing | None:
    """Return how to sign, None when nobody wants it; end the command when it cannot be.

    Args:
        workspace: Where the organization's settings are.
        wanted: What the options say.
        refused: Ends the command, told why nothing can be signed.
        letter: The letter to be signed, if it is one.
    """
    from reportgen.jobs.people import keyring  # noqa: PLC0415 - Pydantic

    settings, problems = keyring.settings_of(workspace, letter)
    if problems and not wanted.key:
        refused(problems)
    secrets = keyring.Secrets(prompt=_prompt)
    clock = lambda: datetime.now().astimezone()  # noqa: E731 - as short as it reads
    terms, problems = keyring.terms(workspace, settings, wanted, clock, secrets)
    if problems:
        refused(problems)
    return terms


def _prompt(text: str) -> str | None:
    """Ask whoever sits at the keyboard; nobody, when nobody sits there."""
    if not sys.stdin.isatty():
        return None
    typed = click.prompt(text, hide_input=True, err=True, default="", show_default=False)
    return str(typed)
