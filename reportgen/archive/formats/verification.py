"""A verification as text for people, or as JSON for programs: nothing found is left out of either.

Of records that hold people are told in a line each when there are many; of one that does not, in
full.
"""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING, Final

from reportgen.archive.verdicts import State
from reportgen.problems.printing import counted
from reportgen.problems.terminal import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportgen.archive.verdicts import Answer, RecordVerdict, Verification

_FEW: Final = 3
"""Up to as many records are told of in full, whatever was found."""
_WIDTH: Final = 100
_QUESTION: Final = 14
"""How wide the column of questions is: the longest is `re-rendering`."""
_STATE: Final = 11


def as_text(verification: Verification) -> str:
    """Return a verification as people read it."""
    lines: list[str] = []
    in_full = len(verification.records) <= _FEW
    for record in verification.records:
        if in_full or not record.holds:
            lines += [record.record, *_answers(record.answers), ""]
        else:
            lines.append(f"{record.record}  {_brief(record)}")
    if lines and lines[-1]:
        lines.append("")
    lines.append(visible(verification.archive))
    whole = (("ledger", verification.chain), ("completeness", verification.completeness))
    lines += _answers(whole)
    if verification.head:
        lines.append(f"  {'head':<{_QUESTION}}{verification.head}")
    lines += ["", *_bottom_line(verification)]
    return "\n".join(lines) + "\n"


def as_json(verification: Verification) -> str:
    """Return a verification as programs read it; see docs/archive.md for the keys."""
    said = {
        "format": "reportgen-verification",
        "version": 1,
        "holds": verification.holds,
        "archive": verification.archive,
        "head": verification.head,
        "against": verification.against,
        "ledger": _plain(verification.chain),
        "completeness": _plain(verification.completeness),
        "records": [
            {
                "record": record.record,
                "holds": record.holds,
                **{name.replace(" ", "_").replace("-", "_"): _plain(answer)
                   for name, answer in record.answers},
            }
            for record in verification.records
        ],
        "does_not_prove": list(verification.unproven),
    }  # fmt: skip
    return json.dumps(said, indent=1, ensure_ascii=False) + "\n"


def _plain(answer: Answer) -> dict[str, object]:
    return {
        "state": answer.state.value,
        "found": answer.found,
        "faults": [{"place": each.place, "message": each.message} for each in answer.faults],
        "remarks": list(answer.remarks),
    }


def _answers(answers: Iterable[tuple[str, Answer]]) -> Iterator[str]:
    """Yield the answers, a line each, what is wrong and what is to be known below it."""
    for question, answer in answers:
        yield f"  {question:<{_QUESTION}}{_state(answer):<{_STATE}}{answer.found}".rstrip()
        for fault in answer.faults:
            yield from _below(fault.message, "✗ ")
        for remark in answer.remarks:
            yield from _below(remark, "· ")


def _state(answer: Answer) -> str:
    return "FAILS" if answer.state is State.FAILS else answer.state.value


def _below(message: str, mark: str) -> list[str]:
    indent = " " * (2 + _QUESTION)
    return textwrap.wrap(
        visible(message),
        _WIDTH,
        initial_indent=indent + mark,
        subsequent_indent=indent + "  ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _brief(record: RecordVerdict) -> str:
    """Say in a few words that a record holds, and what of it was not asked."""
    left_out = ", ".join(name for name, answer in record.answers if answer.state is State.NOT_ASKED)
    return f"holds ({left_out}: not asked)" if left_out else "holds"


def _bottom_line(verification: Verification) -> Iterator[str]:
    count = counted(len(verification.records), "record")
    faults = sum(
        len(answer.faults) for record in verification.records for _, answer in record.answers
    ) + len(verification.chain.faults + verification.completeness.faults)
    if verification.holds:
        yield f"Everything that was asked holds: {count}."
    else:
        broken = sum(1 for record in verification.records if not record.holds)
        among = (
            f", {broken:,} of which does not hold"
            if broken == 1
            else f", {broken:,} of which do not hold"
        )
        yield f"This does not hold: {counted(faults, 'fault')}; {count}{among if broken else ''}."
    *more, last = verification.unproven
    yield from textwrap.wrap(f"A pass does not prove {', '.join(more)}, or {last}.", _WIDTH)
