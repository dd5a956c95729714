"""What the catalog takes from a bag: the record, what its letter said, all its words.

Each file is held against the bag's manifest, this against the tag manifest, and that against the
digest that the ledger has of the bag. What does not fit is not believed. No other file of the bag
is opened; whether the whole bag is as it was sealed is told by `reportgen verify`.
"""

from __future__ import annotations

import re
import stat
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from reportgen.archive import layout, records
from reportgen.archive.bags import bagging, manifests
from reportgen.archive.found import Contents, Said, Standing
from reportgen.files.confining import confine
from reportgen.files.reading import read_bytes
from reportgen.letters import keeping
from reportgen.letters.markup import BLOCK_TAGS
from reportgen.problems.model import Refusal
from reportgen.review import consistency

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from reportgen.archive.layout import Archive
    from reportgen.archive.model import Entry, Record
    from reportgen.letters.markup import Element

_MANIFEST: Final = "manifest-sha256.txt"
_TEXT: Final = ".txt"
_TEXT_LIMIT: Final = 16 * 1024 * 1024
_APART: Final = BLOCK_TAGS | {"aside", "br"}
_RULE: Final = re.compile(r"[-=_\u2013\u2014\u2500]{3,}")
"""What stands between the rows of a table in plain text, and nobody looks for."""
_BREAKS: Final = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
"""Characters that only say where a line may break; a word has none of them when it is looked for."""


class _AlteredError(Exception):
    """A file is not what was sealed, or cannot be read."""


def contents(archive: Archive, entry: Entry) -> Contents:
    """Return what the bag of a record holds.

    Args:
        archive: Where the bag lies.
        entry: The line of the ledger that brought it there, with the bag's digest.
    """
    bag = archive.bag(entry.record)
    try:
        if not stat.S_ISDIR(bag.lstat().st_mode):
            return Contents(Standing.ALTERED, fault="its bag is no folder")
    except OSError:
        return Contents(Standing.MISSING, fault="its bag is not there")
    try:
        digests = _vouched(bag, entry.bag)
        record = _record(bag, digests, entry)
        return Contents(Standing.KEPT, record, _said(bag, digests), _words(bag, digests))
    except _AlteredError as error:
        return Contents(Standing.ALTERED, fault=str(error))


def _vouched(bag: Path, digest: str | None) -> Mapping[str, str]:
    """Return the digests that the bag's manifest gives, when the ledger vouches for it."""
    if digest is None:
        raise _AlteredError("the ledger has no digest of its bag")
    tag_manifest = _bytes(bag, bagging.TAG_MANIFEST, manifests.LIMIT)
    if bagging.digest(tag_manifest) != digest:
        raise _AlteredError("its bag is not the one that the ledger names")
    tags = manifests.read(bagging.TAG_MANIFEST, tag_manifest).digests
    manifest = _vouched_bytes(bag, _MANIFEST, tags, manifests.LIMIT)
    return manifests.read(_MANIFEST, manifest).digests


def _record(bag: Path, digests: Mapping[str, str], entry: Entry) -> Record:
    _vouched_bytes(bag, layout.RECORD, digests, records.LIMIT)
    record, problems = records.read(bag)
    if record is None:
        raise _AlteredError(problems[0].message)
    if record.id != entry.record:
        raise _AlteredError(f"its bag is that of {record.id}")
    return record


def _said(bag: Path, digests: Mapping[str, str]) -> tuple[Said, ...]:
    content = _vouched_bytes(bag, layout.FACTS, digests, consistency.LIMIT)
    told, problems = consistency.read(content, layout.FACTS)
    if told is None:
        raise _AlteredError(problems[0].message)
    return tuple(Said(each.address, each.text, each.value, each.hedge) for each in told.facts)


def _words(bag: Path, digests: Mapping[str, str]) -> str:
    """Return the words of the letter: of the texts that were sent, or else of its drafts."""
    places = (f"{layout.SENT}/letter", f"{layout.COPIES}/letter")
    texts = ([n for n in digests if n.startswith(p) and n.endswith(_TEXT)] for p in places)
    sent = next(filter(None, texts), [])
    if sent:
        contents_ = (_vouched_bytes(bag, name, digests, _TEXT_LIMIT) for name in sent)
        found = [each.decode("utf-8", "replace") for each in contents_]
    else:
        found = [
            _text(draft.document)
            for name in digests
            if name.startswith(f"{layout.DRAFTS}/")
            for draft, _ in (keeping.read(_vouched_bytes(bag, name, digests, keeping.LIMIT), name),)
            if draft is not None
        ]
    words = " ".join(found).translate(_BREAKS).split()
    return " ".join(word for word in words if not _RULE.fullmatch(word))


def _text(element: Element) -> str:
    """Return the text of a document, its blocks apart."""
    apart = " " if element.tag in _APART else ""
    inside = (each if isinstance(each, str) else _text(each) for each in element.children)
    return f"{apart}{''.join(inside)}{apart}"


def _vouched_bytes(bag: Path, name: str, digests: Mapping[str, str], limit: int) -> bytes:
    content = _bytes(bag, name, limit)
    if sha256(content).hexdigest() != digests.get(name):
        raise _AlteredError(f"{name} of its bag is not what was sealed")
    return content


def _bytes(bag: Path, name: str, limit: int) -> bytes:
    path = confine(bag, name)
    if isinstance(path, Refusal):
        raise _AlteredError(path.message)
    content, problems = read_bytes(path, name, limit)
    if content is None:
        raise _AlteredError(f"{name} of its bag: {problems[0].message}")
    return content
