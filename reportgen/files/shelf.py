"""The files that problems speak of, opened when a problem has to be shown and not before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.files.reading import read_bytes
from reportgen.files.text import Text

if TYPE_CHECKING:
    from reportgen.problems.model import Locating

_LIMIT = 16 * 1024 * 1024


class Shelf(Mapping[str, "Locating"]):
    """Documents by path: those handed in, and any other file that can be read.

    So whoever loads a thousand cases need not keep a thousand documents for the few that are to
    be shown.
    """

    def __init__(self, known: Mapping[str, Locating] | None = None) -> None:
        self._documents = dict(known or {})

    def __getitem__(self, path: str) -> Locating:
        if path not in self._documents:
            self._documents[path] = _open(path)
        return self._documents[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)


def _open(path: str) -> Locating:
    content = read_bytes(Path(path), limit=_LIMIT)[0] if path else None
    if content is None:
        raise KeyError(path)
    text = content.decode("utf-8", errors="replace")
    return (_parsed(text, path) if path.endswith((".yaml", ".yml")) else None) or Text(path, text)


def _parsed(text: str, path: str) -> Locating | None:
    from reportgen.files import yaml  # noqa: PLC0415 - most often there is nothing to show

    return yaml.parse(text, path)[0] if len(text) <= yaml.SIZE_LIMIT else None
