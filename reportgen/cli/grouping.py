"""Groups of commands that are imported when they are called."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import click

from reportgen.problems.wording import quoted, suggestion

if TYPE_CHECKING:
    from collections.abc import Mapping


class Commands(click.Group):
    """Commands by the modules that have them, which none of the others has to load.

    Attributes:
        table: The module of each command, in the order of the help. The module has it under the
            command's own name, or under the one that stands after a colon.
    """

    table: Mapping[str, str] = {}

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names of the commands, in the order of the help."""
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return a command; its module is loaded now."""
        if cmd_name not in self.table:
            return None
        module, _, name = self.table[cmd_name].partition(":")
        command = getattr(import_module(module), name or cmd_name)
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is called; suggest one when there is none."""
        name = args[0] if args else ""
        if name not in self.table and not name.startswith("-"):
            advice = suggestion(name, self.table, "commands")
            ctx.fail(f"there is no command {quoted(name)}; {advice}")
        return super().resolve_command(ctx, args)
