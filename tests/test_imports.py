"""What each command loads, and what it leaves alone: that is what makes the quick ones quick."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from reportgen.jobs.workspaces.starting import start
from tests.records import museum

if TYPE_CHECKING:
    from pathlib import Path

LOADED = """\
import sys
from reportgen.cli.main import run
code = run(sys.argv[1:])
assert code == 0, code
print("loaded:", *sorted(sys.modules))
"""

NEVER = {"pandas", "matplotlib.pyplot"}
COMPOSING = {"jinja2", "markdown_it", "reportgen.letters.composing", "reportgen.letters.registry"}
RENDERING = {"weasyprint", "lxml", "docx", "pypdfium2", "fontTools", "PIL"}
CHARTS = {"matplotlib", "numpy"}


def loaded(folder: Path, *arguments: str) -> set[str]:
    """Run a command in a process of its own and return what it loaded."""
    command = (sys.executable, "-c", LOADED, *arguments)
    done = subprocess.run(  # noqa: S603 - our own command
        command, cwd=folder, capture_output=True, text=True, check=True
    )
    modules = set(done.stdout.rpartition("loaded: ")[2].split())
    assert "click" in modules
    return modules


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose letter is about to be built."""
    root = tmp_path_factory.mktemp("imports") / "house"
    workspace, problems = start(root)
    assert workspace is not None, problems
    return root


def test_a_check_loads_what_reads_files_and_nothing_that_makes_letters(house: Path) -> None:
    modules = loaded(house, "check")
    assert {"pydantic", "yaml"} <= modules
    assert not modules & (NEVER | COMPOSING | RENDERING | CHARTS)
    assert "reportgen.statistics.model" not in modules


def test_a_build_loads_what_it_needs_once_and_a_second_one_next_to_nothing(house: Path) -> None:
    first = loaded(house, "build")
    assert {"weasyprint", "jinja2", "markdown_it"} <= first
    assert not first & NEVER
    assert not first & {"docx", "pypdfium2", "fontTools.varLib.instancer"}
    second = loaded(house, "build")
    assert not second & (NEVER | COMPOSING | RENDERING | CHARTS)
    assert not second & {"pydantic", "yaml", "reportgen.cases.model"}


def test_a_chart_that_is_kept_is_not_drawn_again(house: Path) -> None:
    loaded(house, "build")
    for record in house.glob("output/**/build.json"):
        record.unlink()
    again = loaded(house, "build")
    assert "weasyprint" in again
    assert not again & CHARTS


def test_verifying_without_building_again_loads_what_reads_files(tmp_path: Path) -> None:
    archive = museum.unpacked(museum.releases()[-1], tmp_path / "archive")
    modules = loaded(tmp_path, "verify", "--archive", str(archive.root), "--no-render")
    assert not modules & (NEVER | COMPOSING | RENDERING | CHARTS)
    assert not modules & {"bagit", "pyhanko", "sqlite3", "segno"}
