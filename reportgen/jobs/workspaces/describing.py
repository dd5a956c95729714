"""What files may say, as JSON Schemas: for editors that complete and check while one writes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from reportgen.cases.model import Case
from reportgen.files import atomic
from reportgen.letters.model import Family, Letter, Organization, Recipient
from reportgen.regimes.model import Regime

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from pydantic import BaseModel

    from reportgen.problems.model import Problem

MODELS: Mapping[str, type[BaseModel]] = {
    "case": Case,
    "letter": Letter,
    "family": Family,
    "organization": Organization,
    "recipient": Recipient,
    "regime": Regime,
}
"""The files that have a schema, by the names of their schemas."""


def schema(name: str) -> str:
    """Return the JSON Schema (draft 2020-12) of a file as text, the same on every machine."""
    described = MODELS[name].model_json_schema(by_alias=True)
    described = {"$schema": "https://json-schema.org/draft/2020-12/schema", **described}
    return json.dumps(described, indent=2, ensure_ascii=False) + "\n"


def write(names: Iterable[str], folder: Path) -> tuple[tuple[Path, ...], tuple[Problem, ...]]:
    """Write schemas into a folder that exists, as `<name>.schema.json`.

    Returns:
        The files written, and the problems `cannot-write` of those that could not be.
    """
    written: list[Path] = []
    problems: list[Problem] = []
    for name in names:
        path = folder / f"{name}.schema.json"
        found = atomic.write(path, schema(name).encode())
        problems.extend(found)
        if not found:
            written.append(path)
    return tuple(written), tuple(problems)
