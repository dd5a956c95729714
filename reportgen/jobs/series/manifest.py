"""The papers about a series of letters: who got which file, and one file for the printer."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from reportgen.files import atomic
from reportgen.files.showing import show
from reportgen.letters.naming import name_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from reportgen.jobs.series.copying import CopyFile
    from reportgen.letters.mailing import Listed
    from reportgen.problems.model import Problem
    from reportgen.workspace import Workspace

AS_JSON: Final = "manifest.json"
AS_CSV: Final = "manifest.csv"
COMBINED: Final = "all.pdf"


@dataclass(frozen=True, slots=True)
class Mailed:
    """What the copies of a series have in common.

    Attributes:
        letter: `<case>/<letter>`.
        drafts: The digests of the drafts of the letter as its own file addresses it.
        final: Whether they are the copies that are sent.
    """

    letter: str
    drafts: tuple[str, ...]
    final: bool


def folder(workspace: Workspace, letter: Path, *, final: bool) -> Path:
    """Return where the copies of a letter are written."""
    copies = workspace.output / name_of(letter) / "serial"
    return copies / "final" if final else copies


def write(
    mailed: Mailed, entries: Sequence[tuple[Listed, CopyFile]], folder: Path
) -> tuple[tuple[Path, ...], tuple[Problem, ...]]:
    """Write the manifest, as JSON and as a table, and all copies as one PDF.

    Args:
        mailed: What the copies have in common.
        entries: Each file, with whom it is for, in the order of the list.
        folder: Where the files are.

    Returns:
        The papers, and nothing or `cannot-write`.
    """
    contents = {
        AS_JSON: _as_json(mailed, entries),
        AS_CSV: _as_csv(entries),
    }
    files = [folder / each.name for _, each in entries if each.name.endswith(".pdf")]
    if files:
        from reportgen.rendering.joining import joined  # noqa: PLC0415 - pikepdf

        contents[COMBINED] = joined(files)
    for name, content in contents.items():
        problems = atomic.write(folder / name, content, show(folder / name))
        if problems:
            return (), problems
    return tuple(folder / name for name in contents), ()


def discard(folder: Path) -> None:
    """Remove the papers about a series that is made anew: they speak of other copies."""
    for name in (AS_JSON, AS_CSV, COMBINED):
        (folder / name).unlink(missing_ok=True)


def _as_json(mailed: Mailed, entries: Sequence[tuple[Listed, CopyFile]]) -> bytes:
    said = {
        **asdict(mailed),
        "copies": [
            {
                "number": to.number,
                "recipient": list(to.addressee.lines),
                "salutation": to.addressee.tenure.salutation,
                "file": each.name,
                "sha256": each.sha256,
                "pages": each.pages,
            }
            for to, each in entries
        ],
    }
    return (json.dumps(said, indent=1, ensure_ascii=False) + "\n").encode()


def _as_csv(entries: Sequence[tuple[Listed, CopyFile]]) -> bytes:
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(("number", "name", "office", "file", "pages", "sha256"))
    for to, each in entries:
        who = to.addressee
        cells = (who.lines[0], who.recipient.name)
        writer.writerow((to.number, *map(_harmless, cells), each.name, each.pages, each.sha256))
    return table.getvalue().encode("utf-8-sig")


def _harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" else text
