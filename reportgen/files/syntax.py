"""What libyaml complains of, in words for people who do not know that they write YAML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportgen.problems.model import Place, Problem, Related
from reportgen.problems.wording import quoted

if TYPE_CHECKING:
    from yaml.error import MarkedYAMLError

    from reportgen.files.text import Text

_QUOTE = 'put the text in quotation marks: `"…"`'
_INDENT = "indent with spaces: two for each level"
_SECOND_COLON = re.compile(r"[^\s#].*?:\s")


def explain(error: MarkedYAMLError, text: Text) -> Problem:
    """Return the problem that libyaml's error is: its place, what is wrong, and a way out."""
    complaint = _Complaint(error, text)
    for pattern, answer in _ANSWERS:
        if pattern in complaint.says:
            return answer(complaint)
    return complaint.problem(
        "yaml-syntax",
        "the file cannot be read from here on",
        "look for a quotation mark, a bracket or a colon that is missing just above",
    )


class _Complaint:
    """libyaml's error, with what stands at its marks."""

    def __init__(self, error: MarkedYAMLError, text: Text) -> None:
        self.text = text
        self.says = f"{error.context or ''}: {error.problem or ''}"
        start, end = error.context_mark, error.problem_mark
        length = len(text.text)
        self.at = min(end.index, length) if end else 0
        self.since = min(start.index, length) if start else None
        self.character = text.text[self.at : self.at + 1]
        self.at_end = not text.text[self.at :].strip()

    def problem(
        self,
        code: str,
        message: str,
        advice: str | None = None,
        *,
        at: int | None = None,
        begins: str | None = None,
    ) -> Problem:
        """Return a problem at `at`, or where libyaml stopped; `begins` explains the context."""
        position = self.at if at is None else at
        related: tuple[Related, ...] = ()
        if begins is not None and self.since is not None and self.since != position:
            related = (Related(self._place(self.since), begins),)
        return Problem(code, message, self._place(position), advice, related=related)

    def before(self) -> str:
        """Return what stands before the place on its line."""
        return self.text.text[self.text.text.rfind("\n", 0, self.at) + 1 : self.at]

    def word(self, position: int) -> str:
        """Return the characters from `position` to the next blank."""
        match = re.compile(r"\S{0,40}").match(self.text.text, position)
        return match.group() if match else ""

    def _place(self, position: int) -> Place:
        # At a line's end, the last character of the line is shown rather than nothing.
        text = self.text.text
        while position > 0 and (position >= len(text) or text[position] == "\n"):
            position -= 1
        return Place(self.text.path, span=self.text.span(position, position + 1))


def _second_key(found: _Complaint) -> Problem:
    if _SECOND_COLON.match(found.before().lstrip("- ")):
        return found.problem(
            "yaml-syntax", "a second `: ` on one line reads as a second key", _QUOTE
        )
    return found.problem(
        "yaml-syntax",
        "a key cannot stand here: the line above is not finished",
        "the line above lacks its colon, or already has a value; or this line is indented too far",
    )


def _no_token(found: _Complaint) -> Problem:
    if found.character == "\t":
        return _tab(found)
    return found.problem(
        "yaml-syntax", f"a value cannot begin with {quoted(found.character)}", _QUOTE
    )


def _tab(found: _Complaint) -> Problem:
    return found.problem("yaml-tab", "a tab stands where spaces are needed", _INDENT)


def _quotation(found: _Complaint) -> Problem:
    return found.problem(
        "yaml-syntax",
        "the quotation mark that opens here is never closed",
        "close it; an apostrophe within '…' is written twice",
        at=found.since,
    )


def _bracket(found: _Complaint) -> Problem:
    opening, closing = ("[", "]") if "']'" in found.says else ("{", "}")
    if found.at_end:
        return found.problem(
            "yaml-syntax",
            f"the bracket `{opening}` that opens here is never closed",
            f"close it with `{closing}`; text that begins with `{opening}` goes in quotation marks",
            at=found.since,
        )
    return found.problem(
        "yaml-syntax",
        f"a `,` or the closing `{closing}` is missing before this",
        "text with a comma, a colon or a bracket in it goes in quotation marks",
        begins=f"the bracket `{opening}` opens here",
    )


def _no_key(found: _Complaint) -> Problem:
    before = found.before().rstrip()
    if before.endswith(("'", '"')):
        return found.problem(
            "yaml-syntax",
            "text stands after the closing quotation mark",
            "an apostrophe within '…' is written twice; or put the whole in \"…\"",
        )
    if found.character == "-":
        return found.problem(
            "yaml-syntax",
            "an item of a list stands where a key is needed",
            "indent the item below the key that it belongs to",
            begins="the keys begin here",
        )
    return found.problem(
        "yaml-syntax",
        "this line is not in line with the keys that it stands among",
        "give all keys of a group the same indentation",
        begins="the keys begin here",
    )


def _no_item(found: _Complaint) -> Problem:
    return found.problem(
        "yaml-syntax",
        "this stands among the items of a list without being one",
        "begin an item with `- `, or indent the line like the item that it belongs to",
        begins="the list begins here",
    )


def _list_on_line(found: _Complaint) -> Problem:
    return found.problem(
        "yaml-syntax",
        "a list cannot begin on the line of its key",
        "give each item a line of its own; text that begins with `- ` goes in quotation marks",
    )


def _no_colon(found: _Complaint) -> Problem:
    return found.problem(
        "yaml-syntax",
        "this line has no colon after its key",
        "write `key: value`",
        at=found.since,
    )


def _unknown_alias(found: _Complaint) -> Problem:
    word = quoted(found.word(found.at))
    return found.problem(
        "yaml-syntax",
        f"{word} points at nothing: text that begins with `*` means another place",
        _QUOTE,
    )


def _second_anchor(found: _Complaint) -> Problem:
    word = quoted(found.word(found.at))
    return found.problem(
        "yaml-syntax", f"{word} is marked twice", _QUOTE, begins="it is first marked here"
    )


def _escape(found: _Complaint) -> Problem:
    return found.problem(
        "yaml-syntax",
        "a backslash within double quotation marks begins a special character; this is none",
        "use single quotation marks, or write the backslash twice",
    )


def _block_text(found: _Complaint) -> Problem:
    return found.problem(
        "yaml-syntax",
        "after `|` or `>` the text begins on the next line",
        "move the text to the next line and indent it; or put it in quotation marks",
    )


def _tag(found: _Complaint) -> Problem:
    return found.problem("yaml-tag", "text that begins with `!` is read as a tag", _QUOTE)


def _directive(found: _Complaint) -> Problem:
    return found.problem(
        "yaml-syntax", "a line that begins with `%` is read as an instruction", "leave it out"
    )


def _no_content(found: _Complaint) -> Problem:
    if found.character in {"]", "}"}:
        message = f"`{found.character}` closes a bracket that is not open here"
        return found.problem("yaml-syntax", message, _QUOTE)
    return found.problem("yaml-syntax", "a value is missing here", "write it, or leave the key out")


def _second_document(found: _Complaint) -> Problem:
    return found.problem(
        "several-documents",
        "a second document begins here, after `---`",
        "one file holds one document: leave the `---` out, or make two files",
    )


def _anchor_name(found: _Complaint) -> Problem:
    return found.problem(
        "yaml-syntax", "a value cannot begin with `&` or `*`", _QUOTE, at=found.since
    )


# What libyaml says, in its own words (libyaml 0.2.5, scanner.c and parser.c; PyYAML's composer),
# the more special first.
_ANSWERS = (
    ("mapping values are not allowed", _second_key),
    ("tab character", _tab),
    ("cannot start any token", _no_token),
    ("quoted scalar: found unexpected", _quotation),
    ("did not find expected ',' or", _bracket),
    ("did not find expected key", _no_key),
    ("expected '-' indicator", _no_item),
    ("block sequence entries are not allowed", _list_on_line),
    ("could not find expected ':'", _no_colon),
    ("found undefined alias", _unknown_alias),
    ("duplicate anchor", _second_anchor),
    ("unknown escape character", _escape),
    ("hexdecimal", _escape),
    ("Unicode character escape", _escape),
    ("expected comment or line break", _block_text),
    ("while parsing a tag", _tag),
    ("while scanning a tag", _tag),
    ("undefined tag handle", _tag),
    ("directive", _directive),
    ("incompatible YAML document", _directive),
    ("<document start>", _directive),
    ("another document", _second_document),
    ("node content", _no_content),
    ("alphabetic or numeric", _anchor_name),
)
