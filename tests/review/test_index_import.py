"""Verdicts that come back in a table: matched by sentence, nothing else taken, nothing carried out."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime
from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.jobs.people import identifying
from reportgen.jobs.review import indexing, recording, reviewing
from reportgen.problems.catalog import RULES
from reportgen.review.formats import csv as delimited
from reportgen.review.formats import worksheet, xlsx
from reportgen.review.formats.cells import Cell, Line, UnreadableError
from reportgen.review.formats.columns import COLUMNS, IDENTITY, NOTE, SHEET, VERDICT
from reportgen.review.importing import markings
from reportgen.review.indexing import index
from reportgen.review.log.entries import Person
from reportgen.review.model import Ruling, Verdict
from tests.letters.manuscripts import composed, stated
from tests.letters.specimens import HOUSE, copied

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reportgen.review.model import Index, Marking

CASE = stated()
DRAFT = composed("It made {{ incident.exchanges }}. It used {{ incident.accounts }}.\n\n=It is so.")
HEADS = [column.head for column in COLUMNS]
FIRST, SECOND, THIRD = (assertion.id for assertion in DRAFT.assertions)

Table = list[list[str]]


def table_of(verdicts: dict[str, Verdict] | None = None) -> Index:
    return index(DRAFT, {CASE.id: CASE}, {}, verdicts or {})


INDEX = table_of()


def sheet(known: Index = INDEX) -> Table:
    """The table as it was written, a row of texts for each row."""
    lines = worksheet.read(xlsx.render(known), SHEET)
    return [[line.cells.get(i, Cell("")).text for i in range(len(HEADS))] for line in lines]


def lines_of(table: Table) -> tuple[Line, ...]:
    return tuple(
        Line(number, {i: Cell(text) for i, text in enumerate(row) if text})
        for number, row in enumerate(table, 1)
        if any(row)
    )


def taken(table: Table, known: Index = INDEX) -> tuple[tuple[Marking, ...], list[str]]:
    marked, problems = markings(known, lines_of(table), "index.xlsx")
    return marked, [f"{each.code}: {each.message}" for each in problems]


def write(table: Table, row: int, head: str, text: str) -> None:
    table[row][HEADS.index(head)] = text


def said(marked: tuple[Marking, ...]) -> list[tuple[str, Ruling | None, str]]:
    return [(each.assertion, each.ruling, each.note) for each in marked]


# --- what is taken ------------------------------------------------------------------------------


def test_a_table_that_nobody_wrote_in_brings_nothing() -> None:
    assert taken(sheet()) == ((), [])


def test_verdicts_and_notes_are_taken_whatever_order_the_rows_are_in() -> None:
    table = sheet()
    write(table, 1, VERDICT, "ok")
    write(table, 2, VERDICT, " WRONG ")
    write(table, 2, NOTE, "counted anew:\r\n  25,100 ")
    write(table, 3, NOTE, "what is so?")
    expected = [
        (FIRST, Ruling.OK, ""),
        (SECOND, Ruling.WRONG, "counted anew:\n25,100"),
        (THIRD, None, "what is so?"),
    ]
    head, *rows = table
    for order in permutations(rows):
        marked, problems = taken([head, *order])
        assert said(marked) == expected
        assert problems == []


def test_the_digest_of_the_sentence_comes_along() -> None:
    table = sheet()
    write(table, 1, VERDICT, "ok")
    ((marking,), _) = taken(table)
    assert marking.digest == DRAFT.assertions[0].digest


def test_rows_that_were_left_out_or_emptied_bring_nothing_and_are_told() -> None:
    table = sheet()
    write(table, 1, VERDICT, "ok")
    marked, problems = taken([table[0], [""] * len(HEADS), table[1]])
    assert said(marked) == [(FIRST, Ruling.OK, "")]
    others = ", ".join(str(each.number) for each in DRAFT.assertions[1:])
    many = len(DRAFT.assertions) - 1
    assert problems == [f"index-edited: the table lacks the {many} rows of sentences {others}"]


def test_columns_are_found_by_their_heads() -> None:
    table = sheet()
    write(table, 1, VERDICT, "ok")
    marked, problems = taken([row[::-1] for row in table])
    assert said(marked) == [(FIRST, Ruling.OK, "")]
    assert problems == ["index-moved: the columns stand in another order"]


def test_a_verdict_that_stands_already_is_no_news() -> None:
    at = datetime(2026, 6, 9, tzinfo=UTC)
    verdict = Verdict(FIRST, DRAFT.assertions[0].digest, Ruling.OK, "Ada", at, "as counted")
    known = table_of({FIRST: verdict})
    table = sheet(known)
    assert taken(table, known) == ((), [])
    write(table, 1, NOTE, "counted again")
    assert said(taken(table, known)[0]) == [(FIRST, Ruling.OK, "counted again")]
    write(table, 1, VERDICT, "")
    assert taken(table, known) == (
        (),
        ["index-edited: row 2: a verdict was taken out; one is replaced, never taken back"],
    )


# --- what is wrong ------------------------------------------------------------------------------


def test_whatever_else_was_changed_is_told_with_row_and_column() -> None:
    table = sheet()
    write(table, 2, HEADS[3], "It used 26,000.")
    write(table, 2, VERDICT, "ok")
    marked, problems = taken(table)
    assert said(marked) == [(SECOND, Ruling.OK, "")]
    assert problems == [
        "index-edited: row 3: “Sentence as it will be sent” was changed, which changes nothing"
    ]


def test_what_moves_by_itself_is_not_compared() -> None:
    table = sheet()
    for head in ("No.", "Place in the PDF", "Checked by, on"):
        write(table, 1, head, "other")
    assert taken(table) == ((), [])


@pytest.mark.parametrize("gone", [IDENTITY, VERDICT, NOTE])
def test_without_a_column_that_counts_nothing_is_taken(gone: str) -> None:
    table = sheet()
    write(table, 1, VERDICT, "ok")
    position = HEADS.index(gone)
    marked, problems = taken([row[:position] + row[position + 1 :] for row in table])
    assert marked == ()
    assert problems[-1] == f"index-columns: the table needs one column “{gone}”"


def test_a_column_that_stands_twice_counts_for_nothing() -> None:
    table = [[*row, row[HEADS.index(VERDICT)]] for row in sheet()]
    assert taken(table)[1] == [f"index-columns: the table needs one column “{VERDICT}”"]


def test_a_column_that_was_added_or_taken_out_is_told() -> None:
    table = [
        [row[0], *row[1:7], *row[8:], "remark" if i else "Mine"] for i, row in enumerate(sheet())
    ]
    assert taken(table) == (
        (),
        [
            "index-edited: a column `Mine` was added",
            "index-edited: the column “Exhibits” was taken out",
        ],
    )


@pytest.mark.parametrize(
    ("row", "head", "text", "told"),
    [
        (1, VERDICT, "perhaps", "unknown-verdict: row 2: `perhaps` is neither ok nor wrong"),
        (
            1,
            IDENTITY,
            "a-000000000000",
            "unknown-assertion: row 2: the sentence `a-000000000000` is not in the letter",
        ),
        (
            1,
            IDENTITY,
            "",
            "unknown-assertion: row 2: a sentence without an id is not in the letter",
        ),
    ],
)
def test_a_row_that_cannot_be_understood_is_left_out_alone(
    row: int, head: str, text: str, told: str
) -> None:
    table = sheet()
    write(table, 1, VERDICT, "ok")
    write(table, 2, VERDICT, "ok")
    write(table, row, head, text)
    marked, problems = taken(table)
    assert said(marked) == [(SECOND, Ruling.OK, "")]
    lacks = ["index-edited: the table lacks the row of sentence 1"] if head == IDENTITY else []
    assert problems == [told, *lacks]


def test_two_rows_on_one_sentence_have_to_agree() -> None:
    table = sheet()
    write(table, 1, VERDICT, "ok")
    same = [*table, list(table[1])]
    assert said(taken(same)[0]) == [(FIRST, Ruling.OK, "")]
    write(same, 4, VERDICT, "wrong")
    assert taken(same) == ((), ["duplicate-verdict: rows 2 and 5 mark sentence 1 otherwise"])


def test_a_formula_is_no_verdict() -> None:
    lines = list(lines_of(sheet()))
    lines[1].cells[HEADS.index(VERDICT)] = Cell("ok", formula=True)
    marked, problems = markings(INDEX, lines, "index.xlsx")
    assert marked == ()
    assert [each.code for each in problems] == ["index-formula"]


def test_an_empty_table_has_no_columns() -> None:
    missing = f"“{IDENTITY}” and “{VERDICT}” and “{NOTE}”"
    assert taken([])[1] == [f"index-columns: the table needs one column {missing}"]


# --- files --------------------------------------------------------------------------------------


def test_a_csv_comes_back_as_it_was_written_whatever_separates_its_cells() -> None:
    text = delimited.render(INDEX).decode("utf-8-sig")
    rows = [
        [line.cells.get(i, Cell("")).text for i in range(len(HEADS))]
        for line in delimited.read(text)
    ]
    assert rows == sheet()
    plain = [["a", "b;c,d"], ["e\tf", "g"]]
    for separator in ",;\t":
        written = "\n".join(separator.join(f'"{cell}"' for cell in row) for row in plain)
        read = [[cell.text for cell in line.cells.values()] for line in delimited.read(written)]
        assert read == plain


def test_a_cell_of_a_csv_that_a_program_would_compute_is_a_formula() -> None:
    (line,) = delimited.read("=1+1,'=1+1,- unclear")
    assert list(line.cells.values()) == [
        Cell("=1+1", formula=True),
        Cell("=1+1"),
        Cell("- unclear"),
    ]


def rewritten(change: Callable[[str, bytes], bytes | None]) -> bytes:
    """The workbook with some of its parts changed, or left out."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx.render(INDEX))) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return file.getvalue()


def in_sheet(old: str, new: str) -> bytes:
    def change(name: str, content: bytes) -> bytes:
        if name != "xl/worksheets/sheet1.xml":
            return content
        assert re.search(old, content.decode())
        return re.sub(old, new, content.decode(), count=1).encode()

    return rewritten(change)


def told(content: bytes) -> str:
    with pytest.raises(UnreadableError) as caught:
        worksheet.read(content, SHEET)
    return str(caught.value)


def test_texts_are_read_as_other_programs_write_them() -> None:
    inline = in_sheet(
        r'<c r="K2" s="\d"/>',
        '<c r="K2" t="inlineStr"><is><r><t>o</t></r><r><t>k</t></r><rPh><t>x</t></rPh></is></c>',
    )
    assert worksheet.read(inline, SHEET)[1].cells[10] == Cell("ok")
    computed = in_sheet(r'<c r="K2" s="\d"/>', '<c r="K2" t="str"><f>"o"&amp;"k"</f><v>ok</v></c>')
    assert worksheet.read(computed, SHEET)[1].cells[10] == Cell("ok", formula=True)
    escaped = in_sheet(r'<c r="L2" s="\d"/>', '<c r="L2" t="str"><v>a_x000D_\nb</v></c>')
    assert worksheet.read(escaped, SHEET)[1].cells[11] == Cell("a\r\nb")


def test_another_sheet_before_the_index_does_not_matter() -> None:
    assert worksheet.read(xlsx.render(INDEX), "No such sheet") == worksheet.read(
        xlsx.render(INDEX), SHEET
    )


def test_what_is_no_workbook_is_refused() -> None:
    assert told(b"") == "this is no XLSX file, or a damaged one (File is not a zip file)"
    assert told(b"PK\x03\x04 and so on").startswith("this is no XLSX file, or a damaged one")
    only = rewritten(lambda name, content: content if name.startswith("doc") else None)
    assert told(only) == "this XLSX file lacks its part xl/workbook.xml"


def test_a_workbook_that_was_cut_off_anywhere_is_refused() -> None:
    content = xlsx.render(INDEX)
    cuts = range(0, len(content), len(content) // 20)
    assert len(cuts) >= 20
    for length in cuts:
        told(content[:length])


def test_a_part_that_unpacks_beyond_all_bounds_is_refused() -> None:
    bomb = rewritten(
        lambda name, content: (
            b" " * (worksheet.LIMIT + 10) if name.endswith("sheet1.xml") else content
        )
    )
    assert len(bomb) < 200_000
    assert told(bomb) == "a part of this XLSX file is larger than 32 MiB"


def test_a_workbook_with_thousands_of_parts_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for number in range(5_000):
            package.writestr(f"xl/{number}.xml", b"")
    assert told(file.getvalue()) == "this XLSX file has more than 4096 parts"


def test_entities_are_refused_before_they_are_expanded() -> None:
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>'
    hostile = rewritten(
        lambda name, content: laughs.encode() if name.endswith("sheet1.xml") else content
    )
    assert told(hostile) == "the XML in this XLSX file declares a document type"


def test_a_sheet_of_endless_rows_is_refused() -> None:
    rows = (
        "<worksheet><sheetData>"
        + "<row><c><v>1</v></c></row>" * 100_001
        + "</sheetData></worksheet>"
    )
    hostile = rewritten(
        lambda name, content: rows.encode() if name.endswith("sheet1.xml") else content
    )
    assert told(hostile) == "the sheet has more than 100,000 rows"


def test_a_sheet_that_names_a_file_outside_is_refused() -> None:
    outside = rewritten(
        lambda name, content: (
            content.replace(b"worksheets/sheet1.xml", b"../../etc/passwd")
            if name.endswith("workbook.xml.rels")
            else content
        )
    )
    assert told(outside) == "this XLSX file lacks its part xl/../../etc/passwd"


@given(st.binary(max_size=400), st.integers(0, 12_000), st.integers(0, 400))
def test_a_damaged_workbook_is_read_or_refused(noise: bytes, start: int, length: int) -> None:
    content = WORKBOOK[:start] + noise + WORKBOOK[start + length :]
    try:
        lines = worksheet.read(content, SHEET)
    except UnreadableError:
        return
    marked, problems = markings(INDEX, lines, "index.xlsx")
    assert all(each.code in RULES for each in problems)
    assert len(marked) <= len(DRAFT.assertions)


WORKBOOK = xlsx.render(INDEX)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_any_text_is_read_as_a_table_or_refused(text: str) -> None:
    try:
        lines = delimited.read(text)
    except UnreadableError:
        return
    _, problems = markings(INDEX, lines, "index.csv")
    assert all(each.code in RULES for each in problems)


# --- from a file to the log ---------------------------------------------------------------------


def test_verdicts_of_a_table_are_put_on_record_once(tmp_path: Path) -> None:
    (tmp_path / "w").mkdir()
    workspace = copied(tmp_path / "w")
    letter = workspace.cases / f"{HOUSE.replace('/', '/letters/')}.yaml"
    file = tmp_path / "index.csv"
    assert indexing.write(workspace, letter, "csv", file).path == file
    rows = file.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    marked_up = _marked(rows)
    file.write_text(marked_up, encoding="utf-8")

    counts = []
    for _ in range(2):
        review, problems = reviewing.review(workspace, letter)
        assert review is not None, problems
        marked, found = indexing.returned(review, file)
        assert found == ()
        who = identifying.Identity(Person(name="Ada", email="ada@example.com"), None)
        recorder = recording.Recorder(review, who, lambda: datetime(2026, 6, 9, tzinfo=UTC))
        counts.append(indexing.record(recorder, marked))
    assert counts == [(2, ()), (0, ())]


def _marked(text: str) -> str:
    """The table with a verdict on its first sentence and a note on its second."""
    import csv  # noqa: PLC0415

    rows = list(csv.reader(io.StringIO(text, newline="")))
    write(rows, 1, VERDICT, "ok")
    write(rows, 2, NOTE, "who says so?")
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(rows)
    return out.getvalue()


def test_a_file_that_is_no_table_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "w").mkdir()
    workspace = copied(tmp_path / "w")
    letter = workspace.cases / f"{HOUSE.replace('/', '/letters/')}.yaml"
    review, _ = reviewing.review(workspace, letter)
    assert review is not None

    def codes(name: str, content: bytes | None) -> list[str]:
        file = tmp_path / name
        if content is not None:
            file.write_bytes(content)
        marked, problems = indexing.returned(review, file)
        assert marked == ()
        return [each.code for each in problems]

    assert codes("none.xlsx", None) == ["file-missing"]
    assert codes("broken.xlsx", b"PK and no more") == ["index-unreadable"]
    assert codes("binary.csv", b"\x00\x01") == ["control-character"]
    assert codes("utf16.csv", "No.;x".encode("utf-16")) == ["wrong-encoding"]
    assert codes("quote.csv", b'a,"b\n') == ["index-unreadable"]
    assert codes("other.csv", b"a,b\n1,2\n")[-1] == "index-columns"
