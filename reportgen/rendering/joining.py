"""Many PDF files joined to one, for a printer: each begins on the front of a sheet."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def joined(files: Iterable[Path], *, both_sides: bool = True) -> bytes:
    """Return the pages of all files, in their order, in one file: the same bytes for the same files.

    What is for readers who listen, the tags of the pages, stays in the single files: this one is
    for paper.

    Args:
        files: The PDF files, which must be there and whole.
        both_sides: Whether sheets are printed on both sides: then an empty page follows a file
            that has an odd number of them.
    """
    with pikepdf.new() as whole:
        for path in files:
            with pikepdf.open(path) as part:
                size = part.pages[-1].mediabox
                whole.add_pages_from(part)
                if both_sides and len(part.pages) % 2:
                    width, height = float(size[2] - size[0]), float(size[3] - size[1])
                    whole.add_blank_page(page_size=(width, height))
        content = io.BytesIO()
        whole.save(
            content, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate
        )
    return content.getvalue()
