"""What came back from review, told in Markdown: disputes first, since somebody has to settle them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reportgen.review.log.drafts import called, version
from reportgen.review.returned.asking import day_of, sentence_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.letters.draft import Assertion, Draft
    from reportgen.review.model import Edit, Remark, Returned

_AROUND: Final = 40
"""How many characters before and after an edit show where it is."""
_MARKUP: Final = re.compile(r"([\\`*_\[\]<>|#])")


def summary(returned: Returned, file: str) -> str:
    """Return the summary of a file that came back.

    Args:
        returned: What it says.
        file: The name of the file.
    """
    draft = returned.draft
    head = (
        f"# What came back: {_plain(file)}\n\n"
        f"Compared with {called(returned.number, draft.digest)} of {draft.name}, "
        f"{version(draft.digest)}. "
        "Nothing in the case or the letter was changed; what is disputed or asked is on record "
        f"(`reportgen status {draft.name}`).\n"
    )
    return f"{head}{''.join(_parts(returned))}"


def _parts(returned: Returned) -> Iterator[str]:
    disputes = [edit for edit in returned.edits if edit.facts]
    prose = [edit for edit in returned.edits if not edit.facts]
    yield _part(
        "Disputed figures",
        [_dispute(each) for each in disputes],
        "No figure was touched.",
        "Each ends when its case file says what is proposed, with the source for it, or with "
        f'`reportgen resolve {returned.draft.name} ID "..."`.',
    )
    placed = [each for each in prose if each not in returned.unplaced]
    yield _part(
        "Edits of prose, made in prose.patch",
        [_edit(each) for each in placed],
        "There are none.",
        "Look through it, then `git apply` it in the folder that holds `cases`.",
    )
    if returned.unplaced:
        yield _part(
            "Edits to be made by hand: where they are written could not be told",
            [f"{_edit(each)}{_written(each)}" for each in returned.unplaced],
        )
    questions = [_remark(each, returned.draft) for each in returned.remarks]
    yield _part(
        "Open questions",
        questions,
        "There are none.",
        f'Each ends with its answer: `reportgen resolve {returned.draft.name} ID "..."`.',
    )


def _part(title: str, entries: list[str], none: str = "", way_on: str = "") -> str:
    """Return a part: its entries, numbered, and what is to be done with them."""
    listed = "".join(f"{at}. {entry}\n" for at, entry in enumerate(entries, start=1))
    told = f"{way_on}\n\n" if way_on and entries else ""
    return f"\n## {title}\n\n{told}{listed or f'{none}{chr(10)}'}"


def _dispute(edit: Edit) -> str:
    facts = "; ".join(f"`{fact.address}`, said as “{_plain(fact.text)}”" for fact in edit.facts)
    return f"{facts}: {_change(edit)}{_sentence(edit.sentence)}{_who(edit)}"


def _edit(edit: Edit) -> str:
    where = _sentence(edit.sentence) or f", in “{_plain(_around(edit))}”"
    return f"{_change(edit)}{where}{_who(edit)}"


def _written(edit: Edit) -> str:
    """Return the section in which the sentence of an edit is written, by its file's name."""
    place = edit.sentence.place if edit.sentence else None
    return f"; its section is written in `{Path(place.document).name}`" if place else ""


def _around(edit: Edit) -> str:
    """Return the words around an edit, as they were: of a footnote, a heading, the form."""
    start, end = max(edit.start - _AROUND, 0), edit.end + _AROUND
    start = edit.line.find(" ", start) + 1 if start else 0
    stop = edit.line.rfind(" ", edit.end, end) if end < len(edit.line) else len(edit.line)
    within = edit.line[start : stop if stop > edit.start else end]
    return f"{'… ' if start else ''}{within}{' …' if stop < len(edit.line) else ''}"


def _change(edit: Edit) -> str:
    if not edit.old:
        return f"“{_plain(edit.new)}” was put in"
    if not edit.new:
        return f"“{_plain(edit.old)}” was taken out"
    return f"“{_plain(edit.old)}” became “{_plain(edit.new)}”"


def _sentence(sentence: Assertion | None) -> str:
    return f", in sentence {sentence.number}" if sentence else ""


def _who(edit: Edit) -> str:
    if not edit.tracked:
        return " (**tracking was off**: nobody is named)"
    day = day_of(edit.when)
    by = ", ".join(map(_plain, edit.by)) or "somebody who is not named"
    return f" ({by}{f', {_plain(day)}' if day else ''})"


def _remark(remark: Remark, draft: Draft) -> str:
    about = f" on “{_plain(remark.about)}”" if remark.about else ""
    where = f", {remark.where}" if remark.where else ""
    found = sentence_of(remark, draft)
    day = day_of(remark.when)
    said = _plain(remark.text)
    if remark.instead:
        said = f"strike it out{f', for “{said}”' if said else ''}"
    return (
        f"{_plain(remark.author) or 'Somebody'}{about}{where}{_sentence(found)}: "
        f"{said}{f' ({_plain(day)})' if day else ''}"
    )


def _plain(text: str) -> str:
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))
