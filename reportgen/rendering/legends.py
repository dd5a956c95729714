"""What a copy of a letter says of itself, on every page or at its head."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportgen.letters.draft import Draft
    from reportgen.rendering.model import Edition


def legends(draft: Draft, edition: Edition) -> tuple[str, ...]:
    """Return the legends of a copy: that it is a draft, that it is confidential, its marking."""
    production = draft.production.legend if draft.production else None
    return tuple(filter(None, (edition.legend(draft.digest), production, draft.marking)))
