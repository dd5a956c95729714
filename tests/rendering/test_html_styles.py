"""The style sheets of the web: what can be computed of them without a browser."""

from __future__ import annotations

import io
import re
from itertools import product

import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont

from tests.rendering.letter_sample import ROOT
from tools.webfonts import FEATURES, RANGES

WEB = ROOT / "templates/styles/web"
FONTS = ROOT / "templates/fonts"


def palettes() -> dict[str, dict[str, str]]:
    """The colors of each scheme, by name."""
    text = (WEB / "type.css").read_text()
    light, dark = (
        dict(re.findall(r"--(\w+): (#\w{6});", block))
        for block in re.findall(r":root \{(.*?)\}", text, re.DOTALL)
    )
    printed = dict(re.findall(r"--(\w+): (#\w{3,6});", (WEB / "print.css").read_text()))
    return {"light": light, "dark": {**light, **dark}, "print": {**light, **printed}}


def contrast(one: str, other: str) -> float:
    """The ratio of two colors' luminances (WCAG 2.2, 1.4.3)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(color: str) -> float:
    digits = color[1:] if len(color) == 7 else "".join(2 * each for each in color[1:])
    channels = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def outline(font: TTFont, code: int) -> tuple[object, int]:
    """The drawing of a character, and how wide it is."""
    glyphs = font.getGlyphSet()
    pen = DecomposingRecordingPen(glyphs)
    glyph = glyphs[font.getBestCmap()[code]]
    glyph.draw(pen)
    return pen.value, glyph.width


def test_black_on_white_has_the_contrast_that_the_standard_computes() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
def test_text_has_the_contrast_that_everybody_can_read(scheme: str) -> None:
    colors = palettes()[scheme]
    for text, ground in product(("ink", "quiet"), ("desk", "paper", "touch")):
        assert contrast(colors[text], colors[ground]) >= 4.5, (text, ground)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_no_text_but_says_something_can_be_seen(scheme: str) -> None:
    colors = palettes()[scheme]
    for mark, ground in product(("ring", "unbound", "hair"), ("paper", "touch")):
        assert contrast(colors[mark], colors[ground]) >= 3, (mark, ground)


def test_sizes_on_a_screen_follow_the_reader_and_nothing_is_forced() -> None:
    sheets = sorted(WEB.glob("*.css"))
    assert len(sheets) == 8
    for sheet in sheets:
        text = sheet.read_text()
        assert "!important" not in text
        if sheet.name != "print.css":
            assert not re.search(r"font-size: [\d.]+(px|pt)", text), sheet.name


@pytest.mark.parametrize("face", ["Regular", "Italic", "Bold", "BoldItalic"])
def test_a_font_of_the_web_is_cut_from_the_font_of_the_letter(face: str) -> None:
    """A stale one is made anew by `python tools/webfonts.py`."""
    whole = TTFont(FONTS / f"SourceSerif4-{face}.ttf")
    cut = TTFont(io.BytesIO((FONTS / f"SourceSerif4-{face}.woff2").read_bytes()))
    assert cut["head"].fontRevision == whole["head"].fontRevision
    characters = whole.getBestCmap()
    kept = {code for codes in RANGES for code in codes} & characters.keys()
    assert len(kept) > 500
    assert cut.getBestCmap().keys() == kept
    assert all(outline(cut, code) == outline(whole, code) for code in kept)
    features = {each.FeatureTag for each in cut["GSUB"].table.FeatureList.FeatureRecord}
    assert features <= set(FEATURES)
    assert {"pnum", "tnum", "sups"} <= features
