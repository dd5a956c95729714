"""What a signature proves, and each way in which it does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from reportgen.archive.model import Unsigned
from reportgen.archive.signatures.examining import (
    Revocation,
    SignatureReport,
    Trust,
    examine,
    examine_text,
)
from reportgen.archive.signatures.keys import KeyFile
from reportgen.archive.signatures.signing import Level, sign_text
from reportgen.archive.signatures.trust import Trusted
from tests.archive.authority import PASSPHRASE, Authority
from tests.archive.signed import TODAY, signed, terms, trusted, years

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportgen.archive.signatures.signing import Signed


@pytest.fixture(scope="module")
def letters(authority: Authority, pdf: bytes) -> dict[Level, Signed]:
    return {level: signed(pdf, terms(authority, level)) for level in Level}


def looked_at(made: Signed, known: Trusted, content: bytes | None = None) -> SignatureReport:
    return examine(made.content if content is None else content, made.unsigned, known, TODAY)


# --- whose it is ---------------------------------------------------------------------------------


def test_without_roots_a_signature_is_intact_but_not_known_whose(
    letters: dict[Level, Signed],
) -> None:
    report = looked_at(letters[Level.BASIC], Trusted())
    assert (report.sound, report.intact, report.trust) == (True, True, Trust.NO_ROOTS)
    assert "not known whose" in report.told[0]


def test_a_signature_leads_to_a_root_that_is_trusted(
    letters: dict[Level, Signed], authority: Authority
) -> None:
    for made in letters.values():
        report = looked_at(made, trusted(authority))
        assert (report.sound, report.trust) == (True, Trust.KNOWN)
        assert report.revocation is Revocation.GOOD


def test_another_root_does_not_know_it(letters: dict[Level, Signed], authority: Authority) -> None:
    report = looked_at(letters[Level.BASIC], Trusted((authority.certificate("stranger"),)))
    assert (report.sound, report.trust) == (False, Trust.UNKNOWN)


def test_without_lists_nothing_is_said_of_revocation(
    letters: dict[Level, Signed], authority: Authority
) -> None:
    report = looked_at(letters[Level.BASIC], trusted(authority, lists=False))
    assert (report.sound, report.revocation) == (True, Revocation.UNSTATED)
    assert any("whether the certificate was revoked" in said for said in report.told)


def test_the_long_term_brings_its_own_lists(
    letters: dict[Level, Signed], authority: Authority
) -> None:
    report = looked_at(letters[Level.LONG_TERM], trusted(authority, lists=False))
    assert report.revocation is Revocation.GOOD


def test_a_revoked_certificate_is_told(authority: Authority, pdf: bytes) -> None:
    key = KeyFile(authority.p12("revoked"), PASSPHRASE)
    made = signed(pdf, terms(authority, key=key))
    report = looked_at(made, trusted(authority))
    assert (report.sound, report.trust) == (False, Trust.REVOKED)


def test_years_later_only_a_time_stamp_tells_when_a_certificate_was_used(
    letters: dict[Level, Signed], authority: Authority
) -> None:
    """The signer's certificate ends in 2055, the root's in 2060."""
    known = trusted(authority, lists=False)
    later = years(30)
    found = {
        level: examine(made.content, made.unsigned, known, later) for level, made in letters.items()
    }
    assert found[Level.BASIC].trust is Trust.EXPIRED
    assert not found[Level.BASIC].sound
    # The authority's own certificate has ended too; nobody vouches for its time any more.
    assert found[Level.TIME].trust is Trust.EXPIRED
    assert all(report.intact and report.prefix for report in found.values())


# --- what was changed ----------------------------------------------------------------------------


def flipped(content: bytes, position: int) -> bytes:
    return content[:position] + bytes([content[position] ^ 1]) + content[position + 1 :]


@pytest.mark.parametrize("share", [0.001, 0.2, 0.5, 0.8, 0.95])
def test_a_bit_that_is_flipped_anywhere_is_noticed(
    letters: dict[Level, Signed], share: float
) -> None:
    for made in letters.values():
        content = flipped(made.content, int(len(made.content) * share))
        assert not looked_at(made, Trusted(), content).sound


def test_another_letter_under_the_same_name_does_not_begin_as_it_should(
    letters: dict[Level, Signed],
) -> None:
    made = letters[Level.BASIC]
    other = Unsigned(sha256=sha256(b"another").hexdigest(), size=made.unsigned.size)
    report = examine(made.content, other, Trusted(), TODAY)
    assert (report.intact, report.prefix, report.sound) == (True, False, False)


def test_bytes_behind_the_signature_are_noticed(letters: dict[Level, Signed]) -> None:
    made = letters[Level.BASIC]
    for more in (b"\n", b"% a comment\n", made.content):
        report = looked_at(made, Trusted(), made.content + more)
        assert not report.sound


def test_a_file_without_its_signature_is_told(pdf: bytes, letters: dict[Level, Signed]) -> None:
    report = looked_at(letters[Level.BASIC], Trusted(), pdf)
    assert (report.level, report.sound) == ("", False)
    assert "there is no signature in the file" in report.faults


@pytest.mark.parametrize("content", [b"", b"no PDF", b"%PDF-1.7\n%%EOF"])
def test_what_is_no_pdf_is_told(letters: dict[Level, Signed], content: bytes) -> None:
    assert not looked_at(letters[Level.BASIC], Trusted(), content).sound


def edited(content: bytes, edit: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    """Add a change behind a file, as an editor does."""
    writer = IncrementalPdfFileWriter(BytesIO(content))
    edit(writer)
    output = BytesIO()
    writer.write(output)  # type: ignore[no-untyped-call]
    return output.getvalue()


def redrawn(writer: IncrementalPdfFileWriter) -> None:
    page = writer.root["/Pages"]["/Kids"][0]
    stream = generic.StreamObject(stream_data=b"1 0 0 rg 0 0 612 792 re f")
    page["/Contents"] = writer.add_object(stream)
    writer.update_container(page)


def retitled(writer: IncrementalPdfFileWriter) -> None:
    writer.root["/Lang"] = generic.TextStringObject("de")
    writer.update_root()  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("edit", [redrawn, retitled])
def test_a_page_that_was_redrawn_after_signing_is_told(
    letters: dict[Level, Signed], edit: Callable[[IncrementalPdfFileWriter], None]
) -> None:
    for made in letters.values():
        report = looked_at(made, Trusted(), edited(made.content, edit))
        assert not report.sound
        assert report.changes or not report.whole


@pytest.mark.parametrize("edit", [redrawn, retitled])
def test_a_page_that_was_redrawn_before_signing_is_told_though_the_prefix_holds(
    authority: Authority, pdf: bytes, edit: Callable[[IncrementalPdfFileWriter], None]
) -> None:
    """Whoever has the key may sign other pages behind the ones that were approved."""
    from reportgen.archive.signatures import signing  # noqa: PLC0415 - behind the wall: it refuses this

    how = terms(authority)
    made = signing._attempt(lambda signer: signing._sign_pdf(edited(pdf, edit), signer, how), how)
    assert isinstance(made, bytes)
    unsigned = Unsigned(sha256=sha256(pdf).hexdigest(), size=len(pdf))
    report = examine(made, unsigned, trusted(authority), TODAY)
    assert (report.intact, report.prefix, report.trust) == (True, True, Trust.KNOWN)
    assert report.changes
    assert not report.sound


def test_a_second_signature_is_told(authority: Authority, letters: dict[Level, Signed]) -> None:
    from reportgen.archive.signatures import signing  # noqa: PLC0415 - as above

    how = terms(authority)
    first = letters[Level.BASIC]
    original, signing.FIELD = signing.FIELD, "Other"  # type: ignore[misc]
    try:
        made = signing._attempt(lambda signer: signing._sign_pdf(first.content, signer, how), how)
    finally:
        signing.FIELD = original  # type: ignore[misc]
    assert isinstance(made, bytes)
    assert "signatures" in " ".join(looked_at(first, Trusted(), made).faults)


# --- beside a text -------------------------------------------------------------------------------


@pytest.mark.parametrize("level", [Level.BASIC, Level.TIME])
def test_a_text_is_signed_beside_itself(authority: Authority, level: Level) -> None:
    signature = sign_text(b"a text", terms(authority, level))
    assert isinstance(signature, bytes)
    report = examine_text(b"a text", signature, trusted(authority), TODAY)
    assert (report.sound, report.level, report.trust) == (True, level, Trust.KNOWN)
    assert examine_text(b"another", signature, trusted(authority), TODAY).intact is False


@pytest.mark.parametrize("signature", [b"", b"noise", b"\x30\x03\x02\x01\x01"])
def test_what_is_no_signature_is_told(signature: bytes) -> None:
    assert not examine_text(b"a text", signature, Trusted(), TODAY).sound


def test_a_time_stamp_over_another_signature_is_told(authority: Authority) -> None:
    """The authority's answer for one signature is put beside another one."""
    later = TODAY + timedelta(minutes=1)
    how = terms(authority, Level.TIME)
    kept: list[bytes] = []

    def first_answer(request: bytes) -> bytes:
        kept.append(authority.stamped(request, TODAY))
        return kept[-1]

    made = sign_text(b"a text", replace(how, ask=first_answer))
    assert isinstance(made, bytes)
    other = sign_text(b"a text", replace(how, ask=lambda _: kept[-1], clock=lambda: later))
    assert not isinstance(other, bytes)
    assert other.code == "time-stamp-wrong"
