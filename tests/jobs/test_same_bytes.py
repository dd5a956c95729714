"""The same letter has the same bytes: on any machine, in any folder, at any time."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from tests.jobs.house import FORMATS, every_kind, house, with_confidential_figure
from tests.rendering.letter_sample import ROOT

if TYPE_CHECKING:
    from pathlib import Path

WITHOUT_SUBSETTER = """
import cffi

load = cffi.FFI.dlopen

def dlopen(self, name, flags=0):
    if name and "harfbuzz-subset" in name:
        raise OSError(f"{name}: cannot open shared object file")
    return load(self, name, flags)

cffi.FFI.dlopen = dlopen
"""
"""What a machine without the library answers to whoever looks for it."""


def build(
    workspace: Path,
    output: Path,
    *options: str,
    cwd: Path = ROOT,
    environment: dict[str, str] | None = None,
) -> tuple[dict[str, bytes], str]:
    """Build the letters of a workspace in a process of its own.

    Returns:
        The files that were made, by their paths under the output, and what was said meanwhile.
    """
    paths = os.pathsep.join(filter(None, (str(ROOT), (environment or {}).get("PYTHONPATH"))))
    called = subprocess.run(  # noqa: S603 - our own command
        [
            *(sys.executable, "-m", "reportgen", "build", "--workspace", str(workspace)),
            *("--output", str(output), "--format", ",".join(FORMATS), *options),
        ],
        cwd=cwd,
        env=os.environ | (environment or {}) | {"PYTHONPATH": paths},
        umask=0o077 if environment else 0o022,
        capture_output=True,
        text=True,
        check=False,
    )
    assert called.returncode in {0, 1}, called.stderr
    assert not called.stderr.startswith("Traceback"), called.stderr
    made = {str(each.relative_to(output)): each for each in output.rglob("letter*")}
    assert made, called.stdout + called.stderr
    return {name: path.read_bytes() for name, path in made.items()}, called.stderr


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A letter with charts and enclosures."""
    return house(tmp_path_factory.mktemp("plain") / "house", every_kind()).root


@pytest.fixture(scope="module")
def secretive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A letter with two versions."""
    return with_confidential_figure(house(tmp_path_factory.mktemp("secret") / "house")).root


@pytest.mark.slow
@pytest.mark.parametrize(
    ("which", "options"),
    [("plain", ("--line-numbers",)), ("secretive", ("--final",))],
    ids=["draft", "final"],
)
def test_two_machines_make_the_same_bytes(
    which: str, options: tuple[str, ...], request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    here: Path = request.getfixturevalue(which)
    there = tmp_path / "elsewhere/under another name/house"
    shutil.copytree(here, there, ignore=shutil.ignore_patterns("output"))
    fontless = tmp_path / "fonts.conf"
    fontless.write_text('<?xml version="1.0"?><fontconfig><dir>nowhere</dir></fontconfig>')
    other = {
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "LANG": "C",
        "PYTHONHASHSEED": "4711",
        "PYTHONUTF8": "0",
        "HOME": str(tmp_path),
        "USER": "somebody",
        "TMPDIR": str(tmp_path),
        "FONTCONFIG_FILE": str(fontless),
        "SOURCE_DATE_EPOCH": "86400",
        "COLUMNS": "40",
    }
    one, _ = build(here, tmp_path / "one", *options)
    two, _ = build(there, there / "output", *options, cwd=tmp_path, environment=other)
    assert set(one) == set(two)
    assert {name.rpartition(".")[2] for name in one} >= set(FORMATS)
    assert [name for name in one if one[name] != two[name]] == []


@pytest.mark.slow
def test_without_the_subsetter_bytes_are_the_same_from_run_to_run_and_it_is_told(
    plain: Path, tmp_path: Path
) -> None:
    (tmp_path / "sitecustomize.py").write_text(WITHOUT_SUBSETTER)
    lacking = {"PYTHONPATH": str(tmp_path)}
    with_it, silence = build(plain, tmp_path / "with", "--final")
    once, told = build(plain, tmp_path / "once", "--final", environment=lacking)
    again, _ = build(plain, tmp_path / "again", "--final", environment=lacking)
    assert once == again
    (line,) = (line for line in told.splitlines() if "libharfbuzz-subset0" in line)
    assert line.startswith("note: without libharfbuzz-subset0 a PDF says the same in other bytes")
    assert "libharfbuzz" not in silence
    (name,) = (each for each in once if each.endswith(".pdf"))
    assert once[name] != with_it[name]
    assert words_of(once[name]) == words_of(with_it[name])
    assert {each for each in once if once[each] != with_it[each]} == {name}


def words_of(content: bytes) -> list[str]:
    with pypdfium2.PdfDocument(content) as document:
        return [page.get_textpage().get_text_bounded() for page in document]
