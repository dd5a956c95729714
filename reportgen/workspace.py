"""A workspace: the folder that holds `cases/`, `templates/` and `output/`.

A name such as `letters/committee/family.yaml` goes in; the workspace's own file comes out, or the
one that is shipped with reportgen where the workspace has none. Nothing is opened or read here.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.files.confining import confine
from reportgen.problems.model import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

_PACKAGE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder with the cases of an organization, and its own templates, if it has any.

    Attributes:
        root: The folder itself, absolute.
        alone: Whether it has all its templates itself, as what was sealed has; those shipped with
            reportgen are then not looked for, which may be other ones by now.
    """

    root: Path
    alone: bool = False

    @property
    def cases(self) -> Path:
        """The folder with one folder for each case."""
        return self.root / "cases"

    @property
    def templates(self) -> Path:
        """The folder with the workspace's own templates; they win over the shipped ones."""
        return self.root / "templates"

    @property
    def output(self) -> Path:
        """The folder for what is made; it may not exist yet."""
        return self.root / "output"

    @property
    def archive(self) -> Path:
        """The folder of what was submitted; unlike all else in `output`, it cannot be made again."""
        return self.output / "archive"

    def lookup(self, name: str) -> Path | Refusal:
        """Return the template file called `name`, the workspace's own before the shipped one.

        Args:
            name: A path relative to `templates/`, with slashes: `styles/letter.css`.

        Returns:
            The path of a file that exists; or why there is none: the name leads out of the
            folder of templates, or no file is called so.
        """
        for folder in self._folders():
            path = confine(folder, name)
            if isinstance(path, Refusal):
                return path
            if path.is_file():
                return path
        return Refusal(
            "template-missing",
            f"there is no template {name}",
            f"add it as {self.templates / name}, or name one of those shipped with reportgen",
        )

    def candidates(self, name: str) -> tuple[Path, ...]:
        """Return where `lookup` looks for `name`, in its order, whether anything is there or not."""
        return tuple(folder / name for folder in self._folders())

    def listing(self, folder: str, pattern: str) -> tuple[Path, ...]:
        """Return the template files of a folder, by name, an own file in place of a shipped one.

        Args:
            folder: A path relative to `templates/`: `directory`.
            pattern: What the files are called: `*.yaml`; slashes and `**` are not for this.

        Returns:
            The files in the order of their names; none when the folder does not exist or leads
            out of the folder of templates.
        """
        found: dict[str, Path] = {}
        for templates in self._folders():
            place = confine(templates, folder)
            if isinstance(place, Refusal) or not place.is_dir():
                continue
            for entry in place.glob(pattern):
                path = confine(templates, f"{folder}/{entry.name}")
                if isinstance(path, Path) and path.is_file():
                    found.setdefault(entry.name, path)
        return tuple(found[name] for name in sorted(found))

    def folders(self, folder: str) -> tuple[str, ...]:
        """Return the names of the folders in a folder of templates, own and shipped, sorted."""
        places = (confine(templates, folder) for templates in self._folders())
        return tuple(
            sorted(
                {
                    entry.name
                    for place in places
                    if isinstance(place, Path) and place.is_dir()
                    for entry in place.iterdir()
                    if entry.is_dir()
                }
            )
        )

    def _folders(self) -> Iterator[Path]:
        yield self.templates
        if not self.alone and shipped_templates() != self.templates:
            yield shipped_templates()


def shipped_templates() -> Path:
    """Return the templates that come with reportgen.

    An installed wheel has them inside the package, the repository beside it.
    """
    inside = _PACKAGE / "templates"
    return inside if inside.is_dir() else _PACKAGE.parent / "templates"


def find(start: Path) -> Workspace | Refusal:
    """Return the workspace that `start` lies in.

    Args:
        start: A folder or a file; it need not exist.

    Returns:
        The nearest folder, from `start` upward, that holds `cases/` and `templates/`; or why
        there is none.
    """
    place = start.resolve()
    for folder in (place, *place.parents):
        if _is_workspace(folder):
            return Workspace(folder)
    return Refusal(
        "no-workspace",
        f"neither {place} nor any folder above it holds cases/ and templates/",
        "go to your workspace, name it with --workspace, or make one with `reportgen init DIR`",
    )


def _is_workspace(folder: Path) -> bool:
    try:
        return (folder / "cases").is_dir() and (folder / "templates").is_dir()
    except OSError:  # a folder that may not be looked into is none of ours
        return False
