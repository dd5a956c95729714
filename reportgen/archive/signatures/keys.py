"""The key that an organization signs with: a PKCS#12 file, or a key that never leaves its token.

Bytes and secrets go in, a signer of pyHanko's comes out; what stands in the way is a refusal that
repeats no secret. One of the doors to pyHanko.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from reportgen.archive.signatures.trust import subject
from reportgen.problems.model import Refusal
from reportgen.problems.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path
    from typing import NoReturn

    from asn1crypto.x509 import Certificate
    from pyhanko.sign.signers import Signer, SimpleSigner

LIMIT: Final = 1024 * 1024
"""How many bytes a key file may have."""

SCHEME: Final = "pkcs11:"
"""What the name of a token's key begins with, instead of a path (RFC 7512)."""

_ATTRIBUTES: Final = frozenset({"token", "serial", "object", "id"})
_SECRET: Final = re.compile(r"\bpin-(?:value|source)\b")


class KeyRefusedError(Exception):
    """A key cannot be used; carries why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.message)
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A key with its certificates in a PKCS#12 file (RFC 7292).

    Attributes:
        content: The file.
        passphrase: What it is encrypted with; None when it is not.
    """

    content: bytes = field(repr=False)
    passphrase: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class TokenKey:
    """A key on a token or a smart card, reached through its maker's library (PKCS#11).

    Attributes:
        module: The library.
        address: Which key: see `TokenAddress`.
        pin: The user's PIN; None when the token asks for it itself.
    """

    module: Path
    address: TokenAddress
    pin: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class TokenAddress:
    """Which key of which token: `pkcs11:token=Letters;object=seal` (RFC 7512).

    Attributes:
        token: The token's label.
        serial: The token's serial number.
        object: The label of key and certificate.
        id: The id of key and certificate.
    """

    token: str | None = None
    serial: str | None = None
    object: str | None = None
    id: bytes | None = None

    @classmethod
    def read(cls, text: str) -> TokenAddress | Refusal:
        """Read an address, or refuse it: `signing-settings`."""
        help_ = "say which key of which token: `pkcs11:token=Letters;object=seal`"
        if _SECRET.search(text):
            # The address may stand in a file or in a list of processes; a PIN may not.
            message = "the address of the key holds a PIN, or names where one is"
            return Refusal("signing-settings", message, f"leave it out; {help_}")
        given: dict[str, str] = {}
        for part in text.removeprefix(SCHEME).partition("?")[0].split(";"):
            name, equals, value = part.partition("=")
            if equals and name in _ATTRIBUTES and name not in given:
                given[name] = value
            elif name not in {"type", "manufacturer", "model"} or not equals:
                message = f"{quoted(text)} is not the address of a key on a token"
                return Refusal("signing-settings", message, help_)
        if not given.keys() & {"object", "id"}:
            message = f"{quoted(text)} does not say which key"
            return Refusal("signing-settings", message, help_)
        said = {name: unquote(value) for name, value in given.items() if name != "id"}
        identity = unquote(given["id"], "latin-1").encode("latin-1") if "id" in given else None
        return cls(**said, id=identity)


@contextmanager
def opened(key: KeyFile | TokenKey, at: datetime) -> Iterator[Signer]:
    """Lend a signer, its certificate valid at a time.

    Raises:
        KeyRefusedError: `signing-key-unreadable`, `signing-passphrase`, `signing-key-mismatch`,
            `signing-certificate` or `signing-token`.
    """
    if isinstance(key, KeyFile):
        signer: Signer = _from_file(key)
        _check(signer.signing_cert, at)
        yield signer
        return
    with _from_token(key) as signer:
        _check(signer.signing_cert, at)
        yield signer


def _check(certificate: Certificate | None, at: datetime) -> None:
    """Refuse a certificate that was not valid at a time, or is not for signing."""
    if certificate is None:
        _refuse("signing-key-unreadable", "there is no certificate with the key")
    whose = quoted(subject(certificate))
    if not certificate.not_valid_before <= at <= certificate.not_valid_after:
        begins, ends = certificate.not_valid_before, certificate.not_valid_after
        _refuse(
            "signing-certificate",
            f"the certificate of {whose} is valid from {begins:%Y-%m-%d} to {ends:%Y-%m-%d} only",
            "ask whoever issued it for a new one; look at the machine's clock too",
        )
    usage = certificate.key_usage_value
    if usage is not None and not usage.native & {"digital_signature", "non_repudiation"}:
        _refuse("signing-certificate", f"the certificate of {whose} is not for signing")


def _from_file(key: KeyFile) -> SimpleSigner:
    from asn1crypto import pkcs12  # noqa: PLC0415 - heavy, as all below
    from cryptography.hazmat.primitives.serialization import (  # noqa: PLC0415
        Encoding,
        PublicFormat,
    )
    from cryptography.hazmat.primitives.serialization.pkcs12 import (  # noqa: PLC0415
        load_key_and_certificates,
    )
    from pyhanko.sign.signers import SimpleSigner  # noqa: PLC0415

    try:
        form = pkcs12.Pfx.load(key.content, strict=True)
        if form["version"].native != "v3" or form["auth_safe"]["content"].native is None:
            raise ValueError("not PKCS#12")  # noqa: TRY301 - asn1crypto says it the same way
    except (ValueError, TypeError):
        _refuse("signing-key-unreadable", "the file is no key file", "take a PKCS#12 file (.p12)")
    passphrase = None if key.passphrase is None else key.passphrase.encode()
    try:
        private, certificate, others = load_key_and_certificates(key.content, passphrase)
    except ValueError:
        said = "the passphrase does not open the key file"
        if passphrase is None:
            said = "the key file is encrypted, and no passphrase was given"
        help_ = "type it when asked, or put it into REPORTGEN_SIGNING_PASSPHRASE"
        _refuse("signing-passphrase", said, help_)
    except Exception:  # noqa: BLE001 - the reader's errors for what it does not know
        _refuse("signing-key-unreadable", "the key file is of a kind that cannot be read")
    if private is None:
        _refuse("signing-key-unreadable", "the file holds no private key")
    public = [
        each.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        for each in (private, certificate, *(entry for entry in others))
        if each is not None
    ]
    if certificate is None:
        # Without the tie between a key and its certificate, none is told to be the key's.
        code = "signing-key-mismatch" if others else "signing-key-unreadable"
        _refuse(code, "the file holds no certificate that belongs to its key")
    if public[0] != public[1]:
        _refuse("signing-key-mismatch", "the key is not that of the certificate beside it")
    try:
        signer: SimpleSigner = SimpleSigner.load_pkcs12_data(key.content, (), passphrase)
    except (ValueError, TypeError, NotImplementedError):
        _refuse("signing-key-unreadable", "the key is of a kind that cannot sign a PDF")
    return signer


@contextmanager
def _from_token(key: TokenKey) -> Iterator[Signer]:
    try:
        import pkcs11  # noqa: PLC0415 - optional, and heavy as all below
    except ImportError:
        _refuse(
            "signing-token",
            "signing with a token needs a package that is not installed",
            "install it: `pip install reportgen[pkcs11]`",
        )
    from pyhanko.config.pkcs11 import TokenCriteria  # noqa: PLC0415
    from pyhanko.sign.general import SigningError  # noqa: PLC0415
    from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session  # noqa: PLC0415

    at = key.address
    try:
        criteria = TokenCriteria(
            label=at.token, serial=at.serial.encode() if at.serial is not None else None
        )
        session = open_pkcs11_session(
            str(key.module), token_criteria=criteria, user_pin=key.pin or pkcs11.PROTECTED_AUTH
        )
    except (pkcs11.PKCS11Error, OSError, RuntimeError) as error:
        _refuse("signing-token", _token_says(error, str(key.module)))
    try:
        signer = PKCS11Signer(
            session,
            cert_label=at.object,
            key_label=at.object,
            cert_id=at.id,
            key_id=at.id,
            other_certs_to_pull=None,
        )
        try:
            signer._load_objects()  # type: ignore[no-untyped-call]  # noqa: SLF001 - else it would be loaded in a loop of its own
            certificate = signer.signing_cert
        except (pkcs11.PKCS11Error, SigningError, ValueError) as error:
            _refuse("signing-token", _token_says(error, str(key.module)))
        if certificate is None:
            _refuse("signing-token", "the token has no certificate beside the key")
        # Not every token digests by itself before it signs on an elliptic curve.
        signer.use_raw_mechanism = certificate.public_key.algorithm == "ec"
        yield signer
    except pkcs11.PKCS11Error as error:
        _refuse("signing-token", _token_says(error, str(key.module)))
    finally:
        session.close()


def _token_says(error: Exception, module: str) -> str:
    """Return what went wrong with a token, without what could hold a secret."""
    kind = type(error).__name__
    known = {
        "PinIncorrect": "its PIN is another one",
        "PinLocked": "it is locked after wrong PINs",
        "PinLenRange": "its PIN is of another length",
        "PinInvalid": "its PIN is another one",
        "NoSuchToken": "there is no such token",
        "NoSuchKey": "there is no such key on it",
        "MultipleObjectsReturned": "more than one key answers to that name",
        "TokenNotPresent": "it is not plugged in",
        "SigningError": "there is no such key with a certificate on it",
        "AlreadyInitialized": "its library is in use",
    }
    if kind in {"OSError", "RuntimeError", "GeneralError", "ArgumentsBad"}:
        return f"the token's library, {quoted(module)}, cannot be used"
    if kind == "PKCS11Error" and "No token" in str(error):
        kind = "NoSuchToken"
    return f"the token cannot be used: {known.get(kind, kind)}"


def _refuse(code: str, message: str, help_: str | None = None) -> NoReturn:
    raise KeyRefusedError(Refusal(code, message, help_))
