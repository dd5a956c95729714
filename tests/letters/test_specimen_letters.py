"""What people read of the specimen letters, and what becomes of it when a figure changes.

The files in specimen/ are the words of each letter and its assertions. They are compared whole.
When a letter was changed on purpose, renew them and read the difference before committing it:

    RENEW=1 .venv/bin/pytest tests/letters/test_specimen_letters.py
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reportgen.letters.markup import BLOCK_TAGS, CONTAINER_TAGS, Element
from reportgen.problems.model import Severity
from reportgen.workspace import Workspace
from tests.letters.specimens import HOUSE, ROOT, SENATE, changed, composed, copied

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.letters.draft import Draft

KEPT = Path(__file__).parent / "specimen"
CASE = "cases/alibaba-2026/case.yaml"
PROSE = "cases/alibaba-2026/letters/senate-banking.md"
FIGURE = "quantity: 28.8 million"
BOUND = "alibaba-2026.exchanges"


@pytest.fixture(scope="session")
def charts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which charts are kept, so that each is drawn once."""
    return tmp_path_factory.mktemp("charts")


def draft_of(workspace: Workspace, letter: str, charts: Path) -> Draft:
    draft, problems = composed(workspace, letter, charts)
    assert draft is not None, problems
    return draft


def words(node: Element) -> Iterator[str]:
    """The lines of a letter, its notes below the paragraph that calls them."""
    if node.tag in CONTAINER_TAGS - {"tr"}:
        for child in node.children:
            if isinstance(child, Element):
                yield from words(child)
        return
    if node.tag == "img":
        return
    cells = (child.text(notes=False) for child in node.children if isinstance(child, Element))
    line = " | ".join(cells) if node.tag == "tr" else node.text(notes=False)
    yield f"{node.tag}: {line}".replace("\n", " / ")
    for note in (below for below in node.walk() if below.tag == "aside"):
        yield f"  {note.get('value')}  {note.text()}"
    for child in node.children:
        if isinstance(child, Element) and child.tag in BLOCK_TAGS and node.tag not in {"tr", "li"}:
            yield from words(child)


def as_text(draft: Draft) -> str:
    assertions = (
        f"{each.number}. {each.id}: {each.text}\n    {', '.join(each.facts) or 'no facts'}"
        for each in draft.assertions
    )
    charts = (
        "\n".join((chart.alternative, *(" | ".join(row) for row in (chart.columns, *chart.rows))))
        for chart in draft.charts
    )
    parts = ("\n".join(words(draft.document)), "\n".join(charts), "\n".join(assertions))
    return "\n\n----\n\n".join(parts) + "\n"


@pytest.mark.parametrize("letter", [SENATE, HOUSE])
def test_a_specimen_letter_reads_as_it_was_last_read(letter: str, charts: Path) -> None:
    text = as_text(draft_of(Workspace(ROOT), letter, charts))
    path = KEPT / f"{Path(letter).name}.txt"
    if os.environ.get("RENEW"):
        path.write_text(text)
    assert path.read_text() == text


def test_a_changed_figure_changes_text_table_and_chart_alike_and_nothing_else(
    tmp_path: Path, charts: Path
) -> None:
    workspace = copied(tmp_path)
    # These two words fix what the figure comes to; they would rightly fail.
    changed(tmp_path / PROSE, 'approximately("640,000")', "approximately")
    changed(tmp_path / PROSE, 'between("1,100 and 1,200")', 'at_least("1,100")')
    before = draft_of(workspace, SENATE, charts)
    changed(tmp_path / CASE, FIGURE, "quantity: 31.2 million")
    after = draft_of(workspace, SENATE, charts)

    pairs = list(zip(before.assertions, after.assertions, strict=True))
    touched = {old.number for old, _ in pairs if BOUND in old.facts}
    assert {old.number for old, new in pairs if old.digest != new.digest} == touched
    said = {old.number for old, _ in pairs if "28.8 million" in old.text}
    assert said == {new.number for _, new in pairs if "31.2 million" in new.text}
    assert {"p", "tr"} <= {
        line.partition(":")[0] for line in words(after.document) if "31.2 million" in line
    }
    for chart in after.charts:
        assert "31.2 million" in chart.alternative
        assert any("31.2 million" in cell for row in chart.rows for cell in row)
    assert after.charts
    assert "28.8 million" not in as_text(after)
    differing = [
        (old, new)
        for old, new in zip(words(before.document), words(after.document), strict=True)
        if old != new
    ]
    assert differing
    assert all("28.8 million" in old or "day" in old for old, _ in differing)
    assert before.digest != after.digest


def test_a_figure_that_bears_out_no_comparison_fails_the_build_at_the_lines_that_compare(
    tmp_path: Path, charts: Path
) -> None:
    workspace = copied(tmp_path)
    changed(tmp_path / CASE, FIGURE, "quantity: 12 million")
    draft, problems = composed(workspace, SENATE, charts)
    assert draft is None
    lines = (tmp_path / PROSE).read_text().splitlines()
    found = [
        (problem.code, lines[span.line - 1][span.column - 1 : span.end_column - 1])
        for problem in problems
        if problem.severity is Severity.ERROR and (span := problem.place.span) is not None
    ]
    assert all(
        problem.place.document.endswith("senate-banking.md")
        for problem in problems
        if problem.severity is Severity.ERROR
    )
    assert sorted(found) == [
        ("comparison-not-borne-out", "largest"),
        ("comparison-not-borne-out", "times"),
        ("comparison-not-borne-out", "together"),
        ("wording-not-borne-out", "approximately"),
        ("wording-not-borne-out", "between"),
    ]


def test_the_letter_cannot_cite_what_is_younger_than_itself(tmp_path: Path, charts: Path) -> None:
    workspace = copied(tmp_path)
    path = tmp_path / PROSE
    path.write_text(path.read_text() + "\nThen came {{ incident.directive }}.\n")
    draft, problems = composed(workspace, SENATE, charts)
    assert draft is None
    (problem,) = (each for each in problems if each.severity is Severity.ERROR)
    assert problem.code == "source-younger-than-letter"
    assert problem.place.span is not None
    assert problem.place.span.line == len(path.read_text().splitlines())
    assert "June 12, 2026" in problem.message


def test_every_assertion_with_a_figure_rests_on_facts_and_no_number_is_unbound(
    charts: Path,
) -> None:
    for letter in (SENATE, HOUSE):
        draft = draft_of(Workspace(ROOT), letter, charts)
        assert draft.assertions
        assert not draft.unbound
        for each in draft.assertions:
            if any(map(str.isdigit, re.sub(r"\b(Table|Figure) \d+", "", each.text))):
                assert each.bound or each.facts, each.text
