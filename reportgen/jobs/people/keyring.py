"""What an organization signs with, and whom it trusts: read from where it says they are.

A passphrase or a PIN comes from the environment, from a file that the environment names, or from
whoever sits at the keyboard; never from an argument, and it is in no message.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reportgen.archive.signatures import keys, signing, trust
from reportgen.archive.signatures.keys import KeyFile, KeyRefusedError, TokenAddress, TokenKey
from reportgen.archive.signatures.signing import Level, Signed, Terms
from reportgen.archive.signatures.trust import Trusted
from reportgen.files.reading import read_bytes, read_text
from reportgen.files.showing import show
from reportgen.jobs.people import asking
from reportgen.problems.model import Place, Problem, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from reportgen.letters.model import SigningSettings
    from reportgen.workspace import Workspace

PASSPHRASE: Final = "REPORTGEN_SIGNING_PASSPHRASE"  # noqa: S105 - the name of a variable
PASSPHRASE_FILE: Final = "REPORTGEN_SIGNING_PASSPHRASE_FILE"  # noqa: S105 - as above
MODULE: Final = "REPORTGEN_PKCS11_MODULE"
"""The library of a token's maker. A file of the workspace cannot name it: a library is run."""

TRUSTED: Final = "organization/trusted"
"""The folder of those who are trusted, among the templates."""

_LIMIT: Final = 16 * 1024 * 1024


Signing = Terms
"""How to sign, for the command line."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """Where secrets come from.

    Attributes:
        environment: Where they, or the files that hold them, are named.
        prompt: Asks whoever sits at the keyboard; returns None when nobody does.
    """

    environment: Mapping[str, str] = field(default_factory=lambda: os.environ, repr=False)
    prompt: Callable[[str], str | None] = lambda _: None


@dataclass(frozen=True, slots=True)
class Wanted:
    """How to sign, as it was asked for; what is None is as the organization's file says.

    Attributes:
        key: A PKCS#12 file, or the address of a token's key.
        level: `B-B`, `B-T` or `B-LTA`.
        timestamps: The address of a time-stamping authority.
    """

    key: str | None = None
    level: str | None = None
    timestamps: str | None = None


def terms(
    workspace: Workspace,
    settings: SigningSettings | None,
    wanted: Wanted,
    clock: Callable[[], datetime],
    secrets: Secrets | None = None,
) -> tuple[Terms | None, tuple[Problem, ...]]:
    """Return how to sign.

    Args:
        workspace: Where the organization's files are.
        settings: What the organization's file says.
        wanted: What was asked for.
        clock: Tells the time.
        secrets: Where secrets come from; the environment alone when left out.

    Returns:
        The terms and no problem; None and no problem when nobody wants anything signed; or None
        and why it cannot be: problems of reading, `signing-settings` and those of `keys.opened`.
    """
    name = wanted.key or (settings.key if settings else None)
    if name is None:
        if wanted.level is None and wanted.timestamps is None:
            return None, ()
        refusal = Refusal("signing-settings", "no key is named to sign with", "name it: --sign KEY")
        return None, (refusal.at(Place("")),)
    trusted, problems = trusted_here(workspace)
    url = wanted.timestamps or (str(settings.timestamps or "") if settings else "") or None
    level = wanted.level or (settings.level if settings and settings.level else None)
    base = Path() if wanted.key else workspace.root
    key, found = _key(name, base, clock, secrets or Secrets())
    problems += found
    if key is None or problems:
        return None, problems
    made = Terms(
        key,
        Level(level or (Level.TIME if url else Level.BASIC)),
        trusted,
        clock,
        asking.authority(url) if url else None,
    )
    if made.level is not Level.BASIC and made.ask is None:
        message = f"a signature of level {made.level} needs a time-stamping authority"
        help_ = "name its address, --timestamps URL, or sign as B-B"
        return None, (Problem("signing-settings", message, Place(""), help_),)
    return made, ()


def signer(terms: Terms | None) -> Callable[[bytes], Signed | Refusal] | None:
    """Return what signs a PDF by some terms; None where there are none."""
    return None if terms is None else lambda pdf: signing.sign(pdf, terms)


def settings_of(
    workspace: Workspace, letter: Path | None = None
) -> tuple[SigningSettings | None, tuple[Problem, ...]]:
    """Return what the organization of a letter says of signing.

    Args:
        workspace: Where the organizations' files are.
        letter: The letter's file; when left out, it is the one organization that signs at all,
            and `signing-settings` when several do.
    """
    from reportgen.letters.loading import Desk  # noqa: PLC0415 - a light command needs none

    desk = Desk(workspace)
    if letter is not None:
        read = desk.letter(letter)
        organization = desk.organization(read, Place(show(letter))) if read is not None else None
        said = organization.archive if organization is not None else None
        return (said.signing if said is not None else None), tuple(desk.problems)
    found = {
        path.stem: each.archive.signing
        for path in workspace.listing("organization", "*.yaml")
        if (each := desk.organization_in(path)) is not None
        and each.archive is not None
        and each.archive.signing is not None
    }
    if len(found) > 1:
        message = f"several organizations sign: {', '.join(found)}"
        help_ = "name the key: --sign KEY"
        return None, (Problem("signing-settings", message, Place(""), help_),)
    return next(iter(found.values()), None), tuple(desk.problems)


def trusted_here(workspace: Workspace) -> tuple[Trusted, tuple[Problem, ...]]:
    """Return whom the organization trusts, and which of the files cannot be read.

    Problems: those of `read_bytes`, and `trusted-unreadable`.
    """
    problems: list[Problem] = []

    def each(pattern: str, read: Callable[[bytes], tuple[bytes, ...]]) -> tuple[bytes, ...]:
        found: tuple[bytes, ...] = ()
        for path in workspace.listing(TRUSTED, pattern):
            content, wrong = read_bytes(path, show(path), _LIMIT)
            problems.extend(wrong)
            try:
                found += read(content) if content is not None else ()
            except (ValueError, TypeError):
                message = "this is not what its name says"
                problems.append(Problem("trusted-unreadable", message, Place(show(path))))
        return found

    return (
        Trusted(
            roots=each("*.pem", trust.certificates),
            crls=each("*.crl", lambda content: (trust.lists(content, "crl"),)),
            ocsps=each("*.ocsp", lambda content: (trust.lists(content, "ocsp"),)),
        ),
        tuple(problems),
    )


def _key(
    name: str,
    base: Path,
    clock: Callable[[], datetime],
    secrets: Secrets,
) -> tuple[KeyFile | TokenKey | None, tuple[Problem, ...]]:
    secret, problems = _secret(secrets.environment)
    if problems:
        return None, problems
    if name.startswith(keys.SCHEME):
        return _token(name, secret, secrets)
    path = base / Path(name).expanduser()
    content, problems = read_bytes(path, show(path), keys.LIMIT)
    if content is None:
        return None, problems
    key = KeyFile(content, secret)
    refusal = _tried(key, clock)
    if refusal is not None and refusal.code == "signing-passphrase" and secret is None:
        # Only a key that wants a passphrase asks for one.
        typed = secrets.prompt(f"Passphrase of {show(path)}")
        if typed is not None:
            key = KeyFile(content, typed)
            refusal = _tried(key, clock)
    return (None, (refusal.at(Place(show(path))),)) if refusal is not None else (key, ())


def _tried(key: KeyFile, clock: Callable[[], datetime]) -> Refusal | None:
    try:
        with keys.opened(key, clock()):
            return None
    except KeyRefusedError as refused:
        return refused.refusal


def _token(
    name: str,
    secret: str | None,
    secrets: Secrets,
) -> tuple[TokenKey | None, tuple[Problem, ...]]:
    address = TokenAddress.read(name)
    if isinstance(address, Refusal):
        return None, (address.at(Place("")),)
    module = secrets.environment.get(MODULE)
    if not module:
        message = "it is not said which library reaches the token"
        help_ = f"name it in the variable {MODULE}: /usr/lib/softhsm/libsofthsm2.so"
        return None, (Problem("signing-token", message, Place(""), help_),)
    pin = secret if secret is not None else secrets.prompt("PIN of the token")
    return TokenKey(Path(module), address, pin), ()


def _secret(environment: Mapping[str, str]) -> tuple[str | None, tuple[Problem, ...]]:
    """Return the passphrase that the environment has, or has a file for."""
    said = environment.get(PASSPHRASE)
    named = environment.get(PASSPHRASE_FILE)
    if said is not None or not named:
        return said, ()
    text, problems = read_text(Path(named), named, 4096)
    return (None if text is None else text.removesuffix("\n")), problems
