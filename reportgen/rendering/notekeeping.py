"""Notes that stay on the page that calls them: a mend of WeasyPrint 70, made when this is imported.

When the second line of a paragraph does not fit at the foot of a page, WeasyPrint moves notes of
that page to the next one to make room for it, and forgets those that this very line calls. In the
columns of a page it does not, but lets the paragraph begin on the next one, which is what a letter
needs. So lines are laid out as if all text stood in columns; all else is left as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from reportgen.rendering.engine import line_layout

if TYPE_CHECKING:
    from collections.abc import Callable

_lay_out: Final[Callable[..., tuple[object, ...]]] = line_layout._linebox_layout  # noqa: SLF001


class _AsInColumns:
    """What a layout knows, but for whether it is in columns."""

    __slots__ = ("_context",)
    in_column: Final = True

    def __init__(self, context: object) -> None:
        object.__setattr__(self, "_context", context)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - of a library without annotations
        return getattr(object.__getattribute__(self, "_context"), name)

    def __setattr__(self, name: str, value: object) -> None:
        setattr(object.__getattribute__(self, "_context"), name, value)


def _keeping_notes(context: object, *others: object) -> tuple[object, ...]:
    seen = context if isinstance(context, _AsInColumns) else _AsInColumns(context)
    return _lay_out(seen, *others)


line_layout._linebox_layout = _keeping_notes  # noqa: SLF001
