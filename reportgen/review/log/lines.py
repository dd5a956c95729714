"""The log of a review: `<letter>.review.jsonl`, an entry a line, in any order, nothing taken out.

Bytes go in; entries come out in the order of their times, each once, with what is wrong with the
lines that hold none. Lines of two people merged by a version control system (`merge=union`) are a
log as any other. A line that cannot be read hides no other.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from reportgen.files.reading import is_control
from reportgen.problems.model import Place, Problem, Refusal, Severity, Span
from reportgen.problems.wording import quoted
from reportgen.review.log.entries import KINDS, Entry, canonical, identity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reportgen.review.log.entries import EntryT

LIMIT: Final = 32 * 1024 * 1024
"""How many bytes a log may have: some ten thousand verdicts."""

_TOLD: Final = 20
"""Of how many lines it is said what is wrong; of the others, how many there are."""

_RESTORE: Final = (
    "restore the line from version control, or let it stand: it counts for nothing, and hides no "
    "other"
)


@dataclass(frozen=True, slots=True)
class Logged:
    """An entry, its line, and the bytes that its signature is over."""

    entry: Entry
    line: int
    signed: bytes


@dataclass(frozen=True, slots=True)
class Log:
    """A review's entries in the order of their times, each once.

    Attributes:
        path: The file, as the user would write it.
        lines: The entries with their lines.
        problems: What is wrong with other lines, or with the whole file.
        readable: Whether the file could be read at all; nothing is added to one that cannot.
    """

    path: str
    lines: tuple[Logged, ...] = ()
    problems: tuple[Problem, ...] = ()
    readable: bool = True

    def of(self, kind: type[EntryT]) -> tuple[EntryT, ...]:
        """Return the entries of one kind, in order."""
        return tuple(each.entry for each in self.lines if isinstance(each.entry, kind))

    def place(self, entry: Entry) -> Place:
        """Return where an entry stands."""
        number = next(each.line for each in self.lines if each.entry is entry)
        return _place(self.path, number)


def read(content: bytes, letter: str, shown_as: str) -> Log:
    """Read a log.

    Args:
        content: The bytes of the file; none when there is no file yet.
        letter: The letter that it belongs to, `<case>/<letter>`.
        shown_as: What problems call the file.
    """
    found: dict[str, Logged] = {}
    problems: list[Problem] = []
    unread = 0
    for number, text in enumerate(content.split(b"\n"), 1):
        if not text.strip():
            continue
        result = _entry(text, letter)
        if isinstance(result, Refusal):
            unread += 1
            if unread <= _TOLD:
                problems.append(_told(result, _place(shown_as, number)))
            continue
        entry, signed = result
        known = found.get(entry.id)
        # Of two copies the signed one says more.
        if known is None or (known.entry.signature is None and entry.signature is not None):
            found[entry.id] = Logged(entry, number, signed)
    if unread > _TOLD:
        message = f"{unread - _TOLD:,} further lines cannot be read"
        problems.append(Problem("review-line", message, Place(shown_as), _RESTORE))
    lines = sorted(found.values(), key=lambda each: (each.entry.at, each.entry.id))
    return Log(shown_as, tuple(lines), tuple(problems))


class _UnreadError(Exception):
    """Why a line counts for nothing."""

    def __init__(self, message: str, code: str = "review-line", help_: str = _RESTORE) -> None:
        super().__init__(message)
        self.refusal = Refusal(code, message, help_)


def _entry(text: bytes, letter: str) -> tuple[Entry, bytes] | Refusal:
    """Return the entry of a line, and what its signature is over; or why it counts for nothing."""
    try:
        data = _parsed(text)
        return _modelled(data, letter), canonical(data)
    except _UnreadError as error:
        return error.refusal
    except RecursionError:
        return Refusal("review-line", "this line is nested too deep for an entry", _RESTORE)


def _parsed(text: bytes) -> Mapping[str, object]:
    """Return what a line says as JSON, as it was written."""
    try:
        data = json.loads(
            text.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_no_number
        )
    except UnicodeDecodeError:
        raise _UnreadError("this line is not UTF-8") from None
    except json.JSONDecodeError:
        cut = "is cut off" if text.lstrip().startswith(b"{") else "is no entry of a review"
        raise _UnreadError(f"this line {cut}") from None
    except (RecursionError, ValueError):
        raise _UnreadError("this line is no entry of a review") from None
    if not isinstance(data, dict) or not isinstance(data.get("kind"), str):
        raise _UnreadError("this line is no entry of a review")
    if any(map(_unfit, _texts(data))):
        raise _UnreadError("this line has a control character in it")
    return data


def _modelled(data: Mapping[str, object], letter: str) -> Entry:
    if data.get("id") != identity(data):
        message = "this line was changed after it was written: its id does not fit"
        raise _UnreadError(message, "review-line-altered")
    kind = KINDS.get(str(data["kind"]))
    if kind is None:
        raise _UnreadError(
            f"this version of reportgen knows no entry of the kind {quoted(data['kind'])}",
            "review-kind-unknown",
            "use the version of reportgen that wrote it; the line is kept as it is",
        )
    if data.get("letter") != letter:
        raise _UnreadError(
            f"this line speaks of the letter {quoted(data.get('letter'))}",
            "review-other-letter",
            "it counts for nothing here; move it to the log of that letter",
        )
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        where = ".".join(str(step) for step in error.errors(include_url=False)[0]["loc"])
        message = f"{quoted(where)} of this line is missing, or is not what stands there"
        raise _UnreadError(message) from None


def _told(refusal: Refusal, place: Place) -> Problem:
    known = refusal.code in {"review-kind-unknown", "review-other-letter"}
    severity = Severity.WARNING if known else Severity.ERROR
    return Problem(refusal.code, refusal.message, place, refusal.help, severity)


def _place(path: str, line: int) -> Place:
    return Place(path, span=Span(line, 1, line, 2))


def _unique(pairs: list[tuple[str, object]]) -> Mapping[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found


def _no_number(_: str) -> None:
    raise ValueError


def _texts(value: object) -> Iterator[str]:
    """Yield every text in what JSON gave; its depth is that which the parser bore."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            yield each
        elif isinstance(each, dict):
            waiting.extend(each)
            waiting.extend(each.values())
        elif isinstance(each, list):
            waiting.extend(each)


def _unfit(text: str) -> bool:
    return not text.isprintable() and any(map(is_control, text))
