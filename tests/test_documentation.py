"""What is written about reportgen is true: the pages made from the code, the README, the map."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from reportgen.cli.main import commands
from tools.docs import pages

ROOT = Path(__file__).parent.parent
PROSE = (
    "README.md",
    "CONTRIBUTING.md",
    "docs/archive.md",
    "docs/families.md",
    "docs/regimes.md",
    "docs/review.md",
    "docs/specimen.md",
)
SESSION = re.compile(r"^```console\n(.*?)^```$", flags=re.MULTILINE | re.DOTALL)


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def makefile_targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", text_of("Makefile"), flags=re.MULTILINE))


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_a_page_made_from_the_code_is_fresh(page: Path) -> None:
    assert page.read_text(encoding="utf-8") == pages()[page], "run `make docs`"


def test_every_command_is_documented_and_named_in_the_readme() -> None:
    names = commands.list_commands(click.Context(commands, **commands.context_settings))
    assert names
    assert [name for name in names if f"\n## {name}\n" not in text_of("docs/commands.md")] == []
    assert [name for name in names if f"reportgen {name}" not in text_of("README.md")] == []


@pytest.mark.parametrize("name", PROSE)
def test_every_link_within_the_repository_leads_somewhere(name: str) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", text_of(name))
    assert [link for link in links if not (ROOT / name).parent.joinpath(link).exists()] == []


@pytest.mark.parametrize("name", PROSE)
def test_every_make_target_that_is_spoken_of_exists(name: str) -> None:
    spoken = set(re.findall(r"(?:^|`)make ([a-z]+)", text_of(name), flags=re.MULTILINE))
    assert spoken <= makefile_targets()


def test_every_make_target_explains_itself() -> None:
    helped = set(re.findall(r"^([a-z]+):.*## ", text_of("Makefile"), flags=re.MULTILINE))
    assert helped
    assert helped == makefile_targets()


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    for name in ("cases", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


@pytest.mark.slow
def test_the_tour_of_the_readme_is_true(workspace: Path) -> None:
    """Type what the README says to type, and see what it says one sees."""
    steps = [step for session in SESSION.findall(text_of("README.md")) for step in said(session)]
    assert len(steps) > 4
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "NO_COLOR": "1",
    }
    for command, expected in steps:
        done = subprocess.run(  # noqa: S602 - the README's commands, in a copy
            command,
            cwd=workspace,
            env=environment,
            shell=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert matches(done.stdout, expected), f"$ {command}\n{done.stdout}"


def said(session: str) -> list[tuple[str, str]]:
    """Return each command of a session with the lines that follow it."""
    parts = re.split(r"^\$ (.*)\n", session, flags=re.MULTILINE)[1:]
    return list(zip(parts[::2], parts[1::2], strict=True))


def matches(output: str, expected: str) -> bool:
    """Whether a command's output is as said, `...` standing for any text."""
    pattern = ".*".join(re.escape(part) for part in expected.strip().split("..."))
    return re.fullmatch(pattern, output.strip(), flags=re.DOTALL) is not None


def test_the_readme_names_no_option_that_does_not_exist() -> None:
    known = text_of("docs/commands.md")
    for line in re.findall(r"reportgen [^`\n]*", text_of("README.md")):
        options = [word for word in shlex.split(line, posix=False) if word.startswith("--")]
        assert [option for option in options if option not in known] == []
