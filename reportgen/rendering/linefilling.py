"""Lines that are filled to their last word: a mend of WeasyPrint 70, made when this is imported.

Where the words of a text fill a line and the space that ends the text, before a number in an element
of its own, does not fit any more, WeasyPrint takes the line for one that cannot be broken, and
leaves its first word alone on it. A space at the end of a line takes no room, so such a text is set
whole; what follows it then goes to the next line.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any, Final

from reportgen.rendering.engine import inline_layout

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_split: Final[Callable[..., tuple[Any, ...]]] = inline_layout.split_first_line

_RESUME: Final = 2
_WIDTH: Final = 3
"""Where a line that was split has what comes after it (None: nothing), and its width."""


def _filling(
    text: str,
    style: Mapping[str, object],
    context: object,
    width: float | None,
    *others: object,
    **named: object,
) -> tuple[Any, ...]:
    line = _split(text, style, context, width, *others, **named)
    words = text.rstrip(" ")
    broken = line[_RESUME] is not None and words != text and width is not None
    # Only a line with one word is looked at: any other was broken where it is full.
    if not broken or " " in text.encode()[: line[1]].decode().strip(" "):
        return line
    alone = _split(words, style, context, width, *others, **named)
    if alone[_RESUME] is not None or alone[_WIDTH] > width:
        return line
    return _split(text, style, context, inf, *others, **named)


inline_layout.split_first_line = _filling
