"""The file of a new letter: what is known of it, what its family asks of its case, and brackets.

One that would name an office, an organization or a law that is not there is not written.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from reportgen.cases import loading as cases_loading
from reportgen.files import modelling, yaml
from reportgen.files.showing import show
from reportgen.jobs.regimes.laws import Laws
from reportgen.jobs.workspaces import blanks
from reportgen.letters.loading import Desk
from reportgen.letters.model import Family, Letter
from reportgen.letters.requiring import stated
from reportgen.letters.values import CaseView
from reportgen.problems.model import Place, Problem, Refusal
from reportgen.problems.wording import quoted, suggestion
from reportgen.regimes.sending import Sent, sent_under

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from reportgen.cases.model import Case
    from reportgen.jobs.workspaces.blanks import Founded
    from reportgen.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is known of a new letter.

    Attributes:
        case: The case that it is about.
        family: Its family.
        to: The offices that it is addressed to.
        organization: Who writes.
        day: The date that it bears.
        subject: What follows “Re:”.
        regime: The reporting law that it is sent under; when None, the one that the family is a form
            for and the case says to be reported under, if there is one.
        stage: Which of that law's reports it is; when None, the first that the family is a form for.
    """

    case: str
    family: str
    to: tuple[str, ...]
    organization: str
    day: date
    subject: str | None = None
    regime: str | None = None
    stage: str | None = None


def begin(workspace: Workspace, name: str, wanted: Wanted) -> Founded:
    """Write a new letter: `cases/<case>/letters/<name>.yaml`.

    Its comments list what its family requires, and which of it the case states. One that is addressed
    to nobody whom the directory has, or is sent under no law that there is, is not written.
    """
    kind, problems = family_of(workspace, wanted.family)
    about, found = _case_of(workspace, wanted.case)
    problems += found
    if kind is None or about is None:
        return (), problems
    regime_ = wanted.regime or _owed(kind, about)
    words = {
        "name": name,
        "family": wanted.family,
        "family_title": kind.title,
        "family_description": kind.description,
        "facts": _wrapped(_required(kind, about, regime_)),
        "date": wanted.day.isoformat(),
        "organization": wanted.organization,
        "recipients": f"recipients: [{', '.join(wanted.to)}]\n" if wanted.to else "",
        "subject": blanks.text(wanted.subject or "[Subject]"),
        "case": wanted.case,
        "regime": _under(kind, regime_, wanted.stage),
        "questions": _asked(about) if kind.answers else "",
    }
    path = workspace.cases / wanted.case / "letters" / f"{name}.yaml"
    if not path.exists():
        problems = tuple(_unknown(workspace, wanted, about))
        if problems:
            return (), problems
    return blanks.file(workspace, name, path, "letter.yaml", words)


def _unknown(workspace: Workspace, wanted: Wanted, about: Case) -> Iterator[Problem]:
    """Yield what a letter would name that is not there, at the option that names it."""
    try:
        meant = Letter.model_validate(
            {
                "family": wanted.family,
                "date": wanted.day.isoformat(),
                "organization": wanted.organization,
                "recipients": list(wanted.to),
                "subject": "[Subject]",
                "cases": {"incident": about.id},
                "regime": wanted.regime,
                "stage": wanted.stage,
                "signatory": {"name": "[Signatory]"},
            }
        )
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            option = _OPTIONS.get(str(fault["loc"][0]), str(fault["loc"][0]))
            message = f"{quoted(str(fault['input']))} will not do: {fault['msg'].lower()}"
            yield Problem("wrong-form", message, Place(option))
        return
    desk = Desk(workspace)
    desk.organization(meant, Place(_OPTIONS["organization"]))
    desk.addressees(meant, Place(_OPTIONS["recipients"]))
    yield from (replace(each, place=Place(each.place.document)) for each in desk.problems)
    laws = Laws(workspace)
    regimes, problems = laws.regimes((wanted.regime,) if wanted.regime else ())
    yield from problems
    for each in sent_under(Sent("", wanted.regime, wanted.stage), about, regimes, laws.names):
        # What the case says of a law may still be written.
        if each.code != "regime-not-assessed":
            yield replace(each, place=Place(_OPTIONS[str(each.place.route[0])]))


_OPTIONS: Final = {
    "organization": "--organization",
    "recipients": "--to",
    "regime": "--regime",
    "stage": "--stage",
}
"""The options of the command, by the entries of a letter that they fill in."""


def family_of(workspace: Workspace, name: str) -> tuple[Family | None, tuple[Problem, ...]]:
    """Return a family by its name, or what is wrong with it."""
    path = workspace.lookup(f"letters/{name}/family.yaml")
    if isinstance(path, Refusal):
        help_ = suggestion(name, families(workspace))
        message = f"there is no family of letters {quoted(name)}"
        return None, (Problem("unknown-family", message, Place("templates/letters"), help_),)
    document, problems = yaml.load(path, show(path))
    if document is None:
        return None, problems
    found, faults = modelling.build(Family, document)
    return found, (*problems, *faults)


def families(workspace: Workspace) -> tuple[str, ...]:
    """Return the names of all families."""
    return tuple(each for each in workspace.folders("letters") if each != "shared")


# --- its words ---------------------------------------------------------------------------------


def _case_of(workspace: Workspace, name: str) -> tuple[Case | None, tuple[Problem, ...]]:
    folders, problems = cases_loading.folders_in(workspace.cases, show)
    known = [folder.name for folder in folders]
    if name not in known:
        place = Place(show(workspace.cases))
        message = f"there is no case {quoted(name)}"
        return None, (*problems, Problem("unknown-case", message, place, suggestion(name, known)))
    found, problems = cases_loading.load(workspace.cases / name, show)
    return found, tuple(each for each in problems if found is None)


def _required(kind: Family, about: Case, regime_: str | None) -> Iterator[str]:
    if not kind.requires:
        return
    view = CaseView(about, {})
    yield ""
    yield "The case has to state:"
    for name, requirement in kind.requires.items():
        there = "stated" if stated(about, regime_, view, name) else "TO BE STATED"
        yield f"- {name} ({there}): {requirement.question}"


def _wrapped(lines: Iterable[str]) -> str:
    return "".join(f"#{' ' if line else ''}{line}\n" for line in lines)


def _owed(kind: Family, about: Case) -> str | None:
    """Return the one law that a family is a form for and that a case is reported under."""
    owed = [name for name in kind.regimes if name in about.regimes and about.regimes[name].reported]
    return owed[0] if len(owed) == 1 else None


def _under(kind: Family, regime_: str | None, stage: str | None) -> str:
    """Return the entries that name the law and the report, as comments while none is decided."""
    if regime_:
        reports = kind.regimes.get(regime_, ())
        others = f"   # or {' or '.join(reports[1:])}" if len(reports) > 1 and not stage else ""
        named = stage or next(iter(reports), None)
        return f"regime: {regime_}\n" + (
            f"stage: {named}{others}\n" if named else "# stage: report\n"
        )
    if not kind.regimes:
        return ""
    lines = [
        "# The reporting law that it is sent under, once the case says what was decided of it:"
    ]
    for name, reports in kind.regimes.items():
        lines += [f"# regime: {name}", *(f"# stage: {each}" for each in reports[:1])]
    return "".join(f"{line}\n" for line in lines)


def _asked(about: Case) -> str:
    source = next(iter(about.sources), "request")
    return (
        "# Every question under its own number, in the words in which it was asked.\n"
        f"questions:\n  source: {source}\n  asked:\n    - number: 1\n"
        '      text: "[The first question]"\n'
    )
