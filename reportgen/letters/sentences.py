"""Where one sentence ends and the next begins, in the English of letters.

A full stop ends a sentence when a capital, a quotation mark or the end follows, unless it belongs
to an abbreviation that counsel would write: U.S.C., No., Inc., Sen., or an initial.
"""

from __future__ import annotations

import re

_END = re.compile(r"[.!?][”’\"')\]]*(?=\s+[“‘\"'(\[]?[A-Z0-9“]|\s*$)")
# fmt: off
_ABBREVIATIONS = frozenset(
    {
        "Art.",
        "Arts.",
        "Assn.",
        "Bros.",
        "Cal.",
        "Ch.",
        "Civ.",
        "Co.",
        "Cong.",
        "Corp.",
        "Dept.",
        "Dr.",
        "Ed.",
        "Ex.",
        "Exh.",
        "Fed.",
        "Fig.",
        "Gen.",
        "Gov.",
        "Hon.",
        "Inc.",
        "Jan.",
        "Feb.",
        "Mar.",
        "Apr.",
        "Jun.",
        "Jul.",
        "Aug.",
        "Sep.",
        "Sept.",
        "Oct.",
        "Nov.",
        "Dec.",
        "Jr.",
        "Ltd.",
        "Mr.",
        "Mrs.",
        "Ms.",
        "No.",
        "Nos.",
        "Pub.",
        "Reg.",
        "Rep.",
        "Rev.",
        "Sec.",
        "Sen.",
        "Sr.",
        "St.",
        "Stat.",
        "Subch.",
        "Subsec.",
        "Supp.",
        "Tab.",
        "Tit.",
        "U.S.C.",
        "Vol.",
        "al.",
        "art.",
        "cf.",
        "ch.",
        "e.g.",
        "eds.",
        "etc.",
        "i.e.",
        "no.",
        "nos.",
        "p.",
        "para.",
        "paras.",
        "pp.",
        "sec.",
        "seq.",
        "tit.",
        "v.",
        "vol.",
        "vs.",
    }
)
# fmt: on
_LONGEST = 24
"""So many characters before a full stop can belong to an abbreviation, its brackets counted."""
_INITIALS = re.compile(r"(?:[A-Z]\.)+")


def boundaries(text: str) -> tuple[tuple[int, int], ...]:
    """Return the start and end of each sentence in `text`, white space trimmed."""
    sentences = []
    start = 0
    for match in _END.finditer(text):
        more = bool(text[match.end() :].strip())
        if more and match[0].startswith(".") and _abbreviates(text, start, match.start() + 1):
            continue
        sentences.append((start, match.end()))
        start = match.end()
    if text[start:].strip():
        sentences.append((start, len(text)))
    return tuple(_trimmed(text, *sentence) for sentence in sentences)


def _abbreviates(text: str, start: int, end: int) -> bool:
    *_, word = text[max(start, end - _LONGEST) : end].split()
    word = word.lstrip("(“‘\"'[")
    return word in _ABBREVIATIONS or _INITIALS.fullmatch(word) is not None


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - (len(words) - len(words.rstrip()))
