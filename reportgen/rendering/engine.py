"""WeasyPrint, loaded in one place and without a detour.

On Linux cffi asks gcc, ld and ldconfig where a library is before WeasyPrint comes to the name that
the loader knows at once: for seven libraries, a third of a second of every start. That search is
off here while WeasyPrint loads; where the loader does not know the names, it is tried after all.
fontTools' subsetter and its instancer of variable fonts, a fifth of what WeasyPrint loads, come when
they are called: never, where HarfBuzz subsets and the typefaces do not vary.
"""

from __future__ import annotations

import ctypes.util
import sys
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SELDOM_CALLED: Final = ("fontTools.subset", "fontTools.varLib.instancer")


def _find_nothing(name: str) -> str | None:  # noqa: ARG001 - stands in for find_library
    return None


@contextmanager
def _without_searching() -> Iterator[None]:
    """Let `ctypes.util.find_library` find nothing."""
    search = ctypes.util.find_library
    ctypes.util.find_library = _find_nothing
    try:
        yield
    finally:
        ctypes.util.find_library = search


class _StandIn(ModuleType):
    """A module whose functions and classes are those of the real one, loaded when one is called."""

    def __getattr__(self, name: str) -> Callable[..., object]:
        def call(*arguments: object, **named: object) -> object:
            result: object = getattr(import_module(self.__name__), name)(*arguments, **named)
            return result

        return call


@contextmanager
def _without_what_is_seldom_called() -> Iterator[None]:
    """Let modules be imported by their names alone."""
    names = [name for name in _SELDOM_CALLED if name not in sys.modules]
    sys.modules.update({name: _StandIn(name) for name in names})
    try:
        yield
    finally:
        for name in names:
            del sys.modules[name]


def _libraries_are_where_they_should() -> bool:
    """Whether the loader knows the last of the libraries that WeasyPrint needs by its name."""
    try:
        ctypes.CDLL("libpangoft2-1.0.so.0")
    except OSError:
        return False
    return True


with _without_what_is_seldom_called():
    if sys.platform == "linux" and _libraries_are_where_they_should():
        with _without_searching():
            import_module("weasyprint")
    import_module("weasyprint")

from weasyprint import CSS, HTML, Document, Page  # noqa: E402
from weasyprint.css import ColorProfile  # noqa: E402
from weasyprint.css.counters import CounterStyle  # noqa: E402
from weasyprint.formatting_structure.boxes import (  # noqa: E402
    FootnoteAreaBox,
    LineBox,
    MarginBox,
    TextBox,
)
from weasyprint.layout import block as line_layout  # noqa: E402
from weasyprint.layout import inline as inline_layout  # noqa: E402
from weasyprint.layout.absolute import AbsolutePlaceholder  # noqa: E402
from weasyprint.text.ffi import ffi, fontconfig, harfbuzz_subset, pangoft2  # noqa: E402
from weasyprint.text.fonts import FontConfiguration  # noqa: E402
from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: E402

__all__ = [
    "CSS",
    "HTML",
    "AbsolutePlaceholder",
    "ColorProfile",
    "CounterStyle",
    "Document",
    "FontConfiguration",
    "FootnoteAreaBox",
    "LineBox",
    "MarginBox",
    "Page",
    "TextBox",
    "URLFetcher",
    "URLFetcherResponse",
    "ffi",
    "fontconfig",
    "harfbuzz_subset",
    "inline_layout",
    "line_layout",
    "pangoft2",
]
