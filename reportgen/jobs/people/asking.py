"""A question put to a time-stamping authority over the network, with bounds on time and size."""

from __future__ import annotations

import time
import urllib.request
from http.client import HTTPException
from typing import TYPE_CHECKING, Final
from urllib.error import HTTPError, URLError

from reportgen.problems.model import Refusal
from reportgen.problems.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Callable
    from http.client import HTTPResponse

LIMIT: Final = 256 * 1024
"""How many bytes an answer may have."""
PATIENCE: Final = 30.0
"""How many seconds an answer may take."""

_HEADERS: Final = {
    "Content-Type": "application/timestamp-query",
    "Accept": "application/timestamp-reply",
    "User-Agent": "reportgen",
}


class _NoDetour(urllib.request.HTTPRedirectHandler):
    """Nobody is sent elsewhere: what is asked holds the digest of a letter."""

    def redirect_request(self, *_: object) -> None:
        """Refuse; what the server said becomes an error."""


def authority(url: str, patience: float = PATIENCE) -> Callable[[bytes], bytes | Refusal]:
    """Return what asks an authority (RFC 3161, 3.4).

    It returns the answer, or the refusal `time-stamp-unavailable`.

    Args:
        url: The authority's address, http or https.
        patience: How many seconds an answer may take in all.
    """
    opener = urllib.request.build_opener(_NoDetour())

    def ask(request: bytes) -> bytes | Refusal:
        asked = urllib.request.Request(url, request, _HEADERS)  # noqa: S310 - looked at below
        if not url.startswith(("http://", "https://")):
            return _unavailable(url, "it is no address on the web")
        until = time.monotonic() + patience
        try:
            with opener.open(asked, timeout=patience) as response:
                return _read(response, url, until)
        except HTTPError as error:
            with error:
                return _unavailable(url, f"it answers {error.code}")
        except URLError as error:
            return _unavailable(url, _reason(error.reason))
        except TimeoutError:
            return _unavailable(url, "it takes too long to answer")
        except (OSError, HTTPException, ValueError) as error:
            return _unavailable(url, _reason(error))

    return ask


def _read(response: HTTPResponse, url: str, until: float) -> bytes | Refusal:
    """Read an answer piece by piece, since a server that drips would never time out."""
    content = b""
    while part := response.read1(LIMIT):
        content += part
        if len(content) > LIMIT:
            return _unavailable(url, "its answer is too long")
        if time.monotonic() > until:
            return _unavailable(url, "it takes too long to answer")
    return content


def _reason(error: object) -> str:
    if isinstance(error, TimeoutError):
        return "it takes too long to answer"
    return str(getattr(error, "strerror", None) or error or type(error).__name__).lower()


def _unavailable(url: str, reason: str) -> Refusal:
    return Refusal(
        "time-stamp-unavailable",
        f"the time-stamping authority {quoted(url)} gives no answer: {reason}",
        "try again, name another authority, or sign without a time stamp: --level B-B",
    )
