"""Signatures with the SSH keys that people have, made and verified by OpenSSH's own `ssh-keygen`.

The namespace is `reportgen`, so that no signature made for another purpose passes for one of
these. Who may sign as whom is said in a file of allowed signers (ssh-keygen(1), ALLOWED SIGNERS).
"""

from __future__ import annotations

import subprocess
from datetime import UTC
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from reportgen.problems.model import Refusal
from reportgen.review.model import Signature

if TYPE_CHECKING:
    from datetime import datetime

    from reportgen.review.log.entries import Person

NAMESPACE: Final = "reportgen"
_PATIENCE: Final = 120
"""How many seconds a signature may take: its key may ask for a passphrase or a touch."""


def sign(content: bytes, key: Path) -> str | Refusal:
    """Return an armored signature, or the refusal `cannot-sign`."""
    program = which("ssh-keygen")
    if program is None:
        return _refused("ssh-keygen is not installed", "install OpenSSH's client")
    try:
        done = subprocess.run(  # noqa: S603 - the arguments are our own, and no shell reads them
            [program, "-q", "-Y", "sign", "-n", NAMESPACE, "-f", str(key)],
            input=content,
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return _refused(str(error))
    if done.returncode:
        return _refused(done.stderr.decode("utf-8", errors="replace").strip().partition("\n")[0])
    return done.stdout.decode("ascii", errors="replace")


def verify(
    content: bytes, signature: str, person: Person, at: datetime, allowed: Path | None
) -> Signature:
    """Say whether a signature over `content` is that of a person who could sign at that time.

    Args:
        content: What was signed.
        signature: The armored signature.
        person: Who is said to have signed.
        at: When they say that they signed: keys have times of validity.
        allowed: The file of allowed signers; None when there is none.
    """
    program = which("ssh-keygen")
    if program is None or allowed is None:
        return Signature.UNVERIFIED
    when = at.astimezone(UTC).strftime("%Y%m%d%H%M%SZ")
    with TemporaryDirectory() as folder:
        file = Path(folder) / "signature"
        file.write_text(signature, encoding="utf-8")
        try:
            done = subprocess.run(  # noqa: S603 - as above
                [
                    *(program, "-q", "-Y", "verify", "-n", NAMESPACE, "-f", str(allowed)),
                    *("-I", person.email, "-s", str(file), "-O", f"verify-time={when}"),
                ],
                input=content,
                capture_output=True,
                timeout=_PATIENCE,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return Signature.UNVERIFIED
    return Signature.BAD if done.returncode else Signature.GOOD


def _refused(reason: str, help_: str | None = None) -> Refusal:
    advice = help_ or "name a key that is there and that you may use, or none"
    return Refusal("cannot-sign", f"this cannot be signed: {reason or 'no reason given'}", advice)
