"""What rendering takes beside a draft, and what it gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Stationery:
    """The look of a letter: read once, used for many drafts.

    Attributes:
        styles: Style sheets in their order: (name, text).
        fonts: The files under templates/fonts/ by name.
    """

    styles: tuple[tuple[str, str], ...]
    fonts: Mapping[str, bytes]

    def digest(self) -> str:
        """Return the SHA-256 over names and contents: the same for the same look."""
        parts = [(name, text.encode()) for name, text in self.styles]
        whole = sha256(f"{len(parts)}".encode())
        for name, content in (*parts, *sorted(self.fonts.items())):
            whole.update(f"\n{len(name)} {name} {len(content)}\n".encode())
            whole.update(content)
        return whole.hexdigest()


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file made from a draft.

    Attributes:
        name: `letter.pdf`.
        media_type: `application/pdf`.
        content: The bytes; the same for the same draft and stationery.
        pages: How many pages it has, where it has pages.
    """

    name: str
    media_type: str
    content: bytes
    pages: int | None = None
