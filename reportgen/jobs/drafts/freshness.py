"""What a letter was built from, written beside it, so that it is not built again without need.

The record names every file that was read, or looked for and not there, with its digest; the
program that built it; and what was made. A letter is fresh while all of that still holds. Nothing
here loads a library that builds: finding a letter fresh costs reading its files once.
"""

from __future__ import annotations

import json
import os
import sysconfig
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.files.reading import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

NAME = "build.json"
"""The record's name, in the folder of what was built."""

_PACKAGE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class BuildRecord:
    """What was built, from what, by what.

    Attributes:
        letter: `<case>/<letter>`.
        program: Digest of reportgen and of the libraries that it was built with.
        options: What was asked for beside the formats, as far as it changes the result.
        inputs: SHA-256 of each file by its path; None for one that was not there.
        artifacts: SHA-256 of each file that was made, by its name in the folder.
        drafts: The digest of the draft, or of each version.
        pages: How many pages the letter has.
        attention: What needs attention, one line each.
        places: Where each sentence begins in the PDF that is sent, or in its first version: the
            page and the line by the sentence's id; nothing for a draft.
    """

    letter: str
    program: str
    options: tuple[str, ...]
    inputs: Mapping[str, str | None]
    artifacts: Mapping[str, str]
    drafts: tuple[str, ...]
    pages: int | None = None
    attention: tuple[str, ...] = field(default=())
    places: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def holds(self, folder: Path) -> bool:
        """Whether building again into `folder` would give what is there."""
        return (
            self.program == program()
            and all(_digest(folder / name) == known for name, known in self.artifacts.items())
            and all(_digest(Path(path)) == known for path, known in self.inputs.items())
        )

    def has(self, formats: Iterable[str]) -> bool:
        """Whether there is a file of each format."""
        return all(any(name.endswith(f".{each}") for name in self.artifacts) for each in formats)

    def joined(self, before: BuildRecord | None, folder: Path) -> BuildRecord:
        """Return this record with the files of other formats that an earlier build left.

        They stay only if they still say the same: the same drafts, by the same program, asked for
        in the same way, and nothing changed that they were made from.
        """
        if before is None or not before.holds(folder):
            return self
        if (before.letter, before.options, before.drafts) != (
            self.letter,
            self.options,
            self.drafts,
        ):
            return self
        return replace(
            self,
            inputs={**before.inputs, **self.inputs},
            artifacts={**before.artifacts, **self.artifacts},
            pages=self.pages or before.pages,
            places=self.places or before.places,
        )

    def content(self) -> bytes:
        """Return the record as JSON, the same bytes for the same record."""
        return (json.dumps(asdict(self), indent=1, sort_keys=True) + "\n").encode()


def read(folder: Path) -> BuildRecord | None:
    """Return the record in a folder; None when there is none, or when it cannot be read."""
    content, _ = read_bytes(folder / NAME)
    try:
        return _record(json.loads(content or b""))
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def _record(fields: dict[str, object]) -> BuildRecord:
    """Return the record that JSON tells of; anything else in its place is an error.

    By hand, since a library that reads models takes longer to load than all the rest of finding a
    letter fresh.
    """
    return BuildRecord(
        letter=_text(fields["letter"]),
        program=_text(fields["program"]),
        options=_texts(fields["options"]),
        inputs={
            path: None if known is None else _text(known)
            for path, known in _group(fields["inputs"])
        },
        artifacts={name: _text(known) for name, known in _group(fields["artifacts"])},
        drafts=_texts(fields["drafts"]),
        pages=_number(fields["pages"]),
        attention=_texts(fields["attention"]),
        places={name: _place(where) for name, where in _group(fields["places"])},
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError(value)
    return tuple(map(_text, value))


def _group(value: object) -> Iterable[tuple[str, object]]:
    if not isinstance(value, dict):
        raise TypeError(value)
    return value.items()


def _place(value: object) -> tuple[int, int]:
    if not isinstance(value, list) or [type(each) for each in value] != [int, int]:
        raise TypeError(value)
    page, line = value
    return page, line


def _number(value: object) -> int | None:
    if value is not None and not isinstance(value, int):
        raise TypeError(value)
    return value


def digests(files: Iterable[Path]) -> dict[str, str | None]:
    """Return the SHA-256 of each file by its path; None for one that is not there."""
    return {str(path): _digest(path) for path in sorted(set(files))}


@cache
def program() -> str:
    """Return the digest of reportgen's own code and of the versions installed beside it."""
    whole = sha256()
    for path in sorted(_PACKAGE.rglob("*.py")):
        whole.update(f"{path.relative_to(_PACKAGE)}\n".encode())
        whole.update(path.read_bytes())
    with os.scandir(sysconfig.get_path("purelib")) as entries:
        for name in sorted(entry.name for entry in entries if entry.name.endswith(".dist-info")):
            whole.update(f"{name}\n".encode())
    return whole.hexdigest()


def _digest(path: Path) -> str | None:
    content, _ = read_bytes(path)
    return None if content is None else sha256(content).hexdigest()
