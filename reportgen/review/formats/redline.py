"""A redline to be read: the letter with its changes marked, and a sheet that lists what changed.

The same tree as is proved, with bars beside the blocks that changed and one section more. It is
dressed by `styles/review/redline.css`, and can be told without colors.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from reportgen.letters.markup import Element
from reportgen.problems.printing import counted
from reportgen.quantities.dates import long_form
from reportgen.quantities.notation import in_figures
from reportgen.review.redlines.flowing import WAS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportgen.letters.draft import Assertion, Draft
    from reportgen.review.model import FactChange, Redline, Saying

_BARRED: Final = frozenset(
    {"p", "h1", "h2", "h3", "ol", "ul", "dl", "blockquote", "table", "figure", "address"}
)
"""Blocks that have a bar beside them when anything in them changed."""
_TITLE: Final = "What changed"

_LONGEST: Final = 60
"""How long an exact value may be to be shown."""


def shown(redline: Redline, names: tuple[str, str], *, changes_first: bool) -> Draft:
    """Return the redline as a draft that a renderer of letters takes.

    Args:
        redline: The redline.
        names: What its two drafts are called: "draft 1", "today’s draft".
        changes_first: Whether the list of changes stands before the letter or after it.
    """
    letter = _barred(redline.document)
    sheet = changes(redline, names)
    inside = (sheet, *letter.children) if changes_first else (*letter.children, sheet)
    return replace(
        redline.after,
        title=f"{redline.after.title}: {names[1]} against {names[0]}",
        document=replace(letter, children=inside),
        charts=redline.charts,
        pictures=redline.pictures,
    )


def _barred(node: Element) -> Element:
    if node.tag in _BARRED:
        if not any(map(_is_changed, node.walk())):
            return node
        if node.tag == "table":
            return _e("div", node, class_="changed")
        names = f"{node.get('class') or ''} changed".lstrip()
        others = tuple(each for each in node.attributes if each[0] != "class")
        return replace(node, attributes=(("class", names), *others))
    children = (each if isinstance(each, str) else _barred(each) for each in node.children)
    return replace(node, children=tuple(children))


def _is_changed(node: Element) -> bool:
    """Whether words were put in or taken out, or a paragraph was an item of a list, or became one."""
    names = (node.get("class") or "").split()
    return node.tag in {"ins", "del"} or any(name.startswith(WAS) for name in names)


# --- the sheet ----------------------------------------------------------------------------------


def changes(redline: Redline, names: tuple[str, str]) -> Element:
    """Return the sheet that says in words what changed."""
    return _e("section", _e("h2", _TITLE), *_said(redline, names), class_="changes")


def _said(redline: Redline, names: tuple[str, str]) -> Iterator[Element]:
    old, new, tally = redline.before, redline.after, redline.tally
    yield _e(
        "p",
        f"{_named(names[1], new)} against {_named(names[0], old)}. {counted(tally.inserted, 'word')} "
        f"put in, {tally.deleted:,} taken out, {tally.moved:,} moved; a figure with its unit, or a "
        "phrase bound to a fact, is one word.",
    )
    yield _e(
        "p",
        _e("ins", "Put in"),
        ", ",
        _e("del", "taken out"),
        ", ",
        _e("ins", "moved to here", class_="moved"),
        ", ",
        _e("del", "moved from here", class_="moved"),
        "; a bar stands beside what changed.",
        class_="key",
    )
    # The version at the foot is another one in every draft; it stands in the first line.
    lines = [each for each in _inner(redline.heads) if not each.has_class("legend")]
    changed = [each for each in lines if any(map(_is_changed, each.walk()))]
    if changed:
        yield _e("h3", "At the head and foot of pages")
        yield _e("ul", *(_e("li", *line.children) for line in changed))
    yield _e("h3", "Facts")
    if not redline.facts:
        yield _e("p", "No fact is said otherwise.")
        return
    heads = ("Fact", names[0].capitalize(), names[1].capitalize(), "Sentences")
    yield _e(
        "table",
        _e("caption", "Facts that are said otherwise, or in one of the drafts only"),
        _e("thead", _e("tr", *(_e("th", head, scope="col") for head in heads))),
        _e("tbody", *map(_row, redline.facts)),
        class_="data",
    )


def _row(change: FactChange) -> Element:
    return _e(
        "tr",
        _e("th", change.address, scope="row"),
        _e("td", *_sayings(change.before, change.after)),
        _e("td", *_sayings(change.after, change.before)),
        _e("td", _sentences(change.left, change.touched)),
    )


def _sayings(sayings: Iterable[Saying], others: Iterable[Saying]) -> Iterator[Element | str]:
    """Yield how a draft says a fact; the exact value where it tells the drafts apart."""
    values = {each.words: each.value for each in others}
    for number, each in enumerate(sayings):
        if number:
            yield _e("br")
        yield f"“{each.words}”"
        if values.get(each.words, each.value) != each.value:
            # A comparison has the values of all that it compares; its facts have rows of their own.
            short = len(each.value) <= _LONGEST
            yield f" ({in_figures(each.value) or 'no value'})" if short else ", on other values"


def _sentences(left: Iterable[Assertion], touched: Iterable[Assertion]) -> str:
    before = ", ".join(str(each.number) for each in left)
    after = ", ".join(str(each.number) for each in touched)
    if before and after:
        return f"{after} (was {before})" if before != after else after
    return after or (f"was {before}" if before else "")


def _named(name: str, draft: Draft) -> str:
    return f"{name.capitalize()} ({long_form(draft.date)}, v{draft.digest[:6].upper()})"


def _inner(node: Element) -> Iterator[Element]:
    return (child for child in node.children if isinstance(child, Element))


def _e(tag: str, *children: Element | str, **attributes: str) -> Element:
    named = tuple((name.rstrip("_"), value) for name, value in attributes.items())
    return Element(tag, named, children)
