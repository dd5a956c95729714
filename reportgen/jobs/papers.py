"""The papers beside a letter: the log of its review, the archive's ledger, who may sign.

Only where they are, and whether they are as they were; what they say is read elsewhere.
"""

from __future__ import annotations

from hashlib import sha256
from os import SEEK_END
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reportgen.archive.layout import LEDGER
from reportgen.files.reading import read_bytes

if TYPE_CHECKING:
    from reportgen.workspace import Workspace

LOG: Final = ".review.jsonl"
"""What a letter's log is called, after the letter's name."""

ALLOWED: Final = "organization/allowed_signers"
"""The file of allowed signers, among the templates."""

_ENOUGH: Final = 64 * 1024
"""How many bytes the longest line of a ledger has."""


def log_path(letter: Path) -> Path:
    """Return where the log of a letter is, whether it is there or not."""
    return letter.with_suffix(LOG)


def allowed_signers(workspace: Workspace) -> Path | None:
    """Return the file that says who may sign as whom, if there is one."""
    path = workspace.lookup(ALLOWED)
    return path if isinstance(path, Path) else None


def state(workspace: Workspace, letter: Path, *, final: bool) -> str:
    """Return a digest of what decides, besides a letter's own files, whether it may be built."""
    digests = sha256(_ledgers_end(workspace.archive / LEDGER))
    paths = [log_path(letter), *filter(None, (allowed_signers(workspace),))] if final else []
    for path in paths:
        content, _ = read_bytes(path)
        digest = "" if content is None else sha256(content).hexdigest()
        digests.update(f"{path.name}\n{digest}\n".encode())
    return digests.hexdigest()


def _ledgers_end(path: Path) -> bytes:
    """Return the end of the archive's ledger, whose last line stands for all before it."""
    try:
        with path.open("rb") as file:
            size = file.seek(0, SEEK_END)
            file.seek(max(0, size - _ENOUGH))
            return b"%d\n%b" % (size, file.read(_ENOUGH))
    except OSError:
        return b""
