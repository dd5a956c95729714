"""The rooms of the house: who may import what, and what a light command may load."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from grimp import ImportGraph
from importlinter.cli import lint_imports

from tests.contracts import EntranceContract

ROOT = Path(__file__).parent.parent
HEAVY = ("jinja2", "markdown_it", "matplotlib", "numpy", "pandas", "weasyprint")


def test_the_contracts_of_pyproject_are_kept(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    status = lint_imports(no_cache=True)
    assert status == 0, capsys.readouterr().out


@pytest.mark.parametrize(
    ("importer", "imported", "kept"),
    [
        ("house.kitchen.stove", "house.kitchen.pots", True),
        ("house.kitchen.stove", "house.cellar.model", True),
        ("house.kitchen.stove", "house.cellar.wine", False),
        ("house.kitchen", "house.cellar", False),
        ("house.kitchen.stove", "house.garden.herbs.mint", True),
        ("house.butler", "house.cellar.wine", True),
        ("house.kitchen.stove", "yaml", True),
    ],
)
def test_a_room_is_entered_by_its_model(importer: str, imported: str, *, kept: bool) -> None:
    graph = ImportGraph()
    for module in ("house", "house.cellar.model", "house.garden.herbs", importer, imported):
        graph.add_module(module)
    graph.add_import(importer=importer, imported=imported)
    contract = EntranceContract(
        name="entrance",
        session_options={"root_packages": ["house"]},
        contract_options={
            "entrances": ["house.*.model"],
            "open_rooms": ["house.garden"],
            "privileged_rooms": ["house.butler"],
        },
    )
    check = contract.check(graph, verbose=False)
    assert check.kept is kept
    assert check.metadata["trespasses"] == ([] if kept else [(importer, imported)])


@pytest.mark.parametrize(
    "light",
    [
        "reportgen.workspace",
        "reportgen.problems.printing",
        "reportgen.quantities.wording",
        "reportgen.files.yaml",
        "reportgen.cases.loading",
        "reportgen.statistics.measures",
        "reportgen.statistics.comparing",
        "reportgen.jobs.workspaces.starting",
        "reportgen.cli.main",
    ],
)
def test_a_light_module_loads_no_heavy_library(light: str) -> None:
    program = (
        f"import sys, {light}\n"
        f"print(*sorted(set({HEAVY!r}) & {{name.split('.')[0] for name in sys.modules}}))"
    )
    run = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert run.stdout.split() == []


def test_every_path_on_the_map_exists() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"^```map\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)
    paths = [line.split()[0] for line in block.splitlines() if line.strip()]
    assert len(paths) > 20
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_every_room_is_on_the_map() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rooms = [
        path
        for path in sorted((ROOT / "reportgen").iterdir())
        if path.is_dir() and (path / "__init__.py").exists()
    ]
    assert rooms
    assert [room.name for room in rooms if f"reportgen/{room.name}/" not in text] == []
