"""A letter built again from what was sealed with it, and held against what was sent.

The sources in the bag are a workspace of their own: nothing else is looked at, nothing of the bag
is written to, and what is drawn on the way goes into a temporary folder. With the versions that
were sealed installed, the letter has to come out in the same bytes; with others, in the same words
and, as a PDF, in the same look, within a distance that is stated.
"""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from reportgen.archive import layout
from reportgen.archive.verdicts import Answer, Fault, named
from reportgen.files.reading import read_bytes
from reportgen.jobs.building.making import rendered
from reportgen.jobs.building.ordering import RENDERERS
from reportgen.jobs.drafts import installed
from reportgen.jobs.drafts.charting import Drawer
from reportgen.jobs.drafts.gathering import Gatherer
from reportgen.jobs.verification.resembling import compare
from reportgen.problems.model import has_errors
from reportgen.rendering.model import Edition
from reportgen.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reportgen.archive.model import Record
    from reportgen.letters.draft import Draft
    from reportgen.problems.model import Problem
    from reportgen.rendering.model import Artifact

_ABSENT: Final = frozenset({"exhibit-missing", "file-missing"})
"""Exhibits are evidence and are kept elsewhere; their digests stand in the case."""
_VERSIONS_LIMIT: Final = 4 * 1024 * 1024
_FEW: Final = 5
"""How many versions are named."""


def rerender(bag: Path, record: Record) -> Answer:
    """Build a letter again from the sources in its bag, and compare.

    Args:
        bag: The bag, which was found to be what was sealed.
        record: What it says of itself.
    """
    if not (bag / layout.SOURCES).is_dir():
        missing = f"{named(layout.SOURCES)} is not there, and nothing can be built again"
        return Answer("no sources", (Fault(layout.SOURCES, missing),))
    wanted = _wanted(bag, record)
    if not wanted:
        return Answer("nothing that was sent was made from sources", there=False)
    formats = tuple(each for each in RENDERERS if any(name.endswith(f".{each}") for name in wanted))
    drafts, artifacts, problems = _built(bag, record, formats)
    if not artifacts:
        return Answer("could not be built again", tuple(_reasons(problems)))
    return _answer(bag, record, wanted, drafts, {each.name: each.content for each in artifacts})


def _answer(
    bag: Path,
    record: Record,
    wanted: Mapping[str, tuple[str, int | None]],
    drafts: Iterable[Draft],
    made: Mapping[str, bytes],
) -> Answer:
    """Return how what was made again compares with what was sent."""
    differing = _differing(bag)
    others = [each for each in drafts if each.digest not in record.drafts]
    faults = [] if differing else list(map(_other_draft, others))
    remarks: list[str] = []
    found: dict[str, list[str]] = {}
    for name, (path, unsigned) in wanted.items():
        content, _ = read_bytes(bag / path)
        again = made.get(name)
        if content is None or again is None:
            faults.append(Fault(path, f"{named(path)} does not come out of the sealed sources"))
            continue
        # What signing added comes after; that it did no more is a question of its own.
        compared = compare(path, content[:unsigned], again)
        found.setdefault(compared.same, []).append(name)
        if not compared.same or (compared.same != "bytes" and not differing):
            how = "" if differing else ", with the very versions that were sealed"
            faults.append(Fault(path, f"{named(path)} comes out otherwise{how}: {compared.told}"))
        elif compared.told:
            remarks.append(f"{named(path)}: {compared.told}")
    if differing and found.keys() - {"bytes"}:
        remarks.append(_told(differing))
    return Answer(_summary(found), tuple(faults), tuple(remarks))


def _wanted(bag: Path, record: Record) -> dict[str, tuple[str, int | None]]:
    """Return the files that a letter was made into: what was sent of it, and the copies kept.

    By name: the path in the bag, and how many bytes it had before it was signed.
    """
    kept = (bag / layout.COPIES).glob("letter*") if (bag / layout.COPIES).is_dir() else ()
    found: dict[str, tuple[str, int | None]] = {
        path.name: (f"{layout.COPIES}/{path.name}", None) for path in sorted(kept)
    }
    for each in record.sent:
        folder, _, name = each.path.rpartition("/")
        if folder == layout.SENT and name.startswith("letter"):
            found[name] = (each.path, each.unsigned.size if each.unsigned else None)
    return {name: each for name, each in found.items() if name.rpartition(".")[2] in RENDERERS}


def _built(
    bag: Path, record: Record, formats: tuple[str, ...]
) -> tuple[tuple[Draft, ...], tuple[Artifact, ...], tuple[Problem, ...]]:
    """Compose and render a letter from its sealed sources, as its final copy was."""
    workspace = Workspace((bag / layout.SOURCES).resolve(), alone=True)
    case, _, letter = record.letter.partition("/")
    path = workspace.cases / case / "letters" / f"{letter}.yaml"
    gathered = Gatherer(workspace).gather(path, formats)
    problems = tuple(each for each in gathered.problems if each.code not in _ABSENT)
    manuscript = gathered.manuscript
    if manuscript is None or has_errors(problems):
        return (), (), gathered.problems
    from reportgen.letters.composing import compose  # noqa: PLC0415 - Jinja and Markdown
    from reportgen.letters.versions import versions  # noqa: PLC0415

    regular, bold = gathered.typeface
    with TemporaryDirectory(prefix="reportgen-") as folder:
        draft, problems = compose(manuscript, Drawer(regular, bold, Path(folder)))
        if draft is None:
            return (), (), problems
        drafts, found = versions(draft, manuscript.letter.confidentiality, manuscript.path)
        if not drafts:
            return (), (), (*problems, *found)
        artifacts, found = rendered(drafts, gathered, Edition(final=True), formats)
    return drafts, artifacts, found


def _reasons(problems: Iterable[Problem]) -> Iterable[Fault]:
    told = [each for each in problems if each.code not in _ABSENT] or list(problems)
    for problem in told[:_FEW] or ():
        message = f"the sealed sources give no letter: {problem.message}"
        yield Fault(layout.SOURCES, message)
    if not told:
        yield Fault(layout.SOURCES, "the sealed sources give no letter")


def _other_draft(draft: Draft) -> Fault:
    """Return that the sources say something else than was composed: words, values or bindings.

    With other versions that means nothing: a later one may take more into a draft's digest.
    """
    message = f"the sealed sources give another draft ({draft.version}) than the record tells of"
    return Fault(layout.SOURCES, message)


# --- versions ------------------------------------------------------------------------------------


def _differing(bag: Path) -> dict[str, tuple[str, str]]:
    """Return what is installed in other versions than were sealed: sealed and installed by name."""
    content, _ = read_bytes(bag / layout.VERSIONS, limit=_VERSIONS_LIMIT)
    try:
        sealed = _flat(json.loads(content or b"{}"))
    except (ValueError, RecursionError):
        sealed = {}
    now = _flat(installed.versions())
    return {
        name: (sealed.get(name, "none"), now.get(name, "none"))
        for name in sorted(sealed.keys() | now.keys())
        if sealed.get(name) != now.get(name)
    }


def _flat(versions: object) -> dict[str, str]:
    """Return versions by name, those of packages and libraries among the others."""
    found: dict[str, str] = {}
    for name, value in versions.items() if isinstance(versions, dict) else ():
        group = value if isinstance(value, dict) else {name: value}
        found |= {str(each): str(version) for each, version in group.items()}
    return found


def _told(differing: Mapping[str, tuple[str, str]]) -> str:
    """Say which versions differ: those that are known by a number, before those by a digest."""
    told = [
        f"{name} {was} was sealed and {now} is installed"
        for name, (was, now) in differing.items()
        if name != "program"
    ]
    if not told:
        return "reportgen's own code is not the one that the letter was made with"
    more = f", and {len(told) - _FEW} more" if len(told) > _FEW else ""
    return f"made with other versions: {'; '.join(told[:_FEW])}{more}"


def _summary(found: Mapping[str, list[str]]) -> str:
    parts = {
        "bytes": "the same bytes",
        "look": "the same words and the same look",
        "text": "the same words",
        "": "not the same",
    }
    return "; ".join(
        f"{words}: {', '.join(sorted(found[same]))}"
        for same, words in parts.items()
        if same in found
    )
