"""The versions of what lays out and sets a PDF and is no Python package: Pango, HarfBuzz and others.

The bytes of a PDF depend on them; a record says which they were.
"""

from __future__ import annotations

import ctypes
import zlib
from typing import TYPE_CHECKING, Final

from reportgen.rendering.engine import harfbuzz_subset

if TYPE_CHECKING:
    from collections.abc import Mapping

_UNKNOWN: Final = "unknown"

_FILES: Final = ("lib{}.so.{}", "lib{}.{}.dylib", "lib{}-{}.dll")
"""What a library's file is called on Linux, macOS and Windows."""


def versions() -> Mapping[str, str]:
    """Return the version of each library by its name; `unknown` for one that does not tell."""
    harfbuzz = _said("harfbuzz", "hb_version_string")
    return {
        "fontconfig": _counted("fontconfig", "FcGetVersion"),
        "harfbuzz": harfbuzz,
        "pango": _said("pango-1.0", "pango_version_string"),
        "subsetter": "fontTools" if harfbuzz_subset is None else f"HarfBuzz {harfbuzz}",
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
    }


def _library(name: str) -> ctypes.CDLL | None:
    """Return a library that is loaded already, by the names that the loader knows it by."""
    for form in _FILES:
        for number in (0, 1):
            try:
                return ctypes.CDLL(form.format(name, number))
            except OSError:
                continue
    return None


def _said(library: str, function: str) -> str:
    """Return what a function says that returns a text."""
    try:
        call = getattr(_library(library), function)
    except AttributeError:
        return _UNKNOWN
    call.restype = ctypes.c_char_p
    said = call()
    return said.decode("ascii", "replace") if said else _UNKNOWN


def _counted(library: str, function: str) -> str:
    """Return what a function says that returns 21400 for 2.14.0."""
    try:
        number = int(getattr(_library(library), function)())
    except AttributeError:
        return _UNKNOWN
    return f"{number // 10_000}.{number // 100 % 100}.{number % 100}"
