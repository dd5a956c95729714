"""Whom an organization trusts: root certificates, and what is known of revoked ones.

They are files that somebody put there, `templates/organization/trusted/*.pem`, `*.crl`, `*.ocsp`;
neither the machine's own list nor the network is ever asked. So a verdict depends on nothing that
cannot be kept. One of the doors to pyHanko.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from asn1crypto.crl import CertificateList
    from asn1crypto.ocsp import OCSPResponse
    from asn1crypto.x509 import Certificate
    from pyhanko_certvalidator import ValidationContext

_TALKATIVE: Final = ("pyhanko", "pyhanko_certvalidator")


@dataclass(frozen=True, slots=True)
class Trusted:
    """What a signature is held against.

    Attributes:
        roots: Certificates of authorities, DER.
        crls: Lists of revoked certificates, DER (RFC 5280).
        ocsps: Answers on single certificates, DER (RFC 6960).
    """

    roots: tuple[bytes, ...] = ()
    crls: tuple[bytes, ...] = ()
    ocsps: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What a signed file brings along, for finding one's way from a certificate to a root.

    Attributes:
        certificates: Certificates that are not trusted by being there.
        crls: Lists of revoked certificates.
        ocsps: Answers on single certificates.
    """

    certificates: tuple[Certificate, ...] = ()
    crls: tuple[CertificateList, ...] = ()
    ocsps: tuple[OCSPResponse, ...] = ()


def certificates(content: bytes) -> tuple[bytes, ...]:
    """Return the certificates of a PEM or DER file.

    Raises:
        ValueError: When it holds none, or something else.
    """
    from asn1crypto import pem, x509  # noqa: PLC0415 - takes as long as a command without it

    blocks = (
        [der for kind, _, der in pem.unarmor(content, multiple=True) if kind == "CERTIFICATE"]
        if pem.detect(content)
        else [content]
    )
    for block in blocks:
        # Read whole now: asn1crypto would find out later that it is something else.
        if x509.Certificate.load(block, strict=True).native is None:
            raise ValueError("it is no certificate")
    if not blocks:
        raise ValueError("there is no certificate in it")
    return tuple(blocks)


def lists(content: bytes, kind: str) -> bytes:
    """Return the DER of a CRL (`crl`) or an OCSP response (`ocsp`), checked for its form.

    Raises:
        ValueError: When it is something else.
    """
    from asn1crypto import crl, ocsp, pem  # noqa: PLC0415 - as above

    der = pem.unarmor(content)[2] if pem.detect(content) else content
    form = crl.CertificateList if kind == "crl" else ocsp.OCSPResponse
    if form.load(der, strict=True).native is None:
        raise ValueError("it is something else")
    return der


def context(
    trusted: Trusted, moment: datetime, known: Known | None = None, *, require: bool = False
) -> ValidationContext:
    """Return what pyHanko judges certificates by, at a moment.

    Args:
        trusted: Whom to trust.
        moment: When certificates have to be valid.
        known: What helps on the way.
        require: Whether each certificate has to be shown not to be revoked.
    """
    from asn1crypto import crl, ocsp, x509  # noqa: PLC0415 - as above
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415

    known = known or Known()
    return ValidationContext(
        trust_roots=[x509.Certificate.load(each) for each in trusted.roots],
        other_certs=list(known.certificates),
        crls=[*map(crl.CertificateList.load, trusted.crls), *known.crls],
        ocsps=[*map(ocsp.OCSPResponse.load, trusted.ocsps), *known.ocsps],
        moment=moment,
        allow_fetching=False,
        revocation_mode="require" if require else "soft-fail",
    )


def subject(certificate: Certificate) -> str:
    """Return whose a certificate is, in a line: `Ada Example, Example Corp.`."""
    named = certificate.subject.native
    if not isinstance(named, dict):
        return ""
    parts: Iterable[object] = (
        named.get(key) for key in ("common_name", "organization_name", "organizational_unit_name")
    )
    said = dict.fromkeys(str(part) for part in parts if part)
    plain = ", ".join(said) or str(certificate.subject.human_friendly)
    return "".join(letter for letter in plain if letter.isprintable())[:300]


@contextmanager
def unlogged() -> Iterator[None]:
    """Keep pyHanko from writing to the user's terminal what is reported in other words."""
    loggers = [logging.getLogger(name) for name in _TALKATIVE]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)
