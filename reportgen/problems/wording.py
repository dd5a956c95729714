"""How problems speak: values quoted within bounds, and the nearest name for a slip of the pen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST_QUOTED = 60
_LONGEST_COMPARED = 80
_FEW = 12
_IN_BACKTICKS: Final = re.compile(r"`([^`]*)`")


def quoted(value: object) -> str:
    """Return `value` in backticks, on one line and not longer than a line can bear."""
    text = " ".join(str(value).split())
    if len(text) > _LONGEST_QUOTED:
        text = text[: _LONGEST_QUOTED - 1] + "…"
    return f"“{text}”" if "`" in text else f"`{text}`"


def for_print(message: str) -> str:
    """Return a problem's message as a sheet of paper has it: “so”, where a terminal has `so`."""
    said = _IN_BACKTICKS.sub("“\\1”", message)
    return f"{said[:1].upper()}{said[1:]}"


def listed(names: Iterable[str], last: str = "and") -> str:
    """Return the names quoted and joined as a sentence joins them: `a`, `b` and `c`."""
    each = [quoted(name) for name in names]
    if len(each) < 2:
        return "".join(each)
    return f"{', '.join(each[:-1])} {last} {each[-1]}"


def nearest(name: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate that `name` was probably meant to be, or None when none is near."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a mistake needs it

    if len(name) > _LONGEST_COMPARED:
        return None
    plain = {_plain(candidate): candidate for candidate in candidates}
    wanted = _plain(name)
    if wanted in plain:
        return plain[wanted]
    close = get_close_matches(wanted, plain, n=1, cutoff=0.6)
    return plain[close[0]] if close else None


def suggestion(name: str, candidates: Iterable[str], what: str = "known names") -> str | None:
    """Return a help sentence for a name that is not among the candidates.

    It asks for the nearest candidate where one is near, else lists the candidates when they are
    few; None when there is nothing useful to say.
    """
    known = tuple(candidates)
    near = nearest(name, known)
    if near is not None:
        return f"did you mean {quoted(near)}?"
    if not known or len(known) > _FEW:
        return None
    return f"the {what} are {listed(known)}" if len(known) > 1 else f"there is only {listed(known)}"


def _plain(name: str) -> str:
    return name.casefold().replace("_", "-").replace(" ", "-")
