"""How long the records of a workspace are kept, by what its organizations say of that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.archive import followup
from reportgen.archive import retaining as terms_of
from reportgen.archive.finding import searching
from reportgen.archive.formats import terms as formats
from reportgen.archive.found import Sought
from reportgen.archive.layout import Archive
from reportgen.archive.model import Event
from reportgen.archive.retaining import Rule, Term, months_of
from reportgen.files import modelling, yaml
from reportgen.files.showing import show
from reportgen.jobs.catalog.cataloging import ask
from reportgen.jobs.finding import letters_in
from reportgen.letters.loading import Desk
from reportgen.letters.model import Organization
from reportgen.letters.naming import name_of
from reportgen.problems.model import Problem, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from reportgen.archive.finding.catalog import Catalog
    from reportgen.archive.found import Listed
    from reportgen.archive.model import Entry
    from reportgen.workspace import Workspace

_ALL = 10_000_000


def told(
    workspace: Workspace, today: date, format_: str, *, all_: bool = False, color: bool = False
) -> tuple[str, int, tuple[Problem, ...]]:
    """Tell which records' time is over on a day, and why; of all records when asked.

    Returns:
        The text, of how many records it tells, and problems.
    """
    found, problems = terms(workspace)
    wanted = tuple(each for each in found if all_ or each.is_due(today))
    if format_ == "json":
        return formats.as_json(wanted, today), len(wanted), problems
    return formats.table(wanted, today, color=color), len(wanted), problems


def terms(workspace: Workspace) -> tuple[tuple[Term, ...], tuple[Problem, ...]]:
    """Return how long each record is kept, and what stands against its disposal."""
    rules, problems = _rules(workspace)

    def known(catalog: Catalog) -> tuple[tuple[Listed, ...], tuple[Entry, ...]]:
        hits = searching.search(catalog, Sought(limit=_ALL))
        records = () if isinstance(hits, Refusal) else tuple(each.record for each in hits)
        return records, searching.events(catalog)

    (records, events), warnings = ask(Archive(workspace.archive), known)
    against: dict[str, list[str]] = {}
    for record, reason in (*_pending(workspace, records, events), *_asked(events)):
        against.setdefault(record, []).append(reason)
    return terms_of.terms(records, events, rules, against), (*problems, *warnings)


def _rules(workspace: Workspace) -> tuple[Mapping[str, tuple[Rule, ...]], tuple[Problem, ...]]:
    """Return the classes of every organization of a workspace, by its name."""
    found: dict[str, tuple[Rule, ...]] = {}
    problems: list[Problem] = []
    for path in workspace.listing("organization", "*.yaml"):
        document, wrong = yaml.load(path, show(path))
        problems += wrong
        if document is None:
            continue
        organization, wrong = modelling.build(Organization, document)
        problems += wrong
        if organization is not None and organization.archive is not None:
            found[organization.name] = tuple(
                Rule(name, each.keep, months_of(each.keep), str(each.after), each.families)
                for name, each in organization.archive.retention.items()
            )
    return found, tuple(problems)


def _pending(
    workspace: Workspace, records: tuple[Listed, ...], events: tuple[Entry, ...]
) -> Iterator[tuple[str, str]]:
    """Yield each record that a letter corrects which has not been submitted yet."""
    letters: dict[str, list[str]] = {}
    for each in records:
        letters.setdefault(each.letter, []).append(each.id)
    sent = {each.letter: set(each.corrects) for each in reversed(records)}
    gone = {each.record for each in events if each.event is Event.DISPOSED}
    for path in letters_in(workspace):
        letter = Desk(workspace).letter(path)
        if letter is None or not letter.corrects:
            continue
        name = name_of(path)
        for meant in letter.corrects:
            for record in {meant, *letters.get(meant, ())} - gone - sent.get(name, set()):
                if record != meant or "/" not in record:
                    yield record, f"the letter {name} corrects it and has not been submitted"


def _asked(events: tuple[Entry, ...]) -> Iterator[tuple[str, str]]:
    """Yield each record with a question that nobody has answered."""
    for each in followup.questions(events):
        if not each.answer:
            yield each.record, f"the question {each.id} is open"
