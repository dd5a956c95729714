"""Letters and what an editor may do to one, from a seed: the same seed makes the same pair.

The letters are made like those of the families: numbered sections of prose with facts and footnotes,
lists, lists within lists, tables with heads. An edit is one of `EDITS`; a pair is a letter and the
same letter after a few of them.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, TypeVar

from reportgen.letters.markup import Element
from tests.review.letters_made import draft, e, fact, letter, note

T = TypeVar("T")

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from reportgen.letters.draft import Draft

_SUBJECTS = (
    *("The operators", "The Company", "Each account", "The Committee", "A reseller"),
    *("Our engineers", "The service", "One network", "The staff", "An outside adviser"),
)
_VERBS = (
    *("described", "obtained", "counted", "reviewed", "reported", "measured", "disclosed"),
    *("examined", "compared", "recorded", "retained", "summarized"),
)
_OBJECTS = (
    *("the exchanges", "the requests of that period", "an account of the traffic", "its records"),
    *("the pattern of payments", "several addresses", "the output of the model", "what was known"),
    *("the measures that were taken", "the indicators", "a part of the evidence"),
)
_ENDS = (
    *("in the window", "as of this date", "without delay", "through commercial proxy services"),
    *("for the purposes of this letter", "under its terms of service", "at the request of counsel"),
    *("before the accounts were closed", "in writing", "over the whole campaign"),
)
_FIGURES = (
    *("28.8 million", "25,000", "150,000", "45 percent", "$3 billion", "3.4 million", "13 million"),
    *("June 10, 2026", "April 22, 2026", "1.2 million", "640,000", "17 percent", "9,400"),
)
_ADDED = ("further", "reportedly", "on average", "so far", "again", "itself", "in part", "alone")
_NAMES = ("DeepSeek", "Moonshot", "MiniMax", "Borealis", "Acme", "Cirrus", "Vesper", "Halcyon")
_HEADS = ("Campaign", "Exchanges", "Accounts", "Disclosed", "Share", "Basis", "Window")


@dataclass(eq=False)
class Node:
    """An element that can be edited."""

    tag: str
    attributes: dict[str, str]
    children: list[Node | str] = field(default_factory=list)

    def elements(self) -> list[Node]:
        return [each for each in self.children if isinstance(each, Node)]

    def walk(self) -> Iterator[Node]:
        yield self
        for each in self.elements():
            yield from each.walk()


def thawed(element: Element) -> Node:
    children = [each if isinstance(each, str) else thawed(each) for each in element.children]
    return Node(element.tag, dict(element.attributes), children)


def frozen(node: Node) -> Element:
    children = tuple(each if isinstance(each, str) else frozen(each) for each in node.children)
    return Element(node.tag, tuple(node.attributes.items()), children)


# --- letters ------------------------------------------------------------------------------------


class Writer:
    """Writes letters that a seed decides."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def clause(self) -> str:
        choose = self.random.choice
        return f"{choose(_SUBJECTS)} {choose(_VERBS)} {choose(_OBJECTS)} {choose(_ENDS)}"

    def sentence(self) -> list[Element | str]:
        """A sentence, some with a figure that is bound, some with a note."""
        made: list[Element | str] = [self.clause()]
        if self.random.random() < 0.4:
            figure = fact(self.random.choice(_FIGURES), f"case.f{self.random.randrange(9)}")
            made += [", that is ", figure, f" {self.random.choice(('in all', 'by its count'))}"]
        made.append(".")
        if self.random.random() < 0.15:
            made.append(note(e("cite", self.clause()), "."))
        return made

    def line(self, least: int, most: int) -> list[Element | str]:
        made: list[Element | str] = []
        for _ in range(self.random.randint(least, most)):
            made += [" "] if made else []
            made += self.sentence()
        return made

    def paragraph(self) -> Element:
        return e("p", *self.line(1, 5))

    def items(self) -> Element:
        made = [e("li", *self.line(1, 2)) for _ in range(self.random.randint(2, 5))]
        if self.random.random() < 0.4:
            inner = e("ul", *(e("li", *self.line(1, 1)) for _ in range(2)))
            made.append(e("li", *self.line(1, 1), inner))
        return e(self.random.choice(("ol", "ul")), *made)

    def table(self) -> Element:
        heads = self.random.sample(_HEADS, self.random.randint(2, 4))
        names = self.random.sample(_NAMES, self.random.randint(2, 6))
        return e(
            "table",
            e("caption", f"{self.clause()}"),
            e("thead", e("tr", *(e("th", head, scope="col") for head in heads))),
            e("tbody", *(self.row(name, len(heads)) for name in names)),
            class_="data",
        )

    def row(self, name: str, columns: int) -> Element:
        cells = (e("td", *self.cell()) for _ in range(columns - 1))
        return e("tr", e("th", name, scope="row"), *cells)

    def cell(self) -> tuple[Element | str, ...]:
        if self.random.random() < 0.6:
            return (fact(self.random.choice(_FIGURES), f"case.f{self.random.randrange(9)}"),)
        return (f"{self.random.choice(_OBJECTS)} {self.random.choice(_ENDS)}",)

    def section(self, number: int) -> Element:
        made: list[Element] = []
        for _ in range(self.random.randint(2, 6)):
            kind = self.random.random()
            made.append(
                self.paragraph() if kind < 0.65 else self.items() if kind < 0.85 else self.table()
            )
        head = e("h2", e("span", f"{number}.", class_="number"), f" {self.clause()}")
        return e("section", head, *made, id=f"part-{self.random.randrange(10**6)}")

    def letter(self) -> Element:
        return letter(*(self.section(number) for number in range(1, self.random.randint(3, 5))))


# --- edits --------------------------------------------------------------------------------------


class Editor:
    """Edits a letter as a seed decides; each edit says whether it found anything to be done to."""

    def __init__(self, random: Random, document: Element) -> None:
        self.random = random
        self.writer = Writer(random)
        self.root = thawed(document)
        self.marking: str | None = None
        self.running = ("The Honorable A", "June 10, 2026")

    def document(self) -> Element:
        """The letter as it is now, its sections numbered as they stand."""
        number = 0
        for section in self.body.elements():
            for head in section.elements()[:1]:
                labels = [
                    each for each in head.elements() if each.attributes.get("class") == "number"
                ]
                if labels:
                    number += 1
                    labels[0].children = [f"{number}."]
        return frozen(self.root)

    @property
    def body(self) -> Node:
        return next(n for n in self.root.walk() if n.attributes.get("class") == "body")

    def pick(self, some: Iterable[T]) -> T | None:
        found = list(some)
        return self.random.choice(found) if found else None

    def all(self, *tags: str) -> list[Node]:
        return [n for n in self.body.walk() if n.tag in tags]

    def holders(self, tag: str) -> list[tuple[Node, Node]]:
        """Elements of a tag, each with the one that it stands in."""
        return [(up, n) for up in self.body.walk() for n in up.elements() if n.tag == tag]

    def texts(self) -> list[tuple[Node, int]]:
        """The texts of prose that may be changed by the word."""
        return [
            (node, at)
            for node in self.all("p", "li", "td", "cite")
            for at, each in enumerate(node.children)
            if isinstance(each, str) and each.count(" ") > 2
        ]

    def sentences(self, node: Node) -> list[list[Node | str]]:
        """What stands in a paragraph, sentence by sentence, each with the space after it."""
        made: list[list[Node | str]] = [[]]
        for child in node.children:
            if not isinstance(child, str):
                made[-1].append(child)
                continue
            if child.startswith(" ") and made[-1] and not self._goes_on(made[-1]):
                made.append([])
            pieces = child.split(". ")
            for at, piece in enumerate(pieces):
                ends = at < len(pieces) - 1
                made[-1].append(f"{piece}. " if ends else piece)
                if ends:
                    made.append([])
        return [[each for each in some if each != ""] for some in made if any(some)]

    def _goes_on(self, some: list[Node | str]) -> bool:
        said = "".join(frozen(n).text(notes=False) if isinstance(n, Node) else n for n in some)
        return not said.rstrip().endswith((".", ".”"))

    # words, numbers

    def change_word(self) -> bool:
        found = self.pick(self.texts())
        if found is None:
            return False
        node, at = found
        words = str(node.children[at]).split(" ")
        index = self.random.randrange(1, len(words) - 1)
        match self.random.randrange(3):
            case 0:
                words[index] = self.random.choice(_ADDED)
            case 1:
                words.insert(index, self.random.choice(_ADDED))
            case _:
                del words[index]
        node.children[at] = " ".join(words)
        return True

    def change_number(self) -> bool:
        figures = [n for n in self.all("data", "time") if n.children[0] in _FIGURES]
        node = self.pick(figures)
        if node is None:
            return False
        node.children = [self.random.choice(_FIGURES)]
        return True

    # sentences, paragraphs

    def move_sentence(self) -> bool:
        source = self.pick(n for n in self.all("p") if len(self.sentences(n)) > 1)
        target = self.pick(n for n in self.all("p", "li") if n is not source)
        if source is None or target is None:
            return False
        some = self.sentences(source)
        moved = some.pop(self.random.randrange(len(some)))
        source.children = [each for one in some for each in one]
        target.children = [*moved, " ", *target.children]
        return True

    def drop_sentence(self) -> bool:
        node = self.pick(n for n in self.all("p") if len(self.sentences(n)) > 1)
        if node is None:
            return False
        some = self.sentences(node)
        del some[self.random.randrange(len(some))]
        node.children = [each for one in some for each in one]
        return True

    def add_sentence(self) -> bool:
        node = self.pick(self.all("p"))
        if node is None:
            return False
        made = [n if isinstance(n, str) else thawed(n) for n in self.writer.sentence()]
        node.children += [" ", *made]
        return True

    def divide_paragraph(self) -> bool:
        return self._divide("p")

    def divide_item(self) -> bool:
        return self._divide("li")

    def _divide(self, tag: str) -> bool:
        fit = [(up, n) for up, n in self.holders(tag) if len(self.sentences(n)) > 1]
        fit = [(up, n) for up, n in fit if not any(c.tag in {"ul", "ol"} for c in n.elements())]
        found = self.pick(fit)
        if found is None:
            return False
        up, node = found
        some = self.sentences(node)
        at = self.random.randrange(1, len(some))
        rest = [each for one in some[at:] for each in one]
        node.children = [each for one in some[:at] for each in one]
        up.children.insert(up.children.index(node) + 1, Node(tag, dict(node.attributes), rest))
        return True

    def join_paragraphs(self) -> bool:
        return self._join("p")

    def join_items(self) -> bool:
        return self._join("li")

    def _join(self, tag: str) -> bool:
        pairs = [
            (up, one, two)
            for up in self.body.walk()
            for one, two in zip(up.elements(), up.elements()[1:], strict=False)
            if one.tag == two.tag == tag
            and not any(c.tag in {"ul", "ol"} for n in (one, two) for c in n.elements())
        ]
        found = self.pick(pairs)
        if found is None:
            return False
        up, one, two = found
        one.children += [" ", *two.children]
        up.children.remove(two)
        return True

    def _move(self, tag: str, least: int) -> bool:
        fit = [
            (up, n)
            for up, n in self.holders(tag)
            if sum(c.tag == tag for c in up.elements()) > least
        ]
        found = self.pick(fit)
        if found is None:
            return False
        up, node = found
        places = [at for at, c in enumerate(up.children) if isinstance(c, Node) and c.tag == tag]
        up.children.remove(node)
        up.children.insert(self.random.choice(places), node)
        return True

    def move_paragraph(self) -> bool:
        return self._move("p", 1)

    def move_section(self) -> bool:
        sections = self.body.elements()
        if len(sections) < 2:
            return False
        node = self.random.choice(sections)
        self.body.children.remove(node)
        self.body.children.insert(self.random.randrange(len(sections)), node)
        return True

    def drop_paragraph(self) -> bool:
        return self._drop("p", 1)

    def add_paragraph(self) -> bool:
        return self._add("p", self.writer.paragraph)

    def _drop(self, tag: str, least: int) -> bool:
        fit = [
            (up, n)
            for up, n in self.holders(tag)
            if sum(c.tag == tag for c in up.elements()) > least
        ]
        found = self.pick(fit)
        if found is None:
            return False
        up, node = found
        up.children.remove(node)
        return True

    def _add(self, tag: str, make: Callable[[], Element]) -> bool:
        found = self.pick(self.holders(tag))
        if found is None:
            return False
        up, node = found
        up.children.insert(up.children.index(node) + self.random.randrange(2), thawed(make()))
        return True

    def add_section(self) -> bool:
        at = self.random.randrange(len(self.body.children) + 1)
        self.body.children.insert(at, thawed(self.writer.section(0)))
        return True

    def drop_section(self) -> bool:
        if len(self.body.children) < 3:
            return False
        del self.body.children[self.random.randrange(len(self.body.children))]
        return True

    # lists

    def add_item(self) -> bool:
        return self._add("li", lambda: e("li", *self.writer.line(1, 2)))

    def drop_item(self) -> bool:
        return self._drop("li", 1)

    def move_item(self) -> bool:
        return self._move("li", 1)

    def list_into_paragraphs(self) -> bool:
        lists = [
            (up, n)
            for up, n in (*self.holders("ol"), *self.holders("ul"))
            if up.tag == "section" and not any(c.tag != "li" for c in n.elements())
        ]
        flat = [
            (up, n) for up, n in lists if not any(c.tag in {"ul", "ol"} for c in list(n.walk())[1:])
        ]
        found = self.pick(flat)
        if found is None:
            return False
        up, node = found
        at = up.children.index(node)
        up.children[at : at + 1] = [Node("p", {}, item.children) for item in node.elements()]
        return True

    def paragraphs_into_list(self) -> bool:
        fit = [
            (up, at)
            for up in self.all("section")
            for at, (one, two) in enumerate(zip(up.elements(), up.elements()[1:], strict=False))
            if one.tag == two.tag == "p"
        ]
        found = self.pick(fit)
        if found is None:
            return False
        up, at = found
        one, two = up.elements()[at : at + 2]
        where = up.children.index(one)
        up.children.remove(two)
        items: list[Node | str] = [Node("li", {}, n.children) for n in (one, two)]
        up.children[where] = Node("ul", {}, items)
        return True

    # tables

    def add_row(self) -> bool:
        found = self.pick(row for row in self.holders("tr") if row[0].tag == "tbody")
        if found is None:
            return False
        up, node = found
        made = thawed(self.writer.row(self.random.choice(_NAMES), len(node.elements())))
        up.children.insert(up.children.index(node), made)
        return True

    def drop_row(self) -> bool:
        return self._drop("tr", 1)

    def move_row(self) -> bool:
        return self._move("tr", 1)

    def _columns(self) -> tuple[list[Node], int] | None:
        table = self.pick(self.all("table"))
        if table is None:
            return None
        rows = [n for n in table.walk() if n.tag == "tr"]
        return rows, len(rows[0].elements())

    def add_column(self) -> bool:
        found = self._columns()
        if found is None:
            return False
        rows, count = found
        at = self.random.randrange(1, count + 1)
        for row in rows:
            is_head = row.elements()[-1].attributes.get("scope") == "col"
            made = e("th", self.random.choice(_HEADS), scope="col") if is_head else None
            row.children.insert(at, thawed(made or e("td", *self.writer.cell())))
        return True

    def drop_column(self) -> bool:
        found = self._columns()
        if found is None or found[1] < 3:
            return False
        at = self.random.randrange(1, found[1])
        for row in found[0]:
            del row.children[at]
        return True

    def drop_table(self) -> bool:
        return self._drop("table", 0)

    # notes, heads

    def add_note(self) -> bool:
        node = self.pick(self.all("p"))
        if node is None:
            return False
        node.children.append(thawed(note(e("cite", self.writer.clause()), ".")))
        return True

    def drop_note(self) -> bool:
        return self._drop("aside", 0)

    def change_note(self) -> bool:
        node = self.pick(self.all("aside"))
        if node is None:
            return False
        node.children.append(f" {self.writer.clause()}.")
        return True

    def change_heading(self) -> bool:
        node = self.pick(self.all("h2"))
        if node is None or not isinstance(node.children[-1], str):
            return False
        node.children[-1] += f" {self.random.choice(_ADDED)}"
        return True

    def change_head(self) -> bool:
        match self.random.randrange(3):
            case 0:
                self.marking = "CONFIDENTIAL"
            case 1:
                self.running = ("The Honorable B", self.running[1])
            case _:
                self.running = (self.running[0], "June 11, 2026")
        return True


EDITS = tuple(
    name
    for name in vars(Editor)
    if name.startswith(
        ("change_", "move_", "drop_", "add_", "divide_", "join_", "list_", "paragraphs_")
    )
)
MOST = 5
"""How many edits a pair has at most, besides some words."""


def pair(seed: int, base: Draft | None = None) -> tuple[Draft, Draft, tuple[str, ...]]:
    """A letter, the same letter edited, and what was done to it.

    Every edit is done by some seed: the first is the seed's own, the others are drawn.
    """
    random = Random(seed)  # noqa: S311 - repeatable, and no secret
    document = base.document if base is not None else Writer(random).letter()
    old = base if base is not None else draft(document)
    editor = Editor(random, deepcopy(document))
    wanted = [EDITS[seed % len(EDITS)], *random.choices(EDITS, k=random.randrange(MOST))]
    wanted += random.choices(("change_word", "change_number"), k=random.randrange(4))
    done = tuple(name for name in wanted if getattr(editor, name)())
    new = draft(
        editor.document(),
        name=old.name,
        charts=old.charts,
        pictures=old.pictures,
        continuation=editor.running,
        marking=editor.marking,
    )
    if base is not None:
        old = draft(document, charts=old.charts, pictures=old.pictures)
    return old, new, done
