"""Letters made at random, and what an editor may do to one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from reportgen.letters.draft import Binding, BoundFact, Draft
from reportgen.letters.markup import Element
from reportgen.problems.model import Place

if TYPE_CHECKING:
    from collections.abc import Callable

    Draw = Callable[[st.SearchStrategy[Any]], Any]

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

_word = st.sampled_from(_WORDS)
_text = st.lists(_word, min_size=1, max_size=12).map(" ".join)
_inline: st.SearchStrategy[Node] = st.one_of(
    _text.map(lambda text: f"{text} "),
    _text.map(lambda text: f"{text}. "),
    st.sampled_from(_FIGURES),
    st.sampled_from(_FIGURES).map(fact),
    _text.map(lambda text: e("em", text)),
    _text.map(lambda text: e("strong", f"{text}, ")),
    _text.map(lambda text: e("q", text)),
    _text.map(lambda text: note(e("cite", text), ".")),
    st.just(e("br")),
    st.just(e("a", "Table 1", href="#table-1")),
    st.just(" "),
)
_line = st.lists(_inline, max_size=6).map(tuple)
_paragraph = _line.map(lambda line: e("p", *line))
_row = st.lists(_line, min_size=2, max_size=3).map(
    lambda cells: e("tr", *(e("td", *cell) for cell in cells))
)
_table = st.lists(_row, min_size=1, max_size=4).map(
    lambda rows: e("table", e("caption", "A table"), e("tbody", *rows), class_="data", id="table-1")
)
_items = st.lists(_line, min_size=1, max_size=3).map(
    lambda items: e("ul", *(e("li", *item) for item in items))
)
_nested = st.tuples(_line, _items).map(lambda both: e("ol", e("li", *both[0], both[1])))
_block = st.one_of(_paragraph, _paragraph, _paragraph, _table, _items, _nested)
_section = st.tuples(st.sampled_from(("scale", "context")), st.lists(_block, max_size=4)).map(
    lambda made: e(
        "section", e("h2", e("span", "1.", class_="number"), f" {made[0]}"), *made[1], id=made[0]
    )
)
documents = st.lists(_section, min_size=1, max_size=3).map(lambda made: letter(*made))


@st.composite
def edited(draw: Draw, document: Element) -> Element:
    """The document after an editor's hand: words, paragraphs and rows changed, moved, divided."""

    def again(node: Element) -> Element:
        made = [
            each if isinstance(each, str) or _is_label(each) else again(each)
            for child in node.children
            for each in _touched(child, draw, of_block=node.tag in {"p", "li", "td"})
        ]
        if node.has_class("body") and len(made) > 1 and draw(st.booleans()):
            made.append(made.pop(0))
        elif node.tag == "section":
            made = _rearranged(made, draw)
        return replace(node, children=tuple(made))

    return again(document)


def _is_label(node: Element) -> bool:
    """Whether composing sets it: the number of a section, the "Re:" of a subject."""
    return node.tag == "span"


def _touched(child: Node, draw: Draw, *, of_block: bool) -> tuple[Node, ...]:
    """Leave a piece as it is, mostly; else leave it out, double it, or write something else."""
    if isinstance(child, Element) and (child.get("class") or child.tag in {"h2", "tbody"}):
        return (child,)  # what a letter has one of, and a label or a number that composing sets
    choice = draw(st.integers(0, 19))
    if choice == 0:
        return ()
    if choice == 1:
        return (child, child)
    if choice == 2 and isinstance(child, str):
        middle = max(child.find(" ", 1), 0)
        return (f"{child[:middle]} {draw(_text)}{child[middle:]}",)
    return (draw(_inline),) if choice == 3 and of_block and isinstance(child, str) else (child,)


def _rearranged(blocks: list[Node], draw: Draw) -> list[Node]:
    """Divide a paragraph, join two, or move one."""
    choice = draw(st.integers(0, 5))
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


pairs = documents.flatmap(lambda old: st.tuples(st.just(old), edited(old)))
