"""Letters made at random, and what an editor may do to one.

Hypothesis draws a seed and the number of blocks of each section; all else comes of the seed. So a
letter costs two draws and not hundreds, and a failure is made smaller by whole blocks, in seconds.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from reportgen.letters.draft import Binding, BoundFact, Draft
from reportgen.letters.markup import Element
from reportgen.problems.model import Place

if TYPE_CHECKING:
    from collections.abc import Callable

Node = Element | str
_WORDS = (
    *("the", "of", "campaign", "accounts", "exchanges", "Anthropic", "counted", "alleged"),
    *("operators", "through", "proxy", "services", "Committee", "letter", "source", "stated"),
    *("day", "average", "models", "output", "March"),
)
_FIGURES = ("28.8 million", "25,000", "June 10, 2026", "45 percent", "$3 billion", "three")


def e(tag: str, *children: Node, **attributes: str) -> Element:
    named = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}
    return Element(tag, tuple(named.items()), children)


def fact(text: str, address: str = "case.exchanges", value: str = "1") -> Element:
    return e("data", text, class_="fact", id="f-0", data_fact=address, value=value)


def note(*children: Node) -> Element:
    return e("aside", *children, id="note-0", value="0")


def numbered(document: Element) -> Element:
    """The document with facts and notes numbered in the order of reading, as composing does."""
    counts = {"f": 0, "note": 0}

    def again(node: Element) -> Element:
        kind = (node.get("id") or "").partition("-")[0]
        attributes = dict(node.attributes)
        if kind in counts:
            counts[kind] += 1
            attributes["id"] = f"{kind}-{counts[kind]}"
            if kind == "note":
                attributes["value"] = str(counts[kind])
        children = tuple(c if isinstance(c, str) else again(c) for c in node.children)
        return Element(node.tag, tuple(attributes.items()), children)

    return again(document)


def draft(document: Element, **changes: Any) -> Draft:  # noqa: ANN401 - fields of a draft
    document = numbered(document)
    bound = tuple(
        BoundFact(
            node.get("id") or "",
            Binding.FACT,
            node.get("data-fact") or "",
            node.text(),
            node.get("value") or "",
            (node.get("data-fact") or "",),
            Place("letter.md"),
        )
        for node in document.walk()
        if (node.get("id") or "").startswith("f-")
    )
    made = Draft(
        name="case/letter",
        family="committee",
        title="Letter",
        author="Example Organization",
        subject="A subject",
        date=date(2026, 6, 10),
        language="en-US",
        paper="letter",
        marking=None,
        continuation=("The Honorable A", "June 10, 2026"),
        document=document,
        charts=(),
        bound=bound,
        assertions=(),
        unbound=(),
        digest="ab" * 32,
    )
    return replace(made, **changes)


def letter(*sections: Node) -> Element:
    return e(
        "article",
        e("p", e("time", "June 10, 2026", datetime="2026-06-10"), class_="date"),
        e("h1", e("span", "Re:", class_="label"), " A subject", class_="subject"),
        e("section", *sections, class_="body"),
        e("section", e("p", "Respectfully submitted,", class_="close"), class_="closing"),
        class_="letter",
    )


# --- at random ----------------------------------------------------------------------------------


class _Hand:
    """Makes odd letters, and edits them; a seed decides how."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._draw = random.choice

    def text(self) -> str:
        return " ".join(self._draw(_WORDS) for _ in range(self._random.randint(1, 12)))

    def inline(self) -> Node:
        made: tuple[Callable[[], Node], ...] = (
            lambda: f"{self.text()} ",
            lambda: f"{self.text()}. ",
            lambda: self._draw(_FIGURES),
            lambda: fact(self._draw(_FIGURES)),
            lambda: e("em", self.text()),
            lambda: e("strong", f"{self.text()}, "),
            lambda: e("q", self.text()),
            lambda: note(e("cite", self.text()), "."),
            lambda: e("br"),
            lambda: e("a", "Table 1", href="#table-1"),
            lambda: " ",
        )
        return made[self._random.randrange(len(made))]()

    def line(self) -> tuple[Node, ...]:
        return tuple(self.inline() for _ in range(self._random.randint(0, 6)))

    def items(self) -> Element:
        return e("ul", *(e("li", *self.line()) for _ in range(self._random.randint(1, 3))))

    def table(self) -> Element:
        rows = (
            e("tr", *(e("td", *self.line()) for _ in range(self._random.randint(2, 3))))
            for _ in range(self._random.randint(1, 4))
        )
        return e("table", e("caption", "A table"), e("tbody", *rows), class_="data", id="table-1")

    def block(self) -> Element:
        match self._random.randrange(6):
            case 0:
                return self.table()
            case 1:
                return self.items()
            case 2:
                return e("ol", e("li", *self.line(), self.items()))
            case _:
                return e("p", *self.line())

    def section(self, blocks: int) -> Element:
        name = self._draw(("scale", "context"))
        head = e("h2", e("span", "1.", class_="number"), f" {name}")
        return e("section", head, *(self.block() for _ in range(blocks)), id=name)

    def letter(self, sizes: tuple[int, ...]) -> Element:
        return letter(*map(self.section, sizes))

    # what an editor may do

    def edited(self, node: Element) -> Element:
        made = [
            each if isinstance(each, str) or _is_label(each) else self.edited(each)
            for child in node.children
            for each in self._touched(child, of_block=node.tag in {"p", "li", "td"})
        ]
        if node.has_class("body") and len(made) > 1 and self._random.random() < 0.5:
            made.append(made.pop(0))
        elif node.tag == "section":
            made = self._rearranged(made)
        return replace(node, children=tuple(made))

    def _touched(self, child: Node, *, of_block: bool) -> tuple[Node, ...]:
        """Leave a piece as it is, mostly; else leave it out, double it, or write something else."""
        if isinstance(child, Element) and (child.get("class") or child.tag in {"h2", "tbody"}):
            return (child,)  # what a letter has one of, and a label or number that composing sets
        choice = self._random.randrange(20)
        if choice == 0:
            return ()
        if choice == 1:
            return (child, child)
        if choice == 2 and isinstance(child, str):
            middle = max(child.find(" ", 1), 0)
            return (f"{child[:middle]} {self.text()}{child[middle:]}",)
        return (self.inline(),) if choice == 3 and of_block and isinstance(child, str) else (child,)

    def _rearranged(self, blocks: list[Node]) -> list[Node]:
        """Divide a paragraph, join two, or move one."""
        choice = self._random.randrange(6)
        made: list[Node] = []
        for block in blocks:
            last = made[-1] if made else None
            if not isinstance(block, Element) or block.tag != "p":
                made.append(block)
            elif choice == 0 and len(block.children) > 1:
                middle = len(block.children) // 2
                made.append(replace(block, children=block.children[:middle]))
                made.append(replace(block, children=block.children[middle:]))
            elif choice == 1 and isinstance(last, Element) and last.tag == "p":
                made[-1] = replace(last, children=(*last.children, " ", *block.children))
            else:
                made.append(block)
        if choice == 2 and len(made) > 2:
            made.append(made.pop(1))
        return made


def _is_label(node: Element) -> bool:
    """Whether composing sets it: the number of a section, the "Re:" of a subject."""
    return node.tag == "span"


def _hand(seed: int) -> _Hand:
    return _Hand(Random(seed))  # noqa: S311 - repeatable, and no secret


def made(seed: int, sizes: tuple[int, ...]) -> Element:
    """A letter: its seed, and how many blocks each of its sections has."""
    return _hand(seed).letter(sizes)


def edited(document: Element, seed: int) -> Element:
    """The letter after an editor had it."""
    return _hand(seed).edited(document)


_seeds = st.integers(0, 2**32 - 1)
_sizes = st.lists(st.integers(0, 4), min_size=1, max_size=3).map(tuple)
"""How many blocks each section has: what a failure is made smaller by. The rest is the seed's."""

documents = st.builds(made, _seeds, _sizes)
pairs = st.builds(lambda old, seed: (old, edited(old, seed)), documents, _seeds)
