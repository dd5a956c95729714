"""Everything that one letter is made from, read from the workspace.

A letter's file leads to its cases, its family, its organization, its recipients, its prose and
its stationery. What is read is remembered: for printing problems, and for knowing later whether
anything has changed. Cases are read once for all letters of a run.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.cases import loading as cases_loading
from reportgen.files.reading import read_bytes, read_text
from reportgen.files.showing import show
from reportgen.jobs.regimes.laws import Laws
from reportgen.letters.loading import Desk, Manuscript
from reportgen.letters.naming import whole
from reportgen.problems.model import Place, Problem, Refusal
from reportgen.regimes.loading import FOLDER as REGIMES
from reportgen.regimes.sending import Sent, sent_under
from reportgen.rendering.model import Stationery

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reportgen.cases.model import Case
    from reportgen.letters.model import Letter
    from reportgen.workspace import Workspace

TYPEFACE = "SourceSerif4"
FACES = ("Regular", "Italic", "Bold", "BoldItalic")
LETTERING = ("Regular", "Bold")
"""The faces that charts are lettered in."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a format is dressed in.

    Attributes:
        styles: The style sheets that all families share, in their order.
        own: The name of a family's own style sheet for the format; empty when it has none.
        fonts: The kind of font file that it takes; empty when it takes none.
    """

    styles: tuple[str, ...] = ()
    own: str = ""
    fonts: str = ""


_PRINT = ("type", "page", "blocks", "tables", "figures", "letterhead")
_WEB = ("type", "sheet", "letter", "blocks", "tables", "figures", "notes", "print")
_REDLINE = "styles/review/redline.css"
_CHANGES = "styles/review/changes.css"
LOOKS: Mapping[str, Look] = {
    "pdf": Look(tuple(f"styles/{name}.css" for name in _PRINT), "style.css", "ttf"),
    "docx": Look(fonts="ttf"),
    "html": Look(tuple(f"styles/web/{name}.css" for name in _WEB), "web.css", "woff2"),
    "txt": Look(),
    "redline.pdf": Look((*(f"styles/{name}.css" for name in _PRINT), _REDLINE), "style.css", "ttf"),
    "redline.html": Look(
        (*(f"styles/web/{name}.css" for name in _WEB), _REDLINE, _CHANGES), "web.css", "woff2"
    ),
    "transmittal.pdf": Look(("styles/type.css", "styles/review/transmittal.css"), fonts="ttf"),
    "index.html": Look(("styles/web/type.css", "styles/review/index.css"), fonts="woff2"),
    "certificate.pdf": Look(("styles/type.css", "styles/archive/certificate.css"), fonts="ttf"),
    "index.pdf": Look(("styles/type.css", "styles/review/index.css"), fonts="ttf"),
}
"""What each format is dressed in; the formats are the keys."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was read for one letter.

    Attributes:
        manuscript: What the letter is composed from; None when something is missing or wrong.
        stationery: Styles and fonts of each format that is wanted.
        problems: All that is wrong with what was read.
        typeface: The files of the upright and the bold, in which charts are lettered.
        files: The files that were asked for, whether they exist or not.
    """

    manuscript: Manuscript | None
    stationery: Mapping[str, Stationery]
    problems: tuple[Problem, ...]
    typeface: tuple[Path, ...]
    files: tuple[Path, ...]


@dataclass(slots=True)
class Gatherer:
    """Reads the letters of one workspace.

    Attributes:
        workspace: Where cases and templates are.
    """

    workspace: Workspace
    _cases: dict[str, tuple[Case | None, tuple[Problem, ...]]] = field(default_factory=dict)
    _laws: Laws = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._laws = Laws(self.workspace)

    def gather(self, path: Path, formats: Iterable[str] = ()) -> Gathered:
        """Read everything that the letter at `path` is made from.

        Args:
            path: The letter's file.
            formats: The formats whose styles and fonts are wanted, of `LOOKS`.
        """
        path = whole(path)
        desk = Desk(self.workspace)
        letter = desk.letter(path)
        manuscript = None
        stationery: dict[str, Stationery] = {}
        if letter is not None:
            cases = self._drawn_on(letter, desk)
            manuscript = desk.manuscript(path, letter, cases)
            desk.problems.extend(self._sent_under(letter, cases, desk, show(path)))
            stationery = {
                name: self._stationery(LOOKS[name], letter.family, desk) for name in formats
            }
        faces = (self._template(f"fonts/{TYPEFACE}-{face}.ttf", desk) for face in LETTERING)
        typeface = tuple(path for path in faces if path is not None) if formats else ()
        problems = tuple(dict.fromkeys(desk.problems))
        return Gathered(manuscript, stationery, problems, typeface, tuple(desk.files))

    def stationery(self, name: str) -> tuple[Stationery, tuple[Problem, ...]]:
        """Return the styles and fonts of a format that belongs to no letter, of `LOOKS`."""
        desk = Desk(self.workspace)
        made = self._stationery(LOOKS[name], "", desk)
        return made, tuple(desk.problems)

    def _drawn_on(self, letter: Letter, desk: Desk) -> Mapping[str, Case | None]:
        """Return every case of the workspace by its id; only those drawn on are read."""
        folders, problems = cases_loading.folders_in(self.workspace.cases, show)
        desk.problems.extend(problems)
        cases: dict[str, Case | None] = dict.fromkeys(folder.name for folder in folders)
        for name in (letter.cases.incident, *letter.cases.compared):
            if name not in cases:
                continue
            folder = self.workspace.cases / name
            if name not in self._cases:
                self._cases[name] = cases_loading.load(folder, show)
            case, problems = self._cases[name]
            cases[name] = case
            desk.problems.extend(problems)
            desk.files.extend(_files_of(folder, case))
        return cases

    def _sent_under(
        self, letter: Letter, cases: Mapping[str, Case | None], desk: Desk, document: str
    ) -> Iterator[Problem]:
        """Yield what is wrong with the reporting law that a letter names, or the report of it."""
        case = cases.get(letter.cases.incident)
        if case is None or (letter.regime is None and letter.stage is None):
            return
        wanted = (letter.regime,) if letter.regime else ()
        for name in wanted:
            desk.lookup(f"{REGIMES}/{name}.yaml")
        regimes, problems = self._laws.regimes(wanted)
        yield from problems
        sent = Sent(document, letter.regime, letter.stage)
        yield from sent_under(sent, case, regimes, self._laws.names)

    def _stationery(self, look: Look, family: str, desk: Desk) -> Stationery:
        sheets = list(look.styles)
        own = f"letters/{family}/{look.own}"
        if look.own and isinstance(desk.lookup(own), Path):
            sheets.append(own)
        styles = tuple(
            (name, text)
            for name in sheets
            if (path := self._template(name, desk)) is not None
            and (text := self._read_text(path, desk)) is not None
        )
        faces = [f"{TYPEFACE}-{face}.{look.fonts}" for face in FACES] if look.fonts else []
        fonts = {
            name: content
            for name in faces
            if (path := self._template(f"fonts/{name}", desk)) is not None
            and (content := self._read_bytes(path, desk)) is not None
        }
        return Stationery(styles, fonts)

    def _template(self, name: str, desk: Desk) -> Path | None:
        path = desk.lookup(name)
        if isinstance(path, Refusal):
            desk.problems.append(path.at(Place(show(self.workspace.templates / name))))
            return None
        return path

    def _read_text(self, path: Path, desk: Desk) -> str | None:
        text, problems = read_text(path, show(path))
        desk.problems.extend(problems)
        return text

    def _read_bytes(self, path: Path, desk: Desk) -> bytes | None:
        content, problems = read_bytes(path, show(path))
        desk.problems.extend(problems)
        return content


def _files_of(folder: Path, case: Case | None) -> Iterator[Path]:
    yield folder / cases_loading.CASE_FILE
    if case is not None:
        for source in case.sources.values():
            if source.exhibit is not None:
                yield folder / source.exhibit.file
