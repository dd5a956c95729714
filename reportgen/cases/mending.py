"""A case with stand-ins for its faulty entries, so that rules can speak about all the others.

One misspelled date must not hide that a source is missing elsewhere. What stands in breaks no rule,
so no problem is reported of it; the mended case serves the rules and nothing else.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from reportgen.cases.model import Case

if TYPE_CHECKING:
    from reportgen.files.yaml import Data, Document

_SOURCE: Final = "stand-in"
_TEXT: Final = "-"
_NEVER: Final = "9999"

_ROOT: Final[dict[str, Data]] = {
    "title": _TEXT,
    "kind": "other",
    "status": "alleged",
    "summary": _TEXT,
    "dates": {"source": _SOURCE},
    "affected": [{"name": _TEXT}],
    "notes": None,
}
"""What stands in for an entry of the file."""

_ENTRIES: Final[dict[str, Data]] = {
    "affected": {"name": _TEXT},
    "actors": {
        "name": _TEXT,
        "attribution": {
            "rung": "consistent-with",
            "confidence": "not-stated",
            "by": _TEXT,
            "basis": _TEXT,
            "source": _SOURCE,
        },
    },
    "techniques": {"framework": "veris", "id": _TEXT},
    "targets": {"name": _TEXT, "source": _SOURCE},
    "facts": {"text": _TEXT, "source": _SOURCE},
    "responses": {"party": _TEXT, "answer": "declined", "as_of": _NEVER, "source": _SOURCE},
    "regimes": {"decision": "under-assessment", "by": _TEXT, "date": _NEVER, "because": _TEXT},
    "sources": {"title": _TEXT, "publisher": _TEXT, "kind": "article"},
}
"""What stands in for an entry of a list or a group of such entries."""


def mended(document: Document, folder: str) -> Case | None:
    """Return the case that the faultless entries of a document make, with stand-ins for others.

    Args:
        document: The case's file, which does not make a case as it stands.
        folder: The name of the case's folder, which stands in for a faulty id.

    Returns:
        The mended case, or None when hardly anything of it is sound.
    """
    if not isinstance(document.data, dict):
        return None
    data = copy.deepcopy(document.data)
    try:
        Case.model_validate(data)
    except ValidationError as error:
        for detail in error.errors(include_url=False, include_context=False, include_input=False):
            _mend(data, detail["loc"], folder)
    sources = data.setdefault("sources", {})
    if isinstance(sources, dict):
        sources[_SOURCE] = copy.deepcopy(_ENTRIES["sources"])
    try:
        return Case.model_validate(data)
    except ValidationError:
        return None


def _mend(data: dict[str, Data], location: tuple[str | int, ...], folder: str) -> None:
    """Replace the entry at `location`; one that nothing can stand in for is taken out."""
    if not location:
        return
    name = str(location[0])
    entries, key = data.get(name), location[1] if len(location) > 1 else None
    if "[key]" in location and isinstance(entries, dict):
        entries.pop(str(key), None)
    elif isinstance(entries, dict) and key is not None and name in _ENTRIES:
        if key in entries:  # unless it was taken out already
            entries[str(key)] = copy.deepcopy(_ENTRIES[name])
    elif isinstance(entries, list) and isinstance(key, int) and name in _ENTRIES:
        # A list keeps its length: the routes of the other entries must stay true.
        entries[key] = copy.deepcopy(_ENTRIES[name])
    elif name == "id":
        data[name] = folder
    elif name in _ROOT:
        data[name] = copy.deepcopy(_ROOT[name])
    else:
        data.pop(name, None)
