"""The catalog: one rule for each code that the program uses, and a handbook made of them."""

from __future__ import annotations

import ast
import re
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

from reportgen.problems import rules
from reportgen.problems.catalog import RULES, explanation, handbook

ROOT = Path(__file__).parents[2]
CHAPTERS = tuple(
    import_module(f"{rules.__name__}.{each.name}") for each in iter_modules(rules.__path__)
)
_KEBAB = re.compile(r"[a-z]+(-[a-z0-9]+)+")
_MAKERS = {"Problem", "Refusal", "PydanticCustomError"}


def written() -> set[str]:
    """Return the first argument of every problem, refusal and error that the package makes."""
    codes = set()
    for path in (ROOT / "reportgen").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and node.args:
                name = node.func.id if isinstance(node.func, ast.Name) else ""
                code = node.args[0]
                if name in _MAKERS and isinstance(code, ast.Constant):
                    codes.add(str(code.value))
    return codes


def strings() -> set[str]:
    """Return every string of the package that could be a code, but for the rules themselves."""
    return {
        node.value
        for path in (ROOT / "reportgen").rglob("*.py")
        if path.parent.name != "rules" or path.parent.parent.name != "problems"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_problem_that_the_program_makes_has_a_rule() -> None:
    codes = written()
    assert len(codes) > 40
    assert codes - RULES.keys() == set()


def test_every_rule_is_used() -> None:
    assert RULES.keys() - strings() == set()


def test_no_code_has_two_rules() -> None:
    assert len(CHAPTERS) > 10
    assert sum(len(chapter.RULES) for chapter in CHAPTERS) == len(RULES)


@pytest.mark.parametrize("code", RULES)
def test_a_rule_is_written_in_sentences(code: str) -> None:
    rule = RULES[code]
    assert _KEBAB.fullmatch(code)
    assert not rule.title.endswith(".")
    assert rule.explanation.rstrip("`”").endswith(".")
    assert rule.way_out.endswith((".", "?"))
    assert rule.title in explanation(rule)


def test_the_handbook_is_up_to_date() -> None:
    path = ROOT / "docs" / "problems.md"
    assert path.read_text() == handbook(), "make docs"


def test_the_handbook_has_a_section_for_each_code() -> None:
    sections = re.findall(r"^### (.+)$", handbook(), re.MULTILINE)
    assert sections == list(RULES)
