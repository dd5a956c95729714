"""From a letter's file to its manuscript: everything that the letter is composed from.

The letter, its family, its organization and its recipients are read and checked, and the templates
and the prose are read as text. All problems of all these files are found, not only the first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from reportgen.files import forms, modelling, yaml
from reportgen.files.confining import confine
from reportgen.files.reading import read_bytes, read_text
from reportgen.files.showing import show
from reportgen.files.text import Text
from reportgen.letters.asking import Asked, out_of_order
from reportgen.letters.directory import Addressee, addressee
from reportgen.letters.model import Family, Letter, Organization, Questions, Recipient
from reportgen.letters.naming import LETTERS, name_of, whole
from reportgen.letters.tokens import RESERVED
from reportgen.problems.model import Place, Problem, Refusal
from reportgen.problems.wording import listed, quoted, suggestion

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel

    from reportgen.cases.model import Case
    from reportgen.problems.model import Key
    from reportgen.workspace import Workspace

    ModelT = TypeVar("ModelT", bound=BaseModel)

PROSE_LIMIT = 256 * 1024
"""How many bytes a template or a prose file may have: a hundred pages."""

ENCLOSURE_LIMIT = 64 * 1024 * 1024
"""How many bytes a file that is enclosed may have."""

STYLE = "style.css"
"""The style sheet of a family, which comes after those that all families share."""

_NAME = re.compile(forms.IDENTIFIER.pattern)


@dataclass(frozen=True, slots=True)
class Enclosure:
    """An enclosure that has a file.

    Attributes:
        number: Its number in the letter's list, from 1.
        title: What the list calls it.
        file: The file's name, for messages.
        content: The file's bytes.
    """

    number: int
    title: str
    file: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Manuscript:
    """All that a letter is composed from, read and checked.

    Attributes:
        name: `<case>/<letter>`.
        path: The letter's file, as the user would write it.
        letter: What that file says.
        family: The kind of letter.
        organization: Who writes.
        addressees: Who is written to, in order.
        incident: The case that the letter is about.
        compared: The cases that it is compared with.
        templates: The family's files and those that all families share: `letter.html`,
            `sections/<name>.md`, `shared/<name>`.
        prose: The letter's own Markdown, or None.
        enclosures: The files that travel with it.
        questions: The questions that it answers, if any, and where they stand.
    """

    name: str
    path: str
    letter: Letter
    family: Family
    organization: Organization
    addressees: tuple[Addressee, ...]
    incident: Case
    compared: tuple[Case, ...]
    templates: Mapping[str, Text]
    prose: Text | None
    enclosures: tuple[Enclosure, ...] = ()
    questions: Asked | None = None


@dataclass(slots=True)
class Desk:
    """Reads the files of one letter; keeps what it read, and what was wrong.

    Attributes:
        workspace: Where templates are found.
        files: Every file that was asked for, whether it exists or not: what the letter depends on.
        problems: What was wrong, so far.
    """

    workspace: Workspace
    files: list[Path] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def letter(self, path: Path) -> Letter | None:
        """Read a letter's file: `cases/<case>/letters/<letter>.yaml`, and no other."""
        letter = self._model(Letter, path)
        if letter is None:
            return None
        refusal = self._misplaced(path)
        if refusal is not None:
            self._add(refusal, Place(show(path)))
            return None
        return letter

    def lookup(self, name: str) -> Path | Refusal:
        """Return the template file called `name`; remember wherever another could take its place."""
        self.files.extend(self.workspace.candidates(name))
        return self.workspace.lookup(name)

    def manuscript(
        self, path: Path, letter: Letter, cases: Mapping[str, Case | None]
    ) -> Manuscript | None:
        """Gather all that `letter` is composed from.

        Args:
            path: The letter's file: `cases/<case>/letters/<letter>.yaml`.
            letter: What it says.
            cases: The cases of the workspace by id; None for one that could not be read, whose
                problems are told elsewhere.

        Returns:
            The manuscript, or None when something is missing or wrong; then `problems` says what.
        """
        place = Place(show(path))
        drawn = self._cases(letter, cases, place)
        family = self._family(letter, place)
        organization = self.organization(letter, place)
        addressees = self.addressees(letter, place)
        prose = self._prose(path)
        enclosures = self._enclosures(path, letter, place)
        templates = self._templates(letter.family, family) if family else None
        if family is not None:
            self._suits(letter, family, place)
        questions = self._questions(path, letter, place)
        if family is None or organization is None or templates is None or drawn is None:
            return None
        if questions is not None:
            self.problems.extend(questions.unknown_source(drawn[0]))
        if len(addressees) != len(letter.recipients):
            return None
        return Manuscript(
            name=name_of(path),
            path=show(path),
            letter=letter,
            family=family,
            organization=organization,
            addressees=addressees,
            incident=drawn[0],
            compared=tuple(drawn[1:]),
            templates=templates,
            prose=prose,
            enclosures=enclosures,
            questions=questions,
        )

    # --- the parts ----------------------------------------------------------------------------

    def _misplaced(self, path: Path) -> Refusal | None:
        """Say why a file is no letter of the workspace: where it stands, or where it leads."""
        within = whole(path)
        cases = self.workspace.cases
        stands = (
            within.parents[2].resolve() == cases.resolve() if len(within.parents) > 2 else False
        )
        if not stands or within.parent.name != LETTERS or not _NAME.search(within.stem):
            return Refusal(
                "letter-misplaced",
                "this is not where a letter of the workspace stands",
                f"put it into {show(cases)}/<case>/{LETTERS}/, its name an identifier: "
                "house-select-committee.yaml",
            )
        return self._leads_out(within)

    def _leads_out(self, path: Path) -> Refusal | None:
        """Say that a symbolic link leads from a file of a letter out of the folder of cases."""
        real = confine(self.workspace.cases, "/".join(whole(path).parts[-3:]))
        return real if isinstance(real, Refusal) else None

    def _cases(
        self, letter: Letter, cases: Mapping[str, Case | None], place: Place
    ) -> list[Case] | None:
        found: list[Case] = []
        routes: list[tuple[str, tuple[Key, ...]]] = [
            (letter.cases.incident, ("cases", "incident")),
            *((id_, ("cases", "compared", i)) for i, id_ in enumerate(letter.cases.compared)),
        ]
        for id_, route in routes:
            if id_ not in cases:
                message = f"there is no case `{id_}`"
                self._add(Refusal("unknown-case", message, suggestion(id_, cases)), place, *route)
            case = cases.get(id_)
            if case is not None:
                found.append(case)
        return found if len(found) == len(routes) else None

    def _family(self, letter: Letter, place: Place) -> Family | None:
        path = self.lookup(f"letters/{letter.family}/family.yaml")
        if isinstance(path, Refusal):
            families = self.workspace.folders("letters")
            message = f"there is no family of letters `{letter.family}`"
            help_ = suggestion(letter.family, families)
            self._add(Refusal("unknown-family", message, help_), place, "family")
            return None
        return self._model(Family, path)

    def _suits(self, letter: Letter, family: Family, place: Place) -> None:
        """Say where a letter does not have what those of its family have, or has what they do not."""
        if len(letter.recipients) > family.max_addressees:
            self._add(
                Refusal(
                    "too-many-addressees",
                    f"a letter of the family `{letter.family}` has at most "
                    f"{family.max_addressees} addressees, and this has {len(letter.recipients)}",
                    "write the others a letter of their own, or name them under `copies`",
                ),
                place,
                "recipients",
            )
        if family.max_addressees and not letter.recipients:
            message = f"a letter of the family `{letter.family}` is addressed to somebody"
            help_ = "name an office of the directory: `recipients: [us-senate-banking.chair]`"
            self._add(Refusal("addressee-missing", message, help_), place, "recipients")
        if family.answers and letter.questions is None:
            message = f"a letter of the family `{letter.family}` answers questions, and has none"
            help_ = "write them under `questions`, or name their file there"
            self._add(Refusal("questions-missing", message, help_), place)
        if letter.questions is not None and not family.answers:
            message = f"a letter of the family `{letter.family}` has no place for questions"
            help_ = "choose a family that answers them, such as `answers`, or leave them out"
            self._add(Refusal("questions-misplaced", message, help_), place, "questions")

        self._suits_law(letter, family, place)

    def _suits_law(self, letter: Letter, family: Family, place: Place) -> None:
        """Say where a letter is sent under a law, or is a report, that its family has no form for."""
        if not family.regimes or letter.regime is None:
            return
        reports = family.regimes.get(letter.regime)
        if reports is None:
            message = (
                f"the family `{letter.family}` is no form for a report under "
                f"{quoted(letter.regime)}"
            )
            help_ = f"it is one for {listed(family.regimes, 'and')}"
            self._add(Refusal("regime-not-of-family", message, help_), place, "regime")
        elif reports and letter.stage is not None and letter.stage not in reports:
            message = (
                f"the family `{letter.family}` is no form for the report {quoted(letter.stage)} of "
                f"{quoted(letter.regime)}"
            )
            help_ = f"it is one for {listed(reports, 'and')}"
            self._add(Refusal("regime-not-of-family", message, help_), place, "stage")

    def _questions(self, path: Path, letter: Letter, place: Place) -> Asked | None:
        """Return the questions, from the letter or from the file that it names."""
        questions, where = letter.questions, Place(place.document, ("questions",))
        if isinstance(questions, str):
            file = confine(path.parent.parent, questions)
            if isinstance(file, Refusal):
                self._add(file, place, "questions")
                return None
            questions, where = self._model(Questions, file), Place(show(file))
        if questions is None:
            return None
        asked = Asked(questions.source, questions.asked, where)
        self.problems.extend(out_of_order(asked))
        return asked

    def organization(self, letter: Letter, place: Place) -> Organization | None:
        """Read the file of a letter's organization."""
        path = self.lookup(f"organization/{letter.organization}.yaml")
        if isinstance(path, Refusal):
            known = [p.stem for p in self.workspace.listing("organization", "*.yaml")]
            message = f"there is no organization `{letter.organization}`"
            help_ = suggestion(letter.organization, known)
            self._add(Refusal("unknown-organization", message, help_), place, "organization")
            return None
        return self.organization_in(path)

    def organization_in(self, path: Path) -> Organization | None:
        """Read an organization's file."""
        return self._model(Organization, path)

    def addressees(self, letter: Letter, place: Place) -> tuple[Addressee, ...]:
        """Look up who holds the offices that a letter is addressed to."""
        found = []
        recipients: dict[str, Recipient | None] = {}
        for index, office in enumerate(letter.recipients):
            name = office.partition(".")[0]
            if name not in recipients:
                recipients[name] = self._recipient(name, place, index)
            recipient = recipients[name]
            if recipient is None:
                continue
            person = addressee(office, recipient, letter.date.earliest)
            if isinstance(person, Refusal):
                self._add(person, place, "recipients", index)
                continue
            found.append(person)
        return tuple(found)

    def _recipient(self, name: str, place: Place, index: int) -> Recipient | None:
        path = self.lookup(f"directory/{name}.yaml")
        if isinstance(path, Refusal):
            known = [p.stem for p in self.workspace.listing("directory", "*.yaml")]
            message = f"there is no recipient `{name}` in the directory"
            refusal = Refusal("unknown-recipient", message, suggestion(name, known))
            self._add(refusal, place, "recipients", index)
            return None
        return self._model(Recipient, path)

    def _enclosures(self, path: Path, letter: Letter, place: Place) -> tuple[Enclosure, ...]:
        case = path.parent.parent
        found = []
        for index, entry in enumerate(letter.enclosures):
            if entry.file is None:
                continue
            route = ("enclosures", index, "file")
            file = confine(case, entry.file)
            if isinstance(file, Refusal):
                self._add(file, place, *route)
                continue
            self.files.append(file)
            content, problems = read_bytes(file, show(file), ENCLOSURE_LIMIT)
            # Said of the letter's entry: what is wrong is which file it names.
            self.problems.extend(
                replace(problem, place=Place(place.document, route)) for problem in problems
            )
            if content is not None:
                found.append(Enclosure(index + 1, entry.title, entry.file, content))
        return tuple(found)

    def _prose(self, path: Path) -> Text | None:
        beside = path.with_suffix(".md")
        if not beside.exists():
            self.files.append(beside)
            return None
        refusal = self._leads_out(beside)
        if refusal is not None:
            self._add(refusal, Place(show(beside)))
            return None
        return self._read(beside)

    def _templates(self, name: str, family: Family) -> Mapping[str, Text] | None:
        wanted = ["letter.html", *(f"sections/{section}.md" for section in family.sections)]
        found: dict[str, Text] = {}
        complete = True
        for template in wanted:
            path = self.lookup(f"letters/{name}/{template}")
            if isinstance(path, Refusal):
                place = Place(_family_file(self.workspace, name), ("sections",))
                self.problems.append(path.at(place))
                complete = False
                continue
            source = self._read(path)
            complete = complete and source is not None
            if source is not None:
                found[template] = source
        if isinstance(self.lookup(f"letters/{name}/{STYLE}"), Refusal):
            self.problems.append(_without_style(self.workspace, name))
            complete = False
        for path in self.workspace.listing("letters/shared", "*"):
            self.files.extend(self.workspace.candidates(f"letters/shared/{path.name}"))
            source = self._read(path)
            if source is not None:
                found[f"shared/{path.name}"] = source
        return found if complete else None

    # --- reading ------------------------------------------------------------------------------

    def _model(self, model: type[ModelT], path: Path) -> ModelT | None:
        self.files.append(path)
        document, problems = yaml.load(path, show(path))
        self.problems.extend(problems)
        if document is None:
            return None
        instance, problems = modelling.build(model, document)
        self.problems.extend(problems)
        return instance

    def _read(self, path: Path) -> Text | None:
        self.files.append(path)
        shown = show(path)
        text, problems = read_text(path, shown, PROSE_LIMIT)
        self.problems.extend(problems)
        if text is None:
            return None
        source = Text(shown, text)
        reserved = RESERVED.search(text)
        if reserved is not None:
            span = source.span(reserved.start(), reserved.end())
            message = "the text has a character of the private-use area, which means nothing"
            place = Place(shown, span=span)
            self.problems.append(Problem("control-character", message, place, "delete it"))
            return None
        return source

    def _add(self, refusal: Refusal, place: Place, *route: Key) -> None:
        self.problems.append(refusal.at(Place(place.document, route)))


def _family_file(workspace: Workspace, name: str) -> str:
    path = workspace.lookup(f"letters/{name}/family.yaml")
    return show(path) if isinstance(path, Path) else name


def _without_style(workspace: Workspace, name: str) -> Problem:
    return Problem(
        "family-without-style",
        f"the family `{name}` has no style sheet",
        Place(_family_file(workspace, name)),
        f"add `{STYLE}` beside it; a comment will do where the common style sheets suffice",
    )
