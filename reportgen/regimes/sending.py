"""A letter that is sent under a reporting law: whether there is such a law, and such a report of it.

The letter's file names the law and the report; its case says what was decided of the law. Nothing is
decided here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.problems.model import Place, Problem
from reportgen.problems.wording import quoted, suggestion

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from reportgen.cases.model import Case
    from reportgen.regimes.model import Regimes


@dataclass(frozen=True, slots=True)
class Sent:
    """What a letter's file says of the law that it is sent under.

    Attributes:
        document: The letter's file.
        regime: The law, as it names it; None where it names none.
        stage: The report, as it names it.
    """

    document: str
    regime: str | None
    stage: str | None


def sent_under(
    sent: Sent, case: Case, regimes: Regimes, names: Collection[str]
) -> Iterator[Problem]:
    """Yield what is wrong with the law and the report that a letter names.

    Args:
        sent: What its file says.
        case: The case that it is about.
        regimes: The law, by its name, as far as its file could be read.
        names: The names of all regimes that there are.
    """
    document, name, stage = sent.document, sent.regime, sent.stage
    if name is None:
        if stage is not None:
            yield Problem(
                "unknown-stage",
                f"the letter is the report {quoted(stage)} of a law that it does not name",
                Place(document, ("stage",)),
                "name the law: `regime: us-ca-sb53`",
            )
        return
    place = Place(document, ("regime",))
    if name not in names:
        message = f"there is no regime {quoted(name)}"
        help_ = suggestion(name, names, "regimes")
        yield Problem("unknown-regime", message, place, help_)
        return
    regime = regimes.get(name)
    if regime is not None and stage is not None and stage not in regime.stages:
        yield Problem(
            "unknown-stage",
            f"{quoted(name)} has no stage {quoted(stage)}",
            Place(document, ("stage",)),
            suggestion(stage, regime.stages, "stages"),
        )
    assessment = case.regimes.get(name)
    if assessment is None:
        yield Problem(
            "regime-not-assessed",
            f"the letter is sent under {quoted(name)}, of which the case {quoted(case.id)} says "
            "nothing",
            place,
            "say under `regimes` in its file what was decided, by whom and on what ground",
        )
    elif not assessment.reported:
        yield Problem(
            "regime-not-assessed",
            f"the letter is sent under {quoted(name)}, which the case {quoted(case.id)} says to be "
            f"{assessment.decision.value.replace('-', ' ')}",
            place,
            "a report that is owed is `decision: applies`, one that is made without a duty "
            "`decision: voluntary`",
        )
