"""The confidential and the public version of one letter.

A draft whose passages are marked goes in; two drafts come out. In the confidential one each marked
passage stands in brackets, and every page bears the legend and a number (17 CFR 200.83(c)(2)). In
the public one it is gone, with every fact, note, chart, alternative text and value in it: what
stands in its place is a bar, of one width whatever it covers, and the reason. Nothing is hidden:
what is not in the public draft can be in no file made from it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.letters.draft import Draft, Production, Version
from reportgen.letters.markup import Element
from reportgen.problems.model import Place, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportgen.letters.draft import BoundFact
    from reportgen.letters.model import Confidentiality

Node = Element | str


def versions(
    draft: Draft, confidentiality: Confidentiality | None, path: str
) -> tuple[tuple[Draft, ...], tuple[Problem, ...]]:
    """Return the versions of a letter.

    Args:
        draft: The composed letter, its confidential passages marked.
        confidentiality: How its confidential version is marked, if the letter says.
        path: The letter's file, for places.

    Returns:
        The draft itself when nothing in it is confidential; else the confidential and the public
        version. Problems: `confidentiality-missing`, when the letter does not say how to mark it;
        `redaction-leak`, a warning for each figure that is confidential in one place and not in
        another.
    """
    if not any(_is_confidential(node) for node in draft.document.walk()):
        return (draft,), ()
    if confidentiality is None:
        return (), (
            Problem(
                "confidentiality-missing",
                "passages of this letter are confidential, and it does not say how to mark them",
                Place(path),
                "add `confidentiality:` with `requested_by` and `bates: {prefix: ...}`",
            ),
        )
    return (_confidential(draft, confidentiality), _public(draft)), tuple(_leaks(draft))


def _is_confidential(node: Element) -> bool:
    return node.has_class("confidential")


# --- the confidential version -------------------------------------------------------------------


def _confidential(draft: Draft, how: Confidentiality) -> Draft:
    legend = how.legend.replace("{requested_by}", how.requested_by)
    return replace(
        draft,
        document=_bracketed(draft.document),
        version=Version.CONFIDENTIAL,
        production=Production(legend, how.bates.prefix, how.bates.first),
    )


def _bracketed(node: Element) -> Element:
    """Return the tree with brackets around the text of each confidential element."""
    children = tuple(
        _bracketed(child) if isinstance(child, Element) else child for child in node.children
    )
    if not _is_confidential(node):
        return replace(node, children=children)
    if node.tag == "div":
        return replace(node, children=_closed(_opened(children)))
    return replace(node, children=("[", *children, "]"))


_TEXT = frozenset({"p", "li", "td", "th", "figcaption", "caption", "h3"})


def _opened(children: tuple[Node, ...]) -> tuple[Node, ...]:
    first, *rest = children
    return (_with_bracket(first, opening=True), *rest)


def _closed(children: tuple[Node, ...]) -> tuple[Node, ...]:
    *most, last = children
    return (*most, _with_bracket(last, opening=False))


def _with_bracket(node: Node, *, opening: bool) -> Node:
    """Put a bracket at the beginning or the end of the text of a block."""
    if isinstance(node, str):
        return f"[{node}" if opening else f"{node}]"
    if node.tag in _TEXT or not node.children:
        return replace(node, children=("[", *node.children) if opening else (*node.children, "]"))
    order = range(len(node.children)) if opening else reversed(range(len(node.children)))
    # A figure's picture holds no text; its caption does.
    index = next((i for i in order if not _is_picture(node.children[i])), 0 if opening else -1)
    children = list(node.children)
    children[index] = _with_bracket(children[index], opening=opening)
    return replace(node, children=tuple(children))


def _is_picture(node: Node) -> bool:
    return isinstance(node, Element) and node.tag == "img"


# --- the public version -------------------------------------------------------------------------


def _public(draft: Draft) -> Draft:
    document = _redacted(draft.document)
    ids = {node.get("id") for node in document.walk()}
    pictures = {node.get("src") for node in document.walk() if node.tag == "img"}
    return replace(
        draft,
        document=document,
        version=Version.PUBLIC,
        bound=tuple(piece for piece in draft.bound if piece.id in ids),
        charts=tuple(chart for chart in draft.charts if f"chart:{chart.name}" in pictures),
        pictures=tuple(each for each in draft.pictures if f"picture:{each.name}" in pictures),
        # The sentences of the index are those of the confidential version, as are its findings.
        assertions=(),
        unbound=(),
    )


def _redacted(node: Element) -> Element:
    """Return the tree with a bar and a reason in place of each confidential element."""
    if not _is_confidential(node):
        children = tuple(
            _redacted(child) if isinstance(child, Element) else child for child in node.children
        )
        return replace(node, children=children)
    reason = node.get("title") or ""
    bar = (Element("span", (("class", "bar"),)), f" [{reason}]")
    # A table or figure keeps its anchor, since the text may mention it; a note its number.
    anchors = [
        below.get("id")
        for below in node.walk()
        if below.tag in {"table", "figure"} and below.get("id")
    ]
    anchor = (("id", str(anchors[0])),) if anchors else ()
    notes = (_emptied(below, reason) for below in node.walk() if below.tag == "aside")
    tag = "p" if node.tag == "div" else "span"
    return Element(tag, (("class", "redacted"), *anchor), (*bar, *notes))


def _emptied(note: Element, reason: str) -> Element:
    return replace(note, children=(Element("span", (("class", "bar"),)), f" [{reason}]"))


# --- leaks --------------------------------------------------------------------------------------


def _leaks(draft: Draft) -> Iterator[Problem]:
    """Warn of each figure that stands in a confidential passage, and elsewhere in the open."""
    covered = {
        below.get("id")
        for node in draft.document.walk()
        if _is_confidential(node)
        for below in node.walk()
    }
    hidden = _figures(piece for piece in draft.bound if piece.id in covered)
    for piece in draft.bound:
        shared = hidden & _figures((piece,))
        if piece.id not in covered and shared:
            fact = min(shared)
            yield Problem(
                "redaction-leak",
                f"“{piece.text}” rests on `{fact}`, which stands in a confidential passage as well",
                piece.place,
                "mark the fact itself: `confidential:` in its case file covers all that rests on it",
                Severity.WARNING,
            )


def _figures(pieces: Iterable[BoundFact]) -> set[str]:
    """Return the facts behind pieces that state a figure."""
    return {fact for piece in pieces if piece.value[:1].isdigit() for fact in piece.facts}
