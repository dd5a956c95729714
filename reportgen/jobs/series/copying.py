"""One letter of a series: composed for one recipient, rendered, written. Runs in many processes.

A copy says what the letter says, and to whom it goes is all that sets it apart: a copy whose
sentences are others than those that were reviewed is refused.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from reportgen.files import atomic
from reportgen.files.showing import show
from reportgen.jobs.building.making import points, rendered
from reportgen.jobs.drafts import charting
from reportgen.jobs.drafts.charting import Drawer
from reportgen.jobs.drafts.gathering import Gatherer
from reportgen.letters.composing import compose
from reportgen.letters.versions import versions
from reportgen.problems.model import Problem, Severity, has_errors
from reportgen.problems.wording import quoted
from reportgen.rendering.model import Edition

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reportgen.jobs.drafts.gathering import Gathered
    from reportgen.letters.draft import Draft
    from reportgen.letters.loading import Manuscript
    from reportgen.letters.mailing import Listed
    from reportgen.workspace import Workspace


@dataclass(frozen=True, slots=True)
class CopyFile:
    """A file of a copy: its name in the folder of the series, its SHA-256, its pages."""

    name: str
    sha256: str
    pages: int | None


@dataclass(frozen=True, slots=True)
class Copied:
    """What became of one copy.

    Attributes:
        number: The recipient's place in the list.
        files: What was written; nothing when an error stood in the way.
        problems: What is wrong with it and is not wrong with the letter itself.
    """

    number: int
    files: tuple[CopyFile, ...]
    problems: tuple[Problem, ...]


class Copier:
    """Makes copies of one letter; what they have in common is read once.

    Attributes:
        problems: What is wrong with the letter as its file addresses it.
        gathered: What it is made from.
        draft: The letter as its file addresses it; None when it cannot be composed.
    """

    def __init__(
        self, workspace: Workspace, letter: Path, formats: tuple[str, ...], *, final: bool
    ) -> None:
        self._workspace = workspace
        self._formats = formats
        self._final = final
        self.gathered: Gathered = Gatherer(workspace).gather(letter, formats)
        self.draft: Draft | None = None
        self.problems = self.gathered.problems
        self._manuscript = self.gathered.manuscript
        if self._manuscript is not None and not has_errors(self.problems):
            self.draft, found = self._composed(self._manuscript)
            self.problems = (*self.problems, *found)

    @property
    def manuscript(self) -> Manuscript | None:
        """What the letter is composed from."""
        return self._manuscript

    @property
    def drafts(self) -> tuple[str, ...]:
        """The digests of the letter's drafts, as its file addresses it."""
        if self.draft is None or self._manuscript is None:
            return ()
        manuscript = self._manuscript
        drafts, _ = versions(self.draft, manuscript.letter.confidentiality, manuscript.path)
        return tuple(each.digest for each in drafts)

    def copy(self, to: Listed, folder: Path) -> Copied:
        """Make the copy for one recipient, and write it into a folder."""
        if self.draft is None or self._manuscript is None:
            return Copied(to.number, (), self.problems)
        addressed = replace(self._manuscript, addressees=(to.addressee,))
        draft, found = self._composed(addressed)
        problems = [*self._own(found, to)]
        if draft is not None:
            problems += self._differing(self.draft, draft, to)
        if draft is None or has_errors(problems):
            return Copied(to.number, (), tuple(problems))
        drafts, _ = versions(draft, addressed.letter.confidentiality, addressed.path)
        edition = Edition(self._final, open_points=self._open(problems))
        artifacts, found = rendered(drafts, self.gathered, edition, self._formats)
        problems += found
        files: list[CopyFile] = []
        for artifact in artifacts if not has_errors(problems) else ():
            name = artifact.name.replace("letter", stem(to), 1)
            path = folder / name
            wrong = atomic.write(path, artifact.content, show(path))
            if wrong:
                return Copied(to.number, (), (*problems, *wrong))
            digest = sha256(artifact.content).hexdigest()
            files.append(CopyFile(name, digest, artifact.pages))
        return Copied(to.number, tuple(files), tuple(problems))

    def _composed(self, manuscript: Manuscript) -> tuple[Draft | None, tuple[Problem, ...]]:
        regular, bold = self.gathered.typeface
        draw = Drawer(regular, bold, self._workspace.output / charting.FOLDER)
        draft, problems = compose(manuscript, draw)
        if self._final:
            problems = tuple(replace(each, severity=Severity.ERROR) for each in problems)
            draft = None if problems else draft
        return draft, problems

    def _own(self, found: tuple[Problem, ...], to: Listed) -> Iterator[Problem]:
        """Yield what is wrong with a copy alone, at its recipient's row of the list."""
        known = set(self.problems)
        for each in found:
            if each.place.route[:1] == ("recipients",):
                yield replace(each, place=to.place, help=_LOOK_UP if to.place.span else each.help)
            elif each not in known:
                yield each

    def _differing(self, reviewed: Draft, copy: Draft, to: Listed) -> Iterator[Problem]:
        """Tell of the first sentence that a copy says otherwise than the letter."""
        known = [each.digest for each in reviewed.assertions]
        for index, each in enumerate(copy.assertions):
            if known[index : index + 1] != [each.digest]:
                name = to.addressee.tenure.name
                yield Problem(
                    "serial-differs",
                    f"to {name} the letter would say {quoted(each.text)}, which is not what its "
                    "own file makes it say",
                    to.place,
                    "let the text not depend on who is written to, or write this recipient a "
                    "letter of their own",
                    Severity.ERROR if self._final else Severity.WARNING,
                )
                return

    def _open(self, problems: list[Problem]) -> tuple[str, ...]:
        return points((*self.problems, *problems), self._workspace.root)


_LOOK_UP = "look the entry up, and write the day under `verified` and where under `source`"


def stem(to: Listed) -> str:
    """Return what the files of a copy are called: `0007-jane-example`."""
    from reportgen.files.forms import IDENTIFIER  # noqa: PLC0415 - only here

    slug = IDENTIFIER.slip(to.addressee.tenure.name)[:60].strip("-")
    return f"{to.number:04d}-{slug}" if slug else f"{to.number:04d}"
