"""The status of a review as a table for people, or as JSON for programs."""

from __future__ import annotations

import json
import textwrap
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reportgen.review.log.approvals import State
from reportgen.review.log.drafts import called, sent, version
from reportgen.review.log.entries import Comment, asker
from reportgen.review.model import Ruling

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reportgen.letters.draft import Assertion
    from reportgen.review.log.approvals import Consent
    from reportgen.review.log.entries import Entry
    from reportgen.review.log.status import Open, Status
    from reportgen.review.model import Signature, Verdict

_WIDTH: Final = 100
_QUOTED: Final = 72
"""How many characters of a sentence a line shows."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the table, and what stands below it in its last column."""

    cells: tuple[str, ...]
    below: tuple[str, ...] = ()


def table(status: Status) -> str:
    """Return the status as text: what needs attention, and in a line each what does not."""
    parts = [
        f"{status.draft.name}, {version(status.draft.digest)}",
        _section("Sent to review", tuple(_sent(status))),
        _section(_sentences_head(status), tuple(_sentences(status))),
        _section("Approvals", tuple(map(_consent, status.consents))),
        _section("Open", tuple(map(_open, status.open))),
        _section(
            "Waived for this draft",
            tuple(
                _Row((each.code, _who(each, status.terms.trust.of(each))), (each.reason,))
                for each in status.waivers
            ),
        ),
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def _sent(status: Status) -> Iterator[_Row]:
    """Yield each draft that was sent to review, and whether it is what the letter says today."""
    for each in sent(status.log):
        today = ", as the letter is today" if each.digest == status.draft.digest else ""
        by = f"by {each.sent.by}, {each.sent.at:%Y-%m-%d}{today}"
        yield _Row((called(each.number, each.digest), version(each.digest), by))


def _sentences_head(status: Status) -> str:
    total, checked = len(status.draft.assertions), len(status.checked)
    return f"Sentences: {checked} of {total} checked"


def _sentences(status: Status) -> Iterator[_Row]:
    """Yield who checked how many, then each sentence whose verdict is missing or does not hold."""
    checkers = Counter(
        (verdict.by, verdict.signature)
        for each in status.checked
        for verdict in (status.verdicts[each.id],)
    )
    for (by, signature), count in checkers.items():
        yield _Row((str(count), "checked", f"by {by} ({signature})"))
    checked = {each.id for each in status.checked}
    for each in status.draft.assertions:
        if each.id not in checked:
            yield _sentence(each, status.verdicts.get(each.id))


def _sentence(assertion: Assertion, verdict: Verdict | None) -> _Row:
    below: tuple[str, ...] = ()
    if verdict is not None:
        given = f"{verdict.ruling} by {verdict.by}, {verdict.at:%Y-%m-%d} ({verdict.signature})"
        below = tuple(filter(None, (verdict.lapsed, given, verdict.note)))
    state = _state(verdict)
    return _Row((f"no. {assertion.number}", state, f"“{_brief(assertion.text)}”"), below)


def _state(verdict: Verdict | None) -> str:
    if verdict is None:
        return "unchecked"
    if verdict.lapsed is not None:
        return "lapsed"
    return "checked" if verdict.ruling is Ruling.OK else "wrong"


def _consent(consent: Consent) -> _Row:
    who = _who(consent.approval, consent.signature) if consent.approval else ""
    digest: tuple[str, ...] = ()
    if consent.approval is not None and consent.state is State.UNKNOWN:
        digest = (f"the digest of that draft is {consent.approval.draft}",)
    return _Row((consent.role, str(consent.state), who), (*digest, *consent.why))


def _open(each: Open) -> _Row:
    what = "comment" if isinstance(each.entry, Comment) else "dispute"
    where = f" on sentence {each.number}" if each.number else ""
    if each.number is None and each.entry.subject is not None:
        where = f" on “{_brief(each.entry.subject.text)}”, which has changed"
    elif each.number is None and each.entry.origin is not None and each.entry.origin.about:
        where = f" on “{_brief(each.entry.origin.about)}”"
    said = f"{what}{where}, {asker(each.entry)}, {each.entry.at:%Y-%m-%d}"
    return _Row((each.entry.id, said), (" ".join(each.entry.text.split()),))


def _who(entry: Entry, signature: Signature) -> str:
    return f"{entry.by}, {entry.at:%Y-%m-%d} ({signature})"


def _brief(text: str) -> str:
    said = " ".join(text.split())
    return said if len(said) <= _QUOTED else f"{said[: _QUOTED - 1]}…"


def _section(head: str, rows: Sequence[_Row]) -> str:
    """Return a section of the table, its columns as wide as they need to be; empty without rows."""
    if not rows:
        return ""
    columns = max(len(row.cells) for row in rows) - 1
    widths = [
        max((len(row.cells[i]) for row in rows if len(row.cells) > i + 1), default=0)
        for i in range(columns)
    ]
    return "\n".join((head, *(line for row in rows for line in _lines(row, widths))))


def _lines(row: _Row, widths: Iterable[int]) -> Iterator[str]:
    *cells, last = row.cells
    head = "".join(f"  {cell:<{width}}" for cell, width in zip(cells, widths, strict=False))
    indent = " " * (len(head) + 2)
    yield f"{head}  {last}".rstrip()
    for text in row.below:
        yield from textwrap.wrap(
            text, _WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False
        )


# --- for programs -------------------------------------------------------------------------------


def as_json(status: Status) -> str:
    """Return the status as JSON: every sentence, every role, all that is open."""
    content = {
        "letter": status.draft.name,
        "draft": status.draft.digest,
        "content": status.content,
        "sent": [
            {
                "number": each.number,
                "draft": each.digest,
                "by": str(each.sent.by),
                "at": each.sent.at.isoformat(),
            }
            for each in sent(status.log)
        ],
        "sentences": [
            _verdict(each, status.verdicts.get(each.id)) for each in status.draft.assertions
        ],
        "approvals": [
            {
                "role": each.role,
                "state": each.state.name.lower(),
                "by": str(each.approval.by) if each.approval else None,
                "at": each.approval.at.isoformat() if each.approval else None,
                "signature": str(each.signature) if each.approval else None,
                "why": list(each.why),
            }
            for each in status.consents
        ],
        "open": [
            {
                "id": each.entry.id,
                "kind": each.entry.kind,
                "sentence": each.number,
                "by": str(each.entry.by),
                "at": each.entry.at.isoformat(),
                "text": each.entry.text,
                "origin": each.entry.origin.model_dump() if each.entry.origin else None,
            }
            for each in status.open
        ],
        "waivers": [
            {"code": each.code, "reason": each.reason, "by": str(each.by)}
            for each in status.waivers
        ],
        "findings": [
            {"code": each.code, "severity": str(each.severity), "message": each.message}
            for each in (*status.log.problems, *status.findings)
        ],
    }
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def _verdict(assertion: Assertion, verdict: Verdict | None) -> dict[str, object]:
    return {
        "id": assertion.id,
        "number": assertion.number,
        "text": assertion.text,
        "digest": assertion.digest,
        "state": _state(verdict),
        "by": verdict.by if verdict else None,
        "at": verdict.at.isoformat() if verdict else None,
        "signature": str(verdict.signature) if verdict else None,
        "why": verdict.lapsed if verdict else None,
        "note": verdict.note if verdict else None,
    }
