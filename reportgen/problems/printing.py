"""Problems in the format that the reader wants, and one line that sums them up."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from reportgen.problems.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reportgen.problems.model import Locating, Problem


class Format(StrEnum):
    """How problems are printed."""

    FULL = "full"
    CONCISE = "concise"
    JSON = "json"
    GITHUB = "github"


def render(
    problems: Iterable[Problem],
    documents: Mapping[str, Locating],
    format_: Format = Format.FULL,
    *,
    color: bool = False,
) -> str:
    """Return the problems as text, sorted by file, line and column.

    Args:
        problems: What is wrong; the same problem twice is shown once.
        documents: The files by the paths that the problems' places have. A place in no document
            is shown without its line.
        format_: For people (full, concise) or programs (JSON, GitHub's workflow commands).
        color: Whether `full` may use colors.

    Returns:
        Lines that end with a line break; empty when there are no problems and the format is not
        JSON. Nothing in it steers a terminal but the colors asked for.
    """
    each = tuple(problems)
    if not each and format_ is not Format.JSON:
        return ""
    from reportgen.problems.located import locate  # noqa: PLC0415 - where all is well, none pays

    located = locate(each, documents)
    match format_:
        case Format.FULL:
            from reportgen.problems.formats import full  # noqa: PLC0415 - one of four is needed

            return full.render(located, color=color)
        case Format.CONCISE:
            from reportgen.problems.formats import concise  # noqa: PLC0415

            return concise.render(located)
        case Format.JSON:
            from reportgen.problems.formats import structured  # noqa: PLC0415

            return structured.render(located)
        case Format.GITHUB:
            from reportgen.problems.formats import github  # noqa: PLC0415

            return github.render(located)


def summary(problems: Iterable[Problem]) -> str:
    """Return one line on how many problems there are: "2 errors and 1 warning in 2 files"."""
    each = tuple(dict.fromkeys(problems))
    errors = sum(problem.severity is Severity.ERROR for problem in each)
    counts = ((errors, "error"), (len(each) - errors, "warning"))
    said = " and ".join(counted(number, noun) for number, noun in counts if number)
    files = len({problem.place.document for problem in each if problem.place.document})
    where = f" in {counted(files, 'file')}" if files > 1 else ""
    return f"{said or 'no problems'}{where}"


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: "1 case", "2 cases"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
