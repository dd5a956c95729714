"""Records as they lie in an archive: which there are, and what each says of itself.

What is read may have been tampered with: it is bounded and validated, and leads nowhere else.
Whether a record is whole is told by `archive.verification.verifying`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pydantic import TypeAdapter, ValidationError

from reportgen.archive import layout
from reportgen.archive.model import Record, RecordId
from reportgen.files.confining import confine
from reportgen.files.reading import read_bytes
from reportgen.files.showing import show
from reportgen.problems.model import Place, Problem, Refusal

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.archive.layout import Archive

LIMIT: Final = 4 * 1024 * 1024
"""How many bytes a record's own file may have."""

_ID: Final = TypeAdapter(RecordId)


def is_id(name: str) -> bool:
    """Whether a record can be called so."""
    try:
        _ID.validate_python(name)
    except ValidationError:
        return False
    return True


def record_ids(archive: Archive) -> tuple[str, ...]:
    """Return the names of all records that lie in an archive, sorted; none where there is none.

    A record is a folder that is called as records are: whatever else lies there is none.
    """
    try:
        entries = sorted(archive.records.iterdir(), key=lambda each: each.name)
    except (FileNotFoundError, NotADirectoryError):
        return ()
    return tuple(
        each.name
        for each in entries
        if is_id(each.name) and each.is_dir() and not each.is_symlink()
    )


def read(bag: Path) -> tuple[Record | None, tuple[Problem, ...]]:
    """Read what a record says of itself, from its bag.

    Returns:
        The record and no problem; or None and one problem: those of `read_bytes`,
        `path-escapes`, `record-unreadable`. Whether it lies in the folder of its own name is not
        asked: a bag that is being imported does not yet.
    """
    shown = show(bag / layout.RECORD)
    path = confine(bag, layout.RECORD)
    if isinstance(path, Refusal):
        return None, (path.at(Place(shown)),)
    content, problems = read_bytes(path, shown, LIMIT)
    if content is None:
        return None, problems
    try:
        return Record.model_validate_json(content), ()
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        where = ".".join(map(str, detail["loc"]))
        reason = f"`{where}` is not what stands there" if where else "it is no JSON of a record"
        message = f"this does not tell what was sent: {reason}"
        return None, (Problem("record-unreadable", message, Place(shown)),)


def written(record: Record) -> bytes:
    """Return a record as its bag has it: the same bytes for the same record."""
    return (record.model_dump_json(indent=1) + "\n").encode()
