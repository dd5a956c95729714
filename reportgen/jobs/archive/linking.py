"""What a letter that is submitted does to earlier records: it corrects some, and answers questions.

The record itself names them, so that nothing is lost when the program is killed before these lines
are written; with them, the earlier record's own history points to the later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.archive import followup, records
from reportgen.archive.model import Event
from reportgen.jobs.verification import verifying

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportgen.archive.layout import Archive
    from reportgen.archive.ledger import Ledger
    from reportgen.archive.model import Entry, Record
    from reportgen.jobs.ledger.booking import OpenBook
    from reportgen.problems.model import Problem


def corrected(pages: OpenBook, names: Iterable[str]) -> tuple[str, ...]:
    """Return the records that names of records and of letters mean; a name of neither stays."""
    found: dict[str, None] = {}
    for name in names:
        found.update(dict.fromkeys(meant(pages.book.archive, pages.ledger, name) or [name]))
    return tuple(found)


def latest(archive: Archive, name: str) -> str:
    """Return the latest record of a letter by the letter's name; any other name as it is.

    Of records that are left; of those that were disposed of, when none is.
    """
    if "/" not in name:
        return name
    ledger, _ = verifying.ledger_of(archive)
    found = meant(archive, ledger, name)
    gone = {each.record for each in ledger.entries if each.event is Event.DISPOSED}
    return ([each for each in found if each not in gone] or found or [name])[-1]


def meant(archive: Archive, ledger: Ledger, name: str) -> list[str]:
    """Return the records that the name of a record, or of a letter, means; the latest last."""
    lines = [each for each in ledger.entries if each.event.brings_a_record]
    if any(each.record == name for each in lines):
        return [name]
    return [each.record for each in lines if name == _letter(archive, each)] if "/" in name else []


def _letter(archive: Archive, entry: Entry) -> str:
    """Return the letter of a record, as the ledger or else its bag says."""
    told = entry.details.get("letter")
    if told is not None:
        return told
    record, _ = records.read(archive.bag(entry.record))
    return "" if record is None else record.letter


def link(pages: OpenBook, record: Record) -> tuple[Problem, ...]:
    """Write what a record does to earlier ones, as far as it is not written yet.

    Args:
        pages: The ledger, locked; the record's own line is in it.
        record: The record that was submitted.
    """
    problems: tuple[Problem, ...] = ()
    for earlier in corrected(pages, record.corrects):
        if earlier != record.id and not _written(pages, Event.CORRECTED, earlier, record.id):
            _, found = pages.enter(Event.CORRECTED, earlier, None, {"by": record.id})
            problems += found
    asked = {each.id: each for each in followup.questions(pages.ledger.entries)}
    for name in record.answers:
        question = asked.get(name)
        if question is not None and not question.answer:
            said = {"question": name, "by": record.id}
            _, found = pages.enter(Event.ANSWERED, question.record, None, said)
            problems += found
    return tuple(dict.fromkeys(problems))


def _written(pages: OpenBook, event: Event, record: str, by: str) -> bool:
    return any(
        (each.event, each.record, each.details.get("by")) == (event, record, by)
        for each in pages.ledger.entries
    )
