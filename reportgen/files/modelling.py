"""From a document to a model, and from Pydantic's errors to problems in plain words.

Each error gets a kebab-case code, a route along the document, and a sentence for the person who
wrote the file. Rules that need two fields are not the models' business.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, ValidationError

from reportgen.files.fields import fields_at
from reportgen.files.forms import FORMS
from reportgen.problems.model import Part, Place, Problem
from reportgen.problems.wording import listed, nearest, quoted, suggestion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pydantic_core import ErrorDetails

    from reportgen.files.yaml import Document
    from reportgen.problems.model import Key

M = TypeVar("M", bound=BaseModel)

Said = tuple[str, str, str | None]
"""The code, the message and the help of a problem."""

_CHOICE = re.compile(r"'([^']*)'")


def build(model: type[M], document: Document) -> tuple[M | None, tuple[Problem, ...]]:
    """Build a model of what a document says.

    Returns:
        The instance and no problem, or None and every problem that Pydantic finds.
    """
    try:
        return model.model_validate(document.data), ()
    except ValidationError as error:
        details = error.errors(include_url=False)
    return None, tuple(_Translation(model, document, details).problems())


class _Translation:
    """The errors of one document, which are translated together: one may explain another."""

    def __init__(
        self, model: type[BaseModel], document: Document, details: list[ErrorDetails]
    ) -> None:
        self.model = model
        self.document = document
        self.details = details

    def problems(self) -> Iterable[Problem]:
        """Yield a problem for each mistake; a key misspelled is not also missing."""
        unknown = [detail for detail in self.details if detail["type"] == "extra_forbidden"]
        meant = {(self._group(detail), self._meant(detail)) for detail in unknown}
        for detail in self.details:
            if detail["type"] == "missing":
                if (self._group(detail), str(detail["loc"][-1])) not in meant:
                    yield self._missing(detail)
            elif detail["type"] == "extra_forbidden":
                yield self._unknown(detail)
            elif not _only_faulty(detail):
                yield self._value(detail)

    def _group(self, detail: ErrorDetails) -> tuple[Key, ...]:
        return self.document.route(detail["loc"][:-1])

    def _free(self, detail: ErrorDetails) -> list[str]:
        """Return the keys that the group of an unknown key may have and does not have yet."""
        present = self.document.keys(self._group(detail))
        return [name for name in fields_at(self.model, detail["loc"][:-1]) if name not in present]

    def _meant(self, detail: ErrorDetails) -> str | None:
        return nearest(str(detail["loc"][-1]), self._free(detail))

    def _missing(self, detail: ErrorDetails) -> Problem:
        name = str(detail["loc"][-1])
        group = self._group(detail)
        field = fields_at(self.model, detail["loc"][:-1]).get(name)
        about = field.description if field is not None else None
        return Problem(
            "missing-key",
            f"{_named(group)} has no {quoted(name)}",
            Place(self.document.path, group, Part.KEY),
            f"add {quoted(name)}: {_as_clause(about)}" if about else f"add {quoted(name)}",
        )

    def _unknown(self, detail: ErrorDetails) -> Problem:
        name = str(detail["loc"][-1])
        group = self._group(detail)
        return Problem(
            "unknown-key",
            f"{_named(group)} has no key {quoted(name)}",
            Place(self.document.path, (*group, name), Part.KEY),
            suggestion(name, self._free(detail), "keys that may still be added"),
        )

    def _value(self, detail: ErrorDetails) -> Problem:
        steps, part = detail["loc"], Part.VALUE
        if steps and steps[-1] == "[key]":
            steps, part = steps[:-1], Part.KEY
        route = self.document.route(steps)
        if detail["input"] is None or detail["type"] == "string_too_short":
            code, message, advice = self._empty(detail, _named(route))
        else:
            code, message, advice = _said(detail, _named(route))
        return Problem(code, message, Place(self.document.path, route, part), advice)

    def _empty(self, detail: ErrorDetails, name: str) -> Said:
        known = _CHOICE.findall(str(detail.get("ctx", {}).get("expected", "")))
        advice = f"write {listed(known, 'or')}" if known else "write a value"
        field = fields_at(self.model, detail["loc"][:-1]).get(str(detail["loc"][-1]))
        optional = field is not None and not field.is_required()
        return (
            "empty-value",
            f"{name} is empty",
            f"{advice}, or leave the key out" if optional else advice,
        )


def _only_faulty(detail: ErrorDetails) -> bool:
    """Whether a list is called too short only because Pydantic does not count faulty entries."""
    value = detail["input"]
    return (
        detail["type"] == "too_short"
        and isinstance(value, list | tuple | dict)
        and len(value) >= detail["ctx"]["min_length"]
    )


def _said(detail: ErrorDetails, name: str) -> Said:
    kind = detail["type"]
    context = detail.get("ctx", {})
    value = detail["input"]
    if "-" in kind:
        return kind, detail["msg"], context.get("help")
    say = _SAYINGS.get(kind)
    if say is not None:
        return say(name, value, context)
    return "wrong-value", f"{name} cannot be {_shown(value)}", None


def _enum(name: str, value: object, context: Mapping[str, object]) -> Said:
    if not isinstance(value, str):
        return _wrong_type(name, value, "one word")
    known = _CHOICE.findall(str(context.get("expected", "")))
    message = f"{quoted(value)} is no value of {name}"
    return "unknown-value", message, suggestion(value, known, "values that it may have")


def _pattern(name: str, value: object, context: Mapping[str, object]) -> Said:
    form = FORMS.get(str(context.get("pattern")))
    if form is None:
        return "wrong-form", f"{quoted(value)} is not written as {name} has to be", None
    mended = form.mend(str(value))
    advice = f"did you mean {quoted(mended)}? {form.rule}" if mended else form.rule
    return "wrong-form", f"{quoted(value)} is not {form.name}", advice


def _too_long(name: str, value: object, context: Mapping[str, object]) -> Said:
    message = f"{name} has {len(str(value)):,} characters; {context['max_length']:,} are the most"
    return "text-too-long", message, "say it in fewer words; `notes` has room for more"


def _too_few(name: str, value: object, context: Mapping[str, object]) -> Said:  # noqa: ARG001
    least = context["min_length"]
    message = f"{name} is empty" if least == 1 else f"{name} needs {least} entries"
    return "too-few", message, "give one at least" if least == 1 else f"give {least} at least"


def _too_many(name: str, value: object, context: Mapping[str, object]) -> Said:
    count = len(value) if isinstance(value, list | tuple | dict) else context.get("actual_length")
    message = f"{name} has {count} entries; {context['max_length']} are the most"
    return "too-many", message, "leave some out"


def _needs(kind: str) -> Callable[[str, object, Mapping[str, object]], Said]:
    return lambda name, value, _: _wrong_type(name, value, kind)


def _bound(phrase: str, key: str) -> Callable[[str, object, Mapping[str, object]], Said]:
    def say(name: str, value: object, context: Mapping[str, object]) -> Said:
        message = f"{name} is {_shown(value)}; it must be {phrase} {context[key]}"
        return "out-of-range", message, None

    return say


def _wrong_type(name: str, value: object, needed: str) -> Said:
    advice = None
    if isinstance(value, str) and needed == "a list":
        advice = (
            f"write `- {value}` on a line of its own, or `[{value}]`" if len(value) < 30 else None
        )
    return "wrong-type", f"{name} must be {needed}, not {_shown(value)}", advice


_SAYINGS: dict[str, Callable[[str, object, Mapping[str, object]], Said]] = {
    "string_type": _needs("text"),
    "tuple_type": _needs("a list"),
    "list_type": _needs("a list"),
    "dict_type": _needs("a group of keys"),
    "model_type": _needs("a group of keys"),
    "model_attributes_type": _needs("a group of keys"),
    "int_type": _needs("a whole number"),
    "int_parsing": _needs("a whole number"),
    "int_parsing_size": _needs("a whole number of fewer digits"),
    "int_from_float": _needs("a whole number"),
    "float_type": _needs("a number"),
    "float_parsing": _needs("a number"),
    "decimal_type": _needs("a number"),
    "decimal_parsing": _needs("a number"),
    "bool_type": _needs("true or false"),
    "bool_parsing": _needs("true or false"),
    "enum": _enum,
    "literal_error": _enum,
    "string_pattern_mismatch": _pattern,
    "string_too_long": _too_long,
    "too_short": _too_few,
    "too_long": _too_many,
    "greater_than_equal": _bound("at least", "ge"),
    "greater_than": _bound("more than", "gt"),
    "less_than_equal": _bound("at most", "le"),
    "less_than": _bound("less than", "lt"),
}


def _named(route: tuple[Key, ...]) -> str:
    """Return how a sentence calls the entry at `route`."""
    if not route:
        return "the file"
    last = route[-1]
    if isinstance(last, str):
        return quoted(last)
    group = next((quoted(step) for step in reversed(route) if isinstance(step, str)), "the file")
    return f"entry {last + 1} of {group}"


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return "a group of keys"
    if isinstance(value, list | tuple):
        return "a list"
    return quoted(value)


def _as_clause(sentence: str) -> str:
    """Return a field's description as the end of a sentence."""
    clause = sentence.rstrip(".")
    return clause[0].lower() + clause[1:] if clause[1:2].islower() else clause
