"""Makes again what docs/ derives from the code: `make docs`.

The pages are compared with the code by tests/test_documentation.py; the picture is not, since it
changes with every nuance of the letter.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pypdfium2

from reportgen.cli.main import commands
from reportgen.jobs.workspaces import describing
from reportgen.problems import catalog
from reportgen.regimes import loading as regimes
from reportgen.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
LETTER = "alibaba-2026/senate-banking"
PICTURE = DOCS / "letter-page-1.png"
DOTS_PER_INCH = 80

_TABLE_BEGINS = "<!-- table of regimes: made by tools/docs.py -->"
_TABLE_ENDS = "<!-- end of the table -->"

_COMMANDS = """\
# Commands

What `reportgen COMMAND --help` says. Made with `make docs` from `reportgen/cli/`: change it there.

Every command ends with 0 when all is fine, with 1 when problems were found, with 2 when it was
called in a wrong way, and with 3 after a defect of reportgen itself. Results go to standard output,
talk to standard error. `NO_COLOR` turns colors off.
"""


def pages() -> Mapping[Path, str]:
    """Return every derived page by its path."""
    schemas = {
        DOCS / "schemas" / f"{name}.schema.json": describing.schema(name)
        for name in describing.MODELS
    }
    return {
        DOCS / "commands.md": command_page(),
        DOCS / "problems.md": catalog.handbook(),
        DOCS / "regimes.md": regimes_page(),
        **schemas,
    }


def regimes_page() -> str:
    """Return docs/regimes.md: what is written there, with the table of regimes from their files."""
    page = (DOCS / "regimes.md").read_text(encoding="utf-8")
    head, rest = page.split(_TABLE_BEGINS)
    workspace = Workspace(ROOT)
    found, problems = regimes.load(workspace, regimes.names(workspace))
    assert not problems, problems
    lines = [
        "| regime | report | limit | begins with | read | status |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for name, regime in found.items():
        standing = regime.standing
        since = f" from {standing.first}" if standing.first else ""
        for stage_name, stage in regime.stages.items():
            for bound in stage.bounds:
                begins = bound.starts or f"submission of {' or '.join(bound.after)}"
                limb = f", {bound.limb}" if bound.limb else ""
                end = " from the end of the year" if bound.end_of_year else ""
                lines.append(
                    f"| `{name}` | {stage_name}{limb} | "
                    f"{bound.period or 'no fixed time'}{end} ({bound.citation}) | {begins} | "
                    f"{bound.read} | {standing.force}{since} |"
                )
    table = "\n".join(lines)
    return f"{head}{_TABLE_BEGINS}\n{table}\n{_TABLE_ENDS}{rest.split(_TABLE_ENDS)[1]}"


def command_page() -> str:
    """Return docs/commands.md: what each command says of itself."""
    # With the settings of the console script: commands keep the first help option that is asked for.
    overview = click.Context(commands, info_name="reportgen", **commands.context_settings)
    sections = (f"\n## {name}\n\n```\n{text}\n```\n" for name, text in _helps(commands, overview))
    return "".join((_COMMANDS, *sections))


def _helps(group: click.Group, above: click.Context) -> Iterator[tuple[str, str]]:
    """Yield each command's name and what it says of itself, those of a group after the group."""
    for name in group.list_commands(above):
        command = group.get_command(above, name)
        assert command is not None
        context = click.Context(
            command, above, info_name=name, terminal_width=80, max_content_width=80
        )
        called = context.command_path.removeprefix("reportgen ")
        yield called, command.get_help(context)
        if isinstance(command, click.Group):
            yield from _helps(command, context)


def draw(picture: Path) -> None:
    """Draw the first page of the specimen letter."""
    reportgen = Path(sys.executable).with_name("reportgen")
    subprocess.run([reportgen, "build", LETTER], cwd=ROOT, check=True)  # noqa: S603
    with pypdfium2.PdfDocument(ROOT / "output" / LETTER / "letter.pdf") as pdf:
        image = pdf[0].render(scale=DOTS_PER_INCH / 72).to_pil()
    image.convert("L").save(picture, optimize=True)


def main() -> None:
    """Write all of it."""
    shutil.rmtree(DOCS / "schemas", ignore_errors=True)
    for path, text in pages().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    draw(PICTURE)


if __name__ == "__main__":
    main()
