"""What a template may do, and how much of it: nothing outside, and nothing without end.

A template may print, decide, repeat and call what it is given. It does no arithmetic, reaches no
attribute that begins with an underscore and calls no method. Every turn of a loop, every call and
every character printed is counted against a budget, and what can grow or be compared without being
counted, a text joined to itself or a list of lists, is bounded where it is made: a hostile template
ends soon with a problem, never with the machine's memory.
"""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import jinja2
from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from jinja2.runtime import Context

MAX_STEPS = 100_000
MAX_PRINTED = 2_000_000
MAX_TEXT = 100_000
_BLOCK = 1_000
"""So many characters or entries that are looked at in one go count as one step."""


@dataclass(slots=True)
class Budget:
    """What the templates of one letter have used of what they may use."""

    steps: int = 0
    printed: int = 0

    def spend(self, steps: int = 1) -> None:
        """Count steps; stop when there are too many.

        Raises:
            SecurityError: When the budget is used up.
        """
        self.steps += steps
        if self.steps > MAX_STEPS:
            raise SecurityError(
                f"the templates of a letter take at most {MAX_STEPS:,} steps: turns of a loop, "
                "calls, values printed"
            )

    def write(self, characters: int) -> None:
        """Count characters; stop when there are too many.

        Raises:
            SecurityError: When the budget is used up.
        """
        self.printed += characters
        if self.printed > MAX_PRINTED:
            raise SecurityError(f"a letter prints at most {MAX_PRINTED:,} characters")


budget: ContextVar[Budget] = ContextVar("budget")
"""The budget of the letter whose templates run now."""


class Sandbox(ImmutableSandboxedEnvironment):
    """A Jinja environment whose templates are bounded."""

    intercepted_binops = frozenset(("+", "-", "*", "/", "//", "**", "%"))

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - as Jinja types them
        super().__init__(**options)
        self.concat = _concatenated  # type: ignore[method-assign]
        self.globals = {}
        self.hidden = {_EACH: _each, _JOINED: _joined, _PLAIN: _plain}

    def is_safe_callable(self, obj: object) -> bool:
        """Whether a template may call `obj`: its own macros, and what is offered to it."""
        return isinstance(obj, Macro) or getattr(obj, "offered", False) is True

    def call(self, context: Context, obj: Any, /, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - as Jinja has it
        """Call what a template may call."""
        budget.get().spend()
        if isinstance(obj, jinja2.Undefined):
            return obj()
        if not self.is_safe_callable(obj):
            raise SecurityError("a template calls nothing but its macros and what it is given")
        return context.call(obj, *arguments, **named)

    def call_binop(self, _context: object, operator: str, _left: object, _right: object) -> object:
        """Refuse to calculate: `a * b` is bound to nothing, and may take forever."""
        raise SecurityError(
            f"a template does not calculate with `{operator}`; a statistic of `stats` does"
        )

    def getitem(self, obj: Any, argument: Any) -> Any:  # noqa: ANN401 - as Jinja has it
        """Return an entry of a list or a mapping, by a word or a number."""
        if isinstance(argument, list | tuple | dict):
            raise SecurityError("an entry is named by a word or a number")
        return super().getitem(obj, argument)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        self.filters |= self.hidden
        template = super()._parse(source, name, filename)
        bounded: nodes.Template = _Bounding(name, filename).visit(template)
        return bounded


def counted(test: Callable[..., object]) -> Callable[..., bool]:
    """Return the test of a template so that it counts, and compares nothing nested."""

    @jinja2.pass_context
    def wrapped(context: Context, *arguments: object) -> bool:
        return bool(test(*(_plain(context, each) for each in arguments)))

    return wrapped


def walk(values: Iterable[object]) -> Iterator[object]:
    """Yield what stands in nested lists, each counted: lists can hold themselves many times."""
    for value in values:
        budget.get().spend()
        if isinstance(value, list | tuple):
            yield from walk(value)
        else:
            yield value


# --- what stands in a compiled template -----------------------------------------------------------

# Names with a blank, which no template can write.
_EACH, _JOINED, _PLAIN = "each entry", "joined text", "plain value"


class _Bounding(NodeTransformer):
    """Puts counting into a parsed template wherever it could go on without being counted."""

    def __init__(self, name: str | None, filename: str | None) -> None:
        self._name = name
        self._filename = filename

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802 - as Jinja calls it
        self.generic_visit(node)
        node.iter = _filtered(node.iter, _EACH)  # type: ignore[arg-type]
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        return _filtered(nodes.List(node.nodes, lineno=node.lineno), _JOINED)

    def visit_Compare(self, node: nodes.Compare) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        node.expr = _filtered(node.expr, _PLAIN)
        for operand in node.ops:
            operand.expr = _filtered(operand.expr, _PLAIN)
        return node

    def visit_Pair(self, node: nodes.Pair) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        node.key = _filtered(node.key, _PLAIN)
        return node

    def visit_ScopedEvalContextModifier(  # noqa: N802
        self, node: nodes.ScopedEvalContextModifier
    ) -> nodes.Node:
        raise jinja2.TemplateSyntaxError(
            "what a template prints is always text; there is no `autoescape`",
            node.lineno,
            self._name,
            self._filename,
        )


def _filtered(expression: nodes.Expr, name: str) -> nodes.Filter:
    return nodes.Filter(expression, name, [], [], None, None, lineno=expression.lineno)


@jinja2.pass_context
def _each(_context: Context, values: Iterable[object]) -> Iterator[object]:
    spent = budget.get()
    for value in values:
        spent.spend()
        yield value


@jinja2.pass_context
def _joined(context: Context, parts: list[object]) -> object:
    """Join with `~`: words to words; values and rendered text to text that keeps what it holds."""
    spent = budget.get()
    spent.spend()
    for part in parts:
        if isinstance(part, list | tuple | dict):
            raise SecurityError("a template joins words, not lists")
    if all(type(part) in {str, int} or isinstance(part, jinja2.Undefined) for part in parts):
        joined = "".join(map(str, parts))
    else:
        finalize = context.environment.finalize
        assert finalize is not None  # noqa: S101 - given when the environment is made
        joined = Markup("").join(finalize(context, part) for part in parts)
    if len(joined) > MAX_TEXT:
        raise SecurityError(f"a template joins at most {MAX_TEXT:,} characters")
    return joined


@jinja2.pass_context
def _plain(_context: Context, value: object) -> object:
    """Return what is compared: a word, a number, or a list of such."""
    if isinstance(value, str | list | tuple | dict):
        budget.get().spend(1 + len(value) // _BLOCK)
    if isinstance(value, list | tuple | dict) and any(
        isinstance(each, list | tuple | dict)
        for each in (value.values() if isinstance(value, dict) else value)
    ):
        raise SecurityError("a template compares words and numbers, not lists of lists")
    return value


def _concatenated(pieces: Iterable[str]) -> str:
    spent = budget.get()
    whole = []
    for piece in pieces:
        spent.write(len(piece))
        whole.append(piece)
    return "".join(whole)
