"""What was added to a PDF behind its unsigned bytes: the signature, and nothing that one would see.

A signed file begins with the unsigned one, but what stands behind may say otherwise of any object
in it. So each object that the first addition replaces is looked at: only the catalog and one page
may be, and only so that an invisible field comes in. What comes after the signature is left to pyHanko's policy, which
lets in time stamps and proofs of validity. One of the doors to pyHanko.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader

_OF_CATALOG: Final = frozenset({"/AcroForm", "/DSS", "/Extensions"})
_SIGNED: Final = 1
"""The revision that the signature makes; 0 is the unsigned file."""


def changes(reader: PdfFileReader) -> str:
    """Say what was changed beyond signing, stamping and their proofs; empty when nothing was."""
    from pyhanko.sign.diff_analysis import (  # noqa: PLC0415 - heavy
        DEFAULT_DIFF_POLICY,
        ModificationLevel,
        SuspiciousModification,
    )

    replaced = _replaced(reader)
    if replaced:
        return replaced
    found = DEFAULT_DIFF_POLICY.review_file(reader, _SIGNED)
    if isinstance(found, SuspiciousModification):
        return " ".join(str(found).split())[:200] or "something that no signature needs"
    if found.modification_level > ModificationLevel.FORM_FILLING:
        return "annotations or more were added"
    return ""


def _replaced(reader: PdfFileReader) -> str:
    """Say what the addition that holds the signature changes of the unsigned file."""
    if reader.xrefs.total_revisions <= _SIGNED:
        return "the signature is not added behind an unsigned file"
    old = reader.get_historical_resolver(0)
    new = reader.get_historical_resolver(_SIGNED)
    before, after = old.trailer_view, new.trailer_view
    if before.raw_get("/Root").reference != after.raw_get("/Root").reference:
        return "the file has another root"
    for reference in sorted(
        reader.xrefs.explicit_refs_in_revision(_SIGNED), key=lambda each: each.idnum
    ):
        if old.is_ref_unassignable(reference):
            continue  # It is new, and nothing of the unsigned file leads to it.
        if not _harmless(reference, old, new):
            return f"object {reference.idnum} of the letter was replaced"
    return ""


def _harmless(reference: Any, old: HistoricalResolver, new: HistoricalResolver) -> bool:  # noqa: ANN401
    was, is_ = old.get_object(reference), new.get_object(reference)
    kind = was.get("/Type") if hasattr(was, "get") else None
    if kind == "/Catalog":
        return _same(was, is_, _OF_CATALOG)
    return kind == "/Page" and _same(was, is_, frozenset({"/Annots"})) and _only_field(was, is_)


def _same(was: Any, is_: Any, but: frozenset[str]) -> bool:  # noqa: ANN401
    """Whether two dictionaries are the same but for some of their keys."""
    keys = (set(was) | set(is_)) - but
    return all(key in was and key in is_ and was.raw_get(key) == is_.raw_get(key) for key in keys)


def _only_field(was: Any, is_: Any) -> bool:  # noqa: ANN401
    """Whether a page has one annotation more: a signature's field that nobody sees."""
    before = list(was.get("/Annots", ()) and was["/Annots"])
    # The raw entries are references: to the same annotations as before, and to one more.
    after = is_["/Annots"]
    kept = [after.raw_get(index) for index in range(len(before))]
    earlier = [was["/Annots"].raw_get(index) for index in range(len(before))]
    if len(after) != len(before) + 1 or kept != earlier:
        return False
    field = after[len(before)]
    left, bottom, right, top = (float(each) for each in field["/Rect"])
    return bool(
        field.get("/Subtype") == "/Widget"
        and field.get("/FT") == "/Sig"
        and "/AP" not in field
        and left == right
        and bottom == top
    )
