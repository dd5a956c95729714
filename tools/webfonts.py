"""Makes templates/fonts/*.woff2, what a web page carries of the typefaces, from the *.ttf there.

A page is one file, so it carries its typefaces within it: here they are cut to Latin writing and to
the features that the style sheets use, a ninth of the size. What is cut away is shown in a typeface
of the reader's machine. Run it after a change of the typefaces; a test says when it is due.
"""

from __future__ import annotations

import io
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parents[1] / "templates/fonts"
RANGES = (
    range(0x0020, 0x0250),  # Latin: Basic, Latin-1, Extended-A and -B
    range(0x1E00, 0x1F00),  # Latin Extended Additional: Vietnamese
    range(0x2000, 0x2070),  # punctuation
    range(0x20A0, 0x20D0),  # currencies
    range(0x2100, 0x2150),  # numero, trade mark
    range(0x2190, 0x2194),  # arrows
    range(0x2200, 0x2300),  # minus, signs of comparison
)
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "liga", "lnum", "pnum", "tnum", "smcp", "sups"]


def for_the_web(path: Path) -> bytes:
    """Return the typeface as WOFF2, cut down; the same bytes for the same versions of fontTools."""
    font = TTFont(path, recalcTimestamp=False)
    options = Options()
    options.layout_features = FEATURES
    options.hinting = False
    options.glyph_names = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[code for codes in RANGES for code in codes])
    subsetter.subset(font)
    font.flavor = "woff2"
    file = io.BytesIO()
    font.save(file, reorderTables=False)
    return file.getvalue()


if __name__ == "__main__":
    for source in sorted(FONTS.glob("*.ttf")):
        source.with_suffix(".woff2").write_bytes(for_the_web(source))
