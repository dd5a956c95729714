"""Time stamps of an authority (RFC 3161), asked for and not taken on trust.

An answer counts when it was granted, is signed, is over the digest that was sent, repeats the
number that was sent, and says a time near that of the machine. Who asks the network is handed in.
One of the doors to pyHanko.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar, Final

from asn1crypto import cms, core, tsp
from pyhanko.sign.timestamps import TimeStamper

from reportgen.archive.signatures.trust import Trusted, context
from reportgen.problems.model import Refusal
from reportgen.problems.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    Ask = Callable[[bytes], bytes | Refusal]
    """Sends a request to the authority and returns its answer, or `time-stamp-unavailable`."""

APART: Final = timedelta(minutes=10)
"""How far the authority's time may be from the machine's."""

_HELP: Final = "try again; if it stays so, ask another authority: this one cannot be relied on"


class Answer(core.Sequence):  # type: ignore[misc] # asn1crypto has no annotations
    """An answer, which has no token when it is a refusal: asn1crypto's own always has one."""

    _fields: ClassVar = [  # a list, since asn1crypto completes it
        ("status", tsp.PKIStatusInfo),
        ("time_stamp_token", cms.ContentInfo, {"optional": True}),
    ]


class NotStampedError(Exception):
    """There is no time stamp; carries why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.message)
        self.refusal = refusal


class Stamper(TimeStamper):
    """Gets time stamps from one authority."""

    def __init__(self, ask: Ask, clock: Callable[[], datetime]) -> None:
        """Take what asks the authority, and what says the machine's time."""
        super().__init__()  # type: ignore[no-untyped-call]
        self._ask = ask
        self._clock = clock

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Never called: `async_timestamp` does all of it.

        Raises:
            NotImplementedError: Always.
        """
        raise NotImplementedError

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        """Return a time stamp over a digest.

        Raises:
            NotStampedError: `time-stamp-unavailable` or `time-stamp-wrong`.
        """
        nonce, request = self.request_cms(  # type: ignore[no-untyped-call]
            message_digest, md_algorithm
        )
        answer = self._ask(request.dump())
        if isinstance(answer, Refusal):
            raise NotStampedError(answer)
        try:
            token = _granted(answer)
            info = token["content"]["encap_content_info"]["content"].parsed
            _held_against(info, message_digest, md_algorithm, nonce)
            await _signed(token, self._clock())
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise _wrong(f"its answer cannot be read: {quoted(error)}") from error
        apart = abs(info["gen_time"].native - self._clock())
        if apart > APART:
            minutes = int(apart.total_seconds() // 60)
            raise _wrong(f"its time is {minutes:,} minutes away from this machine's")
        return token


def _granted(answer: bytes) -> cms.ContentInfo:
    response = Answer.load(answer, strict=True)
    status = response["status"]
    if status["status"].native not in {"granted", "granted_with_mods"}:
        said = "; ".join(status["status_string"].native or ()) or status["status"].native
        raise _wrong(f"it refused: {quoted(said)}")
    token: cms.ContentInfo = response["time_stamp_token"]
    return token


def _held_against(info: tsp.TSTInfo, digest: bytes, algorithm: str, nonce: int | None) -> None:
    imprint = info["message_imprint"]
    named = imprint["hash_algorithm"]["algorithm"].native
    if named != algorithm or imprint["hashed_message"].native != digest:
        raise _wrong("its answer is over another digest than the one that was sent")
    if nonce is not None and info["nonce"].native != nonce:
        raise _wrong("its answer repeats another number than the one that was sent")


async def _signed(token: cms.ContentInfo, at: datetime) -> None:
    """Refuse an answer that is not signed by the certificate that it brings."""
    from pyhanko.sign.validation.errors import SignatureValidationError  # noqa: PLC0415 - heavy
    from pyhanko.sign.validation.generic_cms import validate_tst_signed_data  # noqa: PLC0415

    signed = token["content"]
    sent = signed["encap_content_info"]["content"].parsed["message_imprint"]
    try:
        status = await validate_tst_signed_data(
            signed, context(Trusted(), at), lambda _: sent["hashed_message"].native
        )
    except SignatureValidationError as error:
        raise _wrong(f"its answer is not signed as it should be: {quoted(error)}") from error
    if not (status["intact"] and status["valid"]):
        raise _wrong("its answer is not signed by the certificate that it brings")
    certificate = status["signing_cert"]
    if not certificate.not_valid_before <= at <= certificate.not_valid_after:
        raise _wrong("its certificate is not valid today")
    usage = certificate.extended_key_usage_value
    if usage is None or "time_stamping" not in usage.native:
        raise _wrong("its certificate is not for time stamps")


def _wrong(reason: str) -> NotStampedError:
    message = f"the time-stamping authority cannot be relied on: {reason}"
    return NotStampedError(Refusal("time-stamp-wrong", message, _HELP))
