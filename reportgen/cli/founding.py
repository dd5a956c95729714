"""What whoever begins something calls: `reportgen new case|letter|regime|family NAME`.

On a terminal the few questions that matter are asked; elsewhere options answer them.
"""

from __future__ import annotations

import sys
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

import click

from reportgen.cases.model import Kind
from reportgen.cli.options import workspace_option
from reportgen.cli.reporting import exit_with, refuse, report
from reportgen.files.shelf import Shelf
from reportgen.files.showing import show
from reportgen.problems.model import Refusal
from reportgen.problems.wording import listed
from reportgen.workspace import find

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from reportgen.jobs.workspaces.blanks import Founded
    from reportgen.workspace import Workspace


@click.group(short_help="Write a new case, letter, reporting law or family of letters.")
def new() -> None:
    """Write a new case, letter, reporting law or family of letters, with comments.

    What is not known yet stands in brackets, and `reportgen check` names it. Nothing that is there
    is overwritten.
    """


@new.command("case", short_help="A new case.")
@click.argument("name", metavar="NAME")
@click.option("--title", metavar="TEXT", help="What a table calls the incident.")
@click.option("--kind", type=click.Choice(list(Kind), case_sensitive=False), help="What it is.")
@workspace_option
def case(name: str, title: str | None, kind: str | None, start: Path) -> None:
    """Write cases/NAME/case.yaml."""
    from reportgen.jobs.workspaces import founding  # noqa: PLC0415

    workspace = _workspace(start)
    title = title or _asked("What does a table call the incident?")
    kind = kind or _chosen("What sort of incident is it?", list(Kind), "other") or "other"
    _told(
        founding.case(workspace, name, title, str(kind)),
        f"reportgen check {show(workspace.cases / name)}",
    )


@new.command("letter", short_help="A new letter.")
@click.argument("name", metavar="NAME")
@click.option("--case", "about", metavar="CASE", help="The case that it is about.")
@click.option("--family", "family_", metavar="FAMILY", help="What kind of letter it is.")
@click.option("--to", multiple=True, metavar="OFFICE", help="An office of the directory; repeat.")
@click.option("--title", "subject", metavar="TEXT", help="The subject: what follows “Re:”.")
@click.option("--regime", metavar="REGIME", help="The reporting law that it is sent under.")
@click.option("--stage", metavar="STAGE", help="Which of that law's reports it is.")
@click.option("--organization", metavar="NAME", help="Who writes.")
@click.option(
    "--date",
    "day",
    type=click.DateTime(formats=["%Y-%m-%d"]),
    metavar="DATE",
    help="The date that it bears; today when left out.",
)
@workspace_option
def letter(
    *,
    name: str,
    about: str | None,
    family_: str | None,
    to: tuple[str, ...],
    subject: str | None,
    regime: str | None,
    stage: str | None,
    organization: str | None,
    day: datetime | None,
    start: Path,
) -> None:
    """Write cases/CASE/letters/NAME.yaml; NAME may be CASE/NAME.

    Its comments list what its family requires of the case, and which of it is not stated yet.
    """
    from reportgen.jobs.workspaces import letters  # noqa: PLC0415

    workspace = _workspace(start)
    if "/" in name and about is None:
        about, _, name = name.partition("/")
    cases = [path.parent.name for path in sorted(workspace.cases.glob("*/case.yaml"))]
    about = _needed(about, "--case", "Which case is it about?", cases)
    families = letters.families(workspace)
    family_ = _needed(family_, "--family", "What kind of letter is it?", families)
    kind, problems = letters.family_of(workspace, family_)
    if kind is None:
        exit_with(report(problems, Shelf()))
    if kind.max_addressees and not to:
        offices = [path.stem for path in workspace.listing("directory", "*.yaml")]
        office = _asked("Which office is it addressed to (us-senate-banking.chair)?")
        if office is None:
            raise click.UsageError(f"say --to OFFICE; the directory has {listed(offices[:12])}")
        to = tuple(each.strip() for each in office.split(","))
    who = _needed(organization, "--organization", "Who writes?", _organizations(workspace))
    wanted = letters.Wanted(
        about, family_, to, who, day.date() if day else date.today(),  # noqa: DTZ011 - the day where the user is
        subject or _asked("What is the subject?"), regime, stage,
    )  # fmt: skip
    _told(letters.begin(workspace, name, wanted), f"reportgen build {about}/{name}")


@new.command("regime", short_help="A new reporting law.")
@click.argument("name", metavar="NAME")
@click.option("--title", metavar="TEXT", help="What the law is called.")
@click.option("--citation", metavar="TEXT", help="How it is cited.")
@workspace_option
def regime(name: str, title: str | None, citation: str | None, start: Path) -> None:
    """Write templates/regimes/NAME.yaml."""
    from reportgen.jobs.workspaces import founding  # noqa: PLC0415

    workspace = _workspace(start)
    title = title or _asked("What is the law called?")
    citation = citation or _asked("How is it cited?")
    day = date.today()  # noqa: DTZ011 - the day where the user is
    _told(founding.regime(workspace, name, title, citation, day), None)


@new.command("family", short_help="A new family of letters.")
@click.argument("name", metavar="NAME")
@click.option("--title", metavar="TEXT", help="What the kind of letter is called.")
@workspace_option
def family(name: str, title: str | None, start: Path) -> None:
    """Write templates/letters/NAME/: the form, the look, two sections."""
    from reportgen.jobs.workspaces import founding  # noqa: PLC0415

    workspace = _workspace(start)
    title = title or _asked("What is the kind of letter called?")
    step = f"reportgen new letter first-one --family {name}"
    _told(founding.family(workspace, name, title), step)


# --- asking ---------------------------------------------------------------------------------------


def _workspace(start: Path) -> Workspace:
    found = find(start)
    if isinstance(found, Refusal):
        refuse(found)
    return found


def _organizations(workspace: Workspace) -> list[str]:
    """Return who may write: the workspace's own organizations, or those shipped."""
    own = [path.stem for path in sorted((workspace.templates / "organization").glob("*.yaml"))]
    return own or [path.stem for path in workspace.listing("organization", "*.yaml")]


def _asked(question: str) -> str | None:
    """Ask on a terminal; an empty answer, or no terminal, is none."""
    if not sys.stdin.isatty():
        return None
    answer: str = click.prompt(question, default="", show_default=False, err=True)
    return answer.strip() or None


def _chosen(question: str, known: Iterable[str], default: str | None = None) -> str | None:
    if not sys.stdin.isatty():
        return None
    choice = click.Choice([str(each) for each in known], case_sensitive=False)
    answer: str = click.prompt(question, type=choice, default=default, err=True)
    return answer


_FEW: Final = 24


def _needed(given: str | None, option: str, question: str, known: Iterable[str]) -> str:
    """Return what was given, or the only choice there is, or the answer to the question."""
    if given is not None:
        return given
    choices = list(known)
    if len(choices) == 1:
        return choices[0]
    answer = _chosen(question, choices) if choices else None
    if answer is None:
        there = f"; there are {listed(choices[:_FEW])}" if choices else ""
        raise click.UsageError(f"say {option}{there}")
    return answer


def _told(founded: Founded, step: str | None) -> None:
    """Say what was written and what comes next, or what is wrong."""
    paths, problems = founded
    code = report(problems, Shelf())
    for path in paths:
        click.echo(show(path))
    if paths and step:
        click.echo(f"next:\n  {step}", err=True)
    exit_with(code)
