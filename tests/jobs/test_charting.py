"""Charts are kept, and drawn anew when what is kept is not what was drawn."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from reportgen.jobs.drafts.charting import Drawer
from reportgen.problems.model import Refusal
from reportgen.statistics.model import Chart
from reportgen.workspace import shipped_templates
from tests.statistics.stated import stated

if TYPE_CHECKING:
    from pathlib import Path

FONTS = shipped_templates() / "fonts"
INPUTS = (stated("north-2026.exchanges", "28.8 million"), stated("south-2026.exchanges", "13"))


@pytest.fixture
def drawer(tmp_path: Path) -> Drawer:
    """A drawer whose folder is not there yet."""
    return Drawer(
        FONTS / "SourceSerif4-Regular.ttf", FONTS / "SourceSerif4-Bold.ttf", tmp_path / "kept"
    )


def drawn(drawer: Drawer) -> Chart:
    chart = drawer("comparison", INPUTS)
    assert isinstance(chart, Chart), chart
    return chart


def kept(drawer: Drawer) -> Path:
    (path,) = drawer.kept.iterdir()
    return path


def test_a_kept_chart_is_the_one_that_was_drawn(drawer: Drawer) -> None:
    first = drawn(drawer)
    modified = kept(drawer).stat().st_mtime_ns
    assert drawn(drawer) == first
    assert kept(drawer).stat().st_mtime_ns == modified


def test_a_kept_chart_that_was_damaged_is_drawn_anew(drawer: Drawer) -> None:
    first = drawn(drawer)
    path = kept(drawer)
    whole = path.read_bytes()
    others = [b"{}", b"[]", b"5", b"[" * 100_000, b'{"svg": 5}', b'{"name": "x", "svg": "!"}']
    damaged = [
        b"",
        whole[: len(whole) // 2],
        whole.replace(b"28.8", b"99.9"),
        whole.split(b"\n")[1],
        *(sha256(other).hexdigest().encode() + b"\n" + other for other in others),
    ]
    for content in damaged:
        path.write_bytes(content)
        assert drawn(drawer) == first
        assert path.read_bytes() == whole


def test_a_chart_of_other_values_is_another(drawer: Drawer) -> None:
    drawn(drawer)
    assert isinstance(drawer("comparison", INPUTS[:1]), Chart)
    assert len(list(drawer.kept.iterdir())) == 2


def test_a_chart_that_cannot_be_kept_is_drawn_all_the_same(drawer: Drawer) -> None:
    drawer.kept.write_text("a file where the folder should be")
    assert drawn(drawer).alternative


def test_the_order_of_actors_makes_no_other_chart(drawer: Drawer) -> None:
    names = [f"actor {number}" for number in range(20)]
    keys = {
        drawer._key("comparison", (stated("a.b", "5", actors=tuple(order)),))
        for order in (names, names[::-1])
    }
    assert len(keys) == 1


def test_an_unknown_chart_is_refused_with_the_nearest(drawer: Drawer) -> None:
    refusal = drawer("comparisn", INPUTS)
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.help) == ("unknown-chart", "did you mean `comparison`?")
