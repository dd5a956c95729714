"""A final PDF signed as PAdES, and a text signed beside itself: bytes in, bytes out.

The signature stands in an invisible field: the signature block that one sees is the letter's own.
It is added behind the unsigned bytes, which stay as they are, and keeps PDF/A and PDF/UA. What was
signed is examined before it is given out, so that nothing leaves that the archive could not verify.
The bytes differ from one signing to the next, as the times and random numbers in them do.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, Final

from reportgen.archive.model import Unsigned
from reportgen.archive.signatures import examining as signatures
from reportgen.archive.signatures import keys
from reportgen.archive.signatures.keys import KeyRefusedError
from reportgen.archive.signatures.trust import Trusted, context, unlogged
from reportgen.problems.model import Refusal
from reportgen.problems.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from typing import IO

    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import InvisSigSettings
    from pyhanko.sign.signers import PdfSigner, Signer
    from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PreSignValidationStatus
    from pyhanko_certvalidator import ValidationContext

    from reportgen.archive.signatures.keys import KeyFile, TokenKey
    from reportgen.archive.signatures.stamping import Ask, Stamper

FIELD: Final = "Signature"
"""The name of the field that holds the signature."""
STAMP_FIELD: Final = "TimeStamp"
"""The name of the field that holds the time stamp over the signed file."""


class Level(StrEnum):
    """What a signature holds (ETSI EN 319 142-1)."""

    BASIC = "B-B"
    TIME = "B-T"
    LONG_TERM = "B-LTA"


@dataclass(frozen=True, slots=True)
class Terms:
    """How signatures are made.

    Attributes:
        key: What signs.
        level: What a signature of a PDF holds.
        ask: Asks the time-stamping authority; None when there is none.
        trusted: Whom to trust; with the data on revoked certificates that B-LTA puts in the file.
        clock: Says what time it is.
    """

    key: KeyFile | TokenKey
    level: Level
    trusted: Trusted
    clock: Callable[[], datetime]
    ask: Ask | None = None


@dataclass(frozen=True, slots=True)
class Signed:
    """A signed PDF.

    Attributes:
        content: Its bytes.
        unsigned: What it was before.
        report: What its signature proves by the standards of the house.
    """

    content: bytes
    unsigned: Unsigned
    report: signatures.SignatureReport


def sign(pdf: bytes, terms: Terms) -> Signed | Refusal:
    """Return a PDF with a signature, or why it cannot be signed.

    Returns:
        The signed file; or a refusal: those of `keys.opened` and `stamping.Stamper`,
        `signing-settings` when a level is asked for that needs an authority,
        `signing-revocation` when B-LTA lacks certificates or data on revoked ones,
        `signing-failed` when what came out does not stand up to examination.
    """
    unready = _unready(terms)
    if unready is not None:
        return unready
    made = _attempt(lambda signer: _sign_pdf(pdf, signer, terms), terms)
    if isinstance(made, Refusal):
        return made
    unsigned = Unsigned(sha256=sha256(pdf).hexdigest(), size=len(pdf))
    # Judged by what it is, not by whom the house trusts: its own authority may not be listed.
    report = signatures.examine(made, unsigned, Trusted(), terms.clock())
    if report.faults or report.level != terms.level:
        reason = "; ".join(report.faults) or f"it is {report.level}"
        return Refusal("signing-failed", f"the signature that was made does not hold: {reason}")
    if terms.trusted.roots:
        judged = signatures.examine(made, unsigned, terms.trusted, terms.clock())
        report = replace(judged, faults=())
    return Signed(made, unsigned, report)


def sign_text(content: bytes, terms: Terms) -> bytes | Refusal:
    """Return a detached signature over some bytes, time-stamped where there is an authority.

    Returns:
        CMS in DER (CAdES); or a refusal as of `sign`.
    """
    made = _attempt(lambda signer: _sign_text(content, signer, terms), terms)
    if isinstance(made, Refusal):
        return made
    report = signatures.examine_text(content, made, Trusted(), terms.clock())
    if report.faults:
        reason = "; ".join(report.faults)
        return Refusal("signing-failed", f"the signature that was made does not hold: {reason}")
    return made


def _unready(terms: Terms) -> Refusal | None:
    if terms.level is not Level.BASIC and terms.ask is None:
        message = f"a signature of level {terms.level} needs a time-stamping authority"
        return Refusal("signing-settings", message, "name its address, or sign as B-B")
    trusted = terms.trusted
    if terms.level is Level.LONG_TERM and not (trusted.roots and (trusted.crls or trusted.ocsps)):
        return Refusal(
            "signing-revocation",
            "a signature of level B-LTA needs the authorities' certificates and their lists of "
            "revoked ones, and they are not all here",
            "put them into templates/organization/trusted/ as .pem, .crl and .ocsp files",
        )
    return None


def _attempt(sign_with: Callable[[Signer], bytes], terms: Terms) -> bytes | Refusal:
    """Lend the key to `sign_with`, and turn what stands in the way into a refusal."""
    from pyhanko.pdf_utils.misc import PdfError  # noqa: PLC0415 - heavy, as all below
    from pyhanko.sign.general import SigningError  # noqa: PLC0415
    from pyhanko_certvalidator.errors import (  # noqa: PLC0415
        PathBuildingError,
        ValidationError,
    )

    from reportgen.archive.signatures.stamping import NotStampedError  # noqa: PLC0415

    try:
        with unlogged(), keys.opened(terms.key, terms.clock()) as signer:
            return sign_with(signer)
    except (KeyRefusedError, NotStampedError) as refused:
        return refused.refusal
    except (PathBuildingError, ValidationError) as error:
        return Refusal(
            "signing-revocation",
            f"the certificates cannot be proved to be good: {quoted(error)}",
            "see that templates/organization/trusted/ has the authorities' certificates and their "
            "newest lists of revoked ones",
        )
    except SigningError as error:
        chained = error.__cause__
        if isinstance(chained, (PathBuildingError, ValidationError)):
            code = "signing-revocation"
        else:
            code = "signing-failed"
        return Refusal(code, f"it cannot be signed: {quoted(error)}")
    except (PdfError, ValueError, OSError) as error:
        return Refusal("signing-failed", f"it cannot be signed: {quoted(error)}")


def _stamper(terms: Terms) -> Stamper | None:
    from reportgen.archive.signatures.stamping import Stamper  # noqa: PLC0415 - heavy

    return Stamper(terms.ask, terms.clock) if terms.ask is not None else None


def _sign_pdf(pdf: bytes, signer: Signer, terms: Terms) -> bytes:
    from pyhanko.sign.fields import SigFieldSpec  # noqa: PLC0415 - heavy
    from pyhanko.sign.signers import PdfSigner  # noqa: PLC0415

    place = SigFieldSpec(FIELD, invis_sig_settings=_unseen())
    stamper = _stamper(terms) if terms.level is not Level.BASIC else None
    maker = PdfSigner(_metadata(terms), signer, timestamper=stamper, new_field_spec=place)
    return asyncio.run(_signed(pdf, maker, stamper, terms))


def _unseen() -> InvisSigSettings:
    """PDF/A forbids the hidden flag, and PDF/UA an untagged field that could be seen."""
    from pyhanko.sign.fields import InvisSigSettings  # noqa: PLC0415 - heavy

    return InvisSigSettings(box_out_of_bounds=True)


def _metadata(terms: Terms) -> PdfSignatureMetadata:
    from pyhanko.sign.fields import SigSeedSubFilter  # noqa: PLC0415 - heavy
    from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata  # noqa: PLC0415

    lasting = terms.level is Level.LONG_TERM
    return PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        embed_validation_info=lasting,
        validation_context=context(terms.trusted, terms.clock(), require=True) if lasting else None,
        signer_key_usage=set(),  # looked at by `keys`: either of two usages will do
    )


async def _signed(pdf: bytes, maker: PdfSigner, stamper: Stamper | None, terms: Terms) -> bytes:
    """Sign step by step, as `PdfSigner.async_sign_pdf` does, by the clock that was handed in."""
    from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes  # noqa: PLC0415 - heavy

    now = terms.clock()
    writer = _writer(BytesIO(pdf))
    session = maker.init_signing_session(writer)
    session.system_time = now
    validation = await session.perform_presign_validation(writer)
    room = await session.estimate_signature_container_size(validation, tight=False)
    document = session.prepare_tbs_document(validation, bytes_reserved=room)
    digest, output = document.digest_tbs_document()
    attributes = PdfCMSSignedAttributes(signing_time=now)
    await document.perform_signature(digest.document_digest, attributes)
    if stamper is not None and validation is not None and terms.level is Level.LONG_TERM:
        known = maker.signature_meta.validation_context
        await _made_to_last(output, validation, stamper, known)
    output.seek(0)
    return bytes(output.read())


async def _made_to_last(
    output: IO[bytes],
    validation: PreSignValidationStatus,
    stamper: Stamper,
    known: ValidationContext | None,
) -> None:
    """Add what proves the certificates, and a time stamp over all of it, to the file's end."""
    from pyhanko.sign.signers.pdf_signer import (  # noqa: PLC0415 - heavy
        PdfTimeStamper,
        TimestampDSSContentSettings,
    )
    from pyhanko.sign.validation.dss import DocumentSecurityStore  # noqa: PLC0415

    writer = _writer(output)
    paths = validation.validation_paths
    DocumentSecurityStore.supply_dss_in_writer(
        writer,
        sig_contents=None,
        paths=paths,
        validation_context=known,
        ocsps=validation.ocsps_to_embed,
        crls=validation.crls_to_embed,
    )
    last = PdfTimeStamper(stamper, field_name=STAMP_FIELD, invis_settings=_unseen())
    await last.async_timestamp_pdf(
        writer,
        "sha256",
        known,
        validation_paths=paths,
        in_place=True,
        # What proves the time stamp goes in before it, so that it covers the file to its end.
        dss_settings=TimestampDSSContentSettings(include_vri=False, update_before_ts=True),
    )


def _writer(content: IO[bytes]) -> IncrementalPdfFileWriter:
    """Return what adds to a PDF and leaves alone what the file says of itself.

    pyHanko would write its own name into the metadata, which hold nothing of the house's tools,
    and for elliptic curves declare PDF 2.0, which no PDF/A-2 is.
    """
    from pyhanko.pdf_utils.incremental_writer import (  # noqa: PLC0415 - heavy
        IncrementalPdfFileWriter,
    )

    class Writer(IncrementalPdfFileWriter):
        def ensure_output_version(self, version: object) -> None:
            pass

        def _update_meta(self) -> None:
            pass

    return Writer(content)


def _sign_text(content: bytes, signer: Signer, terms: Terms) -> bytes:
    from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes  # noqa: PLC0415 - heavy

    coroutine = signer.async_sign_general_data(
        content,
        "sha256",
        use_cades=True,
        timestamper=_stamper(terms),
        signed_attr_settings=PdfCMSSignedAttributes(signing_time=terms.clock()),
    )
    return bytes(asyncio.run(coroutine).dump())
