"""A house of invented people whose letter can be sent: a new workspace, its gaps filled in.

It can have what makes a letter hard to build: a confidential figure and passage, charts, and
enclosures of every kind.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
from PIL import Image, ImageDraw

from reportgen.files.shelf import Shelf
from reportgen.jobs.building import drafting
from reportgen.jobs.building.ordering import Order
from reportgen.jobs.workspaces.starting import start
from reportgen.problems.printing import Format, render

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from reportgen.jobs.building.ordering import Built
    from reportgen.workspace import Workspace

CASE = "example-2026"
FORMATS = ("pdf", "docx", "html", "txt")


def house(folder: Path, enclosures: Mapping[str, bytes] | None = None) -> Workspace:
    """Make a workspace whose one letter leaves nothing open.

    Args:
        folder: Where.
        enclosures: The files that the letter encloses, by name.
    """
    workspace, problems = start(folder)
    assert workspace is not None, problems
    letter = letter_of(workspace)
    for other in letter.parent.iterdir():
        if other.stem != letter.stem:
            other.unlink()
    text = letter.read_text()
    for gap, filling in (("[Signatory]", "Casey Specimen"), ("[Title]", "General Counsel")):
        assert gap in text
        text = text.replace(gap, filling)
    if enclosures:
        text += "enclosures:\n"
        for name, content in enclosures.items():
            text += f"  - {{ title: Exhibit {name.replace('.', ' ')}, file: {name} }}\n"
            (workspace.cases / CASE / name).write_bytes(content)
    letter.write_text(text)
    return workspace


def with_confidential_figure(workspace: Workspace) -> Workspace:
    """Mark a figure as confidential, so that the letter has two versions."""
    case = workspace.cases / CASE / "case.yaml"
    text, figure = case.read_text(), "quantity: 1.2 million"
    assert figure in text
    case.write_text(text.replace(figure, f"{figure}\n    confidential: FOIA Exemption 4"))
    with letter_of(workspace).open("a") as file:
        file.write("confidentiality:\n  requested_by: Example Models, Inc.\n")
        file.write("  bates: { prefix: EXAMPLE, first: 41 }\n")
    return workspace


def letter_of(workspace: Workspace) -> Path:
    return workspace.cases / CASE / "letters/committee.yaml"


def attempt(workspace: Workspace, *formats: str, final: bool = False) -> Built:
    """Build the letter, whatever comes of it."""
    order = Order(workspace, workspace.output, formats or FORMATS, final)
    (built,) = drafting.build(order, [letter_of(workspace)])
    return built


def build(workspace: Workspace, *formats: str, final: bool = False) -> dict[str, bytes]:
    """Build the letter and return its files by name."""
    built = attempt(workspace, *formats, final=final)
    assert built.artifacts, render(built.problems, Shelf(), Format.FULL)
    return {name: (built.folder / name).read_bytes() for name in built.artifacts}


# --- what can be enclosed -------------------------------------------------------------------------


def pdf(pages: int = 2, width: int = 612, height: int = 792) -> bytes:
    """A PDF with a shape on each page."""
    document = pypdfium2.PdfDocument.new()
    buffer = BytesIO()
    for _ in range(pages):
        document.new_page(width, height)
    document.save(buffer)
    document.close()
    return buffer.getvalue()


def encrypted_pdf() -> bytes:
    buffer = BytesIO()
    with pikepdf.open(BytesIO(pdf())) as document:
        document.save(buffer, encryption=pikepdf.Encryption(owner="owner", user="user"))
    return buffer.getvalue()


def transparent_png() -> bytes:
    image = Image.new("RGBA", (300, 200), (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse((20, 20, 280, 180), fill=(200, 30, 30, 128))
    return _saved(image, "PNG")


def cmyk_jpeg() -> bytes:
    """A photograph for print, lying on its side, with the words of a camera in it."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Quillcamera"
    return _saved(Image.new("CMYK", (300, 200), (0, 120, 200, 10)), "JPEG", exif=exif)


def csv(rows: int = 60) -> bytes:
    lines = (f'Month {row},{row * 1234},"noted, and kept"' for row in range(1, rows + 1))
    return "\n".join(("Month,Exchanges,Note", *lines)).encode()


def _saved(image: Image.Image, kind: str, **options: object) -> bytes:
    buffer = BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def every_kind() -> dict[str, bytes]:
    """An enclosure of each kind."""
    return {
        "memo.pdf": pdf(),
        "wide.pdf": pdf(1, 792, 612),
        "drawing.png": transparent_png(),
        "photograph.jpg": cmyk_jpeg(),
        "months.csv": csv(),
    }
