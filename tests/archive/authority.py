"""The tests' own authority: certificates, lists of revoked ones, and time stamps on loopback.

Made by certomancer in a second or two; nothing leaves the machine, and no key outlives its test.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from asn1crypto import cms, tsp
from asn1crypto.keys import PrivateKeyInfo
from certomancer.registry import ArchLabel, CertLabel, CertomancerConfig, ServiceLabel
from certomancer.services import TimeStamper
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
    pkcs12,
)
from cryptography.x509 import load_der_x509_certificate

from reportgen.archive.signatures.stamping import Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PASSPHRASE = "open sesame"  # noqa: S105 - of keys that live as long as their test

_NAMES = {
    "root": "Example Root",
    "issuing": "Example Issuing",
    "signer": "Ada Example",
    "expired": "Eva Expired",
    "unfit": "Una Unfit",
    "revoked": "Rita Revoked",
    "tsa": "Example Time",
    "stranger": "Stranger Root",
}


def _extension(name: str, *params: str) -> dict[str, Any]:
    return {
        "id": name.replace("-", "_"),
        "critical": True,
        "smart-value": {"schema": name, "params": list(params)},
    }


def _certificate(name: str, issuer: str, *extensions: object, until: int = 2055) -> dict[str, Any]:
    return {
        "subject": name,
        "subject-key": name,
        "issuer": issuer,
        "authority-key": issuer,
        "validity": {
            "valid-from": "2020-01-01T00:00:00+0000",
            "valid-to": f"{until}-01-01T00:00:00+0000",
        },
        "extensions": [*extensions, *([] if issuer == name else [_list_of(issuer)])],
    }


def _list_of(issuer: str) -> dict[str, Any]:
    """Say in a certificate where the list of revoked ones would be."""
    lists = {"crl-repo-names": [issuer]}
    return {
        "id": "crl_distribution_points",
        "smart-value": {"schema": "crl-dist-url", "params": lists},
    }


def _authority(name: str, issuer: str) -> dict[str, Any]:
    may_issue = {"id": "basic_constraints", "critical": True, "value": {"ca": True}}
    usage = _extension("key-usage", "key_cert_sign", "crl_sign")
    return _certificate(name, issuer, may_issue, usage, until=2060)


class Authority:
    """A root, an issuing authority, signers good and bad, and a time-stamping authority."""

    def __init__(self, folder: Path) -> None:
        """Make the keys in a folder, and the certificates when they are asked for."""
        self._pems: dict[str, bytes] = {}
        for name in _NAMES:
            key = ec.generate_private_key(ec.SECP256R1())
            pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
            (folder / f"{name}.pem").write_bytes(pem)
            self._pems[name] = pem
        signing = _extension("key-usage", "digital_signature")
        stamping = {"id": "extended_key_usage", "critical": True, "value": ["time_stamping"]}
        revoked = _certificate("revoked", "issuing", signing)
        revoked["revocation"] = {"revoked-since": "2024-01-01T00:00:00+0000"}
        certificates = {
            **{name: _authority(name, name) for name in ("root", "stranger")},
            "issuing": _authority("issuing", "root"),
            "signer": _certificate("signer", "issuing", signing),
            "expired": _certificate("expired", "issuing", signing, until=2021),
            "unfit": _certificate("unfit", "issuing", _extension("key-usage", "key_encipherment")),
            "revoked": revoked,
            "tsa": _certificate("tsa", "issuing", signing, stamping),
        }
        lists = {
            name: {
                "for-issuer": name,
                "issuer-cert": name,
                "signing-key": name,
                "simulated-update-schedule": "P90D",
            }
            for name in ("root", "issuing")
        }
        houses = {
            "keyset": "all",
            "entity-defaults": {"country-name": "US", "organization-name": "Example Corp."},
            "entities": {name: {"common-name": said} for name, said in _NAMES.items()},
            "certs": certificates,
            "services": {"crl-repo": lists},
        }
        files = {name: {"path": f"{name}.pem"} for name in _NAMES}
        config = {"keysets": {"all": {"keys": files}}, "pki-architectures": {"house": houses}}
        self._house = CertomancerConfig(config, str(folder)).get_pki_arch(ArchLabel("house"))

    def certificate(self, name: str) -> bytes:
        """Return a certificate, DER."""
        return bytes(self._house.get_cert(CertLabel(name)).dump())

    def pem(self, name: str) -> bytes:
        """Return a private key, PEM."""
        return self._pems[name]

    def crl(self, name: str, at: datetime) -> bytes:
        """Return the list of certificates that an authority had revoked at a time, DER."""
        return bytes(self._house.service_registry.get_crl(ServiceLabel(name), at_time=at).dump())

    def p12(
        self, name: str = "signer", passphrase: str | None = PASSPHRASE, key_of: str | None = None
    ) -> bytes:
        """Return a key file, holding another's key where `key_of` says so."""
        secret: Any = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
        private: Any = load_pem_private_key(self._pems[key_of or name], None)
        certificate = load_der_x509_certificate(self.certificate(name))
        chain = [load_der_x509_certificate(self.certificate(each)) for each in ("issuing", "root")]
        if key_of is None:
            return pkcs12.serialize_key_and_certificates(
                b"seal", private, certificate, chain, secret
            )
        # The library refuses to tie a key to another's certificate: side by side they may stand.
        return pkcs12.serialize_key_and_certificates(b"seal", private, None, [certificate], secret)

    def stamped(self, request: bytes, at: datetime) -> bytes:
        """Return the answer to a request for a time stamp."""
        stamper = TimeStamper(
            self._house.get_cert(CertLabel("tsa")),
            PrivateKeyInfo.load(_der(self._pems["tsa"])),
            certs_to_embed=[self._house.get_cert(CertLabel("issuing"))],
            fixed_dt=at.astimezone(UTC).replace(microsecond=0),
        )
        return bytes(stamper.request_tsa_response(tsp.TimeStampReq.load(request)).dump())

    def lying(self, request: bytes, at: datetime, how: str) -> bytes:
        """Return an answer that is not to be believed, or none that can be read.

        Args:
            request: The request.
            at: The time.
            how: `imprint`, `nonce`, `time`, `refused`, `unsigned`, `noise` or `empty`.
        """
        asked = tsp.TimeStampReq.load(request)
        match how:
            case "imprint":
                asked["message_imprint"]["hashed_message"] = bytes(32)
            case "nonce":
                asked["nonce"] = 4711
            case "time":
                return self.stamped(request, at + timedelta(days=30))
            case "refused":
                refusal = {"status": "rejection", "status_string": ["no such account"]}
                return bytes(Answer({"status": tsp.PKIStatusInfo(refusal)}).dump())
            case "noise":
                return b"<html>Welcome to the hotel's network</html>"
            case "empty":
                return b""
        answer = tsp.TimeStampResp.load(self.stamped(asked.dump(), at))
        if how == "unsigned":
            token: cms.SignedData = answer["time_stamp_token"]["content"]
            token["signer_infos"][0]["signature"] = b"\x30\x06\x02\x01\x01\x02\x01\x01"
        return bytes(answer.dump(force=True))


def _der(pem: bytes) -> bytes:
    key = load_pem_private_key(pem, None)
    return key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


@contextmanager
def served(answer: Callable[[bytes], bytes | int]) -> Iterator[str]:
    """Serve a time-stamping authority on loopback; yields its address.

    Args:
        answer: Takes a request and returns the answer, or an HTTP status instead of one.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            said = answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(said if isinstance(said, int) else 200)
            self.send_header("Content-Type", "application/timestamp-reply")
            content = b"" if isinstance(said, int) else said
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/tsa"
        finally:
            server.shutdown()
            thread.join()
