"""A signed letter forged with all that vouches for it: record, manifests and the whole ledger.

Whoever does this may write everything in the archive, and has no key of the house. What they make
fits together in every way but one, the signature; and it is not the ledger whose head somebody
else has written down.
"""

from __future__ import annotations

import json
import shutil
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest

from reportgen.archive import layout, ledger
from reportgen.archive.bags import bagging
from reportgen.archive.layout import Archive
from reportgen.archive.model import Event, SentFile
from reportgen.archive.signatures.trust import Trusted
from reportgen.archive.verdicts import Verification
from reportgen.jobs.verification.judging import Inquiry
from reportgen.jobs.verification.verifying import verify
from tests.archive.authority import Authority
from tests.archive.sealed import book, payload, record_of
from tests.archive.signed import at, signed, terms, trusted
from tests.archive.test_tampering import bagged_anew, lines_of, rechained

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reportgen.archive.ledger import Head

RECORD = "2026-06-10-example-2026-committee"
LETTER = f"{layout.SENT}/letter.pdf"


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory, authority: Authority, pdf: bytes) -> Path:
    """An archive with one record, whose letter is signed."""
    archive = Archive(tmp_path_factory.mktemp("sealed") / "archive")
    made = signed(pdf, terms(authority))
    sent = SentFile(
        path=LETTER,
        media_type="application/pdf",
        sha256=sha256(made.content).hexdigest(),
        size=len(made.content),
        unsigned=made.unsigned,
    )
    record = record_of(sent=(sent,))
    archive.records.mkdir(parents=True)
    draft = json.dumps({"draft": {"digest": record.drafts[0]}}).encode()
    contents = {
        **payload(record, "", ()),
        LETTER: made.content,
        f"{layout.DRAFTS}/whole.json": draft,
    }
    bagged = bagging.write(archive.bag(RECORD), contents, [("External-Identifier", RECORD)])
    entry, problems = book(archive).enter(Event.SUBMITTED, RECORD, bagged.digest)
    assert entry is not None, problems
    return archive.root


@pytest.fixture
def archive(sealed: Path, tmp_path: Path) -> Archive:
    shutil.copytree(sealed, tmp_path / "archive")
    return Archive(tmp_path / "archive")


@pytest.fixture
def head(archive: Archive) -> Head:
    """The head that somebody wrote down before anything was forged."""
    found = ledger.read(archive.ledger.read_bytes()).head
    assert found is not None
    return found


def verified(archive: Archive, known: Trusted, head: Head | None = None) -> Verification:
    told = verify(Inquiry(archive, at(), (), head, rendering=False, trusted=known))
    assert isinstance(told, Verification), told
    return told


def failing(archive: Archive, known: Trusted, head: Head | None = None) -> set[str]:
    told = verified(archive, known, head)
    (record,) = told.records
    found = {question for question, answer in record.answers if answer.faults}
    return found | ({"chain"} if told.chain.faults else set())


def said(archive: Archive, known: Trusted) -> str:
    (record,) = verified(archive, known).records
    return "\n".join(fault.message for fault in record.signatures.faults)


def forge(
    archive: Archive,
    change: Callable[[bytes], bytes],
    tell: Callable[[dict[str, Any], bytes], object] = lambda _sent, _content: None,
) -> None:
    """Change the letter, and all that vouches for it: record, manifests, and the ledger."""

    def altered(contents: dict[str, bytes]) -> None:
        content = contents[LETTER] = change(contents[LETTER])
        record = json.loads(contents[layout.RECORD])
        (sent,) = record["sent"]
        sent |= {"sha256": sha256(content).hexdigest(), "size": len(content)}
        tell(sent, content)
        contents[layout.RECORD] = json.dumps(record).encode()

    digest = bagged_anew(archive.bag(RECORD), altered)
    archive.ledger.write_bytes(b"".join(rechained(lines_of(archive), bag=digest)))


def unsigned_anew(sent: dict[str, Any], content: bytes) -> None:
    """Have the record tell of the unsigned bytes as they are now."""
    size = sent["unsigned"]["size"]
    sent["unsigned"]["sha256"] = sha256(content[:size]).hexdigest()


def with_another_figure(content: bytes) -> bytes:
    """Flip a bit in the middle of the letter: what stands there is another content stream."""
    middle = content.index(b"stream\n") + 40
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


def test_what_nobody_forged_holds(archive: Archive, authority: Authority, head: Head) -> None:
    for known in (trusted(authority), Trusted()):
        assert verified(archive, known, head).holds


@pytest.mark.parametrize("tell", [lambda _sent, _content: None, unsigned_anew])
def test_a_letter_altered_with_all_that_vouches_for_it_fails_at_its_signature(
    archive: Archive,
    authority: Authority,
    head: Head,
    tell: Callable[[dict[str, Any], bytes], object],
) -> None:
    forge(archive, with_another_figure, tell)
    for known in (trusted(authority), Trusted()):
        assert failing(archive, known) == {"signatures"}
        assert failing(archive, known, head) == {"signatures", "chain"}
    assert "the signature is not one over these bytes" in said(archive, Trusted())


def test_a_record_that_keeps_silent_of_a_signature_does_not_hide_it(
    archive: Archive, authority: Authority, head: Head
) -> None:
    """What is not told of as signed would not be asked whether its signature holds."""
    forge(archive, with_another_figure, lambda sent, _: sent.update(unsigned=None))
    assert failing(archive, trusted(authority)) == {"signatures"}
    assert failing(archive, trusted(authority), head) == {"signatures", "chain"}
    assert "is signed, and the record does not say so" in said(archive, Trusted())


def test_a_letter_signed_by_somebody_else_is_not_known_whose(
    archive: Archive, authority: Authority, head: Head, pdf: bytes, tmp_path: Path
) -> None:
    """Anybody can make a key that is called the same: only the authority tells them apart."""
    (tmp_path / "theirs").mkdir()
    theirs = signed(with_another_figure(pdf), terms(Authority(tmp_path / "theirs")))
    forge(archive, lambda _: theirs.content, unsigned_anew)
    assert failing(archive, trusted(authority)) == {"signatures"}
    assert failing(archive, trusted(authority), head) == {"signatures", "chain"}
    assert "leads to no authority that is trusted here" in said(archive, trusted(authority))


def test_a_signature_that_was_cut_off_is_missed_by_the_head_alone(
    archive: Archive, authority: Authority, head: Head, pdf: bytes
) -> None:
    """A letter that was never signed looks the same: what it was is in the ledger."""
    forge(archive, lambda _: pdf, lambda sent, _: sent.update(unsigned=None))
    told = verified(archive, trusted(authority))
    assert told.holds
    assert told.records[0].signatures.found == "not signed"
    assert failing(archive, trusted(authority), head) == {"chain"}
