"""Bytes and text from the disk, bounded; whatever stands in the way is a problem, not a crash."""

from __future__ import annotations

import codecs
import hashlib
import os
import stat
from io import FileIO
from typing import TYPE_CHECKING, TypeVar

from reportgen.files.text import Text, normal
from reportgen.problems.model import Place, Problem, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

T = TypeVar("T")

Problems = tuple[Problem, ...]

TEXT_LIMIT = 1024 * 1024
"""How many bytes a text may have: a hundred times what people write by hand."""

BYTES_LIMIT = 256 * 1024 * 1024
"""How many bytes an exhibit or a picture may have."""

_CONTROLS = bytes({*range(0x20), 0x7F} - {*b"\t\n\r"})

_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)

_KINDS = (
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)

_SAVE_AS_UTF_8 = "save it as UTF-8: in most editors under “Save as”, “Encoding”"


def read_bytes(
    path: Path, shown_as: str | None = None, limit: int = BYTES_LIMIT
) -> tuple[bytes | None, Problems]:
    """Read a regular file of at most `limit` bytes.

    Args:
        path: The file.
        shown_as: What problems call it; the path as it is given when left out.
        limit: The greatest number of bytes that is taken.

    Returns:
        The bytes and no problem, or None and one problem: `file-missing`, `not-a-file`,
        `file-unreadable` or `file-too-large`.
    """
    return _attempt(lambda: _read(path, limit), path, shown_as)


def sha256(
    path: Path, shown_as: str | None = None, limit: int = BYTES_LIMIT
) -> tuple[str | None, Problems]:
    """Return the SHA-256 of a regular file's bytes, in lower-case hexadecimal digits.

    The file is never whole in memory; the problems are those of `read_bytes`.
    """
    return _attempt(lambda: _digest(path, limit), path, shown_as)


def read_text(
    path: Path, shown_as: str | None = None, limit: int = TEXT_LIMIT
) -> tuple[str | None, Problems]:
    r"""Read a UTF-8 text of at most `limit` bytes, without byte order mark, `\n` ending its lines.

    Returns:
        The text and no problem, or None and one problem: those of `read_bytes`,
        `wrong-encoding` or `control-character`.
    """
    content, problems = read_bytes(path, shown_as, limit)
    if content is None:
        return None, problems
    return decode(content, shown_as or str(path))


def decode(content: bytes, shown_as: str) -> tuple[str | None, Problems]:
    """Turn the bytes of a text file into text in normal form; see `read_text`."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            message = f"the file is in {name}, not in UTF-8"
            place = Place(shown_as)
            return None, (Problem("wrong-encoding", message, place, _SAVE_AS_UTF_8),)
    try:
        text = normal(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        return None, (_undecodable(content, error.start, shown_as),)
    # Only a file that has such a byte pays for finding out where.
    if len(content.translate(None, _CONTROLS)) != len(content):
        return None, (control_character(text, shown_as),)
    return text, ()


def control_character(text: str, shown_as: str) -> Problem:
    """Return the problem of the first character of `text` that no text file may have."""
    shown = Text(shown_as, text)
    position = next(i for i, character in enumerate(shown.text) if is_control(character))
    code = ord(shown.text[position])
    name = "a null character" if code == 0 else f"the control character U+{code:04X}"
    return Problem(
        "control-character",
        f"{name} stands in the text",
        Place(shown_as, span=shown.span(position, position + 1)),
        "the file may be damaged, or may be no text file; delete the character",
    )


def is_control(character: str) -> bool:
    """Whether a character is one that YAML 1.1, 5.1 does not let into a text."""
    code = ord(character)
    return (
        (code < 0x20 and character not in "\t\n\r")
        or (0x7F <= code < 0xA0 and code != 0x85)
        or 0xD800 <= code < 0xE000
        or code in {0xFEFF, 0xFFFE, 0xFFFF}
    )


class _StoppedError(Exception):
    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.message)
        self.refusal = refusal


def _attempt(read: Callable[[], T], path: Path, shown_as: str | None) -> tuple[T | None, Problems]:
    try:
        return read(), ()
    except _StoppedError as stopped:
        refusal = stopped.refusal
    except IsADirectoryError:
        refusal = Refusal("not-a-file", "this is a folder, where a file is needed")
    except (FileNotFoundError, NotADirectoryError):
        refusal = Refusal("file-missing", "there is no such file")
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        refusal = Refusal("file-unreadable", f"the file cannot be read: {reason.lower()}")
    return None, (refusal.at(Place(shown_as or str(path))),)


def _read(path: Path, limit: int) -> bytes:
    with _opened(path) as file:
        content = _read_all(file.fileno(), _size(file.fileno(), limit), limit)
    if len(content) > limit:
        raise _StoppedError(_too_large(limit))
    return content


def _digest(path: Path, limit: int) -> str:
    with _opened(path) as file:
        _size(file.fileno(), limit)
        return hashlib.file_digest(file, "sha256").hexdigest()


def _opened(path: Path) -> FileIO:
    # Without O_NONBLOCK, opening a pipe waits for somebody to write into it.
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        return FileIO(descriptor)
    except OSError:  # Python itself refuses to make a file of a folder
        os.close(descriptor)
        raise


def _size(descriptor: int, limit: int) -> int:
    """Return the size of a regular file of at most `limit` bytes; stop at any other."""
    status = os.fstat(descriptor)
    for is_kind, kind in _KINDS:
        if is_kind(status.st_mode):
            message = f"this is {kind}, where a file is needed"
            raise _StoppedError(Refusal("not-a-file", message))
    if status.st_size > limit:
        raise _StoppedError(_too_large(limit))
    return status.st_size


def _read_all(descriptor: int, expected: int, limit: int) -> bytes:
    """Read to the end, and never more than one byte past the limit, even from a growing file."""
    content = os.read(descriptor, expected + 1)
    if len(content) == expected:
        return content
    parts = [content]
    left = limit + 1 - len(content)
    while left > 0 and (part := os.read(descriptor, min(left, 1 << 20))):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def _undecodable(content: bytes, position: int, shown_as: str) -> Problem:
    before = Text(shown_as, content[:position].decode("utf-8"))
    end = len(before.text)
    span = Text(shown_as, before.text + "?").span(end, end + 1)
    byte = content[position : position + 1]
    legacy = byte.decode("windows-1252", errors="ignore")
    guess = f"; in Windows-1252 it would be “{legacy}”" if legacy.isprintable() and legacy else ""
    return Problem(
        "wrong-encoding",
        f"the byte {byte.hex().upper()} here is not UTF-8{guess}",
        Place(shown_as, span=span),
        _SAVE_AS_UTF_8,
    )


def _too_large(limit: int) -> Refusal:
    size = f"{limit // 1024 // 1024} MiB" if limit >= 1024 * 1024 else f"{limit:,} bytes"
    return Refusal(
        "file-too-large",
        f"the file is larger than {size}, the most that is read",
        "split it, or keep bulky material in a file of its own beside it",
    )
