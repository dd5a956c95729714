"""The copies of a letter that went to many, as they lie ready to be sealed: who got which file.

They are those of `reportgen serial --final`, with the manifest that names them. A file that is not
what the manifest says, and copies of another letter than the one that is submitted, are refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import Field, StringConstraints, ValidationError

from reportgen.archive.model import Digest, Line, Part
from reportgen.files.reading import read_bytes
from reportgen.files.showing import show
from reportgen.jobs.series import manifest
from reportgen.letters.naming import name_of
from reportgen.problems.model import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from reportgen.workspace import Workspace

_LIMIT: Final = 64 * 1024 * 1024
"""How many bytes a manifest may have."""


class _Copy(Part):
    recipient: Annotated[tuple[Line, ...], Field(min_length=1)]
    # A manifest is a file like any other: a name in it leads to its own folder alone.
    file: Annotated[str, StringConstraints(pattern=r"^[0-9]{4,}[a-z0-9.-]{0,100}$")]
    sha256: Digest
    pages: int | None = None


class _Manifest(Part):
    letter: Line
    final: bool
    drafts: tuple[Digest, ...] = ()
    copies: Annotated[tuple[_Copy, ...], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Mailing:
    """What went to many.

    Attributes:
        files: The copies and their manifests, by name.
        pages: How many pages each copy has, by name, where it has pages.
        names: Those to whom it went, in the order of the list.
    """

    files: Mapping[str, bytes]
    pages: Mapping[str, int]
    names: tuple[str, ...]


def mailing(
    workspace: Workspace, letter: Path, drafts: Sequence[str]
) -> tuple[Mailing | None, tuple[Problem, ...]]:
    """Return the final copies of a letter to many.

    Args:
        workspace: Where they lie.
        letter: The letter's file.
        drafts: The digests of the drafts of the letter that is submitted.

    Returns:
        The copies; or None and why there are none: `final-missing`, `final-altered`, and those of
        reading a file.
    """
    folder = manifest.folder(workspace, letter, final=True)
    path = folder / manifest.AS_JSON
    if not path.exists():
        return None, (_missing(letter, "there are no final copies of this letter to many"),)
    content, problems = read_bytes(path, show(path), _LIMIT)
    if content is None:
        return None, problems
    try:
        said = _Manifest.model_validate_json(content)
    except ValidationError:
        return None, (_altered(path, "this is no manifest as it was written"),)
    if said.letter != name_of(letter) or not said.final or said.drafts != tuple(drafts):
        message = "the copies are not of what this letter says today"
        return None, (_missing(letter, message),)
    files = {manifest.AS_JSON: content}
    found: list[Problem] = []
    table = folder / manifest.AS_CSV
    listed = [(table, None), *((folder / each.file, each.sha256) for each in said.copies)]
    for each, digest in listed:
        content, problems = read_bytes(each, show(each))
        found += problems
        if content is None:
            continue
        if digest is not None and sha256(content).hexdigest() != digest:
            found.append(_altered(each, "this copy is not what was made: somebody has changed it"))
        files[each.name] = content
    if found:
        return None, tuple(found)
    pages = {each.file: each.pages for each in said.copies if each.pages is not None}
    names = tuple(dict.fromkeys(each.recipient[0] for each in said.copies))
    return Mailing(files, pages, names), ()


def _missing(letter: Path, message: str) -> Problem:
    help_ = f"make them, look at them and send them: `reportgen serial {name_of(letter)} --final`"
    return Problem("final-missing", message, Place(show(letter)), help_)


def _altered(path: Path, message: str) -> Problem:
    help_ = "make the copies again with `reportgen serial --final`, and send those"
    return Problem("final-altered", message, Place(show(path)), help_)
