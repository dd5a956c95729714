"""The certificate of a record: one page that says what the archive says, and how to compare."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from click.testing import CliRunner

from reportgen.archive import ledger
from reportgen.archive.bags.bagging import TAG_MANIFEST
from reportgen.archive.layout import Archive
from reportgen.archive.model import Event
from reportgen.cli.main import commands
from reportgen.jobs.handover import certifying
from tests.archive.conftest import NOW
from tests.archive.sealed import BY, book

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reportgen.workspace import Workspace
    from tests.verapdf.referee import Verdict


def name_of(workspace: Workspace) -> str:
    (bag,) = (workspace.archive / "records").iterdir()
    return bag.name


def certified(workspace: Workspace, target: Path) -> Path:
    path, problems = certifying.certify(workspace, name_of(workspace), lambda: NOW, target)
    assert path is not None, problems
    return path


def words(path: Path) -> str:
    pages = pypdfium2.PdfDocument(path)
    assert len(pages) == 1
    return " ".join(str(pages[0].get_textpage().get_text_bounded()).split())


def test_a_certificate_says_what_was_sent_to_whom_and_what_it_does_not_prove(
    submitted: Workspace, tmp_path: Path
) -> None:
    said = words(certified(submitted, tmp_path / "c.pdf"))
    for part in (
        "Certificate of record",
        name_of(submitted),
        "electronic mail",
        "June 10, 2026, 15:04 UTC-04:00",
        "sha256sum -c --quiet",
        "that the statements of a letter are true",
    ):
        assert part in said


def test_its_digests_are_those_of_the_archive(submitted: Workspace, tmp_path: Path) -> None:
    said = words(certified(submitted, tmp_path / "c.pdf")).replace(" ", "")
    bag = submitted.archive / "records" / name_of(submitted)
    for path in (bag / TAG_MANIFEST, bag / "data/sent/letter.pdf"):
        assert sha256(path.read_bytes()).hexdigest() in said
    lines = ledger.read((submitted.archive / "ledger.jsonl").read_bytes())
    assert lines.digest in said
    assert str(lines.head) in said


def test_its_square_holds_the_same_for_a_machine(submitted: Workspace, tmp_path: Path) -> None:
    path = certified(submitted, tmp_path / "c.pdf")
    image = pypdfium2.PdfDocument(path)[0].render(scale=3).to_pil()
    (found,) = zxingcpp.read_barcodes(image)
    lines = ledger.read((submitted.archive / "ledger.jsonl").read_bytes())
    bag = submitted.archive / "records" / name_of(submitted)
    assert found.text.splitlines() == [
        "reportgen record 1",
        name_of(submitted),
        f"bag {sha256((bag / TAG_MANIFEST).read_bytes()).hexdigest()}",
        f"file {sha256((bag / 'data/sent/letter.pdf').read_bytes()).hexdigest()}",
        f"head {lines.head}",
    ]


def test_the_square_is_told_to_whoever_cannot_see_it(submitted: Workspace, tmp_path: Path) -> None:
    with pikepdf.open(certified(submitted, tmp_path / "c.pdf")) as pdf:
        texts = [str(each["/Alt"]) for each in pdf.objects if _has_alternative(each)]
    assert len(texts) == 1
    assert texts[0].startswith("QR code with the digests of record")


def _has_alternative(thing: pikepdf.Object) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and "/Alt" in thing


def test_the_same_record_and_ledger_give_the_same_bytes(
    submitted: Workspace, tmp_path: Path
) -> None:
    first = certified(submitted, tmp_path / "1.pdf").read_bytes()
    later = NOW + timedelta(days=400)
    certifying.certify(submitted, name_of(submitted), lambda: later, tmp_path / "2.pdf")
    assert (tmp_path / "2.pdf").read_bytes() == first


def test_a_letter_that_was_withdrawn_is_said_to_be_at_the_top(
    submitted: Workspace, tmp_path: Path
) -> None:
    pages = book(Archive(submitted.archive), NOW)
    assert pages.enter(Event.HELD, name_of(submitted), None, {"matter": "a secret"})[0]
    assert pages.enter(Event.WITHDRAWN, name_of(submitted))[0]
    said = words(certified(submitted, tmp_path / "c.pdf"))
    assert "This letter was withdrawn on June 11, 2026." in said
    assert "secret" not in said


def test_what_happened_since_has_the_day_on_which_it_happened(
    submitted: Workspace, tmp_path: Path
) -> None:
    """Not the one on which somebody entered it; and a correction is named, so that it is found."""
    pages = book(Archive(submitted.archive), NOW + timedelta(days=30))
    delivered = {"at": "2026-06-12T09:30-04:00"}
    assert pages.enter(Event.DELIVERED, name_of(submitted), None, delivered)[0]
    by = "2026-07-02-example-2026-correction"
    assert pages.enter(Event.CORRECTED, name_of(submitted), None, {"by": by})[0]
    said = words(certified(submitted, tmp_path / "c.pdf"))
    assert "delivered on June 12, 2026; corrected on July 11, 2026" in said
    assert f"This letter was corrected on July 11, 2026, by {by}." in said


def test_a_record_with_much_to_tell_still_has_one_page(
    submitted: Workspace, tmp_path: Path
) -> None:
    pages = book(Archive(submitted.archive), NOW)
    for _ in range(30):
        assert pages.enter(Event.ASKED, name_of(submitted), None, {"question": "why"})[0]
    assert "and 26 more, in the record" in words(certified(submitted, tmp_path / "c.pdf"))


def test_a_record_that_was_altered_gets_none(submitted: Workspace, tmp_path: Path) -> None:
    bag = submitted.archive / "records" / name_of(submitted)
    (bag / "data/sent/letter.pdf").write_bytes(b"altered")
    path, problems = certifying.certify(
        submitted, name_of(submitted), lambda: NOW, tmp_path / "c.pdf"
    )
    assert path is None
    assert {problem.code for problem in problems} == {"record-unsound"}
    assert not (tmp_path / "c.pdf").exists()


def test_a_certificate_is_printed_at_the_command_line(
    submitted: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPORTGEN_IDENTITY", BY)
    target = tmp_path / "c.pdf"
    arguments = ["archive", "certificate", name_of(submitted), "--to", str(target)]
    done = CliRunner().invoke(commands, [*arguments, "-C", str(submitted.root)])
    assert done.exit_code == 0, done.output
    assert target.read_bytes().startswith(b"%PDF")
    unknown = CliRunner().invoke(
        commands, ["archive", "certificate", "2020-01-01-none", "-C", str(submitted.root)]
    )
    assert unknown.exit_code == 1
    assert "unknown-record" in unknown.output


@pytest.mark.slow
@pytest.mark.parametrize(("profile", "rules"), [("2a", 140), ("ua1", 100)])
def test_vera_pdf_finds_nothing_in_a_certificate(
    submitted: Workspace,
    tmp_path: Path,
    verapdf: Callable[[Path, str], Verdict],
    profile: str,
    rules: int,
) -> None:
    verdict = verapdf(certified(submitted, tmp_path / "c.pdf"), profile)
    assert verdict.failures == ()
    assert verdict.rules > rules
