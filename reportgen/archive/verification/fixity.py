"""The fixity of a bag: every file that was sealed is there, bit for bit, and nothing else is.

A folder goes in; the digests of its files come out, with each fault and the file that it is in.
Each file is read once, for both digests, and never whole; no link is followed, nothing is written.
Whoever alters a file and rewrites all manifests gets a bag that holds: then its digest is another,
and the ledger knows the one that was sealed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reportgen.archive.bags import bagging, manifests
from reportgen.archive.bags.bagging import DECLARATION, TAG_MANIFEST
from reportgen.archive.bags.manifests import Manifest
from reportgen.archive.bags.reckoning import TooLargeError, reckon, small, survey
from reportgen.archive.verdicts import Fault, named
from reportgen.archive.verification.discrepancies import compared

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from reportgen.archive.bags.reckoning import Digests, Found

_KINDS: Final = ("manifest", "tagmanifest")
_MANIFEST: Final = re.compile(r"(tag)?manifest-[^/]*\.txt", re.IGNORECASE)
_OXUM: Final = re.compile(r"(0|[1-9][0-9]{0,15})\.(0|[1-9][0-9]{0,8})")
_INFO: Final = "bag-info.txt"
_TAGS: Final = 64 * 1024 * 1024
"""How many bytes the files beside the payload may have."""


@dataclass(frozen=True, slots=True)
class Fixity:
    """What lies in a bag, and what is wrong with it.

    Attributes:
        digest: The SHA-256 of `tagmanifest-sha256.txt`; None when it is not there.
        digests: The SHA-256 of each file that could be read, by its path within the bag.
        sizes: How many bytes each file has.
        faults: Everything that is not as it was sealed.
    """

    digest: str | None
    digests: Mapping[str, str]
    sizes: Mapping[str, int]
    faults: tuple[Fault, ...]


def examine(folder: Path, threads: int = 1) -> Fixity:
    """Hold a bag against its own manifests.

    Args:
        folder: The bag.
        threads: How many files are read at a time.
    """
    found = survey(folder)
    info, oxum = _info(folder, found)
    digests, unread = reckon(folder, _worth_reading(found, oxum), threads)
    faults = [
        *found.faults,
        *_declared(folder, found),
        *info,
        *_strange(found),
        *_too_large(found, oxum),
        *unread,
        *_counted(found, oxum),
    ]
    for kind in _KINDS:
        faults += _held_against(kind, folder, found, digests)
    return Fixity(
        digest=digests[TAG_MANIFEST][0] if TAG_MANIFEST in digests else None,
        digests={path: digest for path, (digest, _) in digests.items()},
        sizes=found.sizes,
        faults=tuple(sorted(set(faults), key=lambda fault: (fault.place, fault.message))),
    )


# --- the files beside the payload ----------------------------------------------------------------


def _declared(folder: Path, found: Found) -> Iterator[Fault]:
    """Yield what is wrong with `bagit.txt`."""
    name = "bagit.txt"
    if name not in found.sizes:
        yield Fault(name, f"{named(name)} is missing: this is no bag")
    elif _content(folder / name) != DECLARATION:
        yield Fault(name, f"{named(name)} does not declare a bag as it is sealed")


def _held_against(
    kind: str, folder: Path, found: Found, digests: Mapping[str, Digests]
) -> Iterator[Fault]:
    """Yield what the manifests of a kind have against the files that are there."""
    contents = {name: _content(folder / name) for name in _names(kind) if name in found.sizes}
    there = [path for path in found.sizes if _belongs(path, kind)]
    known = {path: digests[path] for path in there if path in digests}
    if len(known) == len(there) and contents == bagging.manifests(kind, known):
        # What sealing would write for just these files need not be read: it is right.
        yield from manifests.lookalikes(f"{kind}-sha256.txt", there)
        return
    read = tuple(_manifest(name, contents) for name in _names(kind))
    for manifest in read:
        yield from manifest.faults
    yield from compared(there, read, digests)


def _names(kind: str) -> tuple[str, ...]:
    return tuple(f"{kind}-{algorithm}.txt" for algorithm in bagging.ALGORITHMS)


def _manifest(name: str, contents: Mapping[str, bytes | None]) -> Manifest:
    content = contents.get(name)
    if content is None:
        reason = "cannot be read" if name in contents else "is missing"
        return Manifest(name, {}, (Fault(name, f"{named(name)} {reason}"),))
    return manifests.read(name, content)


def _content(path: Path) -> bytes | None:
    """Return the bytes of a file beside the payload; None when it cannot be read."""
    try:
        return small(path, manifests.LIMIT)
    except (OSError, TooLargeError):
        return None


def _strange(found: Found) -> Iterator[Fault]:
    """Yield what a bag of ours never has, though other bags may."""
    ours = {name for kind in _KINDS for name in _names(kind)}
    for path in found.sizes:
        if path == "fetch.txt":
            message = (
                f"{named(path)} would have files fetched from elsewhere; nothing was sealed so"
            )
            yield Fault(path, message)
        elif _MANIFEST.fullmatch(path) and path not in ours:
            yield Fault(path, f"{named(path)} is a manifest that sealing does not write")


def _info(folder: Path, found: Found) -> tuple[tuple[Fault, ...], tuple[int, int] | None]:
    """Return what is wrong with `bag-info.txt`, and the bytes and files that it counts."""
    if _INFO not in found.sizes:
        return (Fault(_INFO, f"{named(_INFO)} is missing"),), None
    text = (_content(folder / _INFO) or b"").decode(errors="replace")
    told = [line.partition(":")[2].strip() for line in text.split("\n") if _is_oxum(line)]
    match = _OXUM.fullmatch(told[0]) if len(told) == 1 else None
    if match is None:
        message = f"{named(_INFO)} does not say once how many bytes and files there are"
        return (Fault(_INFO, message),), None
    return (), (int(match[1]), int(match[2]))


def _is_oxum(line: str) -> bool:
    return line.partition(":")[0].strip().casefold() == "payload-oxum"


# --- the payload ---------------------------------------------------------------------------------


def _worth_reading(found: Found, oxum: tuple[int, int] | None) -> dict[str, int]:
    """Return the files that could be what was sealed: an endless one need not be read to its end."""
    return {path: size for path, size in found.sizes.items() if size <= _most(path, oxum)}


def _most(path: str, oxum: tuple[int, int] | None) -> int:
    if not path.startswith("data/"):
        return _TAGS
    return oxum[0] if oxum else 1 << 40


def _too_large(found: Found, oxum: tuple[int, int] | None) -> Iterator[Fault]:
    for path, size in found.sizes.items():
        if size > _most(path, oxum):
            yield Fault(path, f"{named(path)} is larger than all that was sealed, and was not read")


def _counted(found: Found, oxum: tuple[int, int] | None) -> Iterator[Fault]:
    """Yield that the payload's bytes and files are not those that `bag-info.txt` counts."""
    payload = [size for path, size in found.sizes.items() if path.startswith("data/")]
    if oxum and oxum != (sum(payload), len(payload)):
        message = (
            f"{named(_INFO)} counts {oxum[1]:,} files of {oxum[0]:,} bytes in all, and there are "
            f"{len(payload):,} of {sum(payload):,} bytes"
        )
        yield Fault(_INFO, message)


def _belongs(path: str, kind: str) -> bool:
    if path.startswith("data/"):
        return kind == "manifest"
    return kind == "tagmanifest" and not path.startswith("tagmanifest-")
