"""What a new case still holds in brackets where a fact belongs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel

from reportgen.problems.model import Problem, Severity
from reportgen.problems.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.cases.model import Case
    from reportgen.cases.places import CaseFile, Route

_WHOLE: Final = re.compile(r"\[[^\[\]]{1,200}\]")
_OF_THE_HOUSE: Final = frozenset({"notes", "note", "regimes"})
"""Entries that no letter prints: who decided something may be an office in brackets."""


def placeholder_left(case: Case, file: CaseFile) -> Iterator[Problem]:
    """Yield a warning for each entry that is nothing but words in brackets."""
    for route, text in _texts(case, ()):
        if text.startswith("[") and _WHOLE.fullmatch(text):
            yield Problem(
                "placeholder-left",
                f"{quoted(text)} is to be filled in",
                file.place(*route),
                "write what belongs there; in a letter that is sent nothing stands in brackets",
                Severity.WARNING,
            )


def _texts(value: object, route: Route) -> Iterator[tuple[Route, str]]:
    if isinstance(value, str):
        yield route, value
    elif isinstance(value, BaseModel):
        for name, each in value.__dict__.items():
            if name not in _OF_THE_HOUSE:
                yield from _texts(each, (*route, name))
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _texts(each, (*route, key))
    elif isinstance(value, tuple):
        for index, each in enumerate(value):
            yield from _texts(each, (*route, index))
