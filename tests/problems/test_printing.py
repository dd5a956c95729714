"""Printing: like a compiler for people, and in three forms for programs."""

from __future__ import annotations

import json
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.files.text import Text
from reportgen.problems.model import Place, Problem, Related, Severity, Span
from reportgen.problems.printing import Format, render, summary
from reportgen.problems.terminal import visible, width

CASE = Text(
    "cases/a/case.yaml",
    'id: a\nstauts: alleged\nfacts:\n  one: {quantity: 3}\n  one: {quantity: 4}\n名: "日本"  x\n',
)
DOCUMENTS = {CASE.path: CASE}

UNKNOWN = Problem(
    "unknown-key",
    "the file has no key `stauts`",
    Place(CASE.path, span=Span(2, 1, 2, 7)),
    "did you mean `status`?",
)
DUPLICATE = Problem(
    "duplicate-key",
    "the key `one` stands twice in the same group",
    Place(CASE.path, span=Span(5, 3, 5, 6)),
    "keep one of them, or rename one",
    related=(Related(Place(CASE.path, span=Span(4, 3, 4, 6)), "it is first here"),),
)
WIDE = Problem(
    "wrong-form",
    "odd: 50%",
    Place(CASE.path, span=Span(6, 4, 6, 8)),
    severity=Severity.WARNING,
)
MISSING = Problem("file-missing", "there is no such file", Place("cases/b/case.yaml"))
ALL = (WIDE, MISSING, DUPLICATE, UNKNOWN, UNKNOWN)


def test_full_shows_the_line_the_stretch_and_the_way_out() -> None:
    assert (
        render(ALL, DOCUMENTS)
        == """\
error[unknown-key]: the file has no key `stauts`
 --> cases/a/case.yaml:2:1
  |
2 | stauts: alleged
  | ^^^^^^
  = help: did you mean `status`?

error[duplicate-key]: the key `one` stands twice in the same group
 --> cases/a/case.yaml:5:3
  |
5 |   one: {quantity: 4}
  |   ^^^
 ::: cases/a/case.yaml:4:3
  |
4 |   one: {quantity: 3}
  |   --- it is first here
  = help: keep one of them, or rename one

warning[wrong-form]: odd: 50%
 --> cases/a/case.yaml:6:4
  |
6 | 名: "日本"  x
  |     ^^^^^^

error[file-missing]: there is no such file
 --> cases/b/case.yaml

"""
    )


def test_concise_has_a_line_for_each() -> None:
    assert (
        render(ALL, DOCUMENTS, Format.CONCISE)
        == """\
cases/a/case.yaml:2:1: error[unknown-key]: the file has no key `stauts`
cases/a/case.yaml:5:3: error[duplicate-key]: the key `one` stands twice in the same group
cases/a/case.yaml:6:4: warning[wrong-form]: odd: 50%
cases/b/case.yaml: error[file-missing]: there is no such file
"""
    )


def test_json_has_everything() -> None:
    report = json.loads(render(ALL, DOCUMENTS, Format.JSON))
    assert (report["version"], report["errors"], report["warnings"]) == (1, 3, 1)
    assert [each["code"] for each in report["problems"]] == [
        "unknown-key",
        "duplicate-key",
        "wrong-form",
        "file-missing",
    ]
    assert report["problems"][1] == {
        "code": "duplicate-key",
        "severity": "error",
        "message": "the key `one` stands twice in the same group",
        "help": "keep one of them, or rename one",
        "path": "cases/a/case.yaml",
        "line": 5,
        "column": 3,
        "end_line": 5,
        "end_column": 6,
        "route": [],
        "related": [
            {
                "message": "it is first here",
                "path": "cases/a/case.yaml",
                "line": 4,
                "column": 3,
                "end_line": 4,
                "end_column": 6,
            }
        ],
    }
    assert json.loads(render((), {}, Format.JSON))["problems"] == []


def test_github_gets_workflow_commands() -> None:
    assert render((WIDE, MISSING), DOCUMENTS, Format.GITHUB) == (
        "::warning file=cases/a/case.yaml,title=wrong-form,line=6,col=4,endLine=6,endColumn=8"
        "::odd: 50%25\n"
        "::error file=cases/b/case.yaml,title=file-missing::there is no such file\n"
    )


def test_no_problem_prints_nothing() -> None:
    for format_ in (Format.FULL, Format.CONCISE, Format.GITHUB):
        assert render((), {}, format_) == ""


def test_color_is_only_added() -> None:
    colored = render(ALL, DOCUMENTS, color=True)
    assert "\x1b[1;31m" in colored
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == render(ALL, DOCUMENTS)


@pytest.mark.parametrize("start", [0, 3, 60, 400, 5_000, 99_990])
@pytest.mark.parametrize("length", [1, 30, 500])
def test_a_long_line_is_cut_around_the_stretch(start: int, length: int) -> None:
    line = ("0123456789" * 10_000)[:100_000]
    text = Text("a", line)
    problem = Problem("x", "y", Place("a", span=Span(1, start + 1, 1, start + 1 + length)))
    shown = render((problem,), {"a": text}).splitlines()
    source, underline = shown[3], shown[4]
    assert len(source) <= 110
    at = underline.index("^")
    marked = source[at : at + underline.count("^")].rstrip("…")
    assert marked
    assert line[start:].startswith(marked)


def test_a_place_past_the_end_of_the_text_is_shown_without_a_line() -> None:
    problem = Problem("x", "y", Place("a", span=Span(9, 1, 9, 5)))
    assert render((problem,), {"a": Text("a", "b")}) == "error[x]: y\n --> a:9:1\n\n"


def test_tabs_and_combining_characters_keep_the_caret_in_its_column() -> None:
    text = Text("a", "\te\u0301: 日x")
    problem = Problem("x", "y", Place("a", span=Span(1, 7, 1, 8)))
    source, underline = render((problem,), {"a": text}).splitlines()[3:5]
    before = source[: source.index("x")]
    assert width(before) == underline.index("^")


HOSTILE = st.text(
    st.characters(exclude_categories=[]) | st.sampled_from("\x1b\x9b\r\n\t\x07\u202e\u2066::%,[]"),
    max_size=40,
)


@given(message=HOSTILE, path=HOSTILE, line=HOSTILE, column=st.integers(1, 50))
def test_nothing_hostile_reaches_the_terminal(
    message: str, path: str, line: str, column: int
) -> None:
    text = Text(path, line)
    problem = Problem("x", message, Place(path, span=Span(1, column, 1, column + 3)), message)
    for format_ in Format:
        printed = render((problem,), {path: text}, format_)
        steering = {s for s in printed if unicodedata.category(s) in {"Cc", "Cf", "Cs", "Zl", "Zp"}}
        assert steering <= {"\n"}
        printed.encode()
    github = render((problem,), {path: text}, Format.GITHUB)
    assert github.count("\n") == 1
    assert github.startswith("::error ")


@given(text=HOSTILE)
def test_what_is_visible_is_one_line(text: str) -> None:
    assert len(visible(text).splitlines()) <= 1


def test_the_summary_counts() -> None:
    assert summary(ALL) == "3 errors and 1 warning in 2 files"
    assert summary((UNKNOWN, UNKNOWN)) == "1 error"
    assert summary((WIDE,)) == "1 warning"
    assert summary(()) == "no problems"
