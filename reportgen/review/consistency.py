"""What earlier letters said of the same facts: before a letter goes out, not after.

A letter that was submitted leaves the facts that it stated, each in its words, with its value and
its hedge. A later letter that gives one of them another value, other words or another hedge does
so as a correction that names the letter it corrects, or not at all.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date  # noqa: TC003 - Pydantic needs it at run time
from typing import TYPE_CHECKING, Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from reportgen.letters.draft import Binding
from reportgen.letters.markup import words
from reportgen.problems.model import Place, Problem, Refusal, Related, Severity
from reportgen.quantities import reading
from reportgen.quantities.dates import PartialDate, long_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reportgen.letters.draft import BoundFact, Draft

LIMIT: Final = 4 * 1024 * 1024

_Text = Annotated[str, StringConstraints(max_length=20_000)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Statement(_Part):
    """A fact as a letter stated it.

    Attributes:
        address: `<case>.<fact>`, or the formula of what was computed.
        text: The words.
        value: The exact value; empty for words.
        hedge: How a number was said: none, approximately, more than; empty for what is no number.
    """

    address: _Text
    text: _Text
    value: _Text = ""
    hedge: _Text = ""


class Submitted(_Part):
    """What a submitted letter said.

    Attributes:
        letter: `<case>/<letter>`.
        date: The date that it bears.
        recipients: Who it was sent to.
        digest: The draft's digest.
        corrects: The letters that it corrects.
        facts: What it stated, each once, in the order of reading.
    """

    format: Literal["reportgen-facts"] = "reportgen-facts"
    version: Literal[1] = 1
    letter: _Text
    date: date
    recipients: tuple[_Text, ...] = ()
    digest: _Text
    corrects: tuple[_Text, ...] = ()
    facts: Annotated[tuple[Statement, ...], Field(max_length=100_000)]


def submitted(draft: Draft, recipients: Iterable[str], corrects: Iterable[str]) -> Submitted:
    """Return what a final letter says, to hold later letters against."""
    return Submitted(
        letter=draft.name,
        date=draft.date,
        recipients=tuple(recipients),
        digest=draft.digest,
        corrects=tuple(corrects),
        facts=tuple(dict.fromkeys(_statement(piece) for piece in draft.bound if _lasts(piece))),
    )


def written(said: Submitted) -> bytes:
    """Return a file of facts: the same bytes for the same facts."""
    content = said.model_dump(mode="json")
    return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()


def read(content: bytes, shown_as: str) -> tuple[Submitted | None, tuple[Problem, ...]]:
    """Read a file of facts; or tell the problem `facts-unreadable`."""
    try:
        return Submitted.model_validate_json(content), ()
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        where = ".".join(map(str, detail["loc"]))
        reason = f"`{where}` is not what stands there" if where else "it is no JSON of facts"
        message = f"this does not tell what a letter said: {reason}"
        return None, (Problem("facts-unreadable", message, Place(shown_as)),)


def _statement(piece: BoundFact) -> Statement:
    # A comparison holds or does not; what it is made of has values of its own.
    value = "" if piece.binding is Binding.COMPARISON else piece.value
    return Statement(address=piece.address, text=piece.text, value=value, hedge=_hedge(piece))


def _hedge(piece: BoundFact) -> str:
    if piece.binding is Binding.COMPARISON or not piece.value or _is_date(piece.value):
        return ""
    quantity = reading.read(words(piece.text).lower())
    return "" if isinstance(quantity, Refusal) else str(quantity.hedge)


def _is_date(value: str) -> bool:
    try:
        PartialDate.read(value)
    except ValueError:
        return False
    return len(value) > 4


def _lasts(piece: BoundFact) -> bool:
    """Whether a piece says something of a case.

    The letter's own date is each letter's own, and what it says that an earlier one said is not
    what it says itself.
    """
    return not piece.address.startswith(("letter.", "earlier:"))


# --- the comparison -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a submitted letter says, as far as no later letter corrects it.

    Attributes:
        record: The name of its record in the archive; empty of a letter that is not submitted yet.
        letter: `<case>/<letter>`.
        date: The date that it bears.
        recipients: Who it was sent to.
        path: Where that is kept.
        said: What it states.
    """

    record: str
    letter: str
    date: date
    recipients: tuple[str, ...]
    path: str
    said: tuple[Statement, ...]


def standing(before: Mapping[str, Submitted]) -> tuple[Earlier, ...]:
    """Return what letters say by the paths of their files, without what others of them correct."""
    return tuple(
        Earlier(
            "", earlier.letter, earlier.date, earlier.recipients, path,
            tuple(
                each
                for each in earlier.facts
                if not any(
                    earlier.letter in later.corrects
                    and any(other.address == each.address for other in later.facts)
                    for later in before.values()
                )
            ),
        )
        for path, earlier in before.items()
    )  # fmt: skip


def said_otherwise(
    draft: Draft, corrects: Sequence[str], before: Iterable[Earlier]
) -> tuple[Problem, ...]:
    """Return what a draft says otherwise than submitted letters did.

    Args:
        draft: The letter.
        corrects: What it says it corrects: names of records or of letters.
        before: What was submitted.

    Returns:
        A warning `said-otherwise` for each fact, each way in which it is said here, and each
        record that says it otherwise.
    """
    return tuple(_otherwise(draft, corrects, before))


def _otherwise(
    draft: Draft, corrects: Sequence[str], before: Iterable[Earlier]
) -> Iterator[Problem]:
    standing: dict[str, list[tuple[Earlier, list[Statement]]]] = {}
    for earlier in before:
        if corrects and {earlier.record, earlier.letter}.intersection(corrects):
            continue
        said: dict[str, list[Statement]] = {}
        for each in earlier.said:
            said.setdefault(each.address, []).append(each)
        for address, statements in said.items():
            standing.setdefault(address, []).append((earlier, statements))
    told: set[tuple[str, str, str]] = set()
    for piece in draft.bound:
        for earlier, statements in standing.get(piece.address, ()):
            key = (piece.address, piece.text, earlier.path)
            if key in told or not _lasts(piece):
                continue
            now = _statement(piece)
            if any(_same(now, each) for each in statements):
                continue
            told.add(key)
            yield _problem(now, piece.place, earlier, statements)


def _same(now: Statement, then: Statement) -> bool:
    """Whether two statements say the same; a date does in whatever form."""
    if now.value != then.value:
        return False
    return _is_date(now.value) or words(now.text).casefold() == words(then.text).casefold()


def _problem(now: Statement, place: Place, earlier: Earlier, said: Sequence[Statement]) -> Problem:
    then = said[0]
    if all(each.value != now.value for each in said):
        what = "another value"
    elif all(each.hedge != now.hedge for each in said):
        what = "another hedge"
    else:
        what = "other words"
    when = long_form(PartialDate.read(str(earlier.date)))
    recipients = f" to {' and '.join(earlier.recipients)}" if earlier.recipients else ""
    record = f" (record {earlier.record})" if earlier.record else ""
    return Problem(
        "said-otherwise",
        f"`{now.address}` is “{now.text}” here; the letter {earlier.letter} of {when}"
        f"{recipients}{record} gave {what}, “{then.text}”",
        place,
        f"say it as it was said, or correct it openly: `corrects: {earlier.record or earlier.letter}` in the "
        "letter's file",
        Severity.WARNING,
        (Related(Place(earlier.path), "what that letter said is kept here"),),
    )
