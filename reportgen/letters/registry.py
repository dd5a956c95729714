"""Tokens that stand in a rendered template for what may not be written there.

A template's output is read as Markdown or HTML afterwards, and nothing of a case may be read so: a
name with an asterisk stays a name, a text with a tag stays a text. Each printed value is therefore
put in as a token of two private-use characters and a number, and put back as a node of the tree.
Numbers that the template's own words contain are wrapped with their place, since they are bound
to nothing. Prose can spell private-use characters as well, `&#xE000;` say: what is no token of the
letter is left as the text that it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from reportgen.letters.draft import Waiver
from reportgen.letters.tokens import CLOSE, MARK, MARK_END, OPEN
from reportgen.letters.values import Value
from reportgen.problems.model import Place, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reportgen.letters.citing import Cited
    from reportgen.statistics.model import Chart

_TOKEN = re.compile(
    f"{OPEN}(?P<index>[0-9]{{1,9}}){CLOSE}"
    f"|{MARK}(?P<name>[0-9a-f]{{1,400}}):(?P<line>[0-9]{{1,9}}):(?P<column>[0-9]{{1,9}})"
    f":(?P<number>[^{MARK}{MARK_END}]*){MARK_END}"
)


@dataclass(frozen=True, slots=True)
class Literal:
    """A text that is bound to nothing: a title, a name of the directory."""

    text: str


@dataclass(frozen=True, slots=True)
class Law:
    """A legal citation, whose numbers need no fact."""

    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: what it cites, or its own words (a rendered template)."""

    sources: tuple[Cited, ...]
    words: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart that stands here."""

    chart: Chart
    name: str
    title: str
    confidential: str | None = None


@dataclass(frozen=True, slots=True)
class Opening:
    """Here a confidential passage begins, for this reason."""

    reason: str


@dataclass(frozen=True, slots=True)
class Closing:
    """Here the confidential passage ends that was opened last."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A confidential passage: words that a template rendered, and why they are confidential."""

    reason: str
    words: str

    @property
    def has_blocks(self) -> bool:
        """Whether it holds whole paragraphs: then its words stand on lines of their own."""
        return self.words != self.words.strip("\n")


@dataclass(frozen=True, slots=True)
class CrossReference:
    """A mention of a table or figure by its name."""

    name: str


Item = Value | Literal | Law | Note | Drawing | CrossReference | Opening | Closing | Waiver
"""What a template can print."""


@dataclass(frozen=True, slots=True)
class UnboundNumber:
    """A number in a template's own words."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Printed:
    """An item, and the place in a template that prints it."""

    item: Item
    place: Place


class Registry:
    """The items of one letter by their tokens."""

    def __init__(self, documents: Mapping[str, str] = MappingProxyType({})) -> None:
        """Keep items.

        Args:
            documents: The paths of the templates by their names, for places.
        """
        self._items: list[Printed] = []
        self._documents = {name.encode().hex(): path for name, path in documents.items()}

    def token(self, item: Item, place: Place) -> str:
        """Return the token that stands for `item`, printed at `place`."""
        self._items.append(Printed(item, place))
        return f"{OPEN}{len(self._items) - 1}{CLOSE}"

    def items(self, text: str) -> Iterator[str | Printed | UnboundNumber]:
        """Yield the text between tokens and what the tokens stand for, in order."""
        end = 0
        for match in _TOKEN.finditer(text):
            item = self._item(match)
            if item is None:
                continue
            if match.start() > end:
                yield text[end : match.start()]
            yield item
            end = match.end()
        if end < len(text):
            yield text[end:]

    def _item(self, match: re.Match[str]) -> Printed | UnboundNumber | None:
        if match["index"] is not None:
            index = int(match["index"])
            return self._items[index] if index < len(self._items) else None
        document = self._documents.get(match["name"])
        if document is None:
            return None
        line, column, number = int(match["line"]), int(match["column"]), match["number"]
        span = Span(line, column, line, column + len(number))
        return UnboundNumber(number, Place(document, span=span))


def marked(number: str, name: str, line: int, column: int) -> str:
    """Return the token that stands for a number in the own words of the template `name`."""
    # In hexadecimal digits, no name holds what Markdown would read.
    return f"{MARK}{name.encode().hex()}:{line}:{column}:{number}{MARK_END}"
