"""A letter that was sent is sealed with all that proves it, or does not count as sent."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reportgen.archive import layout, ledger, records
from reportgen.archive.bags import bagging
from reportgen.archive.layout import Archive
from reportgen.archive.model import Event
from reportgen.cli.main import run
from reportgen.jobs.archive import sealing
from reportgen.jobs.archive.dispatching import Sending
from reportgen.jobs.drafts import freshness
from reportgen.jobs.drafts.composing import composition
from reportgen.jobs.ledger.booking import Book
from reportgen.jobs.review import indexing
from reportgen.review import consistency
from reportgen.workspace import Workspace
from tests.archive.conftest import NOW, SENT
from tests.archive.sealed import BY, clock
from tests.jobs import house

if TYPE_CHECKING:
    from reportgen.jobs.archive.sealing import Sealed

ROOT = Path(__file__).parents[2]
NAME = "2026-06-10-example-2026-committee"
SENDING = Sending(SENT, "electronic mail", BY)


def submit(workspace: Workspace, sending: Sending = SENDING) -> Sealed:
    return sealing.submit(workspace, house.letter_of(workspace), sending, clock(NOW))


def refused(workspace: Workspace, sending: Sending = SENDING) -> list[str]:
    """The codes of what stands in the way; and nothing looks as if the letter had been sent."""
    archive = Archive(workspace.archive)
    before = archive.ledger.read_bytes() if archive.ledger.exists() else b""
    known = records.record_ids(archive)
    sealed = submit(workspace, sending)
    assert sealed.record is None
    assert sealed.bag is None
    assert records.record_ids(archive) == known
    assert (archive.ledger.read_bytes() if archive.ledger.exists() else b"") == before
    return [each.code for each in sealed.problems]


def bag_of(workspace: Workspace) -> Path:
    return Archive(workspace.archive).bag(NAME)


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


# --- what is in it --------------------------------------------------------------------------------


def test_what_went_out_is_sealed_byte_for_byte(submitted: Workspace) -> None:
    final = submitted.output / "example-2026/committee/final"
    sent = bag_of(submitted) / layout.SENT
    assert {path.name for path in sent.iterdir()} == {"letter.pdf", "letter.txt"}
    for path in sent.iterdir():
        assert path.read_bytes() == (final / path.name).read_bytes()


def test_the_record_says_who_sent_what_to_whom_when_and_how(submitted: Workspace) -> None:
    record, problems = records.read(bag_of(submitted))
    assert not problems
    assert record is not None
    assert (record.letter, record.family) == ("example-2026/committee", "committee")
    assert record.submitted.at == SENT
    assert (record.submitted.via, record.submitted.by) == ("electronic mail", BY)
    assert record.recipients == ("example-committee.chair", "example-committee.ranking-member")
    assert [(each.path, each.pages) for each in record.sent] == [
        ("data/sent/letter.pdf", 3),
        ("data/sent/letter.txt", None),
    ]


def test_the_bag_is_whole_and_the_ledger_vouches_for_it(submitted: Workspace) -> None:
    bag = bag_of(submitted)
    assert bagging.objections(bag) == ()
    said = ledger.read(Archive(submitted.archive).ledger.read_bytes())
    (entry,) = said.entries
    assert not said.faults
    assert (entry.event, entry.record) == (Event.SUBMITTED, NAME)
    assert entry.bag == bagging.digest((bag / bagging.TAG_MANIFEST).read_bytes())


def test_what_the_letter_states_is_in_the_record(submitted: Workspace) -> None:
    said, problems = consistency.read((bag_of(submitted) / layout.FACTS).read_bytes(), "facts")
    assert not problems
    assert said is not None
    assert "example-2026.exchanges" in {each.address for each in said.facts}


def test_its_index_has_the_places_of_the_very_pages_that_went_out(submitted: Workspace) -> None:
    """They are kept from building it; laid out again as a draft, it says the same."""
    letter = house.letter_of(submitted)
    composed, problems = composition(submitted, letter, ("pdf", "index.html"))
    assert composed is not None, problems
    index, _ = indexing.indexed(composed, {})
    assert any(row.position is not None and row.position.page == 2 for row in index.rows)
    sealed = (bag_of(submitted) / layout.INDEX / "index.csv").read_bytes()
    again, _ = indexing.rendered(index, composed, "csv")
    assert again is not None
    assert places(again.content) == places(sealed)
    record = freshness.read(submitted.output / "example-2026/committee/final")
    assert record is not None
    assert record.places


def places(table: bytes) -> list[str]:
    """The page and line of each sentence of an index."""
    rows = csv.DictReader(StringIO(table.decode("utf-8-sig")))
    found = [row["Place in the PDF"] for row in rows]
    assert any(found)
    return found


def test_its_inputs_are_told_by_digest_also_those_that_were_not_there(
    submitted: Workspace,
) -> None:
    inputs = json.loads((bag_of(submitted) / layout.INPUTS).read_bytes())
    assert inputs["cases/example-2026/case.yaml"]
    assert inputs["cases/example-2026/letters/committee.md"] is None
    assert inputs["templates/styles/type.css"] is None
    assert inputs["shipped/styles/type.css"]


def test_everything_that_had_a_part_is_told_by_version(submitted: Workspace) -> None:
    versions = json.loads((bag_of(submitted) / layout.VERSIONS).read_bytes())
    assert versions["program"] == freshness.program()
    assert set(versions["libraries"]) == {"fontconfig", "harfbuzz", "pango", "subsetter", "zlib"}
    assert "unknown" not in versions["libraries"].values()
    assert versions["packages"]["weasyprint"] == "70.0"


@pytest.mark.slow
def test_the_sources_of_a_record_are_a_workspace_that_builds_the_same_letter(
    submitted: Workspace, tmp_path: Path
) -> None:
    again = Workspace(tmp_path / "again")
    (bag_of(submitted) / layout.SOURCES).rename(again.root)
    made = house.build(again, "pdf", "txt", final=True)
    for name, content in made.items():
        assert content == (bag_of(submitted) / layout.SENT / name).read_bytes()


def test_nothing_in_a_bag_tells_where_on_the_machine_it_was_made(submitted: Workspace) -> None:
    places = [str(ROOT).encode(), b"/tmp/", b"house/"]
    found = tree(bag_of(submitted))
    assert len(found) > 50
    assert [
        name for name, content in found.items() if any(each in content for each in places)
    ] == []


def test_the_license_of_the_typefaces_goes_where_they_go(submitted: Workspace) -> None:
    fonts = bag_of(submitted) / layout.SOURCES / "templates/fonts"
    assert (fonts / "SourceSerif4-Regular.ttf").exists()
    assert (fonts / "OFL.txt").exists()


def test_files_that_went_with_it_are_sealed(built: Workspace, tmp_path: Path) -> None:
    (tmp_path / "table.csv").write_bytes(b"Month,Exchanges\nApril,3\n")
    sealed = submit(built, replace(SENDING, enclosures=(tmp_path / "table.csv",)))
    assert sealed.record is not None
    enclosed = sealed.record.sent[-1]
    assert (enclosed.path, enclosed.media_type) == ("data/sent/enclosures/table.csv", "text/csv")
    assert (bag_of(built) / enclosed.path).read_bytes() == b"Month,Exchanges\nApril,3\n"


def test_what_did_not_go_out_lies_apart_so_that_it_can_be_read(built: Workspace) -> None:
    final = built.output / "example-2026/committee/final"
    (final / "build.json").unlink()
    (final / "letter.txt").unlink()
    house.build(built, "pdf", final=True)
    sealed = submit(built)
    assert sealed.record is not None
    assert [each.path for each in sealed.record.sent] == ["data/sent/letter.pdf"]
    assert "1.2 million" in (bag_of(built) / layout.COPIES / "letter.txt").read_text()


def test_comments_and_drafts_stay_out_unless_they_are_asked_for(
    built: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPORTGEN_IDENTITY", "Carol Counsel <carol@example.com>")
    monkeypatch.chdir(built.root)
    name = "example-2026/committee"
    assert run(["comment", name, "Privileged: are we sure of this?"]) == 0
    assert run(["verdict", name, "1", "ok"]) == 0
    assert run(["approve", name, "--role", "counsel"]) == 0
    first = submit(built, replace(SENDING, to=("example-committee.chair",)))
    second = submit(
        built, replace(SENDING, to=("example-committee.ranking-member",), with_review=True)
    )
    assert first.bag is not None, first.problems
    assert second.bag is not None, second.problems
    approvals = (first.bag / layout.APPROVALS).read_text()
    assert [json.loads(each)["kind"] for each in approvals.splitlines()] == ["verdict", "approval"]
    secret = b"Privileged"
    assert [name for name, content in tree(first.bag).items() if secret in content] == []
    assert not (first.bag / layout.REVIEW).exists()
    found = tree(second.bag)
    assert secret in found[f"{layout.REVIEW}/committee.review.jsonl"]
    assert any(each.startswith(f"{layout.REVIEW}/committee.drafts/") for each in found)


# --- the same bag ---------------------------------------------------------------------------------

_PROGRAM = """
import sys
from datetime import datetime
from pathlib import Path
from reportgen.cli.main import run
import os
os.umask(int(sys.argv[2], 8))
sys.exit(run(["submit", "example-2026/committee", "--via", "electronic mail",
              "--at", "2026-06-10T15:04-04:00", "-C", sys.argv[1]]))
"""


def test_two_processes_with_other_seeds_zones_and_folders_seal_the_same_bag(
    built: Workspace, tmp_path: Path
) -> None:
    bags = []
    elsewhere = tmp_path / "another/place"
    elsewhere.parent.mkdir()
    for seed, zone, umask, place in (
        ("1", "America/New_York", "022", None),
        ("77", "Asia/Tokyo", "077", elsewhere),
    ):
        if place is not None:
            built.root.rename(place)
        root = place or built.root
        environment = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "TZ": zone,
            "REPORTGEN_IDENTITY": BY,
        }
        subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-c", _PROGRAM, str(root), umask],
            cwd=ROOT if place is None else root / "cases",
            env=environment,
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        bag = Archive(Workspace(root).archive).bag(NAME)
        bags.append(tree(bag))
        bag.parent.parent.rename(tmp_path / f"archive-{seed}")
    assert [name for name in bags[0] if bags[0][name] != bags[1].get(name)] == []
    assert bags[0].keys() == bags[1].keys()


# --- what is refused ------------------------------------------------------------------------------


def test_a_letter_without_a_final_copy_is_refused(tmp_path: Path) -> None:
    workspace = house.house(tmp_path / "house")
    assert refused(workspace) == ["final-missing"]
    assert not workspace.archive.exists()


def test_a_copy_that_says_something_else_than_the_letter_today_is_refused_and_kept(
    built: Workspace,
) -> None:
    case = built.cases / house.CASE / "case.yaml"
    case.write_text(case.read_text().replace("quantity: 1.2 million", "quantity: 1.3 million"))
    final = built.output / "example-2026/committee/final"
    before = tree(final)
    assert refused(built)[-1] == "final-missing"
    assert tree(final) == before


def test_a_copy_that_somebody_has_changed_is_refused(built: Workspace) -> None:
    pdf = built.output / "example-2026/committee/final/letter.pdf"
    pdf.write_bytes(pdf.read_bytes() + b"\n")
    assert refused(built) == ["final-altered"]


def test_the_same_letter_is_not_submitted_twice_to_the_same(submitted: Workspace) -> None:
    later = replace(SENDING, at=SENT + timedelta(hours=1), via="courier")
    assert refused(submitted, later) == ["already-submitted"]
    assert refused(submitted, replace(later, to=("example-committee.chair",))) == [
        "already-submitted"
    ]


def test_the_same_letter_may_go_to_others_and_is_a_record_of_its_own(built: Workspace) -> None:
    for number, office in enumerate(("chair", "ranking-member"), 1):
        sealed = submit(built, replace(SENDING, to=(f"example-committee.{office}",)))
        assert sealed.record is not None, sealed.problems
        assert sealed.record.id == (NAME if number == 1 else f"{NAME}-2")
        assert len(sealed.record.addressees) == 1


def test_what_was_withdrawn_may_be_submitted_again(submitted: Workspace) -> None:
    Book(Archive(submitted.archive), BY, clock(NOW)).enter(Event.WITHDRAWN, NAME)
    sealed = submit(submitted)
    assert sealed.record is not None
    assert sealed.record.id == f"{NAME}-2"


def test_nobody_whom_the_directory_does_not_know_is_sent_anything(built: Workspace) -> None:
    assert refused(built, replace(SENDING, to=("exmaple-committee.chair",))) == [
        "unknown-recipient"
    ]


def test_what_has_not_happened_is_not_put_on_record(built: Workspace) -> None:
    assert refused(built, replace(SENDING, at=NOW + timedelta(days=1))) == ["sent-in-future"]


def test_a_letter_sent_before_its_date_is_put_on_record_and_told(built: Workspace) -> None:
    sealed = submit(built, replace(SENDING, at=SENT - timedelta(days=365)))
    assert sealed.record is not None
    assert "sent-before-dated" in {each.code for each in sealed.problems}


def test_two_enclosures_of_one_name_are_refused(built: Workspace, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.csv").write_text(folder)
    both = (tmp_path / "one/a.csv", tmp_path / "two/a.csv")
    assert refused(built, replace(SENDING, enclosures=both)) == ["enclosure-twice"]
    assert refused(built, replace(SENDING, enclosures=(tmp_path / "missing",))) == ["file-missing"]


def test_a_broken_ledger_is_not_added_to(submitted: Workspace) -> None:
    path = Archive(submitted.archive).ledger
    path.write_bytes(path.read_bytes().replace(b"electronic", b"ELECTRONIC", 1))
    broken = path.read_bytes() + b"{}\n"
    path.write_bytes(broken)
    assert refused(submitted) == ["ledger-broken"]


# --- the commands ---------------------------------------------------------------------------------


def test_the_command_says_what_was_sealed_and_the_head(
    built: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("REPORTGEN_IDENTITY", BY)
    monkeypatch.chdir(built.root)
    arguments = ["example-2026/committee", "--via", "electronic mail"]
    assert run(["submit", *arguments, "--at", "2026-06-10T15:04-04:00"]) == 0
    told = capsys.readouterr()
    assert told.out.splitlines()[-1] == f"output/archive/records/{NAME}"
    assert "sealed: example-2026/committee, 2 files" in told.err
    assert run(["archive", "head"]) == 0
    head = capsys.readouterr().out.strip()
    assert f"head of the ledger: {head}" in told.err
    assert run(["submit", *arguments]) == 1
    assert "not submitted: nothing was put into the archive" in capsys.readouterr().err


@pytest.mark.parametrize("at", ["2026-06-10T15:04", "yesterday", "2026-13-01T00:00Z"])
def test_a_time_without_its_offset_is_wrong_use(at: str, built: Workspace) -> None:
    arguments = ["example-2026/committee", "--via", "mail", "--at", at, "-C", str(built.root)]
    assert run(["submit", *arguments]) == 2
