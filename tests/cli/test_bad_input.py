"""Bad input through the command line: a clear problem with its place, exit 1, nothing written."""

from __future__ import annotations

import codecs
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reportgen.cli.main import run

if TYPE_CHECKING:
    from collections.abc import Callable

    Check = Callable[..., str]

SOUND = """\
id: a
title: An invented incident
kind: misuse
status: alleged
summary: Somebody did something.
dates: { occurred: { from: 2026-04-22, to: 2026-06-05 }, source: report }
affected:
  - { name: Somebody, country: NO }
facts:
  exchanges: { quantity: 28.8 million, counts: exchanges, source: report }
sources:
  report: { title: A report, publisher: A publisher, kind: report }
"""


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = Path("cases/a/case.yaml")
    path.parent.mkdir(parents=True)
    path.write_text(SOUND)
    return path


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str]) -> Check:
    def checked(*paths: str, expected: int = 1) -> str:
        before = sorted(map(str, Path().rglob("*")))
        assert run(["check", *(paths or ("cases",)), "--format", "concise"]) == expected
        assert sorted(map(str, Path().rglob("*"))) == before
        return capsys.readouterr().out

    return checked


def test_a_sound_case_is_silent(case: Path, check: Check) -> None:
    for path in ("cases", "cases/a", str(case), "."):
        assert check(path, expected=0) == ""


def test_a_missing_file(case: Path, check: Check) -> None:
    case.unlink()
    missing = "cases/a/case.yaml: error[file-missing]: there is no such file\n"
    assert check() == missing
    assert check("cases/a/case.yaml") == missing
    nowhere = "nowhere/case.yaml: error[file-missing]: there is no such file\n"
    assert check("nowhere/case.yaml") == nowhere


def test_an_empty_file(case: Path, check: Check) -> None:
    case.write_text("")
    assert check() == "cases/a/case.yaml: error[file-empty]: the file says nothing\n"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file(case: Path, check: Check) -> None:
    case.chmod(0)
    assert "cases/a/case.yaml: error[file-unreadable]" in check()


def test_a_folder_and_a_pipe_where_a_file_should_be(case: Path, check: Check) -> None:
    case.unlink()
    case.mkdir()
    said = "this is a folder, where a file is needed"
    assert check() == f"cases/a/case.yaml: error[not-a-file]: {said}\n"
    case.rmdir()
    os.mkfifo(case)
    said = "this is a pipe, where a file is needed"
    assert check() == f"cases/a/case.yaml: error[not-a-file]: {said}\n"


def test_ten_megabytes_of_nesting(case: Path, check: Check) -> None:
    case.write_text("[" * (10 * 1024 * 1024))
    said = "the file is larger than 1 MiB, the most that is read"
    assert check() == f"cases/a/case.yaml: error[file-too-large]: {said}\n"
    case.write_text("id: " + "[" * 1_000_000)
    said = "lists and groups are nested more than 64 deep"
    assert check() == f"cases/a/case.yaml:1:67: error[too-deep]: {said}\n"


@pytest.mark.parametrize(
    ("mark", "encoding", "name"),
    [
        (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
        (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    ],
)
def test_wrong_encodings(case: Path, check: Check, mark: bytes, encoding: str, name: str) -> None:
    case.write_bytes(mark + SOUND.encode(encoding))
    said = f"the file is in {name}, not in UTF-8"
    assert check() == f"cases/a/case.yaml: error[wrong-encoding]: {said}\n"


def test_a_byte_order_mark_of_utf_8_is_no_problem(case: Path, check: Check) -> None:
    case.write_bytes(codecs.BOM_UTF8 + SOUND.replace("\n", "\r\n").encode())
    assert check(expected=0) == ""


SLIPS = {
    (
        "title: ",
        "title: Re: ",
    ): "2:10: error[yaml-syntax]: a second `: ` on one line reads as a second key",
    ("title: ", "title:\t[1\n\t"): "3:1: error[yaml-tab]: a tab stands where spaces are needed",
    (
        "status: alleged",
        "status: alleged\nstatus: x",
    ): "5:1: error[duplicate-key]: the key `status` stands twice in the same group",
    ("status:", "stauts:"): "4:1: error[unknown-key]: the file has no key `stauts`",
    ("country: NO", "country: no"): "8:32: error[wrong-form]: `no` is not a country code",
    ("2026-06-05", "2026-06-31"): "6:44: error[impossible-date]: `2026-06-31` is no date",
    (
        "2026-06-05",
        "2026-04-21",
    ): "6:44: error[window-reversed]: the window ends on April 21, 2026, before it begins on April 22, 2026",
    (
        ", source: report }\nsources",
        " }\nsources",
    ): "10:3: error[missing-key]: `exchanges` has no `source`",
    (
        ", source: report }\nsources",
        ", source: reprot }\nsources",
    ): "10:67: error[unknown-source]: there is no source `reprot`",
    (
        "kind: report }",
        "kind: report, exhibit: { file: ../b, sha256: " + "0" * 64 + " } }",
    ): "12:85: error[path-escapes]: `../b` leads out of the folder by `..`",
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_shown_at_its_line_and_column(
    case: Path, check: Check, slip: tuple[str, str]
) -> None:
    assert slip[0] in SOUND
    case.write_text(SOUND.replace(slip[0], slip[1], 1))
    assert check() == f"cases/a/case.yaml:{SLIPS[slip]}\n"


def test_two_cases_with_one_id(case: Path, check: Check) -> None:
    other = Path("cases/b/case.yaml")
    other.parent.mkdir()
    other.write_text(case.read_text())
    assert check() == (
        "cases/b/case.yaml:1:5: error[duplicate-case]: another case has the id `a` already\n"
        "cases/b/case.yaml:1:5: error[id-not-folder]: the case is called `a`, but its folder `b`\n"
    )


def test_html_and_templates_in_a_case_are_text(case: Path, check: Check) -> None:
    text = "\"<script>alert(1)</script> {{ 1/0 }} {% include '/etc/passwd' %}\""
    case.write_text(SOUND.replace("Somebody did something.", text))
    assert check(expected=0) == ""


def test_all_problems_of_all_files_are_shown_at_once(case: Path, check: Check) -> None:
    case.write_text(SOUND.replace("kind: misuse", "kind: mishap").replace("2026-06-05", "x"))
    other = Path("cases/b/case.yaml")
    other.parent.mkdir()
    other.write_text("- x")
    lines = check().splitlines()
    assert [line.split(":")[0] for line in lines] == [str(case)] * 2 + [str(other)]
