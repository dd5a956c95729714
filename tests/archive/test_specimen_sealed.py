"""The specimen letter on its whole way through an archive, in a copy that its gaps are filled in.

Nothing of it is sent: the signatory is invented, and somebody who is invented too answers for
recipients whom nobody has looked up.
"""

from __future__ import annotations

import shutil
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from reportgen.archive import ledger
from reportgen.archive.finding import saying, searching
from reportgen.archive.found import Sought
from reportgen.archive.layout import Archive
from reportgen.archive.verification import fixity, verifying
from reportgen.files.shelf import Shelf
from reportgen.jobs.archive import sealing
from reportgen.jobs.archive.dispatching import Sending
from reportgen.jobs.building import drafting
from reportgen.jobs.building.ordering import Order
from reportgen.jobs.catalog import cataloging
from reportgen.jobs.handover import handing, receiving
from reportgen.jobs.verification.judging import Inquiry
from reportgen.jobs.verification.verifying import verify
from reportgen.problems.model import Refusal
from reportgen.problems.printing import Format, render
from reportgen.workspace import Workspace
from tests.archive.conftest import NOW, SENT
from tests.archive.sealed import BY, book, clock
from tests.test_specimen import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.archive.ledger import Head
    from reportgen.archive.verdicts import Verification
    from reportgen.jobs.building.ordering import Built

CASE = "alibaba-2026"
RECORD = "2026-06-10-alibaba-2026-senate-banking"
FILLINGS = {"[Signatory]": "Casey Specimen", "[Title]": "General Counsel"}
ACKNOWLEDGED = """\
acknowledged:
  - recipient: us-senate-banking.chair
    by: Casey Specimen
    date: 2026-06-09
    reason: a rehearsal, which is sent to nobody
  - recipient: us-senate-banking.ranking-member
    by: Casey Specimen
    date: 2026-06-09
    reason: a rehearsal, which is sent to nobody
"""


def filled(path: Path, fillings: dict[str, str], more: str = "") -> None:
    text = path.read_text(encoding="utf-8")
    for gap, filling in fillings.items():
        assert gap in text
        text = text.replace(gap, filling)
    path.write_text(text + more, encoding="utf-8")


def letter_of(workspace: Workspace, name: str = "senate-banking") -> Path:
    return workspace.cases / CASE / "letters" / f"{name}.yaml"


def built(workspace: Workspace, name: str = "senate-banking") -> Built:
    order = Order(workspace, workspace.output, ("pdf", "txt"), final=True)
    (made,) = drafting.build(order, [letter_of(workspace, name)])
    return made


@pytest.fixture(scope="module")
def _sealed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The specimen's workspace, rehearsed: its letter is built as final, and submitted."""
    root = tmp_path_factory.mktemp("specimen") / "house"
    shutil.copytree(ROOT / "cases", root / "cases")
    shutil.copytree(ROOT / "templates/organization", root / "templates/organization")
    workspace = Workspace(root)
    sender = workspace.templates / "organization/anthropic.yaml"
    filled(sender, {"[Street address]": "1 Specimen Street"})
    filled(letter_of(workspace), FILLINGS, ACKNOWLEDGED)
    made = built(workspace)
    assert made.artifacts, render(made.problems, Shelf(), Format.FULL)
    sending = Sending(SENT, "electronic mail", BY)
    done = sealing.submit(workspace, letter_of(workspace), sending, clock(NOW))
    assert done.record is not None, render(done.problems, Shelf(), Format.FULL)
    assert done.record.id == RECORD
    return root


@pytest.fixture
def workspace(_sealed: Path, tmp_path: Path) -> Workspace:
    shutil.copytree(_sealed, tmp_path / "house")
    for path in (tmp_path / "house/output/archive/records").rglob("*"):
        path.chmod(path.stat().st_mode | 0o200)  # to be tampered with
    return Workspace(tmp_path / "house")


@pytest.fixture
def archive(workspace: Workspace) -> Archive:
    return Archive(workspace.archive)


def head_of(archive: Archive) -> Head:
    head = ledger.read(archive.ledger.read_bytes()).head
    assert head is not None
    return head


def verified(archive: Archive, head: Head | None = None, *, rendering: bool) -> Verification:
    told = verify(Inquiry(archive, clock(), (), head, rendering))
    assert not isinstance(told, Refusal), told
    return told


def test_the_specimen_is_found_by_a_word_a_recipient_a_day_and_a_fact(archive: Archive) -> None:
    sought = Sought('"proxy services"', "senate", date(2026, 1, 1), fact=f"{CASE}.accounts")
    hits, problems = cataloging.ask(archive, lambda catalog: searching.search(catalog, sought))
    assert problems == ()
    assert not isinstance(hits, Refusal)
    assert [hit.record.id for hit in hits] == [RECORD]
    said, _ = cataloging.ask(archive, lambda catalog: saying.facts(catalog, f"{CASE}.exchanges"))
    assert ("28.8 million", "28750000..28850000") in {
        (each.said.text, each.said.value) for each in said
    }
    assert {each.record.id for each in said} == {RECORD}


def test_the_specimen_is_handed_over_and_verified_where_it_came_to(
    archive: Archive, tmp_path: Path
) -> None:
    """Verified, exported, imported elsewhere, and built again there from what was handed over."""
    head = head_of(archive)
    here = verified(archive, head, rendering=False)
    assert here.holds
    done = handing.export(archive, (RECORD,), tmp_path / "records.zip", clock(NOW))
    assert done.problems == ()
    elsewhere = Archive(tmp_path / "elsewhere")
    taken = receiving.take_in(book(elsewhere, NOW), tmp_path / "records.zip", head)
    assert (taken.taken, taken.problems) == ((RECORD,), ())
    there = verified(elsewhere, rendering=True)
    assert there.holds
    (record,) = there.records
    assert record.rerendering.found == "the same bytes: letter.pdf, letter.txt"


def test_a_bit_flipped_in_any_file_of_the_specimen_is_found_and_named(archive: Archive) -> None:
    bag = archive.bag(RECORD)
    accounts = verifying.accounts(ledger.read(archive.ledger.read_bytes()))
    names = sorted(path.relative_to(bag).as_posix() for path in bag.rglob("*") if path.is_file())
    assert len(names) > 60
    for count, name in enumerate(names):
        sound = (bag / name).read_bytes()
        content = bytearray(sound or b"\0")
        content[(count * 7919) % len(content)] ^= 1 << count % 8
        (bag / name).write_bytes(content)
        found = fixity.examine(bag)
        assert name in {fault.place for fault in found.faults}
        told = verifying.in_ledger(RECORD, accounts[RECORD], found.digest)
        assert bool(told.faults) == (name == "tagmanifest-sha256.txt")
        (bag / name).write_bytes(sound)
    assert fixity.examine(bag).faults == ()


def test_a_file_added_removed_or_renamed_in_the_specimen_is_named(archive: Archive) -> None:
    bag = archive.bag(RECORD)
    (bag / "data/sent/annex.pdf").write_bytes(b"%PDF-1.7\n")
    (bag / "data/proof/facts.json").unlink()
    (bag / "data/proof/inputs.json").rename(bag / "data/proof/outputs.json")
    (record,) = verified(archive, rendering=True).records
    assert {fault.place for fault in record.fixity.faults} >= {
        "data/sent/annex.pdf",
        "data/proof/facts.json",
        "data/proof/inputs.json",
    }
    assert not record.rerendering.asked, "what was not proved to be what was sealed is not run"


@pytest.mark.parametrize("attack", ["changed", "cut", "appended"])
def test_a_ledger_that_somebody_wrote_in_is_not_that_of_the_head(
    archive: Archive, attack: str
) -> None:
    head, line = head_of(archive), archive.ledger.read_bytes()
    archive.ledger.write_bytes(
        {"changed": line.replace(b"electronic", b"registered"), "cut": b"", "appended": line * 2}[
            attack
        ]
    )
    assert not verified(archive, head, rendering=False).holds


def test_a_second_letter_that_says_another_number_of_the_same_fact_is_stopped(
    workspace: Workspace,
) -> None:
    filled(
        workspace.cases / CASE / "case.yaml", {"quantity: 28.8 million": "quantity: 29.3 million"}
    )
    second = letter_of(workspace, "senate-banking-2")
    second.write_text(letter_of(workspace).read_text(encoding="utf-8"), encoding="utf-8")
    made = built(workspace, second.stem)
    assert not made.artifacts
    stopped = [each for each in made.problems if each.code == "said-otherwise"]
    assert any("28.8 million" in each.message and RECORD in each.message for each in stopped)
    sending = Sending(datetime.fromisoformat("2026-06-10T18:00-04:00"), "electronic mail", BY)
    done = sealing.submit(workspace, second, sending, clock(NOW))
    assert done.record is None
    assert len(ledger.read(Archive(workspace.archive).ledger.read_bytes()).lines) == 1
