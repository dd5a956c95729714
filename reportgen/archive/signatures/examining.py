"""What a signature proves: of a PDF (PAdES), and of a ledger's head (detached CMS).

Bytes go in, a report comes out, with one field a question. A report is a verdict on bytes as they
are and on certificates as they were when the signature was made; it says nothing of who held the
key. Nothing is fetched and no clock is read: whom to trust and what time it is are handed in.

A certificate has to have been valid when it was used, and only a time stamp tells when that was.
So times are followed backwards: the last document time stamp is judged now, each earlier one when
the later was made, and the signature when its own time stamp was. Without a time stamp a signature
is judged now, and a certificate that has expired since leaves it unproved.

For the one who verifies an archive: call `examine` for each `SentFile` whose `unsigned` is given,
and `examine_text` for each `heads/*.p7s` with `heads.statement(...)`; `SignatureReport.sound` is
the bottom line, `faults` says in sentences what is wrong, `told` what is to be said of it anyway.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from reportgen.archive.signatures.increments import changes
from reportgen.archive.signatures.trust import Known, Trusted, context, subject, unlogged

if TYPE_CHECKING:
    from datetime import datetime

    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
    from pyhanko.sign.validation.settings import KeyUsageConstraints
    from pyhanko.sign.validation.status import SignatureStatus

    from reportgen.archive.model import Unsigned

FORM_LIMIT: Final = 4 * 1024 * 1024
"""How many bytes a detached signature may have."""


class Trust(StrEnum):
    """Whether it is known whose a certificate is."""

    KNOWN = "known"
    NO_ROOTS = "no roots"
    UNKNOWN = "unknown"
    EXPIRED = "expired"
    REVOKED = "revoked"
    UNFIT = "unfit"


class Revocation(StrEnum):
    """What is known of the revocation of a certificate."""

    GOOD = "good"
    UNSTATED = "unstated"
    REVOKED = "revoked"


_TRUST_TOLD: Final = {
    Trust.KNOWN: "its certificate leads to an authority that is trusted here",
    Trust.NO_ROOTS: "not known whose: no authority is trusted here",
    Trust.UNKNOWN: "not known whose: its certificate leads to no authority that is trusted here",
    Trust.EXPIRED: "its certificate was not valid at the time that can be proved",
    Trust.REVOKED: "its certificate was revoked",
    Trust.UNFIT: "its certificate may not be used for this",
}


@dataclass(frozen=True, slots=True)
class TimeStamp:
    """A time that an authority vouches for (RFC 3161).

    Attributes:
        at: When what it covers was there, at the latest.
        authority: Who says so.
        intact: Whether it is a signature over just these bytes.
        trust: Whether it is known whose it is.
        document: Whether it covers the file with its signature (B-LTA), and not the signature.
    """

    at: datetime
    authority: str
    intact: bool
    trust: Trust
    document: bool = False


@dataclass(frozen=True, slots=True)
class SignatureReport:
    """What is known of a signature.

    Attributes:
        level: `B-B`, `B-T` or `B-LTA` (ETSI EN 319 142-1); empty when there is no signature.
        signer: Whom the certificate names.
        signed_at: When it was signed, as the signer says; None when they do not.
        intact: Whether it is a signature over just these bytes, by that certificate's key.
        whole: Whether signature and time stamps together cover the file to its last byte.
        prefix: Whether the file begins with the unsigned bytes of the record; None where there
            are none to compare with.
        changes: What was changed after the unsigned bytes beyond adding the signature, its time
            stamps and what proves them; empty when nothing was.
        trust: Whether it is known whose it is.
        revocation: What is known of the revocation of the signer's certificate.
        stamps: Its time stamps, the oldest first.
        faults: What is wrong, in sentences.
    """

    level: str = ""
    signer: str = ""
    signed_at: datetime | None = None
    intact: bool = False
    whole: bool = False
    prefix: bool | None = None
    changes: str = ""
    trust: Trust = Trust.NO_ROOTS
    revocation: Revocation = Revocation.UNSTATED
    stamps: tuple[TimeStamp, ...] = ()
    faults: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong; a signature that is not known whose may be sound."""
        return not self.faults

    @property
    def told(self) -> tuple[str, ...]:
        """What is known of it, in sentences without a full stop; empty without a signature."""
        if not self.level:
            return ()
        intact = "intact" if self.intact else "broken"
        said = [
            f"signed by {self.signer} (PAdES {self.level}), {intact}, {_TRUST_TOLD[self.trust]}"
        ]
        for stamp in self.stamps:
            what = "the signed file" if stamp.document else "the signature"
            said.append(
                f"{what} was there on {stamp.at:%Y-%m-%d at %H:%M:%S} UTC, says "
                f"{stamp.authority}; {_TRUST_TOLD[stamp.trust]}"
            )
        if self.trust is Trust.KNOWN and self.revocation is Revocation.UNSTATED:
            said.append("nothing here says whether the certificate was revoked")
        return tuple(said)


def examine(
    pdf: bytes, unsigned: Unsigned | None, trusted: Trusted, at: datetime
) -> SignatureReport:
    """Examine the signature of a PDF.

    Args:
        pdf: The signed file.
        unsigned: What it was before it was signed, as its record says; None when nobody knows.
        trusted: Whom to trust.
        at: The time of the examination, by a clock that the caller trusts.

    Returns:
        The report; where the file has several signatures, on the first one, the others being
        faults. Never raises on what stands in the file.
    """
    prefix = None if unsigned is None else _begins_with(pdf, unsigned)
    try:
        with unlogged():
            report = _examined(pdf, trusted, at)
    except Exception as error:  # noqa: BLE001 - whatever a hostile file does to the reader
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        report = SignatureReport(faults=(f"the file cannot be examined: {reason}",))
    report = replace(report, prefix=prefix)
    if prefix is False:
        fault = "the file does not begin with the bytes that the letter had before it was signed"
        report = replace(report, faults=(*report.faults, fault))
    return report


def examine_text(
    content: bytes, signature: bytes, trusted: Trusted, at: datetime
) -> SignatureReport:
    """Examine a detached signature over some bytes: CMS in DER.

    Args:
        content: What is said to be signed.
        signature: The signature.
        trusted: Whom to trust.
        at: The time of the examination.
    """
    try:
        with unlogged():
            return _examined_text(content, signature, trusted, at)
    except Exception as error:  # noqa: BLE001 - as above
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        return SignatureReport(faults=(f"the signature cannot be examined: {reason}",))


def _begins_with(pdf: bytes, unsigned: Unsigned) -> bool:
    """Whether a file is longer than its unsigned beginning and has it unchanged."""
    return (
        len(pdf) > unsigned.size
        and sha256(memoryview(pdf)[: unsigned.size]).hexdigest() == unsigned.sha256
    )


def _examined(pdf: bytes, trusted: Trusted, at: datetime) -> SignatureReport:
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415 - heavy, as all below
    from pyhanko.sign.validation import (  # noqa: PLC0415
        validate_pdf_signature,
        validate_pdf_timestamp,
    )
    from pyhanko.sign.validation.status import SignatureCoverageLevel  # noqa: PLC0415

    reader = PdfFileReader(BytesIO(pdf))
    signatures = reader.embedded_regular_signatures
    if not signatures:
        return SignatureReport(faults=("there is no signature in the file",))
    first, others = signatures[0], signatures[1:]
    known = _brought_along(reader)
    moment = at
    stamps: list[TimeStamp] = []
    # The newest first: each is judged at the time that the one after it vouches for.
    stamping = reader.embedded_timestamp_signatures
    for each in reversed(stamping):
        status = validate_pdf_timestamp(each, context(trusted, moment, known))
        stamps.append(_stamp(status, trusted, document=True))
        moment = _earlier(stamps[-1], moment)
    status = _of_stamp(first, trusted, moment, known)
    own = getattr(status, "timestamp_validity", None)
    if own is not None:
        stamps.append(_stamp(own, trusted))
        moment = _earlier(stamps[-1], moment)
    revocation, status = _judged(
        lambda require: validate_pdf_signature(
            first, context(trusted, moment, known, require=require), None, None, _usage()
        ),
    )
    report = SignatureReport(
        level=_level(stamps),
        signer=subject(status.signing_cert),
        signed_at=status.signer_reported_dt,
        intact=status.intact and status.valid,
        whole=status.coverage >= SignatureCoverageLevel.ENTIRE_REVISION
        and any(each.coverage == SignatureCoverageLevel.ENTIRE_FILE for each in (first, *stamping))
        and not any(map(_stuffed, (first, *stamping))),
        changes=changes(reader),
        trust=_trust(status, trusted),
        revocation=revocation,
        stamps=tuple(reversed(stamps)),
    )
    return replace(report, faults=_faults(report, len(others)))


def _examined_text(
    content: bytes, signature: bytes, trusted: Trusted, at: datetime
) -> SignatureReport:
    import asyncio  # noqa: PLC0415 - heavy, as all below

    from asn1crypto import cms  # noqa: PLC0415
    from pyhanko.sign.validation.generic_cms import (  # noqa: PLC0415
        async_validate_detached_cms,
    )

    info = cms.ContentInfo.load(signature, strict=True)
    if info["content_type"].native != "signed_data":
        raise ValueError("it is no signature")

    def validated(moment: datetime, *, require: bool = False) -> Any:  # noqa: ANN401
        judging = context(trusted, moment, require=require)
        coroutine = async_validate_detached_cms(
            content, info["content"], judging, key_usage_settings=_usage()
        )
        return asyncio.run(coroutine)

    moment = at
    stamps: tuple[TimeStamp, ...] = ()
    own = validated(at).timestamp_validity
    if own is not None:
        stamps = (_stamp(own, trusted),)
        moment = _earlier(stamps[0], at)
    revocation, status = _judged(lambda require: validated(moment, require=require))
    report = SignatureReport(
        level=_level(list(stamps)),
        signer=subject(status.signing_cert),
        signed_at=status.signer_reported_dt,
        intact=status.intact and status.valid,
        whole=True,
        trust=_trust(status, trusted),
        revocation=revocation,
        stamps=stamps,
    )
    return replace(report, faults=_faults(report, 0))


def _stuffed(signature: EmbeddedPdfSignature) -> bool:
    """Whether something stands in a signature's place behind the signature, where none looks."""
    from asn1crypto.parser import peek  # noqa: PLC0415 - heavy

    content = bytes(signature.pkcs7_content)
    return bool(content[peek(content) :].strip(b"\0"))


def _of_stamp(first: EmbeddedPdfSignature, trusted: Trusted, moment: datetime, known: Known) -> Any:  # noqa: ANN401
    """Return the status of a signature whose time stamp is judged at a moment."""
    from pyhanko.sign.validation import validate_pdf_signature  # noqa: PLC0415 - heavy

    judging = context(trusted, moment, known)
    return validate_pdf_signature(first, judging, judging, None, _usage(), skip_diff=True)


def _judged(validated: Any) -> tuple[Revocation, Any]:  # noqa: ANN401
    """Validate twice: first demanding proof that nothing was revoked, then as far as is known."""
    strict = validated(True)
    if strict.trusted:
        return Revocation.GOOD, strict
    status = validated(False)
    return (Revocation.REVOKED if status.revoked else Revocation.UNSTATED), status


def _stamp(status: Any, trusted: Trusted, *, document: bool = False) -> TimeStamp:  # noqa: ANN401
    intact = bool(status.intact and status.valid)
    authority = subject(status.signing_cert)
    return TimeStamp(status.timestamp, authority, intact, _trust(status, trusted), document)


def _earlier(stamp: TimeStamp, moment: datetime) -> datetime:
    """Return the time that a stamp proves; when it proves none, the one known before."""
    return min(stamp.at, moment) if stamp.intact and stamp.trust is Trust.KNOWN else moment


def _trust(status: SignatureStatus, trusted: Trusted) -> Trust:
    from pyhanko.sign.ades.report import AdESIndeterminate as Why  # noqa: PLC0415
    from pyhanko_certvalidator._state import ValProcState as _  # noqa: F401, PLC0415

    why = status.trust_problem_indic
    if status.revocation_details is not None:
        return Trust.REVOKED
    if not trusted.roots:
        return Trust.NO_ROOTS
    if status.trusted:
        return Trust.KNOWN
    if why in {
        Why.OUT_OF_BOUNDS_NO_POE,
        Why.OUT_OF_BOUNDS_NOT_REVOKED,
        Why.NOT_YET_VALID,
        Why.EXPIRED,
    }:
        return Trust.EXPIRED
    if why is Why.NO_CERTIFICATE_CHAIN_FOUND:
        return Trust.UNKNOWN
    return Trust.UNFIT


def _usage() -> KeyUsageConstraints:
    """Either usage will do: authorities differ in which of them they give for signing letters."""
    from pyhanko.sign.validation.settings import KeyUsageConstraints  # noqa: PLC0415 - heavy

    return KeyUsageConstraints(
        key_usage={"non_repudiation", "digital_signature"}, match_all_key_usages=False
    )


def _level(stamps: list[TimeStamp]) -> str:
    if any(each.document for each in stamps):
        return "B-LTA"
    return "B-T" if stamps else "B-B"


def _brought_along(reader: PdfFileReader) -> Known:
    """Return certificates and revocation data that a file has in its security store."""
    from asn1crypto import crl, ocsp  # noqa: PLC0415 - heavy, as all below
    from pyhanko.sign.validation.dss import DocumentSecurityStore  # noqa: PLC0415
    from pyhanko.sign.validation.errors import NoDSSFoundError  # noqa: PLC0415

    try:
        store = DocumentSecurityStore.read_dss(reader)
    except NoDSSFoundError:
        return Known()
    return Known(
        tuple(store.load_certs()),
        tuple(crl.CertificateList.load(each.get_object().data) for each in store.crls),
        tuple(ocsp.OCSPResponse.load(each.get_object().data) for each in store.ocsps),
    )


def _faults(report: SignatureReport, others: int) -> tuple[str, ...]:
    """Return what is wrong according to a report."""
    faults = []
    if not report.intact:
        faults.append("the signature is not one over these bytes: they or it were changed")
    if not report.whole:
        faults.append("bytes of the file are covered neither by the signature nor by a time stamp")
    if report.changes:
        faults.append(f"the file was changed beyond signing it: {report.changes}")
    if others:
        faults.append(f"the file has {others + 1} signatures, where the house makes one")
    if report.trust not in {Trust.KNOWN, Trust.NO_ROOTS}:
        faults.append(f"the signature of {report.signer}: {_TRUST_TOLD[report.trust]}")
    for stamp in report.stamps:
        if not stamp.intact:
            faults.append(f"the time stamp of {stamp.authority} is not one over these bytes")
        elif stamp.trust not in {Trust.KNOWN, Trust.NO_ROOTS}:
            faults.append(f"the time stamp of {stamp.authority}: {_TRUST_TOLD[stamp.trust]}")
    return tuple(faults)
