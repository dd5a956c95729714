"""A bag's manifests as they were written (RFC 8493, 2.1.3 and 2.2.1), and what is wrong with one.

Bytes go in; digests by path come out, with every line that lies, repeats another, or is not as
sealing writes it. `bagit` takes more than this: other digests, other blanks, lines twice, and a
path that differs from a file's by its case. Nothing is opened here.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reportgen.archive.verdicts import Fault, named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_DIGITS: Final = {"sha256": 64, "sha512": 128}
"""How many hexadecimal digits a digest has."""

LIMIT: Final = 16 * 1024 * 1024
"""How many bytes a manifest may have: a hundred thousand files."""

_ENCODED: Final = re.compile("%(0A|0D|25)", re.IGNORECASE)
_OTHER: Final = "which belongs in the other manifest"
_PLAIN: Final = re.compile(r"(?!tagmanifest-|data\Z)\w[\w.-]*(/\w[\w.-]*)*\Z", re.ASCII)
"""What nearly all paths look like, and needs no second look: there is nothing odd in it."""
_LINE: Final = re.compile(r"(?P<digest>[0-9a-f]+)  (?P<path>[^ \n][^\n]*)")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a manifest says.

    Attributes:
        name: `manifest-sha256.txt`.
        digests: The digest of each file by its path within the bag.
        faults: What is wrong with it as a text.
    """

    name: str
    digests: Mapping[str, str]
    faults: tuple[Fault, ...]


def read(name: str, content: bytes) -> Manifest:
    """Read a manifest.

    Args:
        name: `manifest-<algorithm>.txt` or `tagmanifest-<algorithm>.txt`.
        content: Its bytes.
    """
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        message = f"{named(name)} is not UTF-8 from byte {error.start + 1} on"
        return Manifest(name, {}, (Fault(name, message),))
    digests: dict[str, str] = {}
    faults = [*_lines(name, text, digests), *lookalikes(name, digests)]
    if list(digests) != sorted(digests):
        faults.append(Fault(name, f"the lines of {named(name)} are not in their order"))
    if text and not text.endswith("\n"):
        faults.append(Fault(name, f"the last line of {named(name)} has no end"))
    return Manifest(name, digests, tuple(faults))


def _lines(name: str, text: str, digests: dict[str, str]) -> Iterator[Fault]:
    """Enter each line of a manifest into `digests`; yield what is wrong with it."""
    payload, _, algorithm = name.removesuffix(".txt").partition("-")
    for number, line in enumerate(text.removesuffix("\n").split("\n") if text else (), 1):
        match = _LINE.fullmatch(line)
        if match is None or len(match["digest"]) != _DIGITS[algorithm]:
            message = f"line {number} of {named(name)} is no line of a manifest as it is sealed"
            yield Fault(name, message)
            continue
        path = _ENCODED.sub(lambda sign: chr(int(sign[1], 16)), match["path"])
        refusal = _outside(path, payload=payload == "manifest")
        if refusal:
            yield Fault(name, f"line {number} of {named(name)} names {named(path)}, {refusal}")
        elif path in digests:
            yield Fault(name, f"line {number} of {named(name)} names {named(path)} once more")
        else:
            digests[path] = match["digest"]


def _outside(path: str, *, payload: bool) -> str:
    """Say why a path may not stand in a manifest; empty when it may."""
    if _PLAIN.match(path):
        return "" if path.startswith("data/") == payload else _OTHER
    parts = path.split("/")
    if path.startswith(("/", "~")) or "\\" in path or re.match("[A-Za-z]:", path):
        return "which is no path within a bag"
    if any(part in {"", ".", ".."} for part in parts) or "\0" in path:
        return "which leads elsewhere"
    if (parts[0] == "data" and len(parts) > 1) != payload:
        return _OTHER
    if path.startswith("tagmanifest-"):
        return "which no manifest vouches for"
    return ""


def lookalikes(name: str, paths: Iterable[str]) -> Iterator[Fault]:
    """Yield paths of a manifest that one disk takes for two files and another for one."""
    seen: dict[str, str] = {}
    for path in paths:
        other = seen.setdefault(likeness(path), path)
        if other != path:
            message = (
                f"{named(name)} names {named(other)} and {named(path)}, which differ only "
                "by case or by how their letters are encoded"
            )
            yield Fault(name, message)


def likeness(path: str) -> str:
    """Return what paths have in common that some disks take for the same."""
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
