"""The packet for counsel: complete, the same twice, and it asks for legal advice."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reportgen.jobs import papers
from reportgen.jobs.people.identifying import Identity
from reportgen.jobs.review import circulating, redlining, reviewing
from reportgen.jobs.review.circulating import NO_REDLINE
from reportgen.review.log import drafts
from reportgen.workspace import Workspace
from tests.rendering.letter_sample import ROOT
from tests.review.speaking import ADA, at

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportgen.jobs.review.circulating import Packet
    from tests.verapdf.referee import Verdict

WHO = Identity(ADA)
LETTER = Path("alibaba-2026/letters/senate-banking.yaml")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    root = tmp_path_factory.mktemp("workspace")
    shutil.copytree(ROOT / "cases", root / "cases")
    (root / "templates").mkdir()
    return Workspace(root)


@pytest.fixture(scope="module")
def packets(workspace: Workspace) -> tuple[Packet, Packet]:
    """The first packet of a letter, and that of the letter after an edit."""
    letter = workspace.cases / LETTER
    first = circulating.send(workspace, letter, WHO, lambda: at(0))
    prose = letter.with_suffix(".md")
    prose.write_text(prose.read_text().replace("no court or agency", "no court"))
    return first, circulating.send(workspace, letter, WHO, lambda: at(1))


def archived(packet: Packet) -> dict[str, bytes]:
    assert packet.archive is not None
    with zipfile.ZipFile(io.BytesIO(packet.archive.read_bytes())) as file:
        return {name.partition("/")[2]: file.read(name) for name in file.namelist()}


def test_drafts_are_numbered_as_they_are_sent(packets: tuple[Packet, Packet]) -> None:
    assert [(packet.number, packet.since) for packet in packets] == [
        (1, ""),
        (2, "draft 1"),
    ]


def test_the_zip_and_the_folder_hold_the_same_files(packets: tuple[Packet, Packet]) -> None:
    for packet in packets:
        assert packet.folder is not None
        assert archived(packet) == {
            path.name: path.read_bytes() for path in packet.folder.iterdir()
        }
        assert set(archived(packet)) == set(packet.files)
    first, second = (set(packet.files) for packet in packets)
    assert second - first == {"redline.pdf", "redline.docx"}
    assert {"review-copy.pdf", "letter.docx", "index.pdf", "index.xlsx", "lint.txt"} <= first


def test_the_note_asks_for_legal_advice_and_names_every_file(
    packets: tuple[Packet, Packet],
) -> None:
    for packet in packets:
        note = archived(packet)["transmittal.md"].decode()
        assert "I ask for your legal advice" in note
        assert "\\[Counsel\\]" in note
        papers = [name for name in packet.files if not name.startswith("transmittal")]
        assert papers
        assert all(f"**{name}**" in note for name in papers)


def test_the_same_letter_sent_again_is_the_same_packet_unless_no_redline_is_wanted(
    workspace: Workspace, packets: tuple[Packet, Packet]
) -> None:
    before = archived(packets[1])
    log = papers.log_path(workspace.cases / LETTER).read_bytes()
    bare = circulating.send(workspace, workspace.cases / LETTER, WHO, lambda: at(2), NO_REDLINE)
    assert (bare.number, bare.since, bare.folder) == (2, "", packets[1].folder)
    assert bare.folder is not None
    assert {path.name for path in bare.folder.iterdir()} == set(bare.files)
    assert set(packets[1].files) - set(bare.files) == {"redline.pdf", "redline.docx"}
    again = circulating.send(workspace, workspace.cases / LETTER, WHO, lambda: at(2))
    assert again.number == 2
    assert archived(again) == before
    assert papers.log_path(workspace.cases / LETTER).read_bytes() == log


def test_drafts_and_numbers_outlive_what_was_made(
    workspace: Workspace, packets: tuple[Packet, Packet]
) -> None:
    assert packets[1].number == 2
    letter = workspace.cases / LETTER
    workspace.output.rename(aside := workspace.root / "aside")
    log = reviewing.read_log(letter)
    assert [str(each).split()[0] for each in drafts.sent(log)] == ["1", "2"]
    made = redlining.write(workspace, letter, ("1", "2"), ("html",))
    assert [path.name for path in made.paths] == ["redline-1-2.html"]
    shutil.rmtree(workspace.output)
    aside.rename(workspace.output)


LETTERS, REPORTS = ["redline.pdf", "review-copy.pdf"], ["index.pdf", "transmittal.pdf"]


@pytest.mark.slow
@pytest.mark.parametrize(("profile", "papers"), [("2a", LETTERS), ("ua1", LETTERS + REPORTS)])
def test_every_pdf_of_a_packet_keeps_to_the_standards(
    verapdf: Callable[[Path, str], Verdict],
    packets: tuple[Packet, Packet],
    profile: str,
    papers: list[str],
) -> None:
    folder = packets[1].folder
    assert folder is not None
    assert {path.name for path in folder.glob("*.pdf")} == {*LETTERS, *REPORTS}
    assert [name for name in papers if not verapdf(folder / name, profile).compliant] == []


def test_a_redline_of_two_kept_drafts_says_what_changed(
    workspace: Workspace, packets: tuple[Packet, Packet]
) -> None:
    assert packets[1].number == 2
    made = redlining.write(workspace, workspace.cases / LETTER, ("1", "2"), ("html", "docx"))
    assert made.redline is not None
    tally = made.redline.tally
    assert (tally.inserted, tally.deleted, tally.moved) == (0, 2, 0)
    assert [path.name for path in made.paths] == ["redline-1-2.html", "redline-1-2.docx"]
    assert "<del>or agency </del>" in made.paths[0].read_text()


def test_a_draft_is_called_by_the_version_on_its_pages_too(
    workspace: Workspace, packets: tuple[Packet, Packet]
) -> None:
    assert packets[1].number == 2
    first = drafts.sent(reviewing.read_log(workspace.cases / LETTER))[0]
    name = drafts.version(first.digest)
    made = redlining.write(workspace, workspace.cases / LETTER, (name, None), ("html",))
    assert made.names == ("draft 1", "today’s draft")
    assert "redline-1-today.html" in {path.name for path in made.paths}


@pytest.mark.parametrize("name", ["99", "v000000"])
def test_a_draft_that_nobody_kept_is_named(workspace: Workspace, name: str) -> None:
    made = redlining.write(workspace, workspace.cases / LETTER, (name, None), ("html",))
    assert [problem.code for problem in made.problems] == ["unknown-draft"]
