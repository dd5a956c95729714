"""What an approval is given to: all that a reader of the letter sees, and what it rests on.

A draft goes in; its passages come out, the sentences by their digests and everything else by its
words, and one digest over them all. How they are set does not count: neither typography, nor where
a paragraph ends, nor the drawing of a chart apart from its data.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from reportgen.letters.markup import Element, words
from reportgen.review.log.entries import subject
from reportgen.review.log.lapsing import reason, successors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.letters.draft import Draft

K = TypeVar("K")

SENTENCE: Final = "sentence"

_PARTS: Final = {
    "letterhead": "letterhead",
    "date": "date",
    "delivery": "delivery line",
    "addressees": "inside address",
    "subject": "subject",
    "salutation": "salutation",
    "closing": "signature block",
    "enclosures": "list of enclosures",
    "copies": "list of copies",
    "exhibit": "enclosure",
}
"""What the parts of a letter are called, by their classes."""

_HEADS: Final = {"h2": "heading", "h3": "heading", "caption": "caption", "thead": "table head"}
_NOTE: Final = re.compile(r"\bnote [0-9]+")


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of the content.

    Attributes:
        part: What it is, for people: sentence, subject, footnote.
        text: Its words.
        key: What it is told by: its words, or its digest.
    """

    part: str
    text: str
    key: str


def digest(draft: Draft) -> str:
    """Return SHA-256 over the content of a draft."""
    content = [[passage.part, passage.key] for passage in passages(draft)]
    canonical = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def passages(draft: Draft) -> tuple[Passage, ...]:
    """Return the content of a draft: its form and its body as they are read, then the rest."""
    return (
        *_of_text("marking", draft.marking or ""),
        *_of_article(draft.document),
        *(Passage(SENTENCE, each.text, each.digest) for each in draft.assertions),
        *(
            Passage(
                "chart", chart.title, json.dumps([chart.alternative, chart.columns, chart.rows])
            )
            for chart in draft.charts
        ),
        *(
            Passage("picture", picture.name, hashlib.sha256(picture.content).hexdigest())
            for picture in draft.pictures
        ),
    )


def changes(before: Draft, after: Draft) -> tuple[str, ...]:
    """Return what changed between two drafts, a sentence without a full stop each."""
    return (*_changed_sentences(before, after), *_changed_parts(before, after)) or (
        "its sentences stand in another order",
    )


# --- the passages -------------------------------------------------------------------------------


def _of_article(article: Element) -> Iterator[Passage]:
    for child in article.children:
        if isinstance(child, str):
            yield from _of_text("text", child)
        elif child.tag == "section" and child.has_class("body"):
            yield from _of_body(child)
        else:
            part = next((name for key, name in _PARTS.items() if child.has_class(key)), "text")
            yield from _of_text(part, child.text())
            yield from _marked(child)


def _of_body(body: Element) -> Iterator[Passage]:
    """Yield what of the body is no sentence: heads, footnotes, links, confidential passages."""
    for node in body.walk():
        if node.tag in _HEADS:
            yield from _of_text(_HEADS[node.tag], _unnumbered(node))
        elif node.tag == "aside":
            yield from _of_text("footnote", node.text())
    yield from _marked(body)


def _marked(node: Element) -> Iterator[Passage]:
    """Yield where links lead, and what is confidential and why."""
    for each in node.walk():
        target = each.get("href") or ""
        if each.tag == "a" and not target.startswith("#"):
            yield Passage("link", target, f"{words(each.text())} {target}")
        elif each.has_class("confidential"):
            text = words(each.text(notes=False))
            yield Passage("confidential passage", text, f"{text} [{each.get('title')}]")


def _unnumbered(head: Element) -> str:
    """Return the words of a head without the number that it has today."""
    return "".join(
        child
        if isinstance(child, str)
        else ""
        if child.tag == "span" and (child.has_class("number") or child.has_class("label"))
        else f"{child.text()} "
        for child in head.children
    )


def _of_text(part: str, text: str) -> Iterator[Passage]:
    said = words(text)
    if said:
        # The number of a note that another note mentions is where it stands, not what it says.
        yield Passage(part, said, _NOTE.sub("note", said))


# --- what changed -------------------------------------------------------------------------------


def _changed_sentences(before: Draft, after: Draft) -> Iterator[str]:
    old = [subject(assertion, before) for assertion in before.assertions]
    new = [subject(assertion, after) for assertion in after.assertions]
    gone = Counter(each.digest for each in old) - Counter(each.digest for each in new)
    come = Counter(each.digest for each in new) - Counter(each.digest for each in old)
    lost = [each for each in old if _taken(gone, each.digest)]
    found = [each for each in new if _taken(come, each.digest)]
    became = successors(lost, found)
    for position, each in enumerate(found):
        if position in became:
            yield f"sentence {each.number}: {reason(lost[became[position]], each)}"
        else:
            yield f"sentence {each.number} is new: “{each.text}”"
    for position, each in enumerate(lost):
        if position not in became.values():
            yield f"a sentence is gone: “{each.text}”"


def _changed_parts(before: Draft, after: Draft) -> Iterator[str]:
    old = [each for each in passages(before) if each.part != SENTENCE]
    new = [each for each in passages(after) if each.part != SENTENCE]
    counted = Counter((each.part, each.key) for each in old)
    gone = counted - Counter((each.part, each.key) for each in new)
    come = Counter((each.part, each.key) for each in new) - counted
    lost = [each for each in old if _taken(gone, (each.part, each.key))]
    found = [each for each in new if _taken(come, (each.part, each.key))]
    for part in dict.fromkeys(each.part for each in (*lost, *found)):
        was = [each.text for each in lost if each.part == part]
        now = [each.text for each in found if each.part == part]
        if len(was) == len(now) == 1:
            same = was == now
            yield (
                f"the {part} “{now[0]}” changed"
                if same
                else (f"the {part} was “{was[0]}” and is “{now[0]}”")
            )
        else:
            yield from (f"a {part} is gone: “{text}”" for text in was)
            yield from (f"a {part} is new: “{text}”" for text in now)


def _taken(counter: Counter[K], key: K) -> bool:
    """Take one of a kind out of a count, if there is one."""
    if counter[key] <= 0:
        return False
    counter[key] -= 1
    return True
