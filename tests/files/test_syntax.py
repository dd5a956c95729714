"""Mistakes in YAML are told in words, at the place where they were made."""

from __future__ import annotations

import pytest

from reportgen.files.yaml import parse

COMPLAINTS = {
    "title: Re: x": ("1:10", "a second `: ` on one line reads as a second key"),
    "- name: a: b": ("1:10", "a second `: ` on one line reads as a second key"),
    "title\nkind: x": ("2:5", "a key cannot stand here: the line above is not finished"),
    "title: x\n  kind: y": ("2:7", "a key cannot stand here: the line above is not finished"),
    "a:\n\tb: c": ("2:1", "a tab stands where spaces are needed"),
    "a: >\n\tx": ("2:1", "a tab stands where spaces are needed"),
    "a: @x": ("1:4", "a value cannot begin with `@`"),
    "a: `x`": ("1:4", "a value cannot begin with “`”"),
    "a: %x": ("1:4", "a value cannot begin with `%`"),
    "a: 'x\nb: c": ("1:4", "the quotation mark that opens here is never closed"),
    'a: "x\nb: c': ("1:4", "the quotation mark that opens here is never closed"),
    "a: 'it's'": ("1:8", "text stands after the closing quotation mark"),
    "a: [1, 2\n": ("1:4", "the bracket `[` that opens here is never closed"),
    "a: {b: 1\n": ("1:4", "the bracket `{` that opens here is never closed"),
    "a: [b, c}\nd: e": ("1:9", "a `,` or the closing `]` is missing before this"),
    "a: ]": ("1:4", "`]` closes a bracket that is not open here"),
    "a:\n  - b\n c: d": (
        "3:2",
        "this line is not in line with the keys that it stands among",
    ),
    "a: b\n- c": ("2:1", "an item of a list stands where a key is needed"),
    "- a\nb: c": ("2:1", "this stands among the items of a list without being one"),
    "a: - b": ("1:4", "a list cannot begin on the line of its key"),
    "a: *x": ("1:4", "`*x` points at nothing: text that begins with `*` means another place"),
    "a: **bold** x": (
        "1:4",
        "a value cannot begin with `&` or `*`",
    ),
    "a: &x 1\nb: &x 2": ("2:4", "`&x` is marked twice"),
    'a: "\\q"': (
        "1:5",
        "a backslash within double quotation marks begins a special character; this is none",
    ),
    'a: "\\xZZ"': (
        "1:7",
        "a backslash within double quotation marks begins a special character; this is none",
    ),
    "a: |x\n  b": ("1:5", "after `|` or `>` the text begins on the next line"),
    "a: !foo!bar x": ("1:4", "text that begins with `!` is read as a tag"),
    "%YAML 3.0\n---\na: b": ("1:1", "a line that begins with `%` is read as an instruction"),
    "a: b\n---\nc: d": ("2:1", "a second document begins here, after `---`"),
}


@pytest.mark.parametrize("text", COMPLAINTS)
def test_a_mistake_is_told_in_words(text: str) -> None:
    document, problems = parse(text, "a.yaml")
    assert document is None
    (problem,) = problems
    span = problem.place.span
    assert span is not None
    assert (f"{span.line}:{span.column}", problem.message) == COMPLAINTS[text]
    assert problem.help


def test_the_beginning_of_an_open_group_is_shown_too() -> None:
    _, (problem,) = parse("x:\n  a:\n    - b\n   c: d", "a.yaml")
    (related,) = problem.related
    assert related.message == "the keys begin here"
    assert related.place.span is not None
    assert related.place.span.line == 2
