"""Charts: what they say, what they refuse, and that nothing of the machine is in them."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from reportgen.quantities.dates import PartialDate
from reportgen.statistics import charts
from reportgen.statistics.model import Chart, Input
from tests.statistics.stated import refused, stated

if TYPE_CHECKING:
    from reportgen.problems.model import Refusal

ROOT = Path(__file__).parents[2]
FONTS = ROOT / "templates/fonts"
TYPEFACE = charts.Typeface(FONTS / "SourceSerif4-Regular.ttf", FONTS / "SourceSerif4-Bold.ttf")

BIG = stated("big.exchanges", "28.8 million", window="2026-04-22..2026-06-05")
SMALL = replace(
    stated("small.exchanges", "more than 150,000"), disclosed=PartialDate.read("2026-02-23")
)
FLOOR = replace(stated("floor.exchanges", "more than 13 million"), label="A floor & a name")
FACTS = (BIG, SMALL, FLOOR)


def drawn(result: Chart | Refusal) -> Chart:
    assert isinstance(result, Chart), result
    return result


def everything() -> tuple[Chart, ...]:
    return (
        drawn(charts.comparison(FACTS, TYPEFACE)),
        drawn(charts.timeline(FACTS, TYPEFACE)),
        drawn(charts.activity((BIG,), TYPEFACE)),
    )


def test_a_comparison_says_in_words_what_it_shows() -> None:
    chart = drawn(charts.comparison(FACTS, TYPEFACE))
    assert chart.title == "Exchanges, by case"
    assert chart.alternative == (
        "Bar chart of exchanges by case. Big: 28.8 million, April 22 to June 5, 2026. "
        "Small: more than 150,000. A floor & a name: more than 13 million. "
        "The longest bar is that of Big."
    )
    assert chart.columns == ("Case", "Exchanges", "Window")
    assert chart.rows == (
        ("Big", "28.8 million", "April 22 to June 5, 2026"),
        ("Small", "more than 150,000", "not stated"),
        ("A floor & a name", "more than 13 million", "not stated"),
    )
    assert chart.inputs == tuple(each.address for each in FACTS)


def test_no_bar_is_called_the_longest_while_bounds_overlap() -> None:
    close = (stated("a.x", "28.8 million"), stated("b.x", "more than 28 million"))
    assert "longest" not in drawn(charts.comparison(close, TYPEFACE)).alternative


def test_a_timeline_says_what_is_known_of_each_case() -> None:
    vague = replace(
        stated("vague.x", "5", window="2026-02..2026-05"),
        detected=PartialDate.read("2026-03-01"),
        disclosed=PartialDate.read("2026"),
    )
    chart = drawn(charts.timeline((*FACTS, vague), TYPEFACE))
    assert chart.columns == ("Case", "When", "Detected", "Disclosed")
    assert chart.rows == (
        ("Big", "April 22 to June 5, 2026", "not stated", "not stated"),
        ("Small", "not stated", "not stated", "February 23, 2026"),
        ("A floor & a name", "not stated", "not stated", "not stated"),
        ("Vague", "February to May 2026", "March 1, 2026", "2026"),
    )
    assert "Small: disclosed February 23, 2026." in chart.alternative
    assert "A floor & a name: dates not stated." in chart.alternative


def test_facts_of_one_case_make_one_row_of_a_timeline() -> None:
    accounts = stated("big.accounts", "25,000", "accounts", window="2026-04-22..2026-06-05")
    chart = drawn(charts.timeline((BIG, accounts), TYPEFACE))
    assert chart.rows == (("Big", "April 22 to June 5, 2026"),)


def test_activity_gives_the_average_of_a_window_and_no_more() -> None:
    chart = drawn(charts.activity((BIG,), TYPEFACE))
    assert chart.columns == ("Window", "Exchanges", "Average a day")
    assert chart.rows == (("April 22 to June 5, 2026", "28.8 million", "approximately 640,000"),)


def _refusal(kind: str, facts: tuple[Input, ...]) -> str:
    draw = {
        "comparison": charts.comparison,
        "timeline": charts.timeline,
        "activity": charts.activity,
    }[kind]
    return refused(draw(facts, TYPEFACE)).code


@pytest.mark.parametrize(
    ("kind", "facts", "code"),
    [
        ("comparison", (), "nothing-to-count"),
        ("comparison", (BIG, stated("a.x", "5", "accounts")), "different-units"),
        ("comparison", (BIG,) * 21, "chart-not-drawn"),
        ("timeline", (), "nothing-to-count"),
        ("timeline", (FLOOR,), "chart-not-drawn"),
        ("timeline", tuple(replace(BIG, case=f"c{i}") for i in range(15)), "chart-not-drawn"),
        ("activity", (), "nothing-to-count"),
        ("activity", (FLOOR,), "unknown-window"),
        ("activity", (BIG, stated("b.x", "5", window="2026-07..2026-07")), "chart-not-drawn"),
        ("activity", (BIG, replace(BIG, address="big.again")), "overlapping-windows"),
        ("activity", (stated("a.x", "at least 5", window="2026-07..2026-07"),), "chart-not-drawn"),
    ],
)
def test_what_cannot_be_drawn_is_refused(kind: str, facts: tuple[Input, ...], code: str) -> None:
    assert _refusal(kind, facts) == code


@pytest.mark.parametrize("name", ["missing.ttf", "OFL.txt"])
def test_a_font_that_is_missing_or_no_font_is_refused(name: str) -> None:
    typeface = charts.Typeface(FONTS / name, TYPEFACE.bold)
    refusal = refused(charts.comparison(FACTS, typeface))
    assert refusal.code == "font-missing"
    assert name in refusal.message


@pytest.mark.parametrize("label", ["阿里巴巴", "Wolf 🐺", "אליבבא"])
def test_names_that_the_typeface_cannot_show_are_refused_by_their_characters(
    label: str, capfd: pytest.CaptureFixture[str]
) -> None:
    foreign = replace(BIG, label=label)
    refusal = refused(charts.comparison((foreign, SMALL), TYPEFACE))
    assert refusal.code == "character-missing"
    assert f"U+{ord(label[-1]):04X}" in refusal.message
    assert refused(charts.timeline((foreign,), TYPEFACE)).code == "character-missing"
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "label",
    [
        "$x^2$ \\alpha {",
        "a\u202eb\x07c\nd",
        "<svg onload='x'>&",
        "Zoe\u0308 Müller",
        "w" * 2000,
        "…",
    ],
)
def test_names_are_text_whatever_they_hold(label: str, capfd: pytest.CaptureFixture[str]) -> None:
    chart = drawn(charts.comparison((replace(BIG, label=label), SMALL), TYPEFACE))
    ET.fromstring(chart.svg)  # noqa: S314 - our own drawing
    assert chart.rows[0][0] == label
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("quantity", ["0", "up to 5", "at least 13 million", "999 trillion"])
def test_every_statement_has_a_bar(quantity: str) -> None:
    chart = drawn(charts.comparison((stated("a.x", quantity), SMALL), TYPEFACE))
    assert chart.rows[0][1] == quantity
    assert b"nan" not in chart.svg
    assert b"inf" not in chart.svg


def test_drawings_are_outlines_only() -> None:
    for chart in everything():
        root = ET.fromstring(chart.svg)  # noqa: S314 - our own drawing
        tags = {element.tag.partition("}")[2] for element in root.iter()}
        assert tags == {"svg", "defs", "style", "g", "path", "use"}
        assert root.get("width") == f"{chart.width:g}pt"
        assert b"SourceSerif4-Regular" in chart.svg
        assert b"DejaVu" not in chart.svg


_DIGESTS = """
from hashlib import sha256
from tests.statistics.test_charts import everything
for chart in everything():
    print(sha256(chart.svg + chart.alternative.encode()).hexdigest())
"""


def test_the_bytes_are_the_same_in_any_process_on_any_machine(tmp_path: Path) -> None:
    (tmp_path / "matplotlibrc").write_text(
        "svg.fonttype: none\nfont.size: 30\nlines.antialiased: False\npath.sketch: 2, 10, 3\n"
        "patch.linewidth: 9\nsavefig.dpi: 300\nfigure.dpi: 50\nsavefig.bbox: tight\nnonsense: 1\n"
    )
    expected = [
        sha256(chart.svg + chart.alternative.encode()).hexdigest() for chart in everything()
    ]
    assert len(expected) == 3
    environments = (
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "2", "TZ": "America/Adak", "LC_ALL": "de_DE.UTF-8", "HOME": "/dev/null"},
    )
    for environment in environments:
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-c", _DIGESTS],
            cwd=tmp_path,
            env={**os.environ, **environment, "PYTHONPATH": str(ROOT), "MATPLOTLIBRC": "."},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.split() == expected
        assert done.stderr == ""
