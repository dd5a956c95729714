"""Verifying a letter that was really submitted: built again, told to people and to programs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from reportgen.archive import layout, records
from reportgen.archive.bags import bagging
from reportgen.archive.formats.verification import as_json, as_text
from reportgen.archive.layout import Archive
from reportgen.archive.model import Event
from reportgen.archive.verdicts import State, Verification
from reportgen.jobs.archive import sealing
from reportgen.jobs.archive.dispatching import Sending
from reportgen.jobs.verification import rerendering
from reportgen.jobs.verification.judging import Inquiry
from reportgen.jobs.verification.verifying import verify
from reportgen.problems.model import Refusal
from reportgen.rendering import likeness
from reportgen.workspace import Workspace
from tests.archive.conftest import NOW, SENT
from tests.archive.sealed import BY, book, clock, small
from tests.archive.test_tampering import info_of, payload_of
from tests.jobs import house

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reportgen.archive.verdicts import Answer

RECORD = "2026-06-10-example-2026-committee"
CASE = "data/sources/cases/example-2026/case.yaml"


def verified(archive: Archive, **asked: object) -> Verification:
    told = verify(replace(Inquiry(archive, clock()), **asked))  # type: ignore[arg-type] # fields
    assert isinstance(told, Verification), told
    return told


def archive_of(workspace: Workspace) -> Archive:
    return Archive(workspace.archive)


def rebuilt(bag: Path) -> Answer:
    record, problems = records.read(bag)
    assert record is not None, problems
    return rerendering.rerender(bag, record)


def altered(bag: Path, path: str, change: Callable[[bytes], bytes]) -> Path:
    """Change a file of a bag, whatever its manifests say."""
    content = (bag / path).read_bytes()
    assert change(content) != content
    (bag / path).write_bytes(change(content))
    return bag


# --- built again ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def whole(_submitted: Path) -> Verification:
    """What is found of a letter that was submitted, built again: asked once for all who look."""
    return verified(Archive(Workspace(_submitted).archive))


def test_a_submitted_letter_holds_and_comes_out_in_the_same_bytes(whole: Verification) -> None:
    told = whole
    assert told.holds
    (record,) = told.records
    states = {question: answer.state for question, answer in record.answers}
    assert states == {
        "fixity": State.HOLDS,
        "ledger": State.HOLDS,
        "sent files": State.HOLDS,
        "signatures": State.NONE,
        "re-rendering": State.HOLDS,
        "papers": State.NONE,
    }
    assert record.signatures.found == "not signed"
    assert record.rerendering.found == "the same bytes: letter.pdf, letter.txt"


@pytest.mark.slow
def test_every_format_of_both_versions_comes_out_in_the_same_bytes(tmp_path: Path) -> None:
    workspace = house.with_confidential_figure(house.house(tmp_path / "house"))
    house.build(workspace, final=True)
    sending = Sending(SENT, "electronic mail", BY)
    made = sealing.submit(workspace, house.letter_of(workspace), sending, clock(NOW))
    assert made.record is not None, made.problems
    (record,) = verified(archive_of(workspace)).records
    assert record.holds
    names = [f"letter-{v}.{f}" for v in ("confidential", "public") for f in house.FORMATS]
    assert record.rerendering.found == f"the same bytes: {', '.join(sorted(names))}"


def test_sources_that_say_something_else_do_not_give_the_letter(submitted: Workspace) -> None:
    bag = archive_of(submitted).bag(RECORD)
    answer = rebuilt(altered(bag, CASE, lambda text: text.replace(b"1.2 million", b"1.3 million")))
    assert answer.state is State.FAILS
    said = "\n".join(each.message for each in answer.faults)
    assert "the sealed sources give another draft" in said
    assert "`data/sent/letter.pdf` comes out otherwise, with the very versions" in said
    assert "its words differ on page" in said
    assert "its words differ from word" in said


def test_other_versions_that_give_another_look_are_named_with_the_distance(
    submitted: Workspace,
) -> None:
    """A style sheet stands for a library that sets letters a little otherwise."""
    bag = archive_of(submitted).bag(RECORD)
    altered(bag, layout.VERSIONS, lambda text: text.replace(b'"pango": "', b'"pango": "0.'))
    sheet = "data/sources/templates/styles/type.css"
    near = rebuilt(altered(bag, sheet, lambda text: text + b"p { text-indent: .1pt }\n"))
    assert near.faults == ()
    assert near.found == "the same bytes: letter.txt; the same words and the same look: letter.pdf"
    measured, versions = near.remarks
    assert "the same words; 0." in measured
    assert "differ in sight, at 75 dots an inch; up to 0.50% count as the same look" in measured
    assert versions.startswith("made with other versions: pango 0.")
    far = rebuilt(altered(bag, sheet, lambda text: text + b"p { text-indent: 30pt }\n"))
    (fault,) = far.faults
    assert "the same words;" in fault.message or "words differ" in fault.message


def test_the_same_bytes_are_asked_for_with_the_same_versions(submitted: Workspace) -> None:
    bag = archive_of(submitted).bag(RECORD)
    sheet = "data/sources/templates/styles/type.css"
    answer = rebuilt(altered(bag, sheet, lambda text: text + b"p { text-indent: .1pt }\n"))
    assert ["with the very versions that were sealed" in f.message for f in answer.faults] == [True]


def test_only_sealed_templates_are_looked_at(submitted: Workspace) -> None:
    """Those that are shipped today may be other ones."""
    bag = archive_of(submitted).bag(RECORD)
    (bag / "data/sources/templates/letters/committee/letter.html").unlink()
    (fault,) = rebuilt(bag).faults
    assert "the sealed sources give no letter: there is no template" in fault.message


@pytest.mark.parametrize(
    ("path", "attack"),
    [
        (
            "letters/committee/sections/incident.md",
            b"{{ ''.__class__.__mro__[1].__subclasses__() }}",
        ),
        (
            "letters/committee/sections/incident.md",
            b"{% for x in range(10**12) %}{{ x }}{% endfor %}",
        ),
        ("letters/committee/sections/incident.md", b"{% include '../../../../../../etc/passwd' %}"),
        (
            "styles/type.css",
            b"body{background:url(file:///etc/passwd)}@import url(http://x.test/);",
        ),
    ],
)
def test_hostile_sources_give_a_fault_and_nothing_else(
    submitted: Workspace, path: str, attack: bytes
) -> None:
    bag = altered(archive_of(submitted).bag(RECORD), f"data/sources/templates/{path}",
                  lambda text: text + attack)  # fmt: skip
    before = stamps(submitted.root)
    answer = rebuilt(bag)
    assert answer.faults
    assert not any("root:" in each.message for each in answer.faults)
    assert stamps(submitted.root) == before


def test_what_is_not_proved_to_be_what_was_sealed_is_not_run(submitted: Workspace) -> None:
    bag = archive_of(submitted).bag(RECORD)
    altered(bag, CASE, lambda text: text + b"\n")
    (record,) = verified(archive_of(submitted)).records
    assert record.rerendering.state is State.NOT_ASKED
    assert "not tried" in record.rerendering.found


def test_a_bag_without_sources_cannot_be_built_again(tmp_path: Path) -> None:
    (record,) = verified(small(tmp_path)).records
    assert [each.place for each in record.rerendering.faults] == ["data/sources"]


# --- how alike ------------------------------------------------------------------------------------


def test_a_pdf_is_like_itself_and_unlike_a_longer_one(submitted: Workspace) -> None:
    content = (archive_of(submitted).bag(RECORD) / "data/sent/letter.pdf").read_bytes()
    same = likeness.likeness(content, content)
    assert (same.same_text, same.same_look, same.distance) == (True, True, 0.0)
    longer = likeness.likeness(content, house.pdf(pages=40))
    assert not longer.same_text
    assert not longer.same_look


def test_what_is_no_pdf_cannot_be_compared() -> None:
    with pytest.raises(likeness.UnreadablePdfError):
        likeness.likeness(b"%PDF-1.7\n", house.pdf())


def test_a_page_as_large_as_a_house_is_not_drawn() -> None:
    large = house.pdf(1, 14_000, 14_000)
    with pytest.raises(likeness.UnreadablePdfError):
        likeness.likeness(large, large)


# --- an archive that is read only -----------------------------------------------------------------


def stamps(folder: Path) -> dict[Path, tuple[int, int]]:
    return {
        path: (path.lstat().st_mtime_ns, path.lstat().st_size)
        for path in (folder, *folder.rglob("*"))
    }


def test_verifying_writes_nothing_into_the_archive(submitted: Workspace) -> None:
    before = stamps(submitted.root)
    assert verified(archive_of(submitted)).holds
    assert stamps(submitted.root) == before


def test_an_archive_on_a_read_only_disk_is_listed_searched_and_verified(
    submitted: Workspace,
) -> None:
    """A read-only mount where the system lets us have one; else permissions, which root passes."""
    archive = submitted.archive
    asked = f"for step in {_STEPS!r}: commands(step + ['-C', {str(submitted.root)!r}], standalone_mode=False)"
    command = [sys.executable, "-c", f"from reportgen.cli.main import commands\n{asked}"]
    script = f'mount --bind "{archive}" "{archive}" && mount -o remount,ro,bind "{archive}" && '
    script += f'! touch "{archive}/x" 2>/dev/null && exec "$@"'
    shell = ["unshare", "--mount", "--map-root-user", "sh", "-c", script, "sh"]
    if (
        shutil.which("unshare") is None
        or subprocess.run(  # noqa: S603 - our own words
            [*shell, "true"], check=False, capture_output=True
        ).returncode
    ):
        if os.geteuid() == 0:
            pytest.skip("no mounts here, and root may write everywhere")
        shell = []
        for path in (archive, *archive.rglob("*")):
            path.chmod(path.stat().st_mode & ~0o222)
    done = subprocess.run(  # noqa: S603 - as above
        [*shell, *command], check=False, capture_output=True, text=True
    )
    for path in (archive, *archive.rglob("*")) if not shell else ():
        path.chmod(path.stat().st_mode | 0o200)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count(RECORD) >= len(_STEPS)
    assert "“1.2 million”" in done.stdout
    assert "Everything that was asked holds: 1 record." in done.stdout
    assert not (archive / "catalog.sqlite").exists()


_STEPS = [
    ["archive", "list"],
    ["archive", "search", "exchanges"],
    ["archive", "show", "example-2026/committee"],
    ["archive", "facts", "example-2026.exchanges"],
    ["verify", "--no-render"],
]


def test_whoever_is_submitting_is_waited_for(tmp_path: Path) -> None:
    """Between a bag and its line, the bag would look as if somebody had slipped it in."""
    archive = small(tmp_path)
    told: list[Verification] = []
    asking = threading.Thread(target=lambda: told.append(verified(archive, rendering=False)))
    with book(archive).open() as pages:
        bag = shutil.copytree(archive.bag(RECORD), archive.bag("2026-06-20-another"))
        asking.start()
        asking.join(0.3)
        assert asking.is_alive()
        digest = bagging.digest((bag / bagging.TAG_MANIFEST).read_bytes())
        assert pages.enter(Event.SUBMITTED, "2026-06-20-another", digest)[0] is not None
    asking.join()
    assert [record.ledger.state for record in told[0].records] == [State.HOLDS, State.HOLDS]


# --- asking and telling ---------------------------------------------------------------------------


def test_a_record_that_nobody_knows_is_refused_with_its_nearest(tmp_path: Path) -> None:
    refusal = verify(Inquiry(small(tmp_path), clock(), ("2026-06-10-example-2026-comittee",)))
    assert isinstance(refusal, Refusal)
    assert refusal.code == "unknown-record"
    assert refusal.help == f"did you mean `{RECORD}`?"


def test_only_what_was_asked_for_is_verified(tmp_path: Path) -> None:
    archive = small(tmp_path, 3)
    told = verified(archive, records=(RECORD,), rendering=False)
    assert [record.record for record in told.records] == [RECORD]
    assert told.completeness.state is State.NOT_ASKED


def test_whoever_waits_is_told_how_far_it_is(tmp_path: Path) -> None:
    heard: list[tuple[int, int]] = []
    verified(small(tmp_path, 9), rendering=False, told=lambda done, of: heard.append((done, of)))
    assert heard == [(done, 9) for done in range(1, 10)]


def test_an_archive_in_which_nothing_lies_holds(tmp_path: Path) -> None:
    told = verified(Archive(tmp_path / "archive"))
    assert told.holds
    assert not (tmp_path / "archive").exists()


def test_a_disposed_record_can_still_be_asked_for(tmp_path: Path) -> None:
    archive = small(tmp_path)
    shutil.rmtree(archive.bag(RECORD))
    book(archive).enter(Event.DISPOSED, RECORD)
    told = verified(archive, records=(RECORD,))
    assert told.holds
    assert told.records[0].ledger.found == "line 2, disposed of on 2026-06-10"


def test_people_are_told_every_answer_and_what_it_does_not_prove(whole: Verification) -> None:
    told = whole
    (head,) = (line for line in as_text(told).splitlines() if line.startswith("  head"))
    assert (
        as_text(replace(told, archive="output/archive")).replace(head, "  head")
        == f"""\
{RECORD}
  fixity        holds      {told.records[0].fixity.found}
  ledger        holds      line 1, submitted on 2026-06-11
  sent files    holds      {told.records[0].sent.found}
  signatures    none       not signed
  re-rendering  holds      the same bytes: letter.pdf, letter.txt
  papers        none       0 papers

output/archive
  ledger        holds      1 line
  completeness  holds      1 record
  head

Everything that was asked holds: 1 record.
A pass does not prove that the statements of a letter are true, who sat at the keyboard, that
nothing was left out, or that no line was cut off the end of the ledger, since no head was given.
"""
    )


def test_of_many_records_those_that_hold_are_told_in_a_line(submitted: Workspace) -> None:
    archive = archive_of(submitted)
    for number in range(1, 5):
        name = f"2026-07-0{number}-example-2026-committee"
        payload = payload_of(archive.bag(RECORD))
        payload[layout.RECORD] = payload[layout.RECORD].replace(RECORD.encode(), name.encode())
        bagged = bagging.write(archive.bag(name), payload, info_of(archive.bag(RECORD)))
        book(archive, NOW).enter(Event.SUBMITTED, name, bagged.digest)
    altered(archive.bag(RECORD), CASE, lambda text: text + b"\n")
    text = as_text(verified(archive, rendering=False))
    words = " ".join(text.split())
    assert f"✗ `{CASE}` is not what was sealed: its digests are others" in words
    assert "2026-07-01-example-2026-committee  holds (re-rendering: not asked)\n" in text
    assert "5 records, 1 of which does not hold." in text


def test_programs_are_told_the_same(submitted: Workspace) -> None:
    archive = archive_of(submitted)
    altered(archive.bag(RECORD), CASE, lambda text: text + b"\n")
    said = json.loads(as_json(verified(archive)))
    assert said["format"] == "reportgen-verification"
    assert said["holds"] is False
    (record,) = said["records"]
    assert record["fixity"]["state"] == "fails"
    assert CASE in [fault["place"] for fault in record["fixity"]["faults"]]
    assert record["re_rendering"]["state"] == "not asked"
    assert "who sat at the keyboard" in said["does_not_prove"]
