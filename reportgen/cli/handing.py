"""What whoever hands records over calls: sign the ledger's head, export, import, certify.

Each command imports its job when it is called, so that none pays for another.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from reportgen.cli.finding import archive_of
from reportgen.cli.keying import signing_options, signing_terms
from reportgen.cli.options import workspace_option
from reportgen.cli.reporting import exit_with, refuse, report
from reportgen.cli.reviewing import now
from reportgen.files.shelf import Shelf
from reportgen.files.showing import show
from reportgen.problems.model import Refusal
from reportgen.problems.printing import counted
from reportgen.workspace import find

if TYPE_CHECKING:
    from reportgen.jobs.booking import Book
    from reportgen.jobs.keyring import Wanted
    from reportgen.workspace import Workspace


@click.command(short_help="Sign the ledger's head.")
@signing_options
@workspace_option
def sign(start: Path, *, wanted: Wanted) -> None:
    """Sign the head of the archive's ledger, and with it everything up to now.

    The signature is a file of its own, heads/<lines>.p7s, beside the statement that it is over;
    OpenSSL verifies it too. With a time-stamping authority it proves when all of that was there.
    """
    from reportgen.jobs import heading  # noqa: PLC0415

    workspace = _workspace(start)
    terms = signing_terms(workspace, wanted)
    if terms is None:
        help_ = "name it: --sign KEY, or in the organization's file"
        refuse(Refusal("signing-settings", "no key is named to sign with", help_))
    path, problems = heading.sign(_book(workspace), terms)
    code = report(problems, Shelf())
    if path is not None:
        click.echo(show(path))
    exit_with(code)


@click.command(short_help="Hand records over, as a file that proves itself.")
@click.argument("records", metavar="RECORD...", nargs=-1, required=True)
@click.option(
    "--to",
    "target",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.zip",
    help="The file to write; one that is there is replaced.",
)
@click.option(
    "--private",
    is_flag=True,
    help="Hand over the ledger's lines of other records as digests alone: nothing is told of them, "
    "and less is proved.",
)
@workspace_option
def export(records: tuple[str, ...], target: Path, start: Path, *, private: bool) -> None:
    """Write RECORDs into a file: their bags, what came later, and what proves their place.

    Each is verified first. The ledger is handed over from their first line on, also what it says
    of other records, since only that proves that the ledger's head vouches for them; see --private.
    The same records give the same bytes.
    """
    from reportgen.jobs import handing, linking  # noqa: PLC0415

    archive = archive_of(start)
    names = (linking.latest(archive, record) for record in records)
    done = handing.export(archive, names, target, now, private=private)
    code = report(done.problems, Shelf())
    if done.records:
        click.echo(f"handed over: {counted(len(done.records), 'record')}", err=True)
        click.echo(f"head of the ledger: {done.head}", err=True)
        click.echo(f"sha256: {done.sha256}", err=True)
        click.echo(show(target))
    exit_with(code)


@click.command("import", short_help="Take in records that were handed over.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--head", metavar="HEAD", help="The head of their ledger, as its keeper told it.")
@workspace_option
def import_(file: Path, head: str | None, start: Path) -> None:
    """Take the records of FILE into the archive, after verifying all of them.

    Of a record that is here already, the same, only what happened to it since is entered. One that
    does not hold, or that has the name of another, stops the whole file, and nothing is taken in.
    """
    from reportgen.jobs import handing, verifying  # noqa: PLC0415

    told = verifying.head_of(head) if head is not None else None
    if head is not None and told is None:
        raise click.BadParameter(f"{head!r} is no head of a ledger", param_hint="--head")
    done = handing.take_in(_book(_workspace(start)), file, told)
    code = report(done.problems, Shelf())
    if done.origin is not None:
        click.echo(f"from the ledger whose head was {done.origin}", err=True)
        if not done.proved:
            doubt = "that this head vouches for them is not proved: lines between are digests alone"
            click.echo(doubt, err=True)
        if done.known:
            since = f"; entered what came since: {counted(done.since, 'line')}"
            known = f"here already: {counted(len(done.known), 'record')}"
            click.echo(f"{known}{since if done.since else ''}", err=True)
        click.echo(f"taken in: {counted(len(done.taken), 'record')}", err=True)
    for record in done.taken:
        click.echo(record)
    exit_with(code)


@click.command(short_help="Print a certificate of a record.")
@click.argument("record", metavar="RECORD")
@click.option(
    "--to",
    "target",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.pdf",
    help="The file to write; output/certificate-RECORD.pdf when left out.",
)
@workspace_option
def certificate(record: str, target: Path | None, start: Path) -> None:
    """Print one page on RECORD: what was sent, when, to whom, and the digests that prove it.

    The record is verified first. The page says how to compare it with the archive by standard
    tools, and what that does not prove; its QR code holds the digests.
    """
    from reportgen.jobs import certifying, linking, verifying  # noqa: PLC0415

    workspace = _workspace(start)
    name = linking.latest(verifying.archive_at(workspace.archive), record)
    path, problems = certifying.certify(workspace, name, now, target)
    code = report(problems, Shelf())
    if path is not None:
        click.echo(show(path))
    exit_with(code)


def _workspace(start: Path) -> Workspace:
    workspace = find(start)
    if isinstance(workspace, Refusal):
        refuse(workspace)
    return workspace


def _book(workspace: Workspace) -> Book:
    from reportgen.jobs import identifying, verifying  # noqa: PLC0415
    from reportgen.jobs.booking import Book  # noqa: PLC0415

    identity = identifying.identity(workspace.root)
    if isinstance(identity, Refusal):
        refuse(identity)
    return Book(verifying.archive_at(workspace.archive), str(identity.person), now)
