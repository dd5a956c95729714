"""What whoever drafts calls: start a workspace, check files, have a problem explained.

Each command imports its job when it is called, so that none pays for another.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from reportgen.cli.options import format_option, formats_option, workspace_option
from reportgen.cli.reporting import exit_with, refuse, report
from reportgen.files.shelf import Shelf
from reportgen.files.showing import show
from reportgen.problems.model import Refusal
from reportgen.problems.printing import Format, counted
from reportgen.problems.wording import suggestion
from reportgen.workspace import find

if TYPE_CHECKING:
    from reportgen.jobs.review.gating import Waiving
    from reportgen.problems.rule import Rule
    from reportgen.workspace import Workspace


@click.command(short_help="Make a workspace with an invented case.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Make a workspace in DIR, with an invented case whose letter can be built."""
    import shlex  # noqa: PLC0415

    from reportgen.jobs.workspaces import starting  # noqa: PLC0415

    workspace, problems = starting.start(folder)
    if workspace is None:
        exit_with(report(problems, {}))
    click.echo(folder)
    step = "reportgen check" if workspace.root == Path.cwd() else f"cd {shlex.quote(str(folder))}"
    click.echo(f"next:\n  {step}\n  reportgen build", err=True)


@click.command(short_help="Look for problems in cases and letters.")
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@format_option
@workspace_option
def check(paths: tuple[Path, ...], format_: Format, start: Path) -> None:
    """Look for problems in cases and letters, and say where they are.

    PATH is a case.yaml, a case's folder, a letter, or a folder of any of these; the whole
    workspace when left out. Nothing is printed when nothing is wrong.
    """
    from reportgen.jobs.workspaces import checking  # noqa: PLC0415

    checked = checking.check(paths, start)
    if isinstance(checked, Refusal):
        refuse(checked)
    looked_at = " and ".join(
        counted(number, noun)
        for number, noun in ((checked.cases, "case"), (checked.letters, "letter"))
        if number
    )
    fine = f"{looked_at or 'nothing to check'}{', no problems' if looked_at else ''}"
    exit_with(report(checked.problems, checked.documents, format_, fine))


@click.command(short_help="Build letters: PDF, DOCX, HTML, text.")
@click.argument("letters", metavar="[LETTER]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--set",
    "case",
    metavar="CASE",
    help="Build all letters of a case, if they agree and say what their laws require.",
)
@formats_option
@click.option("--final", is_flag=True, help="Make the copy that is sent; refuse open points.")
@click.option(
    "--waive",
    multiple=True,
    metavar="CODE",
    help="Let a finding of the review pass in a final letter, on record; give --reason.",
)
@click.option("--reason", default="", metavar="TEXT", help="Why it is let pass.")
@click.option("--line-numbers", is_flag=True, help="Number the lines of a draft.")
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Where to put what is made; output/ of the workspace when left out.",
)
@click.option("--open", "open_", is_flag=True, help="Open what was made.")
@click.option("--force", is_flag=True, help="Build even what is up to date.")
@workspace_option
def build(
    letters: tuple[Path, ...],
    formats: tuple[str, ...],
    output: Path | None,
    start: Path,
    *,
    case: str | None,
    final: bool,
    waive: tuple[str, ...],
    reason: str,
    line_numbers: bool,
    open_: bool,
    force: bool,
) -> None:
    """Build letters: drafts, or with --final the copies that are sent.

    LETTER is a letter's file, or its name, <case>/<letter>; all letters of the workspace when
    left out. A letter is not built again while nothing that it is made from has changed.
    """
    from reportgen.jobs import finding  # noqa: PLC0415
    from reportgen.jobs.building import drafting, ordering  # noqa: PLC0415

    _sensible(
        letters, case, final=final, line_numbers=line_numbers, waived=bool(waive), reason=reason
    )
    workspace = find(letters[0] if letters and letters[0].exists() else start)
    if isinstance(workspace, Refusal):
        refuse(workspace)
    paths = _set(workspace, case) if case else [finding.letter_path(workspace, p) for p in letters]
    order = ordering.Order(
        workspace,
        output or workspace.output,
        formats,
        final,
        line_numbers,
        force,
        _waiving(workspace, waive, reason) if waive else None,
    )
    code, made = 0, False
    for built in drafting.build(order, paths or finding.letters_in(workspace)):
        # What only needs attention is told in a line each; an error with all that helps.
        shown = Format.FULL if built.failed else Format.CONCISE
        code = max(code, report(built.problems, Shelf(), shown))
        for line in built.attention:
            click.echo(line)
        made = made or built.made
        if built.artifacts:
            pages = f", {counted(built.pages, 'page')}" if built.pages else ""
            done = "built" if built.made else "up to date"
            click.echo(f"{built.letter}: {done}{pages}", err=True)
        for name in built.artifacts:
            click.echo(show(built.folder / name))
        if open_ and built.artifacts:
            click.launch(str(built.folder / built.artifacts[0]))
    for caveat in ordering.caveats(formats) if made else ():
        click.echo(f"note: {caveat}", err=True)
    exit_with(code)


def _sensible(
    letters: tuple[Path, ...],
    case: str | None,
    *,
    final: bool,
    line_numbers: bool,
    waived: bool,
    reason: str,
) -> None:
    """Refuse options of `build` that contradict each other."""
    if final and line_numbers:
        raise click.UsageError("a final letter has no line numbers")
    if case and letters:
        raise click.UsageError("--set CASE builds all letters of a case; name no letters beside it")
    if waived and not (final and reason.strip()):
        raise click.UsageError("--waive goes with --final and --reason")


def _set(workspace: Workspace, case: str) -> list[Path]:
    """Return the letters of a case, or end the command if they will not do together."""
    from reportgen.jobs.building import sets  # noqa: PLC0415

    found = sets.of_case(workspace, case)
    if isinstance(found, Refusal):
        refuse(found)
    code = report(found.problems, Shelf())
    if code:
        exit_with(code)
    return list(found.letters)


def _waiving(workspace: Workspace, codes: tuple[str, ...], reason: str) -> Waiving:
    from reportgen.jobs.review import gating  # noqa: PLC0415

    return gating.waiving(workspace, codes, reason)


@click.command(short_help="Say what a problem means and what to do.")
@click.argument("codes", metavar="[CODE]...", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Print the whole handbook as Markdown.")
def explain(codes: tuple[str, ...], *, everything: bool) -> None:
    """Say what the problem CODE means and what to do; list all codes when none is given."""
    from reportgen.problems import catalog  # noqa: PLC0415

    if everything:
        click.echo(catalog.handbook(), nl=False)
    elif not codes:
        width = max(map(len, catalog.RULES))
        for code, rule in catalog.RULES.items():
            click.echo(f"{code:<{width}}  {rule.title}")
    else:
        rules = [_rule(code) for code in codes]
        click.echo("\n".join(f"{rule.code}\n\n{catalog.explanation(rule)}" for rule in rules))


@click.command(short_help="Describe files for editors (JSON Schema).")
@click.argument("name", metavar="[NAME]", required=False)
@click.option(
    "--output",
    type=click.Path(file_okay=False, exists=True, path_type=Path),
    metavar="DIR",
    help="Write DIR/<name>.schema.json; without a name, those of all files.",
)
def schema(name: str | None, output: Path | None) -> None:
    """Write down what files may say, as JSON Schema for editors.

    NAME is case, letter, family, organization or recipient.
    """
    from reportgen.jobs.workspaces import describing  # noqa: PLC0415

    if name is not None and name not in describing.MODELS:
        advice = suggestion(name, describing.MODELS, "schemas")
        raise click.UsageError(f"there is no schema of {name!r}; {advice}")
    if output is not None:
        written, problems = describing.write([name] if name else describing.MODELS, output)
        for path in written:
            click.echo(path)
        exit_with(report(problems, {}))
    if name is None:
        raise click.UsageError(
            "name the file to describe, `case` or `letter` say, or give --output"
        )
    click.echo(describing.schema(name), nl=False)


def _rule(code: str) -> Rule:
    from reportgen.problems import catalog  # noqa: PLC0415

    if code not in catalog.RULES:
        advice = suggestion(code, catalog.RULES) or "`reportgen explain` lists the codes"
        raise click.UsageError(f"there is no problem {code!r}; {advice}")
    return catalog.RULES[code]
