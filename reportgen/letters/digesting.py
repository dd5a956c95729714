"""The digest of a draft: one name for exactly this content."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING

from reportgen.problems.model import Place

if TYPE_CHECKING:
    from reportgen.letters.draft import Draft


def digest(draft: Draft) -> str:
    """Return SHA-256 over the draft's content: all its fields but places and the digest itself."""
    content = json.dumps(_canonical(draft), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(content.encode()).hexdigest()


def _canonical(value: object) -> object:
    if isinstance(value, Place):
        return None
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    if is_dataclass(value) and not isinstance(value, type):
        return [
            type(value).__name__,
            *(_canonical(getattr(value, f.name)) for f in fields(value) if f.name != "digest"),
        ]
    if isinstance(value, tuple | list):
        return [_canonical(each) for each in value]
    if isinstance(value, date | Enum):
        return str(value)
    return value
