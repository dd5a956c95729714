"""Problems as workflow commands, which GitHub shows beside the changed lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportgen.problems.located import Located


def render(located: Iterable[Located]) -> str:
    """Return a workflow command for each problem."""
    return "".join(f"{_command(each)}\n" for each in located)


def _command(located: Located) -> str:
    problem, span = located.problem, located.spot.span
    properties = {"file": located.spot.path, "title": problem.code}
    if span is not None:
        properties |= {"line": str(span.line), "col": str(span.column)}
        properties |= {"endLine": str(span.end_line)}
        if span.end_line == span.line:
            properties |= {"endColumn": str(span.end_column)}
    stated = ",".join(f"{key}={_property(value)}" for key, value in properties.items() if value)
    message = problem.message + (f" ({problem.help})" if problem.help else "")
    return f"::{problem.severity} {stated}::{_data(message)}"


def _data(text: str) -> str:
    """Escape as actions/toolkit does (core/src/command.ts, escapeData)."""
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in text)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
