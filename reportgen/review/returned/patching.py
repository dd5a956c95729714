"""Edits of prose, made in the Markdown that it was written in, as a patch that can be applied.

Words are looked for where their sentence is written, with as many words around them as it takes to
find them once. What is found nowhere, or more than once, is not guessed: it stays with the edit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import unified_diff
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reportgen.review.model import Edit

_HEADING: Final = re.compile(r"(?m)^##?(?=[ \t]|$)")
_STATEMENT: Final = r"\{%-?\s*(?:from|import|set\s[^%]*?=)(?:(?!%\}).)*%\}"
_PREFACE: Final = re.compile(rf"(?:\s|<!--.*?-->|\{{#.*?#\}}|{_STATEMENT})*", re.DOTALL)
"""What may stand before a section's own heading: comments, and names that its template uses."""
_NAMES: Final = re.compile(_STATEMENT, re.DOTALL)
_INCLUDE: Final = re.compile(r"""\{%-?\s*include\s+(["'])(?P<name>[^"']+)\1\s*-?%\}""")
_FORMS: Final = {
    **dict.fromkeys("'‘’", "['‘’]"),
    **dict.fromkeys('"“”', '["“”]'),
    "–": "(?:–|--)",
    "—": "(?:—|---)",
    "…": r"(?:…|\.\.\.)",
}
"""What Markdown may have written for a sign of print."""
_CODE: Final = ("{{", "}}", "{%", "%}", "{#", "#}")
_MARKUP: Final = re.compile(r"([\\`*_\[\]<>|])")
_CLOSING: Final = ",.;:!?)]”’"
"""Signs that stand close to the word before them."""
_CONTEXTS: Final = (0, 2, 4, 8, 16)
"""With how many words on either side a place is looked for, one after the other."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section as it is written.

    Attributes:
        path: The file in which it stands.
        line: The line on which it begins, from 1.
        text: The whole file.
    """

    path: str
    line: int
    text: str

    @property
    def stretch(self) -> tuple[int, int]:
        """Where it begins and ends in the file, in characters."""
        lines = self.text.split("\n")
        start = sum(len(each) + 1 for each in lines[: self.line - 1])
        own = _HEADING.match(self.text, _passed(self.text, start))
        following = _HEADING.search(self.text, own.end() if own else start + 1)
        return start, following.start() if following else len(self.text)


def _passed(text: str, start: int) -> int:
    """Return where the first words stand from a place on, past comments and statements."""
    match = _PREFACE.match(text, start)
    return match.end() if match else start


@dataclass(frozen=True, slots=True)
class Replacement:
    """Words of a file to be written otherwise: from a character to another."""

    start: int
    end: int
    text: str


def included(text: str, texts: Mapping[str, str], depth: int = 8) -> str:
    """Return a template with what it takes in from others written out.

    Args:
        text: The template.
        texts: The others, by their names.
        depth: How deep they may lie in each other.
    """

    def written(match: re.Match[str]) -> str:
        inner = texts.get(match["name"])
        return match[0] if inner is None or not depth else included(inner, texts, depth - 1)

    return _INCLUDE.sub(written, text)


def section_of_its_own(text: str, name: str) -> str | None:
    """Return a family's section as a letter writes it; None when it has no heading to be known by.

    Args:
        text: The section as the family has it.
        name: The name of the section.
    """
    begin = _passed(text, 0)
    heading, break_, rest = text[begin:].partition("\n")
    if not heading.startswith("#"):
        return None
    # The letter is divided at its headings: what a section uses has to stand below its own.
    names = "".join(f"{each}\n" for each in _NAMES.findall(text[:begin]))
    title = heading.partition("{#")[0].rstrip()
    return f"{title} {{#{name}}}{break_}{names}{rest.rstrip()}\n"


def replacement(edit: Edit, section: Section) -> Replacement | None:
    """Return how a section is to be written, so that it says what the edit says; None when unsure."""
    if edit.facts or any(sign in edit.new for sign in _CODE):
        return None
    start, end = section.stretch
    text = section.text[start:end]
    found = _matches(edit, text)
    if len(found) != 1:
        return None
    gap = found[0].start("gap")
    left, right = found[0].span("old")
    new = _MARKUP.sub(r"\\\1", edit.new)
    if not edit.old:
        # What is put in takes the space before the next word, and leaves it one.
        if new[0] in _CLOSING or not edit.line[edit.end :].strip():
            space = "" if new[0] in _CLOSING or not edit.line[: edit.start].strip() else " "
            return Replacement(start + gap, start + gap, f"{space}{new}")
        said = f"{new} " if left > gap or not edit.line[: edit.start].strip() else f" {new}"
        return Replacement(start + left, start + left, said)
    if not new and gap < left:
        left = gap  # of the two spaces around what goes, one goes too
    elif not new and text[right : right + 1] == " ":
        right += 1
    return Replacement(start + left, start + right, new)


def _matches(edit: Edit, text: str) -> Sequence[re.Match[str]]:
    """Return where an edit's words stand, with as few words around them as tell one place.

    Those of its own sentence are taken first: what a template leaves out may stand before it.
    """
    found = _around(edit, text, *_of_sentence(edit))
    return found if len(found) == 1 else _around(edit, text, *edit.bounds)


def _of_sentence(edit: Edit) -> tuple[int, int]:
    """Return the stretch around an edit in which no fact and no other sentence stands."""
    first, last = edit.bounds
    said = edit.sentence.text if edit.sentence else ""
    begin = edit.line.find(said) if said else -1
    if not begin <= edit.start <= edit.end <= begin + len(said):
        return first, last
    return max(first, begin), min(last, begin + len(said))


def _around(edit: Edit, text: str, first: int, last: int) -> Sequence[re.Match[str]]:
    before = edit.line[first : edit.start].split()
    after = edit.line[edit.end : last].split()
    old = edit.old
    found: list[re.Match[str]] = []
    for width in _CONTEXTS:
        left, right = before[-width:] if width else [], after[:width] if width else []
        if not old and not (left or right):
            continue
        pattern = (
            f"{_flexible(left)}(?P<gap>)\\s*(?P<old>{_flexible(old.split())})\\s*{_flexible(right)}"
        )
        found = list(re.finditer(pattern, text))
        if len(found) <= 1:
            return found
    return found


def _flexible(words: Iterable[str]) -> str:
    """Return a pattern of words that takes any space for a space, and signs as they are typed."""
    return r"\s+".join("".join(_FORMS.get(c, re.escape(c)) for c in word) for word in words)


def applied(
    text: str, replacements: Iterable[tuple[Edit, Replacement]]
) -> tuple[str, tuple[Edit, ...]]:
    """Return a text with words replaced, and the edits that could not be, lying over others."""
    last, left_out = len(text) + 1, []
    for edit, each in sorted(replacements, key=lambda r: (r[1].start, r[1].end), reverse=True):
        if each.end > last:
            left_out.append(edit)
            continue
        text = text[: each.start] + each.text + text[each.end :]
        last = each.start
    return text, tuple(left_out)


def patch(path: str, old: str, new: str) -> str:
    """Return the difference of a file as `git apply` and `patch -p1` take it; empty for none.

    Args:
        path: The file, relative to the root of the workspace.
        old: Its text; empty when there is no such file.
        new: What it is to be.
    """
    before = f"a/{path}" if old else "/dev/null"
    return "".join(_complete(unified_diff(_lines(old), _lines(new), before, f"b/{path}")))


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _complete(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
