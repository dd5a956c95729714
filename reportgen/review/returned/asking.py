"""What a file that came back asks, as the log keeps it: disputed figures, and open questions.

A file that is taken in twice asks nothing twice: a question is known by what it says, of what, and
by whom the file says that it is, whatever the file is called by then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportgen.files.reading import is_control
from reportgen.review.log import content
from reportgen.review.log.entries import Comment, Dispute, Origin, subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportgen.letters.draft import Assertion, BoundFact, Draft
    from reportgen.review.log.lines import Log
    from reportgen.review.model import Edit, Remark, Returned

    Asked = tuple[type[Comment | Dispute], dict[str, object]]

_LONGEST: Final = 20_000
_NAME: Final = 200
_NEAR: Final = 24
"""How many characters around a place tell it from others."""
_DONE: Final = {True: "put in", False: "taken out"}
_CUT: Final = "…"


def asked(returned: Returned, file: str) -> Iterator[Asked]:
    """Yield the disputes and questions of a file as entries: their kinds and what they say.

    Args:
        returned: What the file says.
        file: What it is called.
    """
    draft = returned.draft
    today = content.digest(draft)
    for edit in returned.edits:
        by, when = ", ".join(edit.by), edit.when
        origin = _origin(file, by, when, edit.old, "")
        for fact in dict.fromkeys(edit.facts):
            proposed = _cut(_proposed(fact, edit, returned.edits))
            said = {"text": _changed(edit, fact), "fact": fact.address, "proposed": proposed}
            yield Dispute, {"draft": today, **_on(edit.sentence, draft), **said, "origin": origin}
    for remark in returned.remarks:
        sentence = sentence_of(remark, draft)
        origin = _origin(file, remark.author, remark.when, remark.about, remark.where)
        about = {"draft": today, **_on(sentence, draft), "origin": origin}
        facts = _struck(remark, sentence, draft) if remark.instead else ()
        for fact in facts:
            said = {
                "text": _objected(remark, fact),
                "fact": fact.address,
                "proposed": _cut(remark.text),
            }
            yield Dispute, {**about, **said}
        if not facts:
            yield Comment, {**about, "text": _remarked(remark)}


def _proposed(fact: BoundFact, edit: Edit, edits: Iterable[Edit]) -> str:
    """Return the whole of what a fact would say after an edit, and after others of its words.

    Where an edit goes beyond the words of the fact, it is what the edit says.
    """
    begin = edit.line.find(fact.text, max(edit.end - len(fact.text), 0))
    end = begin + len(fact.text)
    if not 0 <= begin <= edit.start:
        return edit.new
    of_fact = {
        (each.start, each.end): each.new
        for each in edits
        if fact in each.facts and each.line == edit.line and begin <= each.start <= each.end <= end
    }
    said = fact.text
    for start, stop in sorted(of_fact, reverse=True):
        said = f"{said[: start - begin]}{of_fact[start, stop]}{said[stop - begin :]}"
    return " ".join(said.split())


def unasked(returned: Returned, file: str, log: Log) -> tuple[Asked, ...]:
    """Return those disputes and questions of a file that a log does not have."""
    known = {_key(Comment, dict(each)) for each in log.of(Comment)}
    known |= {_key(Dispute, dict(each)) for each in log.of(Dispute)}
    found: dict[tuple[object, ...], Asked] = {}
    for model, said in asked(returned, file):
        key = _key(model, said)
        if key not in known:
            found[key] = model, said
    return tuple(found.values())


def _key(model: type[Comment | Dispute], said: dict[str, object]) -> tuple[object, ...]:
    origin = said.get("origin")
    who = (origin.by, origin.when, origin.about, origin.where) if isinstance(origin, Origin) else ()
    return (model.kind, said["draft"], said["text"], said.get("fact", ""), *who)


def _on(sentence: Assertion | None, draft: Draft) -> dict[str, object]:
    return {"subject": subject(sentence, draft) if sentence else None}


def _origin(file: str, by: str, when: str, about: str, where: str) -> Origin:
    name, day = _clean(by)[:_NAME], _clean(when)[:_NAME] if day_of(when) else ""
    about = _cut(_clean(about))
    return Origin(file=_clean(file)[:_NAME], by=name, when=day, about=about, where=where)


def day_of(when: str) -> str:
    """Return the day of a time as Word files and PDF files say it, `2026-06-12`.

    LibreOffice says zeros where it knows none.
    """
    digits = "".join(filter(str.isdecimal, when))[:8]
    return (
        f"{digits[:4]}-{digits[4:6]}-{digits[6:]}" if digits.strip("0") and len(digits) == 8 else ""
    )


def _changed(edit: Edit, fact: BoundFact) -> str:
    """Return an edit of a figure in words."""
    old, new = _clean(edit.old), _clean(edit.new)
    done = f"“{old}” became “{new}”" if old and new else f"“{new or old}” was {_DONE[bool(new)]}"
    return _cut(f"`{fact.address}`: {done}{'' if edit.tracked else ', with tracking off'}")


def _objected(remark: Remark, fact: BoundFact) -> str:
    return _cut(f"`{fact.address}`: {_struck_out(remark)}")


def _remarked(remark: Remark) -> str:
    return _cut(_struck_out(remark) if remark.instead else _clean(remark.text) or "(no words)")


def _struck_out(remark: Remark) -> str:
    said = _clean(remark.text)
    return f"“{_clean(remark.about)}” was struck out{f', for “{said}”' if said else ''}"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}{_CUT}"


def _clean(text: str) -> str:
    """Return a text as an entry bears it: what a file says may have any character in it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(" " if is_control(each) else each for each in lines).strip()


# --- of which sentence --------------------------------------------------------------------------


def sentence_of(remark: Remark, draft: Draft) -> Assertion | None:
    """Return the sentence that a comment is on: the one whose words stand there, if it is one."""
    about, before, after = map(_folded, (remark.about, remark.before, remark.after))
    for key, left, right in (
        (about, before, after),
        (before[-_NEAR:] + after[:_NEAR] if not about else "", before[:-_NEAR], after[_NEAR:]),
        (before[-_NEAR:] if not about else "", before[:-_NEAR], after),
    ):
        found = _best(key, left, right, draft) if key.strip() else None
        if found is not None:
            return found
    return next((each for each in draft.assertions if about and _folded(each.text) in about), None)


def _best(key: str, before: str, after: str, draft: Draft) -> Assertion | None:
    """Return the sentence that has some words, and around them most of what stands around them."""
    scores: dict[Assertion, int] = {}
    for each in draft.assertions:
        text = _folded(each.text)
        at = text.find(key)
        while at >= 0:
            around = _common(text[:at][::-1], before[::-1]) + _common(text[at + len(key) :], after)
            scores[each] = max(around, scores.get(each, -1))
            at = text.find(key, at + 1)
    most = max(scores.values(), default=-1)
    best = [each for each, score in scores.items() if score == most]
    return best[0] if len(best) == 1 else None


def _folded(text: str) -> str:
    """Return a text without what a page does to it: white space, and the hyphens at its lines' ends."""
    return "".join(text.replace("\u00ad", "").replace("\ufffe", "").split())


def _common(one: str, other: str) -> int:
    pairs = zip(one, other, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _struck(remark: Remark, sentence: Assertion | None, draft: Draft) -> tuple[BoundFact, ...]:
    """Return the facts of a sentence that somebody struck out, or struck out in part."""
    if sentence is None:
        return ()
    about = _folded(remark.about)
    pieces = (each for each in draft.bound if each.id in sentence.bound)
    return tuple(
        each
        for each in pieces
        if (said := _folded(each.text)) and about and (said in about or about in said)
    )
