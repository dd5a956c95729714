"""What whoever hands records over calls: sign the ledger's head, export, import, certify.

Each command imports its job when it is called, so that none pays for another.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reportgen.cli.concluding import conclude, identity_at, outcome_option, workspace_at
from reportgen.cli.finding import archive_of
from reportgen.cli.keying import signing_options, signing_terms
from reportgen.cli.options import workspace_option
from reportgen.cli.reporting import refuse
from reportgen.cli.reviewing import now
from reportgen.files.showing import show
from reportgen.problems.model import Refusal
from reportgen.problems.printing import counted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import NoReturn

    from reportgen.jobs.handover.receiving import Imported
    from reportgen.jobs.ledger.booking import Book
    from reportgen.jobs.people.keyring import Wanted
    from reportgen.problems.model import Problem
    from reportgen.workspace import Workspace


@click.command(short_help="Sign the ledger's head.")
@signing_options
@outcome_option
@workspace_option
def sign(format_: str, start: Path, *, wanted: Wanted) -> None:
    """Sign the head of the archive's ledger, and with it everything up to now.

    The signature is a file of its own, heads/<lines>.p7s, beside the statement that it is over;
    OpenSSL verifies it too. With a time-stamping authority it proves when all of that was there.
    """
    from reportgen.jobs.ledger import heading  # noqa: PLC0415

    workspace = workspace_at(start)
    terms = signing_terms(workspace, wanted, partial(conclude, format_, said=None))
    if terms is None:
        help_ = "name it: --sign KEY, or in the organization's file"
        refuse(Refusal("signing-settings", "no key is named to sign with", help_))
    path, problems = heading.sign(_book(workspace), terms)
    _written(path, problems, format_)


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
@outcome_option
@workspace_option
def export(
    records: tuple[str, ...], target: Path, format_: str, start: Path, *, private: bool
) -> None:
    """Write RECORDs into a file: their bags, what came later, and what proves their place.

    Each is verified first. The ledger is handed over from their first line on, also what it says
    of other records, since only that proves that the ledger's head vouches for them; see --private.
    The same records give the same bytes.
    """
    from reportgen.jobs.archive import linking  # noqa: PLC0415
    from reportgen.jobs.handover import handing  # noqa: PLC0415

    archive = archive_of(start)
    names = (linking.latest(archive, record) for record in records)
    done = handing.export(archive, names, target, now, private=private)
    if not done.records:
        conclude(format_, done.problems, None)
    said = {
        "records": done.records,
        "head": done.head,
        "sha256": done.sha256,
        "file": show(target),
    }
    talk = (
        f"handed over: {counted(len(done.records), 'record')}",
        f"head of the ledger: {done.head}",
        f"sha256: {done.sha256}",
    )
    conclude(format_, done.problems, said, (show(target),), talk)


@click.command("import", short_help="Take in records that were handed over.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--head", metavar="HEAD", help="The head of their ledger, as its keeper told it.")
@outcome_option
@workspace_option
def import_(file: Path, head: str | None, format_: str, start: Path) -> None:
    """Take the records of FILE into the archive, after verifying all of them.

    Of a record that is here already, the same, only what happened to it since is entered. One that
    does not hold, or that has the name of another, stops the whole file, and nothing is taken in.
    """
    from reportgen.jobs.handover import receiving  # noqa: PLC0415
    from reportgen.jobs.verification import verifying  # noqa: PLC0415

    told = verifying.head_of(head) if head is not None else None
    if head is not None and told is None:
        raise click.BadParameter(f"{head!r} is no head of a ledger", param_hint="--head")
    done = receiving.take_in(_book(workspace_at(start)), file, told)
    if done.origin is None:
        conclude(format_, done.problems, None)
    said = {
        "taken": done.taken,
        "known": done.known,
        "lines_since": done.since,
        "origin": done.origin,
        "proved": done.proved,
    }
    conclude(format_, done.problems, said, done.taken, _of_the_import(done))


def _of_the_import(done: Imported) -> Iterator[str]:
    """Yield what there is to say of an import."""
    yield f"from the ledger whose head was {done.origin}"
    if not done.proved:
        yield "that this head vouches for them is not proved: lines between are digests alone"
    if done.known:
        since = f"; entered what came since: {counted(done.since, 'line')}" if done.since else ""
        yield f"here already: {counted(len(done.known), 'record')}{since}"
    yield f"taken in: {counted(len(done.taken), 'record')}"


@click.command(short_help="Print a certificate of a record.")
@click.argument("record", metavar="RECORD")
@click.option(
    "--to",
    "target",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.pdf",
    help="The file to write; output/certificate-RECORD.pdf when left out.",
)
@outcome_option
@workspace_option
def certificate(record: str, target: Path | None, format_: str, start: Path) -> None:
    """Print one page on RECORD: what was sent, when, to whom, and the digests that prove it.

    The record is verified first. The page says how to compare it with the archive by standard
    tools, and what that does not prove; its QR code holds the digests.
    """
    from reportgen.jobs.archive import linking  # noqa: PLC0415
    from reportgen.jobs.handover import certifying  # noqa: PLC0415
    from reportgen.jobs.verification import verifying  # noqa: PLC0415

    workspace = workspace_at(start)
    name = linking.latest(verifying.archive_at(workspace.archive), record)
    path, problems = certifying.certify(workspace, name, now, target)
    _written(path, problems, format_)


def _written(path: Path | None, problems: tuple[Problem, ...], format_: str) -> NoReturn:
    """End a command that writes a file."""
    if path is None:
        conclude(format_, problems, None)
    conclude(format_, problems, {"file": show(path)}, (show(path),))


def _book(workspace: Workspace) -> Book:
    from reportgen.jobs.ledger.booking import Book  # noqa: PLC0415
    from reportgen.jobs.verification import verifying  # noqa: PLC0415

    person = str(identity_at(workspace.root).person)
    return Book(verifying.archive_at(workspace.archive), person, now)
