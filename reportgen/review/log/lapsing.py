"""Why a verdict no longer holds: what the sentence said then, and what it says today, in words.

Two states of one sentence go in, a sentence in plain words comes out. Which sentence of today was
which of then is found by what they have in common: their words and their facts.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter, defaultdict
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from reportgen.letters.markup import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reportgen.review.log.entries import Rest, Said, Subject

_LEAST: Final = 0.3
"""What two states of one sentence have in common at least, of 1."""

_NEIGHBORS: Final = 8
"""How many sentences before and after are looked at for each word, whatever the letter's length."""

_LONGEST: Final = 160
"""How many characters of what was taken out or added are shown."""

_COUNTED: Final = re.compile(r"\b(Table|Figure) [0-9]+")
_TOKEN: Final = re.compile(r"\S+")


def reason(before: Subject, after: Subject) -> str:
    """Return what changed in a sentence, as clauses without a full stop."""
    clauses = (
        *_figures(before, after),
        *_wording(before, after),
        *_sources(before.grounds, after.grounds),
        *_context(before, after),
    )
    return "; ".join(clauses) or "the table or figure that it mentions is another one"


def successors(before: Sequence[Subject], after: Sequence[Subject]) -> Mapping[int, int]:
    """Return which sentence of today a changed one of then has become.

    Args:
        before: Sentences as they stood, none of which stands so today.
        after: Sentences of today that stood in none of the earlier states.

    Returns:
        Positions in `before` by positions in `after`, each at most once: those that have most in
        common first, and of equals those that stand in the same order.
    """
    found: dict[int, int] = {}
    waiting: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for old, each in enumerate(before):
        waiting[_frame(each)].append(old)
    # Where figures or sources alone changed, as they do by the hundred, nothing need be weighed.
    for new, each in enumerate(after):
        same = waiting[_frame(each)]
        if same:
            found[new] = same.pop(0)
    taken = set(found.values())
    pairs = _pairs(
        {old: each for old, each in enumerate(before) if old not in taken},
        {new: each for new, each in enumerate(after) if new not in found},
    )
    for _, _, old, new in sorted(pairs):
        if new not in found and old not in taken:
            found[new] = old
            taken.add(old)
    return found


def _frame(subject: Subject) -> tuple[str, ...]:
    """Return the words of a sentence around what is bound, and the addresses of that."""
    return (*_unbound(subject), *(piece.address for piece in subject.bound))


def _pairs(
    before: Mapping[int, Subject], after: Mapping[int, Subject]
) -> Iterator[tuple[float, int, int, int]]:
    """Yield which sentences may be one: how unlike, how far apart, and their positions."""
    bags = {old: _bag(each) for old, each in before.items()}
    holders: dict[str, list[int]] = defaultdict(list)
    for old, bag in bags.items():
        for token in bag:
            holders[token].append(old)
    for new, each in after.items():
        bag = _bag(each)
        for old in {old for token in bag for old in _near(holders[token], new)}:
            common = (bag & bags[old]).total()
            likeness = 2 * common / (bag.total() + bags[old].total())
            if likeness >= _LEAST and _is_row(each) == _is_row(before[old]):
                yield -likeness, abs(each.number - before[old].number), old, new


def _near(positions: Sequence[int], position: int) -> Sequence[int]:
    """Return the positions next to one: a word that all sentences have tells none of them apart."""
    middle = bisect(positions, position)
    return positions[max(0, middle - _NEIGHBORS) : middle + _NEIGHBORS]


def _is_row(subject: Subject) -> bool:
    """Whether a sentence is a row of a table, which often has the facts of a sentence near it."""
    return " | " in subject.text


def _bag(subject: Subject) -> Counter[str]:
    """Return the words, the pairs of words and the facts of a sentence, and how often each is."""
    said = re.findall(r"\w+", subject.text.casefold())
    pairs = (f"{one} {other}" for one, other in pairwise(said))
    return Counter((*said, *pairs, *(f"={piece.address}" for piece in subject.bound)))


# --- what changed -------------------------------------------------------------------------------


def _figures(before: Subject, after: Subject) -> Iterator[str]:
    """Say which bound pieces changed, came or went."""
    old, new = _by_address(before.bound), _by_address(after.bound)
    for address in dict.fromkeys((*old, *new)):
        was, now = old.get(address, ()), new.get(address, ())
        for one, other in zip(was, now, strict=False):
            if words(one.text) != words(other.text):
                yield f"`{address}` was “{one.text}” and is “{other.text}”"
            elif one.value != other.value:
                yield f"the value of `{address}` was {one.value} and is {other.value}"
        yield from (f"“{each.text}” (`{address}`) is gone" for each in was[len(now) :])
        yield from (f"“{each.text}” (`{address}`) is new" for each in now[len(was) :])


def _by_address(bound: Iterable[Said]) -> Mapping[str, tuple[Said, ...]]:
    found: dict[str, tuple[Said, ...]] = {}
    for piece in bound:
        found[piece.address] = (*found.get(piece.address, ()), piece)
    return found


def _wording(before: Subject, after: Subject) -> Iterator[str]:
    """Say which words changed, apart from those that are bound."""
    was, now = _unbound(before), _unbound(after)
    parts = []
    for tag, low, high, start, end in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag != "equal":
            out, in_ = _excerpt(was[low:high]), _excerpt(now[start:end])
            parts += [f"- {out}"] if out else []
            parts += [f"+ {in_}"] if in_ else []
    if parts:
        yield f"the words changed: {' '.join(parts)}"


def _unbound(subject: Subject) -> list[str]:
    """Return the words of a sentence, a mark in place of each bound piece."""
    text, parts = _COUNTED.sub(r"\1", words(subject.text)), []
    for piece in subject.bound:
        before, found, after = text.partition(words(piece.text))
        if found:
            parts.append(before)
            text = after
    return _TOKEN.findall("\0".join((*parts, text)))


def _excerpt(tokens: Iterable[str]) -> str:
    text = " ".join(tokens).replace("\0", "…").strip("… ")
    if not text:
        return ""
    return f"“{text if len(text) <= _LONGEST else text[: _LONGEST - 1] + '…'}”"


def _sources(before: Iterable[Rest], after: Iterable[Rest]) -> Iterator[str]:
    """Say which sources changed, came or went, fact by fact."""
    old, new = tuple(before), tuple(after)
    for fact in dict.fromkeys(each.fact for each in (*old, *new)):
        was = tuple(each for each in old if each.fact == fact)
        now = tuple(each for each in new if each.fact == fact)
        if not was or not now:
            continue  # the fact itself came or went
        known = {each.source: each for each in was}
        for each in now:
            same = known.pop(each.source, None)
            if same is None:
                yield f"the source of `{fact}` changed: + {_cited(each)}"
            elif words(same.pin) != words(each.pin):
                yield f"the pin cite of `{fact}` was “{same.pin}” and is “{each.pin}”"
            elif words(same.quote) != words(each.quote):
                yield f"the words quoted for `{fact}` were “{same.quote}” and are “{each.quote}”"
            elif same.exhibit != each.exhibit:
                yield f"the exhibit for `{fact}` is another file"
        yield from (f"the source of `{fact}` changed: - {_cited(each)}" for each in known.values())


def _cited(rest: Rest) -> str:
    publisher, title, published, *_ = (*rest.source.split(" | "), "", "")
    dated = f", {published}" if published not in {"", "None"} else ""
    return f"{publisher}, “{title}”{dated}" if title else rest.source


def _context(before: Subject, after: Subject) -> Iterator[str]:
    if before.context != after.context:
        yield (
            "the caption or the heads above its row changed: "
            f"“{before.context}” is now “{after.context}”"
        )
