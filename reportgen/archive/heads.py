"""What is signed of a ledger: a statement of its head, which anybody can write again.

A signature stands beside the ledger, never in it: `heads/12.p7s` over `heads/12.txt`, in which the
head and the digest of line 12 are said in words. It covers everything up to that line. That it was
made is entered as line 13, with its digest, so that it cannot be dropped unnoticed; line 13 is not
under it, and need not be: the next signature will have it. So nothing vouches for itself. Where
nothing has happened since but the signing, there is nothing new to sign.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportgen.archive.ledger import Head
from reportgen.archive.model import Event

if TYPE_CHECKING:
    from reportgen.archive.ledger import Ledger

STATEMENT: Final = ".txt"
SIGNATURE: Final = ".p7s"
HEAD: Final = "head"
"""The key of a `signed` entry that says which head was signed."""
SHA256: Final = "sha256"
"""The key that has the signature's digest; `file` has its name beneath `heads/`."""
FILE: Final = "file"


def statement(number: int, digest: str) -> bytes:
    """Return what is signed for a ledger's head.

    Args:
        number: How many lines the ledger has.
        digest: The SHA-256 of the last of them.
    """
    return (
        "The head of a ledger of submitted letters, kept by reportgen\n"
        f"head:   {Head.of(number, digest)}\n"
        f"lines:  {number}\n"
        f"sha256: {digest} (of line {number}, without its end)\n"
    ).encode()


def to_be_signed(ledger: Ledger) -> int | None:
    """Return the number of the line that a signature would cover; None when it is signed already."""
    number = len(ledger.lines)
    last = ledger.lines[-1].entry if number else None
    if last is not None and last.event is Event.SIGNED:
        return None
    return number or None
