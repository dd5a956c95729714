"""Where the words of a sentence stand in the file that says them.

A sentence knows the section that it was written in. Its words are looked for there, between what
the template computes, as they are and with more and more of the words around them; what a template
prints has its place from the binding. What is found nowhere stands at its section.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen.problems.model import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reportgen.files.text import Text
    from reportgen.review.matter import Finding, Sentence

_COMPUTED: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|<!--.*?-->", re.DOTALL)
_SAME: Final = str.maketrans("“”‘’–—\u00a0\u202f\u2011", "\"\"''--  -")
_BETWEEN: Final = r"[\s*_\\]+"
_MARKUP: Final = r"[*_\\]*"
_AROUND: Final = (6, 4, 2, 1, 0)
"""How many words on either side are looked for with the words themselves, at first and at last."""


class Placing:
    """Finds places in the texts of one letter."""

    def __init__(self, texts: Mapping[str, Text], sentences: Iterable[Sentence]) -> None:
        """Prepare the texts.

        Args:
            texts: The templates and the prose by their paths.
            sentences: The letter's sentences, which know where sections begin.
        """
        self._texts = texts
        self._searched = {path: _searched(text.text) for path, text in texts.items()}
        self._starts: dict[str, set[int]] = {}
        for sentence in sentences:
            place = sentence.assertion.place
            if place.span is not None:
                self._starts.setdefault(place.document, set()).add(place.span.line)

    def place(self, finding: Finding, elsewhere: str) -> Place:
        """Return where a finding stands, as exactly as it can be known.

        Args:
            finding: The finding.
            elsewhere: The letter's own file, where nothing better is known.
        """
        if finding.place is not None:
            return finding.place
        sentence = finding.sentence
        if sentence is None:
            return self._anywhere(finding.words, elsewhere)
        within = next(
            (s for s in sentence.said if s.start <= finding.start and finding.end <= s.end), None
        )
        if within is not None:
            return within.piece.place
        found = self._in_section(sentence, finding.start, finding.end)
        if found is not None:
            return found
        touched = next(
            (s for s in sentence.said if s.start < finding.end and finding.start < s.end), None
        )
        return touched.piece.place if touched else sentence.assertion.place

    def waiver(self, sentence: Sentence, code: str) -> Place:
        """Return where a waiver of `code` stands in the section of a sentence."""
        section = sentence.assertion.place
        text = self._texts.get(section.document)
        if text is None:
            return section
        first, last = self._bounds(section, text)
        match = re.compile(rf"""waive\(\s*["']{re.escape(code)}["']""").search(
            text.text, first, last
        )
        return Place(section.document, span=text.span(*match.span())) if match else section

    def _bounds(self, section: Place, text: Text) -> tuple[int, int]:
        """Return where a section begins and ends in its text."""
        line = section.span.line if section.span else 1
        later = [each for each in self._starts.get(section.document, ()) if each > line]
        last = _offset(text.text, min(later)) if later else len(text.text)
        return _offset(text.text, line), last

    def _in_section(self, sentence: Sentence, start: int, end: int) -> Place | None:
        section = sentence.assertion.place
        text = self._texts.get(section.document)
        if text is None:
            return None
        first, last = self._bounds(section, text)
        return self._among(section.document, _phrases(sentence, start, end), first, last)

    def _anywhere(self, words: str, elsewhere: str) -> Place:
        for path, text in self._texts.items():
            found = self._among(path, [_Phrase("", words, "")], 0, len(text.text))
            if found is not None:
                return found
        return Place(elsewhere)

    def _among(self, path: str, phrases: Iterable[_Phrase], first: int, last: int) -> Place | None:
        searched = self._searched[path]
        for phrase in phrases:
            if not phrase.words.strip():
                continue
            pattern = f"{_pattern(phrase.before)}(?P<words>{_pattern(phrase.words)})"
            match = re.compile(pattern + _pattern(phrase.after)).search(searched, first, last)
            if match is not None:
                return Place(path, span=self._texts[path].span(*match.span("words")))
        return None


class _Phrase(NamedTuple):
    """Words that are looked for, and those around them, as they stand in the sentence."""

    before: str
    words: str
    after: str


def _phrases(sentence: Sentence, start: int, end: int) -> Iterator[_Phrase]:
    """Yield the words with fewer and fewer of those around them that no template prints."""
    text = sentence.text
    inside = [s for s in sentence.said if s.start < end and start < s.end]
    if inside:
        # Of what reaches into a printed piece, the words before it are looked for, else those after.
        if text[start : max(start, inside[0].start)].strip():
            end = inside[0].start
        else:
            start = inside[-1].end
    words = text[start:end].strip()
    start = text.find(words, start) if words else start
    end = start + len(words)
    before = text[max((s.end for s in sentence.said if s.end <= start), default=0) : start]
    after = text[end : min((s.start for s in sentence.said if s.start >= end), default=len(text))]
    for count in _AROUND:
        earlier = re.search(rf"(?:\S+\s+){{0,{count}}}\S*\Z", before) if count else None
        later = re.match(rf"\S*(?:\s+\S+){{0,{count}}}", after) if count else None
        yield _Phrase(earlier[0] if earlier else "", words, later[0] if later else "")


def _pattern(words: str) -> str:
    """Return a pattern of words in which emphasis and line breaks do not count."""
    parts = re.split(r"(\s+)", words.translate(_SAME))
    return _MARKUP.join(_BETWEEN if not part.strip() else re.escape(part) for part in parts if part)


def _searched(text: str) -> str:
    """Return the text with what is computed blanked out, signs folded, every position kept."""
    blanked = _COMPUTED.sub(lambda match: re.sub(r"[^\n]", "\0", match[0]), text)
    return blanked.translate(_SAME)


def _offset(text: str, line: int) -> int:
    """Return where line `line` begins."""
    position = 0
    for _ in range(line - 1):
        position = text.find("\n", position) + 1
    return position
