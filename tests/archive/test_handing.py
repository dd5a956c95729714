"""Records handed over: the same bytes, proved by themselves, taken in whole or not at all."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest
from click.testing import CliRunner

from reportgen.archive import handover, heads, layout, ledger
from reportgen.archive.bags import bagging, packing
from reportgen.archive.layout import Archive
from reportgen.archive.ledger import Head
from reportgen.archive.model import Event
from reportgen.cli.main import commands
from reportgen.jobs.archive import following
from reportgen.jobs.handover import handing, receiving
from reportgen.jobs.ledger import heading
from reportgen.jobs.verification import verifying
from reportgen.jobs.verification.judging import Inquiry
from reportgen.problems.model import has_errors
from tests.archive.authority import PASSPHRASE, Authority
from tests.archive.sealed import AT, BY, TEXT, book, clock, payload, record_of
from tests.archive.signed import terms, trusted

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportgen.archive.model import Record
    from reportgen.jobs.handover.receiving import Imported
    from reportgen.workspace import Workspace

LATER = AT + timedelta(days=30)
Parts = dict[str, bytes]


def whole_payload(record: Record, text: str = TEXT) -> Parts:
    """The payload of a small record, with the draft that it tells of."""
    draft = json.dumps({"draft": {"digest": record.drafts[0]}}).encode()
    return payload(record, text, ()) | {f"{layout.DRAFTS}/whole.json": draft}


def put(archive: Archive, record: Record, text: str = TEXT) -> None:
    archive.records.mkdir(parents=True, exist_ok=True)
    info = [("External-Identifier", record.id)]
    bagged = bagging.write(archive.bag(record.id), whole_payload(record, text), info)
    pages = book(archive, record.submitted.at)
    assert pages.enter(Event.SUBMITTED, record.id, bagged.digest)[0]


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """An archive of three records, the second of which got a receipt and is held."""
    made = Archive(tmp_path / "archive")
    for number in (1, 2, 3):
        put(made, record_of(number=number))
    second = record_of(number=2).id
    pages = book(made, LATER)
    details, problems = following.keep(made, second, b"a courier's slip", ".txt")
    assert problems == ()
    assert pages.enter(Event.DELIVERED, second, None, details)[0]
    assert pages.enter(Event.HELD, second, None, {"matter": "the matter"})[0]
    return made


@pytest.fixture
def elsewhere(tmp_path: Path) -> Archive:
    """An archive in another house, which has no line yet."""
    (tmp_path / "elsewhere").mkdir()
    return Archive(tmp_path / "elsewhere/archive")


def names(*numbers: int) -> tuple[str, ...]:
    return tuple(record_of(number=number).id for number in numbers)


def exported(archive: Archive, folder: Path, *numbers: int, private: bool = False) -> Path:
    target = folder / "records.zip"
    done = handing.export(archive, names(*numbers), target, clock(LATER), private=private)
    assert done.problems == ()
    return target


def taken_in(archive: Archive, source: Path, head: Head | None = None) -> Imported:
    return receiving.take_in(book(archive, LATER), source, head)


def holds(archive: Archive) -> bool:
    """Whether an archive stands up to verification, as a whole."""
    verification = verifying.verify(Inquiry(archive, clock(LATER), rendering=False))
    assert not hasattr(verification, "code")
    faults = [fault for _, answer in verification.records[0].answers for fault in answer.faults]
    assert verification.records
    assert (verification.chain.faults, verification.completeness.faults, faults) == ((), (), [])
    return verification.holds


def nothing_in(archive: Archive) -> bool:
    """Whether nothing was taken in, and nothing is left of the attempt."""
    left = [path for path in archive.root.rglob("*") if path.is_file() and path != archive.ledger]
    lines = ledger.read(archive.ledger.read_bytes()).lines if archive.ledger.exists() else ()
    return not left and not lines


# --- what moves house ----------------------------------------------------------------------------


def test_the_same_records_give_the_same_bytes(archive: Archive, tmp_path: Path) -> None:
    first = exported(archive, tmp_path, 1, 2).read_bytes()
    for path in archive.records.rglob("*"):
        path.touch()
    target = tmp_path / "again.zip"
    handing.export(archive, reversed(names(1, 2)), target, clock(LATER))
    assert target.read_bytes() == first


@pytest.mark.parametrize("private", [False, True])
def test_records_are_taken_in_elsewhere_and_hold_there(
    archive: Archive, elsewhere: Archive, tmp_path: Path, *, private: bool
) -> None:
    done = taken_in(elsewhere, exported(archive, tmp_path, 1, 2, 3, private=private))
    assert done.problems == ()
    assert done.taken == names(1, 2, 3)
    assert holds(elsewhere)
    for name in names(1, 2, 3):
        for path in archive.bag(name).rglob("*"):
            if path.is_file():
                moved = elsewhere.bag(name) / path.relative_to(archive.bag(name))
                assert moved.read_bytes() == path.read_bytes()


def test_what_happened_to_a_record_moves_with_it(
    archive: Archive, elsewhere: Archive, tmp_path: Path
) -> None:
    taken_in(elsewhere, exported(archive, tmp_path, 2))
    lines = ledger.read(elsewhere.ledger.read_bytes()).entries
    assert [line.event for line in lines] == [Event.IMPORTED, Event.DELIVERED, Event.HELD]
    assert lines[2].details["matter"] == "the matter"
    assert lines[2].details["origin-by"] == BY
    assert [path.read_bytes() for path in (elsewhere.papers / names(2)[0]).iterdir()] == [
        b"a courier's slip"
    ]


def test_records_move_on_to_a_third_house(
    archive: Archive, elsewhere: Archive, tmp_path: Path
) -> None:
    taken_in(elsewhere, exported(archive, tmp_path, 1, 2))
    (tmp_path / "third").mkdir()
    third = Archive(tmp_path / "third/archive")
    done = taken_in(third, exported(elsewhere, tmp_path, 1, 2))
    assert (done.problems, done.taken) == ((), names(1, 2))
    assert holds(third)
    held = ledger.read(third.ledger.read_bytes()).entries[-1]
    assert held.details["origin"] == str(ledger.read(archive.ledger.read_bytes()).head)


def test_a_record_that_is_there_already_is_passed_over(
    archive: Archive, elsewhere: Archive, tmp_path: Path
) -> None:
    taken_in(elsewhere, exported(archive, tmp_path, 1))
    before = elsewhere.ledger.read_bytes()
    again = taken_in(elsewhere, exported(archive, tmp_path, 1))
    assert (again.problems, again.taken, again.known) == ((), (), names(1))
    assert elsewhere.ledger.read_bytes() == before
    more = taken_in(elsewhere, exported(archive, tmp_path, 1, 3))
    assert (more.taken, more.known) == (names(3), names(1))
    assert holds(elsewhere)


def events_of(archive: Archive, number: int) -> list[str]:
    entries = ledger.read(archive.ledger.read_bytes()).entries
    return [each.event.value for each in entries if each.record == record_of(number=number).id]


def test_what_happened_since_comes_with_the_next_file_of_the_same_record(
    archive: Archive, elsewhere: Archive, tmp_path: Path
) -> None:
    """A hold that came after the first file must not be lost because the record is here already."""
    taken_in(elsewhere, exported(archive, tmp_path, 2))
    assert events_of(elsewhere, 2) == ["imported", "delivered", "held"]
    second = record_of(number=2).id
    details, _ = following.keep(archive, second, b"a stamped copy", ".txt")
    book(archive, LATER).enter(Event.ACKNOWLEDGED, second, None, details)
    book(archive, LATER).enter(Event.HELD, second, None, {"matter": "another matter"})
    again = taken_in(elsewhere, exported(archive, tmp_path, 2))
    assert not has_errors(again.problems)
    assert (again.taken, again.known, again.since) == ((), names(2), 2)
    assert events_of(elsewhere, 2) == ["imported", "delivered", "held", "acknowledged", "held"]
    assert taken_in(elsewhere, exported(archive, tmp_path, 2)).since == 0
    assert holds(elsewhere)


def test_a_record_that_comes_home_brings_only_what_happened_elsewhere(
    archive: Archive, elsewhere: Archive, tmp_path: Path
) -> None:
    taken_in(elsewhere, exported(archive, tmp_path, 2))
    book(elsewhere, LATER).enter(Event.HELD, record_of(number=2).id, None, {"matter": "theirs"})
    back = taken_in(archive, exported(elsewhere, tmp_path, 2))
    assert not has_errors(back.problems)
    assert (back.taken, back.known, back.since) == ((), names(2), 1)
    assert events_of(archive, 2) == ["submitted", "delivered", "held", "held"]
    assert taken_in(elsewhere, exported(archive, tmp_path, 2)).since == 0


def test_another_record_of_the_same_name_stops_the_whole_file(
    archive: Archive, elsewhere: Archive, tmp_path: Path
) -> None:
    put(elsewhere, record_of(number=2, text="Something else.\n"), "Something else.\n")
    before = elsewhere.ledger.read_bytes()
    done = taken_in(elsewhere, exported(archive, tmp_path, 1, 2))
    assert [problem.code for problem in done.problems] == ["record-differs"]
    assert elsewhere.ledger.read_bytes() == before
    assert not elsewhere.bag(names(1)[0]).exists()


def extract_of(source: Path) -> bytes:
    with ZipFile(source) as packed:
        return packed.read(handover.EXTRACT)


def test_a_head_vouches_for_what_is_handed_over(archive: Archive, tmp_path: Path) -> None:
    read = handover.read(extract_of(exported(archive, tmp_path, 2)))
    assert (read.faults, read.proved, read.length) == ((), True, 5)
    assert read.head == ledger.read(archive.ledger.read_bytes()).head
    assert [entry.number for entry in read.entries] == [2, 3, 4, 5]


def test_strangers_lines_can_be_handed_over_as_digests_alone(
    archive: Archive, tmp_path: Path
) -> None:
    extract = extract_of(exported(archive, tmp_path, 1, private=True))
    assert b"the matter" not in extract
    assert names(2)[0].encode() not in extract
    read = handover.read(extract)
    assert (read.faults, read.proved, read.length) == ((), False, 5)


def test_no_head_is_proved_by_digests_alone(
    archive: Archive, elsewhere: Archive, tmp_path: Path
) -> None:
    head = ledger.read(archive.ledger.read_bytes()).head
    done = taken_in(elsewhere, exported(archive, tmp_path, 1, private=True), head)
    assert [problem.code for problem in done.problems] == ["handover-wrong"]
    assert nothing_in(elsewhere)


def test_a_head_that_was_written_down_has_to_be_that_of_the_origin(
    archive: Archive, elsewhere: Archive, tmp_path: Path
) -> None:
    book_ = ledger.read(archive.ledger.read_bytes())
    source = exported(archive, tmp_path, 2)
    wrong = taken_in(elsewhere, source, Head(5, "a" * 26))
    assert [problem.code for problem in wrong.problems] == ["handover-wrong"]
    assert nothing_in(elsewhere)
    assert taken_in(elsewhere, source, book_.head_at(3)).problems == ()


def test_a_file_checks_with_standard_tools_alone(archive: Archive, tmp_path: Path) -> None:
    with ZipFile(exported(archive, tmp_path, 1)) as packed:
        packed.extractall(tmp_path / "unpacked")
    bag = tmp_path / "unpacked/records" / names(1)[0]
    command = "sha256sum --check --quiet manifest-sha256.txt tagmanifest-sha256.txt"
    subprocess.run(command.split(), cwd=bag, check=True)  # noqa: S603 - as the README has it
    digest = sha256((bag / bagging.TAG_MANIFEST).read_bytes()).hexdigest()
    assert digest in (tmp_path / "unpacked" / handover.EXTRACT).read_text()


# --- what is not handed over ---------------------------------------------------------------------


def test_a_record_that_nobody_knows_is_not_handed_over(archive: Archive, tmp_path: Path) -> None:
    done = handing.export(archive, ["2026-01-01-none"], tmp_path / "x.zip", clock())
    assert [problem.code for problem in done.problems] == ["unknown-record"]
    assert not (tmp_path / "x.zip").exists()


def test_a_record_that_was_altered_is_not_handed_over(archive: Archive, tmp_path: Path) -> None:
    path = archive.bag(names(1)[0]) / "data/sent/letter.txt"
    path.chmod(0o644)
    path.write_text("Altered.\n")
    done = handing.export(archive, names(1), tmp_path / "x.zip", clock())
    assert {problem.code for problem in done.problems} == {"record-unsound"}
    assert not (tmp_path / "x.zip").exists()


def test_a_broken_ledger_hands_nothing_over(archive: Archive, tmp_path: Path) -> None:
    archive.ledger.write_bytes(archive.ledger.read_bytes().replace(b"Ada", b"Eve", 1))
    done = handing.export(archive, names(1), tmp_path / "x.zip", clock())
    assert [problem.code for problem in done.problems] == ["ledger-broken"]


# --- what is not taken in ------------------------------------------------------------------------


def parts_of(source: Path) -> Parts:
    with ZipFile(source) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def packed_again(parts: Parts, target: Path) -> Path:
    with target.open("wb") as file:
        packing.pack(parts.items(), file)
    return target


def altered_file(parts: Parts) -> None:
    name = next(name for name in parts if name.endswith("letter.txt"))
    parts[name] = b"Altered.\n"


def altered_with_its_manifests(parts: Parts) -> None:
    """A bag that holds by itself; only the ledger's line knows that it is another one."""
    folder = Path(next(name for name in parts if name.endswith("bagit.txt"))).parent
    text = "Something else was sent.\n"
    record = record_of(number=1, text=text)
    shown = {f"{folder}/{name}": content for name, content in _bag(record, text).items()}
    for name in [name for name in parts if name.startswith(f"{folder}/")]:
        del parts[name]
    parts.update(shown)


def _bag(record: Record, text: str) -> Parts:
    import tempfile  # noqa: PLC0415 - only here

    with tempfile.TemporaryDirectory() as folder:
        bag = Path(folder) / "bag"
        info = [("External-Identifier", record.id)]
        bagging.write(bag, whole_payload(record, text), info)
        files = [path for path in bag.rglob("*") if path.is_file()]
        return {str(path.relative_to(bag)): path.read_bytes() for path in files}


def lines_of(parts: Parts) -> list[bytes]:
    return parts[handover.EXTRACT].splitlines(keepends=True)


def missing_line(parts: Parts) -> None:
    parts[handover.EXTRACT] = b"".join(lines_of(parts)[1:])


def no_ledger(parts: Parts) -> None:
    del parts[handover.EXTRACT]


def line_as_digest(parts: Parts) -> None:
    first, *others = lines_of(parts)
    digest = sha256(first.rstrip(b"\n")).hexdigest().encode() + b"\n"
    parts[handover.EXTRACT] = b"".join([digest, *others])


def altered_line(parts: Parts) -> None:
    parts[handover.EXTRACT] = parts[handover.EXTRACT].replace(b"Ada", b"Eve")


def another_bag_in_the_line(parts: Parts) -> None:
    line = json.loads(lines_of(parts)[0])
    other = line | {"bag": "0" * 64}
    first = json.dumps(other, separators=(",", ":")).encode() + b"\n"
    parts[handover.EXTRACT] = b"".join([first, *lines_of(parts)[1:]])


def anothers_line(parts: Parts) -> None:
    """The record's line says that it is of another record."""
    parts[handover.EXTRACT] = parts[handover.EXTRACT].replace(
        names(1)[0].encode(), b"2026-06-10-another"
    )


def torn_ledger(parts: Parts) -> None:
    parts[handover.EXTRACT] = parts[handover.EXTRACT][:-10]


def another_head(parts: Parts) -> None:
    contents = json.loads(parts[handover.CONTENTS]) | {"head": f"5-{'a' * 26}"}
    parts[handover.CONTENTS] = json.dumps(contents).encode()


def twice_listed(parts: Parts) -> None:
    contents = json.loads(parts[handover.CONTENTS])
    contents["records"] *= 2
    parts[handover.CONTENTS] = json.dumps(contents).encode()


def one_more_part(parts: Parts) -> None:
    parts["records/2026-06-10-another/bagit.txt"] = bagging.DECLARATION


def stray_part(parts: Parts) -> None:
    parts["papers/stray.txt"] = b"stray"


def one_more_file(parts: Parts) -> None:
    parts[f"records/{names(1)[0]}/data/sent/more.txt"] = b"more"


def one_file_less(parts: Parts) -> None:
    del parts[next(name for name in parts if name.endswith("letter.txt"))]


def no_contents(parts: Parts) -> None:
    del parts[handover.CONTENTS]


def contents_of_a_later_version(parts: Parts) -> None:
    parts[handover.CONTENTS] = b'{"format": "reportgen-handover", "version": 2}'


def contents_without_end(parts: Parts) -> None:
    parts[handover.CONTENTS] = b"[" * 100_000


LIES = [
    altered_file,
    altered_with_its_manifests,
    missing_line,
    no_ledger,
    line_as_digest,
    altered_line,
    another_bag_in_the_line,
    anothers_line,
    torn_ledger,
    another_head,
    twice_listed,
    one_more_part,
    stray_part,
    one_more_file,
    one_file_less,
]


@pytest.mark.parametrize("lie", LIES, ids=lambda lie: lie.__name__)
def test_what_does_not_hold_is_not_taken_in(
    archive: Archive, elsewhere: Archive, tmp_path: Path, lie: Callable[[Parts], None]
) -> None:
    parts = parts_of(exported(archive, tmp_path, 1))
    lie(parts)
    done = taken_in(elsewhere, packed_again(parts, tmp_path / "lie.zip"))
    assert {problem.code for problem in done.problems} == {"handover-wrong"}
    assert done.taken == ()
    assert nothing_in(elsewhere)


@pytest.mark.parametrize(
    "lie",
    [no_contents, contents_of_a_later_version, contents_without_end],
    ids=lambda lie: lie.__name__,
)
def test_what_is_no_file_of_records_is_not_taken_in(
    archive: Archive, elsewhere: Archive, tmp_path: Path, lie: Callable[[Parts], None]
) -> None:
    parts = parts_of(exported(archive, tmp_path, 1))
    lie(parts)
    done = taken_in(elsewhere, packed_again(parts, tmp_path / "lie.zip"))
    assert [problem.code for problem in done.problems] == ["handover-unreadable"]
    assert nothing_in(elsewhere)


def test_a_paper_that_was_altered_is_not_taken_in(
    archive: Archive, elsewhere: Archive, tmp_path: Path
) -> None:
    parts = parts_of(exported(archive, tmp_path, 2))
    parts[next(name for name in parts if name.startswith("papers/"))] = b"another slip"
    done = taken_in(elsewhere, packed_again(parts, tmp_path / "lie.zip"))
    assert {problem.code for problem in done.problems} == {"handover-wrong"}
    assert nothing_in(elsewhere)


def zipped(target: Path, *parts: tuple[ZipInfo | str, bytes], how: int = ZIP_STORED) -> Path:
    """Write a zip file as somebody else would."""
    with ZipFile(target, "w", how) as packed:
        for part, content in parts:
            name = part if isinstance(part, ZipInfo) else plain(part)
            packed.writestr(name, content, compress_type=how)
    return target


def plain(name: str, mode: int = 0o100644) -> ZipInfo:
    info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.create_system = 3
    info.external_attr = mode << 16
    return info


NAMES = [
    "../outside",
    "records/../../outside",
    "/etc/outside",
    "C:/outside",
    "c:outside",
    "records\\outside",
    "..\\outside",
    "~/outside",
    "records//outside",
    "./records",
    "records/./outside",
    "records/",
    "a\x01b",
    "a\u202eb",
    "x" * 300,
    "y/" * 600 + "z",
]


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_a_name_that_leads_elsewhere_is_refused(
    elsewhere: Archive, tmp_path: Path, name: str
) -> None:
    done = taken_in(elsewhere, zipped(tmp_path / "hostile.zip", (name, b"outside")))
    assert [problem.code for problem in done.problems] == ["handover-unsafe"]
    assert nothing_in(elsewhere)
    assert not (tmp_path / "outside").exists()


MODES = {"link": 0o120777, "device": 0o060644, "terminal": 0o020644, "pipe": 0o010644, "none": 0}


@pytest.mark.parametrize("mode", MODES.values(), ids=MODES)
def test_a_link_a_device_or_a_pipe_is_refused(
    elsewhere: Archive, tmp_path: Path, mode: int
) -> None:
    part = plain("records/x", mode)
    done = taken_in(elsewhere, zipped(tmp_path / "hostile.zip", (part, b"/etc/passwd")))
    assert [problem.code for problem in done.problems] == ["handover-unsafe"]
    assert nothing_in(elsewhere)


@pytest.mark.parametrize(
    "pair", [("a", "a"), ("a/b", "A/b"), ("\u00e9", "e\u0301"), ("a", "a/b"), ("ß", "SS")]
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_names_that_some_disks_take_for_one_are_refused(
    elsewhere: Archive, tmp_path: Path, pair: tuple[str, str]
) -> None:
    done = taken_in(elsewhere, zipped(tmp_path / "hostile.zip", *((each, b"") for each in pair)))
    assert [problem.code for problem in done.problems] == ["handover-unsafe"]
    assert nothing_in(elsewhere)


def test_a_bomb_is_not_unfolded(elsewhere: Archive, tmp_path: Path) -> None:
    bomb = zipped(tmp_path / "bomb.zip", ("records/bomb", bytes(64 << 20)), how=ZIP_DEFLATED)
    assert bomb.stat().st_size < 100_000
    done = taken_in(elsewhere, bomb)
    assert done.problems[0].code in {"handover-unsafe", "handover-too-large"}
    assert nothing_in(elsewhere)
    nested = zipped(tmp_path / "nested.zip", ("records/bomb.zip", bomb.read_bytes()))
    assert taken_in(elsewhere, nested).problems[0].code == "handover-unreadable"
    assert nothing_in(elsewhere)


def test_parts_that_share_their_bytes_are_refused(elsewhere: Archive, tmp_path: Path) -> None:
    """Many entries that lead to the same bytes: small on the disk, endless when unpacked."""
    target = tmp_path / "overlap.zip"
    with ZipFile(target, "w") as packed:
        packed.writestr(plain("a"), bytes(1000))
        for name in "bcde":
            info = plain(name)
            first = packed.filelist[0]
            info.header_offset, info.CRC = first.header_offset, first.CRC
            info.file_size = info.compress_size = first.file_size
            packed.filelist.append(info)
            packed.NameToInfo[name] = info
    done = taken_in(elsewhere, target)
    assert done.problems[0].code in {"handover-unsafe", "handover-too-large"}
    assert nothing_in(elsewhere)


def byte_at(content: bytes, position: int, value: int) -> bytes:
    return content[:position] + bytes([value]) + content[position + 1 :]


def test_an_encrypted_part_is_refused(elsewhere: Archive, tmp_path: Path) -> None:
    path = zipped(tmp_path / "secret.zip", ("records/x", b"content"))
    content = path.read_bytes()
    listed = content.index(b"PK\x01\x02")
    path.write_bytes(byte_at(byte_at(content, 6, 1), listed + 8, 1))
    assert taken_in(elsewhere, path).problems[0].code == "handover-unsafe"
    assert nothing_in(elsewhere)


@pytest.mark.parametrize(("field", "offset"), [("crc", 16), ("size", 24), ("packed size", 20)])
def test_a_part_that_lies_of_itself_is_refused(
    archive: Archive, elsewhere: Archive, tmp_path: Path, field: str, offset: int
) -> None:
    assert field
    path = exported(archive, tmp_path, 1)
    content = path.read_bytes()
    listed = content.rindex(b"PK\x01\x02")
    position = listed + offset
    path.write_bytes(byte_at(content, position, content[position] ^ 1))
    done = taken_in(elsewhere, path)
    assert done.problems[0].code.startswith("handover-")
    assert nothing_in(elsewhere)


def test_a_file_that_is_cut_or_damaged_anywhere_is_refused(
    archive: Archive, elsewhere: Archive, tmp_path: Path
) -> None:
    content = exported(archive, tmp_path, 1).read_bytes()
    path = tmp_path / "damaged.zip"
    steps = range(0, len(content), len(content) // 40)
    assert len(steps) >= 40
    for position in steps:
        for damaged in (content[:position], byte_at(content, position, content[position] ^ 0x41)):
            path.write_bytes(damaged)
            done = taken_in(elsewhere, path)
            # What is never read, such as the time of a part, may be anything.
            assert done.problems or done.taken == names(1)
            if done.problems:
                assert done.problems[0].code.startswith("handover-"), (position, done.problems)
                assert nothing_in(elsewhere)
            else:
                assert holds(elsewhere)
                shutil.rmtree(elsewhere.root)


def test_something_before_or_behind_a_file_is_refused(
    archive: Archive, elsewhere: Archive, tmp_path: Path
) -> None:
    content = exported(archive, tmp_path, 1).read_bytes()
    path = tmp_path / "more.zip"
    for more in (b"#!/bin/sh\n" + content, content + b"more"):
        path.write_bytes(more)
        assert taken_in(elsewhere, path).problems[0].code == "handover-unreadable"
        assert nothing_in(elsewhere)


def test_something_between_the_parts_of_a_file_is_refused(
    archive: Archive, elsewhere: Archive, tmp_path: Path
) -> None:
    """A whole other file would go along there, or anything else that nobody looks at."""
    content = exported(archive, tmp_path, 1).read_bytes()
    path = tmp_path / "more.zip"
    path.write_bytes(content + content)
    (refused,) = taken_in(elsewhere, path).problems
    assert refused.code == "handover-unsafe"
    assert "something stands before it" in refused.message
    listed, end = content.index(b"PK\x01\x02"), len(content) - 22
    begins = (listed + 9).to_bytes(4, "little")
    path.write_bytes(
        content[:listed] + b"something" + content[listed : end + 16] + begins + content[-2:]
    )
    (refused,) = taken_in(elsewhere, path).problems
    assert refused.message == "this is not taken in: something stands behind its last part"
    assert nothing_in(elsewhere)


def test_a_full_disk_leaves_the_archive_as_it_was(archive: Archive, tmp_path: Path) -> None:
    target = Path("/dev/full")
    done = handing.export(archive, names(1), target / "x.zip", clock())
    assert [problem.code for problem in done.problems] == ["cannot-write"]
    assert [path for path in tmp_path.iterdir() if path.name.endswith("~")] == []


def test_what_one_that_was_killed_left_is_swept_away(
    archive: Archive, elsewhere: Archive, tmp_path: Path
) -> None:
    left = elsewhere.staging / "import/records/half"
    left.mkdir(parents=True)
    (left / "file").write_bytes(b"half")
    assert taken_in(elsewhere, exported(archive, tmp_path, 1)).taken == names(1)
    assert not left.exists()
    assert holds(elsewhere)


# --- a head that is signed -----------------------------------------------------------------------


def test_a_signed_head_stands_for_the_ledger_up_to_it(
    archive: Archive, authority: Authority
) -> None:
    when = LATER + timedelta(days=1)
    path, problems = heading.sign(book(archive, when), terms(authority, moment=when))
    assert problems == ()
    assert path == archive.heads / "5.p7s"
    lines = ledger.read(archive.ledger.read_bytes())
    assert lines.entries[-1].event is Event.SIGNED
    told = heading.examined(archive, lines, trusted(authority, LATER), LATER)
    assert told.faults == ()
    assert "signed by Ada Example" in told.remarks[0]
    assert holds(archive)


def test_a_head_is_not_signed_twice(archive: Archive, authority: Authority) -> None:
    how = terms(authority, moment=LATER)
    assert heading.sign(book(archive, LATER), how)[0]
    again, problems = heading.sign(book(archive, LATER), how)
    assert again is None
    assert [problem.code for problem in problems] == ["head-signed"]


def test_a_signature_that_was_swapped_dropped_or_is_of_another_ledger_is_told(
    archive: Archive, authority: Authority
) -> None:
    path, _ = heading.sign(book(archive, LATER), terms(authority, moment=LATER))
    assert path is not None
    lines = ledger.read(archive.ledger.read_bytes())
    good = path.read_bytes()
    other = replace(lines, lines=(lines.lines[1], *lines.lines[1:]))
    assert heading.examined(archive, lines, trusted(authority, LATER), LATER).faults == ()
    for content in (b"", good[:-1], good + b"\0"):
        path.write_bytes(content)
        assert heading.examined(archive, lines, trusted(authority, LATER), LATER).faults
    path.unlink()
    assert heading.examined(archive, lines, trusted(authority, LATER), LATER).faults
    path.write_bytes(good)
    shorter = replace(other, lines=(*lines.lines[:4], lines.lines[3], lines.lines[5]))
    assert heading.examined(archive, shorter, trusted(authority, LATER), LATER).faults


def test_openssl_verifies_a_signed_head(
    archive: Archive, authority: Authority, tmp_path: Path
) -> None:
    program = shutil.which("openssl")
    if program is None:
        pytest.skip("openssl is not here")
    path, _ = heading.sign(book(archive, LATER), terms(authority, moment=LATER))
    assert path is not None
    root = tmp_path / "root.der"
    root.write_bytes(authority.certificate("root"))
    pem = tmp_path / "root.pem"
    convert = [program, "x509", "-inform", "DER", "-in", str(root), "-out", str(pem)]
    subprocess.run(convert, check=True)  # noqa: S603
    done = subprocess.run(  # noqa: S603
        [
            *(program, "cms", "-verify", "-inform", "DER", "-in", str(path), "-binary"),
            *("-content", str(path.with_suffix(heads.STATEMENT)), "-CAfile", str(pem)),
            *("-purpose", "any"),
        ],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    head = ledger.read(archive.ledger.read_bytes()).head_at(5)
    assert str(head).encode() in done.stdout


# --- at the command line -------------------------------------------------------------------------


def test_a_letter_moves_house_at_the_command_line(
    submitted: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, authority: Authority
) -> None:
    monkeypatch.setenv("REPORTGEN_IDENTITY", BY)
    monkeypatch.setenv("REPORTGEN_SIGNING_PASSPHRASE", PASSPHRASE)
    (tmp_path / "seal.p12").write_bytes(authority.p12())
    other = tmp_path / "other"
    run = CliRunner().invoke
    assert run(commands, ["init", str(other)]).exit_code == 0
    letter = "example-2026/committee"
    here, there = ["-C", str(submitted.root)], ["-C", str(other)]
    steps = [
        ["archive", "sign", "--sign", str(tmp_path / "seal.p12"), *here],
        ["archive", "export", letter, "--to", str(tmp_path / "x.zip"), *here],
        ["archive", "import", str(tmp_path / "x.zip"), *there],
        ["verify", letter, "--no-render", *there],
        ["verify", "--no-render", *here],
    ]
    for step in steps:
        done = run(commands, step)
        assert done.exit_code == 0, (step, done.output)
    assert "signed by Ada Example" in done.output


def test_the_text_of_the_extract_is_what_the_ledger_has(archive: Archive) -> None:
    lines = ledger.read(archive.ledger.read_bytes())
    assert handover.extract(lines, names(1, 2, 3)) == archive.ledger.read_bytes()
    assert TEXT
    buffer = BytesIO()
    packing.pack([("b", b"2"), ("a", b"1")], buffer)
    assert buffer.getvalue().index(b"a1") < buffer.getvalue().index(b"b2")
