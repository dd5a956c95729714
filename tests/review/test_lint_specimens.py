"""The specimen letters stand up to the lint, and a careless change to one does not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reportgen.jobs.finding import letter_path
from reportgen.jobs.review import linting
from reportgen.problems.model import Severity
from reportgen.review.rules.table import CODES
from tests.letters.specimens import HOUSE, SENATE, changed, copied

if TYPE_CHECKING:
    from reportgen.workspace import Workspace

PROSE = "cases/alibaba-2026/letters/senate-banking.md"


def found(workspace: Workspace, letter: str) -> list[str]:
    """What the rules of the lint find; open points of the draft are not theirs."""
    linted = linting.lint(workspace, letter_path(workspace, Path(letter)))
    assert linted.sentences > 20
    return [
        f"{each.code}: {each.message}"
        for each in linted.problems
        if each.code in CODES or each.code.startswith("waiver") or each.severity is Severity.ERROR
    ]


@pytest.mark.parametrize("letter", [SENATE, HOUSE])
def test_the_specimen_letters_have_no_finding(tmp_path: Path, letter: str) -> None:
    assert found(copied(tmp_path), letter) == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (
            "Anthropic attributes the campaign to {{ incident.operators }}",
            "Anthropic attributes the campaign to Alibaba",
            "attribution-above-case",
        ),
        ("obtained the output", "stole the output", "conclusory-word"),
        ("counted {{ incident.exchanges }}", "counted over {{ incident.exchanges }}", "hedge-not-borne-out"),
        (
            ", the first and the last day counted",
            "",
            "day-count-unexplained",
        ),
        ("{{ incident.exchanges }} exchanges through", "{{ incident.exchanges }} prompts through", "unit-of-another"),
    ],
)  # fmt: skip
def test_a_careless_change_is_found(tmp_path: Path, old: str, new: str, code: str) -> None:
    workspace = copied(tmp_path)
    changed(workspace.root / PROSE, old, new)
    assert code in [each.partition(":")[0] for each in found(workspace, SENATE)]


def test_the_settings_of_an_organization_switch_rules(tmp_path: Path) -> None:
    workspace = copied(tmp_path)
    changed(workspace.root / PROSE, "obtained the output", "stole the output")
    folder = workspace.templates / "organization"
    folder.mkdir()
    (folder / "anthropic.yaml").write_text(
        "name: Anthropic\nshort: Anthropic\nlint:\n  conclusory-word: off\n  no-such-rule: warning\n"
    )
    (problem,) = found(workspace, SENATE)
    assert problem == "unknown-lint-rule: the lint has no rule `no-such-rule`"
