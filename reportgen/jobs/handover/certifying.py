"""Print a certificate of a record, after verifying the record.

The same record and the same ledger give the same bytes; the paper bears the date of the ledger's
last line, and no clock's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.archive import records
from reportgen.archive.formats.certificate import SQUARE, Certified, body, square
from reportgen.archive.handover import SEALING
from reportgen.archive.layout import Archive
from reportgen.files import atomic
from reportgen.files.showing import show
from reportgen.jobs.drafts.gathering import Gatherer
from reportgen.jobs.handover import handing
from reportgen.jobs.people import keyring
from reportgen.jobs.verification import judging
from reportgen.jobs.verification.judging import Inquiry
from reportgen.problems.model import Place, Problem, has_errors
from reportgen.rendering.model import Report

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from reportgen.archive.ledger import Ledger
    from reportgen.workspace import Workspace

NAME = "certificate"


def certify(
    workspace: Workspace, name: str, clock: Callable[[], datetime], target: Path | None = None
) -> tuple[Path | None, tuple[Problem, ...]]:
    """Write the certificate of a record.

    Args:
        workspace: Where the archive and the styles are.
        name: The record's name.
        clock: Tells the time, for certificates of signers.
        target: The file to write; `output/certificate-<record>.pdf` when None.

    Returns:
        The file; or None and why there is none: `unknown-record`, `record-unsound`,
        `ledger-broken`, problems of rendering, `cannot-write`.
    """
    from reportgen.rendering import report  # noqa: PLC0415 - WeasyPrint

    archive = Archive(workspace.archive)
    ledger, problems = handing.sound(archive, (name,), clock)
    if ledger is None:
        return None, problems
    trusted, problems = keyring.trusted_here(workspace)
    inquiry = Inquiry(archive, clock, rendering=False, trusted=trusted)
    certified, found = _certified(inquiry, name, ledger)
    problems += found
    if certified is None or has_errors(problems):
        return None, problems
    stationery, found = Gatherer(workspace).stationery("certificate.pdf")
    problems += found
    if has_errors(problems):
        return None, problems
    paper = Report(
        NAME,
        f"Certificate of record {certified.record.id}",
        certified.record.organization,
        ledger.entries[-1].at.date(),
        "en-US",
        body(certified),
        ((SQUARE, square(certified)),),
        lasting=True,
    )
    made, found = report.pdf(paper, stationery)
    if made is None:
        return None, (*problems, *found)
    path = target or (workspace.output / f"{NAME}-{name}.pdf")
    wrong = atomic.write(path, made.content, show(path))
    return (None if wrong else path), (*problems, *found, *wrong)


def _certified(
    inquiry: Inquiry, name: str, ledger: Ledger
) -> tuple[Certified | None, tuple[Problem, ...]]:
    archive = inquiry.archive
    record, problems = records.read(archive.bag(name))
    lines = [each for each in ledger.entries if each.record == name]
    sealed = next((each for each in lines if each.event in SEALING), None)
    if record is None or sealed is None or sealed.bag is None or ledger.head is None:
        message = f"the ledger has no line with which {name} came into the archive"
        return None, problems or (Problem("record-unsound", message, Place(show(archive.ledger))),)
    answer = judging.signatures_of(inquiry, archive.bag(name), record)
    return (
        Certified(
            record=record,
            bag=sealed.bag,
            entry=sealed,
            later=tuple(each for each in lines if each is not sealed),
            head=ledger.head,
            digest=ledger.digest,
            signed=tuple(each.partition(": ")[2] for each in answer.remarks),
        ),
        (),
    )
