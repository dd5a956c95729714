"""From a number as a person writes it to a quantity with bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.quantities.quantity import Quantity  # noqa: TC001

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.problems.model import Refusal


def read(stated: str | Mapping[str, object]) -> Quantity | Refusal:
    """Read a quantity."""
    raise NotImplementedError
