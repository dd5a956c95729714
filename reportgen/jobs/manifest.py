"""The papers about a series of letters: who got which file, and one file for the printer."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Final

from reportgen.files import atomic
from reportgen.files.showing import show

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from reportgen.jobs.copying import CopyFile
    from reportgen.letters.mailing import Listed
    from reportgen.problems.model import Problem

COMBINED: Final = "all.pdf"
NAMES: Final = ("manifest.json", "manifest.csv", COMBINED)


def write(
    letter: str, entries: Sequence[tuple[Listed, CopyFile]], folder: Path, *, final: bool
) -> tuple[tuple[Path, ...], tuple[Problem, ...]]:
    """Write the manifest, as JSON and as a table, and all copies as one PDF.

    Args:
        letter: `<case>/<letter>`.
        entries: Each file, with whom it is for, in the order of the list.
        folder: Where the files are.
        final: Whether they are the copies that are sent.

    Returns:
        The papers, and nothing or `cannot-write`.
    """
    contents = {
        "manifest.json": _as_json(letter, entries, final=final),
        "manifest.csv": _as_csv(entries),
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
    for name in NAMES:
        (folder / name).unlink(missing_ok=True)


def _as_json(letter: str, entries: Sequence[tuple[Listed, CopyFile]], *, final: bool) -> bytes:
    said = {
        "letter": letter,
        "final": final,
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
