"""What rendering takes beside a draft, and what it gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from reportgen.letters.markup import Element


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
class Edition:
    """Which copy of a letter is made.

    Attributes:
        final: The copy that is sent: without legend, ids of facts, marks of unbound numbers or
            anything else that belongs to the drafting. Otherwise a draft, which says so.
        line_numbers: Whether the lines of a draft are numbered, for those who quote them.
        open_points: What a draft leaves open; it stands on a last page that is not the letter.
        assertion_numbers: Whether the sentences of a draft are numbered as its index numbers them,
            each beside the line that it begins on.
    """

    final: bool = False
    line_numbers: bool = False
    open_points: tuple[str, ...] = ()
    assertion_numbers: bool = False

    @property
    def numbered(self) -> bool:
        """Whether there are numbers in the margins: never in the copy that is sent."""
        return not self.final and (self.line_numbers or self.assertion_numbers)

    def legend(self, digest: str) -> str | None:
        """Return what a draft bears on every page, numbered after its content; None if final."""
        return None if self.final else f"DRAFT v{digest[:6].upper()}"


@dataclass(frozen=True, slots=True)
class Revision:
    """What a document with tracked changes says of them; they themselves stand in its tree.

    Attributes:
        author: Whose changes they are.
        date: The day that they bear, which no clock decides.
        heads: The lines at the head and foot of pages, changes among them: paragraphs of the
            classes `marking`, `name`, `date` and `legend`.
    """

    author: str
    date: date
    heads: Element


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file made from a draft.

    Attributes:
        name: `letter.pdf`.
        media_type: `application/pdf`.
        content: The bytes; the same for the same draft and stationery.
        pages: How many pages it has, where it has pages.
        places: Where each assertion begins in the copy that is sent, by its id: the page and the
            line, from 1; empty for a draft, and where there are no pages.
    """

    name: str
    media_type: str
    content: bytes
    pages: int | None = None
    places: Mapping[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Report:
    """A paper of the house that is no letter: an index, a list of changes.

    Attributes:
        name: The name of its file without the ending: `index`.
        title: What it is, for readers and catalogues.
        author: Whose it is.
        date: The date that the file bears inside, which no clock decides.
        language: BCP 47.
        body: Its content.
        drawings: SVG by the names that images of the body have, `chart:<name>`; for PDF alone.
        lasting: Whether the PDF is one for the archive too (PDF/A-2a); then the body is one
            `article`.
    """

    name: str
    title: str
    author: str
    date: date
    language: str
    body: tuple[Element, ...]
    drawings: tuple[tuple[str, bytes], ...] = ()
    lasting: bool = False
