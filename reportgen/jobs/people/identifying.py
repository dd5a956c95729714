"""Who somebody is: as they have configured it, and who wrote a letter.

A name and an address are what REPORTGEN_IDENTITY says, `Ada Example <ada@example.com>`, or else
what git is told. That is a claim and no proof; the proof is a signature, for which a key is
configured.
"""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from reportgen.problems.model import Refusal
from reportgen.problems.wording import quoted
from reportgen.review.log.entries import Person

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.letters.model import Letter

IDENTITY: Final = "REPORTGEN_IDENTITY"
SIGNING_KEY: Final = "REPORTGEN_SIGNING_KEY"

_WRITTEN: Final = re.compile(r"(?P<name>[^<>]+?)\s*<(?P<email>[^<>]+)>")
_PATIENCE: Final = 20
"""How many seconds git may take."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is.

    Attributes:
        person: Their name and address.
        key: The file of their SSH key, or of its public half when an agent holds the key; None
            when they sign nothing.
    """

    person: Person
    key: Path | None = None


def identity(folder: Path, environment: Mapping[str, str] = os.environ) -> Identity | Refusal:
    """Return who is at work in a folder.

    Returns:
        The identity, or the refusal `identity-unknown`.
    """
    key = environment.get(SIGNING_KEY) or _git(
        folder, "config", "--type=path", "reportgen.signingkey"
    )
    said = environment.get(IDENTITY)
    if said:
        match = _WRITTEN.fullmatch(said.strip())
        name, email = (match["name"], match["email"]) if match else ("", "")
    else:
        name, email = (_git(folder, "config", f"user.{each}") for each in ("name", "email"))
    try:
        person = Person(name=name, email=email)
    except ValidationError:
        message = f"{IDENTITY} is {quoted(said)}" if said else "nobody has said who you are"
        return Refusal(
            "identity-unknown",
            f"{message}, and whatever a review records has a name and an address",
            f"set {IDENTITY} to `Ada Example <ada@example.com>`, or tell git: "
            "`git config user.name` and `git config user.email`",
        )
    return Identity(person, Path(key).expanduser() if key else None)


def authors(path: Path, letter: Letter) -> frozenset[str]:
    """Return the addresses of those who wrote a letter.

    They are those whom the letter names; when it names nobody, those who changed its file or its
    prose, as git tells.
    """
    if letter.authors:
        return frozenset(letter.authors)
    files = (path.name, path.with_suffix(".md").name)
    told = _git(path.parent, "-c", "log.showSignature=false", "log", "--format=%ae", "--", *files)
    return frozenset(told.split())


def _git(folder: Path, *arguments: str) -> str:
    """Return what git says; nothing where it is not installed, or has nothing to say."""
    git = which("git")
    if git is None:
        return ""
    try:
        done = subprocess.run(  # noqa: S603 - the arguments are our own, and no shell reads them
            [git, *arguments],
            cwd=folder,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", errors="replace").strip() if done.returncode == 0 else ""
