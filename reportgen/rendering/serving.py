"""What a layout may ask for: the stationery's fonts and the draft's charts, from memory.

Everything else is refused and remembered: files of the machine, the network, data in the address.
A letter in which something was refused is not printed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.rendering.engine import URLFetcher, URLFetcherResponse

if TYPE_CHECKING:
    from collections.abc import Mapping

MEDIA_TYPES = {".svg": "image/svg+xml", ".ttf": "font/ttf", ".otf": "font/otf"}


class Shelf(URLFetcher):  # type: ignore[misc] # WeasyPrint has no annotations
    """A fetcher that hands out what lies on it and refuses the rest.

    Attributes:
        refused: The addresses that were asked for in vain, in order.
    """

    def __init__(self, files: Mapping[str, bytes]) -> None:
        """Lay out `files`, by their full addresses."""
        # The parent's constructor opens handlers for files and for the network: not called.
        self._files = files
        self._fail_on_errors = False  # a refusal is remembered, and the rest still checked
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """Return what lies at `url`.

        Raises:
            PermissionError: When nothing lies there.
        """
        del headers
        if url not in self._files:
            self.refused.append(url)
            raise PermissionError("only the fonts of the stationery and the charts of the draft")
        suffix = url[url.rfind(".") :]
        return URLFetcherResponse(
            url, self._files[url], {"Content-Type": MEDIA_TYPES.get(suffix, "")}
        )
