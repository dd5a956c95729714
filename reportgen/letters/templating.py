"""Templates, rendered in a sandbox that is strict and that goes on after a mistake.

A template sees values of cases and a closed list of filters and functions; it reads no file but
those of its family. A name that does not exist, a
wording that the bounds do not bear out and a refused statistic are problems at their line, all of
them, not only the first. Whatever a template prints goes through the registry, so that nothing a
case says is ever read as markup.
"""

from __future__ import annotations

import re
import sys
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING, Any

import jinja2
from jinja2.exceptions import SecurityError
from markupsafe import Markup

from reportgen.letters.draft import Waiver
from reportgen.letters.filters import FILTERS
from reportgen.letters.marking import Numbers
from reportgen.letters.registry import (
    Closing,
    CrossReference,
    Drawing,
    Law,
    Literal,
    Note,
    Opening,
    Passage,
    Registry,
)
from reportgen.letters.sandbox import Budget, Sandbox, budget, counted, walk
from reportgen.letters.values import Value
from reportgen.problems.model import Place, Problem, Refusal
from reportgen.problems.wording import nearest, suggestion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from types import FrameType

    from reportgen.files.text import Text


@dataclass(slots=True)
class Rendering:
    """One letter's rendering under way: what its templates may read, and what went wrong.

    Attributes:
        sources: The templates by the name under which one renders or includes them.
        registry: Where printed values are kept.
        accept: Says why a value may not be printed, if it may not.
        problems: What went wrong so far.
    """

    sources: Mapping[str, Text]
    registry: Registry
    accept: Callable[[Value], Refusal | None]
    problems: list[Problem] = field(default_factory=list)
    _budget: Budget = field(default_factory=Budget)
    _seen: set[tuple[str, int, str]] = field(default_factory=set)

    def render(self, name: str, variables: Mapping[str, object]) -> str:
        """Render the template `name`; problems are added, and what failed is left empty."""
        here, spent = _rendering.set(self), budget.set(self._budget)
        try:
            return _environment().get_template(name).render(variables)
        except jinja2.TemplateSyntaxError as error:
            self._syntax(error, name)
        except jinja2.TemplateNotFound as error:
            self._failed(
                name, error, "template-forbidden", f"there is no template `{error.name}` to read"
            )
        except SecurityError as error:
            self._failed(name, error, "template-forbidden", _sentence(error))
        except (jinja2.TemplateError, ArithmeticError, TypeError, ValueError, LookupError) as error:
            self._failed(name, error, "template-failed", _sentence(error))
        except (RecursionError, MemoryError, SyntaxError) as error:
            # Python compiles what Jinja makes of a template, and nests only so deep.
            message = "the template calls itself without end, or is nested too deep"
            self._failed(name, error, "template-failed", message)
        finally:
            budget.reset(spent)
            _rendering.reset(here)
        return ""

    def report(self, refusal: Refusal, needle: str) -> None:
        """Add a problem at the line of the template that runs now, under `needle` if found."""
        place = self.here(needle)
        line = place.span.line if place.span else 0
        if (place.document, line, refusal.message) not in self._seen:
            self._seen.add((place.document, line, refusal.message))
            self.problems.append(refusal.at(place))

    def here(self, needle: str = "") -> Place:
        """Return the place in the template that runs now."""
        frame: FrameType | None = sys._getframe(1)  # noqa: SLF001 - the one way to a template's line
        while frame is not None and "__jinja_template__" not in frame.f_globals:
            frame = frame.f_back
        if frame is None:
            return Place("")
        template: jinja2.Template = frame.f_globals["__jinja_template__"]
        return self.place(
            template.name or "", template.get_corresponding_lineno(frame.f_lineno), needle
        )

    def place(self, name: str, line: int, needle: str = "") -> Place:
        """Return the place of `needle` in the template `name`.

        It is looked for between the braces that begin on `line`; where it is not there, the place
        is that of the braces, or of the whole line.
        """
        source = self.sources[name]
        lines = source.text.split("\n")
        text = "\n".join(lines[line - 1 : line + _LONGEST])[:_FARTHEST] if line > 0 else ""
        begun = len("\n".join(lines[: line - 1])) + (line > 1)
        first = text.find("\n") if "\n" in text else len(text)
        braces = [each for each in _BRACES.finditer(text) if each.start() <= first]
        word = re.compile(rf"(?<!\w){re.escape(needle)}(?!\w)") if needle else None
        within = (word.search(text, *each.span()) for each in braces if word is not None)
        found = next((each for each in within if each is not None), None)
        whole = braces[0] if braces else re.compile(r"\S.*").search(text, 0, first)
        match = found or whole
        start, end = match.span() if match is not None else (0, 0)
        return Place(source.path, span=source.span(begun + start, begun + end))

    def _syntax(self, error: jinja2.TemplateSyntaxError, rendered: str) -> None:
        # Jinja names the template, or its file, where it is one that was included.
        names = (name for name, source in self.sources.items() if error.name in {name, source.path})
        name = next(names, rendered)
        message = error.message or "the template cannot be read"
        wrong = re.match(r"No (filter|test) named '(\w+)'", message)
        help_ = None
        if wrong is not None:
            known = _environment().filters if wrong[1] == "filter" else _environment().tests
            message = f"there is no {wrong[1]} `{wrong[2]}`"
            help_ = suggestion(wrong[2], known)
        place = self.place(name, error.lineno, wrong[2] if wrong else "")
        self.problems.append(Problem("template-syntax", _clause(message), place, help_))

    def _failed(self, name: str, error: Exception, code: str, message: str) -> None:
        line, where = 1, name
        trace = error.__traceback__
        while trace is not None:
            template = trace.tb_frame.f_globals.get("__jinja_template__")
            if template is not None:
                where, line = template.name, template.get_corresponding_lineno(trace.tb_lineno)
            elif trace.tb_frame.f_code.co_filename in self._paths():
                line = trace.tb_lineno
            trace = trace.tb_next
        self.problems.append(Problem(code, message, self.place(where, line)))

    def _paths(self) -> set[str]:
        return {source.path for source in self.sources.values()}


_rendering: ContextVar[Rendering] = ContextVar("rendering")

_BRACES = re.compile(r"\{\{.{0,2000}?\}\}|\{%.{0,2000}?%\}", re.DOTALL)
_LONGEST = 20
"""Over how many lines an expression is looked for."""

_FARTHEST = 10_000
"""Over how many characters."""


def _sentence(error: Exception) -> str:
    return _clause(str(error) or type(error).__name__)


def _clause(message: str) -> str:
    message = message.rstrip(".")
    return message[:1].lower() + message[1:]


# --- undefined names ----------------------------------------------------------------------------


class Refused(jinja2.ChainableUndefined):
    """What a refused function gives: it prints nothing and is silent, its refusal being told."""

    __slots__ = ()


class _Missing(jinja2.Undefined):
    """A name that does not exist: told once a line, with the nearest name that does."""

    __slots__ = ()

    def _tell(self) -> None:
        rendering = _rendering.get()
        name = str(self._undefined_name)
        names = getattr(self._undefined_obj, "names", None)
        if self._undefined_obj is jinja2.utils.missing:
            known: Iterable[str] = VARIABLES
            message = f"there is no `{name}` in this template"
        else:
            known = names() if callable(names) else _public(self._undefined_obj)
            owner = getattr(self._undefined_obj, "id", None)
            of = f"the case `{owner}`" if owner else "these cases" if callable(names) else "this"
            message = f"{of} has no fact `{name}`" if callable(names) else f"{of} has no `{name}`"
        close = nearest(name, known)
        help_ = (
            f"did you mean `{close}`?" if close else f"it has {', '.join(known)}" if known else None
        )
        rendering.report(Refusal("undefined-name", message, help_), name)

    def __str__(self) -> str:
        self._tell()
        return ""

    def __iter__(self) -> Iterator[Any]:
        self._tell()
        return iter(())

    def __bool__(self) -> bool:
        self._tell()
        return False

    def __len__(self) -> int:
        self._tell()
        return 0

    def __eq__(self, _other: object) -> bool:
        self._tell()
        return False

    def __ne__(self, _other: object) -> bool:
        self._tell()
        return False

    __hash__ = jinja2.Undefined.__hash__

    def _pass_on(self, *_args: object, **_named: object) -> Any:  # noqa: ANN401 - as Jinja types it
        self._tell()
        return Refused()

    __call__ = __getitem__ = __add__ = __radd__ = __sub__ = __rsub__ = _pass_on
    __mul__ = __rmul__ = __truediv__ = __rtruediv__ = __lt__ = __le__ = __gt__ = __ge__ = _pass_on

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - as Jinja types it
        if name.startswith("__"):
            raise AttributeError(name)
        return self._pass_on()


def _public(thing: object) -> tuple[str, ...]:
    """Return the names that a template may ask of a thing that is no case."""
    if isinstance(thing, Value):
        return SHOWN
    return tuple(name for name in getattr(thing, "__dict__", {}) if not name.startswith("_"))


SHOWN = ("label", "distinct")
"""What a template may ask of a value: its words, glued to others, would be bound to nothing."""

VARIABLES = (
    *("incident", "compared", "cases", "questions", "letter", "organization", "recipients"),
    *("stats", "cite"),
    *("required", "lettered", "note", "chart", "ref", "confidential"),
)
"""What every template of a letter sees."""


# --- functions and filters ----------------------------------------------------------------------


def offered(function: Callable[..., object]) -> Callable[..., object]:
    """Make a function callable from templates.

    Its refusals become problems at the template's line. Where an argument is undefined or was
    refused, it is not called.
    """

    def called(*arguments: object, **named: object) -> object:
        for argument in walk((*arguments, *named.values())):
            if isinstance(argument, jinja2.Undefined):
                str(argument)
                return Refused()
            if isinstance(argument, Markup):
                raise SecurityError("what `{% set %}` or a macro has rendered can only be printed")
        rendering = _rendering.get()
        result = function(*arguments, **named)
        if isinstance(result, Refusal):
            rendering.report(result, function.__name__.strip("_"))
            return Refused()
        return result

    @jinja2.pass_context
    @wraps(function)
    def guarded(context: object, *arguments: object, **named: object) -> object:
        result = called(*arguments, **named)
        # What `{% call %}` gives, Jinja prints as it is.
        return Markup(_finalize(context, result)) if "caller" in named else result  # noqa: S704

    guarded.offered = True  # type: ignore[attr-defined]
    return guarded


@jinja2.pass_context
def _finalize(_context: object, value: object) -> object:
    rendering = _rendering.get()
    budget.get().spend()
    if isinstance(value, Markup | jinja2.Undefined):
        return value
    if isinstance(value, Value):
        place = rendering.here()
        refusal = rendering.accept(value)
        if refusal is not None:
            rendering.report(refusal, value.address.partition(".")[2])
        return _token(rendering.registry.token(value, place))
    if isinstance(value, Law | Note | Drawing | CrossReference | Waiver):
        return _token(rendering.registry.token(value, rendering.here()))
    if isinstance(value, Passage):
        return _token(_passage(value, rendering))
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        rendering.report(_unprintable(value), "")
        return Markup()
    text = str(value)
    budget.get().write(len(text))
    return _token(rendering.registry.token(Literal(text), rendering.here()))


def _unprintable(value: object) -> Refusal:
    if value is None:
        message = "there is nothing to print here"
        return Refusal("not-printable", message, "ask first: `{% if letter.delivery %}`")
    if isinstance(value, list | tuple):
        message = "a list is no text"
        return Refusal("not-printable", message, "print its entries: `{% for each in list %}`")
    names = getattr(value, "names", None)
    of = f"`{getattr(value, 'id', '')}` is a case, and no text" if callable(names) else None
    return Refusal(
        "not-printable",
        of or "this is no text",
        "print a fact of it: `{{ incident.exchanges }}`",
    )


def _passage(passage: Passage, rendering: Rendering) -> str:
    place = rendering.here()
    opening = rendering.registry.token(Opening(passage.reason), place)
    closing = rendering.registry.token(Closing(), place)
    if passage.has_blocks:
        return f"\n{opening}\n\n{passage.words}\n\n{closing}\n\n"
    return f"{opening}{passage.words}{closing}"


def _token(token: str) -> Markup:
    return Markup(token)  # noqa: S704 - a token is private-use characters and digits


_FILTERS = ("first", "last", "length", "list", "map", "reverse", "select", "selectattr")
_TESTS = ("defined", "undefined", "none", "even", "odd", "eq", "ne", "lt", "gt", "le", "ge")


class _Environment(Sandbox):
    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        shown = not isinstance(obj, Value) or attr in SHOWN
        return shown and super().is_safe_attribute(obj, attr, value)


def _load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
    source = _rendering.get().sources.get(name)
    if source is None:
        return None

    def unchanged() -> bool:
        known = _rendering.get().sources.get(name)
        return known is not None and known.text == source.text

    return source.text, source.path, unchanged


_made: list[_Environment] = []


def _environment() -> _Environment:
    """Return the environment, made once: its compiled templates are kept while unchanged."""
    if not _made:
        environment = _Environment(
            loader=jinja2.FunctionLoader(_load),
            undefined=_Missing,
            finalize=_finalize,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            # What is computed while compiling has no place to say what is wrong with it.
            optimized=False,
            # `{#scale}` names a section; comments are those of HTML.
            comment_start_string="<!--",
            comment_end_string="-->",
            extensions=[Numbers],
        )
        environment.filters = {name: environment.filters[name] for name in _FILTERS}
        environment.filters |= {name: offered(filter_) for name, filter_ in FILTERS.items()}
        tests: dict[str, Any] = environment.tests
        environment.tests = {name: counted(tests[name]) for name in _TESTS}
        _made.append(environment)
    return _made[0]
