"""Numbers that are bound to no fact: found in composing, told here with the sentence they are in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.review.matter import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.problems.model import Place
    from reportgen.review.matter import Matter, Sentence


def unbound_number(matter: Matter) -> Iterator[Finding]:
    """Yield the numbers that composing found to be bound to nothing, each with its sentence."""
    for unbound, problem in zip(matter.draft.unbound, matter.unbound, strict=False):
        sentence, start = _sentence(matter, unbound.text, unbound.place)
        yield Finding(
            problem.code,
            problem.message,
            problem.help or "",
            sentence,
            start,
            start + len(unbound.text),
            place=unbound.place,
        )


def _sentence(matter: Matter, words: str, place: Place) -> tuple[Sentence | None, int]:
    """Return the sentence of the section at `place` that has the words outside its bound pieces."""
    line = place.span.line if place.span else 0
    for sentence in reversed(matter.sentences):
        section = sentence.assertion.place
        if section.document != place.document or (section.span and section.span.line > line):
            continue
        text = sentence.text
        for said in sentence.said:
            text = f"{text[: said.start]}{chr(0) * (said.end - said.start)}{text[said.end :]}"
        start = text.find(words)
        if start >= 0:
            return sentence, start
    return None, 0
