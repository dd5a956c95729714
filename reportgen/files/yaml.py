"""YAML, composed once: plain data for the models, and the place of every value in the text.

libyaml composes the nodes; from them come both the data, in which every scalar is text or None
(so that `no`, `010`, `12:30` and `2026-04-22` stay what was written, and the models give them
their types), and lines and columns, on demand. What is dangerous or silently wrong in YAML
(duplicate keys, merge keys, tags, several documents, alias bombs, bottomless nesting) is a problem.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yaml.cyaml import CParser  # type: ignore[attr-defined] # it is imported there with `*`
from yaml.error import MarkedYAMLError
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from yaml.reader import ReaderError

from reportgen.files.reading import control_character, read_text
from reportgen.files.syntax import explain
from reportgen.files.text import Text
from reportgen.problems.model import Part, Place, Problem, Related
from reportgen.problems.wording import quoted

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.problems.model import Key, Span

Data = str | None | list["Data"] | dict[str, "Data"]
"""What a document says: text or nothing, lists, and groups of keys."""

DEPTH_LIMIT = 64
"""How deep lists and groups may nest; people reach eight."""

SIZE_LIMIT = 1024 * 1024
"""How many bytes a YAML file may have."""

_LEAST_BUDGET = 10_000
"""How many entries any file may expand to; a longer one may have as many as it has characters."""

# Tags of our own: any other tag on a node was written in the file.
_TEXT: Final = "\0text"
_NULL: Final = "\0null"
_GROUP: Final = "\0group"
_LIST: Final = "\0list"

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


class Document(Text):
    """A YAML file: its data, and the place of everything in it.

    Attributes:
        path: The path as the user would write it.
        text: The text in normal form.
        data: What it says; every scalar is text or None.
    """

    def __init__(self, path: str, text: str, root: Node, data: Data) -> None:
        super().__init__(path, text)
        self.data = data
        self._root = root

    def route(self, steps: tuple[Key, ...]) -> tuple[Key, ...]:
        """Return those of `steps` that are keys or indexes on the way through this document.

        A step that leads nowhere is left out: a single value where a model takes a list has no
        index, and validators add names of types to the steps.
        """
        node, way = self._root, []
        for step in steps:
            entry = _entry(node, step)
            if entry is not None:
                node = entry[1]
                way.append(step)
        return tuple(way)

    def keys(self, route: tuple[Key, ...]) -> tuple[str, ...]:
        """Return the keys of the group at `route`; none where no group stands."""
        node = self._walk(route)[1]
        if not isinstance(node, MappingNode):
            return ()
        return tuple(key.value for key, _ in node.value if isinstance(key, ScalarNode))

    def locate(self, place: Place) -> Span | None:
        """Return the stretch that `place` names, as near to it as the document goes.

        A value that is empty, or a block of several lines, is shown at its key.
        """
        if place.span is not None:
            return place.span
        return self._shown(*self._walk(place.route), place.part)

    def _walk(self, route: tuple[Key, ...]) -> tuple[Node | None, Node]:
        """Return the last key on the way, where there is one, and the value reached."""
        key, node = None, self._root
        for step in route:
            entry = _entry(node, step)
            if entry is not None:
                key, node = entry
        return key, node

    def _shown(self, key: Node | None, node: Node, part: Part) -> Span:
        if part is Part.VALUE and (key is None or _on_its_line(node)):
            return self._stretch(node)
        if key is not None:
            return self._stretch(key)
        return self._stretch(_first_key(node) or node)

    def _stretch(self, node: Node) -> Span:
        if _on_its_line(node):
            return self.span(node.start_mark.index, node.end_mark.index)
        line = self.span(node.start_mark.index, node.start_mark.index)
        rest = self.line(line.line)[line.column - 1 :].partition(" #")[0].rstrip()
        return self.span(node.start_mark.index, node.start_mark.index + len(rest))


def load(
    path: Path, shown_as: str | None = None, limit: int = SIZE_LIMIT
) -> tuple[Document | None, tuple[Problem, ...]]:
    """Read and parse a YAML file; the problems are those of `read_text` and of `parse`."""
    shown_as = shown_as or str(path)
    text, problems = read_text(path, shown_as, limit)
    if text is None:
        return None, problems
    return parse(text, shown_as)


def parse(text: str, path: str) -> tuple[Document | None, tuple[Problem, ...]]:
    """Parse a YAML text.

    Args:
        text: One YAML document, of at most what `SIZE_LIMIT` allows if it is to be quick.
        path: What problems call it.

    Returns:
        The document, or None when its data cannot be had, and every problem of the YAML as such.
        A document comes with problems when they leave its data meaningful: of two equal keys the
        first counts, merge keys and tags are left out.
    """
    shown = Text(path, text)
    try:
        root = _Composer(shown.text).get_single_node()
    except _TooDeepError as error:
        return None, (_too_deep(shown, error.position),)
    except MarkedYAMLError as error:
        return None, (explain(error, shown),)
    except (ReaderError, UnicodeEncodeError):
        return None, (control_character(shown.text, path),)
    if root is None:
        return None, (Problem("file-empty", "the file says nothing", Place(path)),)
    builder = _Builder(shown)
    try:
        data = builder.build(root)
    except _RefusedError as error:
        return None, (error.problem,)
    return Document(path, shown.text, root, data), tuple(builder.problems)


class _TooDeepError(Exception):
    def __init__(self, position: int) -> None:
        super().__init__(position)
        self.position = position


class _RefusedError(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class _Composer(CParser):
    """libyaml's parser with hooks that cost little: two kinds of scalars, and a bound on depth.

    The composer recurses on the stack of C without a bound of its own, and calls `resolve` for
    each list and group before it goes down into them; so the bound holds before the stack is
    spent. Going down to a value and up again are counted by the two methods of a dictionary,
    which run in C: it holds the nodes on the way, each once, the last on top.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._way: dict[Node | None, object] = {}
        # What has a tag is not resolved: where there may be one, every step down is checked.
        self.descend_resolver = self._descend if "!" in text else self._way.setdefault
        self.ascend_resolver = self._way.popitem

    def resolve(self, kind: type[Node], value: object, implicit: tuple[bool, bool]) -> str:
        if kind is ScalarNode:
            return _NULL if value in _NULLS and implicit[0] else _TEXT
        self._bound()
        return _GROUP if kind is MappingNode else _LIST

    def _descend(self, parent: Node | None, index: object) -> None:
        self._way[parent] = index
        self._bound()

    def _bound(self) -> None:
        if len(self._way) > DEPTH_LIMIT:
            innermost = list(self._way)[-1]
            raise _TooDeepError(innermost.start_mark.index if innermost is not None else 0)


class _Builder:
    """From nodes to data, with an eye on what YAML does silently.

    Aliases make the nodes a graph. It is unfolded as far as a budget allows, which a file without
    aliases cannot overdraw: it has no more entries than characters.
    """

    def __init__(self, text: Text) -> None:
        self.problems: list[Problem] = []
        self._text = text
        self._budget = max(len(text.text), _LEAST_BUDGET)
        self._open: list[Node] = []

    def build(self, node: Node) -> Data:
        tag = node.tag
        if tag == _TEXT:
            text: str = node.value
            return text
        if tag == _NULL:
            return None
        if tag == _GROUP or isinstance(node, MappingNode):
            return self._group(node)
        if tag == _LIST or isinstance(node, SequenceNode):
            return self._list(node)
        self._tagged(node)
        return str(node.value)

    def _group(self, node: Node) -> dict[str, Data]:
        self._enter(node, _GROUP)
        data: dict[str, Data] = {}
        for key, value in node.value:
            if key.tag != _TEXT:
                self._no_key(key)
            elif key.value in data:
                self._duplicate(key, node)
            elif key.value == "<<" and not key.style:
                self._merge(key)
            else:
                # The common case by far, spared a call.
                data[key.value] = value.value if value.tag == _TEXT else self.build(value)
        self._open.pop()
        return data

    def _list(self, node: Node) -> list[Data]:
        self._enter(node, _LIST)
        data = [item.value if item.tag == _TEXT else self.build(item) for item in node.value]
        self._open.pop()
        return data

    def _enter(self, node: Node, tag: str) -> None:
        if node.tag != tag:
            self._tagged(node)
        self._open.append(node)
        self._budget -= len(node.value)
        if len(self._open) > DEPTH_LIMIT or self._budget < 0:
            raise _RefusedError(self._unfolding(node))

    def _unfolding(self, node: Node) -> Problem:
        repeated = next(
            (
                one
                for i, one in enumerate(self._open)
                if any(one is other for other in self._open[:i])
            ),
            None,
        )
        place = Place(self._text.path, span=self._line_of(repeated or node))
        if repeated is not None:
            return Problem(
                "recursive-alias",
                "the value that stands here contains itself by an alias",
                place,
                "write the value out instead of pointing at it with `*`",
            )
        return Problem(
            "alias-bomb",
            "the aliases of this file unfold to far more than the file itself says",
            place,
            "write the values out instead of pointing at them with `*`",
        )

    def _no_key(self, key: Node) -> None:
        if isinstance(key, ScalarNode) and key.tag != _NULL:
            self._tagged(key)
            return
        found = "nothing" if isinstance(key, ScalarNode) else "a list or a group"
        self._report(
            "key-not-text",
            f"a key is a word, but here stands {found} in its place",
            key,
            "text that begins with `{` or `[`, and a key that is empty, go in quotation marks",
        )

    def _duplicate(self, key: Node, group: Node) -> None:
        first = next(other for other, _ in group.value if other.value == key.value)
        self.problems.append(
            Problem(
                "duplicate-key",
                f"the key {quoted(key.value)} stands twice in the same group",
                Place(self._text.path, span=self._line_of(key)),
                "keep one of them, or rename one",
                related=(
                    Related(Place(self._text.path, span=self._line_of(first)), "it is first here"),
                ),
            )
        )

    def _merge(self, key: Node) -> None:
        self._report(
            "merge-key",
            "`<<` merges another group into this one, which case files do not do",
            key,
            "write the keys out where they are needed",
        )

    def _tagged(self, node: Node) -> None:
        tag = node.tag.replace("tag:yaml.org,2002:", "!!", 1)
        self._report(
            "yaml-tag",
            f"the tag {quoted(tag)} gives this value a type of its own",
            node,
            "leave the tag out; text that begins with `!` goes in quotation marks",
        )

    def _report(self, code: str, message: str, node: Node, advice: str) -> None:
        place = Place(self._text.path, span=self._line_of(node))
        self.problems.append(Problem(code, message, place, advice))

    def _line_of(self, node: Node) -> Span:
        end = node.end_mark if _on_its_line(node) else node.start_mark
        return self._text.span(node.start_mark.index, end.index)


def _too_deep(text: Text, position: int) -> Problem:
    return Problem(
        "too-deep",
        f"lists and groups are nested more than {DEPTH_LIMIT} deep",
        Place(text.path, span=text.span(position, position + 1)),
        "a case file needs fewer than ten levels; the file may be damaged",
    )


def _entry(node: Node, step: Key) -> tuple[Node | None, Node] | None:
    """Return the key's node, where there is one, and the value's; None if there is no entry."""
    if isinstance(node, MappingNode):
        return next(((key, value) for key, value in node.value if key.value == step), None)
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        return None, node.value[step]
    return None


def _first_key(node: Node) -> Node | None:
    return node.value[0][0] if isinstance(node, MappingNode) and node.value else None


def _on_its_line(node: Node) -> bool:
    """Whether the node is something to underline: not empty, and begun and ended on one line."""
    return bool(
        node.start_mark.line == node.end_mark.line and node.start_mark.index < node.end_mark.index
    )
