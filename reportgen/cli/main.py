"""The console script: finds the command, and turns whatever happens into an exit code.

0 is fine, 1 means problems were found, 2 wrong use, 3 a defect of ours, 130 that the user stopped
it. A command lives in the module that the table names, which is loaded when the command is called.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from typing import Final

import click

from reportgen.cli.grouping import Commands
from reportgen.problems.model import Defect

_COMMANDS: Final = {
    "init": "reportgen.cli.drafting",
    "new": "reportgen.cli.founding",
    "check": "reportgen.cli.drafting",
    "build": "reportgen.cli.drafting",
    "serial": "reportgen.cli.mailing",
    "lint": "reportgen.cli.reviewing",
    "index": "reportgen.cli.reviewing",
    "review": "reportgen.cli.circulating",
    "redline": "reportgen.cli.circulating",
    "returned": "reportgen.cli.circulating",
    "comment": "reportgen.cli.referencing",
    "resolve": "reportgen.cli.referencing",
    "verdict": "reportgen.cli.referencing",
    "approve": "reportgen.cli.referencing",
    "status": "reportgen.cli.referencing",
    "submit": "reportgen.cli.archiving",
    "receipt": "reportgen.cli.following",
    "question": "reportgen.cli.following",
    "questions": "reportgen.cli.following",
    "correct": "reportgen.cli.following",
    "archive": "reportgen.cli.archiving",
    "verify": "reportgen.cli.verifying",
    "stats": "reportgen.cli.counting",
    "deadlines": "reportgen.cli.scheduling",
    "complete": "reportgen.cli.scheduling",
    "directory": "reportgen.cli.addressing",
    "explain": "reportgen.cli.drafting",
    "schema": "reportgen.cli.drafting",
}
"""Each command, in the order of the help, and the module that has it under its own name."""

_COLLECTED_AFTER: Final = 50_000
"""How many new objects make Python look for circles among them.

What a command loads and reads stays to its end: with Python's own 700, a tenth of a build goes into
looking through it again and again.
"""

_REPORT: Final = (
    "To report it, run it again with REPORTGEN_DEBUG=1 and send what it prints to the maintainers "
    "(CONTRIBUTING.md)."
)
FINE, WRONG_USE, DEFECT, STOPPED = 0, 2, 3, 130


class _Commands(Commands):
    """All commands."""

    table = _COMMANDS


def _show_version(context: click.Context, _: click.Parameter, wanted: bool) -> None:  # noqa: FBT001
    if wanted:
        from importlib.metadata import version  # noqa: PLC0415 - takes as long as a check

        click.echo(f"reportgen {version('reportgen')}")
        context.exit()


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Show the version.",
)
def commands() -> None:
    """Compile case files into formal letters in which every figure is bound to its source."""


def run(arguments: list[str]) -> int:
    """Run a command and return its exit code."""
    try:
        result = commands.main(arguments, prog_name="reportgen", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped", err=True)
        return STOPPED
    except Exception as error:
        if os.environ.get("REPORTGEN_DEBUG"):
            raise
        told = f"reportgen: a defect of ours, not of your files{_told(error)} {_REPORT}"
        click.echo(told, err=True)
        return DEFECT
    return result if isinstance(result, int) else FINE


def _told(error: Exception) -> str:
    """Return what went wrong, and what still works where that is known."""
    if isinstance(error, Defect):
        return f": {error}. {error.help}".rstrip()
    return f" ({type(error).__name__}: {str(error)[:200]!r})."


def main() -> None:
    """Be the console script."""
    gc.set_threshold(_COLLECTED_AFTER)
    # Pydantic would ask every package of the machine whether it has a say in how files are read.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    if hasattr(signal, "SIGPIPE"):
        # `reportgen check | head` ends quietly, as any other tool does.
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    for stream in (sys.stdout, sys.stderr):
        # A terminal that knows no “…” gets an escape for it rather than nothing at all.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    sys.exit(run(sys.argv[1:]))
