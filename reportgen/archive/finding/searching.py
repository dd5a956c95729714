"""Finding in a catalog: letters by their words, records by their names, and what happened.

Functions over an open catalog; they may raise its `UnusableError` when the file is damaged. What a
later letter corrects is never found without the correction, which comes first.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from reportgen.archive.finding.catalog import folded
from reportgen.archive.finding.querying import expression
from reportgen.archive.found import Hit, Listed, Standing
from reportgen.archive.model import Entry, Event
from reportgen.problems.model import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reportgen.archive.finding.catalog import Catalog, Row
    from reportgen.archive.found import Sought

_WEIGHTS: Final = "4.0, 2.0, 1.0"
"""How much a word weighs in the title, among the names, in the text."""

_BEGIN, _END = "\x02", "\x03"
_AROUND: Final = 24
"""How many words a snippet has."""

COLUMNS: Final = (
    "r.number, r.id, r.letter, r.family, r.title, r.date, r.organization, r.recipients, "
    "r.addressees, r.cases, r.submitted, r.via, r.by, r.bag, r.standing, r.fault"
)
_LATER: Final = """
    SELECT l.id FROM corrections c JOIN records l ON l.number = c.later
     WHERE (c.name = ?1 AND l.id <> ?1) OR (c.name = ?2 AND c.later > ?3) ORDER BY c.later"""
_EARLIER: Final = """
    SELECT r.id FROM corrections c JOIN records r ON r.id = c.name WHERE c.later = ?1
    UNION
    SELECT r.id FROM corrections c JOIN records r ON r.letter = c.name AND r.number < c.later
     WHERE c.later = ?1 ORDER BY 1"""


def search(catalog: Catalog, sought: Sought) -> tuple[Hit, ...] | Refusal:
    """Return the records that are looked for, best first; a correction before what it corrects.

    Without words the latest come first.

    Returns:
        The hits, or the refusal `query-refused`.
    """
    match = expression(sought.words)
    if isinstance(match, Refusal):
        return match
    conditions, values = _conditions(sought)
    if match:
        # The best are found by their numbers alone: whole rows are read of these only. The sign
        # before `rowid` keeps SQLite from asking the index anew for each number of the list.
        among = f"AND +rowid IN (SELECT number FROM records r WHERE 1 {conditions})"  # noqa: S608
        rows = catalog.rows(
            f"SELECT {COLUMNS} FROM (SELECT rowid AS n, rank AS score FROM texts "  # noqa: S608
            f"WHERE texts MATCH ? AND rank MATCH 'bm25({_WEIGHTS})' {among if conditions else ''} "
            "ORDER BY rank LIMIT ?) JOIN records r ON r.number = n ORDER BY score, n DESC",
            (match, *values, sought.limit),
        )
    else:
        rows = catalog.rows(
            f"SELECT {COLUMNS} FROM records r WHERE 1 {conditions} "  # noqa: S608
            "ORDER BY r.day DESC, r.number DESC LIMIT ?",
            (*values, sought.limit),
        )
    return tuple(_with_corrections(catalog, rows, match))


def _conditions(sought: Sought) -> tuple[str, tuple[object, ...]]:
    """Return what else must hold of a record, as SQL and its values."""
    wanted: list[tuple[str, object]] = []
    if sought.to:
        wanted.append(("instr(r.sought, ?) > 0", folded(sought.to)))
    if sought.since:
        wanted.append(("r.day >= ?", sought.since.isoformat()))
    if sought.until:
        wanted.append(("r.day <= ?", sought.until.isoformat()))
    if sought.case:
        wanted.append(("instr(r.cases, ?) > 0", json.dumps(sought.case, ensure_ascii=False)))
    if sought.fact:
        named = "r.number IN (SELECT record FROM named WHERE address = ?)"
        wanted.append((named, sought.fact))
    return "".join(f" AND {each}" for each, _ in wanted), tuple(value for _, value in wanted)


def _with_corrections(catalog: Catalog, rows: Sequence[Row], match: str) -> Iterator[Hit]:
    """Yield each row as a hit, before it what corrects it, and nothing twice."""
    found = {str(row[1]): listed(catalog, row) for row in rows}
    told: set[str] = set()

    def tell(record: Listed, among: tuple[str, ...]) -> Iterator[Hit]:
        if record.id in told or record.id in among:
            return
        for later in record.corrected:
            other = found.get(later) or _one(catalog, later)
            if other is not None:
                yield from tell(other, (*among, record.id))
        if record.id not in told:
            told.add(record.id)
            yield Hit(record, _snippet(catalog, record, match), record.id not in found)

    for each in found.values():
        yield from tell(each, ())


def _snippet(catalog: Catalog, record: Listed, match: str) -> tuple[tuple[bool, str], ...]:
    if not match:
        return ()
    rows = catalog.rows(
        "SELECT snippet(texts, 2, ?, ?, '…', ?) FROM texts WHERE texts MATCH ? "
        "AND rowid = (SELECT number FROM records WHERE id = ?)",
        (_BEGIN, _END, _AROUND, match, record.id),
    )
    if not rows:
        return ()
    pieces: list[tuple[bool, str]] = []
    for begun in str(rows[0][0]).split(_BEGIN):
        inside, end, after = begun.partition(_END)
        pieces += [(True, inside), (False, after)] if end else [(False, begun)]
    return tuple((is_found, text) for is_found, text in pieces if text)


# --- records ------------------------------------------------------------------------------------


def record(catalog: Catalog, name: str) -> tuple[Listed, ...]:
    """Return the record of an id; or those of a letter `<case>/<letter>`, the latest first."""
    rows = catalog.rows(
        f"SELECT {COLUMNS} FROM records r WHERE r.id = ?1 OR r.letter = ?1 "  # noqa: S608
        "ORDER BY r.number DESC",
        (name,),
    )
    return tuple(listed(catalog, row) for row in rows)


def _one(catalog: Catalog, name: str) -> Listed | None:
    rows = catalog.rows(f"SELECT {COLUMNS} FROM records r WHERE r.id = ?", (name,))  # noqa: S608
    return listed(catalog, rows[0]) if rows else None


def ids(catalog: Catalog) -> tuple[str, ...]:
    """Return the ids of all records, in the order in which they came."""
    return tuple(str(id_) for (id_,) in catalog.rows("SELECT id FROM records ORDER BY number"))


def listed(catalog: Catalog, row: Row) -> Listed:
    """Return a record, with what corrects it and what holds it."""
    number, id_, letter = row[0], str(row[1]), str(row[2])
    texts = [str(each) for each in row]
    later = (str(each) for (each,) in catalog.rows(_LATER, (id_, letter or "\0", number)))
    happened = events(catalog, id_, *_STATES)
    booked = (each.details.get("by", "") for each in happened if each.event is Event.CORRECTED)
    return Listed(
        id=id_,
        letter=letter,
        family=texts[3],
        title=texts[4],
        date=texts[5],
        organization=texts[6],
        recipients=names(row[7]),
        addressees=names(row[8]),
        cases=names(row[9]),
        submitted=texts[10],
        via=texts[11],
        by=texts[12],
        bag=texts[13],
        standing=Standing(texts[14]),
        fault=texts[15],
        corrects=tuple(str(each) for (each,) in catalog.rows(_EARLIER, (number,))),
        corrected=tuple(dict.fromkeys(filter(None, (*later, *booked)))),
        withdrawn=any(each.event is Event.WITHDRAWN for each in happened),
        held=held_for(happened),
    )


_STATES: Final = (Event.CORRECTED, Event.WITHDRAWN, Event.HELD, Event.RELEASED)


def held_for(entries: Iterable[Entry]) -> tuple[str, ...]:
    """Return the matters for which a record is held, of the events of that record."""
    matters: dict[str, None] = {}
    for each in entries:
        matter = each.details.get("matter", "")
        if each.event is Event.HELD:
            matters[matter] = None
        elif each.event is Event.RELEASED:
            matters.pop(matter, None)
    return tuple(matters)


def names(text: object) -> tuple[str, ...]:
    """Return the names that a column of names holds."""
    return tuple(map(str, json.loads(str(text))))


def events(catalog: Catalog, name: str = "", *kinds: Event) -> tuple[Entry, ...]:
    """Return what happened, to one record or to all, of all kinds or of some, in order."""
    conditions: list[str] = ["record = ?"] if name else []
    if kinds:
        conditions.append(f"event IN ({', '.join('?' * len(kinds))})")
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    values = (*((name,) if name else ()), *map(str, kinds))
    rows = catalog.rows(f"SELECT line FROM events {where} ORDER BY number", values)  # noqa: S608
    return tuple(Entry.model_validate_json(str(line)) for (line,) in rows)
