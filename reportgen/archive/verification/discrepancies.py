"""What sets the files that are there apart from those that manifests list, each named once.

Two manifests of different digests list the same files. Where one of them agrees with a file, the
other is what was altered; where both disagree, the file is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.archive.bags.manifests import Manifest, likeness
from reportgen.archive.verdicts import Fault, named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reportgen.archive.bags.reckoning import Digests


def compared(
    there: Sequence[str], listed: tuple[Manifest, ...], digests: Mapping[str, Digests]
) -> Iterator[Fault]:
    """Yield each file that is not as the manifests have it, is gone, was added or renamed.

    Args:
        there: The files that the manifests are to list, by their paths.
        listed: The manifests, one of each algorithm, in the order of `bagging.ALGORITHMS`.
        digests: The digests of the files that could be read.
    """
    for manifest in listed:
        if there and not manifest.digests and not manifest.faults:
            yield Fault(manifest.name, f"{named(manifest.name)} lists nothing")
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
