"""YAML: what is read stays what was written, and every value knows its place."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

import pytest
import yaml as pyyaml
from hypothesis import given
from hypothesis import strategies as st

from reportgen.files.yaml import DEPTH_LIMIT, Document, load, parse
from reportgen.problems.model import Part, Place, Span

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.files.yaml import Data
    from reportgen.problems.model import Key, Problem


def document(text: str) -> Document:
    parsed, problems = parse(text, "a.yaml")
    assert problems == ()
    assert parsed is not None
    return parsed


def problem(text: str) -> Problem:
    parsed, problems = parse(text, "a.yaml")
    assert parsed is None
    (only,) = problems
    return only


def stretch(text: str, *route: Key, part: Part = Part.VALUE) -> tuple[int, int, str]:
    """Return line, column and the text between the ends of the place that a route names."""
    parsed = document(text)
    span = parsed.locate(Place("a.yaml", route, part))
    assert span is not None
    assert span.line == span.end_line
    return span.line, span.column, parsed.line(span.line)[span.column - 1 : span.end_column - 1]


@pytest.mark.parametrize(
    "scalar",
    ["no", "yes", "true", "off", "010", "0x1F", "12:30", "2026-04-22", "1e3", "1_000", ".inf", "="],
)
def test_a_plain_word_stays_the_text_that_was_written(scalar: str) -> None:
    assert document(f"key: {scalar}").data == {"key": scalar}


@pytest.mark.parametrize("scalar", ["", "~", "null", "Null", "NULL"])
def test_nothing_is_none(scalar: str) -> None:
    assert document(f"key: {scalar}\nother: x").data == {"key": None, "other": "x"}


@pytest.mark.parametrize("scalar", ["'null'", '"~"', "''", "|-\n  null"])
def test_quoted_nothing_is_text(scalar: str) -> None:
    parsed = document(f"key: {scalar}").data
    assert isinstance(parsed, dict)
    assert isinstance(parsed["key"], str)


def test_keys_that_look_like_something_else_are_text() -> None:
    assert document("no: 1\n2026: 2\ntrue: 3").data == {"no": "1", "2026": "2", "true": "3"}


def test_an_alias_repeats_its_value() -> None:
    assert document("a: &x [1]\nb: *x").data == {"a": ["1"], "b": ["1"]}


LEAVES = st.none() | st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=8)
TREES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=6), inner, max_size=4
        )
    ),
    max_leaves=20,
)


def mentioned(data: Data, *route: Key) -> list[tuple[tuple[Key, ...], str]]:
    if isinstance(data, dict):
        return [each for key in data for each in mentioned(data[key], *route, key)]
    if isinstance(data, list):
        return [each for i, item in enumerate(data) for each in mentioned(item, *route, i)]
    return [(route, data)] if data else []


@given(tree=TREES, flow=st.booleans(), ending=st.sampled_from(["\n", "\r\n", "\r"]))
def test_what_is_written_is_read_and_found(tree: Data, flow: bool, ending: str) -> None:  # noqa: FBT001
    written = pyyaml.safe_dump(
        {"root": tree}, default_flow_style=flow, allow_unicode=True, width=10**6, default_style='"'
    )
    # PyYAML quotes None too, as a tagged scalar; that is not how people write nothing.
    written = written.replace('!!null "null"', "~")
    parsed = document("\ufeff# é日本😀\n".replace("\n", ending) + written.replace("\n", ending))
    assert parsed.data == {"root": tree}
    for route, text in mentioned(tree, "root"):
        span = parsed.locate(Place("a.yaml", route))
        assert span is not None
        shown = parsed.line(span.line)[span.column - 1 : span.end_column - 1]
        if span.line == span.end_line and text.isalnum() and text.isascii():
            assert shown == f'"{text}"'


def test_columns_count_characters() -> None:
    assert stretch('# é\né😀: {日本: "ü😀 x", b: c}\n', "é😀", "b") == (2, 21, "c")
    assert stretch("a: b\r\nc:\td\r\n", "c") == (2, 4, "d")
    assert stretch("\ufeffa: b", "a") == (1, 4, "b")
    assert stretch("a: b\rc: d", "c") == (2, 4, "d")


def test_only_line_breaks_that_editors_know_begin_a_line() -> None:
    assert stretch('a: "x\u2028y"\nb: c', "b") == (2, 4, "c")
    assert stretch("a: x\x85b: c\nd: e", "d") == (2, 4, "e")


def test_a_place_is_a_key_or_a_value() -> None:
    text = "facts:\n  one: {quantity: 3}\nlist:\n  - a\n  - b: c\n"
    assert stretch(text, "facts", "one", "quantity") == (2, 19, "3")
    assert stretch(text, "facts", "one", "quantity", part=Part.KEY) == (2, 9, "quantity")
    assert stretch(text, "facts", "one") == (2, 8, "{quantity: 3}")
    assert stretch(text, "list", 1, "b") == (5, 8, "c")
    assert stretch(text, "list", 0) == (4, 5, "a")


def test_a_block_and_an_empty_value_are_shown_at_their_key() -> None:
    assert stretch("a: b\nfacts:\n  one: 1\n  two: 2\nempty:\nlast: ''", "facts") == (2, 1, "facts")
    assert stretch("a: b\nempty:\nlast: x", "empty") == (2, 1, "empty")
    assert stretch("- a: b\n  c: d\n", 0, part=Part.KEY) == (1, 3, "a")
    assert stretch("text: |\n  one\n  two\n", "text") == (1, 1, "text")


def test_steps_that_lead_nowhere_are_left_out() -> None:
    text = "facts:\n  one: {source: cnbc}\n"
    assert stretch(text, "facts", "one", "a quantity", "source", 0, "id") == (2, 17, "cnbc")
    parsed = document(text)
    assert parsed.route(("facts", "one", "a quantity", "source", 0)) == ("facts", "one", "source")


def test_of_two_equal_keys_both_are_shown_and_the_first_counts() -> None:
    parsed, problems = parse("a: 1\nb: 2\na: 3", "a.yaml")
    assert parsed is not None
    assert parsed.data == {"a": "1", "b": "2"}
    (only,) = problems
    assert only.code == "duplicate-key"
    assert only.place.span == Span(3, 1, 3, 2)
    assert [each.place.span for each in only.related] == [Span(1, 1, 1, 2)]


def test_all_that_yaml_does_silently_is_shown_at_once() -> None:
    text = "a: !!int 3\n<<: {b: c}\na: 4\n? [x]\n: y\n'<<': fine\n"
    parsed, problems = parse(text, "a.yaml")
    assert parsed is not None
    codes = [(each.code, each.place.span.line if each.place.span else 0) for each in problems]
    assert codes == [("yaml-tag", 1), ("merge-key", 2), ("duplicate-key", 3), ("key-not-text", 4)]
    assert parsed.data == {"a": "3", "<<": "fine"}


TEN_MEGABYTES = 10 * 1024 * 1024


@pytest.mark.parametrize(
    "unit",
    ["[", "{", "- ", "? ", "[[{a: ", "[\n", "{a: [\n", "!x [", "&a ["],
)
def test_ten_megabytes_of_nesting_are_refused_before_the_stack_is_spent(unit: str) -> None:
    parsed, problems = parse(unit * (TEN_MEGABYTES // len(unit)), "a.yaml")
    assert parsed is None
    assert problems[0].code in {"too-deep", "yaml-syntax"}


def test_ten_megabytes_of_indentation_are_refused() -> None:
    text = "\n".join(f"{' ' * depth}a:" for depth in range(4_500))
    assert problem(text).code == "too-deep"


@pytest.mark.parametrize("opening", ["[", "- ", "{a: "])
def test_nesting_is_read_up_to_its_limit(opening: str) -> None:
    closing = {"[": "]", "- ": "", "{a: ": "}"}[opening]
    for depth, fine in ((DEPTH_LIMIT - 1, True), (DEPTH_LIMIT, True), (DEPTH_LIMIT + 1, False)):
        text = opening * depth + ("x" if opening != "[" and fine else "") + closing * depth
        parsed, problems = parse(text, "a.yaml")
        if depth < DEPTH_LIMIT:
            assert parsed is not None
        if depth > DEPTH_LIMIT:
            assert [each.code for each in problems] == ["too-deep"]


def bomb(levels: int) -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, levels)]
    return "\n".join(lines)


def test_an_alias_bomb_is_refused_at_once() -> None:
    start = perf_counter()
    assert problem(bomb(40)).code == "alias-bomb"
    assert problem(bomb(200)).code == "alias-bomb"
    # Unfolded, it would have 9 ** 40 entries: any bound on the time tells the two apart.
    assert perf_counter() - start < 5


def test_a_few_aliases_are_no_bomb() -> None:
    assert document(bomb(3)).data


@pytest.mark.parametrize("text", ["a: &a [*a]", "a: &a {b: {c: *a}}", "a: &a [&b [*a, *b]]"])
def test_a_value_that_contains_itself_is_refused(text: str) -> None:
    assert problem(text).code == "recursive-alias"


@pytest.mark.parametrize("text", ["", " \n", "# a comment\n", "---\n", "\ufeff"])
def test_a_file_that_says_nothing_is_a_problem(text: str) -> None:
    parsed, problems = parse(text, "a.yaml")
    codes = [each.code for each in problems]
    assert codes == ["file-empty"] or (parsed is not None and parsed.data is None)


@pytest.mark.parametrize("character", ["\0", "\x1b", "\x08", "\x9b", "\ud800", "\uffff"])
def test_a_character_that_no_text_has_is_shown_where_it_stands(character: str) -> None:
    found = problem(f"a: b\nc: d{character}")
    assert found.code == "control-character"
    assert found.place.span == Span(2, 5, 2, 6)


@given(text=st.text(st.sampled_from("ab:- \n\t[]{}'\"|>&*!%@`#?,\\~0é😀\r"), max_size=60))
def test_no_text_makes_it_fail(text: str) -> None:
    parsed, problems = parse(text, "a.yaml")
    assert parsed is not None or problems
    for each in problems:
        assert each.place.document == "a.yaml"
        assert each.message


@given(content=st.binary(max_size=80))
def test_no_bytes_make_it_fail(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("bytes") / "a.yaml"
    path.write_bytes(content)
    parsed, problems = load(path)
    assert parsed is not None or problems


def test_a_file_that_is_too_large_is_not_parsed(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("a: " + "x" * (1024 * 1024))
    parsed, problems = load(path)
    assert parsed is None
    assert [each.code for each in problems] == ["file-too-large"]
