"""The whole play, with files only: counsel in LibreOffice, and the gate at the end.

A letter goes out to review and comes back edited; what came back is settled, everything is checked
and approved, the final copy is built. Then one figure changes, and exactly what rests on it lapses.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from reportgen.cli.main import run
from reportgen.review.formats.columns import SHEET, VERDICT
from tests.office import libreoffice
from tests.office.libreoffice import ABSENT, office
from tests.rendering.letter_sample import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.office.libreoffice import Office

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(libreoffice.soffice() is None, reason=ABSENT),
]

LETTER = "alibaba-2026/senate-banking"
AUTHOR, COUNSEL = "Ada Example <ada@example.com>", "Grace Example <grace@example.com>"
REVIEW = "\nreview:\n  roles: [counsel, policy]\n"
ACKNOWLEDGED = "authors: [ada@example.com]\nacknowledged:\n" + "".join(
    f"  - recipient: us-senate-banking.{office}\n    by: Ada Example\n    date: 2026-06-09\n"
    "    reason: this is a play\n"
    for office in ("chair", "ranking-member")
)
GAPS = {"[Signatory]": "Casey Specimen", "[Title]": "General Counsel"}


@dataclass
class Stage:
    """A workspace, and people who call commands in it."""

    root: Path
    capsys: pytest.CaptureFixture[str]
    monkeypatch: pytest.MonkeyPatch
    office: Office
    identity: str = AUTHOR

    def call(self, *arguments: str, code: int = 0) -> str:
        """Call a command, and return what it prints."""
        self.monkeypatch.setenv("REPORTGEN_IDENTITY", self.identity)
        self.capsys.readouterr()
        ended = run(list(arguments))
        printed = self.capsys.readouterr()
        assert ended == code, printed
        return printed.out

    def status(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.call("status", LETTER, "--format", "json"))
        return found

    def numbers(self, state: str) -> list[int]:
        return [each["number"] for each in self.status()["sentences"] if each["state"] == state]

    def git(self, *arguments: str) -> None:
        git = shutil.which("git")
        assert git is not None
        who = ("-c", "user.name=Ada", "-c", "user.email=ada@example.com")
        subprocess.run([git, *who, *arguments], cwd=self.root, check=True, capture_output=True)  # noqa: S603

    def change(self, path: str, old: str, new: str) -> None:
        file = self.root / path
        text = file.read_text()
        assert old in text
        file.write_text(text.replace(old, new))


@pytest.fixture
def stage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Stage]:
    root = tmp_path / "house"
    shutil.copytree(ROOT / "cases", root / "cases")
    organization = root / "templates/organization/anthropic.yaml"
    organization.parent.mkdir(parents=True)
    shipped = (ROOT / "templates/organization/anthropic.yaml").read_text()
    organization.write_text(shipped.replace("[Street address]", "1 Example Street") + REVIEW)
    letter = root / "cases/alibaba-2026/letters/senate-banking.yaml"
    text = letter.read_text()
    for gap, filling in GAPS.items():
        assert gap in text
        text = text.replace(gap, filling)
    letter.write_text(f"{text}{ACKNOWLEDGED}")
    monkeypatch.chdir(root)
    monkeypatch.delenv("REPORTGEN_SIGNING_KEY", raising=False)
    (tmp_path / "desk").mkdir()
    with office(tmp_path / "desk") as opened:
        made = Stage(root, capsys, monkeypatch, opened)
        made.git("init", "--quiet")
        made.git("add", ".")
        made.git("commit", "--quiet", "-m", "Draft")
        yield made


def test_a_letter_goes_out_comes_back_is_settled_and_one_figure_undoes_what_rests_on_it(
    stage: Stage,
) -> None:
    packet = sent(stage)
    back = edited(stage, packet)
    taken_in(stage, back)
    settled(stage)
    checked_and_approved(stage)
    assert "letter.pdf" in stage.call("build", LETTER, "--final")
    one_figure_changes(stage)


def sent(stage: Stage) -> Path:
    """The author sends the letter to review."""
    folder = stage.root / stage.call("review", LETTER).split("\n")[-3]
    assert (folder / "letter.docx").exists()
    assert stage.status()["sent"][0]["number"] == 1
    return folder


def edited(stage: Stage, packet: Path) -> Path:
    """Counsel edits the Word file: tracked, untracked, a number, a footnote, a comment."""
    back = stage.root.parent / "back.docx"
    (*_, tracking, _, _, _, _, _, _, _) = stage.office.work(
        {"do": "call_me", "name": "Grace Example"},
        {"do": "take", "path": str(packet / "letter.docx")},
        {"do": "tracking"},
        {"do": "replace", "old": "no court or agency", "new": "no court"},
        {"do": "replace", "old": "28.8 million", "new": "28.9 million", "after": "Anthropic cou"},
        {"do": "replace", "old": "after CNBC", "new": "following CNBC"},
        {"do": "comment", "text": "By whom?", "on": "proxy services", "author": "Grace Example"},
        {"do": "track", "on": False},
        {"do": "replace", "old": "goes beyond one company", "new": "goes far beyond one company"},
        {"do": "save", "path": str(back)},
    )
    assert tracking is True
    return back


def taken_in(stage: Stage, back: Path) -> None:
    """The author takes the file in, twice, and applies the patch."""
    summary, patch = stage.call("returned", str(back)).split()
    told = (stage.root / summary).read_text()
    assert "“28.8 million” became “28.9 million”, in sentence 8 (Grace Example" in told
    assert "“or agency” was taken out, in sentence 3 (Grace Example" in told
    assert "“far” was put in, in sentence 28 (**tracking was off**" in told
    by_hand = told.partition("## Edits to be made by hand")[2].partition("##")[0]
    assert "“after” became “following”" in by_hand
    assert by_hand.count("\n1. ") + by_hand.count("\n2. ") == 1
    asked = stage.status()["open"]
    assert [(each["kind"], each["sentence"]) for each in asked] == [("dispute", 8), ("comment", 7)]
    assert asked[0]["origin"]["by"] == asked[1]["origin"]["by"] == "Grace Example"
    stage.call("returned", str(back))
    assert stage.status()["open"] == asked
    stage.git("apply", patch)
    prose = (stage.root / "cases/alibaba-2026/letters/senate-banking.md").read_text()
    assert "no court has decided" in prose
    assert "goes far beyond one company" in prose


def settled(stage: Stage) -> None:
    """The dispute ends with the case file, the question with an answer."""
    stage.change("cases/alibaba-2026/case.yaml", "28.8 million", "28.9 million")
    (asked,) = stage.status()["open"]
    assert asked["kind"] == "comment"
    stage.call("resolve", LETTER, asked["id"], "By the operators; the sentence says so.")
    assert stage.status()["open"] == []


def checked_and_approved(stage: Stage) -> None:
    """Counsel checks: most in the index, in LibreOffice, the others one by one."""
    every = stage.numbers("unchecked")
    assert len(every) == 39
    assert "unchecked-assertion" in stage.call("build", LETTER, "--final", code=1)
    table, back = stage.root.parent / "index.xlsx", stage.root.parent / "checked.xlsx"
    stage.call("index", LETTER, "--format", "xlsx", "--output", str(table))
    marks: list[libreoffice.Step] = [
        {"do": "write", "sheet": SHEET, "head": VERDICT, "row": str(number), "value": "ok"}
        for number in every[2:]
    ]
    stage.office.work({"do": "open", "path": str(table)}, *marks, {"do": "save", "path": str(back)})
    assert "verdict-own" in stage.call("index", LETTER, "--import", str(back), code=1)
    stage.identity = COUNSEL
    stage.call("index", LETTER, "--import", str(back))
    assert stage.numbers("unchecked") == every[:2]
    for number in every[:2]:
        stage.call("verdict", LETTER, str(number), "ok")
    assert stage.numbers("checked") == every
    assert "approval-missing" in stage.call("build", LETTER, "--final", code=1)
    for role in ("counsel", "policy"):
        stage.call("approve", LETTER, "--role", role)


def one_figure_changes(stage: Stage) -> None:
    """What rests on the figure lapses, and nothing else; no final copy is made."""
    stage.change("cases/alibaba-2026/case.yaml", "approximately 25,000", "approximately 24,900")
    status = stage.status()
    lapsed = {each["number"]: each["why"] for each in status["sentences"] if each["why"]}
    assert lapsed.keys() == {8, 9}
    assert lapsed[8] == (
        "`alibaba-2026.accounts` was “approximately 25,000” and is “approximately 24,900”"
    )
    assert stage.numbers("checked") == [number for number in range(1, 40) if number not in {8, 9}]
    assert [(each["role"], each["state"]) for each in status["approvals"]] == [
        ("counsel", "lapsed"),
        ("policy", "lapsed"),
    ]
    refused = stage.call("build", LETTER, "--final", code=1)
    assert refused.count("error[unchecked-assertion]") == 2
    assert "“approximately 25,000” and is “approximately 24,900”" in refused
    assert refused.count("error[approval-lapsed]") == 4
    stage.change("cases/alibaba-2026/case.yaml", "approximately 24,900", "approximately 25,000")
    assert "letter.pdf" in stage.call("build", LETTER, "--final")
