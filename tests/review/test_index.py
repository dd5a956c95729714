"""The index: each sentence with what stands behind it, in every format, the same bytes each time."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest

from reportgen.jobs.drafts.composing import composition
from reportgen.jobs.finding import letter_path
from reportgen.jobs.review import indexing
from reportgen.letters.markup import serialize
from reportgen.rendering import pdf
from reportgen.review.formats import csv as delimited
from reportgen.review.formats import html, xlsx
from reportgen.review.formats.columns import COLUMNS
from reportgen.review.indexing import index
from reportgen.review.model import Index, Position, Ruling, Verdict
from tests.letters.manuscripts import composed, quantity, source, stated
from tests.letters.specimens import HOUSE, SENATE, copied
from tests.review.paper import positions

if TYPE_CHECKING:
    from reportgen.jobs.drafts.composing import Composition
    from reportgen.letters.draft import Draft
    from reportgen.workspace import Workspace

SHA = "ab" * 32
CASE = stated(
    facts={
        "exchanges": {
            **quantity("more than 13 million"),
            "source": {"id": "report", "pin": "p. 3", "quote": "over 13 million exchanges"},
        },
        "part": quantity("28.8 million"),
    },
    sources={
        "report": source(url="https://example.com/a", exhibit={"file": "a.pdf", "sha256": SHA})
    },
    actors=[
        {
            "name": "Acme",
            "attribution": {
                "rung": "linked-to",
                "confidence": "moderate",
                "by": "Example Models",
                "basis": "indicators",
                "source": "report",
            },
        }
    ],
)
PROSE = (
    'It made {{ incident.exchanges }} exchanges{{ waive("hedge-doubled", "as counsel has it") }}. '
    "Of these {{ incident.part }} were of one kind. =It is so.\n\n"
    "=SUM(A1) is what a formula looks like."
)


def made(verdicts: dict[str, Verdict] | None = None) -> tuple[Draft, Index]:
    draft = composed(PROSE, incident=CASE)
    first = draft.assertions[0].id
    where = {first: Position(2, 7)}
    return draft, index(draft, {CASE.id: CASE}, where, verdicts or {})


def verdict(draft: Draft, number: int = 1, **changes: object) -> dict[str, Verdict]:
    assertion = draft.assertions[number - 1]
    at = datetime(2026, 6, 9, 12, tzinfo=UTC)
    said = Verdict(assertion.id, assertion.digest, Ruling.OK, "Ada", at, "as counted")
    return {assertion.id: replace(said, **changes)}  # type: ignore[arg-type]


def test_a_row_has_the_facts_of_its_sentence_with_values_bounds_and_sources() -> None:
    _, table = made()
    row = table.rows[0]
    (evidence,) = row.evidence
    (cited,) = evidence.citations
    assert row.position == Position(2, 7)
    assert (evidence.words, evidence.value) == ("more than 13 million", "13000000<..<14000000~")
    assert evidence.rule == "is above 13 million and by convention below 14 million"
    assert (cited.pin, cited.quote) == ("p. 3", "over 13 million exchanges")
    assert (cited.exhibit, cited.sha256) == ("a.pdf", SHA)
    assert row.standings[0].status == "alleged"
    assert row.standings[0].attributions == (
        "linked to Acme, moderate confidence, by Example Models",
    )


def test_a_sentence_without_facts_rests_on_nothing() -> None:
    _, table = made()
    assert table.rows[-1].evidence == ()
    assert table.rows[-1].standings == ()
    assert table.rows[-1].position is None


def test_a_number_that_is_rounded_says_what_that_leaves_open() -> None:
    _, table = made()
    rules = [each.rule for each in table.rows[1].evidence]
    assert rules == [
        "rounded to the last stated place: is at least 28.75 million and at most 28.85 million"
    ]


def test_a_reader_sees_bounds_once_and_which_sentences_rest_on_nothing() -> None:
    _, table = made()
    page = "".join(serialize(each) for each in html.body(table))
    assert "is above 13 million and by convention below 14 million" in page
    assert ".." not in page
    assert sum(not row.evidence for row in table.rows) == 1
    assert "1 rests on no fact of a case.</p>" in page
    assert '<p class="open">rests on no fact of a case</p>' in page
    assert COLUMNS[4].text(table.rows[1]).endswith(" = 28,750,000 to 28,850,000")


def test_rows_of_a_workbook_are_as_high_as_their_texts() -> None:
    _, table = made()
    with zipfile.ZipFile(io.BytesIO(xlsx.render(table))) as file:
        sheet = file.read("xl/worksheets/sheet1.xml").decode()
    found = re.findall(r'<row r="\d+"[^>]*?(?: ht="([\d.]+)"[^>]*)?>', sheet)
    heights = [float(each or 15) for each in found]  # what is as high as any row says nothing
    lines = [max(len(each.cell(row)) / each.width for each in COLUMNS) for row in table.rows]
    assert len(heights) == 1 + len(lines)
    assert all(height > 12 * needed for height, needed in zip(heights[1:], lines, strict=True))
    assert max(heights) > min(heights)


# --- formats ------------------------------------------------------------------------------------


def cells(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_csv_has_a_row_for_each_sentence_and_no_formula() -> None:
    draft, table = made()
    rows = cells(delimited.render(table))
    assert rows[0] == [column.head for column in COLUMNS]
    assert len(rows) == 1 + len(draft.assertions)
    assert rows[-1][3] == "'=SUM(A1) is what a formula looks like."
    assert not [cell for row in rows for cell in row if cell[:1] in {"=", "+", "-", "@"}]


def test_a_csv_shows_waivers_and_verdicts() -> None:
    draft, _ = made()
    _, table = made(verdict(draft))
    row = cells(delimited.render(table))[1]
    assert "hedge-doubled: as counsel has it" in row
    assert row[-3:] == ["ok", "as counted", "Ada, 2026-06-09"]


def test_a_lapsed_verdict_is_told_and_leaves_the_cell_to_the_checker() -> None:
    draft, _ = made()
    _, table = made(verdict(draft, lapsed="its words changed"))
    row = cells(delimited.render(table))[1]
    assert row[-3:] == ["", "", "lapsed (Ada, 2026-06-09): its words changed"]


def test_the_same_index_gives_the_same_bytes() -> None:
    _, table = made()
    for render in (delimited.render, xlsx.render):
        assert render(table) == render(table)


def test_a_workbook_holds_no_formula_and_locks_all_but_verdict_and_note() -> None:
    _, table = made()
    with zipfile.ZipFile(io.BytesIO(xlsx.render(table))) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
        styles = package.read("xl/styles.xml").decode()
        times = {info.date_time for info in package.infolist()}
    assert "<f>" not in sheet
    assert "<sheetProtection" in sheet
    assert (
        '<pane xSplit="4" ySplit="1" topLeftCell="E2" activePane="bottomRight" state="frozen"'
        in sheet
    )
    assert '<formula1>"ok,wrong"</formula1>' in sheet
    assert 'orientation="landscape"' in sheet
    assert styles.count('<protection locked="0"') == 1
    assert times == {(1980, 1, 1, 0, 0, 0)}


def test_a_page_shows_each_sentence_with_its_identity_as_anchor() -> None:
    draft, _ = made()
    _, table = made(verdict(draft, ruling=Ruling.WRONG))
    head, shown = html.body(table)
    ids = [node.get("id") for node in shown.walk() if node.tag == "tr" and node.get("id")]
    assert ids == [each.id for each in draft.assertions]
    assert "1 found wrong, 2 not checked" in head.text()
    assert "Waived: hedge-doubled. as counsel has it" in shown.text()


# --- the specimens, from files to files ---------------------------------------------------------


@dataclass(frozen=True)
class Printed:
    """A specimen letter, composed and printed."""

    letter: str
    composed: Composition
    paper: bytes
    table: Index


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return copied(tmp_path_factory.mktemp("index"))


@pytest.fixture(scope="module")
def specimens(workspace: Workspace) -> dict[str, Printed]:
    return {letter: printed(workspace, letter) for letter in (SENATE, HOUSE)}


def printed(workspace: Workspace, letter: str) -> Printed:
    made, problems = composition(workspace, letter_path(workspace, Path(letter)), ("pdf",))
    assert made is not None, problems
    artifact, problems = pdf.render(made.draft, made.gathered.stationery["pdf"])
    assert artifact is not None, problems
    table, _ = indexing.indexed(made, {})
    return Printed(letter, made, artifact.content, table)


@pytest.mark.parametrize("letter", [SENATE, HOUSE])
def test_every_sentence_stands_in_the_pdf_where_the_index_says(
    specimens: dict[str, Printed], letter: str
) -> None:
    each = specimens[letter]
    found = positions(each.composed.draft, each.paper)
    assert len(each.table.rows) > 10
    assert {row.assertion.id: row.position for row in each.table.rows} == found


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_pages_and_lines_are_those_that_pdftotext_finds(
    specimens: dict[str, Printed], tmp_path: Path
) -> None:
    file = tmp_path / "letter.pdf"
    file.write_bytes(specimens[SENATE].paper)
    checked = 0
    for row in specimens[SENATE].table.rows:
        assert row.position is not None
        lines = _lines_of_page(file, row.position.page)
        start = _plain(row.assertion.text)[:20]
        numbers = [i for i, line in enumerate(lines, 1) if start in _plain(line)]
        if len(numbers) == 1:  # else the line ends before, or two begin alike
            # What pdftotext shows of the header stands above the first line of the text.
            header = _header(lines, row.position.page)
            assert numbers[0] - row.position.line == header, row.assertion.text
            checked += 1
    assert checked > 20


def _lines_of_page(file: Path, page: int) -> list[str]:
    command = ["pdftotext", "-layout", "-f", str(page), "-l", str(page), str(file), "-"]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603
    return [line for line in said.splitlines() if line.strip()]


def _header(lines: list[str], page: int) -> int:
    """How many lines the header of a page has: the marking, and from page 2 names and date."""
    assert lines[0].strip().startswith("SPECIMEN")
    return 1 if page == 1 else 3


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.casefold())


def written(workspace: Workspace, letter: str, path: Path) -> bytes:
    made = indexing.write(workspace, letter_path(workspace, Path(letter)), path.suffix[1:], path)
    assert made.path == path, made.problems
    return path.read_bytes()


@pytest.mark.parametrize("format_", ["html", "pdf"])
def test_an_index_is_written_the_same_each_time(
    workspace: Workspace, tmp_path: Path, format_: str
) -> None:
    contents = {written(workspace, HOUSE, tmp_path / f"{i}.{format_}") for i in range(2)}
    assert len(contents) == 1


def test_the_pdf_is_tagged_titled_and_says_that_it_is_accessible(
    workspace: Workspace, tmp_path: Path
) -> None:
    output = tmp_path / "index.pdf"
    written(workspace, HOUSE, output)
    with pikepdf.open(output) as document:
        assert document.Root.MarkInfo.Marked
        assert document.Root.Lang == "en-US"
        with document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == f"Index of {HOUSE}"
        first = document.pages[0]
        assert first.mediabox[2] > first.mediabox[3]


def test_the_web_page_loads_nothing(workspace: Workspace, tmp_path: Path) -> None:
    text = written(workspace, HOUSE, tmp_path / "index.html").decode()
    assert "default-src &#x27;none&#x27;" in text
    assert "<script" not in text
    assert set(re.findall(r'(?:src|href)="([^"]*)"', text)) == set()
