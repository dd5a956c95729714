"""Modelling: every error of Pydantic is a problem in plain words at its place."""

from __future__ import annotations

import json
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from reportgen.cases.model import Case
from reportgen.files import yaml
from reportgen.files.fields import fields_at
from reportgen.files.modelling import build
from reportgen.problems.catalog import RULES


class Color(StrEnum):
    RED = "red"
    GREEN = "green"


def _odd(value: int) -> int:
    if value % 2 == 0:
        raise ValueError("even")
    return value


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str = Field(description="What it is called.")
    size: int = 1


class Sample(BaseModel):
    model_config = ConfigDict(extra="forbid")
    count: int = Field(1, ge=1, le=24)
    above: int = Field(1, gt=0, lt=10)
    ratio: float = 1.0
    exact: Decimal = Decimal(1)
    flag: bool = False
    color: Color = Color.RED
    word: Literal["one", "two"] = "one"
    names: tuple[str, ...] = Field((), max_length=2)
    pair: tuple[str, ...] = Field(("a", "b"), min_length=2)
    parts: dict[str, Part] = Field(default_factory=dict)
    part: Part | None = None
    text: Annotated[str, Field(max_length=5, pattern="^[a-z]*$")] = ""
    odd: Annotated[int, AfterValidator(_odd)] = 1


def only(text: str) -> tuple[str, str, str | None]:
    document, problems = yaml.parse(text, "a.yaml")
    assert document is not None
    assert problems == ()
    instance, (problem,) = build(Sample, document)
    assert instance is None
    return problem.code, problem.message, problem.help


SAID = {
    "count: some": ("wrong-type", "`count` must be a whole number, not `some`"),
    "count: 2.5": ("wrong-type", "`count` must be a whole number, not `2.5`"),
    "count: 0": ("out-of-range", "`count` is `0`; it must be at least 1"),
    "count: 25": ("out-of-range", "`count` is `25`; it must be at most 24"),
    "above: 0": ("out-of-range", "`above` is `0`; it must be more than 0"),
    "above: 10": ("out-of-range", "`above` is `10`; it must be less than 10"),
    "count: [1]": ("wrong-type", "`count` must be a whole number, not a list"),
    "count:": ("empty-value", "`count` is empty"),
    "ratio: much": ("wrong-type", "`ratio` must be a number, not `much`"),
    "exact: much": ("wrong-type", "`exact` must be a number, not `much`"),
    "flag: perhaps": ("wrong-type", "`flag` must be true or false, not `perhaps`"),
    "color: gren": ("unknown-value", "`gren` is no value of `color`"),
    "color: [red]": ("wrong-type", "`color` must be one word, not a list"),
    "word: three": ("unknown-value", "`three` is no value of `word`"),
    "names: one": ("wrong-type", "`names` must be a list, not `one`"),
    "names: [a, b, c]": ("too-many", "`names` has 3 entries; 2 are the most"),
    "pair: [a]": ("too-few", "`pair` needs 2 entries"),
    "parts: x": ("wrong-type", "`parts` must be a group of keys, not `x`"),
    "parts: {a: x}": ("wrong-type", "`a` must be a group of keys, not `x`"),
    "parts: {a: {nam: x}}": ("unknown-key", "`a` has no key `nam`"),
    "parts: {a: {size: 1}}": ("missing-key", "`a` has no `name`"),
    "part: {name: [x]}": ("wrong-type", "`name` must be text, not a list"),
    "part: {name: a, size: b}": ("wrong-type", "`size` must be a whole number, not `b`"),
    "text: abcdef": ("text-too-long", "`text` has 6 characters; 5 are the most"),
    "text: ABC": ("wrong-form", "`ABC` is not written as `text` has to be"),
    "odd: 2": ("wrong-value", "`odd` cannot be `2`"),
}


@pytest.mark.parametrize("text", SAID)
def test_an_error_is_said_in_plain_words(text: str) -> None:
    assert only(text)[:2] == SAID[text]


def test_help_names_the_nearest_or_lists_the_few() -> None:
    assert only("color: gren")[2] == "did you mean `green`?"
    assert only("color: blue")[2] == "the values that it may have are `red` and `green`"
    assert only("color:")[2] == "write `red` or `green`, or leave the key out"
    assert only("colour: red")[2] == "did you mean `color`?"
    assert only("parts: {a: {size: 1}}")[2] == "add `name`: what it is called"


def test_a_key_that_is_there_already_is_not_suggested() -> None:
    assert only("color: red\ncolour: red")[2] != "did you mean `color`?"


def test_a_key_misspelled_is_one_problem_and_not_also_missing() -> None:
    assert only("part: {nam: x}")[0] == "unknown-key"


def test_a_list_with_faulty_entries_is_not_called_too_short() -> None:
    assert only("pair: [a, [b]]")[1] == "entry 2 of `pair` must be text, not a list"


def test_fields_are_found_through_lists_groups_and_unions() -> None:
    assert "counts" in fields_at(Case, ("facts", "exchanges", "a quantity"))
    assert "counts" not in fields_at(Case, ("facts", "exchanges", "a date"))
    assert list(fields_at(Case, ("dates", "occurred"))) == ["from", "to"]
    assert list(fields_at(Case, ("facts", "x", "a name", "source", 0))) == ["id", "pin", "quote"]
    assert list(fields_at(Case, ("facts", "x", "a name", "source", "id"))) == []
    assert "basis" in fields_at(Case, ("actors", 3, "attribution"))
    assert fields_at(Case, ("nowhere", "at", "all")) == {}


TREES = st.recursive(
    st.none() | st.text(st.sampled_from("ab0-. é"), max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [*Case.model_fields, "from", "to", "source", "quantity", "name", "x y"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=25,
)


@given(tree=TREES)
def test_whatever_a_file_says_its_problems_have_codes_words_and_places(tree: object) -> None:
    document, _ = yaml.parse(json.dumps({"facts": tree, "sources": tree, "dates": tree}), "a.yaml")
    assert document is not None
    case, problems = build(Case, document)
    assert case is None
    assert problems
    for problem in problems:
        assert problem.code in RULES
        assert document.locate(problem.place) is not None
        for jargon in ("pydantic", "Input", "validator", "dict", "NoneType"):
            assert jargon not in problem.message
