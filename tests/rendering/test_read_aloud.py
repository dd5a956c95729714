"""The specimen letter as a screen reader says it.

The file in read_aloud/ is compared whole. When the letter was changed on purpose, renew it and read
the difference before committing it:

    RENEW=1 .venv/bin/pytest tests/rendering/test_read_aloud.py
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reportgen.rendering.model import Edition
from reportgen.rendering.pdf import render
from tests.letters.specimens import HOUSE, SENATE, composed, copied
from tests.rendering.letter_sample import e, letter, stationery
from tests.rendering.tag_tree import Aloud

if TYPE_CHECKING:
    from reportgen.letters.draft import Draft

KEPT = Path(__file__).parent / "read_aloud"


def aloud(draft: Draft) -> str:
    artifact, problems = render(draft, stationery(), Edition(final=True))
    assert problems == ()
    assert artifact is not None
    return str(Aloud(artifact.content))


@pytest.fixture(scope="module")
def specimens(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Draft]:
    workspace = copied(tmp_path_factory.mktemp("specimen"))
    charts = tmp_path_factory.mktemp("charts")
    drafts = {name: composed(workspace, name, charts)[0] for name in (SENATE, HOUSE)}
    return {name: draft for name, draft in drafts.items() if draft is not None}


@pytest.mark.parametrize("name", [SENATE, HOUSE])
def test_the_specimen_is_heard_as_it_was(specimens: dict[str, Draft], name: str) -> None:
    path = KEPT / f"{name.rpartition('/')[2]}.txt"
    said = aloud(specimens[name])
    if os.environ.get("RENEW"):
        path.write_text(said)
    assert said == path.read_text()


@pytest.mark.parametrize("name", [SENATE, HOUSE])
def test_what_is_heard_has_the_parts_of_a_letter(specimens: dict[str, Draft], name: str) -> None:
    said = aloud(specimens[name])
    levels = [int(level) for level in re.findall("^heading level (.)", said, re.MULTILINE)]
    assert levels[0] == 1
    assert set(levels[1:]) == {2}
    calls = re.findall(r"\{call (\d+)\} \{note (\d+) ", said)
    assert calls
    assert all(call == called for call, called in calls)
    assert len(calls) == said.count("{call ") == said.count("{note ")
    assert "Page 2 of" not in said
    assert said.count("SPECIMEN") == 1


@pytest.mark.parametrize("name", [SENATE, HOUSE])
def test_the_data_of_each_chart_are_heard(specimens: dict[str, Draft], name: str) -> None:
    """The words in place of a drawing hold every figure that is drawn.

    They are not repeated as a table: it would be text that nobody sees, or one more on the page.
    """
    graphics = [line for line in aloud(specimens[name]).splitlines() if "graphic: " in line]
    charts = specimens[name].charts
    assert len(graphics) == len(charts) > 0
    for graphic, chart in zip(graphics, charts, strict=True):
        assert graphic == f"graphic: {chart.alternative}"
        for row in chart.rows:
            assert all(cell in graphic for cell in row if cell != "not stated"), row


def test_links_quotations_and_lists_within_lists_are_heard() -> None:
    body = e(
        "section",
        e("p", "See ", e("a", "the catalogue", href="https://example.org/c"), "."),
        e("blockquote", e("p", "So it was.")),
        e("ol", e("li", "first"), e("li", "second, namely", e("ol", e("li", "this")))),
    )
    said = aloud(letter((body,), marking=None)).splitlines()
    start = said.index("See {link (to the catalogue, https://example.org/c) the catalogue} .")
    assert said[start + 1 : start + 8] == [
        "quotation",
        "So it was.",
        "list of 2, /Decimal",
        "  1. first",
        "  2. second, namely",
        "    list of 1, /LowerAlpha",
        "      a. this",
    ]
