"""A draft as JSON, and back: what is kept of a letter when it is sent to review.

The same draft gives the same bytes, and what is read is the same draft, to the last place. A kept
draft is read as any file from outside is: bounded, by the types of the draft and nothing else, its
document by the closed tag set; what is otherwise is a problem.

The envelope names the format and its version, and holds the SHA-256 of what it envelops, so that a
file that was cut off or altered is known. `Draft.digest` is kept as it was computed then, and is
not computed again: a later program may take more into it.
"""

from __future__ import annotations

import hashlib
import json
import types
from base64 import b64decode, b64encode
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Union, get_args, get_origin, get_type_hints

from reportgen.letters.draft import Draft
from reportgen.letters.markup import ATTRIBUTES, MAX_DEPTH, TAGS, Element, leads_somewhere
from reportgen.problems.model import Place, Problem
from reportgen.statistics.model import Chart

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMAT: Final = "reportgen-draft"
VERSION: Final = 1
LIMIT: Final = 256 * 1024 * 1024
"""How many bytes a kept draft may have: its pictures are in it."""

_DEEPEST: Final = 2 * MAX_DEPTH
"""How deep elements may lie in each other; composing wraps more around those of a template."""
_NAMES: Final = {"Chart": Chart, "Element": Element, "Place": Place, "date": date}
"""What the annotations of a draft name but its module imports for type checkers only."""


def keep(draft: Draft) -> bytes:
    """Return the draft as JSON, UTF-8: the same bytes for the same draft."""
    content = _written(_plain(draft))
    head = {
        "format": FORMAT,
        "version": VERSION,
        "letter": draft.name,
        "sha256": hashlib.sha256(content.encode()).hexdigest(),
    }
    return f'{_written(head)[:-1]},"draft":{content}}}\n'.encode()


def read(content: bytes, shown_as: str) -> tuple[Draft | None, tuple[Problem, ...]]:
    """Read a kept draft.

    Args:
        content: The bytes of the file.
        shown_as: What problems call it.

    Returns:
        The draft and no problem, or None and one problem: `draft-unreadable`, or `draft-altered`
        when its digest does not fit.
    """
    try:
        return _read(content), ()
    except _UnreadableError as error:
        return None, (Problem(error.code, str(error), Place(shown_as), error.help),)


class _UnreadableError(Exception):
    """What stands in the way of a kept draft."""

    def __init__(self, message: str, code: str = "draft-unreadable") -> None:
        super().__init__(message)
        self.code = code
        self.help = (
            "restore the file from version control, or from whoever has it whole"
            if code == "draft-altered"
            else "kept drafts are written by `reportgen review`, and never by hand"
        )


def _read(content: bytes) -> Draft:
    data = _parsed_json(content)
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise _UnreadableError("this is no kept draft")
    if data.get("version") != VERSION:
        raise _UnreadableError(
            f"this is a kept draft of version {str(data.get('version'))[:20]!r}, and version "
            f"{VERSION} is read"
        )
    if data.keys() != {"format", "version", "letter", "sha256", "draft"}:
        raise _UnreadableError("this lacks a part of a kept draft, or has one too many")
    digest = hashlib.sha256(_written(data["draft"]).encode("utf-8", "surrogatepass")).hexdigest()
    if digest != data["sha256"]:
        raise _UnreadableError(
            "this is not what was kept: its digest does not fit", "draft-altered"
        )
    draft = _typed(data["draft"], Draft, "draft", 0)
    if not isinstance(draft, Draft) or draft.name != data["letter"]:
        raise _UnreadableError("this names another letter than its draft is of")
    return draft


def _parsed_json(content: bytes) -> object:
    if len(content) > LIMIT:
        raise _UnreadableError(f"this is larger than {LIMIT // 1024 // 1024} MiB")
    try:
        return json.loads(
            content.decode("utf-8"), object_pairs_hook=_object, parse_constant=_no_number
        )
    except RecursionError:
        raise _UnreadableError("this is nested too deep for a draft") from None
    except UnicodeDecodeError:
        raise _UnreadableError("this is not UTF-8") from None
    except json.JSONDecodeError as error:
        message = f"this is no JSON from line {error.lineno}, column {error.colno}"
        raise _UnreadableError(message) from None
    except ValueError:
        raise _UnreadableError("a number in this has too many digits") from None


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _UnreadableError("a key stands twice in one object")
    return found


def _no_number(_: str) -> None:
    raise _UnreadableError("a number in this is not finite")


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


# --- out ----------------------------------------------------------------------------------------


def _plain(value: object) -> object:
    """Return a value of a draft as JSON has it."""
    if is_dataclass(value) and not isinstance(value, type):
        # What is left at its default is left out, so that a document stays short: whoever changes
        # a default of the draft's model raises VERSION.
        return {
            field.name: _plain(present)
            for field in fields(value)
            if (present := getattr(value, field.name)) != field.default or field.default is MISSING
        }
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, bytes):
        return b64encode(value).decode("ascii")
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


# --- in -----------------------------------------------------------------------------------------


def _typed(value: object, kind: Any, where: str, depth: int) -> object:  # noqa: ANN401, PLR0911
    """Return the value of type `kind` that `_plain` made `value` of."""
    origin = get_origin(kind)
    if origin is Union or origin is types.UnionType:
        return _of_union(value, get_args(kind), where, depth)
    if origin is tuple:
        return _of_tuple(value, get_args(kind), where, depth)
    if isinstance(kind, type) and is_dataclass(kind):
        return _of_dataclass(value, kind, where, depth)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _parsed(kind, value, where)
    if kind is date:
        return _parsed(date.fromisoformat, value, where)
    if kind is bytes:
        return _parsed(_bytes, value, where)
    # A bool is an int to Python, and neither is a float.
    if type(value) is kind or (kind is float and type(value) is int):
        if isinstance(value, str) and not value.isascii():
            _parsed(str.encode, value, where)  # a lone surrogate is no text
        return value
    raise _UnreadableError(f"`{where}` is not what stands there in a draft")


def _of_union(value: object, kinds: tuple[Any, ...], where: str, depth: int) -> object:
    """Choose by the form of the value: no two kinds of one union look the same."""
    if value is None and type(None) in kinds:
        return None
    for kind in kinds:
        form = dict if is_dataclass(kind) else list if get_origin(kind) is tuple else kind
        if type(value) is form:
            return _typed(value, kind, where, depth)
    raise _UnreadableError(f"`{where}` is not what stands there in a draft")


def _of_tuple(value: object, kinds: tuple[Any, ...], where: str, depth: int) -> object:
    if not isinstance(value, list):
        raise _UnreadableError(f"`{where}` is no list")
    if kinds[-1] is Ellipsis:
        kinds = (kinds[0],) * len(value)
    if len(kinds) != len(value):
        raise _UnreadableError(f"`{where}` has {len(value)} entries in place of {len(kinds)}")
    return tuple(_typed(each, kind, where, depth) for each, kind in zip(value, kinds, strict=True))


def _of_dataclass(value: object, kind: Any, where: str, depth: int) -> object:  # noqa: ANN401
    if not isinstance(value, dict):
        raise _UnreadableError(f"`{where}` is no group of keys")
    if kind is Element:
        depth += 1
        if depth > _DEEPEST:
            raise _UnreadableError(f"elements lie more than {_DEEPEST} deep in each other")
    hints = _hints(kind)
    for name in value.keys() - hints.keys():
        raise _UnreadableError(f"`{where}` has a key `{name[:40]}` that a draft has not")
    for field in fields(kind):
        if field.name not in value and field.default is MISSING:
            raise _UnreadableError(f"`{where}` lacks `{field.name}`")
    made = kind(**{name: _typed(each, hints[name], name, depth) for name, each in value.items()})
    if isinstance(made, Element):
        _check(made)
    return made


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind, localns=_NAMES)


def _check(element: Element) -> None:
    """Refuse an element that no letter may have."""
    if element.tag not in TAGS:
        raise _UnreadableError(f"a letter has no <{element.tag[:40]}>")
    for name, value in element.attributes:
        if name not in ATTRIBUTES:
            raise _UnreadableError(f"<{element.tag}> has no attribute `{name[:40]}`")
        if name == "href" and not leads_somewhere(value):
            raise _UnreadableError(f"a link may not lead to {value[:80]!r}")


def _bytes(value: str) -> bytes:
    return b64decode(value.encode("ascii"), validate=True)


def _parsed(parse: Any, value: object, where: str) -> object:  # noqa: ANN401 - a type, a function
    try:
        return parse(value if isinstance(value, str) else None)
    except (AttributeError, TypeError, ValueError):
        raise _UnreadableError(f"`{where}` is not what stands there in a draft") from None
