"""Serial letters: one letter, many recipients, and nothing done twice."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
import pytest

from reportgen.archive.layout import COPIES, Archive
from reportgen.jobs.archive.dispatching import Sending
from reportgen.jobs.archive.sealing import submit
from reportgen.jobs.series import serial
from reportgen.jobs.verification.judging import Inquiry
from reportgen.jobs.verification.verifying import verify
from reportgen.problems.model import Refusal, Severity
from reportgen.workspace import Workspace
from tests.jobs import house as invented

if TYPE_CHECKING:
    from reportgen.jobs.archive.sealing import Sealed
    from reportgen.jobs.series.serial import Posted

ROOT = Path(__file__).parents[2]
LETTER = "alibaba-2026/senate-banking"
SENT = datetime(2026, 4, 20, 15, 4, tzinfo=UTC)
HEAD = "name,title,salutation,office,short,address,body\n"


@pytest.fixture
def house(tmp_path: Path) -> Workspace:
    for name in ("cases", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return Workspace(tmp_path)


def listed(house: Workspace, count: int) -> Path:
    rows = (
        f'[Member {n}],Member,Member {n},"Committee on Banking, Housing, and Urban Affairs",'
        f"the Committee,{n} Example Building|Washington,United States Senate\n"
        for n in range(1, count + 1)
    )
    path = house.root / "list.csv"
    path.write_text(HEAD + "".join(rows), encoding="utf-8")
    return path


def letter(house: Workspace) -> Path:
    return house.cases / "alibaba-2026" / "letters" / "senate-banking.yaml"


def posted(
    house: Workspace, file: Path, formats: tuple[str, ...] = ("txt",), jobs: int = 1
) -> Posted:
    found, problems = serial.listed(house, letter(house), file, "utf-8")
    assert problems == ()
    order = serial.Series(house, letter(house), found, formats, workers=jobs)
    return serial.write(order, lambda _: None)


def test_each_copy_greets_its_own_recipient_and_says_the_same(house: Workspace) -> None:
    made = posted(house, listed(house, 3))
    texts = [
        (made.folder / files[0].name).read_text(encoding="utf-8")
        for _, files in sorted(made.copies.items())
    ]
    assert len(texts) == 3
    for number, text in enumerate(texts, 1):
        assert f"Dear Member {number}:" in text
        assert f"{number} Example Building" in text
    # But for the legend, which is of each draft, they differ in whom they address alone.
    alike = {re.sub(r"Member \d|\d Example|line \d|DRAFT v\w+", "", text) for text in texts}
    assert len(alike) == 1
    assert not any(each.code == "serial-differs" for each in made.problems)


def test_a_copy_that_would_say_something_else_is_told_of_at_its_row(house: Workspace) -> None:
    file = listed(house, 2)
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("the Committee,2", "the Office,2"), encoding="utf-8")
    told = [each for each in posted(house, file).problems if each.code == "serial-differs"]
    assert [each.place.span.line for each in told if each.place.span] == [3]
    assert "the Office" in told[0].message


def test_the_manifest_names_every_file_and_the_printer_gets_full_sheets(house: Workspace) -> None:
    made = posted(house, listed(house, 2), ("pdf",))
    manifest = json.loads((made.folder / "manifest.json").read_bytes())
    assert [each["number"] for each in manifest["copies"]] == [1, 2]
    assert all((made.folder / each["file"]).is_file() for each in manifest["copies"])
    assert (made.folder / "manifest.csv").read_text("utf-8-sig").count("[Member") == 2
    with pikepdf.open(made.folder / "all.pdf") as whole:
        pages = len(whole.pages)
    even = sum(each["pages"] + each["pages"] % 2 for each in manifest["copies"])
    assert pages == even
    text = pypdfium2.PdfDocument(made.folder / "all.pdf")[pages // 2].get_textpage()
    assert "Dear Member 2:" in text.get_text_bounded()


def test_what_is_there_is_not_made_again_and_what_was_altered_is(house: Workspace) -> None:
    file = listed(house, 3)
    first = posted(house, file)
    again = posted(house, file)
    assert (first.kept, again.kept) == (0, 3)
    spoiled = first.folder / first.copies[2][0].name
    spoiled.write_bytes(b"")
    assert posted(house, file).kept == 2
    assert spoiled.read_bytes() != b""


def test_a_change_of_the_letter_makes_every_copy_anew(house: Workspace) -> None:
    file = listed(house, 2)
    posted(house, file)
    path = letter(house)
    path.write_text(path.read_text().replace("Via electronic mail", "By hand"), encoding="utf-8")
    made = posted(house, file)
    assert made.kept == 0
    assert "By hand" in (made.folder / made.copies[1][0].name).read_text(encoding="utf-8")


def test_a_shorter_list_leaves_no_copy_behind(house: Workspace) -> None:
    before = posted(house, listed(house, 3))
    after = posted(house, listed(house, 2))
    left = {each.name for each in after.folder.glob("0*.txt")}
    assert left == {files[0].name for files in after.copies.values()}
    assert len(before.copies) == len(left) + 1


def test_a_final_series_is_refused_while_the_letter_is_open(house: Workspace) -> None:
    found, _ = serial.listed(house, letter(house), listed(house, 2), "utf-8")
    order = serial.Series(house, letter(house), found, ("txt",), final=True)
    made = serial.write(order, lambda _: None)
    assert made.copies == {}
    assert {each.code for each in made.problems} >= {"placeholder-left", "recipient-unverified"}
    assert not made.folder.exists()


def test_recipients_are_offices_of_the_directory_too(house: Workspace) -> None:
    found, problems = serial.looked_up(house, letter(house), "us-senate-banking", None)
    assert problems == ()
    order = serial.Series(house, letter(house), found, ("txt",))
    made = serial.write(order, lambda _: None)
    texts = [(made.folder / each.name).read_text() for (each,) in made.copies.values()]
    assert sum("Dear Chairman Scott:" in text for text in texts) == 1
    assert sum("Dear Ranking Member Warren:" in text for text in texts) == 1
    assert all(each.place.document.endswith(".yaml") for each in made.problems)


def test_an_office_that_is_not_there_is_told(house: Workspace) -> None:
    found, problems = serial.looked_up(house, letter(house), "the moon", None)
    assert found == ()
    assert [each.code for each in problems] == ["unknown-recipient"]


@pytest.mark.slow
def test_whoever_is_killed_goes_on_where_they_were(house: Workspace) -> None:
    file = listed(house, 12)
    command = (
        *(sys.executable, "-m", "reportgen", "serial", LETTER, "--list", str(file)),
        *("--format", "txt", "--jobs", "2"),
    )
    journal = house.output / LETTER / "serial" / "journal.jsonl"
    process = subprocess.Popen(  # noqa: S603 - a command of this file
        command, cwd=house.root, start_new_session=True, stderr=subprocess.PIPE
    )
    for _ in range(3_000):
        if journal.exists() and journal.read_bytes().count(b"\n") >= 4:
            break
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    done = journal.read_bytes().count(b"\n") - 1
    assert done >= 3
    again = subprocess.run(  # noqa: S603 - a command of this file
        command, cwd=house.root, capture_output=True, text=True, check=False
    )
    assert again.returncode == 0, again.stderr
    assert f"{12 - done} letter" in again.stderr
    assert f"{done} were there" in again.stderr
    assert len(list(journal.parent.glob("0*.txt"))) == 12


# --- submitted --------------------------------------------------------------------------------------


def mailed(folder: Path) -> tuple[Workspace, Path]:
    """A letter of invented people that went to two, final: its house, and where its copies are."""
    workspace = invented.house(folder)
    invented.build(workspace, "txt", final=True)
    row = 'Member {0},Member,Member {0},"{1}",the Committee,{0} Example Building,x,2026-03-01,a page\n'
    head = HEAD.strip() + ",verified,source\n"
    file = workspace.root / "list.csv"
    office = "Committee on Fictional Affairs"
    file.write_text(head + "".join(row.format(n, office) for n in (1, 2)), encoding="utf-8")
    path = invented.letter_of(workspace)
    found, problems = serial.listed(workspace, path, file, "utf-8")
    assert problems == ()
    made = serial.write(serial.Series(workspace, path, found, ("txt",), final=True), lambda _: None)
    assert len(made.papers) == 2, made.problems
    return workspace, made.folder


def submitted(house: Workspace) -> Sealed:
    sending = Sending(SENT, "electronic mail", "Ada Example <ada@example.com>", serial=True)
    return submit(house, invented.letter_of(house), sending, lambda: SENT)


def test_a_letter_to_many_is_one_record_that_proves_what_each_of_them_got(tmp_path: Path) -> None:
    house, folder = mailed(tmp_path / "house")
    sealed = submitted(house)
    assert sealed.record is not None, sealed.problems
    assert sealed.bag is not None
    assert sealed.record.addressees == ("Member 1", "Member 2")
    out = {each.path.removeprefix("data/sent/serial/"): each for each in sealed.record.sent}
    assert sorted(out) == [
        "0001-member-1.txt", "0002-member-2.txt", "manifest.csv", "manifest.json",
    ]  # fmt: skip
    copies = json.loads((sealed.bag / out["manifest.json"].path).read_bytes())["copies"]
    assert [each["recipient"][0] for each in copies] == ["Member 1", "Member 2"]
    for each in copies:
        assert out[each["file"]].sha256 == each["sha256"]
        content = (folder / each["file"]).read_bytes()
        assert (sealed.bag / out[each["file"]].path).read_bytes() == content
    assert (sealed.bag / COPIES / "letter.txt").exists(), "the letter that was approved"
    verified = verify(Inquiry(Archive(house.archive), lambda: SENT))
    assert not isinstance(verified, Refusal)
    assert verified.holds, verified
    assert [each.code for each in submitted(house).problems] == ["already-submitted"]


def test_a_copy_that_was_altered_and_copies_of_another_letter_are_not_sealed(
    tmp_path: Path,
) -> None:
    house, folder = mailed(tmp_path / "house")
    copy = folder / "0002-member-2.txt"
    content = copy.read_bytes()
    copy.write_bytes(content + b" ")
    refused = submitted(house)
    assert refused.record is None
    assert [(each.code, Path(each.place.document).name) for each in refused.problems] == [
        ("final-altered", "0002-member-2.txt")
    ]
    copy.write_bytes(content)
    path = invented.letter_of(house)
    path.write_text(path.read_text().replace("General Counsel", "Counsel"))
    invented.build(house, "txt", final=True)
    refused = submitted(house)
    assert refused.record is None
    assert [each.code for each in refused.problems if each.severity is Severity.ERROR] == [
        "final-missing"
    ]
    for each in folder.iterdir():
        each.unlink()
    assert "there are no final copies" in submitted(house).problems[-1].message
