"""What was submitted before, held against what a letter says: facts, corrections, answers.

What earlier letters said stands in the archive's catalog. Where there is no archive, nothing was
said before, and no library that reads one is loaded.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from reportgen.archive.layout import FACTS, Archive
from reportgen.files.showing import show
from reportgen.problems.model import Place, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from reportgen.archive.finding.catalog import Catalog
    from reportgen.archive.found import Listed, Said
    from reportgen.letters.draft import Draft
    from reportgen.letters.loading import Manuscript
    from reportgen.review.consistency import Earlier
    from reportgen.workspace import Workspace


def said_otherwise(
    workspace: Workspace, manuscript: Manuscript, draft: Draft
) -> tuple[Problem, ...]:
    """Return what a draft says otherwise than submitted letters did.

    Also whether what it corrects and what it answers was ever submitted and asked, and of which
    records nobody knows what they said.
    """
    letter = manuscript.letter
    archive = Archive(workspace.archive)
    if not archive.ledger.exists():
        return (
            *_unknown(manuscript, "corrects", letter.corrects),
            *_unknown(manuscript, "answers", letter.answers),
        )
    from reportgen.archive import followup  # noqa: PLC0415 - SQLite
    from reportgen.archive.finding import saying, searching  # noqa: PLC0415 - SQLite
    from reportgen.jobs.catalog.cataloging import ask  # noqa: PLC0415
    from reportgen.review import consistency  # noqa: PLC0415

    def known(catalog: Catalog) -> tuple[list[Earlier], list[Problem]]:
        said = saying.standing(catalog, (each.address for each in draft.bound))
        names = [name for name in letter.corrects if not searching.record(catalog, name)]
        asked = {each.id for each in followup.questions(searching.events(catalog))}
        problems = [_doubt(archive, each) for each in saying.doubtful(catalog)]
        problems += _unknown(manuscript, "corrects", names)
        problems += _unknown(manuscript, "answers", set(letter.answers) - asked)
        problems += _miscorrected(manuscript, draft, catalog)
        return list(_earlier(archive, catalog, said)), problems

    (before, problems), told = ask(archive, known)
    return (
        # Where the catalog is kept does not change what was said.
        *(each for each in told if each.code != "catalog-elsewhere"),
        *problems,
        *consistency.said_otherwise(draft, letter.corrects, before),
    )


def _earlier(
    archive: Archive, catalog: Catalog, said: Iterable[tuple[str, Said]]
) -> Iterable[Earlier]:
    """Yield each record once, with what it says of the facts that were asked for."""
    from reportgen.archive.finding import searching  # noqa: PLC0415
    from reportgen.review.consistency import Earlier, Statement  # noqa: PLC0415

    statements: dict[str, list[Statement]] = {}
    for name, each in said:
        statement = Statement(
            address=each.address, text=each.text, value=each.value, hedge=each.hedge
        )
        statements.setdefault(name, []).append(statement)
    for name, all_ in statements.items():
        (record,) = (each for each in searching.record(catalog, name) if each.id == name)
        yield Earlier(
            record.id,
            record.letter,
            date.fromisoformat(record.date),
            record.addressees or record.recipients,
            show(archive.bag(record.id) / FACTS),
            tuple(all_),
        )


def _unknown(manuscript: Manuscript, key: str, names: Collection[str]) -> tuple[Problem, ...]:
    """Return the problem of each name, where it stands in the letter's file."""
    code, message = {
        "corrects": (
            "corrects-unknown",
            "no letter `{}` was submitted, as far as the archive tells",
        ),
        "answers": ("answers-unknown", "no question `{}` was asked, as far as the archive tells"),
    }[key]
    stated: tuple[str, ...] = getattr(manuscript.letter, key)
    return tuple(
        Problem(code, message.format(name), Place(manuscript.path, (key, index)))
        for index, name in enumerate(stated)
        if name in names
    )


def _miscorrected(manuscript: Manuscript, draft: Draft, catalog: Catalog) -> Iterator[Problem]:
    """Yield what the letter says that earlier ones said, and they did not; and what it leaves out."""
    from reportgen.archive.finding import saying, searching  # noqa: PLC0415
    from reportgen.jobs.catalog.corrigenda import changed  # noqa: PLC0415
    from reportgen.letters.model import FACT_ADDRESS  # noqa: PLC0415

    cases = (manuscript.incident, *manuscript.compared)
    day = manuscript.letter.date.earliest
    again = {each.address for each in draft.bound}
    for index, correction in enumerate(manuscript.letter.correction):
        route = ("correction", index)
        known = searching.record(catalog, correction.record)
        said = saying.said(catalog, known[0]) if known else ()
        stated = {(each.address, each.text, each.value) for each in said}
        for number, each in enumerate(correction.statements):
            if (each.fact, each.said, each.value) not in stated:
                message = f"{correction.record} did not say “{each.said}” of `{each.fact}`"
                place = Place(manuscript.path, (*route, "statements", number))
                yield Problem("correction-altered", message, place, severity=Severity.WARNING)
            elif not each.is_fact and each.fact not in again:
                yield Problem(
                    "restatement-missing",
                    f"“{each.said}” was computed from a fact that changed (`{each.fact}`), and is "
                    "not stated again",
                    Place(manuscript.path, (*route, "statements", number)),
                    "state it with a statistic in the letter's own prose, in the section `computed`",
                    Severity.WARNING,
                )
        told = {each.fact for each in correction.statements}
        for missing in changed(said, cases, day):
            if missing.address not in told and FACT_ADDRESS.fullmatch(missing.address):
                yield Problem(
                    "correction-incomplete",
                    f"{correction.record} said “{missing.text}” of `{missing.address}` too, and "
                    "that is otherwise today",
                    Place(manuscript.path, (*route, "statements")),
                    f"{{ fact: {missing.address}, said: {missing.text}, value: {missing.value} }}",
                    Severity.WARNING,
                )


def _doubt(archive: Archive, record: Listed) -> Problem:
    return Problem(
        "facts-unreadable",
        f"what the record {record.id} said is not known, so that nothing is held against it: "
        f"{record.fault}",
        Place(show(archive.bag(record.id))),
        f"look into it with `reportgen verify {record.id}`, and restore the bag from a copy; then "
        "`reportgen archive reindex`",
        Severity.WARNING,
    )
