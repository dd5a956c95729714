"""The papers beside a letter: the log of its review, what was submitted, who may sign.

Only where they are, and whether they are as they were; what they say is read elsewhere.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reportgen.files.reading import read_bytes
from reportgen.letters.naming import whole

if TYPE_CHECKING:
    from reportgen.workspace import Workspace

LOG: Final = ".review.jsonl"
"""What a letter's log is called, after the letter's name."""

SUBMITTED: Final = "submitted"
"""The folder of a case that holds what its letters said when they were submitted."""

FACTS: Final = ".facts.json"
"""What a submitted letter's facts are called, after the letter's name."""

ALLOWED: Final = "organization/allowed_signers"
"""The file of allowed signers, among the templates."""


def log_path(letter: Path) -> Path:
    """Return where the log of a letter is, whether it is there or not."""
    return letter.with_suffix(LOG)


def submitted_path(letter: Path) -> Path:
    """Return where the facts of a letter are kept when it is submitted."""
    path = whole(letter)
    return path.parent.parent / SUBMITTED / f"{path.stem}{FACTS}"


def submitted(workspace: Workspace) -> tuple[Path, ...]:
    """Return the files of facts of a workspace, by case and name."""
    return tuple(sorted(workspace.cases.glob(f"*/{SUBMITTED}/*{FACTS}")))


def allowed_signers(workspace: Workspace) -> Path | None:
    """Return the file that says who may sign as whom, if there is one."""
    path = workspace.lookup(ALLOWED)
    return path if isinstance(path, Path) else None


def state(workspace: Workspace, letter: Path, *, final: bool) -> str:
    """Return a digest of what decides, besides a letter's own files, whether it may be built."""
    paths = list(submitted(workspace))
    if final:
        paths += [log_path(letter), *filter(None, (allowed_signers(workspace),))]
    digests = sha256()
    for path in paths:
        content, _ = read_bytes(path)
        digest = "" if content is None else sha256(content).hexdigest()
        digests.update(f"{path.name}\n{digest}\n".encode())
    return digests.hexdigest()
