"""Make a letter: from the files of a workspace to the files that are sent.

The one place where gathering, composing and rendering meet, and where the result is written. A
letter that has an error is not written; what was there before stays.
"""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.files import atomic
from reportgen.files.shelf import Shelf
from reportgen.files.showing import show
from reportgen.jobs.building.ordering import RENDERERS, Built
from reportgen.jobs.catalog import earlier
from reportgen.jobs.drafts import charting, freshness
from reportgen.jobs.drafts.charting import Drawer
from reportgen.jobs.drafts.composing import Composition
from reportgen.jobs.drafts.freshness import BuildRecord
from reportgen.jobs.drafts.gathering import Gatherer
from reportgen.jobs.review import gating, linting
from reportgen.letters.naming import name_of
from reportgen.problems.located import locate
from reportgen.problems.model import Place, Problem, Severity, has_errors
from reportgen.problems.printing import Format, render
from reportgen.problems.wording import for_print
from reportgen.rendering.model import Edition
from reportgen.workspace import shipped_templates

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reportgen.jobs.building.ordering import Order
    from reportgen.jobs.drafts.gathering import Gathered
    from reportgen.letters.draft import Draft
    from reportgen.rendering.model import Artifact


class Maker:
    """Makes the letters of a workspace, one after the other; each case is read once for all.

    Attributes:
        order: What is asked for.
        gatherer: Reads the files.
    """

    def __init__(self, order: Order) -> None:
        self.order = order
        self.gatherer = Gatherer(order.workspace)

    def make(self, path: Path) -> Built:
        """Make a letter from its files, whatever is there already."""
        name = name_of(path)
        folder = self.order.folder(name)
        gathered = self.gatherer.gather(path, self.order.formats)
        # Read before anything takes time: what is changed meanwhile is built again next time.
        inputs = freshness.digests(gathered.files)
        drafts, found = self._compose(gathered)
        problems = [*gathered.problems, *found]
        artifacts: tuple[Artifact, ...] = ()
        if drafts and not has_errors(problems):
            edition = Edition(
                self.order.final,
                self.order.line_numbers,
                points(problems, self.order.workspace.root),
            )
            artifacts, found = rendered(drafts, gathered, edition, self.order.formats)
            problems += found
        if artifacts and not has_errors(problems):
            before = freshness.read(folder)
            record = self._record(path, drafts, artifacts, inputs, problems).joined(before, folder)
            stale = set(before.artifacts if before else ()) - set(record.artifacts)
            problems += _write(folder, artifacts, record, stale)
        failed = has_errors(problems)
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
        if manuscript is None or has_errors(gathered.problems):
            return (), ()
        from reportgen.letters.composing import compose  # noqa: PLC0415 - Jinja and Markdown
        from reportgen.letters.versions import versions  # noqa: PLC0415

        regular, bold = gathered.typeface
        draw = Drawer(regular, bold, self.order.output / charting.FOLDER, self.order.force)
        draft, problems = compose(manuscript, draw)
        if draft is None:
            return (), problems
        letter = manuscript.letter
        drafts, found = versions(draft, letter.confidentiality, manuscript.path)
        problems += (*found, *earlier.said_otherwise(self.order.workspace, manuscript, draft))
        if not self.order.final:
            return drafts, problems
        composed = Composition(draft, manuscript, gathered)
        unbound = tuple(each for each in problems if each.code == linting.UNBOUND)
        others = (each for each in problems if each.code != linting.UNBOUND)
        problems = tuple(map(_closed, (*others, *linting.unwaived(composed, unbound))))
        waiving = None if has_errors(problems) else self.order.waiving
        return drafts, (*problems, *gating.passed(self.order.workspace, composed, waiving))

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
            options=self.order.options(path),
            inputs=inputs,
            artifacts={each.name: sha256(each.content).hexdigest() for each in artifacts},
            drafts=tuple(draft.digest for draft in drafts),
            pages=_pages(artifacts),
            attention=tuple(render(problems, Shelf(), Format.CONCISE).splitlines()),
            places=next((each.places for each in artifacts if each.places), {}),
        )


def _write(
    folder: Path, artifacts: Iterable[Artifact], record: BuildRecord, stale: Iterable[str]
) -> tuple[Problem, ...]:
    """Write the artifacts, and at last the record that vouches for them.

    What an earlier build left there and is no longer true is removed: a letter that has become
    confidential leaves no copy of the whole behind.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in stale:
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


def rendered(
    drafts: Iterable[Draft], gathered: Gathered, edition: Edition, formats: Iterable[str]
) -> tuple[tuple[Artifact, ...], tuple[Problem, ...]]:
    """Return the files of each version of a letter in each format."""
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


def points(problems: Iterable[Problem], root: Path) -> tuple[str, ...]:
    """Return problems as a draft's last page lists them: what, and where in the workspace."""
    return tuple(
        f"{for_print(each.problem.message)} ({_within(each.spot.path, root)}"
        f"{f', line {each.spot.span.line}' if each.spot.span else ''})."
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
