"""From `templates/regimes/` to regimes, with every problem that their files have."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from reportgen.files import modelling, yaml
from reportgen.files.showing import show
from reportgen.problems.model import Place, Problem, Refusal
from reportgen.problems.wording import quoted, suggestion
from reportgen.regimes import calendars
from reportgen.regimes.model import Regime

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from reportgen.workspace import Workspace

FOLDER = "regimes"


def names(workspace: Workspace) -> tuple[str, ...]:
    """Return the names of all regimes, the workspace's own and the shipped ones."""
    return tuple(path.stem for path in workspace.listing(FOLDER, "*.yaml"))


def load(
    workspace: Workspace, wanted: Iterable[str]
) -> tuple[Mapping[str, Regime], tuple[Problem, ...]]:
    """Load those of the wanted regimes that there are.

    Returns:
        The regimes by name, without those whose file does not make one; and every problem of the
        files. A name that no file has is not told here: whoever named it knows the place.
    """
    found: dict[str, Regime] = {}
    problems: list[Problem] = []
    for name in dict.fromkeys(wanted):
        path = workspace.lookup(f"{FOLDER}/{name}.yaml")
        if isinstance(path, Refusal):
            continue
        regime, wrong = read(path)
        problems.extend(wrong)
        if regime is not None:
            found[name] = regime
    return found, tuple(problems)


def read(path: Path) -> tuple[Regime | None, tuple[Problem, ...]]:
    """Read one regime's file."""
    document, problems = yaml.load(path, show(path))
    if document is None:
        return None, problems
    regime, faults = modelling.build(Regime, document)
    if regime is None:
        return None, (*problems, *faults)
    broken = tuple(_broken(regime, document.path))
    return (None if broken else regime), (*problems, *broken)


def _broken(regime: Regime, document: str) -> Iterator[Problem]:
    """Yield what does not agree within a file."""
    yield from _counting(regime, document)
    for name, stage in regime.stages.items():
        for index, bound in enumerate(stage.bounds):
            route = ("stages", name, "bounds", index)
            if (bound.starts is None) == (not bound.after):
                yield Problem(
                    "bound-start",
                    "a limit begins with one event, or after one or more stages",
                    Place(document, route),
                    "give it `starts` or `after`, not both",
                )
            for step, other in enumerate(bound.after):
                if other not in regime.stages:
                    yield _unknown(
                        "unknown-stage",
                        other,
                        regime.stages,
                        Place(document, (*route, "after", step)),
                    )
            if bound.limb is not None and bound.limb not in regime.limbs:
                yield _unknown(
                    "unknown-limb", bound.limb, regime.limbs, Place(document, (*route, "limb"))
                )
    for name, element in regime.elements.items():
        for index, other in enumerate(element.stages):
            if other not in regime.stages:
                place = Place(document, ("elements", name, "stages", index))
                yield _unknown("unknown-stage", other, regime.stages, place)


def _counting(regime: Regime, document: str) -> Iterator[Problem]:
    refusal = calendars.checked(regime.counting.holidays) if regime.counting.holidays else None
    if refusal is not None:
        yield refusal.at(Place(document, ("counting", "holidays")))
    try:
        ZoneInfo(regime.counting.zone or "UTC")
    except (KeyError, ValueError, OSError):
        yield Problem(
            "unknown-zone",
            f"there is no time zone {quoted(regime.counting.zone)}",
            Place(document, ("counting", "zone")),
            "a time zone is named as by IANA: America/New_York, Europe/Brussels",
        )


def _unknown(code: str, name: str, known: Iterable[str], place: Place) -> Problem:
    kind = code.partition("-")[2]
    return Problem(
        code,
        f"the regime has no {kind} {quoted(name)}",
        place,
        suggestion(name, known, f"{kind}s"),
    )
