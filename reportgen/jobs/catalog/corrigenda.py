"""What submitted letters said that is otherwise today: sealed statements against the cases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.archive.finding import saying
from reportgen.archive.finding.catalog import addresses_in
from reportgen.letters.correcting import by_address
from reportgen.letters.markup import words
from reportgen.letters.model import FACT_ADDRESS
from reportgen.letters.values import CaseView
from reportgen.statistics.inputs import inputs_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from reportgen.archive.finding.catalog import Catalog
    from reportgen.archive.found import Listed, Said
    from reportgen.cases.model import Case


@dataclass(frozen=True, slots=True)
class Corrigendum:
    """What a record said that is otherwise today.

    Attributes:
        record: The record.
        said: What it said of facts that changed, and what it computed from them.
    """

    record: Listed
    said: tuple[Said, ...]


def changed(said: Iterable[Said], cases: Iterable[Case], day: date) -> tuple[Said, ...]:
    """Return which statements are otherwise today, each fact once, in their order.

    A fact is when its value is another, or its words where it has no value; what was computed is
    when a fact is that it was computed from. What no case of these states is told nothing of.

    Args:
        said: What a letter stated.
        cases: The cases as they are today.
        day: The day on which that is looked at.
    """
    all_ = tuple(said)
    cases = tuple(cases)
    views = [
        CaseView(case, {each.address: each for each in inputs_of(case, day)}) for case in cases
    ]
    known = by_address(views)
    ids = {case.id for case in cases}
    otherwise: set[str] = set()
    for each in all_:
        if FACT_ADDRESS.fullmatch(each.address) and each.address.partition(".")[0] in ids:
            now = known.get(each.address)
            if now is None or not _same(each, now.exact, now.text):
                otherwise.add(each.address)
    found: dict[str, Said] = {}
    for each in all_:
        if otherwise.intersection((each.address, *addresses_in(each.address))):
            found.setdefault(each.address, each)
    return tuple(found.values())


def _same(said: Said, value: str, text: str) -> bool:
    if said.value or value:
        return said.value == value
    return words(said.text).casefold() == words(text).casefold()


def corrigenda_of(
    catalog: Catalog, record: Listed, cases: Sequence[Case], today: date
) -> Iterator[Corrigendum]:
    """Yield what is wrong in a record, then in others that said the same of the same facts.

    Args:
        catalog: The archive's catalog.
        record: The record.
        cases: The cases that it draws on, as they are today.
        today: The day on which that is looked at.
    """
    mine = changed(_standing(catalog, record), cases, today)
    if not mine:
        return
    yield Corrigendum(record, mine)
    wrong = {(each.address, each.value or each.text) for each in mine}
    others: dict[str, Listed] = {}
    for address in dict.fromkeys(each.address for each in mine):
        for each in saying.facts(catalog, address):
            same = (each.said.address, each.said.value or each.said.text) in wrong
            if same and each.record.id != record.id and not each.corrected:
                others.setdefault(each.record.id, each.record)
    for other in others.values():
        said = changed(_standing(catalog, other), cases, today)
        if said:
            yield Corrigendum(other, said)


def _standing(catalog: Catalog, record: Listed) -> tuple[Said, ...]:
    """Return what a record said, without what was corrected since."""
    corrected = {each.said.address for each in saying.story(catalog, record).mistaken}
    return tuple(each for each in saying.said(catalog, record) if each.address not in corrected)
