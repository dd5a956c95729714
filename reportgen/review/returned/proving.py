"""The proof of a redline as a Word file: it is read back, and taken for each of its drafts.

The redline's own tree is proved when it is made (`redlining`). This is about what was written: with
all tracked changes accepted the file says what the new draft's own file says, and with all rejected
what the old one's says, paragraph by paragraph, in the text, the tables, the footnotes, and the
heads and feet of pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.review.redlines.redlining import UnprovedError
from reportgen.review.returned.wordfile import read

if TYPE_CHECKING:
    from reportgen.review.returned.wordfile import WordFile

Said = tuple[tuple[tuple[int, int] | None, str], ...]


def prove(redline: bytes, old: bytes, new: bytes) -> None:
    """Compare the Word files of a redline and of its drafts.

    Raises:
        UnprovedError: When the redline gives back one of them otherwise than it is.
    """
    file, before, after = (_read(content) for content in (redline, old, new))
    for name, said, meant in (
        ("accepted", _said(file, accepted=True), _said(after, accepted=True)),
        ("rejected", _said(file, accepted=False), _said(before, accepted=False)),
    ):
        if said != meant:
            differing = next(
                (pair for pair in zip(said, meant, strict=False) if pair[0] != pair[1]), None
            )
            where = f": {differing[0][1][:80]!r}" if differing else ""
            message = f"with all changes {name}, the Word file is not the draft{where}"
            raise UnprovedError(message)


def _read(content: bytes) -> WordFile:
    file, problems = read(content, "")
    if file is None:
        raise UnprovedError(f"the Word file cannot be read back: {problems[0].message}")
    return file


def _said(file: WordFile, *, accepted: bool) -> Said:
    lines = (*file.lines(accepted=accepted), *file.running(accepted=accepted))
    return tuple((line.row, " ".join(line.text.split())) for line in lines)
