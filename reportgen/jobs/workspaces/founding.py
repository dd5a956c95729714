"""New files of a workspace: a case, a letter, a reporting law, a family of letters.

Each is made from a commented form under `templates/new/`, says what it is told, and holds in
brackets what is still to be filled in. Nothing that is there is overwritten; whoever looks sees no
new file, or a whole one.
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
from dataclasses import dataclass, replace
from string import Template
from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from reportgen.cases import loading as cases_loading
from reportgen.files import atomic, forms, modelling, yaml
from reportgen.files.reading import read_text
from reportgen.files.showing import show
from reportgen.jobs.regimes.laws import Laws
from reportgen.letters.loading import Desk
from reportgen.letters.model import Family, Letter
from reportgen.letters.requiring import stated
from reportgen.letters.values import CaseView
from reportgen.problems.model import Place, Problem, Refusal, has_errors
from reportgen.problems.wording import quoted, suggestion
from reportgen.regimes.sending import Sent, sent_under

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from reportgen.cases.model import Case
    from reportgen.workspace import Workspace

Founded = tuple["tuple[Path, ...]", tuple[Problem, ...]]
"""The files that were written, and what is wrong; either may be empty."""

FORMS: Final = "new"
"""The folder of the forms, among the templates."""

_FAMILY: Final = (
    *("family.yaml", "letter.html", "style.css"),
    *("sections/opening.md", "sections/closing.md"),
)


@dataclass(frozen=True, slots=True)
class LetterWanted:
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


def case(workspace: Workspace, name: str, title: str | None, kind: str) -> Founded:
    """Write a new case: `cases/<name>/case.yaml`."""
    words = {"name": name, "title": _yaml(title or "[What a table calls it]"), "kind": kind}
    folder = workspace.cases / name
    return _folder(workspace, name, folder, {"case.yaml": "case.yaml"}, words)


def family(workspace: Workspace, name: str, title: str | None) -> Founded:
    """Write a new family of letters: `templates/letters/<name>/`."""
    words = {"title": _yaml(title or "[What the kind of letter is called]")}
    if name in workspace.folders("letters") or name == "shared":
        place = Place(show(workspace.templates / "letters" / name))
        return (), (atomic.already_there(place),)
    files = {file: f"family/{file}" for file in _FAMILY}
    return _folder(workspace, name, workspace.templates / "letters" / name, files, words)


def regime(
    workspace: Workspace, name: str, title: str | None, citation: str | None, day: date
) -> Founded:
    """Write a new reporting law: `templates/regimes/<name>.yaml`."""
    words = {
        "title": _yaml(title or "[What the law is called]"),
        "citation": _yaml(citation or "[How it is cited]"),
        "date": day.isoformat(),
    }
    path = workspace.templates / "regimes" / f"{name}.yaml"
    if not isinstance(workspace.lookup(f"regimes/{name}.yaml"), Refusal):
        return (), (atomic.already_there(Place(show(path))),)
    return _file(workspace, name, path, "regime.yaml", words)


def letter(workspace: Workspace, name: str, wanted: LetterWanted) -> Founded:
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
        "subject": _yaml(wanted.subject or "[Subject]"),
        "case": wanted.case,
        "regime": _under(kind, regime_, wanted.stage),
        "questions": _asked(about) if kind.answers else "",
    }
    path = workspace.cases / wanted.case / "letters" / f"{name}.yaml"
    if not path.exists():
        problems = tuple(_unknown(workspace, wanted, about))
        if problems:
            return (), problems
    return _file(workspace, name, path, "letter.yaml", words)


def _unknown(workspace: Workspace, wanted: LetterWanted, about: Case) -> Iterator[Problem]:
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


# --- the words of a letter ------------------------------------------------------------------------


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


def _yaml(text: str) -> str:
    """Return a text as YAML writes it on one line, whatever is in it."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)


# --- writing ------------------------------------------------------------------------------------


def _unusable(name: str, place: Path) -> tuple[Problem, ...]:
    if re.search(forms.IDENTIFIER.pattern, name) and len(name) <= _LONGEST:
        return ()
    mended = forms.IDENTIFIER.mend(name)
    help_ = f"write {quoted(mended[:_LONGEST].strip('-'))}" if mended else forms.IDENTIFIER.rule
    message = f"nothing can be called {quoted(name)}"
    return (Problem("name-unusable", message, Place(show(place.parent)), help_),)


_LONGEST: Final = 80


def _filled(
    workspace: Workspace, form: str, words: Mapping[str, str]
) -> tuple[bytes | None, tuple[Problem, ...]]:
    path = workspace.lookup(f"{FORMS}/{form}")
    if isinstance(path, Refusal):
        return None, (path.at(Place(f"templates/{FORMS}/{form}")),)
    text, problems = read_text(path, show(path))
    if text is None:
        return None, problems
    filled = Template(text).safe_substitute(words)
    # A comment keeps the width of the file: a family may describe itself at any length.
    return "\n".join(_folded(filled.split("\n"))).encode(), problems


def _folded(lines: Iterable[str]) -> Iterator[str]:
    from textwrap import wrap  # noqa: PLC0415

    for line in lines:
        if line.startswith("# ") and len(line) > _WIDTH:
            further = "#   " if line.startswith("# - ") else "# "
            yield from wrap(line, _WIDTH, subsequent_indent=further, break_long_words=False)
        else:
            yield line


_WIDTH: Final = 100


def _file(
    workspace: Workspace, name: str, path: Path, form: str, words: Mapping[str, str]
) -> Founded:
    problems = _unusable(name, path)
    content, found = (None, ()) if problems else _filled(workspace, form, words)
    if content is None:
        return (), (*problems, *found)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return (), (_cannot(path, error),)
    problems = atomic.create(path, content, show(path))
    return () if problems else (path,), problems


def _folder(
    workspace: Workspace,
    name: str,
    folder: Path,
    files: Mapping[str, str],
    words: Mapping[str, str],
) -> Founded:
    """Write a folder of files beside the new one, which then takes its name."""
    problems = _unusable(name, folder)
    if problems:
        return (), problems
    if folder.exists():
        return (), (atomic.already_there(Place(show(folder))),)
    draft = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}~")
    try:
        for file, form in files.items():
            content, found = _filled(workspace, form, words)
            problems += found
            if content is not None:
                (draft / file).parent.mkdir(parents=True, exist_ok=True)
                problems += atomic.write(draft / file, content, show(folder / file))
        if not has_errors(problems):
            draft.rename(folder)
    except OSError as error:
        problems += (_cannot(folder, error),)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return () if problems else tuple(folder / file for file in files), problems


def _cannot(path: Path, error: OSError) -> Problem:
    reason = (error.strerror or str(error)).lower()
    return Problem("cannot-write", f"nothing can be written here: {reason}", Place(show(path)))
