"""Enclosures: the files that travel with a letter, each behind a cover sheet of its own.

A PDF is taken as pictures of its pages, since a stranger's file would bring its own fonts, scripts
and missing tags into a letter that has none of these faults; the words of each page become the
picture's alternative text. A picture stands as it is, a CSV file as a table. A file that is broken,
encrypted or too large is a refusal.
"""

from __future__ import annotations

import csv
import io
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.files.reading import decode
from reportgen.letters.draft import Picture
from reportgen.letters.markup import Element
from reportgen.problems.model import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.letters.loading import Enclosure

MAX_PAGES = 200
MAX_ROWS = 1_000
MAX_COLUMNS = 12
MAX_CELL = 500
MAX_PIXELS = 60_000_000
DPI = 200
"""Dots an inch of a page taken as a picture: what fax and court filings call fine."""

_ALTERNATIVE = 2_000
"""Characters of a page's words that its alternative text holds."""


@dataclass(frozen=True, slots=True)
class Enclosed:
    """An enclosure as part of the letter.

    Attributes:
        section: Its cover sheet and its pages.
        pictures: The pictures that the pages name.
        pages: How many pages or tables follow the cover sheet.
    """

    section: Element
    pictures: tuple[Picture, ...]
    pages: int


def enclosed(enclosure: Enclosure) -> Enclosed | Refusal:
    """Return an enclosure as part of the letter.

    Returns:
        The enclosure; or `enclosure-unknown` for a file of another kind, `enclosure-broken`,
        `enclosure-encrypted`, `enclosure-too-large`.
    """
    content = enclosure.content
    if content.startswith(b"%PDF-") or b"%PDF-" in content[:1024]:
        pages = _pdf_pages(enclosure)
    elif content.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        pages = _picture(enclosure)
    elif enclosure.file.lower().endswith(".csv"):
        return _table(enclosure)
    else:
        return Refusal(
            "enclosure-unknown",
            f"`{enclosure.file}` is no PDF, PNG, JPEG or CSV file",
            "save it as PDF and name that file",
        )
    if isinstance(pages, Refusal):
        return pages
    sheets = tuple(_sheet(picture, alternative) for picture, alternative in pages)
    section = _section(enclosure, sheets, _counted(len(pages), "page"))
    return Enclosed(section, tuple(picture for picture, _ in pages), len(pages))


def _section(enclosure: Enclosure, inside: Sequence[Element], extent: str) -> Element:
    cover = Element(
        "div",
        (("class", "cover"),),
        (
            Element("h2", (), (f"Enclosure {enclosure.number}",)),
            Element("p", (("class", "title"),), (enclosure.title,)),
            Element("p", (("class", "extent"),), (extent,)),
        ),
    )
    attributes = (("class", "exhibit"), ("id", f"enclosure-{enclosure.number}"))
    return Element("section", attributes, (cover, *inside))


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _sheet(picture: Picture, alternative: str) -> Element:
    image = Element("img", (("src", f"picture:{picture.name}"), ("alt", alternative)))
    return Element("figure", (("class", "sheet"),), (image,))


# --- PDF ----------------------------------------------------------------------------------------


def _pdf_pages(enclosure: Enclosure) -> list[tuple[Picture, str]] | Refusal:
    import pypdfium2  # noqa: PLC0415 - only letters with a PDF enclosed need it

    try:
        document = pypdfium2.PdfDocument(enclosure.content)
    except pypdfium2.PdfiumError as error:
        return _unreadable(enclosure, str(error))
    try:
        if len(document) > MAX_PAGES:
            return Refusal(
                "enclosure-too-large",
                f"`{enclosure.file}` has {len(document):,} pages; an enclosure has at most "
                f"{MAX_PAGES}",
                "split it into several enclosures, or send it apart",
            )
        if len(document) == 0:
            return _unreadable(enclosure, "it has no pages")
        return list(_pages(enclosure, document))
    except (pypdfium2.PdfiumError, ValueError, MemoryError) as error:
        return _unreadable(enclosure, str(error))
    finally:
        document.close()


def _pages(enclosure: Enclosure, document: object) -> Iterator[tuple[Picture, str]]:
    total = len(document)  # type: ignore[arg-type] # pypdfium2 has no annotations
    for index in range(total):
        page = document[index]  # type: ignore[index]
        width, height = page.get_size()
        scale = min(DPI / 72, (MAX_PIXELS / max(width * height, 1)) ** 0.5)
        image = page.render(scale=scale, may_draw_forms=True).to_pil().convert("RGB")
        words = " ".join(page.get_textpage().get_text_bounded().split())
        name = f"enclosure-{enclosure.number}-{index + 1}"
        where = f"Enclosure {enclosure.number}, page {index + 1} of {total}"
        yield Picture(name, "image/png", _png(image)), _alternative(where, words)


def _unreadable(enclosure: Enclosure, why: str) -> Refusal:
    if "password" in why.lower():
        return Refusal(
            "enclosure-encrypted",
            f"`{enclosure.file}` is encrypted",
            "save a copy without a password, and name that",
        )
    return Refusal(
        "enclosure-broken",
        f"`{enclosure.file}` cannot be read: {why.rstrip('.').lower()}",
        "open it, print it to PDF anew, and name the new file",
    )


# --- pictures -----------------------------------------------------------------------------------


def _picture(enclosure: Enclosure) -> list[tuple[Picture, str]] | Refusal:
    from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415 - only letters with a picture

    try:
        with warnings.catch_warnings(), _only_whole_pictures():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(enclosure.content), formats=("PNG", "JPEG"))
        with image, _only_whole_pictures():
            if image.width * image.height > MAX_PIXELS:
                return _too_many_pixels(enclosure, f"{image.width:,} by {image.height:,}")
            # Written anew, so that no metadata of a camera or an editor travels with it, and
            # without transparency, which PDF/A viewers print differently; upright, as the camera
            # was held.
            colored = ImageOps.exif_transpose(image).convert("RGBA")
            flat = Image.new("RGB", colored.size, "white")
            flat.paste(colored, mask=colored.getchannel("A"))
    except Image.DecompressionBombError:
        return _too_many_pixels(enclosure, "far too many")
    except UnidentifiedImageError:
        # Pillow's own sentence names an address in memory.
        return _unreadable(enclosure, "it is no picture")
    except (OSError, ValueError, SyntaxError) as error:
        return _unreadable(enclosure, str(error))
    name = f"enclosure-{enclosure.number}-1"
    where = f"Enclosure {enclosure.number}: {enclosure.title}"
    return [(Picture(name, "image/png", _png(flat)), where)]


@contextmanager
def _only_whole_pictures() -> Iterator[None]:
    """Let Pillow refuse a picture that is cut off.

    WeasyPrint, once loaded, asks it to fill up what is missing with gray.
    """
    from PIL import ImageFile  # noqa: PLC0415 - as above

    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _too_many_pixels(enclosure: Enclosure, many: str) -> Refusal:
    return Refusal(
        "enclosure-too-large",
        f"`{enclosure.file}` has {many} pixels",
        "save it smaller; a page needs no more than 2,000 by 2,600",
    )


def _png(image: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "PNG", optimize=False)  # type: ignore[attr-defined] # Pillow's image
    return buffer.getvalue()


def _alternative(where: str, words: str) -> str:
    if not words:
        return f"{where}; it has no text that could be read"
    shown = words if len(words) <= _ALTERNATIVE else f"{words[:_ALTERNATIVE].rstrip()} …"
    return f"{where}: {shown}"


# --- tables -------------------------------------------------------------------------------------


def _table(enclosure: Enclosure) -> Enclosed | Refusal:
    rows = _rows(enclosure)
    if isinstance(rows, Refusal):
        return rows
    width = len(rows[0])
    numeric = [all(_is_number(row[column]) for row in rows[1:]) for column in range(width)]
    head = tuple(
        Element("th", (("scope", "col"), *_aligned(numeric[i])), (cell or "–",))
        for i, cell in enumerate(rows[0])
    )
    body = tuple(
        Element(
            "tr",
            (),
            tuple(
                Element("th", (("scope", "row"),), (cell or "–",))
                if i == 0
                else Element("td", _aligned(numeric[i]), (cell,))
                for i, cell in enumerate(row)
            ),
        )
        for row in rows[1:]
    )
    table = Element(
        "table",
        (("class", "data"),),
        (
            Element("caption", (), (enclosure.title,)),
            Element("thead", (), (Element("tr", (), head),)),
            Element("tbody", (), body),
        ),
    )
    extent = f"Table of {_counted(len(rows) - 1, 'row')}"
    return Enclosed(_section(enclosure, (table,), extent), (), 1)


def _rows(enclosure: Enclosure) -> list[list[str]] | Refusal:
    """Return the rows of a CSV file, its head first."""
    text, problems = decode(enclosure.content, enclosure.file)
    if text is None:
        return _unreadable_table(enclosure, problems[0].message)
    try:
        rows = [row for row in csv.reader(io.StringIO(text), strict=True) if any(row)]
    except csv.Error as error:
        return _unreadable_table(enclosure, str(error))
    if len(rows) < 2:
        return _unreadable_table(enclosure, "it has no rows beneath its head")
    return _obstacle(enclosure, rows) or rows


def _obstacle(enclosure: Enclosure, rows: Sequence[Sequence[str]]) -> Refusal | None:
    """Return why the rows make no table that can be bound in; None when they do."""
    width = len(rows[0])
    if len(rows) > MAX_ROWS + 1 or width > MAX_COLUMNS:
        return Refusal(
            "enclosure-too-large",
            f"`{enclosure.file}` has {len(rows) - 1:,} rows of {width} columns; a table that is "
            f"enclosed has at most {MAX_ROWS:,} of {MAX_COLUMNS}",
            "enclose an extract, or send the file apart",
        )
    uneven = next((i for i, row in enumerate(rows, 1) if len(row) != width), None)
    if uneven is not None:
        return _unreadable_table(
            enclosure, f"row {uneven} has {len(rows[uneven - 1])} cells, not {width}"
        )
    if any(len(cell) > MAX_CELL for row in rows for cell in row):
        return Refusal(
            "enclosure-too-large",
            f"`{enclosure.file}` has a cell of more than {MAX_CELL} characters",
            "shorten it, or enclose the table as PDF",
        )
    return None


def _unreadable_table(enclosure: Enclosure, why: str) -> Refusal:
    return Refusal(
        "enclosure-broken",
        f"`{enclosure.file}` cannot be read as a table: {why.rstrip('.').lower()}",
        "save it as CSV in UTF-8, with a head, and with quotation marks around cells with commas",
    )


def _aligned(numeric: bool) -> tuple[tuple[str, str], ...]:  # noqa: FBT001 - of one column
    return (("class", "number"),) if numeric else ()


def _is_number(cell: str) -> bool:
    return cell.strip().lstrip("-+").replace(",", "").replace(".", "", 1).isdigit() or not cell
