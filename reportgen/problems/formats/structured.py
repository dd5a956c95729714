"""Problems as JSON, for programs.

One object with `version` (1, raised when a key changes its meaning or goes), `errors` and
`warnings` (how many), and `problems`: a list of objects with `code`, `severity` ("error" or
"warning"), `message`, `help` (or null), `path`, `route` (keys and indexes), `line`, `column`,
`end_line`, `end_column` (from 1, in characters, the end exclusive; null where only the file is
known) and `related`, a list of objects with `message`, `path`, `line`, `column`, `end_line`
and `end_column`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from reportgen.problems.model import Severity

if TYPE_CHECKING:
    from reportgen.problems.located import Located, Spot

VERSION = 1


def render(located: tuple[Located, ...]) -> str:
    """Return the JSON object that the module's documentation describes, in ASCII."""
    severities = [each.problem.severity for each in located]
    report = {
        "version": VERSION,
        "errors": severities.count(Severity.ERROR),
        "warnings": severities.count(Severity.WARNING),
        "problems": [_problem(each) for each in located],
    }
    return json.dumps(report, indent=2) + "\n"


def _problem(located: Located) -> dict[str, object]:
    problem = located.problem
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "message": problem.message,
        "help": problem.help,
        **_spot(located.spot),
        "route": list(problem.place.route),
        "related": [{"message": spot.message, **_spot(spot)} for spot in located.related],
    }


def _spot(spot: Spot) -> dict[str, object]:
    span = spot.span
    return {
        "path": spot.path,
        "line": span.line if span else None,
        "column": span.column if span else None,
        "end_line": span.end_line if span else None,
        "end_column": span.end_column if span else None,
    }
