"""A redline: two drafts of a letter as one document, and which facts changed between them.

No redline is given out that is not proved: with all changes accepted it reads as the new draft, and
with all rejected as the old, in the body, the tables, the footnotes and the heads of pages. One
that fails is a defect of ours, and raises.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from reportgen.letters.markup import Element
from reportgen.problems.model import Defect
from reportgen.review.model import FactChange, Redline, Saying, Tally
from reportgen.review.redlines.differing import merged
from reportgen.review.redlines.flowing import readings
from reportgen.review.redlines.marking import accepted, marked, rejected
from reportgen.review.redlines.merging import Merged, Status
from reportgen.review.redlines.moving import mark_moves
from reportgen.review.redlines.tokens import reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reportgen.letters.draft import Assertion, BoundFact, Draft

    Heads = Sequence[tuple[str, str]]

_EARLIER = "earlier-"
"""How the names of drawings begin that only the old draft has."""


class UnprovedError(Defect):
    """A redline that does not give back both drafts: a defect, and no redline."""

    def __init__(self, message: str) -> None:
        super().__init__(f"{message}, so that no redline is handed out", _WAY_OUT)


_WAY_OUT: Final = (
    "Nothing was written and nothing was put on record. What still works: a redline against another "
    "draft (reportgen redline LETTER --from N), or as PDF and HTML where only its Word file failed "
    "(--format pdf,html); and the packet without a redline (reportgen review LETTER --no-redline)."
)


def redline(old: Draft, new: Draft, heads: tuple[Heads, Heads] = ((), ())) -> Redline:
    """Return what changed from one draft of a letter to another.

    Args:
        old: The earlier draft.
        new: The later one.
        heads: What stands at the head and foot of their pages: lines, each with its role.

    Raises:
        UnprovedError: When the redline would not give back both drafts.
    """
    before = _told_apart(old, new)
    charts = dict.fromkeys((*new.charts, *before.charts))
    enclosed = dict.fromkeys((*new.pictures, *before.pictures))
    shown = {
        **{f"chart:{each.name}": _digest(each.svg) for each in charts},
        **{f"picture:{each.name}": _digest(each.content) for each in enclosed},
    }
    tree = merged(before.document, new.document, shown)
    head = merged(_lines(heads[0]), _lines(heads[1]), {})
    mark_moves(tree)
    document, running = marked(tree), marked(head)
    _prove(document, (before.document, new.document), shown, outlined=not tree.lost)
    _prove(running, (_lines(heads[0]), _lines(heads[1])), {}, outlined=not head.lost)
    return Redline(
        before=old,
        after=new,
        document=document,
        heads=running,
        charts=tuple(charts),
        pictures=tuple(enclosed),
        facts=tuple(_facts(old, new)),
        tally=_tally(tree),
    )


def _prove(
    tree: Element, drafts: tuple[Element, Element], shown: Mapping[str, str], *, outlined: bool
) -> None:
    """Compare what a redline gives back with both drafts, the old one first.

    Where `outlined` is False, a paragraph has become an item of a list, or a part of a letter has
    come into another: the old draft is then compared paragraph by paragraph and table by table.
    """
    old, new = drafts
    for name, side, draft, read in (
        ("accepted", accepted(tree), new, reading),
        ("rejected", rejected(tree), old, reading if outlined else readings),
    ):
        if read(side, shown) != read(draft, shown):
            raise UnprovedError(f"with all changes {name}, the redline is not the draft")


def _lines(heads: Heads) -> Element:
    lines = tuple(Element("p", (("class", role),), (text,)) for role, text in heads)
    return Element("header", (), lines)


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def _told_apart(old: Draft, new: Draft) -> Draft:
    """Return the old draft, its drawings renamed where the new one has others of these names."""
    charts, pictures = set(new.charts), set(new.pictures)
    sources = {
        f"{kind}:{each.name}": f"{kind}:{_EARLIER}{each.name}"
        for kind, some, known in (
            ("chart", old.charts, charts),
            ("picture", old.pictures, pictures),
        )
        for each in some
        if each not in known
    }
    return replace(
        old,
        document=_resourced(old.document, sources),
        charts=tuple(
            each if each in charts else replace(each, name=f"{_EARLIER}{each.name}")
            for each in old.charts
        ),
        pictures=tuple(
            each if each in pictures else replace(each, name=f"{_EARLIER}{each.name}")
            for each in old.pictures
        ),
    )


def _resourced(node: Element, sources: Mapping[str, str]) -> Element:
    attributes = tuple(
        (name, sources.get(value, value) if name == "src" else value)
        for name, value in node.attributes
    )
    children = tuple(
        child if isinstance(child, str) else _resourced(child, sources) for child in node.children
    )
    return Element(node.tag, attributes, children)


def _tally(tree: Merged) -> Tally:
    """Count words: a bound fact, a number with its unit and the call of a note are one each."""
    counted = Counter(
        "moved" if piece.move else str(piece.status)
        for leaf in tree.leaves()
        for piece in leaf.pieces
        if piece.token.counts and (piece.status is not Status.INSERTED or not piece.move)
    )
    return Tally(counted["inserted"], counted["deleted"], counted["moved"], counted["kept"])


# --- facts --------------------------------------------------------------------------------------


def _facts(old: Draft, new: Draft) -> Iterator[FactChange]:
    """Yield each fact that is said otherwise, or has come or gone, in the order of the new draft."""
    before, after = _sayings(old.bound), _sayings(new.bound)
    for address in dict.fromkeys((*after, *before)):
        said, says = before.get(address, ()), after.get(address, ())
        if set(said) == set(says):
            continue
        gone = {each.id for each in old.bound if each.address == address and _of(each) not in says}
        come = {each.id for each in new.bound if each.address == address and _of(each) not in said}
        yield FactChange(
            address,
            said,
            says,
            tuple(_touched(old.assertions, gone)),
            tuple(_touched(new.assertions, come)),
        )


def _sayings(bound: Iterable[BoundFact]) -> dict[str, tuple[Saying, ...]]:
    found: dict[str, dict[Saying, None]] = {}
    for piece in bound:
        found.setdefault(piece.address, {})[_of(piece)] = None
    return {address: tuple(sayings) for address, sayings in found.items()}


def _of(piece: BoundFact) -> Saying:
    return Saying(piece.text, piece.value)


def _touched(assertions: Iterable[Assertion], bound: set[str]) -> Iterator[Assertion]:
    return (each for each in assertions if bound.intersection(each.bound))
