"""The shipped regimes, and deadlines of one of them, as the tests of this room ask for them."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.cases.model import Assessment
from reportgen.regimes import loading
from reportgen.regimes.deadlines import Deadline, Duty, Submitted, deadlines
from reportgen.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.regimes.model import Regimes

HOUSE = Workspace(Path(__file__).parents[2])
LATER = datetime.fromisoformat("2099-01-01T00:00+00:00")


@cache
def shipped() -> Regimes:
    """All regimes that come with reportgen."""
    regimes, problems = loading.load(HOUSE, loading.names(HOUSE))
    assert problems == ()
    return regimes


def assessment(clocks: Mapping[str, str], **further: object) -> Assessment:
    """What a case says of a law that applies, its clocks by what began them."""
    return Assessment.model_validate(
        {
            "decision": "applies",
            "by": "Counsel",
            "date": "2026-01-01",
            "because": "an example",
            "clocks": {
                event: {"at": at, "by": "Counsel", "because": "an example"}
                for event, at in clocks.items()
            },
            **further,
        }
    )


def owed(
    regime: str,
    clocks: Mapping[str, str],
    submitted: Mapping[str, str] | None = None,
    now: datetime = LATER,
    **further: object,
) -> dict[str, Deadline]:
    """The reports that a case owes, by stage."""
    duty = Duty("example-2026", regime, shipped()[regime], assessment(clocks, **further))
    done = {stage: Submitted(datetime.fromisoformat(at)) for stage, at in (submitted or {}).items()}
    return {each.stage: each for each in deadlines(duty, done, now)}
