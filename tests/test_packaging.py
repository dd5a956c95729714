"""What is installed: the wheel works outside the repository, in the versions that are written down."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
from grimp import build_graph
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
SECOND_HAND = {
    "asn1crypto": "pyhanko",
    "cryptography": "pyhanko",
    "pydantic_core": "pydantic",
    "pyhanko_certvalidator": "pyhanko",
}
"""What is imported in the version that another package asks for, and which package that is."""


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command and return what it says; the output of one that fails is the failure."""
    done = subprocess.run(  # noqa: S603 - commands of this file
        command, cwd=cwd, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def reportgen(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of an environment into which the wheel was installed.

    What the wheel needs is borrowed from the environment of the tests. Whether it names all of that
    is asked below, and tried by `make letter` on a new machine, which installs nothing else.
    """
    environment = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", "--without-pip", environment, cwd=environment)
    python = environment / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--python", python, "install", "--quiet")
    run(*pip, "--no-deps", "--no-index", wheel, cwd=environment)
    there = "import sysconfig; print(sysconfig.get_path('purelib'))"
    (own,) = run(python, "-c", there, cwd=environment).splitlines()
    (borrowed,) = run(sys.executable, "-c", there, cwd=environment).splitlines()
    (Path(own) / "borrowed.pth").write_text(f"{borrowed}\n", encoding="utf-8")
    return environment / "bin" / "reportgen"


def test_the_wheel_holds_the_package_and_all_templates(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    templates = [path for path in (ROOT / "templates").rglob("*") if path.is_file()]
    assert templates
    assert {f"reportgen/{path.relative_to(ROOT).as_posix()}" for path in templates} <= names
    assert "reportgen/py.typed" in names
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"reportgen"}


@pytest.mark.slow
def test_an_installed_wheel_takes_a_newcomer_from_nothing_to_a_letter(
    reportgen: Path, tmp_path: Path
) -> None:
    where = "import reportgen; print(reportgen.__file__)"
    found = run(reportgen.parent / "python", "-c", where, cwd=tmp_path)
    assert found.startswith(str(reportgen.parent.parent))
    assert metadata.version("reportgen") in run(reportgen, "--version", cwd=tmp_path)
    run(reportgen, "init", "house", cwd=tmp_path)
    house = tmp_path / "house"
    run(reportgen, "check", cwd=house)
    run(reportgen, "build", "example-2026/committee", cwd=house)
    letter = house / "output" / "example-2026" / "committee" / "letter.pdf"
    assert letter.read_bytes().startswith(b"%PDF-")


def test_the_wheel_names_every_package_that_reportgen_imports() -> None:
    requirements = [Requirement(text) for text in metadata.requires("reportgen") or ()]
    for_development = {'extra == "dev"', 'extra == "bench"'}
    named = {normal(each.name) for each in requirements if str(each.marker) not in for_development}
    owners = metadata.packages_distributions()
    graph = build_graph("reportgen", include_external_packages=True, cache_dir=None)
    imported = {module.split(".")[0] for module in graph.modules} - sys.stdlib_module_names
    imported -= {"reportgen", *SECOND_HAND}
    assert {"pydantic", "jinja2", "weasyprint"} <= imported
    assert {owner for module in imported for owner in map(normal, owners[module])} <= named
    for module, owner in SECOND_HAND.items():
        assert owner in named, f"{module} came with {owner}"


def held() -> dict[str, str]:
    """Return the versions that constraints.txt holds, by normal name."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("==") for line in lines if not line.startswith("#"))
    return {normal(name): version for name, version in pairs}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def needed_for(name: str, extras: frozenset[str], seen: set[tuple[str, str]]) -> None:
    """Collect the distributions that one needs, all the way down, each with the extra asked for."""
    for text in metadata.requires(name) or ():
        requirement = Requirement(text)
        marker = requirement.marker
        if marker and not any(marker.evaluate({"extra": extra}) for extra in extras | {""}):
            continue
        for extra in sorted(requirement.extras | {""}):
            if (requirement.name, extra) not in seen:
                seen.add((requirement.name, extra))
                needed_for(requirement.name, frozenset({extra}), seen)


def test_the_constraints_hold_every_package_in_the_version_that_is_tried() -> None:
    needed: set[tuple[str, str]] = set()
    needed_for("reportgen", frozenset({"dev"}), needed)
    tried = {normal(name): metadata.version(name) for name, _ in needed}
    assert len(tried) > 40
    assert held() == tried


def test_the_constraints_name_no_place_to_load_from() -> None:
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    assert not re.search(r"https?://|file:|^-", text, flags=re.MULTILINE)
