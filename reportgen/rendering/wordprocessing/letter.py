"""The letter as a package: every part made, and related to the one that needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docx.image.image import Image

from reportgen.rendering.page import targets
from reportgen.rendering.screen import open_points
from reportgen.rendering.wordprocessing import heads, notes, particulars
from reportgen.rendering.wordprocessing.blocks import blocks
from reportgen.rendering.wordprocessing.drawings import Plate
from reportgen.rendering.wordprocessing.elements import root, w
from reportgen.rendering.wordprocessing.fonts import FALLBACK, declared, faces, ruler
from reportgen.rendering.wordprocessing.package import Package
from reportgen.rendering.wordprocessing.paragraphs import held_together
from reportgen.rendering.wordprocessing.sheet import SHEETS
from reportgen.rendering.wordprocessing.story import Register, Story
from reportgen.rendering.wordprocessing.styles import styles
from reportgen.rendering.wordprocessing.tracking import Tracking

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lxml.etree import _Element

    from reportgen.letters.draft import Draft
    from reportgen.rendering.model import Edition, Revision, Stationery
    from reportgen.rendering.wordprocessing.package import Tree

_PREFIXES: Final = "w r wp a pic asvg w14 mc"


def write(
    draft: Draft,
    stationery: Stationery,
    edition: Edition,
    pictures: Mapping[str, bytes],
    revision: Revision | None = None,
) -> bytes:
    """Return the file.

    Args:
        draft: The letter.
        stationery: Its fonts.
        edition: Which copy it is.
        pictures: PNG of the charts that the letter shows, by their names.
        revision: What is said of its tracked changes, if it has any.
    """
    return _Letter(draft, edition, revision).write(stationery, pictures)


class _Letter:
    """A letter's package in the making."""

    def __init__(self, draft: Draft, edition: Edition, revision: Revision | None) -> None:
        self._draft = draft
        self._edition = edition
        self._revision = revision
        self._sheet = SHEETS[draft.paper]
        self._package = Package()
        self._document = self._package.tree(
            "/word/document.xml", "document", root("w:document", _PREFIXES)
        )

    def write(self, stationery: Stationery, pictures: Mapping[str, bytes]) -> bytes:
        """Return the file."""
        register = Register(
            final=self._edition.final,
            targets=frozenset(targets(self._draft.document)),
            plates=dict(self._plates(pictures)),
            sheet=self._sheet,
            ruler=ruler(stationery.fonts),
            tracking=Tracking(self._revision) if self._revision else None,
        )
        self._body(Story(self._document, register))
        self._notes(register)
        self._typeface_and_styles(stationery)
        self._part("numbering", register.numbering.part())
        self._package.tree("/docProps/core.xml", "core", particulars.properties(self._draft))
        return self._package.content()

    # --- text -----------------------------------------------------------------------------------

    def _body(self, story: Story) -> None:
        draft, edition = self._draft, self._edition
        body = held_together(list(blocks((draft.document,), story)))
        running = heads.running(draft, edition)
        if self._revision is not None:
            running = heads.revised(self._revision.heads)
        first = self._around("header", 1, heads.first_head(running, story))
        later = self._around("header", 2, heads.head(running, story))
        foot = self._around("footer", 1, heads.foot(draft, running, story))
        section = self._sheet.section(
            first, later, foot, numbered=edition.line_numbers and not edition.final
        )
        for sheet in open_points(edition):
            # A section of its own: its pages have not the head of a letter.
            body.append(w("p", w("pPr", section)))
            body += blocks(sheet.children, story)
            section = self._sheet.section(None, first, foot)
        self._document.root.append(w("body", *body, section))

    def _around(self, kind: str, number: int, content: Iterable[_Element]) -> str | None:
        """Add a running head or foot; return the id of its relationship, None for an empty one."""
        tree = root("w:hdr" if kind == "header" else "w:ftr", _PREFIXES, *content)
        if not len(tree):
            return None
        return self._package.related(f"/word/{kind}{number}.xml", kind, tree, of=self._document)

    def _notes(self, register: Register) -> None:
        part = self._part("footnotes", root("w:footnotes", _PREFIXES, *notes.separators()))
        story = Story(part, register, calls_notes=False)
        for number, aside in enumerate(register.notes, start=1):
            part.root.append(notes.note(number, aside, story))

    # --- what it is made with -------------------------------------------------------------------

    def _plates(self, pictures: Mapping[str, bytes]) -> Iterator[tuple[str, Plate]]:
        """Lay charts and pictures ready, each with the source by which images name it."""
        for number, chart in enumerate(self._draft.charts, start=1):
            if chart.name in pictures:
                pixels = self._binary(f"chart{number}", "png", pictures[chart.name])
                vectors = self._binary(f"chart{number}", "svg", chart.svg)
                plate = Plate(chart.title, chart.width, chart.height, pixels, vectors)
                yield f"chart:{chart.name}", plate
        for number, picture in enumerate(self._draft.pictures, start=1):
            kind = picture.media_type.removeprefix("image/")
            image = Image.from_blob(picture.content)
            pixels = self._binary(f"picture{number}", kind, picture.content)
            # Enclosed pages fill the sheet, whatever size they say that they have.
            scale = self._sheet.measure / image.px_width
            plate = Plate("", self._sheet.measure, image.px_height * scale, pixels)
            yield f"picture:{picture.name}", plate

    def _typeface_and_styles(self, stationery: Stationery) -> None:
        draft, embedded = self._draft, faces(stationery.fonts)
        family = embedded[0].family if embedded else FALLBACK
        final = self._edition.final
        self._part("styles", styles(family, draft.language, self._sheet.measure, final=final))
        self._part("settings", particulars.settings(draft, fonts=bool(embedded), final=final))
        table = self._part("fontTable", root("w:fonts", "w r"))
        identifiers = [
            self._package.binary(f"/word/fonts/font{number}.odttf", "font", face.content, of=table)
            for number, face in enumerate(embedded, start=1)
        ]
        table.root.extend(declared(zip(embedded, identifiers, strict=True)))

    def _part(self, kind: str, tree: _Element) -> Tree:
        return self._package.tree(f"/word/{kind}.xml", kind, tree, of=self._document)

    def _binary(self, name: str, kind: str, content: bytes) -> str:
        path = f"/word/media/{name}.{kind}"
        return self._package.binary(path, kind, content, of=self._document)
