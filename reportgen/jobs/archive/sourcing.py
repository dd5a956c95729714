"""The files that a letter was made from, under names that hold on every machine.

`cases/...` and `templates/...` are the workspace's own, `shipped/...` are the templates that come
with reportgen. In a record both kinds of templates lie under `templates/`, as one set: of two files
of a name only the workspace's own was ever read.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, fields, is_dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from reportgen.archive import layout
from reportgen.files import reading
from reportgen.letters.naming import whole
from reportgen.problems.model import Place, Refusal
from reportgen.workspace import shipped_templates

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.jobs.drafts.composing import Composition
    from reportgen.workspace import Workspace

T = TypeVar("T")

SHIPPED: Final = "shipped/"
_TEMPLATES: Final = "templates/"
_LICENSE: Final = "fonts/OFL.txt"
"""What has to lie beside the typefaces wherever they go (SIL Open Font License, 2)."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names of files, as seen from a workspace.

    Attributes:
        workspace: The workspace.
    """

    workspace: Workspace

    def of(self, path: Path) -> str:
        """Return what a file is called wherever the workspace lies; of any other, its own name."""
        absolute, real = whole(path), Path(os.path.realpath(path))
        for prefix, folder in (
            ("cases/", self.workspace.cases),
            (_TEMPLATES, self.workspace.templates),
            (SHIPPED, shipped_templates()),
            ("", self.workspace.root),
        ):
            for place, base in ((absolute, folder), (real, Path(os.path.realpath(folder)))):
                if place.is_relative_to(base):
                    return f"{prefix}{place.relative_to(base).as_posix()}"
        return absolute.name

    def in_places(self, value: T) -> T:
        """Return a draft, or a part of one, whose places name files as its record has them."""
        return _renamed(value, self)


@dataclass(frozen=True, slots=True)
class Sources:
    """What a letter was made from.

    Attributes:
        inputs: The SHA-256 of each file by its name; None for one that was looked for and was not
            there.
        contents: The files as they stood, by their places in a bag; not those of exhibits.
    """

    inputs: Mapping[str, str | None]
    contents: Mapping[str, bytes]


def sources(names: Names, composed: Composition) -> Sources:
    """Read the files that a letter was made from."""
    exhibits = _exhibits(names.workspace, composed)
    inputs: dict[str, str | None] = {}
    contents: dict[str, bytes] = {}
    # The workspace's own come first: of two files of a name only that was read.
    files = sorted((names.of(path), path) for path in set(composed.gathered.files))
    for name, path in sorted(files, key=lambda each: each[0].startswith(SHIPPED)):
        if whole(path) in exhibits:
            inputs[name] = reading.sha256(path)[0]
            continue
        content, _ = reading.read_bytes(path)
        inputs[name] = None if content is None else sha256(content).hexdigest()
        if content is not None:
            contents.setdefault(f"{layout.SOURCES}/{_together(name)}", content)
    license_ = names.workspace.lookup(_LICENSE)
    content = None if isinstance(license_, Refusal) else reading.read_bytes(license_)[0]
    if content is not None and isinstance(license_, Path):
        inputs[names.of(license_)] = sha256(content).hexdigest()
        contents[f"{layout.SOURCES}/{_TEMPLATES}{_LICENSE}"] = content
    return Sources(dict(sorted(inputs.items())), contents)


def _together(name: str) -> str:
    """Return where a file lies among the sources of a record."""
    return f"{_TEMPLATES}{name.removeprefix(SHIPPED)}" if name.startswith(SHIPPED) else name


def _exhibits(workspace: Workspace, composed: Composition) -> frozenset[Path]:
    """Return the files that are evidence, but for those that went out as enclosures."""
    manuscript = composed.manuscript
    case = Path(manuscript.path).parent.parent
    enclosed = {whole(case / each.file) for each in manuscript.enclosures}
    files = {
        whole(workspace.cases / case.id / source.exhibit.file)
        for case in composed.cases.values()
        for source in case.sources.values()
        if source.exhibit is not None
    }
    return frozenset(files - enclosed)


def _renamed(value: T, names: Names) -> T:
    if isinstance(value, Place):
        document = value.document
        known = not document or document.startswith(("cases/", _TEMPLATES))
        if known:
            return value
        return replace(value, document=_together(names.of(Path(document))))
    if isinstance(value, tuple):
        return tuple(_renamed(each, names) for each in value)  # type: ignore[return-value]
    if is_dataclass(value) and not isinstance(value, type):
        changed = {
            field.name: new
            for field in fields(value)
            if (new := _renamed(old := getattr(value, field.name), names)) != old
        }
        return replace(value, **changed) if changed else value
    return value
