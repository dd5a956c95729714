"""The journal of a series: which copies are done, so that nobody makes them twice."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reportgen.files import appending, atomic
from reportgen.files.reading import read_bytes
from reportgen.files.shelf import Shelf
from reportgen.files.showing import show
from reportgen.jobs.series.copying import CopyFile
from reportgen.problems.printing import Format, render

if TYPE_CHECKING:
    from reportgen.jobs.series.copying import Copied
    from reportgen.problems.model import Problem

NAME: Final = "journal.jsonl"


@dataclass(frozen=True, slots=True)
class Done:
    """A copy that is done.

    Attributes:
        files: What was written.
        attention: What needs attention in it, a line each.
    """

    files: tuple[CopyFile, ...]
    attention: tuple[str, ...] = ()


@dataclass(slots=True)
class Journal:
    """The journal in the folder of a series.

    Attributes:
        folder: The folder, with the copies.
        key: The digest of all that the copies are made from; with another one all begins anew.
    """

    folder: Path
    key: str

    def begin(self) -> tuple[tuple[Problem, ...], dict[int, Done]]:
        """Return the copies that are there and still as they were made; forget all others."""
        path = self.folder / NAME
        content, _ = read_bytes(path)
        key, copies = _read(content or b"")
        if key == self.key:
            whole = {
                number: done
                for number, done in copies.items()
                if all(_is(self.folder / each.name, each.sha256) for each in done.files)
            }
            return (), whole
        for each in (each for done in copies.values() for each in done.files):
            # A journal is a file like any other: a name in it leads to this folder alone.
            (self.folder / Path(each.name).name).unlink(missing_ok=True)
        line = json.dumps({"key": self.key}) + "\n"
        return atomic.write(path, line.encode(), show(path)), {}

    def note(self, copied: Copied) -> tuple[Problem, ...]:
        """Note a copy that is done."""
        path = self.folder / NAME
        lines = render(copied.problems, Shelf(), Format.CONCISE).splitlines()
        said = {"number": copied.number, **asdict(Done(copied.files, tuple(lines)))}
        return appending.append(path, (json.dumps(said) + "\n").encode(), show(path))


def _read(content: bytes) -> tuple[str, dict[int, Done]]:
    """Return what a journal says; what cannot be read was not done."""
    key = ""
    copies: dict[int, Done] = {}
    for line in content.splitlines():
        try:
            said = json.loads(line)
            if "key" in said:
                key = str(said["key"])
            else:
                files = tuple(CopyFile(**each) for each in said["files"])
                attention = tuple(map(str, said["attention"]))
                copies[int(said["number"])] = Done(files, attention)
        except (ValueError, TypeError, KeyError, RecursionError):
            continue
    return key, copies


def _is(path: Path, digest: str) -> bool:
    content, _ = read_bytes(path)
    return content is not None and sha256(content).hexdigest() == digest
