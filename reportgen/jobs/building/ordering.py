"""What is asked for when letters are built, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from reportgen.jobs import papers
from reportgen.problems.model import has_errors

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from reportgen.jobs.review.gating import Waiving
    from reportgen.problems.model import Problem
    from reportgen.workspace import Workspace

RENDERERS: Mapping[str, str] = {
    "pdf": "reportgen.rendering.pdf",
    "docx": "reportgen.rendering.docx",
    "html": "reportgen.rendering.html",
    "txt": "reportgen.rendering.text",
}
"""The formats of a letter, and the module that renders each; it is loaded when it is wanted."""

FINAL = "final"
"""The folder of a final letter, within that of its drafts."""


@dataclass(frozen=True, slots=True)
class Built:
    """What became of one letter.

    Attributes:
        letter: `<case>/<letter>`.
        folder: Where its files are.
        artifacts: The names of the files that are there; none when it could not be built.
        pages: How many pages it has.
        made: Whether it was built now; False when it was fresh already.
        attention: What needs attention, a line each, where it was fresh already.
        problems: What is wrong with it, where it was built now.
    """

    letter: str
    folder: Path
    artifacts: tuple[str, ...] = ()
    pages: int | None = None
    made: bool = False
    attention: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether an error stands in its way."""
        return has_errors(self.problems)


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for: letters of a workspace, made in this way.

    Attributes:
        workspace: Where cases and templates are.
        output: The folder under which `<case>/<letter>/` is made.
        formats: Which formats are wanted, of `RENDERERS`.
        final: Whether the copy is made that is sent, which leaves no point open.
        line_numbers: Whether the lines of a draft are numbered.
        force: Whether to build what is fresh, and to draw its charts anew.
        waiving: What somebody lets pass in a final letter, if anything.
    """

    workspace: Workspace
    output: Path
    formats: tuple[str, ...] = ("pdf",)
    final: bool = False
    line_numbers: bool = False
    force: bool = False
    waiving: Waiving | None = None

    def folder(self, name: str) -> Path:
        """Return the folder of the letter that is called `name`."""
        folder = self.output / name
        return folder / FINAL if self.final else folder

    def options(self, path: Path) -> tuple[str, ...]:
        """Return what was asked for beside the formats, and reviewed, if it changes what is made."""
        reviewed = papers.state(self.workspace, path, final=self.final)
        return (*(("line-numbers",) if self.line_numbers else ()), reviewed)

    def wants(self, name: str) -> bool:
        """Whether a file is of a format that is asked for."""
        return name.rpartition(".")[2] in self.formats


def caveats(formats: Iterable[str]) -> tuple[str, ...]:
    """Return what sets files of these formats apart from those of another machine, a line each."""
    renderers = (import_module(RENDERERS[name]) for name in formats)
    told = (each.caveat() for each in renderers if hasattr(each, "caveat"))
    return tuple(filter(None, told))
