"""Personal data that the purpose of a letter does not need: addresses, numbers, account ids."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address
from typing import TYPE_CHECKING, Final

from reportgen.review.matter import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.review.matter import Matter

_MAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[A-Za-z]{2,24}\b")
_IPV4: Final = re.compile(
    r"(?<![Ss]ection )(?<!§ )(?<!§)(?<![Vv]ersion )(?<![Cc]lause )(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?:/\d{1,2})?(?![\w.]*\d)"
)
_IPV6: Final = re.compile(r"(?<![\w:.])[0-9A-Fa-f:]{2,39}(?:/\d{1,3})?(?![\w:])")
_PHONE: Final = re.compile(
    r"(?<![\w.,/-])(?:\+\d{1,3}[ .-]?)?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[.-]\d{4}(?![\w-])"
    r"|(?<![\w.,/-])\+\d{1,3}(?:[ .-]?\d{2,4}){2,5}(?![\w-])"
)
_ACCOUNT: Final = re.compile(
    r"(?<![\w-])(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"
    r"|(?:acct|acc|user|usr|org|cus|cust|uid|key|sk|pk|sess|req)[_-](?=[\w-]*\d)[A-Za-z0-9_-]{5,60}"
    r"|(?:account|user|customer|organization) (?:id|no\.|number)s? ?[:#]? ?(?=\S*\d)[A-Za-z0-9_-]{3,60})"
    r"(?![\w-])",
    re.IGNORECASE,
)
_IDENTITY: Final = re.compile(r"(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])")
_CARD: Final = re.compile(r"(?<![\w-])(?:\d{4}[ -]){3}\d{4}(?![\w-])")


def personal_data(matter: Matter) -> Iterator[Finding]:
    """Find personal data in the letter; the letterhead's own contact is none."""
    own = " ".join(matter.contact)
    for sentence in matter.sentences:
        for start, end, kind in _found(sentence.text):
            if sentence.text[start:end] not in own:
                yield _finding(
                    sentence.text[start:end], kind, sentence=sentence, start=start, end=end
                )
    for title in matter.titles:
        for start, end, kind in _found(title):
            if title[start:end] not in own:
                yield _finding(title[start:end], kind, words=title[start:end])


def _finding(found: str, kind: str, **where: object) -> Finding:
    return Finding(
        "personal-data",
        f"{_masked(found)} looks like {kind}",
        "leave it out, or keep it in a restricted annex; the letter's purpose seldom needs it",
        **where,  # type: ignore[arg-type] # the fields of a finding, as both callers have them
    )


def _masked(words: str) -> str:
    """Return the words as a message may repeat them."""
    return f"“{words[:3]}…”"


def _found(text: str) -> Iterator[tuple[int, int, str]]:
    covered: list[tuple[int, int]] = []
    for pattern, kind, real in _KINDS:
        for match in pattern.finditer(text):
            overlaps = any(a < match.end() and match.start() < b for a, b in covered)
            if not overlaps and real(match[0]):
                covered.append(match.span())
                yield *match.span(), kind


def _is_ipv4(words: str) -> bool:
    try:
        IPv4Address(words.partition("/")[0])
    except ValueError:
        return False
    return True


def _is_ipv6(words: str) -> bool:
    # Times and ratios have colons too; an address has eight groups, or two colons in a row.
    address = words.partition("/")[0]
    if address.count(":") < 2 or not any(sign.isalnum() for sign in address):
        return False
    try:
        IPv6Address(address)
    except ValueError:
        return False
    return True


def _any(words: str) -> bool:
    return bool(words)


_KINDS: Final = (
    (_MAIL, "an e-mail address", _any),
    (_IPV4, "an IP address", _is_ipv4),
    (_IPV6, "an IP address", _is_ipv6),
    (_ACCOUNT, "the id of an account", _any),
    (_PHONE, "a telephone number", _any),
    (_IDENTITY, "a social security number", _any),
    (_CARD, "the number of a card", _any),
)
