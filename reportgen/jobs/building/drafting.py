"""Build letters: those that are fresh are left as they are, the others are made.

Nothing here loads a library that makes letters: to find one fresh costs reading its files once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.jobs.building.ordering import Built
from reportgen.jobs.drafts import freshness
from reportgen.letters.naming import name_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from reportgen.jobs.building.making import Maker
    from reportgen.jobs.building.ordering import Order


def build(order: Order, letters: Iterable[Path]) -> Iterator[Built]:
    """Build each letter that is not fresh, one after the other."""
    maker: Maker | None = None
    for path in letters:
        built = fresh(order, path)
        if built is None:
            maker = maker or _maker(order)
            built = maker.make(path)
        yield built


def _maker(order: Order) -> Maker:
    from reportgen.jobs.building.making import Maker  # noqa: PLC0415 - what is fresh needs none of it

    return Maker(order)


def fresh(order: Order, path: Path) -> Built | None:
    """Return what is there already, when building again would give the same."""
    name = name_of(path)
    folder = order.folder(name)
    record = None if order.force else freshness.read(folder)
    if record is None or record.letter != name or record.options != order.options(path):
        return None
    if not record.has(order.formats) or not record.holds(folder):
        return None
    artifacts = tuple(filter(order.wants, record.artifacts))
    return Built(name, folder, artifacts, record.pages, attention=record.attention)
