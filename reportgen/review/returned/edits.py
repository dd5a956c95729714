"""What an editor did to a draft: each edit at its sentence, and at the fact that it touches.

The Word file that a draft gives and the one that came back go in. Edits are told word by word,
those that were tracked as well as those that were not. Whoever turned tracking off changed what is
left when all tracked changes are rejected: that is how their edits are known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.letters.markup import Element
from reportgen.review.model import Edit
from reportgen.review.redlines.differing import merged
from reportgen.review.redlines.merging import Merged, Status
from reportgen.review.redlines.tokens import Sort

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reportgen.letters.draft import Assertion, Draft
    from reportgen.review.returned.wordfile import Line, Mark, WordFile


@dataclass(frozen=True, slots=True)
class _Flat:
    """A line as text with single spaces.

    Attributes:
        text: Its text.
        facts: The facts that stand in it, each with its stretch.
        marks: The changes that put something in, each with its stretch.
        row: Whether it is a cell of a table.
    """

    text: str
    facts: tuple[tuple[str, int, int], ...]
    marks: tuple[tuple[Mark, int, int], ...]
    row: bool


@dataclass(frozen=True, slots=True)
class _Change:
    """A stretch of an old line, and the stretch of a new one that stands in its place."""

    line: int
    start: int
    end: int
    new_line: int
    new_start: int
    new_end: int


def edits(draft: Draft, sent: WordFile, returned: WordFile) -> tuple[Edit, ...]:
    """Return the edits in the order of reading, those of figures told fact by fact.

    Args:
        draft: The draft that was sent.
        sent: Its Word file.
        returned: The Word file that came back.
    """
    before, after = _lines(sent, returned, accepted=True)
    unaccepted = _changes(*_lines(sent, returned, accepted=False))
    reader = _Editor(draft, before, after, set(_stretches(unaccepted)), tuple(_gone(returned)))
    return tuple(edit for change in _changes(before, after) for edit in reader.edits(change))


def _lines(
    sent: WordFile, returned: WordFile, *, accepted: bool
) -> tuple[list[_Flat], list[_Flat]]:
    """Return the lines of both files, heads and feet where one has what the other has not.

    A program writes the same head into several parts, or into one; and LibreOffice leaves out what
    it has not laid out. So a head that is missing is an edit only where another stands in its
    place, or where somebody took it out on record.
    """
    before = [_flat(line) for line in sent.lines(accepted=True)]
    after = [_flat(line) for line in returned.lines(accepted=accepted)]
    old = {flat.text: flat for flat in map(_flat, sent.running(accepted=True))}
    new = {flat.text: flat for flat in map(_flat, returned.running(accepted=accepted))}
    come = [flat for text, flat in new.items() if text not in old]
    there = {_flat(line).text for line in returned.running(accepted=False)}
    before += (flat for text, flat in old.items() if text not in new and (come or text in there))
    return before, [*after, *come]


def _stretches(changes: Iterable[_Change]) -> Iterator[tuple[int, int]]:
    """Yield the places of the old text that changes touch, line and character."""
    for change in changes:
        yield from (
            (change.line, at) for at in range(change.start, max(change.end, change.start + 1))
        )


# --- lines --------------------------------------------------------------------------------------


def _flat(line: Line) -> _Flat:
    text = ""
    facts: dict[str, tuple[int, int]] = {}
    marks: list[tuple[Mark, int, int]] = []
    for bit in line.bits:
        start = len(text)
        said = " ".join(bit.text.split())
        if said:
            # Spaces at the ends of a stretch are spaces between words.
            opening = " " if bit.text[0].isspace() and text and not text.endswith(" ") else ""
            closing = " " if bit.text[-1].isspace() else ""
            start += len(opening)
            text += f"{opening}{said}{closing}"
        elif bit.text and text and not text.endswith(" "):
            text += " "
        end = start + len(said)
        for fact in bit.facts:
            facts[fact] = (min(start, facts.get(fact, (start, end))[0]), end)
        marks += ((mark, start, end) for mark in bit.marks if mark.kind == "ins")
    spans = tuple((fact, *span) for fact, span in facts.items())
    return _Flat(text.rstrip(), spans, tuple(marks), line.row is not None)


def _gone(file: WordFile) -> Iterator[tuple[str, Mark]]:
    """Yield what tracked changes took out, in stretches of one author."""
    lines = (*file.body, *(line for note in file.notes.values() for line in note), *file.heads)
    for line in lines:
        text, last = "", None
        for bit in line.bits:
            mark = next((each for each in bit.marks if each.kind == "del"), None)
            if mark != last and last is not None:
                yield " ".join(text.split()), last
                text = ""
            text, last = (text + bit.text if mark else ""), mark
        if last is not None:
            yield " ".join(text.split()), last


# --- changes ------------------------------------------------------------------------------------


def _changes(old: Sequence[_Flat], new: Sequence[_Flat]) -> list[_Change]:
    """Return what changed from some lines to others, spaces left out."""
    tree = merged(_section(old), _section(new), {})
    found: list[_Change] = []
    walk = _Walk(old, new)
    for leaf in tree.parts:
        found += walk.leaf(leaf)
    return found


def _section(lines: Iterable[_Flat]) -> Element:
    # A cell is not paired with a paragraph, nor is it divided as one.
    made = (Element("dd" if line.row else "p", (), (line.text,)) for line in lines)
    return Element("section", (), tuple(made))


class _Walk:
    """Walks along both texts, and notes where they part."""

    def __init__(self, old: Sequence[_Flat], new: Sequence[_Flat]) -> None:
        self._ends = [[len(line.text) for line in lines] for lines in (old, new)]
        self._lines = [0, 0]
        self._at = [0, 0]

    def leaf(self, leaf: Merged) -> Iterator[_Change]:
        """Walk along one line of either text or of both."""
        self._at = [0, 0]
        begun: tuple[list[int], list[int]] | None = None
        said = False
        for piece in leaf.pieces:
            if piece.status is Status.KEPT:
                if begun is not None and said:
                    yield self._change(*begun)
                begun, said = None, False
            elif begun is None:
                begun = (list(self._lines), list(self._at))
            said = said or (piece.status is not Status.KEPT and piece.token.sort is not Sort.SPACE)
            self._pass(piece.status, piece.token.sort, len(_text(piece.token.node)))
        if begun is not None and said:
            yield self._change(*begun)
        if leaf.status is not Status.INSERTED:
            self._lines[0] += 1
        if leaf.status is not Status.DELETED:
            self._lines[1] += 1

    def _pass(self, status: Status, sort: Sort, length: int) -> None:
        for side, other in ((0, Status.INSERTED), (1, Status.DELETED)):
            if status is other:
                continue
            if sort is Sort.BREAK:
                self._lines[side] += 1
                self._at[side] = 0
            else:
                self._at[side] += length

    def _change(self, lines: list[int], at: list[int]) -> _Change:
        """Return the change from a place to where the walk is; within a line of each text."""
        ends = [
            self._at[side] if self._lines[side] == lines[side] else self._ends[side][lines[side]]
            for side in (0, 1)
        ]
        return _Change(lines[0], at[0], ends[0], lines[1], at[1], ends[1])


def _text(node: Element | str) -> str:
    return node if isinstance(node, str) else node.text()


# --- edits --------------------------------------------------------------------------------------


class _Editor:
    """Tells of changes whose they are and what they touch."""

    def __init__(
        self,
        draft: Draft,
        before: Sequence[_Flat],
        after: Sequence[_Flat],
        untracked: set[tuple[int, int]],
        gone: Sequence[tuple[str, Mark]],
    ) -> None:
        self._draft = draft
        self._facts = {piece.id: piece for piece in draft.bound}
        self._before, self._after = before, after
        self._untracked = untracked
        self._gone = gone

    def edits(self, change: _Change) -> Iterator[Edit]:
        """Yield the edit, or one for each fact that the change touches."""
        line = self._line(self._before, change.line)
        old = line.text[change.start : change.end]
        new = self._line(self._after, change.new_line).text[change.new_start : change.new_end]
        marks = tuple(self._marks(change, old))
        stretch = _stretches((change,))
        tracked = bool(marks) or not any(place in self._untracked for place in stretch)
        sentence = self._sentence(line, change)
        facts = tuple(
            self._facts[fact]
            for fact, start, end in line.facts
            if fact in self._facts and _touches(change, start, end)
        )
        yield Edit(
            old=" ".join(old.split()),
            new=" ".join(new.split()),
            line=line.text,
            start=change.start,
            end=change.end,
            bounds=_bounds(line, change),
            sentence=sentence,
            facts=facts,
            by=tuple(dict.fromkeys(mark.author for mark in marks if mark.author)),
            when=max((mark.when for mark in marks), default=""),
            tracked=tracked,
        )

    @staticmethod
    def _line(lines: Sequence[_Flat], number: int) -> _Flat:
        return lines[number] if number < len(lines) else _Flat("", (), (), row=False)

    def _marks(self, change: _Change, old: str) -> Iterator[Mark]:
        """Yield the tracked changes that made it."""
        for mark, start, end in self._line(self._after, change.new_line).marks:
            if start < change.new_end and end > change.new_start:
                yield mark
        words = " ".join(old.split())
        if words:
            yield from (mark for text, mark in self._gone if words in text or text in words)

    def _sentence(self, line: _Flat, change: _Change) -> Assertion | None:
        for assertion in self._draft.assertions:
            if line.row:
                if line.text in assertion.text.split(" | "):
                    return assertion
                continue
            start = line.text.find(assertion.text)
            if start >= 0 and start <= change.start <= start + len(assertion.text):
                return assertion
        return None


def _touches(change: _Change, start: int, end: int) -> bool:
    """Whether a change takes something out of a stretch, or puts something into it."""
    if change.start == change.end:
        return start < change.start < end
    return change.start < end and change.end > start


def _bounds(line: _Flat, change: _Change) -> tuple[int, int]:
    """Return how far around a change no fact stands: so far the source has the same words."""
    before = max((end for _, _, end in line.facts if end <= change.start), default=0)
    after = min(
        (start for _, start, _ in line.facts if start >= change.end), default=len(line.text)
    )
    return before, after
