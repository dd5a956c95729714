"""New files of a workspace: a case, a reporting law, a family of letters.

Each is made from a commented blank, says what it is told, and holds in brackets what is still to be
filled in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportgen.files import atomic
from reportgen.files.showing import show
from reportgen.jobs.workspaces import blanks
from reportgen.problems.model import Place, Refusal

if TYPE_CHECKING:
    from datetime import date

    from reportgen.jobs.workspaces.blanks import Founded
    from reportgen.workspace import Workspace

_FAMILY: Final = (
    *("family.yaml", "letter.html", "style.css"),
    *("sections/opening.md", "sections/closing.md"),
)


def case(workspace: Workspace, name: str, title: str | None, kind: str) -> Founded:
    """Write a new case: `cases/<name>/case.yaml`."""
    words = {"name": name, "title": blanks.text(title or "[What a table calls it]"), "kind": kind}
    folder = workspace.cases / name
    return blanks.folder(workspace, name, folder, {"case.yaml": "case.yaml"}, words)


def family(workspace: Workspace, name: str, title: str | None) -> Founded:
    """Write a new family of letters: `templates/letters/<name>/`."""
    words = {"title": blanks.text(title or "[What the kind of letter is called]")}
    if name in workspace.folders("letters") or name == "shared":
        place = Place(show(workspace.templates / "letters" / name))
        return (), (atomic.already_there(place),)
    files = {file: f"family/{file}" for file in _FAMILY}
    return blanks.folder(workspace, name, workspace.templates / "letters" / name, files, words)


def regime(
    workspace: Workspace, name: str, title: str | None, citation: str | None, day: date
) -> Founded:
    """Write a new reporting law: `templates/regimes/<name>.yaml`."""
    words = {
        "title": blanks.text(title or "[What the law is called]"),
        "citation": blanks.text(citation or "[How it is cited]"),
        "date": day.isoformat(),
    }
    path = workspace.templates / "regimes" / f"{name}.yaml"
    if not isinstance(workspace.lookup(f"regimes/{name}.yaml"), Refusal):
        return (), (atomic.already_there(Place(show(path))),)
    return blanks.file(workspace, name, path, "regime.yaml", words)
