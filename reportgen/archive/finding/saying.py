"""What records say: everything said of a fact, what of it was corrected, what of it stands.

Functions over an open catalog; they may raise its `UnusableError` when the file is damaged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.archive.finding.searching import COLUMNS, events, listed, names
from reportgen.archive.found import Mistaken, Said, Standing, Statement, Story

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportgen.archive.finding.catalog import Catalog
    from reportgen.archive.found import Listed


def facts(catalog: Catalog, address: str) -> tuple[Statement, ...]:
    """Return everything that was said of a fact, and of what was computed from it, by date.

    A correction comes before what it corrects.
    """
    rows = catalog.rows(
        f"SELECT DISTINCT {COLUMNS}, s.address, s.text, s.value, s.hedge FROM named n "  # noqa: S608
        "JOIN records r ON r.number = n.record "
        "JOIN statements s ON s.record = n.record AND s.address = n.formula "
        "WHERE n.address = ? ORDER BY r.day DESC, r.number DESC, s.place",
        (address,),
    )
    known = {str(row[1]): listed(catalog, row[:16]) for row in rows}
    all_ = [(str(row[1]), Said(*map(str, row[16:]))) for row in rows]
    statements = (_statement(catalog, known[id_], each) for id_, each in all_)
    return tuple(
        sorted(statements, key=lambda each: each.said.address != address)
    )  # the fact itself first; what was computed from it after


def _statement(catalog: Catalog, record: Listed, said: Said) -> Statement:
    mistaken = _mistaken(catalog, record, said)
    if mistaken is None:
        return Statement(record, said)
    return Statement(record, said, tuple(mistaken.now), mistaken.untold)


def story(catalog: Catalog, record: Listed) -> Story:
    """Return all that is known of a record: what happened to it, what of it was corrected."""
    found = (_mistaken(catalog, record, each) for each in said(catalog, record))
    mistaken = tuple(each for each in found if each is not None)
    return Story(record, events(catalog, record.id), mistaken)


def said(catalog: Catalog, record: Listed) -> tuple[Said, ...]:
    """Return what a record stated, in the order of reading."""
    rows = catalog.rows(
        "SELECT s.address, s.text, s.value, s.hedge FROM statements s "
        "JOIN records r ON r.number = s.record WHERE r.id = ? ORDER BY s.place",
        (record.id,),
    )
    return tuple(Said(*map(str, row)) for row in rows)


def _mistaken(catalog: Catalog, record: Listed, said: Said) -> Mistaken | None:
    """Return how a statement was corrected; None when it stands."""
    now: dict[str, Said] = {}
    told: set[str] = set()
    for later in record.corrected:
        rows = catalog.rows(
            "SELECT s.address, s.text, s.value, s.hedge, r.recipients FROM statements s "
            "JOIN records r ON r.number = s.record WHERE r.id = ? AND s.address = ? "
            "ORDER BY s.place",
            (later, said.address),
        )
        others = [Said(*map(str, row[:4])) for row in rows]
        if others and said not in others:
            now[later] = others[0]
            told.update(names(rows[0][4]))
    if not now:
        return None
    return Mistaken(said, now, tuple(each for each in record.recipients if each not in told))


def standing(catalog: Catalog, addresses: Iterable[str]) -> tuple[tuple[str, Said], ...]:
    """Return what records say of facts, as far as no later record corrects it.

    Returns:
        The id of the record and what it says, in the order in which the records came.
    """
    found: list[tuple[int, str, Said]] = []
    for address in dict.fromkeys(addresses):
        rows = catalog.rows(
            """SELECT r.number, r.id, s.address, s.text, s.value, s.hedge
                 FROM statements s JOIN records r ON r.number = s.record
                WHERE s.address = ?1 AND NOT EXISTS (
                   SELECT 1 FROM corrections c JOIN statements t ON t.record = c.later
                    WHERE t.address = ?1 AND c.later <> r.number
                      AND (c.name = r.id OR (c.name = r.letter AND c.later > r.number)))
                ORDER BY r.number, s.place""",
            (address,),
        )
        found += ((int(str(n)), str(id_), Said(*map(str, said))) for n, id_, *said in rows)
    return tuple((id_, said) for _, id_, said in sorted(found, key=lambda each: each[0]))


def doubtful(catalog: Catalog) -> tuple[Listed, ...]:
    """Return the records whose bag is gone or not as the ledger says: what they say is not known."""
    rows = catalog.rows(
        f"SELECT {COLUMNS} FROM records r WHERE r.standing IN (?, ?) ORDER BY r.number",  # noqa: S608
        (str(Standing.MISSING), str(Standing.ALTERED)),
    )
    return tuple(listed(catalog, row) for row in rows)
