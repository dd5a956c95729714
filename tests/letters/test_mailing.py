"""Lists of recipients: what spreadsheets write is read, what would misaddress a letter is refused."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from reportgen.letters.mailing import Listed, read

if TYPE_CHECKING:
    from reportgen.problems.model import Problem

DAY = date(2026, 6, 10)
TABLE = """\
name,title,salutation,office,address
[Member A],Member,Member A,"Committee on Examples",1 Example Building|Washington
[Member B],Member,Member B,"Committee, on Examples","2 Example Building
Washington"
"""


def of(content: bytes, encoding: str = "utf-8") -> tuple[tuple[Listed, ...], tuple[Problem, ...]]:
    return read(content, DAY, "list.csv", encoding)


def told(text: str) -> list[str]:
    found, problems = of(text.encode())
    assert found == ()
    return [f"{each.code}:{each.place.span.line if each.place.span else ''}" for each in problems]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "byte order mark"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"], ids=["lf", "crlf"])
def test_a_list_is_read_as_spreadsheets_write_it(mark: bytes, end: bytes) -> None:
    found, problems = of(mark + TABLE.encode().replace(b"\n", end))
    assert problems == ()
    assert [each.addressee.lines for each in found] == [
        ("[Member A]", "Member", "Committee on Examples", "1 Example Building", "Washington"),
        ("[Member B]", "Member", "Committee, on Examples", "2 Example Building", "Washington"),
    ]
    assert [each.place.span.line for each in found if each.place.span] == [2, 3]


@pytest.mark.parametrize("separator", [";", "\t"])
def test_other_separators_are_seen(separator: str) -> None:
    row = ("[Member A]", "Member", "Member A", "Office", "1 Example Building")
    head = ("Name", "Title", "Salutation", "Office", "Address")
    text = f"{separator.join(head)}\n{separator.join(row)}\n"
    found, problems = of(text.encode())
    assert problems == ()
    assert found[0].addressee.lines[0] == "[Member A]"


def test_another_encoding_is_told_and_read_when_it_is_named() -> None:
    content = TABLE.replace("[Member A]", "[Mémber A]").encode("cp1252")
    found, problems = of(content)
    assert found == ()
    assert [each.code for each in problems] == ["wrong-encoding"]
    assert problems[0].place.span is not None
    found, problems = of(content, "cp1252")
    assert found[0].addressee.tenure.name == "[Mémber A]"
    assert of(content, "no-such-encoding")[1][0].code == "wrong-encoding"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_list_in_utf_16_is_read_where_it_says_so_itself(encoding: str) -> None:
    mark = b"" if encoding == "utf-16" else "\ufeff".encode(encoding)
    found, problems = of(mark + TABLE.encode(encoding))
    assert problems == ()
    assert len(found) == 2


def test_empty_columns_at_the_end_and_empty_rows_are_passed_over() -> None:
    head, row = "name,title,salutation,office,address", "x,x,x,x,x"
    found, problems = of(f"{head},,\n,,,,,,\n{row},,\n".encode())
    assert problems == ()
    assert len(found) == 1
    assert told(f"{head},\n{row},y\n")[0] == "recipients-columns:1", "somebody filled it in"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ('"=HYPERLINK(1)",x,x,x,x', "`name` begins with `=`, as a formula does"),
        ("x,x,@SUM(1),x,x", "`salutation` begins with `@`, as a formula does"),
        ("x,x,x,x,=A1", "`address` begins with `=`, as a formula does"),
        ('"x\ny",x,x,x,x', "`name` has a line break in it"),
        ("x,x,x\u202ey,x,x", "`salutation` has a sign that turns the direction of writing"),
        ("x,,x,,x", "the row has no `title` or `office`"),
    ],
)
def test_a_cell_that_says_something_else_than_it_shows_is_refused(row: str, said: str) -> None:
    _, (problem,) = of(f"name,title,salutation,office,address\n{row}\n".encode())
    assert problem.message == said


def test_an_address_may_have_lines_and_begin_with_a_dash() -> None:
    row = 'x,x,x,x,"- 2 Hall\nExample City"'
    found, problems = of(f"name,title,salutation,office,address\n{row}\n".encode())
    assert problems == ()
    assert found[0].addressee.lines[-2:] == ("- 2 Hall", "Example City")


def test_a_recipient_is_listed_once_however_the_row_is_written() -> None:
    row = '[MEMBER a],member,Member A,"Committee  on Examples",1 Example Building|Washington\n'
    assert told(TABLE + row) == ["duplicate-recipient:5"]


def test_all_that_is_wrong_is_told() -> None:
    rows = "x,,x,x,x\nx,x,x,x\n" + "y,x,x,x," + "long " * 900 + "\n"
    assert told(TABLE.splitlines()[0] + "\n" + rows) == [
        "recipients-row:2",
        "recipients-row:3",
        "recipients-row:4",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["recipients-columns:1"]),
        ("\n\n", ["recipients-columns:1"]),
        (TABLE.splitlines()[0], ["recipients-row:1"]),
        ("name,title\nx,y\n", ["recipients-columns:1"]),
        (TABLE.replace("title", "titel", 1), ["recipients-columns:1", "recipients-columns:1"]),
        (TABLE.replace("office", "name", 1), ["recipients-columns:1", "recipients-columns:1"]),
        ('name,title,salutation,office,address\n"a,b,c,d,e\n', ["recipients-row:2"]),
    ],
    ids=["nothing", "blank", "nobody", "too few", "misspelt", "twice", "open quote"],
)
def test_a_list_that_will_not_do_is_refused(text: str, expected: list[str]) -> None:
    assert told(text)[: len(expected)] == expected


def test_who_was_looked_up_is_verified_and_who_was_not_is_not() -> None:
    head, row = "name,title,salutation,office,address", "x,x,x,x,x"
    found, _ = of(f"{head},verified,source\n{row},2026-06-01,the office's page\n".encode())
    assert found[0].addressee.verified
    found, _ = of(f"{head}\n{row}\n".encode())
    assert not found[0].addressee.verified
    assert told(f"{head},verified,source\n{row},2026-06-01,\n") == ["recipients-row:2"]
    assert told(f"{head},verified,source\n{row},June,a page\n") == ["recipients-row:2"]
