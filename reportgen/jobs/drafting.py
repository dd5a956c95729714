"""Build letters: from the files of a workspace to the files that are sent.

The one place where gathering, composing and rendering meet, and where the result is written. A
letter that has an error is not written; what was there before stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from importlib import import_module
from typing import TYPE_CHECKING

from reportgen.files import atomic
from reportgen.files.showing import show
from reportgen.jobs import freshness
from reportgen.jobs.charting import Drawer
from reportgen.jobs.freshness import BuildRecord
from reportgen.jobs.gathering import Gatherer, name_of
from reportgen.problems.model import Place, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from reportgen.jobs.gathering import Gathered
    from reportgen.letters.draft import Draft
    from reportgen.rendering.model import Artifact, Stationery
    from reportgen.workspace import Workspace

FORMATS: Mapping[str, str] = {"pdf": "letter.pdf"}
"""The formats of a letter, and the name of the file of each."""

CHARTS = ".charts"
"""The folder, under the output, in which drawn charts are kept."""


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
        return _has_errors(self.problems)


@dataclass(frozen=True, slots=True)
class Builder:
    """Builds the letters of a workspace.

    Attributes:
        workspace: Where cases and templates are.
        output: The folder under which `<case>/<letter>/` is made.
        formats: Which formats are wanted, of `FORMATS`.
        force: Whether to build what is fresh, and to draw its charts anew.
    """

    workspace: Workspace
    output: Path
    formats: tuple[str, ...] = ("pdf",)
    force: bool = False

    def build(self, letters: Iterable[Path]) -> Iterator[Built]:
        """Build each letter that is not fresh, one after the other."""
        gatherer = Gatherer(self.workspace)
        for path in letters:
            yield self._fresh(path) or self._build(path, gatherer)

    def _fresh(self, path: Path) -> Built | None:
        """Return what is there already, when building again would give the same."""
        name = name_of(path)
        folder = self.output / name
        record = None if self.force else freshness.read(folder)
        if record is None or record.letter != name:
            return None
        if not record.holds(folder, (FORMATS[each] for each in self.formats)):
            return None
        artifacts = tuple(record.artifacts)
        return Built(name, folder, artifacts, record.pages, attention=record.attention)

    def _build(self, path: Path, gatherer: Gatherer) -> Built:
        name = name_of(path)
        folder = self.output / name
        gathered = gatherer.gather(path)
        problems = list(gathered.problems)
        draft, found = self._compose(gathered)
        problems += found
        artifacts: tuple[Artifact, ...] = ()
        if draft is not None and gathered.stationery is not None:
            artifacts, found = self._render(draft, gathered.stationery)
            problems += found
        if artifacts and draft is not None and not _has_errors(problems):
            record = _record(name, draft, artifacts, gathered.files, problems)
            problems += self._write(folder, artifacts, record)
        failed = _has_errors(problems)
        return Built(
            name,
            folder,
            () if failed else tuple(artifact.name for artifact in artifacts),
            next((each.pages for each in artifacts if each.pages is not None), None),
            made=not failed,
            problems=tuple(problems),
        )

    def _compose(self, gathered: Gathered) -> tuple[Draft | None, tuple[Problem, ...]]:
        if gathered.manuscript is None or gathered.stationery is None:
            return None, ()
        if _has_errors(gathered.problems):
            return None, ()
        from reportgen.letters.composing import compose  # noqa: PLC0415 - Jinja and Markdown

        faces = gathered.face("Regular"), gathered.face("Bold")
        return compose(gathered.manuscript, Drawer(*faces, self.output / CHARTS, self.force))

    def _render(
        self, draft: Draft, stationery: Stationery
    ) -> tuple[tuple[Artifact, ...], tuple[Problem, ...]]:
        artifacts: list[Artifact] = []
        problems: list[Problem] = []
        for name in self.formats:
            # Each format is a module of its name; its library is loaded when it is wanted.
            renderer = import_module(f"reportgen.rendering.{name}")
            artifact, found = renderer.render(draft, stationery)
            problems += found
            if artifact is not None:
                artifacts.append(artifact)
        return tuple(artifacts), tuple(problems)

    def _write(
        self, folder: Path, artifacts: Iterable[Artifact], record: BuildRecord
    ) -> tuple[Problem, ...]:
        """Write the artifacts, and at last the record that vouches for them."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            message = f"the folder cannot be made: {reason}"
            return (Problem("cannot-write", message, Place(show(folder))),)
        contents = [(artifact.name, artifact.content) for artifact in artifacts]
        for name, content in (*contents, (freshness.NAME, record.content())):
            path = folder / name
            problems = atomic.write(path, content, show(path))
            if problems:
                return problems
        return ()


def _record(
    name: str,
    draft: Draft,
    artifacts: Iterable[Artifact],
    files: Iterable[Path],
    problems: Iterable[Problem],
) -> BuildRecord:
    made = tuple(artifacts)
    return BuildRecord(
        letter=name,
        program=freshness.program(),
        inputs=freshness.digests(files),
        artifacts={each.name: sha256(each.content).hexdigest() for each in made},
        draft=draft.digest,
        pages=next((each.pages for each in made if each.pages is not None), None),
        attention=tuple(dict.fromkeys(problem.message for problem in problems)),
    )


def _has_errors(problems: Iterable[Problem]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)
