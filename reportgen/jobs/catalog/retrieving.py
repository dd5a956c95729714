"""Asking an archive: a user's question in, text for people or programs out."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from reportgen.archive import followup
from reportgen.archive import records as bags
from reportgen.archive.finding import saying, searching
from reportgen.archive.formats import questions as asked
from reportgen.archive.formats import records, statements
from reportgen.archive.found import Standing
from reportgen.archive.model import Event
from reportgen.files.showing import show
from reportgen.jobs.catalog.cataloging import ask
from reportgen.problems.model import Place, Problem, Refusal
from reportgen.problems.wording import quoted, suggestion

if TYPE_CHECKING:
    from reportgen.archive.finding.catalog import Catalog
    from reportgen.archive.found import Listed, Sought
    from reportgen.archive.layout import Archive

Told = tuple[str, int, tuple[Problem, ...]]
"""Text for stdout, how many records or statements it tells of, and problems."""


def number(archive: Archive) -> int:
    """Return how many bags lie in an archive."""
    return len(bags.record_ids(archive))


def search(archive: Archive, what: Sought, format_: str, *, color: bool = False) -> Told:
    """Find letters; `format_` is `table` or `json`."""
    hits, problems = ask(archive, lambda catalog: searching.search(catalog, what))
    if isinstance(hits, Refusal):
        return "", 0, (*problems, hits.at(Place("")))
    if format_ == "json":
        return records.as_json(hits), len(hits), problems
    return records.table(hits, color=color), len(hits), problems


def facts(archive: Archive, address: str, format_: str, *, color: bool = False) -> Told:
    """Tell everything that was ever said of a fact."""
    said, problems = ask(archive, lambda catalog: saying.facts(catalog, address))
    if format_ == "json":
        return statements.as_json(said), len(said), problems
    text = statements.table(address, said, color=color) if said else ""
    return text, len(said), problems


def tell(archive: Archive, name: str, format_: str, *, color: bool = False) -> Told:
    """Tell all that is known of a record; a letter's name stands for its latest record."""
    found, problems = find(archive, name)
    if found is None:
        return "", 0, problems
    told, more = ask(archive, lambda catalog: saying.story(catalog, found))
    record = bags.read(archive.bag(found.id))[0] if found.standing is Standing.KEPT else None
    if format_ == "json":
        return statements.story_as_json(told, record), 1, (*problems, *more)
    return statements.story(told, record, color=color), 1, tuple(dict.fromkeys((*problems, *more)))


def questions(  # noqa: PLR0913 - of what, when, and how it is told
    archive: Archive,
    today: date,
    format_: str,
    *,
    then: date | None = None,
    all_: bool = False,
    color: bool = False,
) -> Told:
    """Tell which questions for the record are open or late today, or were on another day.

    Args:
        archive: The archive.
        today: What day it is.
        format_: `table` or `json`.
        then: The day on which it is asked how they stood; None for today.
        all_: Whether those that are answered are told too.
        color: Whether the text is for a terminal that has colors.
    """
    day = then or today
    events, problems = ask(
        archive, lambda catalog: searching.events(catalog, "", Event.ASKED, Event.ANSWERED)
    )
    found = sorted(
        (
            each
            for each in followup.questions(events, then)
            if all_ or each.clock(day) is not followup.Clock.ANSWERED
        ),
        key=lambda each: (each.answer != "", each.due or date.max),
    )
    if format_ == "json":
        return asked.as_json(found, day), len(found), problems
    return asked.table(found, day, color=color), len(found), problems


def find(archive: Archive, name: str) -> tuple[Listed | None, tuple[Problem, ...]]:
    """Return the record of a name, or of a letter's name the latest.

    Returns:
        The record, with warnings; or None and `unknown-record`.
    """

    def known(catalog: Catalog) -> tuple[tuple[Listed, ...], tuple[str, ...]]:
        found = searching.record(catalog, name)
        return found, () if found else searching.ids(catalog)

    (found, ids), problems = ask(archive, known)
    if found:
        return found[0], problems
    message = f"there is no record {quoted(name)} in the archive"
    help_ = suggestion(name, ids, "records") or "`reportgen archive list` shows what there is"
    return None, (*problems, Problem("unknown-record", message, Place(show(archive.root)), help_))
