"""The pictures of a letter: which drawing an image names, and what a reader would miss."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.problems.model import Place, Problem
from reportgen.rendering.complaints import of_refusals
from reportgen.rendering.page import chart_url

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.letters.draft import Draft, Picture
    from reportgen.letters.markup import Element
    from reportgen.statistics.model import Chart


def picture_of(image: Element, draft: Draft) -> Chart | Picture | None:
    """Return the drawing or the picture that an image names, if the draft has it."""
    kind, _, name = (image.get("src") or "").partition(":")
    known: dict[str, tuple[Chart | Picture, ...]] = {
        "chart": draft.charts,
        "picture": draft.pictures,
    }
    return next((each for each in known.get(kind, ()) if each.name == name), None)


def missing(draft: Draft) -> Iterator[Problem]:
    """Yield each image whose drawing is not there (`resource-refused`)."""
    for image in _images(draft):
        if picture_of(image, draft) is None:
            name = (image.get("src") or "").removeprefix("chart:")
            yield from of_refusals((chart_url(name),), draft.name)


def wordless(draft: Draft) -> Iterator[Problem]:
    """Yield each image that says nothing to those who cannot see it (`missing-alternative`)."""
    for image in _images(draft):
        if not (image.get("alt") or "").strip():
            yield Problem(
                "missing-alternative",
                f"the drawing “{image.get('src')}” has no written alternative",
                Place(draft.name),
                "say in words what the drawing shows, for those who cannot see it",
            )


def _images(draft: Draft) -> Iterator[Element]:
    return (node for node in draft.document.walk() if node.tag == "img")
