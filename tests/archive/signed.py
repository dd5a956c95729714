"""What tests of signatures share: an authority, a final PDF, and terms to sign by."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from reportgen.archive.signatures.keys import KeyFile
from reportgen.archive.signatures.signing import Level, Signed, Terms, sign
from reportgen.archive.signatures.trust import Trusted
from tests.archive.authority import PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportgen.archive.signatures.keys import TokenKey
    from reportgen.archive.signatures.stamping import Ask
    from tests.archive.authority import Authority

TODAY = datetime(2026, 6, 10, 19, 4, tzinfo=UTC)


def at(moment: datetime = TODAY) -> Callable[[], datetime]:
    return lambda: moment


def trusted(authority: Authority, moment: datetime = TODAY, *, lists: bool = True) -> Trusted:
    """Trust the authority's root, with its lists of revoked certificates or without."""
    named = ("root", "issuing")
    crls = tuple(authority.crl(name, moment) for name in named) if lists else ()
    return Trusted((authority.certificate("root"),), crls)


def terms(
    authority: Authority,
    level: Level = Level.BASIC,
    key: KeyFile | TokenKey | None = None,
    ask: Ask | None = None,
    moment: datetime = TODAY,
) -> Terms:
    def stamped(request: bytes) -> bytes:
        return authority.stamped(request, moment)

    return Terms(
        key or KeyFile(authority.p12(), PASSPHRASE),
        level,
        trusted(authority, moment),
        at(moment),
        ask or (None if level is Level.BASIC else stamped),
    )


def signed(pdf: bytes, how: Terms) -> Signed:
    made = sign(pdf, how)
    assert isinstance(made, Signed), made
    return made


def years(count: int) -> datetime:
    return TODAY + timedelta(days=365 * count)


def day() -> date:
    return TODAY.date()
