"""Build letters: from the files of a workspace to the files that are sent.

The one place where gathering, composing and rendering meet, and where the result is written. A
letter that has an error is not written; what was there before stays.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.files import atomic
from reportgen.files.shelf import Shelf
from reportgen.files.showing import show
from reportgen.jobs import charting, freshness, gating, submitting
from reportgen.jobs.charting import Drawer
from reportgen.jobs.composing import Composition
from reportgen.jobs.freshness import BuildRecord
from reportgen.jobs.gathering import Gatherer
from reportgen.letters.naming import name_of
from reportgen.problems.located import locate
from reportgen.problems.model import Place, Problem, Severity
from reportgen.problems.printing import Format, render
from reportgen.rendering.model import Edition
from reportgen.workspace import shipped_templates

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reportgen.jobs.gathering import Gathered
    from reportgen.jobs.gating import Waiving
    from reportgen.letters.draft import Draft
    from reportgen.rendering.model import Artifact
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
        return _has_errors(self.problems)


@dataclass(frozen=True, slots=True)
class Builder:
    """Builds the letters of a workspace.

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

    def build(self, letters: Iterable[Path]) -> Iterator[Built]:
        """Build each letter that is not fresh, one after the other."""
        gatherer = Gatherer(self.workspace)
        for path in letters:
            yield self._fresh(path) or self._build(path, gatherer)

    def _folder(self, name: str) -> Path:
        folder = self.output / name
        return folder / FINAL if self.final else folder

    def _options(self, path: Path) -> tuple[str, ...]:
        """Return what was asked for and reviewed, as far as it changes what is made."""
        reviewed = gating.state(self.workspace, path, final=self.final)
        return (*self.formats, *(("line-numbers",) if self.line_numbers else ()), reviewed)

    def _fresh(self, path: Path) -> Built | None:
        """Return what is there already, when building again would give the same."""
        name = name_of(path)
        folder = self._folder(name)
        record = None if self.force else freshness.read(folder)
        if record is None or record.letter != name or record.options != self._options(path):
            return None
        if not record.holds(folder):
            return None
        artifacts = tuple(record.artifacts)
        return Built(name, folder, artifacts, record.pages, attention=record.attention)

    def _build(self, path: Path, gatherer: Gatherer) -> Built:
        name = name_of(path)
        folder = self._folder(name)
        gathered = gatherer.gather(path, self.formats)
        # Read before anything takes time: what is changed meanwhile is built again next time.
        inputs = freshness.digests(gathered.files)
        drafts, found = self._compose(gathered)
        problems = [*gathered.problems, *found]
        artifacts: tuple[Artifact, ...] = ()
        if drafts and not _has_errors(problems):
            edition = Edition(self.final, self.line_numbers, _points(problems, self.workspace.root))
            artifacts, found = _render(drafts, gathered, edition, self.formats)
            problems += found
        if artifacts and not _has_errors(problems):
            record = self._record(path, drafts, artifacts, inputs, problems)
            problems += self._write(folder, artifacts, record)
        failed = _has_errors(problems)
        return Built(
            name,
            folder,
            () if failed else tuple(artifact.name for artifact in artifacts),
            _pages(artifacts),
            made=not failed,
            problems=tuple(problems),
        )

    def _compose(self, gathered: Gathered) -> tuple[tuple[Draft, ...], tuple[Problem, ...]]:
        """Return the letter, or its confidential and its public version, and what is wrong."""
        manuscript = gathered.manuscript
        if manuscript is None or _has_errors(gathered.problems):
            return (), ()
        from reportgen.letters.composing import compose  # noqa: PLC0415 - Jinja and Markdown
        from reportgen.letters.versions import versions  # noqa: PLC0415

        regular, bold = gathered.typeface
        draw = Drawer(regular, bold, self.output / charting.FOLDER, self.force)
        draft, problems = compose(manuscript, draw)
        if draft is None:
            return (), problems
        letter = manuscript.letter
        drafts, found = versions(draft, letter.confidentiality, manuscript.path)
        problems += (*found, *submitting.said_otherwise(self.workspace, manuscript, draft))
        if not self.final:
            return drafts, problems
        problems = tuple(map(_closed, problems))
        composed = Composition(draft, manuscript, gathered)
        waiving = None if _has_errors(problems) else self.waiving
        return drafts, (*problems, *gating.passed(self.workspace, composed, waiving))

    def _record(
        self,
        path: Path,
        drafts: Iterable[Draft],
        artifacts: Sequence[Artifact],
        inputs: Mapping[str, str | None],
        problems: Iterable[Problem],
    ) -> BuildRecord:
        return BuildRecord(
            letter=name_of(path),
            program=freshness.program(),
            options=self._options(path),
            inputs=inputs,
            artifacts={each.name: sha256(each.content).hexdigest() for each in artifacts},
            drafts=tuple(draft.digest for draft in drafts),
            pages=_pages(artifacts),
            attention=tuple(render(problems, Shelf(), Format.CONCISE).splitlines()),
        )

    def _write(
        self, folder: Path, artifacts: Iterable[Artifact], record: BuildRecord
    ) -> tuple[Problem, ...]:
        """Write the artifacts, and at last the record that vouches for them.

        What an earlier build left there under another name is removed: a letter that has become
        confidential leaves no copy of the whole behind.
        """
        before = freshness.read(folder)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for name in set(before.artifacts if before else ()) - set(record.artifacts):
                # A record is a file like any other: a name in it leads to this folder alone.
                (folder / Path(name).name).unlink(missing_ok=True)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            message = f"the folder cannot be written: {reason}"
            return (Problem("cannot-write", message, Place(show(folder))),)
        contents = [(artifact.name, artifact.content) for artifact in artifacts]
        for name, content in (*contents, (freshness.NAME, record.content())):
            path = folder / name
            problems = atomic.write(path, content, show(path))
            if problems:
                return problems
        return ()


def caveats(formats: Iterable[str]) -> tuple[str, ...]:
    """Return what sets files of these formats apart from those of another machine, a line each."""
    renderers = (import_module(RENDERERS[name]) for name in formats)
    told = (each.caveat() for each in renderers if hasattr(each, "caveat"))
    return tuple(filter(None, told))


def _render(
    drafts: Iterable[Draft], gathered: Gathered, edition: Edition, formats: Iterable[str]
) -> tuple[tuple[Artifact, ...], tuple[Problem, ...]]:
    artifacts: list[Artifact] = []
    problems: list[Problem] = []
    for draft in drafts:
        for name in formats:
            renderer = import_module(RENDERERS[name])
            artifact, found = renderer.render(draft, gathered.stationery[name], edition)
            problems += found
            if artifact is not None:
                artifacts.append(replace(artifact, name=file_name(draft, name)))
    return tuple(artifacts), tuple(problems)


def file_name(draft: Draft, format_: str) -> str:
    """Return the name of a letter's file: `letter.pdf`, `letter-public.pdf`."""
    version = "" if draft.version == "whole" else f"-{draft.version}"
    return f"letter{version}.{format_}"


def _pages(artifacts: Iterable[Artifact]) -> int | None:
    return next((each.pages for each in artifacts if each.pages is not None), None)


def _closed(problem: Problem) -> Problem:
    """Return what a draft may leave open as the error that it is in a final letter."""
    return replace(problem, severity=Severity.ERROR)


def _points(problems: Iterable[Problem], root: Path) -> tuple[str, ...]:
    """Return problems as a draft's last page lists them: where in the workspace, and what."""
    return tuple(
        f"{_within(each.spot.path, root)}{f', line {each.spot.span.line}' if each.spot.span else ''}: "
        f"{each.problem.message}"
        for each in locate(problems, Shelf())
    )


def _within(path: str, root: Path) -> str:
    """Return a path as it is in the workspace, so that a draft says the same wherever it is built.

    A template that comes with reportgen lies elsewhere, and is called by its place among those.
    """
    resolved = Path(path).resolve()
    for base in (root, shipped_templates().parent):
        if resolved.is_relative_to(base):
            return resolved.relative_to(base).as_posix()
    return resolved.name


def _has_errors(problems: Iterable[Problem]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)
