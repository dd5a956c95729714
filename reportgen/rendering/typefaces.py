"""The typefaces that a layout may use: those of the stationery and no others.

WeasyPrint asks Fontconfig, and Fontconfig answers with what the machine has: its fonts, and its
rules on hinting and substitution. Here it starts from an empty configuration instead. What the
stationery lacks is then missing, visibly, and the same on every machine.
"""

from __future__ import annotations

from reportgen.rendering.engine import FontConfiguration, ffi, fontconfig, pangoft2

ffi.cdef("FcConfig * FcConfigCreate (void);")


class OwnTypefaces(FontConfiguration):  # type: ignore[misc] # WeasyPrint has no annotations
    """A font configuration that knows only what `@font-face` rules bring."""

    def __init__(self) -> None:
        """Start with no font at all.

        WeasyPrint has no public way to begin with nothing, so the machine's configuration, which
        it has just read, is replaced in both places that hold it (its version is pinned).
        """
        super().__init__()
        self._config = fontconfig.FcConfigCreate()
        pangoft2.pango_fc_font_map_set_config(
            ffi.cast("PangoFcFontMap *", self.font_map), self._config
        )
        fontconfig.FcConfigDestroy(self._config)  # the font map holds a reference of its own

    def __len__(self) -> int:
        """Return how many fonts there are; Pango crashes where there is none."""
        fonts = fontconfig.FcConfigGetFonts(self._config, fontconfig.FcSetApplication)
        return int(fonts.nfont) if fonts != ffi.NULL else 0
