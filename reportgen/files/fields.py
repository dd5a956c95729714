"""Which keys a group may have: the fields of the model at a Pydantic location."""

from __future__ import annotations

from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, Tag

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic.fields import FieldInfo

Step = str | int


def fields_at(model: type[BaseModel], steps: tuple[Step, ...]) -> Mapping[str, FieldInfo]:
    """Return the fields, by the names that a file gives them, of the model that `steps` lead to.

    Args:
        model: The model of the whole document.
        steps: A location as Pydantic gives it, with tags of unions and names of validators.

    Returns:
        The fields of all models that may stand there; none when none may.
    """
    return {
        name: field for found in _models(model, steps) for name, field in _fields(found).items()
    }


def _fields(model: type[BaseModel]) -> dict[str, FieldInfo]:
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _models(annotation: Any, steps: tuple[Step, ...]) -> Iterator[type[BaseModel]]:  # noqa: ANN401
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *metadata = get_args(annotation)
        tagged = next((item.tag for item in metadata if isinstance(item, Tag)), None)
        yield from _models(inner, steps[1:] if steps and steps[0] == tagged else steps)
    elif origin in {Union, UnionType}:
        for member in _members(annotation, steps):
            yield from _models(member, steps)
    elif origin in {tuple, list, dict}:
        arguments = get_args(annotation)
        item = arguments[1] if origin is dict else arguments[0]
        # A single value where a list may stand has no index.
        follows = bool(steps) and (origin is dict or isinstance(steps[0], int))
        yield from _models(item, steps[1:] if follows else steps)
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if not steps:
            yield annotation
        elif (field := _fields(annotation).get(str(steps[0]))) is not None:
            yield from _models(field.annotation, steps[1:])


def _members(union: Any, steps: tuple[Step, ...]) -> tuple[Any, ...]:  # noqa: ANN401
    """Return the member that the first step names by its tag, or all members."""
    members = get_args(union)
    for member in members:
        tags = [item.tag for item in get_args(member)[1:] if isinstance(item, Tag)]
        if steps and steps[0] in tags:
            return (member,)
    return members
