"""A letter that corrects an earlier one, started from what the record says and the cases say today.

What was said comes from the sealed facts, to the letter; what is so comes from the cases, when the
letter is composed. It is addressed to everybody who got one of the figures that are wrong.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reportgen.archive import layout
from reportgen.archive.found import Standing
from reportgen.archive.layout import Archive
from reportgen.cases import loading as cases_loading
from reportgen.files import atomic, folders, modelling, yaml
from reportgen.files.showing import show
from reportgen.jobs.catalog.cataloging import ask
from reportgen.jobs.catalog.corrigenda import Corrigendum, corrigenda_of
from reportgen.jobs.catalog.retrieving import find
from reportgen.letters.model import FACT_ADDRESS, Letter, RecipientId
from reportgen.letters.naming import LETTERS
from reportgen.problems.model import Place, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from reportgen.archive.found import Listed
    from reportgen.cases.model import Case
    from reportgen.workspace import Workspace

FAMILY: Final = "correction"


@dataclass(frozen=True, slots=True)
class Started:
    """A letter of correction that was started.

    Attributes:
        letter: Its file; None when there is none.
        corrigenda: What it corrects.
        problems: What is wrong, and what needs attention.
    """

    letter: Path | None
    corrigenda: tuple[Corrigendum, ...]
    problems: tuple[Problem, ...]


def correct(workspace: Workspace, name: str, today: date, letter: str | None = None) -> Started:
    """Start a letter that corrects a record.

    Args:
        workspace: Where the cases are, and the archive.
        name: A record, or a letter whose latest record is meant.
        today: The date that the letter bears.
        letter: What it is called; the earlier letter's name and `-correction` when left out.

    Problems: `unknown-record`, `facts-unreadable`, `nothing-to-correct`, `letter-exists`,
    `recipient-unknown-now` (a warning), those of the cases.
    """
    archive = Archive(workspace.archive)
    record, problems = find(archive, name)
    if record is None:
        return Started(None, (), problems)
    if record.standing is not Standing.KEPT:
        place = Place(show(archive.bag(record.id)))
        message = f"what the record {record.id} said is not known: {record.fault}"
        return Started(None, (), (*problems, Problem("facts-unreadable", message, place)))
    cases, wrong = _cases(workspace, record.cases)
    if wrong:
        return Started(None, (), (*problems, *wrong))
    corrigenda, told = ask(
        archive, lambda catalog: tuple(corrigenda_of(catalog, record, cases, today))
    )
    problems = tuple(dict.fromkeys((*problems, *told)))
    if not corrigenda:
        message = f"nothing that {record.id} stated is otherwise in the cases today"
        help_ = "change the case file first: the correction says what it says"
        place = Place(show(archive.bag(record.id)))
        return Started(None, (), (*problems, Problem("nothing-to-correct", message, place, help_)))
    path, wrong = _free(workspace, record, letter)
    if path is None:
        return Started(None, corrigenda, (*problems, *wrong))
    content, more = _written(archive, corrigenda, cases, today)
    wrong = folders.make(path.parent, show(path.parent)) or atomic.write(path, content, show(path))
    prose = _prose(corrigenda)
    if prose and not wrong:
        beside = path.with_suffix(".md")
        wrong = atomic.write(beside, prose, show(beside))
    return Started(None if wrong else path, corrigenda, (*problems, *more, *wrong))


def _cases(
    workspace: Workspace, names: Iterable[str]
) -> tuple[tuple[Case, ...], tuple[Problem, ...]]:
    found = [cases_loading.load(workspace.cases / name, show) for name in names]
    problems = tuple(each for _, told in found for each in told if each.severity is Severity.ERROR)
    return tuple(case for case, _ in found if case is not None), problems


def _free(
    workspace: Workspace, record: Listed, name: str | None
) -> tuple[Path | None, tuple[Problem, ...]]:
    """Return where the letter is to stand."""
    case, _, letter = record.letter.partition("/")
    folder = workspace.cases / case / LETTERS
    wanted = name or f"{letter}-correction"
    path, number = folder / f"{wanted}.yaml", 1
    while path.exists() and name is None:
        number += 1
        path = folder / f"{wanted}-{number}.yaml"
    if path.exists():
        help_ = "choose another name, or leave `--name` out"
        return None, (Problem("letter-exists", "there is a letter here", Place(show(path)), help_),)
    return path, ()


# --- the letter's files -------------------------------------------------------------------------


def _written(
    archive: Archive, corrigenda: Sequence[Corrigendum], cases: Sequence[Case], today: date
) -> tuple[bytes, tuple[Problem, ...]]:
    """Return the letter's file. What is written as JSON is YAML too, whatever stands in it."""
    record = corrigenda[0].record
    sealed = _sealed_letter(archive, record)
    offices, problems = _offices(archive, corrigenda)
    incident, *compared = (each.id for each in cases)
    subject = f"Correction: {record.title}"
    lines = [
        "# yaml-language-server: $schema=../../../docs/schemas/letter.schema.json",
        "# Started by `reportgen correct`. What was said is as the records have it, and stays so;",
        "# what is so comes from the cases.",
        f"family: {FAMILY}",
        f"date: {today.isoformat()}",
        f"organization: {sealed.get('organization', '')}",
        f"recipients: {_inline(offices)}",
        f"subject: {_inline(subject)}",
        f"cases: {{ incident: {incident}, compared: {_inline(compared)} }}",
    ]
    lines += [f"{key}: {_inline(sealed[key])}" for key in _KEPT if sealed.get(key)]
    lines.append(f"corrects: {_inline([each.record.id for each in corrigenda])}")
    lines.append("correction:")
    for each in corrigenda:
        lines += [
            f"  - record: {each.record.id}",
            f"    title: {_inline(each.record.title)}",
            f"    date: {each.record.date}",
            "    statements:",
        ]
        for said in each.said:
            value = f", value: {_inline(said.value)}" if said.value else ""
            lines.append(
                f"      - {{ fact: {_inline(said.address)}, said: {_inline(said.text)}{value} }}"
            )
    return ("\n".join(lines) + "\n").encode(), problems


_KEPT: Final = ("delivery", "signatory", "closing", "marking", "paper", "language")
"""What a correction has in common with the letter that it corrects."""


def _inline(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _prose(corrigenda: Sequence[Corrigendum]) -> bytes:
    """Return prose for what was computed from facts: to be stated again by hand."""
    computed = [
        (index, number, said.address)
        for index, each in enumerate(corrigenda)
        for number, said in enumerate(
            said for said in each.said if not FACT_ADDRESS.fullmatch(said.address)
        )
    ]
    if not computed:
        return b""
    rows = [
        f"| {{{{ corrections[{index}].computed[{number}] }}}} | [State it again] |"
        for index, number, _ in computed
    ]
    formulas = "".join(f"     {address.replace('--', '- -')}\n" for *_, address in computed)
    head = (
        "<!-- What was computed from facts that changed. Put a statistic in place of each bracket,\n"
        "     such as {{ stats.total(cases.exchanges) }}, or take the row away. They were:\n"
        f"{formulas}-->\n"
        "## {#computed}\n\n"
        "Table: What follows from the corrected statements {#computed-statements}\n\n"
        "| As stated | As corrected |\n|:----------|:-------------|\n"
    )
    return (head + "\n".join(rows) + "\n").encode()


def _offices(
    archive: Archive, corrigenda: Sequence[Corrigendum]
) -> tuple[list[str], tuple[Problem, ...]]:
    """Return the offices that the correction is addressed to; others are told of."""
    from pydantic import TypeAdapter, ValidationError  # noqa: PLC0415

    office = TypeAdapter[str](RecipientId)
    found: dict[str, None] = {}
    problems = []
    for each in corrigenda:
        for name in each.record.recipients:
            try:
                found[office.validate_python(name)] = None
            except ValidationError:
                message = (
                    f"{name} got a figure that is corrected, and is no office of the directory"
                )
                help_ = "write to them too, and send it with `reportgen submit --to`"
                place = Place(show(archive.bag(each.record.id)))
                problems.append(
                    Problem("recipient-elsewhere", message, place, help_, Severity.WARNING)
                )
    return list(found), tuple(problems)


def _sealed_letter(archive: Archive, record: Listed) -> Mapping[str, object]:
    """Return what the letter's file said, as far as a correction takes it over."""
    case, _, name = record.letter.partition("/")
    path = archive.bag(record.id) / layout.SOURCES / f"cases/{case}/{LETTERS}/{name}.yaml"
    document, _ = yaml.load(path, show(path))
    letter, _ = modelling.build(Letter, document) if document is not None else (None, ())
    if letter is None:
        return {}
    said = letter.model_dump(mode="json", include={"organization", *_KEPT})
    return {key: each for key, each in said.items() if each is not None}
