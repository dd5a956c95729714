"""The museum of tampering: what a release sealed, attacked in every way, and each attack caught.

An attack is named for what somebody does. Whoever alters a bag and makes its manifests fit meets
the ledger; whoever writes the ledger anew meets the head that somebody else has written down.
"""

from __future__ import annotations

import json
import os
import shutil
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from reportgen.archive import layout, ledger
from reportgen.archive.bags import bagging
from reportgen.archive.ledger import Head, written
from reportgen.archive.model import BEGINNING, Entry, Event
from reportgen.archive.verdicts import Verification
from reportgen.jobs.verification.judging import Inquiry
from reportgen.jobs.verification.verifying import verify
from tests.archive.sealed import book, clock
from tests.records import museum

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reportgen.archive.layout import Archive

RECORD = "2026-06-10-example-2026-committee"
OTHER = "2026-06-11-example-2026-committee"
RELEASE = museum.releases()[-1]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with the record of a release, its receipt, and a second record."""
    archive = museum.unpacked(RELEASE, tmp_path_factory.mktemp("whole") / "archive")
    payload = payload_of(archive.bag(RECORD))
    payload[layout.RECORD] = payload[layout.RECORD].replace(RECORD.encode(), OTHER.encode())
    bagged = bagging.write(archive.bag(OTHER), payload, info_of(archive.bag(RECORD)))
    entry, problems = book(archive).enter(Event.SUBMITTED, OTHER, bagged.digest)
    assert entry is not None, problems
    return archive.root


@pytest.fixture
def archive(whole: Path, tmp_path: Path) -> Archive:
    shutil.copytree(whole, tmp_path / "archive")
    return layout.Archive(tmp_path / "archive")


def verified(archive: Archive, head: Head | None = None, *records: str) -> Verification:
    told = verify(Inquiry(archive, clock(), records, head, rendering=False))
    assert isinstance(told, Verification), told
    return told


def failing(archive: Archive, head: Head | None = None) -> set[str]:
    """Return the questions that fail: `ledger` is that of a record, `chain` that of the whole."""
    told = verified(archive, head)
    found = {
        question for record in told.records for question, answer in record.answers if answer.faults
    }
    whole = (("chain", told.chain), ("completeness", told.completeness))
    return found | {question for question, answer in whole if answer.faults}


def faults(archive: Archive, head: Head | None = None) -> str:
    told = verified(archive, head)
    every = [answer for record in told.records for _, answer in record.answers]
    answers = (*every, told.chain, told.completeness)
    return "\n".join(fault.message for answer in answers for fault in answer.faults)


def head_of(archive: Archive) -> Head:
    head = ledger.read(archive.ledger.read_bytes()).head
    assert head is not None
    return head


# --- what an attacker does ------------------------------------------------------------------------


def put(path: Path, content: bytes) -> None:
    path.unlink(missing_ok=True)
    path.write_bytes(content)


def payload_of(bag: Path) -> dict[str, bytes]:
    return {
        path.relative_to(bag).as_posix(): path.read_bytes()
        for path in (bag / "data").rglob("*")
        if path.is_file()
    }


def info_of(bag: Path) -> list[tuple[str, str]]:
    lines = (bag / "bag-info.txt").read_text().splitlines()
    pairs = [line.split(": ", 1) for line in lines]
    return [(label, value) for label, value in pairs if label != "Payload-Oxum"]


def bagged_anew(bag: Path, change: Callable[[dict[str, bytes]], object]) -> str:
    """Change what a bag holds, and make all its manifests fit; return its new digest."""
    payload, info = payload_of(bag), info_of(bag)
    change(payload)
    shutil.rmtree(bag)
    return bagging.write(bag, payload, info).digest


def lines_of(archive: Archive) -> list[bytes]:
    return archive.ledger.read_bytes().splitlines(keepends=True)


def rechained(lines: list[bytes], **changed: object) -> list[bytes]:
    """Write the lines of a ledger anew, so that the chain holds; the first one is changed."""
    done: list[bytes] = []
    before = BEGINNING
    for number, line in enumerate(lines, 1):
        said = json.loads(line) | {"number": number, "before": before}
        if number == 1:
            said |= changed
        done.append(written(Entry.model_validate_json(json.dumps(said))))
        before = sha256(done[-1].removesuffix(b"\n")).hexdigest()
    return done


# --- nothing is wrong -----------------------------------------------------------------------------


def test_what_nobody_touched_holds_against_its_head(archive: Archive) -> None:
    assert verified(archive, head_of(archive)).holds


def test_an_earlier_head_holds_when_lines_came_since(archive: Archive) -> None:
    before = ledger.read(archive.ledger.read_bytes()).head_at(1)
    told = verified(archive, before)
    assert told.holds
    assert (
        f"the ledger has the head {before} after line 1; 2 lines came since" in told.chain.remarks
    )


# --- the bag --------------------------------------------------------------------------------------


def test_a_bit_flipped_in_each_file_of_the_bag_in_turn(archive: Archive) -> None:
    bag = archive.bag(RECORD)
    names = sorted(p.relative_to(bag).as_posix() for p in bag.rglob("*") if p.is_file())
    assert len(names) > 60
    for count, name in enumerate(names):
        path = bag / name
        sound = path.read_bytes()
        content = bytearray(sound or b"\0")
        content[(count * 7919) % len(content)] ^= 1 << count % 8
        put(path, bytes(content))
        (told,) = verified(archive, None, RECORD).records
        assert name in {fault.place for fault in told.fixity.faults}
        put(path, sound)
    assert verified(archive).holds


def test_a_file_added(archive: Archive) -> None:
    put(archive.bag(RECORD) / "data/sent/letter-2.pdf", b"%PDF-1.7\n")
    assert failing(archive) == {"fixity", "sent files"}
    assert "`data/sent/letter-2.pdf` was added" in faults(archive)


def test_a_file_removed(archive: Archive) -> None:
    (archive.bag(RECORD) / layout.APPROVALS).unlink(missing_ok=True)
    (archive.bag(RECORD) / layout.FACTS).unlink()
    assert "`data/proof/facts.json` is missing" in faults(archive)


def test_a_file_renamed(archive: Archive) -> None:
    bag = archive.bag(RECORD)
    (bag / "data/sent/letter.txt").rename(bag / "data/sent/note.txt")
    assert "`data/sent/letter.txt` was renamed: `data/sent/note.txt`" in faults(archive)
    assert "`data/sent/letter.txt` was sent, and is not in the bag" in faults(archive)


def test_a_file_cut_off(archive: Archive) -> None:
    path = archive.bag(RECORD) / "data/sent/letter.pdf"
    put(path, path.read_bytes()[:-1000])
    assert failing(archive) == {"fixity", "sent files"}


def test_a_file_replaced_by_a_link_to_its_like(archive: Archive, tmp_path: Path) -> None:
    path = archive.bag(RECORD) / "data/sent/letter.pdf"
    path.rename(tmp_path / "letter.pdf")
    path.symlink_to(tmp_path / "letter.pdf")
    assert "`data/sent/letter.pdf` is a symbolic link" in faults(archive)


def test_a_file_altered_and_its_manifest_rewritten(archive: Archive) -> None:
    bag = archive.bag(RECORD)
    name = "data/sent/letter.txt"
    sound = (bag / name).read_bytes()
    put(bag / name, sound.replace(b"e", b"i"))
    manifest = bag / "manifest-sha256.txt"
    digests = sha256(sound).hexdigest(), sha256((bag / name).read_bytes()).hexdigest()
    put(manifest, manifest.read_text().replace(*digests).encode())
    said = faults(archive)
    assert "`manifest-sha512.txt` gives a digest of `data/sent/letter.txt`" in said
    assert "`manifest-sha256.txt` is not what was sealed" in said


def test_a_file_altered_and_all_manifests_rewritten(archive: Archive) -> None:
    def change(payload: dict[str, bytes]) -> None:
        payload["data/proof/facts.json"] = payload["data/proof/facts.json"].replace(b"1", b"2")

    bagged_anew(archive.bag(RECORD), change)
    assert failing(archive) == {"ledger"}
    assert f"the bag `{RECORD}` is not the one that was sealed" in faults(archive)


def test_what_was_sent_altered_and_all_manifests_rewritten(archive: Archive) -> None:
    bagged_anew(archive.bag(RECORD), lambda payload: payload.update({"data/sent/letter.txt": b"."}))
    assert failing(archive) == {"ledger", "sent files"}


def test_a_record_altered_and_all_manifests_rewritten(archive: Archive) -> None:
    def change(payload: dict[str, bytes]) -> None:
        payload[layout.RECORD] = payload[layout.RECORD].replace(b"electronic", b"registered")

    bagged_anew(archive.bag(RECORD), change)
    assert failing(archive) == {"ledger"}


def test_a_source_altered_and_all_manifests_rewritten(archive: Archive) -> None:
    name = "data/sources/cases/example-2026/case.yaml"

    def change(payload: dict[str, bytes]) -> None:
        payload[name] = payload[name].replace(b"1.2 million", b"1.3 million")

    bagged_anew(archive.bag(RECORD), change)
    assert failing(archive) == {"ledger", "sent files"}
    assert f"`{name}` is not what `data/proof/inputs.json` tells of" in faults(archive)


def test_a_draft_exchanged_and_all_manifests_rewritten(archive: Archive) -> None:
    name = "data/proof/drafts/whole.json"

    def change(payload: dict[str, bytes]) -> None:
        draft = json.loads(payload[name])
        draft["draft"]["digest"] = "0" * 64
        payload[name] = json.dumps(draft).encode()

    bagged_anew(archive.bag(RECORD), change)
    assert "`data/proof/drafts/whole.json` is another draft than the record tells of" in faults(
        archive
    )


def test_a_bag_exchanged_for_another_one(archive: Archive) -> None:
    shutil.rmtree(archive.bag(RECORD))
    shutil.copytree(archive.bag(OTHER), archive.bag(RECORD))
    assert failing(archive) == {"ledger", "sent files"}
    assert f"`data/record.json` is of `{OTHER}`, and lies in the bag `{RECORD}`" in faults(archive)


def test_two_bags_that_changed_places(archive: Archive) -> None:
    archive.bag(RECORD).rename(archive.root / "between")
    archive.bag(OTHER).rename(archive.bag(RECORD))
    (archive.root / "between").rename(archive.bag(OTHER))
    broken = [record.record for record in verified(archive).records if record.ledger.faults]
    assert broken == [RECORD, OTHER]


def test_a_bag_slipped_in(archive: Archive) -> None:
    shutil.copytree(archive.bag(RECORD), archive.bag("2026-07-01-example-2026-other"))
    assert "no line of the ledger seals `2026-07-01-example-2026-other`" in faults(archive)


def test_a_bag_removed(archive: Archive) -> None:
    shutil.rmtree(archive.bag(OTHER))
    assert failing(archive) == {"completeness"}
    (told,) = verified(archive, None, OTHER).records
    assert told.ledger.faults


def test_a_bag_replaced_by_a_link(archive: Archive, tmp_path: Path) -> None:
    archive.bag(OTHER).rename(tmp_path / "elsewhere")
    archive.bag(OTHER).symlink_to(tmp_path / "elsewhere")
    assert f"`records/{OTHER}` is no record" in faults(archive)
    assert f"seals `{OTHER}`, and its bag is gone" in faults(archive)


def test_something_else_put_among_the_records(archive: Archive) -> None:
    put(archive.records / "notes.txt", b"")
    assert "`records/notes.txt` is no record" in faults(archive)


def test_a_record_that_is_no_json(archive: Archive) -> None:
    bagged_anew(archive.bag(RECORD), lambda payload: payload.update({layout.RECORD: b"[" * 9999}))
    assert failing(archive) == {"ledger", "sent files"}


# --- papers ---------------------------------------------------------------------------------------


def paper(archive: Archive) -> Path:
    (found,) = (path for path in archive.papers.rglob("*") if path.is_file())
    return found


def test_a_receipt_altered(archive: Archive) -> None:
    put(paper(archive), b"Delivered to somebody else.\n")
    assert failing(archive) == {"papers"}
    assert "is not what it was when line 2 of the ledger was written" in faults(archive)


def test_a_receipt_removed(archive: Archive) -> None:
    paper(archive).unlink()
    assert failing(archive) == {"papers"}


def test_a_receipt_replaced_by_a_link(archive: Archive, tmp_path: Path) -> None:
    there = paper(archive)
    there.rename(tmp_path / "slip.txt")
    there.symlink_to(tmp_path / "slip.txt")
    assert "papers" in failing(archive)


def test_a_receipt_added_by_hand(archive: Archive) -> None:
    put(paper(archive).with_name("more.txt"), b"Delivered.\n")
    assert failing(archive) == {"completeness"}
    assert f"no line of the ledger names `papers/{RECORD}/more.txt`" in faults(archive)


# --- the ledger -----------------------------------------------------------------------------------


def test_a_line_changed(archive: Archive) -> None:
    lines = lines_of(archive)
    archive.ledger.write_bytes(b"".join([lines[0].replace(b"mail", b"post"), *lines[1:]]))
    assert "line 2 of the ledger: it does not follow from the line before" in faults(archive)


def test_the_last_line_changed_is_caught_by_the_head(archive: Archive) -> None:
    head, lines = head_of(archive), lines_of(archive)
    archive.ledger.write_bytes(b"".join([*lines[:-1], lines[-1].replace(b"Ada", b"Eve")]))
    assert failing(archive) == set()
    assert failing(archive, head) == {"chain"}


@pytest.mark.parametrize("number", [0, 1])
def test_a_line_cut_out(archive: Archive, number: int) -> None:
    lines = lines_of(archive)
    del lines[number]
    archive.ledger.write_bytes(b"".join(lines))
    assert "chain" in failing(archive)


def test_the_last_line_cut_off_shows_by_its_bag(archive: Archive) -> None:
    archive.ledger.write_bytes(b"".join(lines_of(archive)[:-1]))
    assert failing(archive) == {"ledger"}


def test_the_last_line_and_its_bag_cut_off_are_caught_by_the_head(archive: Archive) -> None:
    head = head_of(archive)
    archive.ledger.write_bytes(b"".join(lines_of(archive)[:-1]))
    shutil.rmtree(archive.bag(OTHER))
    assert verified(archive).holds
    assert any("no line was cut off the end" in each for each in verified(archive).unproven)
    assert failing(archive, head) == {"chain"}
    assert "the ledger has 2 lines, and the head 3-" in faults(archive, head)


def test_two_lines_that_changed_places(archive: Archive) -> None:
    one, other, *more = lines_of(archive)
    archive.ledger.write_bytes(b"".join([other, one, *more]))
    assert "line 1 of the ledger: it says that it is line 2" in faults(archive)


def test_a_line_appended_by_hand_in_another_hand(archive: Archive) -> None:
    with archive.ledger.open("ab") as file:
        file.write(lines_of(archive)[-1])
    assert "line 4 of the ledger: it says that it is line 3" in faults(archive)


def test_a_bag_slipped_in_with_a_line_that_fits_is_caught_by_no_earlier_head(
    archive: Archive,
) -> None:
    """It comes after what the head stands for, as any letter does that is sent later."""
    head, name = head_of(archive), "2026-07-01-example-2026-other"
    payload = payload_of(archive.bag(RECORD))
    payload[layout.RECORD] = payload[layout.RECORD].replace(RECORD.encode(), name.encode())
    bagged = bagging.write(archive.bag(name), payload, info_of(archive.bag(RECORD)))
    lines = lines_of(archive)
    archive.ledger.write_bytes(
        b"".join(rechained([*lines, lines[-1].replace(OTHER.encode(), name.encode())]))
    )
    said = [json.loads(line) for line in lines_of(archive)]
    said[-1]["bag"] = bagged.digest
    archive.ledger.write_bytes(b"".join(rechained([json.dumps(each).encode() for each in said])))
    told = verified(archive, head)
    assert told.holds
    assert any("1 line came since" in each for each in told.chain.remarks)


def test_a_bag_altered_and_the_whole_ledger_written_anew_is_caught_by_the_head(
    archive: Archive,
) -> None:
    head = head_of(archive)

    def change(payload: dict[str, bytes]) -> None:
        payload[layout.RECORD] = payload[layout.RECORD].replace(b"electronic", b"registered")

    digest = bagged_anew(archive.bag(RECORD), change)
    archive.ledger.write_bytes(b"".join(rechained(lines_of(archive), bag=digest)))
    assert verified(archive).holds, "without a head, nothing tells one archive from another"
    assert failing(archive, head) == {"chain"}
    assert "line 3 of the ledger does not give the head" in faults(archive, head)
    assert "or the head is not of this ledger" in faults(archive, head)


def test_the_ledger_removed(archive: Archive) -> None:
    archive.ledger.unlink()
    assert failing(archive) >= {"chain", "ledger"}


def test_the_ledger_replaced_by_a_link(archive: Archive, tmp_path: Path) -> None:
    archive.ledger.rename(tmp_path / "ledger.jsonl")
    archive.ledger.symlink_to(tmp_path / "ledger.jsonl")
    assert "the ledger cannot be read: it is a symbolic link" in faults(archive)


def test_the_ledger_replaced_by_a_pipe(archive: Archive) -> None:
    archive.ledger.unlink()
    os.mkfifo(archive.ledger)
    assert "chain" in failing(archive)


def test_a_line_that_a_killed_writer_left_is_no_attack(archive: Archive) -> None:
    with archive.ledger.open("ab") as file:
        file.write(b'{"number":4,"event":"subm')
    told = verified(archive)
    assert told.holds
    assert any(
        "25 bytes of a line that was not written to its end" in r for r in told.chain.remarks
    )


def test_a_clock_that_ran_backwards_is_said_and_proves_nothing(archive: Archive) -> None:
    """The second record of this archive was entered by a clock that is a day behind."""
    told = verified(archive)
    assert told.holds
    (remark,) = told.chain.remarks
    assert remark.startswith("line 3 says 2026-06-10T15:04:00+00:00, which is before line 2")


def test_a_record_sealed_twice(archive: Archive) -> None:
    digest = sha256((archive.bag(RECORD) / bagging.TAG_MANIFEST).read_bytes()).hexdigest()
    book(archive).enter(Event.IMPORTED, RECORD, digest)
    assert "more than once, in lines 1 and 4" in faults(archive)


def test_a_bag_brought_back_after_it_was_disposed_of(archive: Archive) -> None:
    digest = sha256((archive.bag(OTHER) / bagging.TAG_MANIFEST).read_bytes()).hexdigest()
    book(archive).enter(Event.DISPOSED, OTHER, digest)
    assert f"line 4 of the ledger says that `{OTHER}` was disposed of" in faults(archive)
    shutil.rmtree(archive.bag(OTHER))
    assert verified(archive).holds


def test_a_disposal_of_another_bag_than_was_sealed(archive: Archive) -> None:
    book(archive).enter(Event.DISPOSED, OTHER, "0" * 64)
    shutil.rmtree(archive.bag(OTHER))
    assert "disposes of another bag" in faults(archive)


def test_a_receipt_on_record_for_what_was_never_sent(archive: Archive) -> None:
    book(archive).enter(Event.DELIVERED, "2026-07-01-example-2026-other")
    assert "is of `2026-07-01-example-2026-other`, which no line seals" in faults(archive)


def test_a_line_that_names_a_paper_elsewhere(archive: Archive) -> None:
    said = {"paper": "../../etc/passwd", "sha256": "0" * 64}
    book(archive).enter(Event.DELIVERED, RECORD, None, said)
    assert "names a paper that is none" in faults(archive)
