"""Problems on a line each: `path:line:column: error[code]: message`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.problems.terminal import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportgen.problems.located import Located


def render(located: Iterable[Located]) -> str:
    """Return a line for each problem."""
    return "".join(
        f"{visible(str(each.spot))}: {each.problem.severity}[{each.problem.code}]: "
        f"{visible(each.problem.message)}\n"
        for each in located
    )
