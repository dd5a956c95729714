"""Texts of others on a terminal: nothing in them may steer it, and columns must line up."""

from __future__ import annotations

import unicodedata
from enum import StrEnum

_TAB = "    "


class Style(StrEnum):
    """The few looks that a problem has, as ANSI SGR parameters (ECMA-48, 8.3.117)."""

    ERROR = "1;31"
    WARNING = "1;33"
    FRAME = "1;34"
    STRONG = "1"
    NONE = ""


def styled(text: str, style: Style, *, color: bool) -> str:
    """Return the text in a style, or as it is where there is no color."""
    return f"\x1b[{style}m{text}\x1b[0m" if color and style and text else text


def visible(text: str) -> str:
    """Return the text on one line, with a sign in place of each character that is none.

    Escape sequences, line breaks, and characters that turn the direction of writing around
    (Unicode TR 36, 2.10) lose their power; tabs become blanks.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_sign, text))


def width(text: str) -> int:
    """Return how many columns a visible text takes: wide characters two, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(map(_columns, text))


def _sign(character: str) -> str:
    code = ord(character)
    if character == "\t":
        return _TAB
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}:
        return "\ufffd"
    return character


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
