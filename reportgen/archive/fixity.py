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

from reportgen.archive import manifests
from reportgen.archive.bagging import ALGORITHMS, DECLARATION, TAG_MANIFEST
from reportgen.archive.manifests import Manifest, likeness
from reportgen.archive.reckoning import TooLargeError, reckon, small, survey
from reportgen.archive.verdicts import Fault, named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from reportgen.archive.reckoning import Digests, Found

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
    read = tuple(_manifests(folder, found))
    digests, unread = reckon(folder, _worth_reading(found, oxum), threads)
    faults = [
        *found.faults,
        *(fault for manifest in read for fault in manifest.faults),
        *_declared(folder, found),
        *info,
        *_strange(found),
        *_too_large(found, oxum),
        *unread,
    ]
    for kind in _KINDS:
        listed = tuple(each for each in read if each.name.startswith(f"{kind}-"))
        faults += _compared(kind, listed, found, digests)
    faults += _counted(found, oxum)
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


def _manifests(folder: Path, found: Found) -> Iterator[Manifest]:
    for kind in _KINDS:
        for algorithm in ALGORITHMS:
            name = f"{kind}-{algorithm}.txt"
            if name not in found.sizes:
                yield Manifest(name, {}, (Fault(name, f"{named(name)} is missing"),))
                continue
            content = _content(folder / name)
            if content is None:
                yield Manifest(name, {}, (Fault(name, f"{named(name)} cannot be read"),))
            else:
                yield manifests.read(name, content)


def _content(path: Path) -> bytes | None:
    """Return the bytes of a file beside the payload; None when it cannot be read."""
    try:
        return small(path, manifests.LIMIT)
    except (OSError, TooLargeError):
        return None


def _strange(found: Found) -> Iterator[Fault]:
    """Yield what a bag of ours never has, though other bags may."""
    ours = {f"{kind}-{algorithm}.txt" for kind in _KINDS for algorithm in ALGORITHMS}
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


def _compared(
    kind: str,
    listed: tuple[Manifest, ...],
    found: Found,
    digests: Mapping[str, Digests],
) -> Iterator[Fault]:
    """Yield each file that is not as the manifests of a kind have it, and each that is gone."""
    there = [path for path in found.sizes if _belongs(path, kind)]
    names = {path for manifest in listed for path in manifest.digests}
    readable = [manifest for manifest in listed if manifest.digests]
    gone = []
    for path in sorted(names - set(there)):
        lists = [manifest.name for manifest in listed if path in manifest.digests]
        if len(lists) == len(readable):
            gone.append(path)
        else:
            message = f"{named(lists[0])} lists {named(path)}, which is neither there nor sealed"
            yield Fault(lists[0], message)
    added = sorted(set(there) - names)
    yield from _moved(gone, added, listed, digests)
    for path in there:
        if path in names:
            yield from _altered(path, listed, digests.get(path))


def _belongs(path: str, kind: str) -> bool:
    if path.startswith("data/"):
        return kind == "manifest"
    return kind == "tagmanifest" and not path.startswith("tagmanifest-")


def _altered(path: str, listed: tuple[Manifest, ...], digests: Digests | None) -> Iterator[Fault]:
    for manifest in listed:
        if path not in manifest.digests and manifest.digests:
            message = f"{named(manifest.name)} does not list {named(path)}"
            yield Fault(manifest.name, message)
    if digests is None:
        return  # said already: it cannot be read, or is too large
    told = zip(listed, digests, strict=True)
    wrong = [each.name for each, digest in told if each.digests.get(path, digest) != digest]
    if len(wrong) == len(listed):
        yield Fault(path, f"{named(path)} is not what was sealed: its digests are others")
    elif wrong:
        message = (
            f"{named(wrong[0])} gives a digest of {named(path)} that is not its digest, and the "
            "other manifest gives the right one"
        )
        yield Fault(wrong[0], message)


def _moved(
    gone: Iterable[str],
    added: Iterable[str],
    listed: tuple[Manifest, ...],
    digests: Mapping[str, Digests],
) -> Iterator[Fault]:
    """Yield files that are gone, were added, or go by another name."""
    left = list(added)
    for path in gone:
        name = next((each for each in left if likeness(each) == likeness(path)), None)
        if name is not None:
            left.remove(name)
            message = (
                f"{named(path)} is missing, and {named(name)} is there: a name that differs only "
                "by case or by how its letters are encoded"
            )
            yield Fault(path, message)
            continue
        name = next((each for each in left if _is_as(each, path, listed, digests)), None)
        if name is not None:
            left.remove(name)
            message = f"{named(path)} was renamed: {named(name)} has its content"
            yield Fault(path, message)
        else:
            yield Fault(path, f"{named(path)} is missing")
    for path in left:
        yield Fault(path, f"{named(path)} was added: no manifest lists it")


def _is_as(
    path: str, sealed: str, listed: tuple[Manifest, ...], digests: Mapping[str, Digests]
) -> bool:
    return path in digests and tuple(each.digests.get(sealed) for each in listed) == digests[path]
