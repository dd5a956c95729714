"""The command line: exit codes, what goes where, and what is not loaded."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from reportgen.cli import main as cli
from reportgen.cli.main import run
from reportgen.jobs.workspaces import checking, describing
from reportgen.problems.catalog import RULES
from reportgen.review.redlines.redlining import UnprovedError

ROOT = Path(__file__).parents[2]


def reportgen(
    *arguments: str, cwd: Path = ROOT, **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - it is our own program
        [sys.executable, "-m", "reportgen", *arguments],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "cases" / "a").mkdir(parents=True)
    (tmp_path / "templates").mkdir()
    (tmp_path / "cases" / "a" / "case.yaml").write_text("id: [\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_check_of_the_specimens_says_one_quiet_line() -> None:
    done = reportgen("check")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.count("\n") == 1
    assert "no problems" in done.stderr


def test_a_check_loads_nothing_heavy() -> None:
    code = (
        "import sys; from reportgen.cli.main import run; code = run(['check']);"
        "heavy = {'pandas', 'numpy', 'matplotlib', 'weasyprint', 'jinja2', 'markdown_it'};"
        "print(code, sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(  # noqa: S603 - it is our own program
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "0 []\n"


def test_problems_go_to_stdout_and_their_number_to_stderr(broken: Path) -> None:
    done = reportgen("check", cwd=broken)
    assert done.returncode == 1
    assert done.stdout.startswith("error[yaml-syntax]: ")
    assert "\x1b" not in done.stdout
    assert done.stderr == "1 error\n"


def test_warnings_do_not_fail_a_check(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = ROOT / "tests" / "broken" / "detected-before-occurred"
    assert run(["check", str(source), "-C", str(broken)]) == 0
    assert capsys.readouterr().err == "1 warning\n"


def test_the_workspace_can_be_named(
    broken: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    assert run(["check", "--workspace", str(broken)]) == 1


def test_json_is_an_object_even_when_nothing_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(ROOT / "cases" / "deepseek-2026"), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["problems"] == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["chekc"], "did you mean `check`?"),
        (["check", "--format", "fulll"], "full"),
        (["check", "--nonsense"], "--nonsense"),
        (["check", "-C", "nowhere"], "nowhere"),
        (["explain", "unknwon-key"], "did you mean `unknown-key`?"),
        (["schema"], "--output"),
        (["schema", "cas"], "did you mean `case`?"),
    ],
)
def test_wrong_use_is_2_and_says_what_was_meant(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert said in captured.err


def test_no_workspace_is_wrong_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["check"]) == 2
    assert "reportgen init DIR" in capsys.readouterr().err


def _fails(*_: object) -> None:
    raise RuntimeError("\x1b[31mboom")


def test_a_defect_of_ours_is_3_and_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("REPORTGEN_DEBUG", raising=False)
    monkeypatch.setattr(checking, "check", _fails)
    assert run(["check"]) == 3
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "a defect of ours" in said
    assert "REPORTGEN_DEBUG" in said
    assert "\x1b" not in said
    monkeypatch.setenv("REPORTGEN_DEBUG", "1")
    with pytest.raises(RuntimeError):
        run(["check"])


def _is_unproved(*_: object) -> None:
    raise UnprovedError("with all changes rejected, the redline is not the draft")


def test_a_redline_that_cannot_be_proved_says_what_still_works(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("REPORTGEN_DEBUG", raising=False)
    monkeypatch.setattr(checking, "check", _is_unproved)
    assert run(["check"]) == 3
    assert capsys.readouterr().err == (
        "reportgen: a defect of ours, not of your files: with all changes rejected, the redline is "
        "not the draft, so that no redline is handed out. Nothing was written and nothing was put "
        "on record. What still works: a redline against another draft (reportgen redline LETTER "
        "--from N), or as PDF and HTML where only its Word file failed (--format pdf,html); and the "
        "packet without a redline (reportgen review LETTER --no-redline). To report it, run it "
        "again with REPORTGEN_DEBUG=1 and send what it prints to the maintainers "
        "(CONTRIBUTING.md).\n"
    )


def _is_stopped(*_: object) -> None:
    raise KeyboardInterrupt


def test_control_c_is_quiet(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(checking, "check", _is_stopped)
    assert run(["check"]) == 130
    assert capsys.readouterr().err.strip() == "stopped"


def test_a_reader_that_goes_away_is_quiet() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "reportgen", "explain", "--all"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""


def test_a_terminal_that_knows_few_letters_is_no_crash(broken: Path) -> None:
    (broken / "cases" / "a" / "case.yaml").write_text("id: 日本\n")
    done = reportgen("check", cwd=broken, PYTHONIOENCODING="iso-8859-1")
    assert done.returncode == 1
    assert "\\u65e5" in done.stdout


def test_every_command_says_in_a_line_what_it_does(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli._COMMANDS
    assert run(["--help"]) == 0
    listed = capsys.readouterr().out
    for name in cli._COMMANDS:
        line = next(line for line in listed.splitlines() if line.strip().startswith(f"{name} "))
        assert line.endswith(".")
        assert not line.endswith("...")
        assert run([name, "-h"]) == 0
        assert capsys.readouterr().out.startswith(f"Usage: reportgen {name} ")


def test_the_version_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.startswith("reportgen ")


@pytest.mark.parametrize("code", RULES)
def test_every_code_can_be_explained(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", code]) == 0
    assert RULES[code].title in capsys.readouterr().out


def test_explain_lists_all_codes(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == list(RULES)


@pytest.mark.parametrize("name", describing.MODELS)
def test_the_schemas_in_docs_are_up_to_date(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", name]) == 0
    committed = ROOT / "docs" / "schemas" / f"{name}.schema.json"
    assert committed.read_text() == capsys.readouterr().out, "make docs"


def test_a_schema_describes_every_key() -> None:
    assert describing.MODELS
    for name in describing.MODELS:
        schema = json.loads(describing.schema(name))
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert schema["additionalProperties"] is False
        assert {"from", "to"} <= set(
            schema.get("$defs", {}).get("Window", {"properties": {"from", "to"}})["properties"]
        )


def test_schemas_are_written_where_they_are_wanted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["schema", "--output", str(tmp_path)]) == 0
    names = {f"{name}.schema.json" for name in describing.MODELS}
    assert {path.name for path in tmp_path.iterdir()} == names
    assert {Path(line).name for line in capsys.readouterr().out.splitlines()} == names
